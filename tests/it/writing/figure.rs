//! Targets, results and awards: what belongs to a program and is counted.

use domain::actor::Role;
use rstest::rstest;
use serde_json::json;

use super::{faults, staff};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, actor};

const TARGET: &str = "target { id version order label aspirational scope quantity { value qualifier } period { end } }";
const RESULT: &str = "result { id version order label statement names quantity { value qualifier text }
    subsetOf { id } contributors { id agency { id } } program { id } }";
const AWARD: &str = "award { id version kind collectives individuals note givers { agency { id } }
    presenters { label } recipients { id label } }";

#[rstest]
#[tokio::test]
async fn targets_stand_beneath_a_program(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let (editor, publisher) = (staff(&[Role::Editor]), staff(&[Role::Publisher]));
    let program = world.draft("Chương trình thử").await;
    let make = |program: &str| {
        json!({"program": program, "indicator": "TRAINING_CLASSES", "label": " Lớp ", "period": {"end": "2030"},
            "quantity": {"value": "60", "qualifier": "AT_LEAST"}, "scope": "mỗi huyện"})
    };
    let target = world.changed(&editor, &format!("targetCreate {TARGET}"), make(&program)).await;
    assert_eq!((target.text("target.label"), target.at("target.order")), ("Lớp", &json!(1)));
    let target = world.changed(&editor, &format!("targetCreate {TARGET}"), make(&program)).await;
    assert_eq!(target.at("target.order"), &json!(2), "after all others");
    let id = target.text("target.id");
    let changed = json!({"id": id, "version": 1, "aspirational": true, "clear": ["SCOPE"]});
    let target = world.changed(&editor, &format!("targetUpdate {TARGET}"), changed.clone()).await;
    assert_eq!(
        (target.at("target.aspirational"), target.at("target.scope"), target.at("target.version")),
        (&json!(true), &json!(null), &json!(2))
    );
    let stale = world.change(&editor, "targetUpdate target { id }", changed).await;
    assert_eq!(faults(&stale), ["CONFLICT input.version"]);
    let wrong = json!({"program": program, "indicator": "NOPE", "label": " ", "order": 0,
        "quantity": {"value": "5", "qualifier": "UNQUANTIFIED"}});
    let wrong = world.change(&editor, "targetCreate target { id }", wrong).await;
    assert_eq!(
        faults(&wrong),
        ["INVALID input.quantity", "INVALID input.label", "INVALID input.order", "NOT_FOUND input.indicator"]
    );

    // Whoever may not see a program is told nothing of it, whoever sees another's, that it is another's.
    let stranger = actor("son-la", &[Role::Editor]);
    let hidden = world.change(&stranger, "targetCreate target { id }", make(&program)).await;
    assert_eq!(faults(&hidden), ["NOT_FOUND input.program"]);
    let hidden = world.change(&stranger, "targetDelete deletedId", json!({"id": id, "version": 2})).await;
    assert_eq!(faults(&hidden), ["NOT_FOUND input.id"]);
    let foreign = make(&world.first("programs", "son-la").await);
    let foreign = world.change(&editor, "targetCreate target { id }", foreign).await;
    assert_eq!(faults(&foreign), ["FORBIDDEN input.program"]);
    let public = make(&world.first("programs", "thai-binh").await);
    let refused = world.change(&editor, "targetCreate target { id }", public.clone()).await;
    assert_eq!(faults(&refused), ["FORBIDDEN input"]);
    let shown = world.changed(&publisher, "targetCreate target { id }", public).await;
    let seen = world.ask_ok("query($id: ID!) { node(id: $id) { id } }", json!({"id": shown.text("target.id")})).await;
    assert_eq!(seen.at("node.id"), shown.at("target.id"));

    let stale = world.change(&editor, "targetDelete deletedId", json!({"id": id, "version": 1})).await;
    assert_eq!(faults(&stale), ["CONFLICT input.version"]);
    let gone = world.changed(&editor, "targetDelete deletedId", json!({"id": id, "version": 2})).await;
    assert_eq!(gone.text("deletedId"), id);
}

