//! Changes that come by themselves.

use std::time::Duration;

use domain::actor::Role;
use domain::grant::DataSet;
use futures_util::future::join_all;
use persistence::{Store, StoreOptions};
use rstest::rstest;
use serde_json::json;

use super::{Seen, everything, told};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, Feed, SMALL, World, actor, codes, event};

const FOLLOW: &str = "subscription ($after: String, $tenants: [ID!], $programs: [ID!]) {
    changes(after: $after, tenants: $tenants, programs: $programs) {
        cursor operation type id tenant { slug }
        node { __typename id ... on Program { title signatories { nodes { agency { name } } } } }
    }
}";

/// So long one waits for nothing.
const NOTHING: Duration = Duration::from_millis(1500);

/// The next events, each of which must come.
async fn take(feed: &mut Feed, count: usize, patience: Duration) -> Vec<Seen> {
    let mut seen = Vec::new();
    for number in 0..count {
        let (answer, cursor) =
            event(feed, patience).await.unwrap_or_else(|| panic!("event {number} of {count} does not come"));
        assert_eq!(answer.get("errors"), None, "{answer:#}");
        let change = Seen::of(answer.at("data.changes"));
        assert_eq!(cursor.as_ref(), Some(&change.cursor));
        seen.push(change);
    }
    seen
}

/// Lets a subscription open: it begins with what happens from then on.
async fn opened(world: &World, query: &str) -> Feed {
    let mut feed = world.follow(None, query, json!({}));
    assert!(event(&mut feed, Duration::from_millis(300)).await.is_none());
    feed
}

#[rstest]
#[tokio::test]
async fn what_another_process_imports_comes_at_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let mut feed = opened(&world, FOLLOW).await;
    let import = world.import_elsewhere(SMALL);
    let (first, ()) = tokio::join!(
        async {
            let first = take(&mut feed, 1, Duration::from_secs(30)).await;
            (first, std::time::Instant::now())
        },
        import
    );
    let (first, came) = first;
    // The process takes its time to end.
    assert!(came.elapsed() < Duration::from_secs(30));
    assert_eq!(told(&first), ["CREATED Source"]);
    let rest = take(&mut feed, 2, engine.patience()).await;
    assert_eq!(told(&rest), ["CREATED Program", "CREATED Signatory"]);
    assert!(event(&mut feed, NOTHING).await.is_none());
}

#[rstest]
#[tokio::test]
async fn what_this_process_imports_comes_within_a_second(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let mut feed = opened(&world, FOLLOW).await;
    let waiting = world.import_one(SMALL);
    let (seen, _) = tokio::join!(take(&mut feed, 3, engine.patience()), waiting);
    assert_eq!(told(&seen), ["CREATED Source", "CREATED Program", "CREATED Signatory"]);
    // Another service on the same database.
    let elsewhere = Store::open(&StoreOptions::new(&world.database.url)).await.unwrap();
    let file = ("test.yaml".to_owned(), SMALL.replace("phối hợp ví dụ", "phối hợp khác").into_bytes());
    server::import::import(&elsewhere, vec![file], server::import::Manner::default(), &|_| ()).await.unwrap();
    let began = std::time::Instant::now();
    let seen = take(&mut feed, 1, engine.patience()).await;
    assert_eq!(told(&seen), ["UPDATED Program"]);
    if engine == Sqlite {
        assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    }
}

#[rstest]
#[tokio::test]
async fn an_interruption_leaves_no_gap(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    world.import_one(SMALL).await;
    let whole = everything(&world).await;
    let mut feed = world.follow(None, FOLLOW, json!({ "after": whole[0].cursor }));
    assert_eq!(take(&mut feed, 2, engine.patience()).await, whole[1..3]);
    drop(feed);
    world.import_one(&SMALL.replace("phối hợp ví dụ", "phối hợp sửa")).await;
    let whole = everything(&world).await;
    let mut feed = world.follow(None, FOLLOW, json!({ "after": whole[2].cursor }));
    assert_eq!(take(&mut feed, whole.len() - 3, engine.patience()).await, whole[3..]);
    world.import_one(&SMALL.replace("phối hợp ví dụ", "phối hợp sửa nữa")).await;
    let more = take(&mut feed, 1, engine.patience()).await;
    assert_eq!(everything(&world).await[whole.len()..], more);
}

