//! Tables of two worlds: what is hidden from somebody changes no byte of any table that they get, in any format.

use rstest::rstest;

use super::Worlds;
use super::hidden::CANARY;
use super::personas::Persona;
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, Walls, World};

/// Every table, with what it must be asked.
async fn paths(world: &World) -> Vec<String> {
    let list = world.export("", &[]).await.json();
    let mut paths = Vec::new();
    for table in list["tables"].as_array().unwrap() {
        let required = table["parameters"].as_array().unwrap().iter().filter(|one| one["required"] == true);
        let mut given = Vec::new();
        for parameter in required {
            given.push(match parameter.text("name") {
                // What is hidden was signed in 2031.
                "of" => {
                    let of = world.program("11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC").await;
                    format!("of={of}&as_of=2040-01-01")
                }
                "changed_from" => "changed_from=2025-01-01&changed_to=2040-01-01".to_owned(),
                other => panic!("say here what {} is to be asked as {other}", table.text("name")),
            });
        }
        for format in ["csv", "ndjson", "json"] {
            paths.push(format!("/{}.{format}?{}", table.text("name"), given.join("&")));
        }
    }
    paths
}

/// The paths of tables that the worlds answer differently.
async fn differing(worlds: &Worlds, persona: Persona) -> Vec<String> {
    let actor = persona.actor();
    let ask = async |world: &World, path: &str| {
        let token = actor.as_ref().map(|actor| format!("Bearer {}", world.token(actor)));
        let headers: Vec<(&str, &str)> = token.iter().map(|token| ("authorization", token.as_str())).collect();
        world.export(path, &headers).await
    };
    let mut differing = Vec::new();
    for path in paths(&worlds.a).await {
        let (a, b) = (ask(&worlds.a, &path).await, ask(&worlds.b, &path).await);
        assert_eq!(a.status, 200, "{path}: {}", a.text());
        if (a.status, &a.bytes) != (b.status, &b.bytes) {
            differing.push(path);
        }
    }
    differing
}

#[rstest]
#[tokio::test]
async fn what_is_hidden_changes_no_table(
    #[values(Persona::Anonymous, Persona::ThaiBinhEditor, Persona::SonLaViewer, Persona::CentralReporter)]
    persona: Persona,
    #[values((Sqlite, Walls::First), (Postgres, Walls::Both), (Postgres, Walls::First), (Postgres, Walls::Second))]
    (engine, walls): (Engine, Walls),
) {
    let worlds = Worlds::hiding_from(persona, engine, walls).await;
    let differing = differing(&worlds, persona).await;
    assert!(differing.is_empty(), "{differing:#?}");
}

#[tokio::test]
async fn without_any_wall_every_table_shows_what_is_hidden() {
    let worlds = Worlds::hiding_from(Persona::SonLaViewer, Postgres, Walls::None).await;
    let mut all = paths(&worlds.a).await;
    // What is hidden neither ends soon nor lies still, and no merged province did it twice; `across.rs` asks of other days.
    all.retain(|path| !["/expiring", "/inactive", "/overlaps"].iter().any(|quiet| path.starts_with(quiet)));
    assert_eq!(differing(&worlds, Persona::SonLaViewer).await, all);
    let shown = worlds.b.export("/results.csv", &[]).await;
    assert!(shown.text().contains(CANARY));
}
