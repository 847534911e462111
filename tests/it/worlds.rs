//! Two worlds: a database, and another one with more in it that the actor may not see. Whatever is asked, both answer
//! the same bytes: no list, count, cursor, filter, error or id tells that something is hidden.
//!
//! The operations are made from the schema (`worlds/operations.rs`), so a new field is asked for as soon as it is
//! there, and `worlds/coverage.rs` fails when it is not. Who asks is an actor; nobody in particular is the anonymous
//! actor.

mod across;
mod catalogs;
mod changes;
mod coverage;
mod edges;
mod filters;
mod hidden;
pub mod ids;
mod isolation;
mod lists;
mod nodes;
mod operations;
mod personas;
mod refused;
mod reports;
mod samples;
mod sdl;
mod selection;
mod service;
mod tables;

use std::fmt;

use domain::Actor;
use rstest::rstest;
use serde_json::{Value, json};

use self::operations::{Operation, Walk, generate};
use self::personas::Persona;
use self::samples::Samples;
use self::sdl::Sdl;
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{Walls, World};
use crate::reports::kept;

/// The cursor of a change that there is not.
pub fn absent_change() -> String {
    let (table, type_name) = ("programs".to_owned(), "Program".to_owned());
    let row = ids::RowId { table, type_name, id: String::new(), tag: 17, tenant: 16, uuid: [0x5a; 16] };
    changes::cursor(&row, 1)
}

/// What is hidden from whom: the worlds, and who asks them.
struct Worlds {
    engine: Engine,
    /// Knows nothing hidden.
    a: World,
    /// Knows the same, under the same ids, and more.
    b: World,
    sdl: Sdl,
}

impl Worlds {
    /// Worlds that differ in what is hidden from nobody in particular.
    async fn hiding(engine: Engine) -> Self {
        Self::hiding_from(Persona::Anonymous, engine, Walls::Both).await
    }

    async fn hiding_from(persona: Persona, engine: Engine, walls: Walls) -> Self {
        let (a, b) = (World::seeded_behind(engine, walls).await, World::seeded_behind(engine, walls).await);
        let hidden = hidden::dossiers(|place, visibility| persona.must_not_see(place, visibility));
        assert!(hidden.len() >= 3, "{persona:?}");
        let files: Vec<(&str, &str)> = hidden.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        b.import(&files).await;
        for grant in hidden::grants(engine) {
            b.execute(&grant).await;
        }
        for job in hidden::export_jobs(engine) {
            b.execute(&job).await;
        }
        reports::hide(&b).await;
        // Sums are hidden like what was added up.
        for world in [&a, &b] {
            kept::renew(world).await;
        }
        Self { engine, a, b, sdl: Sdl::read() }
    }

    async fn operations(&self, asks_as: Option<&Actor>) -> Vec<Operation> {
        let token = asks_as.map(|actor| self.a.token(actor));
        generate(&self.sdl, &Samples::of(&self.sdl, &self.a, &self.b, self.engine, token.as_deref()).await)
    }
}

/// An operation that the worlds answer differently.
struct Difference {
    name: String,
    query: String,
    variables: Value,
    /// Which page of a walk, from 0.
    page: usize,
    /// The answers from where they part.
    a: String,
    b: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, query, variables, page, a, b } = self;
        write!(f, "{name}, page {page}\n  {query}\n  {variables}\n  A  {a}\n  A′ {b}")
    }
}

/// How many pages a walk may have; the samples are small.
const MOST_PAGES: usize = 80;

/// Asks both worlds everything, and answers where they differ.
async fn compare(a: &World, b: &World, operations: &[Operation], asks_as: Option<&Actor>) -> Vec<Difference> {
    // Each world has an issuer of its own.
    let (token_a, token_b) = (asks_as.map(|actor| a.token(actor)), asks_as.map(|actor| b.token(actor)));
    let (a, b) = ((a, token_a.as_deref()), (b, token_b.as_deref()));
    let mut differences = Vec::new();
    for operation in operations {
        differences.extend(compare_one(a, b, operation).await);
    }
    differences
}

