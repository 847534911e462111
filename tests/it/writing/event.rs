//! Events with their programs, guests and citations; and documents with who issued them.

use domain::actor::Role;
use rstest::rstest;
use serde_json::json;

use super::{faults, staff};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, actor};

const EVENT: &str =
    "event { id version visibility kind name date { date inferred } timeOfDay mode remotePointCount agenda
    programs { nodes { id } } attendances { nodes { id roles agency { id } person { id } } }
    citations { nodes { id article document { id } } } }";
const DOCUMENT: &str = "document { id version visibility number title aliases issuedOn
    issuers { id kind agency { id } label } }";

#[rstest]
#[tokio::test]
async fn an_event_is_recorded_changed_shown_and_deleted(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let tenant = world.tenant_gid("hung-yen:2025").await;
    let (editor, publisher) = (staff(&[Role::Editor]), staff(&[Role::Publisher]));
    let known = world
        .data("{ agencies(first: 1) { nodes { id } } programs(first: 2) { nodes { id } } documents(first: 1) { nodes { id } } }")
        .await;
    let (agency, document) = (known.text("agencies.nodes.0.id"), known.text("documents.nodes.0.id"));
    let programs = known.texts("programs.nodes", "id");

    let event = json!({
        "tenant": tenant, "kind": "SIGNING", "name": "Lễ ký thử", "nameInferred": "nguồn không nêu tên",
        "date": {"date": "2026-06-22", "reason": "năm của bài"}, "timeOfDay": "MORNING", "mode": "HYBRID",
        "remotePointCount": 3, "agenda": ["Ký kết"], "programs": programs,
        "attendances": [{"agency": agency, "roles": ["CHAIR", "SPEAKER"]}, {"label": "báo chí", "roles": ["ATTENDEE"]}],
        "citations": [{"document": document, "article": "Điều 1"}],
    });
    let event = world.changed(&editor, &format!("eventCreate {EVENT}"), event).await;
    let id = event.text("event.id");
    assert_eq!((event.text("event.date.date"), event.text("event.visibility")), ("2026-06-22", "DRAFT"));
    assert_eq!(event.list("event.programs.nodes").len(), 2);
    assert_eq!(event.at("event.attendances.nodes.0.roles"), &json!(["CHAIR", "SPEAKER"]));
    assert_eq!(event.text("event.citations.nodes.0.document.id"), document);

    let kept = event.text("event.attendances.nodes.1.id");
    let change = json!({"id": id, "version": 1, "kind": "LAUNCH", "clear": ["REMOTE_POINT_COUNT", "MODE"],
        "programs": [programs[1]], "attendances": [{"id": kept, "label": "báo chí", "roles": ["QUOTED"]}]});
    let event = world.changed(&editor, &format!("eventUpdate {EVENT}"), change).await;
    assert_eq!((event.text("event.kind"), event.at("event.mode")), ("LAUNCH", &json!(null)));
    assert_eq!(event.texts("event.programs.nodes", "id"), [programs[1].as_str()]);
    assert_eq!(event.texts("event.attendances.nodes", "id"), [kept]);
    assert_eq!(event.list("event.citations.nodes").len(), 1, "what is left out stays");

    let parts = "SELECT 'x' FROM event_programs WHERE visibility = 'DRAFT'";
    let drafts = world.select(parts).await.len();
    let of_program = "query($id: ID!) { node(id: $id) { ... on Program { events { nodes { id } } } } }";
    let stale = world.change(&publisher, "eventPublish event { id }", json!({"id": id, "version": 1})).await;
    assert_eq!(faults(&stale), ["CONFLICT input.version"]);
    let shown = world.changed(&publisher, &format!("eventPublish {EVENT}"), json!({"id": id, "version": 2})).await;
    assert_eq!(shown.text("event.visibility"), "PUBLIC");
    let seen = world.ask_ok(of_program, json!({"id": programs[1]})).await;
    assert!(seen.texts("node.events.nodes", "id").iter().any(|one| one == id));
    let refused =
        world.change(&editor, "eventUpdate event { id }", json!({"id": id, "version": 3, "place": "x"})).await;
    assert_eq!(faults(&refused), ["FORBIDDEN input"]);
    world.changed(&publisher, "eventWithdraw event { id }", json!({"id": id, "version": 3})).await;
    let gone = world.changed(&editor, "eventDelete deletedId", json!({"id": id, "version": 4})).await;
    assert_eq!(gone.text("deletedId"), id);
    assert_eq!(world.select(parts).await.len(), drafts - 1);
}