#[rstest]
#[tokio::test]
async fn results_have_contributors_and_depend_on_each_other(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let editor = staff(&[Role::Editor]);
    let program = world.draft("Chương trình thử").await;
    let agency = world.first("agencies", "thai-binh").await;
    let make = json!({"program": program, "indicator": "TRAINING_CLASSES", "label": "Lớp",
        "quantity": {"value": "238", "text": "238 lớp"}, "contributors": [{"agency": agency}, {"label": "các cấp Hội"}]});
    let whole = world.changed(&editor, &format!("resultCreate {RESULT}"), make).await;
    let whole_id = whole.text("result.id");
    assert_eq!(whole.text("result.quantity.qualifier"), "EXACT");
    assert_eq!(whole.list("result.contributors").len(), 2);
    let part = json!({"program": program, "indicator": "TRAINING_CLASSES", "label": "Phần", "subsetOf": whole_id,
        "statement": "chỉ ở huyện", "names": ["An toàn cho phụ nữ"]});
    let part = world.changed(&editor, &format!("resultCreate {RESULT}"), part).await;
    assert_eq!(part.text("result.subsetOf.id"), whole_id);

    let kept = whole.text("result.contributors.0.id");
    let changed = json!({"id": whole_id, "version": 1, "statement": "tốt", "clear": ["QUANTITY"],
        "contributors": [{"id": kept, "agency": agency}]});
    let changed = world.changed(&editor, &format!("resultUpdate {RESULT}"), changed).await;
    assert_eq!(changed.texts("result.contributors", "id"), [kept]);
    assert_eq!(changed.at("result.quantity.value"), &json!(null));
    let stale = json!({"id": whole_id, "version": 1, "statement": "kém"});
    let stale = world.change(&editor, "resultUpdate result { id }", stale).await;
    assert_eq!(faults(&stale), ["CONFLICT input.version"]);

    let ring = json!({"id": whole_id, "version": 2, "denominator": part.text("result.id")});
    let ring = world.change(&editor, "resultUpdate result { id }", ring).await;
    assert_eq!(faults(&ring), ["INVALID input.denominator"]);

    let event = world.first("events", "son-la").await;
    let wrong = json!({"id": whole_id, "version": 2, "label": "", "event": event, "ofResult": whole_id, "denominator": program,
        "clear": ["STATEMENT"], "contributors": [{"agency": agency, "roles": ["LEAD"]}, {}]});
    let wrong = world.change(&editor, "resultUpdate result { id }", wrong).await;
    let mut found = faults(&wrong);
    found.sort();
    assert_eq!(
        found,
        [
            "INVALID input.contributors.0.roles",
            "INVALID input.contributors.1.agency",
            "INVALID input.event",
            "INVALID input.label",
            "INVALID input.ofResult",
            "INVALID input.quantity",
            "NOT_FOUND input.denominator",
        ]
    );
    let hidden = json!({"id": whole_id, "version": 2, "label": "x"});
    let hidden = world.change(&actor("son-la", &[Role::Editor]), "resultUpdate result { id }", hidden).await;
    assert_eq!(faults(&hidden), ["NOT_FOUND input.id"]);

    let used = world.change(&editor, "resultDelete deletedId", json!({"id": whole_id, "version": 2})).await;
    assert_eq!(faults(&used), ["IN_USE input.id"]);
    let part = json!({"id": part.text("result.id"), "version": 1});
    world.changed(&editor, "resultDelete deletedId", part).await;
    world.changed(&editor, "resultDelete deletedId", json!({"id": whole_id, "version": 2})).await;
}

#[rstest]
#[tokio::test]
async fn awards_have_givers_presenters_and_recipients(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let editor = staff(&[Role::Editor]);
    let program = world.draft("Chương trình thử").await;
    let agency = world.first("agencies", "thai-binh").await;
    let make = json!({"program": program, "kind": "Bằng khen", "collectives": 4, "individuals": 0, "note": "thử",
        "givers": [{"agency": agency}], "presenters": [{"label": "lãnh đạo"}], "recipients": [{"label": "4 tập thể"}]});
    let award = world.changed(&editor, &format!("awardCreate {AWARD}"), make).await;
    let id = award.text("award.id");
    assert_eq!((award.text("award.givers.0.agency.id"), award.at("award.individuals")), (agency.as_str(), &json!(0)));
    let changed = json!({"id": id, "version": 1, "collectives": 5, "clear": ["INDIVIDUALS", "NOTE"], "presenters": []});
    let award = world.changed(&editor, &format!("awardUpdate {AWARD}"), changed.clone()).await;
    assert_eq!((award.at("award.collectives"), award.at("award.individuals")), (&json!(5), &json!(null)));
    assert_eq!((award.list("award.presenters").len(), award.list("award.recipients").len()), (0, 1));
    let stale = world.change(&editor, "awardUpdate award { id }", changed).await;
    assert_eq!(faults(&stale), ["CONFLICT input.version"]);
    let wrong = json!({"program": program, "kind": " ", "collectives": -1, "mixedTotal": -2, "event": program,
        "givers": [{"agency": program}]});
    let wrong = world.change(&editor, "awardCreate award { id }", wrong).await;
    let mut found = faults(&wrong);
    found.sort();
    assert_eq!(
        found,
        [
            "INVALID input.collectives",
            "INVALID input.kind",
            "INVALID input.mixedTotal",
            "NOT_FOUND input.event",
            "NOT_FOUND input.givers.0.agency",
        ]
    );
    let stranger = actor("son-la", &[Role::Editor]);
    let hidden = world.change(&stranger, "awardDelete deletedId", json!({"id": id, "version": 2})).await;
    assert_eq!(faults(&hidden), ["NOT_FOUND input.id"]);
    world.changed(&editor, "awardDelete deletedId", json!({"id": id, "version": 2})).await;
}