/// Each world with the token by which it is asked.
async fn compare_one(
    (a, token_a): (&World, Option<&str>),
    (b, token_b): (&World, Option<&str>),
    operation: &Operation,
) -> Option<Difference> {
    let mut variables = operation.variables.clone();
    for page in 0.. {
        let (of_a, of_b) =
            tokio::join!(a.body(&operation.query, &variables, token_a), b.body(&operation.query, &variables, token_b));
        let refused = of_a.1.starts_with(b"{\"errors\"");
        assert_eq!(refused, operation.refused, "{operation:#?}\n{}", String::from_utf8_lossy(&of_a.1));
        if of_a != of_b {
            let (a, b) = parting(&of_a, &of_b);
            let Operation { name, query, .. } = operation.clone();
            return Some(Difference { name, query, variables, page, a, b });
        }
        let (pointer, walk) = operation.walk.as_ref()?;
        assert!(page < MOST_PAGES, "the walk does not end: {operation:#?}");
        let data: Value = serde_json::from_slice(&of_a.1).unwrap();
        let info = &data.pointer(pointer)?["pageInfo"];
        let (more, cursor, variable) = match walk {
            Walk::Forward => ("hasNextPage", "endCursor", "after"),
            Walk::Backward => ("hasPreviousPage", "startCursor", "before"),
        };
        if info[more] != json!(true) {
            return None;
        }
        variables[variable] = info[cursor].clone();
    }
    None
}

/// The answers from a little before where they part, short enough to be read.
fn parting(a: &(u16, Vec<u8>), b: &(u16, Vec<u8>)) -> (String, String) {
    let same = a.1.iter().zip(&b.1).take_while(|(a, b)| a == b).count();
    let from = |answer: &(u16, Vec<u8>)| {
        let start = same.saturating_sub(120);
        let end = answer.1.len().min(same + 240);
        format!("{} …{}…", answer.0, String::from_utf8_lossy(&answer.1[start..end]))
    };
    (from(a), from(b))
}

#[rstest]
#[tokio::test]
async fn what_is_hidden_changes_no_answer_to_anybody(#[values(Sqlite, Postgres)] engine: Engine) {
    let worlds = Worlds::hiding(engine).await;
    let operations = worlds.operations(None).await;
    assert!(operations.len() >= 300, "{}", operations.len());
    let began = std::time::Instant::now();
    let differences = compare(&worlds.a, &worlds.b, &operations, None).await;
    println!("{engine:?}: {} operations in {:?}", operations.len(), began.elapsed());
    let shown: Vec<String> = differences.iter().take(8).map(ToString::to_string).collect();
    assert!(differences.is_empty(), "{} operations differ:\n{}", differences.len(), shown.join("\n\n"));
}

#[rstest]
#[tokio::test]
async fn what_is_hidden_changes_no_answer_to_a_persona(
    #[values(
        Persona::ThaiBinhEditor,
        Persona::ThaiBinhPublisher,
        Persona::ThaiBinhAdmin,
        Persona::SonLaViewer,
        Persona::VinhPhucEditor,
        Persona::CentralReporter,
        Persona::CentralAdmin
    )]
    persona: Persona,
    #[values((Sqlite, Walls::First), (Postgres, Walls::Both), (Postgres, Walls::First), (Postgres, Walls::Second))]
    (engine, walls): (Engine, Walls),
) {
    compare_for(persona, engine, walls).await;
}

#[rstest]
#[tokio::test]
async fn either_wall_alone_hides_from_anybody(#[values(Walls::First, Walls::Second)] walls: Walls) {
    compare_for(Persona::Anonymous, Postgres, walls).await;
}

/// A share of the operations, another one for each persona and wall, so that together they ask everything.
async fn compare_for(persona: Persona, engine: Engine, walls: Walls) {
    let worlds = Worlds::hiding_from(persona, engine, walls).await;
    let actor = persona.actor();
    let skipped = (persona as usize + walls as usize) % 4;
    let operations: Vec<_> = worlds.operations(actor.as_ref()).await.into_iter().skip(skipped).step_by(4).collect();
    assert!(operations.len() >= 300, "{}", operations.len());
    let differences = compare(&worlds.a, &worlds.b, &operations, actor.as_ref()).await;
    let shown: Vec<String> = differences.iter().take(8).map(ToString::to_string).collect();
    assert!(differences.is_empty(), "{} operations differ:\n{}", differences.len(), shown.join("\n\n"));
}

#[tokio::test]
async fn without_any_wall_the_same_operations_find_what_is_hidden() {
    let worlds = Worlds::hiding_from(Persona::SonLaViewer, Postgres, Walls::None).await;
    let actor = Persona::SonLaViewer.actor();
    let operations: Vec<_> = worlds.operations(actor.as_ref()).await.into_iter().step_by(4).collect();
    let differences = compare(&worlds.a, &worlds.b, &operations, actor.as_ref()).await;
    assert!(differences.len() >= 100, "{} of {}", differences.len(), operations.len());
}

