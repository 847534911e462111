//! People and the positions that they hold.

use domain::actor::Role;
use rstest::rstest;
use serde_json::json;

use super::{faults, staff};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, actor};

const PERSON: &str = "person { id version visibility name variants honorific note
    positions { id version title order from to agency { id } } }";

#[rstest]
#[tokio::test]
async fn a_person_is_recorded_with_positions_shown_and_taken_back(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let tenant = world.tenant_gid("hung-yen:2025").await;
    let (editor, publisher) = (staff(&[Role::Editor]), staff(&[Role::Publisher]));
    let agency = world.data("{ agencies(first: 1) { nodes { id } } }").await;
    let agency = agency.text("agencies.nodes.0.id");

    let person = json!({"tenant": tenant, "name": "Nguyễn Thị Thử", "honorific": "Bà", "variants": ["Nguyễn Thị Thừ"],
        "positions": [{"title": "Chủ tịch", "agency": agency, "from": "2021"}, {"title": "Ủy viên"}]});
    let person = world.changed(&editor, &format!("personCreate {PERSON}"), person).await;
    let id = person.text("person.id");
    assert_eq!(person.texts("person.positions", "title"), ["Chủ tịch", "Ủy viên"]);
    assert_eq!((person.text("person.visibility"), person.at("person.version")), ("DRAFT", &json!(1)));

    // The entry with an id is kept and changed; the list is the new order.
    let kept = person.text("person.positions.0.id");
    let change = json!({"id": id, "version": 1, "clear": ["HONORIFIC"], "positions": [
        {"title": "Bí thư"}, {"id": kept, "title": "Chủ tịch", "agency": agency, "from": "2021", "to": "2026"}]});
    let person = world.changed(&editor, &format!("personUpdate {PERSON}"), change).await;
    assert_eq!(person.texts("person.positions", "title"), ["Bí thư", "Chủ tịch"]);
    assert_eq!((person.text("person.positions.1.id"), person.at("person.positions.1.version")), (kept, &json!(2)));
    assert_eq!(person.at("person.honorific"), &json!(null));

    let stale = world.change(&publisher, "personPublish person { id }", json!({"id": id, "version": 1})).await;
    assert_eq!(faults(&stale), ["CONFLICT input.version"]);
    let shown = world.changed(&publisher, &format!("personPublish {PERSON}"), json!({"id": id, "version": 2})).await;
    assert_eq!(shown.text("person.visibility"), "PUBLIC");
    let seen = "query($id: ID!) { node(id: $id) { ... on Person { positions { title } } } }";
    assert_eq!(world.ask_ok(seen, json!({"id": id})).await.list("node.positions").len(), 2);
    let refused = world.change(&editor, "personDelete deletedId", json!({"id": id, "version": 3})).await;
    assert_eq!(faults(&refused), ["FORBIDDEN input"]);
    world.changed(&publisher, "personWithdraw person { id }", json!({"id": id, "version": 3})).await;
    assert_eq!(world.ask_ok(seen, json!({"id": id})).await.at("node"), &json!(null));
    let gone = world.changed(&editor, "personDelete deletedId", json!({"id": id, "version": 4})).await;
    assert_eq!(gone.text("deletedId"), id);
}

#[rstest]
#[tokio::test]
async fn everything_that_is_wrong_with_a_person_is_told(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let (tenant, other) = (world.tenant_gid("hung-yen:2025").await, world.tenant_gid("son-la").await);
    let editor = staff(&[Role::Editor]);
    let stranger = actor("son-la", &[Role::Publisher]);
    let theirs = json!({"tenant": other, "name": "Lò Văn Thử", "positions": [{"title": "Giám đốc"}]});
    let theirs = world.changed(&stranger, "personCreate person { id positions { id } }", theirs).await;
    let hidden = json!({"tenant": other, "level": "PROVINCE", "name": "Cơ quan Sơn La"});
    let hidden = world.changed(&stranger, "agencyCreate agency { id }", hidden).await;

    let wrong = json!({"tenant": tenant, "name": " ", "variants": [" "], "positions": [
        {"title": "Chủ tịch", "agency": hidden.text("agency.id")},
        {"id": theirs.text("person.positions.0.id"), "title": " ", "from": "2021", "to": "2020"}]});
    let refused = world.change(&editor, "personCreate person { id }", wrong).await;
    assert_eq!(
        faults(&refused),
        [
            "INVALID input.variants",
            "NOT_FOUND input.positions.1.id",
            "NOT_FOUND input.positions.0.agency",
            "INVALID input.positions.1.title",
            "INVALID input.positions.1.to",
            "INVALID input.name",
        ]
    );
    let id = theirs.text("person.id");
    let refused =
        world.change(&editor, "personUpdate person { id }", json!({"id": id, "version": 1, "note": "x"})).await;
    assert_eq!(faults(&refused), ["NOT_FOUND input.id"]);
    world.changed(&stranger, "personPublish person { id }", json!({"id": id, "version": 1})).await;
    let refused =
        world.change(&editor, "personUpdate person { id }", json!({"id": id, "version": 2, "note": "x"})).await;
    assert_eq!(faults(&refused), ["FORBIDDEN input.id"]);

    // A party may be another tenant's agency, not another tenant's person.
    let wrong = json!({"tenant": tenant, "kind": "PLEDGE", "title": "Thử", "level": "PROVINCE",
        "participants": [{"person": id, "roles": ["WITNESS"]}]});
    let refused = world.change(&editor, "programCreate program { id }", wrong).await;
    assert_eq!(faults(&refused), ["INVALID input.participants.0.person"]);
}
