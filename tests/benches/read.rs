//! How fast the read path is: `make bench`, on SQLite and, when `PHOIHOP_TEST_POSTGRES` is set, on PostgreSQL too.
//!
//! W1 is a province's 20 latest programs with signatories, their agencies and people, through the real router. Beside
//! it, in the same run, stands the best single statement that builds the same answer inside the database: quote the
//! ratio, not the milliseconds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, reason = "a measuring program")]
#![allow(clippy::print_stdout, reason = "its output is for people")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::http::Request;
use persistence::{Store, StoreOptions};
use sea_orm::{ConnectionTrait, Database};
use serde_json::json;
use server::auth::Authenticator;
use server::auth::demo::Issuer;
use server::{App, Clock, Settings};
use tower::ServiceExt;

const PROVINCE: &str = "son-la";
const DOSSIERS: usize = 20;
const PROGRAMS: usize = 100;
const RUNS: usize = 300;

const W1: &str = "query W1($slug: String!) { province(by: {slug: $slug}) { programs(first: 20) { nodes {
  id title number kind status signedOn { date inferred }
  signatories { nodes { order positions agency { name shortName level } person { name } } } } } } }";

/// The same rows by one statement. Both engines write JSON with other words.
const SQLITE: &str = "SELECT json_group_array(json_object('title', p.title_vi, 'number', p.number, 'kind', p.kind,
  'status', p.status, 'signedOn', p.signed_on, 'signatories', (SELECT json_group_array(json_object('order', s.position,
  'positions', s.positions, 'agency', json_object('name', a.name_vi, 'shortName', a.short_name, 'level', a.level),
  'person', (SELECT n.name FROM people n WHERE n.tenant_id = s.tenant_id AND n.id = s.person_id)))
  FROM involvements s LEFT JOIN agencies a ON a.tenant_id = s.agency_tenant_id AND a.id = s.agency_id
  WHERE s.tenant_id = p.tenant_id AND s.program_id = p.id AND s.kind = 'SIGNATORY'))) AS answer
  FROM (SELECT * FROM programs WHERE tenant_id = (SELECT id FROM tenants WHERE slug = 'son-la')
  AND visibility = 'PUBLIC' ORDER BY signed_on_earliest DESC, id LIMIT 20) p";
const POSTGRES: &str = "SELECT json_agg(json_build_object('title', p.title_vi, 'number', p.number, 'kind', p.kind,
  'status', p.status, 'signedOn', p.signed_on, 'signatories', (SELECT json_agg(json_build_object('order', s.position,
  'positions', s.positions, 'agency', json_build_object('name', a.name_vi, 'shortName', a.short_name, 'level', a.level),
  'person', (SELECT n.name FROM people n WHERE n.tenant_id = s.tenant_id AND n.id = s.person_id)) ORDER BY s.position)
  FROM involvements s LEFT JOIN agencies a ON a.tenant_id = s.agency_tenant_id AND a.id = s.agency_id
  WHERE s.tenant_id = p.tenant_id AND s.program_id = p.id AND s.kind = 'SIGNATORY'))) AS answer
  FROM (SELECT * FROM programs WHERE tenant_id = (SELECT id FROM tenants WHERE slug = 'son-la')
  AND visibility = 'PUBLIC' ORDER BY signed_on_earliest DESC NULLS LAST, id LIMIT 20) p";

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    measure(&format!("sqlite:{}", folder.path().join("bench.db").display())).await;
    match std::env::var("PHOIHOP_TEST_POSTGRES") {
        Ok(url) => {
            let admin = Database::connect(&url).await.unwrap();
            let name = format!("bench_{}", std::process::id());
            admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
            let (server, _) = url.rsplit_once('/').unwrap();
            measure(&format!("{server}/{name}")).await;
            admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
        }
        Err(_) => println!("PostgreSQL: not measured; run scripts/with-postgres.sh make bench"),
    }
}

