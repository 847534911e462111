//! Who sees which changes.

use std::collections::BTreeSet;

use domain::Actor;
use domain::actor::Role;
use rstest::rstest;
use serde_json::{Value, json};

use super::{PAGE, Seen, all};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{SMALL, World, actor, codes, sample};
use crate::worlds::ids;

async fn of(world: &World, actor: Option<&Actor>) -> Vec<Seen> {
    all(world, actor, None, 100, json!({})).await
}

/// The ids of all records that somebody may see, of the kinds that are listed.
async fn visible(world: &World, engine: Engine, actor: Option<&Actor>) -> BTreeSet<String> {
    let rows = ids::rows(world, engine).await;
    let listed =
        |row: &&ids::RowId| !row.type_name.is_empty() && !["grants", "localities"].contains(&row.table.as_str());
    let every: Vec<String> = rows.iter().filter(listed).map(|row| row.id.clone()).collect();
    let mut seen = BTreeSet::new();
    let query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    for some in every.chunks(100) {
        let answer = match actor {
            None => world.ask(query, json!({ "ids": some })).await,
            Some(actor) => world.ask_as(actor, query, json!({ "ids": some })).await,
        };
        let nodes = answer["data"]["nodes"].as_array().unwrap_or_else(|| panic!("{answer:#}"));
        seen.extend(nodes.iter().filter_map(|node| node["id"].as_str().map(str::to_owned)));
    }
    seen
}

#[rstest]
#[tokio::test]
async fn everybody_hears_of_what_they_see_and_of_nothing_else(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let mut sizes = BTreeSet::new();
    for (tenant, role) in [
        ("", Role::Viewer),
        ("hung-yen:2025", Role::Editor),
        ("hung-yen:2025", Role::Reporter),
        ("son-la", Role::Viewer),
        ("phu-tho:2025", Role::Editor),
        ("trung-uong", Role::Reporter),
        ("trung-uong", Role::Admin),
        ("nghe-an", Role::Admin),
    ] {
        let actor = (!tenant.is_empty()).then(|| actor(tenant, &[role]));
        let told: BTreeSet<String> = of(&world, actor.as_ref()).await.into_iter().map(|one| one.id).collect();
        let seen = visible(&world, engine, actor.as_ref()).await;
        assert_eq!(told, seen, "{tenant} {role}");
        sizes.insert(told.len());
    }
    assert!(sizes.len() >= 5, "they see different things: {sizes:?}");
}

#[rstest]
#[tokio::test]
async fn what_is_withdrawn_is_heard_of_no_more(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let with = |visibility: &str| SMALL.replace("\nsource: ", &format!("\nvisibility: {visibility}\nsource: "));
    world.import_one(&with("PUBLIC")).await;
    let public = of(&world, None).await;
    assert_eq!(public.len(), 4);
    world.import_one(&with("DRAFT")).await;
    assert_eq!(of(&world, None).await, [], "what one may not see now is not sent, though it was public");
    let staff = actor("hung-yen:2025", &[Role::Viewer]);
    let told = super::told(&of(&world, Some(&staff)).await);
    assert_eq!(told.len(), 8, "{told:?}");
    assert_eq!(of(&world, Some(&actor("son-la", &[Role::Admin]))).await, []);
    assert_eq!(of(&world, Some(&actor("trung-uong", &[Role::Admin]))).await, []);
    // Whoever had come that far goes on from there.
    let last = &public.last().unwrap().cursor;
    assert_eq!(all(&world, None, Some(last), 100, json!({})).await, []);
    world.import_one(&with("PUBLIC")).await;
    let again = super::told(&all(&world, None, Some(last), 100, json!({})).await);
    assert_eq!(again, ["UPDATED Source", "UPDATED Agency", "UPDATED Program", "UPDATED Signatory"]);
}

#[rstest]
#[tokio::test]
async fn what_was_hidden_goes_without_a_word(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let text = |visibility: &str, areas: &str| {
        format!("{SMALL}    areas: [{areas}]\n").replace("\nsource: ", &format!("\nvisibility: {visibility}\nsource: "))
    };
    let staff = actor("hung-yen:2025", &[Role::Viewer]);
    for (visibility, heard) in [("PUBLIC", true), ("INTERNAL", false), ("DRAFT", false)] {
        world.import_one(&text(visibility, "{label: a}, {label: b}")).await;
        world.import_one(&text(visibility, "{label: a}")).await;
        let gone = |seen: Vec<Seen>| seen.into_iter().filter(|one| one.operation == "DELETED").count();
        let before = gone(of(&world, None).await);
        assert_eq!(before, 1, "{visibility}: that of the public one");
        assert_eq!(gone(of(&world, Some(&staff)).await) > 1, !heard, "{visibility}");
    }
}

#[rstest]
#[tokio::test]
async fn a_cursor_of_what_one_may_not_see_is_refused(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let public: BTreeSet<String> = of(&world, None).await.into_iter().map(|one| one.cursor).collect();
    let staff = actor("hung-yen:2025", &[Role::Viewer]);
    let hidden: Vec<String> =
        of(&world, Some(&staff)).await.into_iter().map(|one| one.cursor).filter(|one| !public.contains(one)).collect();
    assert!(hidden.len() > 10);
    let mut answers = BTreeSet::new();
    let absent = crate::worlds::absent_change();
    for cursor in hidden.iter().chain([&absent, &"kxqz".to_owned()]) {
        let answer: Value = world.ask(PAGE, json!({ "after": cursor })).await;
        assert_eq!(codes(&answer), ["CURSOR_INVALID"], "{answer:#}");
        assert!(answer["errors"][0]["extensions"]["hint"].as_str().unwrap().contains("anew"));
        answers.insert(answer.to_string());
    }
    assert_eq!(answers.len(), 1, "hidden and absent are alike");
    let answer = world.ask_as(&staff, PAGE, json!({ "after": hidden[0] })).await;
    assert_eq!(answer.get("errors"), None);
}

#[rstest]
#[tokio::test]
async fn signing_opens_the_changes_of_a_program(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let text = sample("walls-thai-binh-internal");
    let other = actor("son-la", &[Role::Viewer]);
    world.import_one(&text.replace("      - {agency: son-la}\n", "")).await;
    let before = of(&world, Some(&other)).await;
    world.import_one(&text).await;
    let after = of(&world, Some(&other)).await;
    assert!(after.len() > before.len() + 5, "{before:#?} {after:#?}");
    let told: BTreeSet<String> = after.into_iter().map(|one| one.id).collect();
    assert_eq!(told, visible(&world, engine, Some(&other)).await);
}