#[rstest]
#[tokio::test]
async fn what_cannot_be_followed_is_said_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    for (query, variables, code) in [
        (FOLLOW, json!({ "after": "kxqz" }), "CURSOR_INVALID"),
        (FOLLOW, json!({ "tenants": ["x"] }), "BAD_USER_INPUT"),
        ("subscription { changes { kxqz } }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { changes {", json!({}), "GRAPHQL_PARSE_FAILED"),
        ("subscription { a: changes { id } b: changes { id } }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
    ] {
        let mut feed = world.follow(None, query, variables);
        let (answer, cursor) = event(&mut feed, engine.patience()).await.expect("an answer");
        assert_eq!((codes(&answer), cursor), (vec![code.to_owned()], None), "{query}\n{answer:#}");
        assert!(event(&mut feed, NOTHING).await.is_none());
    }
    // A query is answered once.
    let mut feed = world.follow(None, "{ programs { nodes { id } } }", json!({}));
    let (answer, _) = event(&mut feed, engine.patience()).await.expect("an answer");
    assert_eq!(answer.at("data.programs.nodes"), &json!([]));
    assert!(event(&mut feed, NOTHING).await.is_none());
}

#[rstest]
#[tokio::test]
async fn after_a_revocation_nothing_comes(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let reader = actor("nghe-an", &[Role::Viewer]);
    let grant = crate::access::granted(&world, &[DataSet::Programs], "2027-01-01").await;
    let internal = |areas: usize| {
        let areas: Vec<String> = (0..areas).map(|number| format!("{{label: việc {number}}}")).collect();
        let text = format!("{SMALL}    areas: [{}]\n", areas.join(", "));
        text.replace("\nsource: ", "\nvisibility: INTERNAL\nsource: ")
    };
    let mut feed = world.follow(Some(&reader), FOLLOW, json!({}));
    assert!(event(&mut feed, Duration::from_millis(300)).await.is_none());
    world.import_one(&internal(1)).await;
    let seen = take(&mut feed, 4, engine.patience()).await;
    assert_eq!(
        told(&seen),
        ["Source", "Program", "CooperationArea", "Signatory"].map(|name| format!("CREATED {name}"))
    );
    // Something is on its way, and read half.
    world.import_one(&internal(41)).await;
    take(&mut feed, 5, engine.patience()).await;
    crate::access::revoke(&world, &grant).await;
    world.import_one(&internal(141)).await;
    world.settle().await;
    assert!(event(&mut feed, Duration::from_secs(7)).await.is_none(), "not even what was on its way");
    // It was there to be seen.
    let staff = actor("hung-yen:2025", &[Role::Viewer]);
    let mut feed = world.follow(Some(&staff), FOLLOW, json!({ "after": seen[3].cursor }));
    take(&mut feed, 140, engine.patience()).await;
}

#[rstest]
#[tokio::test]
async fn an_event_is_answered_from_its_own_snapshot(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let mut feed = opened(&world, FOLLOW).await;
    world.import_one(SMALL).await;
    world.settle().await;
    let mut titles = Vec::new();
    while let Some((answer, _)) = event(&mut feed, NOTHING).await {
        if answer.at("data.changes.type") == "Program" {
            assert_eq!(
                answer.at("data.changes.node.signatories.nodes"),
                &json!([{ "agency": { "name": "Công an tỉnh Thái Bình" } }])
            );
            titles.push(answer.text("data.changes.node.title").to_owned());
            world.import_one(&SMALL.replace("phối hợp ví dụ", &format!("phối hợp {}", titles.len()))).await;
            world.settle().await;
        }
        if titles.len() == 3 {
            break;
        }
    }
    assert_eq!(titles, ["Chương trình phối hợp ví dụ", "Chương trình phối hợp 1", "Chương trình phối hợp 2"]);
}

#[tokio::test]
async fn waiting_holds_no_connection() {
    let world = World::empty(Postgres).await;
    let mut feeds: Vec<Feed> = (0..20).map(|_| world.follow(None, FOLLOW, json!({}))).collect();
    let open =
        "SELECT count(*)::text FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'";
    // Between the looks that follow the opening and the next one of whoever is not woken.
    let waiting = join_all(feeds.iter_mut().map(|feed| event(feed, Duration::from_secs(4))));
    let (events, held) = tokio::join!(waiting, async {
        tokio::time::sleep(Duration::from_millis(2500)).await;
        world.select(open).await
    });
    assert!(events.iter().all(Option::is_none));
    assert_eq!(held, [["0"]]);
    let listening =
        "SELECT count(*)::text FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    assert_eq!(world.select(listening).await, [["1"]], "one for all");
    world.import_one(SMALL).await;
    for feed in &mut feeds {
        take(feed, 4, Postgres.patience()).await;
    }
}
