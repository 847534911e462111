//! Whoever edits a record edits it with its lists: an edit of a list alone counts the record's version, so that nobody
//! undoes what somebody else has just written.

use domain::actor::Role;
use rstest::rstest;
use serde_json::{Value, json};

use super::{faults, staff};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

/// Two editors read a record at the same version; each writes a list of it. The second one is told.
async fn second_is_told(world: &World, noun: &str, id: &str, lists: [Value; 2]) {
    let editor = staff(&[Role::Editor]);
    let kind = format!("{}{}", noun[..1].to_uppercase(), &noun[1..]);
    let query =
        format!("{{ node(id: {id:?}) {{ ... on {kind} {{ version history {{ totalCount {{ value }} }} }} }} }}");
    let before = world.data_as(&editor, &query).await;
    let version = before.at("node.version").as_i64().unwrap();
    let update = format!("{noun}Update {noun} {{ version }}");
    let [first, second] = lists.map(|mut list| {
        list["id"] = id.into();
        list["version"] = version.into();
        list
    });
    let changed = world.changed(&editor, &update, first).await;
    assert_eq!(changed.at(&format!("{noun}.version")), &json!(version + 1), "{noun}");
    let told = world.change(&editor, &update, second).await;
    assert_eq!(faults(&told), ["CONFLICT input.version"], "{noun}");
    let after = world.data_as(&editor, &query).await;
    let entries = |data: &Value| data.at("node.history.totalCount.value").as_i64().unwrap();
    assert_eq!(entries(&after), entries(&before) + 1, "{noun}: its history tells of the edit");
}

#[rstest]
#[tokio::test]
async fn an_edit_of_a_list_alone_is_not_undone(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let editor = staff(&[Role::Editor]);
    let tenant = world.tenant_gid("hung-yen:2025").await;
    let made = async |noun: &str, input: Value| {
        let create = format!("{noun}Create {noun} {{ id }}");
        world.changed(&editor, &create, input).await.text(&format!("{noun}.id")).to_owned()
    };
    let mut agencies = Vec::new();
    for name in ["Công an tỉnh", "Hội Phụ nữ tỉnh"] {
        agencies.push(made("agency", json!({"tenant": tenant, "name": name, "level": "PROVINCE"})).await);
    }
    let program = world.draft("Chương trình").await;
    let parties = |field: &str| [0, 1].map(|at| json!({field: [{"agency": agencies[at]}]}));
    let present =
        |field: &str, role: &str| [0, 1].map(|at| json!({field: [{"agency": agencies[at], "roles": [role]}]}));
    let labels = |field: &str| ["Một", "Hai"].map(|label| json!({field: [{"label": label}]}));

    second_is_told(&world, "program", &program, labels("areas")).await;
    second_is_told(&world, "program", &program, parties("signatories")).await;
    second_is_told(&world, "program", &program, present("participants", "IMPLEMENTER")).await;
    let topics = world.data("{ topics(first: 2) { nodes { code } } }").await;
    let topics = ["0", "1"].map(|place| json!({"topics": [topics.text(&format!("topics.nodes.{place}.code"))]}));
    second_is_told(&world, "program", &program, topics).await;

    let event = made("event", json!({"tenant": tenant, "name": "Hội nghị", "kind": "ANNUAL_REVIEW"})).await;
    second_is_told(&world, "event", &event, present("attendances", "ATTENDEE")).await;
    second_is_told(&world, "event", &event, [json!({"programs": [program]}), json!({"programs": []})]).await;

    let group = made("agencyGroup", json!({"tenant": tenant, "label": "Các ngành"})).await;
    second_is_told(&world, "agencyGroup", &group, [0, 1].map(|at| json!({"members": [agencies[at]]}))).await;
    let person = made("person", json!({"tenant": tenant, "name": "Nguyễn Văn A"})).await;
    let positions = ["Giám đốc", "Chủ tịch"].map(|title| json!({"positions": [{"title": title}]}));
    second_is_told(&world, "person", &person, positions).await;
    let document = made("document", json!({"tenant": tenant, "kind": "PLAN", "number": "12/KH"})).await;
    second_is_told(&world, "document", &document, parties("issuers")).await;
    let successors = |agency: &str| json!({"validTo": "2025-06-30", "successors": [{"agency": agency}]});
    let gone =
        made("agency", json!({"tenant": tenant, "name": "Đã giải thể", "level": "PROVINCE", "validTo": "2025-06-30"}))
            .await;
    second_is_told(&world, "agency", &gone, [successors(&agencies[0]), successors(&agencies[1])]).await;

    let result =
        json!({"program": program, "indicator": "CASES_HANDLED", "label": "Vụ việc", "quantity": {"value": "12"}});
    second_is_told(&world, "result", &made("result", result).await, parties("contributors")).await;
    let award = made("award", json!({"program": program, "kind": "Bằng khen"})).await;
    second_is_told(&world, "award", &award, parties("recipients")).await;
    let direction = made("direction", json!({"program": program, "text": "Tiếp tục phối hợp"})).await;
    second_is_told(&world, "direction", &direction, parties("addressees")).await;
    let due = ["2027-01-01", "2027-02-01"].map(|due| json!({"obligation": {"kind": "ANNUAL_PLAN", "due": due}}));
    second_is_told(&world, "direction", &direction, due).await;
}

#[rstest]
#[tokio::test]
async fn a_list_that_is_so_already_changes_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let editor = staff(&[Role::Editor]);
    let program = world.draft("Chương trình").await;
    let update = "programUpdate program { version areas { nodes { id } } }";
    let areas = json!([{"label": "Một"}, {"label": "Hai"}]);
    let first = world.changed(&editor, update, json!({"id": program, "version": 1, "areas": areas})).await;
    assert_eq!(first.at("program.version"), 2);
    let same: Vec<Value> = ["Một", "Hai"]
        .iter()
        .enumerate()
        .map(|(place, label)| json!({"id": first.text(&format!("program.areas.nodes.{place}.id")), "label": label}))
        .collect();
    let again = world.changed(&editor, update, json!({"id": program, "version": 2, "areas": same})).await;
    assert_eq!(again.at("program.version"), 2);
}

#[rstest]
#[tokio::test]
async fn an_entry_that_stands_twice_is_told(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let editor = staff(&[Role::Editor]);
    let program = world.draft("Chương trình").await;
    let topic = world.data("{ topics(first: 2) { nodes { code } } }").await.text("topics.nodes.0.code").to_owned();
    let input = json!({"id": program, "version": 1, "topics": [topic, topic, "CHƯA_CÓ"]});
    let told = world.change(&editor, "programUpdate program { id }", input).await;
    assert_eq!(faults(&told), ["INVALID input.topics.1", "NOT_FOUND input.topics.2"]);
}
