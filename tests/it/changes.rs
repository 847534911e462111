//! Changes: what is listed of a write, in which order, to whom, and how one goes on. How they come by themselves is
//! `changes/feed.rs`; what only PostgreSQL can get wrong is `changes/order.rs`.

mod feed;
mod order;
mod walls;

use std::collections::BTreeSet;

use domain::Actor;
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, SMALL, World, generated};
use crate::worlds::ids;

const PAGE: &str = "query ($first: Int, $after: String, $tenants: [ID!], $programs: [ID!]) {
    changes(first: $first, after: $after, tenants: $tenants, programs: $programs) {
        edges { cursor node { cursor operation type id at tenant { slug } node { __typename id } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}";

/// A change as a client sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    cursor: String,
    operation: String,
    type_name: String,
    id: String,
}

impl Seen {
    fn of(change: &Value) -> Self {
        let gone = change.text("operation") == "DELETED";
        assert_eq!(change["node"].is_null(), gone, "{change:#}");
        if !gone {
            assert_eq!(
                (change.text("node.id"), change.text("node.__typename")),
                (change.text("id"), change.text("type"))
            );
        }
        Self {
            cursor: change.text("cursor").to_owned(),
            operation: change.text("operation").to_owned(),
            type_name: change.text("type").to_owned(),
            id: change.text("id").to_owned(),
        }
    }
}

/// Every change that somebody sees after a cursor, read in pages of `first`.
async fn all(world: &World, actor: Option<&Actor>, after: Option<&str>, first: u32, only: Value) -> Vec<Seen> {
    world.settle().await;
    let mut variables = only;
    variables["first"] = json!(first);
    variables["after"] = json!(after);
    let mut seen = Vec::new();
    loop {
        let page = match actor {
            None => world.ask_ok(PAGE, variables.clone()).await,
            Some(actor) => {
                let mut answer = world.ask_as(actor, PAGE, variables.clone()).await;
                assert_eq!(answer.get("errors"), None, "{answer:#}");
                answer["data"].take()
            }
        };
        let edges = page.list("changes.edges");
        for edge in edges {
            let change = Seen::of(&edge["node"]);
            assert_eq!(edge.text("cursor"), change.cursor);
            seen.push(change);
        }
        let info = page.at("changes.pageInfo");
        assert_eq!(info["endCursor"], edges.last().map_or(Value::Null, |edge| edge["cursor"].clone()));
        if info["hasNextPage"] == json!(false) {
            return seen;
        }
        assert!(edges.len() <= first as usize && !edges.is_empty(), "one can go on: {page:#}");
        variables["after"] = info["endCursor"].clone();
    }
}

async fn everything(world: &World) -> Vec<Seen> {
    all(world, None, None, 100, json!({})).await
}

fn told(seen: &[Seen]) -> Vec<String> {
    seen.iter().map(|one| format!("{} {}", one.operation, one.type_name)).collect()
}

#[rstest]
#[tokio::test]
async fn an_import_is_told_in_order(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    assert_eq!(everything(&world).await, [], "catalogs are not listed");
    let text = format!("{SMALL}    areas: [{{label: a}}, {{label: b}}]\n");
    world.import_one(&text).await;
    let first = everything(&world).await;
    let created = ["Source", "Agency", "Program", "CooperationArea", "CooperationArea", "Signatory"];
    assert_eq!(told(&first), created.map(|name| format!("CREATED {name}")));
    // The same again, and with a remark that changes no record.
    world.import_one(&text).await;
    world.import_one(&format!("# remark\n{text}")).await;
    assert_eq!(everything(&world).await, first);

    let corrected = text.replace("phối hợp ví dụ", "phối hợp đã sửa").replace("{label: a}, ", "");
    world.import_one(&corrected).await;
    let after = first.last().map(|one| one.cursor.as_str());
    let second = all(&world, None, after, 100, json!({})).await;
    // The article says of itself what it said before.
    let expected = ["UPDATED Program", "UPDATED CooperationArea", "DELETED CooperationArea"].map(str::to_owned);
    assert_eq!(told(&second), expected);
    assert_eq!(second[0].id, first[2].id);
    let gone: Vec<_> = second.iter().filter(|one| one.operation == "DELETED").map(|one| one.id.clone()).collect();
    let kept: Vec<_> = everything(&world).await.into_iter().filter(|one| !gone.contains(&one.id)).collect();
    assert_eq!(kept.len() + 1, first.len() - 1 + second.len(), "what is gone is told of by its end alone");
}

#[rstest]
#[tokio::test]
async fn pages_of_any_size_say_the_same(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let whole = everything(&world).await;
    assert!(whole.len() > 300, "{}", whole.len());
    assert_eq!(all(&world, None, None, 7, json!({})).await, whole);
    for cut in [0, 1, 150, whole.len() - 1] {
        assert_eq!(all(&world, None, Some(&whole[cut].cursor), 50, json!({})).await, whole[cut + 1..]);
    }
    let page = world.ask_ok(PAGE, json!({ "after": whole[9].cursor, "first": 3 })).await;
    assert_eq!(page.at("changes.pageInfo.hasPreviousPage"), true);
    assert_eq!(page.at("changes.pageInfo.startCursor"), &json!(whole[10].cursor));
}

#[rstest]
#[tokio::test]
async fn changes_of_some_tenants_and_programs(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let whole = everything(&world).await;
    let query = r#"{ a: province(by: {key: "son-la"}) { id } b: province(by: {key: "nghe-an"}) { id }
        programs(where: {tenant: {slug: {eq: "son-la"}}}) { nodes { id areas { nodes { id } } results { nodes { id } } } } }"#;
    let data = world.data(query).await;
    let of = async |only: Value| all(&world, None, None, 30, only).await;
    let some = of(json!({ "tenants": [data.at("a.id")] })).await;
    assert!(some.len() > 20 && some.len() < whole.len(), "{}", some.len());
    assert_eq!(of(json!({ "tenants": [data.at("a.id"), data.at("b.id")] })).await, some);
    assert_eq!(of(json!({ "tenants": [data.at("b.id")] })).await, []);
    let program = data.at("programs.nodes.0");
    let within = of(json!({ "programs": [program["id"]] })).await;
    let ids: Vec<&str> = within.iter().map(|one| one.id.as_str()).collect();
    assert!(ids.contains(&program.text("id")));
    for list in ["areas.nodes", "results.nodes"] {
        assert!(program.texts(list, "id").iter().all(|id| ids.contains(&id.as_str())), "{list}");
    }
    assert!(within.len() < some.len());
    // What is no tenant and no program changes nothing.
    assert_eq!(of(json!({ "tenants": [program["id"]] })).await, []);
    assert_eq!(of(json!({ "programs": [data.at("a.id")] })).await, []);
}