#[rstest]
#[tokio::test]
async fn everything_that_is_wrong_with_an_event_is_told(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let (tenant, other) = (world.tenant_gid("hung-yen:2025").await, world.tenant_gid("son-la").await);
    let editor = staff(&[Role::Editor]);
    let stranger = actor("son-la", &[Role::Publisher]);
    let theirs = json!({"tenant": other, "kind": "PLEDGE", "title": "Giao ước", "level": "PROVINCE"});
    let theirs = world.changed(&stranger, "programCreate program { id }", theirs).await;
    let document = json!({"tenant": other, "kind": "PLAN", "title": "Kế hoạch"});
    let document = world.changed(&stranger, "documentCreate document { id }", document).await;
    let hidden = theirs.text("program.id");

    let wrong = json!({"tenant": tenant, "kind": "SEMINAR", "name": "", "remotePointCount": 0, "place": " ",
        "programs": [hidden, hidden], "attendances": [{"label": "báo chí"}, {"roles": ["CHAIR"]}],
        "citations": [{"document": document.text("document.id")}]});
    let refused = world.change(&editor, "eventCreate event { id }", wrong).await;
    assert_eq!(
        faults(&refused),
        [
            "INVALID input.place",
            "INVALID input.programs.1",
            "NOT_FOUND input.programs.0",
            "NOT_FOUND input.programs.1",
            "INVALID input.attendances.0.roles",
            "INVALID input.attendances.1.agency",
            "NOT_FOUND input.citations.0.document",
            "INVALID input.name",
            "INVALID input.remotePointCount",
        ]
    );
    let event = json!({"tenant": other, "kind": "SEMINAR", "name": "Tọa đàm"});
    let event = world.changed(&stranger, "eventCreate event { id }", event).await;
    let id = event.text("event.id");
    for mutation in ["eventUpdate event { id }", "eventDelete deletedId"] {
        let refused = world.change(&editor, mutation, json!({"id": id, "version": 1})).await;
        assert_eq!(faults(&refused), ["NOT_FOUND input.id"], "{mutation}");
    }
    let mine = json!({"tenant": tenant, "kind": "SEMINAR", "name": "Tọa đàm"});
    let mine = world.changed(&editor, "eventCreate event { id }", mine).await;
    let refused = world
        .change(&editor, "eventUpdate event { id }", json!({"id": mine.text("event.id"), "version": 3, "place": "x"}))
        .await;
    assert_eq!(faults(&refused), ["CONFLICT input.version"]);
}

#[rstest]
#[tokio::test]
async fn a_document_is_recorded_cited_and_kept(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let tenant = world.tenant_gid("hung-yen:2025").await;
    let (editor, publisher) = (staff(&[Role::Editor]), staff(&[Role::Publisher]));
    let agency = world.data("{ agencies(first: 1) { nodes { id } } }").await;
    let agency = agency.text("agencies.nodes.0.id");

    let document = json!({"tenant": tenant, "kind": "PLAN", "number": " 12/KH-UBND ", "title": "Kế hoạch thử",
        "issuedOn": "2026-01", "issuers": [{"agency": agency}]});
    let document = world.changed(&editor, &format!("documentCreate {DOCUMENT}"), document).await;
    let id = document.text("document.id");
    assert_eq!((document.text("document.number"), document.text("document.issuers.0.kind")), ("12/KH-UBND", "ISSUER"));
    let change = json!({"id": id, "version": 1, "clear": ["TITLE"], "aliases": ["KH 12"],
        "issuers": [{"label": "Ủy ban nhân dân tỉnh"}]});
    let document = world.changed(&editor, &format!("documentUpdate {DOCUMENT}"), change).await;
    assert_eq!(document.at("document.title"), &json!(null));
    assert_eq!(document.texts("document.issuers", "label"), ["Ủy ban nhân dân tỉnh"]);

    let wrong = json!({"id": id, "version": 2, "clear": ["NUMBER"], "note": " ", "aliases": [""],
        "issuers": [{"label": "x", "roles": ["CHAIR"]}, {"agency": "x"}]});
    let refused = world.change(&editor, "documentUpdate document { id }", wrong).await;
    assert_eq!(
        faults(&refused),
        [
            "INVALID input.aliases",
            "INVALID input.note",
            "NOT_FOUND input.issuers.1.agency",
            "INVALID input.issuers.0.roles",
            "INVALID input.number",
        ]
    );
    let stranger = actor("son-la", &[Role::Publisher]);
    let hidden = world.change(&stranger, "documentUpdate document { id }", json!({"id": id, "version": 2})).await;
    assert_eq!(faults(&hidden), ["NOT_FOUND input.id"]);

    let event =
        json!({"tenant": tenant, "kind": "DISSEMINATION", "name": "Quán triệt", "citations": [{"document": id}]});
    world.changed(&editor, "eventCreate event { id }", event).await;
    let cited = world.change(&editor, "documentDelete deletedId", json!({"id": id, "version": 2})).await;
    assert_eq!(faults(&cited), ["IN_USE input.id"], "an event cites it");
    let shown =
        world.changed(&publisher, &format!("documentPublish {DOCUMENT}"), json!({"id": id, "version": 2})).await;
    assert_eq!(shown.text("document.visibility"), "PUBLIC");
    let stale = world.change(&publisher, "documentWithdraw document { id }", json!({"id": id, "version": 2})).await;
    assert_eq!(faults(&stale), ["CONFLICT input.version"]);
    world.changed(&publisher, "documentWithdraw document { id }", json!({"id": id, "version": 3})).await;
    let kept = world.change(&editor, "documentDelete deletedId", json!({"id": id, "version": 4})).await;
    assert_eq!(faults(&kept), ["IN_USE input.id"], "others could see it");
    let draft = json!({"tenant": tenant, "kind": "PLAN", "title": "Nháp"});
    let draft = world.changed(&editor, "documentCreate document { id }", draft).await;
    world.changed(&editor, "documentDelete deletedId", json!({"id": draft.text("document.id"), "version": 1})).await;
}
