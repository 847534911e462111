//! The life of a program, from draft to signature, and what is refused on the way.

use domain::actor::Role;
use rstest::rstest;
use serde_json::json;

use super::{faults, staff};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, codes, tenant_id};

const PROGRAM: &str = "program { id version status visibility number signedOn { date } title
    signatories { nodes { id agency { name } order } } topics { code } areas { nodes { id label } } }";

#[rstest]
#[tokio::test]
async fn a_program_is_drafted_signed_published_and_concluded(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let tenant = world.tenant_gid("hung-yen:2025").await;
    let editor = staff(&[Role::Editor]);
    let publisher = staff(&[Role::Publisher]);
    let agencies =
        world.data("{ agencies(first: 3, where: {tenant: {slug: {eq: \"thai-binh\"}}}) { nodes { id name } } }").await;
    let (one, two) = (agencies.text("agencies.nodes.0.id"), agencies.text("agencies.nodes.1.id"));

    let draft = world
        .changed(
            &editor,
            &format!("programCreate {PROGRAM}"),
            json!({
                "tenant": tenant, "kind": "COORDINATION_PROGRAM", "title": " Chương trình thử ", "level": "PROVINCE",
                "topics": ["WOMEN", "CHILDREN"],
                "signatories": [{"agency": one}, {"agency": two, "representation": "đại diện lãnh đạo"}],
                "areas": [{"label": "Trao đổi thông tin", "responsible": [{"agency": one}]}],
                "period": {"start": "2026", "end": "2030"},
            }),
        )
        .await;
    assert_eq!(draft.at("program.title"), "Chương trình thử");
    assert_eq!(draft.at("program.version"), 1);
    assert_eq!(draft.at("program.status"), "DRAFT");
    assert_eq!(draft.list("program.signatories.nodes").len(), 2);
    let id = draft.text("program.id");
    assert_eq!(
        world.ask_ok("query($id: ID!) { node(id: $id) { id } }", json!({"id": id})).await.at("node"),
        &json!(null)
    );

    // A list that is given takes the stored one's place; the entry with an id stays.
    let kept = draft.text("program.signatories.nodes.1.id");
    let changed = world
        .changed(
            &editor,
            &format!("programUpdate {PROGRAM}"),
            json!({"id": id, "version": 1, "note": "thử", "signatories": [{"id": kept, "agency": two}]}),
        )
        .await;
    assert_eq!(changed.texts("program.signatories.nodes", "id"), [kept]);
    assert_eq!(changed.at("program.version"), 2);

    let refused = world.change(&publisher, "programPublish program { id }", json!({"id": id, "version": 2})).await;
    assert_eq!(faults(&refused), ["INVALID_TRANSITION input.id"]);
    assert!(refused.text("errors.0.message").contains("programSign"));
    let refused = world
        .ask_as(
            &editor,
            "mutation($i: ProgramSignInput!) { programSign(input: $i) { program { id } errors { code } } }",
            json!({"i": {"id": id, "version": 2}}),
        )
        .await;
    assert_eq!(codes(&refused), ["FORBIDDEN"]);

    let signed = world
        .changed(
            &publisher,
            &format!("programSign {PROGRAM}"),
            json!({"id": id, "version": 2, "signedOn": {"date": "2026-11-20"}, "number": "01/CTPH"}),
        )
        .await;
    assert_eq!(signed.at("program.status"), "SIGNED");
    assert_eq!(signed.at("program.signedOn.date"), "2026-11-20");
    let public = world.changed(&publisher, &format!("programPublish {PROGRAM}"), json!({"id": id, "version": 3})).await;
    assert_eq!(public.at("program.visibility"), "PUBLIC");
    let seen = world.ask_ok("query($id: ID!) { node(id: $id) { ... on Program { number areas { nodes { label responsible { agency { id } } } } } } }", json!({"id": id})).await;
    assert_eq!(seen.text("node.areas.nodes.0.responsible.0.agency.id"), one);

    // What is public is a publisher's to change.
    let refused =
        world.change(&editor, "programUpdate program { id }", json!({"id": id, "version": 4, "note": "x"})).await;
    assert_eq!(faults(&refused), ["FORBIDDEN input"]);
    let refused =
        world.change(&publisher, "programUpdate program { id }", json!({"id": id, "version": 3, "note": "x"})).await;
    assert_eq!(faults(&refused), ["CONFLICT input.version"]);

    let renewed = world.changed(&editor, "programRenew program { id status title signatories { nodes { agency { id } } } links { nodes { kind program { id } } } }",
        json!({"id": id, "title": "Chương trình kế tiếp"})).await;
    assert_eq!(renewed.at("program.links.nodes.0.kind"), "RENEWS");
    assert_eq!(renewed.list("program.signatories.nodes").len(), 1);
    let concluded =
        world.changed(&publisher, &format!("programConclude {PROGRAM}"), json!({"id": id, "version": 4})).await;
    assert_eq!(concluded.at("program.status"), "CONCLUDED");
    let gone = world.change(&publisher, "programDelete deletedId", json!({"id": id, "version": 5})).await;
    assert_eq!(faults(&gone), ["IN_USE input.id"], "others could see it");
    let renewed_id = renewed.text("program.id");
    let gone = world.changed(&editor, "programDelete deletedId", json!({"id": renewed_id, "version": 1})).await;
    assert_eq!(gone.text("deletedId"), renewed_id);

    let mut tx = world.store.begin_operation(crate::harness::occasion("test")).await.unwrap();
    let tenant = tenant_id("hung-yen:2025");
    tx.act_for(tenant, &[]).await.unwrap();
    let head = tx.verify_audit(tenant, None).await.unwrap().unwrap();
    assert!(head.number > 20, "{head:?}");
}
