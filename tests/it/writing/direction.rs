//! Directions, what fulfills the obligations they open, and remarks.

use domain::actor::Role;
use rstest::rstest;
use serde_json::{Value, json};

use super::{faults, staff};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, actor};

const DIRECTION: &str = "direction { id version text order period { end } actors { label } addressees { label }
    obligations { id version kind due open fulfilledBy { id } } }";
const OBLIGATION: &str = "obligation { id version kind open fulfilledBy { id } }";

#[rstest]
#[tokio::test]
async fn a_direction_opens_an_obligation_that_a_program_fulfills(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let editor = staff(&[Role::Editor]);
    let program = world.draft("Chương trình thử").await;
    let make = json!({"program": program, "text": "Cấp huyện ký kết", "actors": [{"label": "lãnh đạo"}],
        "addressees": [{"label": "cấp huyện"}], "obligation": {"kind": "CASCADE", "due": "2026-12"}});
    let direction = world.changed(&editor, &format!("directionCreate {DIRECTION}"), make).await;
    let id = direction.text("direction.id");
    let obligation = direction.text("direction.obligations.0.id").to_owned();
    assert_eq!(direction.at("direction.obligations.0.open"), &json!(true));

    let by = |program: &str, version: i32| json!({"id": obligation, "version": version, "program": program});
    let fulfill = async |input: Value| world.change(&editor, &format!("obligationFulfill {OBLIGATION}"), input).await;
    let draft = world.draft("Chương trình cấp huyện").await;
    let signed = world.first("programs", "son-la").await;
    assert_eq!(faults(&fulfill(by(&draft, 1)).await), ["INVALID_TRANSITION input.program"]);
    assert_eq!(faults(&fulfill(by(&program, 1)).await), ["INVALID input.program"]);
    assert_eq!(faults(&fulfill(by(id, 1)).await), ["NOT_FOUND input.program"]);
    assert_eq!(faults(&fulfill(by(&signed, 7)).await), ["CONFLICT input.version"]);
    let done = fulfill(by(&signed, 1)).await;
    assert_eq!(done.text("obligation.fulfilledBy.id"), signed, "{done:#}");
    let again = fulfill(by(&signed, 2)).await;
    assert_eq!(faults(&again), ["INVALID_TRANSITION input.id"]);
    assert!(again.text("errors.0.message").contains("obligationReopen"));

    // What fulfilled it stays when the direction says something else of it.
    let changed = json!({"id": id, "version": 1, "obligation": {"kind": "ANNUAL_PLAN"}, "period": {"end": "2027"},
        "actors": []});
    let direction = world.changed(&editor, &format!("directionUpdate {DIRECTION}"), changed.clone()).await;
    assert_eq!(direction.text("direction.obligations.0.kind"), "ANNUAL_PLAN");
    assert_eq!(direction.at("direction.obligations.0.due"), &json!(null));
    assert_eq!(direction.text("direction.obligations.0.fulfilledBy.id"), signed);
    assert_eq!((direction.list("direction.actors").len(), direction.list("direction.addressees").len()), (0, 1));
    let stale = world.change(&editor, "directionUpdate direction { id }", changed).await;
    assert_eq!(faults(&stale), ["CONFLICT input.version"]);

    let reopen = |version: i32| json!({"id": obligation, "version": version});
    let open = world.changed(&editor, &format!("obligationReopen {OBLIGATION}"), reopen(3)).await;
    assert_eq!(open.at("obligation.open"), &json!(true));
    let again = world.change(&editor, "obligationReopen obligation { id }", reopen(4)).await;
    assert_eq!(faults(&again), ["INVALID_TRANSITION input.id"]);
    let hidden = world.change(&actor("son-la", &[Role::Editor]), "obligationReopen obligation { id }", reopen(4)).await;
    assert_eq!(faults(&hidden), ["NOT_FOUND input.id"]);

    let wrong = json!({"program": program, "text": " ", "order": 0, "partners": [{}], "event": program});
    let wrong = world.change(&editor, "directionCreate direction { id }", wrong).await;
    let mut found = faults(&wrong);
    found.sort();
    assert_eq!(
        found,
        ["INVALID input.order", "INVALID input.partners.0.agency", "INVALID input.text", "NOT_FOUND input.event"]
    );
    let released = json!({"id": id, "version": 2, "clear": ["OBLIGATION", "PERIOD"]});
    let direction = world.changed(&editor, &format!("directionUpdate {DIRECTION}"), released).await;
    assert_eq!(direction.list("direction.obligations").len(), 0);
    world.changed(&editor, "directionDelete deletedId", json!({"id": id, "version": 3})).await;
}

#[rstest]
#[tokio::test]
async fn remarks_are_made_about_a_program(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let editor = staff(&[Role::Editor]);
    let program = world.draft("Chương trình thử").await;
    let make = json!({"program": program, "kind": "LIMITATION", "text": "còn hạn chế", "specified": false});
    let remark = world.changed(&editor, "remarkCreate remark { id version kind specified order }", make).await;
    let id = remark.text("remark.id");
    assert_eq!((remark.at("remark.specified"), remark.at("remark.order")), (&json!(false), &json!(1)));
    let changed = json!({"id": id, "version": 1, "kind": "AIM", "text": "mục đích", "order": 3});
    let remark = world.changed(&editor, "remarkUpdate remark { kind text order }", changed.clone()).await;
    assert_eq!(remark["remark"], json!({"kind": "AIM", "text": "mục đích", "order": 3}));
    let stale = world.change(&editor, "remarkUpdate remark { id }", changed).await;
    assert_eq!(faults(&stale), ["CONFLICT input.version"]);
    let wrong = json!({"id": id, "version": 2, "text": "\u{1}", "order": 0, "event": program});
    let wrong = world.change(&editor, "remarkUpdate remark { id }", wrong).await;
    assert_eq!(faults(&wrong), ["INVALID input.text", "NOT_FOUND input.event", "INVALID input.order"]);
    let stranger = actor("son-la", &[Role::Editor]);
    let hidden = world.change(&stranger, "remarkDelete deletedId", json!({"id": id, "version": 2})).await;
    assert_eq!(faults(&hidden), ["NOT_FOUND input.id"]);
    world.changed(&editor, "remarkDelete deletedId", json!({"id": id, "version": 2})).await;
}