/// Records whose last change is not as visible as they are, by table.
async fn unlisted(world: &World) -> Vec<String> {
    let mut found = Vec::new();
    for (table, _, name) in ids::NODES.into_iter().filter(|(table, ..)| !["grants", "localities"].contains(table)) {
        let sql = format!(
            "SELECT CAST(count(*) AS text) FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM changes c
               WHERE c.tenant_id = t.tenant_id AND c.id = t.id AND c.visibility = t.visibility AND c.operation <> 'DELETED'
                 AND c.number = (SELECT max(l.number) FROM changes l WHERE l.tenant_id = t.tenant_id AND l.id = t.id))"
        );
        let count = world.select(&sql).await.remove(0).remove(0);
        if count != "0" {
            found.push(format!("{count} {name}"));
        }
    }
    found
}

#[rstest]
#[tokio::test]
async fn whatever_becomes_visible_or_hidden_is_listed(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let (_, text) = generated(1).remove(0);
    let seen = |visibility: &str| text.replace("\nsource: ", &format!("\nvisibility: {visibility}\nsource: "));
    for visibility in ["DRAFT", "INTERNAL", "PUBLIC", "INTERNAL", "PUBLIC"] {
        world.import_one(&seen(visibility)).await;
        assert_eq!(unlisted(&world).await, Vec::<String>::new(), "{visibility}");
    }
    let told: BTreeSet<String> = everything(&world).await.into_iter().map(|one| one.id).collect();
    let rows = ids::rows(&world, engine).await;
    let nodes: BTreeSet<String> = rows
        .into_iter()
        .filter(|row| !row.type_name.is_empty() && !["grants", "localities"].contains(&row.table.as_str()))
        .map(|row| row.id)
        .collect();
    assert_eq!(told, nodes, "who follows what is public has heard of everything that became public");
    // A second dossier vouches for what the first hides; and is taken back.
    world.import_one(&seen("DRAFT")).await;
    let (head, _) = text.split_once("people:\n").unwrap();
    world.import_one(&head.replace("key: generated-0", "key: vouches")).await;
    assert_eq!(unlisted(&world).await, Vec::<String>::new());
    let (bare, _) = text.split_once("agencies:\n").unwrap();
    for key in ["generated-0", "vouches"] {
        world.import_one(&bare.replace("generated-0", key)).await;
        assert_eq!(unlisted(&world).await, Vec::<String>::new(), "{key}");
    }
    let left: Vec<String> = everything(&world)
        .await
        .into_iter()
        .filter(|one| one.operation != "DELETED")
        .map(|one| one.type_name)
        .collect();
    assert!(left.iter().all(|name| name == "Source"), "{left:?}");
}

#[rstest]
#[tokio::test]
async fn a_page_costs_the_same_whatever_is_on_it(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let areas: Vec<String> = (0..120).map(|number| format!("{{label: việc {number}}}")).collect();
    world.import_one(&format!("{SMALL}    areas: [{}]\n", areas.join(", "))).await;
    let whole = everything(&world).await;
    let cost = async |first: i32| world.statements(PAGE, json!({ "first": first, "after": whole[3].cursor })).await;
    // The cursor, the page, the areas and their tenant; the records are not read twice.
    assert_eq!((cost(1).await, cost(20).await, cost(100).await), (4, 4, 4));
    // One statement for each kind at most.
    assert!(world.statements(PAGE, json!({ "first": 100 })).await <= 8);
}