async fn measure(url: &str) {
    let options = StoreOptions::new(url);
    server::migrate::up(&options).await.unwrap();
    let started = Instant::now();
    let owner = Store::open(&server::migrate::owning(&options)).await.unwrap();
    server::import::load_reference(&owner).await.unwrap();
    let store = Store::open(&options.with_role(migrations::roles::APP)).await.unwrap();
    let admin = Database::connect(url).await.unwrap();
    println!("\n{}", store.engine());
    let samples = dossier::samples().map(|(name, bytes)| (name, bytes.into_owned())).collect();
    import(&store, samples).await;
    println!("  reference data and five samples imported in {:.2} s", started.elapsed().as_secs_f64());
    let started = Instant::now();
    import(&store, (0..DOSSIERS).map(generated).collect()).await;
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "  {} programs with {} signatories imported in {seconds:.2} s",
        DOSSIERS * PROGRAMS,
        DOSSIERS * PROGRAMS * 4
    );
    if store.engine() == "PostgreSQL" {
        admin.execute_unprepared("ANALYZE").await.unwrap();
    }

    let issuer = Issuer::new(Clock::system()).unwrap();
    let mut settings = Settings::default();
    for class in [&mut settings.limits.anonymous, &mut settings.limits.user] {
        class.cost_per_minute = u64::from(u32::MAX);
    }
    let app = |store: &Store| {
        App::new(store.clone(), Clock::system(), Authenticator::demo(&issuer), settings.clone()).unwrap()
    };
    let router = server::router(app(&store));
    // The same as a superuser, whom no policy holds: what the second wall costs.
    let unwalled = server::router(app(&Store::open(&StoreOptions::new(url)).await.unwrap()));
    let son_la = dossier::Reference::shipped().unwrap().tenants.iter().find(|one| one.key == PROVINCE).unwrap().id;
    let token = issuer.token("bench", son_la, &[domain::actor::Role::Editor], 3600).unwrap();
    let staff = Some(token.expose().as_str());
    let mut times: [Vec<Duration>; 5] = Default::default();
    for _ in 0..RUNS {
        times[0].push(ask(&router, W1, None).await);
        times[1].push(ask(&router, W1, staff).await);
        times[2].push(ask(&unwalled, W1, None).await);
        times[3].push(ask(&router, "{ __typename }", None).await);
        let started = Instant::now();
        let sql = if store.engine() == "PostgreSQL" { POSTGRES } else { SQLITE };
        let statement = sea_orm::Statement::from_string(admin.get_database_backend(), sql);
        let row = admin.query_one_raw(statement).await.unwrap().unwrap();
        if store.engine() == "PostgreSQL" {
            drop(row);
        } else {
            assert!(row.try_get::<String>("", "answer").unwrap().len() > 1000);
        }
        times[4].push(started.elapsed());
    }
    let [graph, staff, unwalled, nothing, floor] = times.map(median);
    println!(
        "  W1 {graph:.2} ms · as staff {staff:.2} ms · one statement {floor:.2} ms · {{ __typename }} {nothing:.2} ms"
    );
    println!("  W1 takes {:.1} × the one statement, as staff {:.2} × anonymous", graph / floor, staff / graph);
    if store.engine() == "PostgreSQL" {
        println!("  with policies {:.2} × without", graph / unwalled);
    }
}

async fn ask(router: &axum::Router, query: &str, token: Option<&str>) -> Duration {
    let body = json!({"query": query, "variables": if query == W1 { json!({"slug": PROVINCE}) } else { json!({}) }});
    let mut request = Request::post("/graphql").header("content-type", "application/json");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let request = request.body(Body::from(body.to_string())).unwrap();
    let started = Instant::now();
    let response = router.clone().oneshot(request).await.unwrap();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let took = started.elapsed();
    assert!(!bytes.windows(8).any(|part| part == b"\"errors\""), "{}", String::from_utf8_lossy(&bytes));
    took
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() / 2).unwrap().as_secs_f64() * 1000.0
}

async fn import(store: &Store, files: Vec<(String, Vec<u8>)>) {
    server::import::import(store, files, server::import::Manner::default(), &|_| {}).await.unwrap();
}

/// A dossier with many programs of one province, shaped like the samples.
fn generated(number: usize) -> (String, Vec<u8>) {
    let mut yaml = format!(
        "format: phoihop/1\nkey: bench-{number}\ntenant: {{slug: {PROVINCE}}}\nsource: {{publisher: Bench, coverage: FULL}}\nagencies:\n"
    );
    for (key, name) in
        [("a", "Hội Liên hiệp Phụ nữ"), ("b", "Công an"), ("c", "Viện kiểm sát nhân dân"), ("d", "Tòa án nhân dân")]
    {
        writeln!(yaml, "- {{key: {key}, name: {name} tỉnh Sơn La, level: PROVINCE}}").unwrap();
    }
    yaml.push_str("people:\n- {key: p, name: Nguyễn Văn A}\nprograms:\n");
    for program in 0..PROGRAMS {
        let (month, day) = (1 + program % 12, 1 + program % 28);
        write!(
            yaml,
            "- key: p{program}\n  kind: COORDINATION_PROGRAM\n  title: Chương trình phối hợp số {number} {program}\n  level: PROVINCE\n  \
             signedOn: \"2023-{month:02}-{day:02}\"\n  period: {{start: \"2023\", end: \"2025\"}}\n  signatories:\n"
        )
        .unwrap();
        for agency in ["a", "b", "c", "d"] {
            writeln!(yaml, "  - {{agency: {agency}, person: p, positions: [Trưởng ban]}}").unwrap();
        }
    }
    (format!("bench-{number}.yaml"), yaml.into_bytes())
}
