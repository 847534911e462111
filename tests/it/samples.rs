//! Every article that ships with the program, imported as the demonstration does.

use std::collections::BTreeMap;

use rstest::rstest;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

/// The five seeds, the 52 further articles, and five invented dossiers that show the walls.
const DOSSIERS: usize = 62;

#[rstest]
#[tokio::test]
async fn every_article_is_there_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let samples = || dossier::samples().map(|(name, bytes)| (name, bytes.into_owned())).collect::<Vec<_>>();
    assert_eq!(samples().len(), DOSSIERS);
    let imported =
        server::import::import(&world.store, samples(), server::import::Manner::default(), &|_| ()).await.unwrap();
    assert!(imported.iter().all(|one| one.counts.is_some_and(|counts| counts.created > 3)), "{imported:#?}");
    let again =
        server::import::import(&world.store, samples(), server::import::Manner::default(), &|_| ()).await.unwrap();
    assert!(again.iter().all(|one| one.counts.is_none()), "a second import changes nothing");

    // Programs that several articles tell of are one: what the center signed is met from many provinces.
    let data = world
        .data("{ central { programs(first: 100) { nodes { number aliases title implementedBy { totalCount { value } } } } } }")
        .await;
    let mut implemented: BTreeMap<&str, i64> = BTreeMap::new();
    for program in data.list("central.programs.nodes") {
        let count = program.at("implementedBy.totalCount.value").as_i64().unwrap();
        implemented.insert(program.text("title"), count);
    }
    let most = implemented.values().max().copied().unwrap_or_default();
    assert!(most >= 6, "11/CTPH is implemented by many: {implemented:#?}");
}