#[rstest]
#[tokio::test]
async fn a_planted_leak_is_found(#[values(Sqlite, Postgres)] engine: Engine) {
    let worlds = Worlds::hiding(engine).await;
    let operations: Vec<Operation> = worlds.operations(None).await.into_iter().step_by(4).collect();
    let hidden = "visibility = 'DRAFT' AND kind = 'MEMORANDUM' AND tenant_id = 1";
    worlds.b.execute(&format!("UPDATE programs SET visibility = 'PUBLIC' WHERE {hidden}")).await;
    let differences = compare(&worlds.a, &worlds.b, &operations, None).await;
    println!("{engine:?}: {} of {} operations find the leak", differences.len(), operations.len());
    assert!(differences.len() >= 30, "only {} of {} operations find the leak", differences.len(), operations.len());
}

/// A row of each table that stands by itself, and the operations that must find it (all would take too long). Children
/// follow their parents, so that a leak of theirs is one of code.
const LEAKS: [(&str, &str, &str); 9] = [
    ("agencies", "name_vi LIKE 'Ban %'", "list agencies"),
    ("agency_groups", "label LIKE '%kxqzsonla%'", "edge Agency.groups"),
    ("conflicts", "kind = 'AGENCY'", "edges Agency"),
    ("documents", "number LIKE '7711%'", "list documents"),
    ("events", "kind = 'SEMINAR'", "list events"),
    ("people", "name LIKE '%kxqz%'", "list people"),
    ("programs", "kind = 'JOINT_RESOLUTION'", "list programs"),
    ("search_entries", "kind = 'PERSON' AND folded LIKE '%kxqz%'", "search kxqz"),
    ("sources", "dossier LIKE 'kxqz%'", "list sources"),
];

#[tokio::test]
async fn a_leak_of_any_table_is_found() {
    let worlds = Worlds::hiding(Sqlite).await;
    let operations = worlds.operations(None).await;
    for (table, which, found_by) in LEAKS {
        let one = format!("SELECT min(rowid) AS row FROM {table} WHERE visibility = 'DRAFT' AND {which}");
        let row = worlds.b.select(&format!("SELECT CAST(row AS text) FROM ({one})")).await.remove(0).remove(0);
        let make = |visibility: &str| format!("UPDATE {table} SET visibility = '{visibility}' WHERE rowid = {row}");
        worlds.b.execute(&make("PUBLIC")).await;
        let some: Vec<Operation> = operations.iter().filter(|one| one.name.starts_with(found_by)).cloned().collect();
        let found = compare(&worlds.a, &worlds.b, &some, None).await;
        assert!(!found.is_empty(), "none of {} operations finds a leak of {table}", some.len());
        worlds.b.execute(&make("DRAFT")).await;
    }
}

#[tokio::test]
async fn the_operations_use_the_whole_schema() {
    let worlds = Worlds::hiding(Sqlite).await;
    let operations = worlds.operations(None).await;
    let (usable, used) = (coverage::usable(&worlds.sdl), coverage::used(&worlds.sdl, &operations));
    let missing: Vec<&String> = usable.difference(&used).collect();
    assert!(usable.len() > 700, "{}", usable.len());
    assert!(missing.is_empty(), "no operation uses {missing:#?}");
}

#[tokio::test]
async fn every_run_asks_the_same() {
    let worlds = Worlds::hiding(Sqlite).await;
    let queries =
        |operations: Vec<Operation>| operations.into_iter().map(|one| (one.query, one.variables)).collect::<Vec<_>>();
    assert_eq!(queries(worlds.operations(None).await), queries(worlds.operations(None).await));
}

#[tokio::test]
async fn ids_are_made_as_the_service_makes_them() {
    let world = World::seeded(Sqlite).await;
    let rows = ids::rows(&world, Sqlite).await;
    let query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
    for table in ids::NODES {
        // Grants are seen by their two tenants only.
        let Some(row) = rows.iter().find(|row| row.table == table.0 && table.0 != "grants") else { continue };
        let answer = world.ask_ok(query, json!({ "ids": [row.id] })).await;
        assert_eq!(answer, json!({ "nodes": [{ "__typename": row.type_name, "id": row.id }] }));
    }
}
