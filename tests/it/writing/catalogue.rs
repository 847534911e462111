//! The catalogs, which the center keeps, and provinces that follow others.

use domain::actor::Role;
use domain::{Actor, TenantId};
use rstest::rstest;
use serde_json::{Value, json};

use super::{faults, staff};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, actor, codes};

fn center(role: Role) -> Actor {
    actor("trung-uong", &[role])
}

#[rstest]
#[tokio::test]
async fn the_center_keeps_the_catalogs(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let admin = center(Role::Admin);
    let made = world
        .changed(
            &admin,
            "topicCreate topic { code name version variants }",
            json!({"code": "SCHOOL_VIOLENCE", "name": " Bạo lực học đường ", "nameEn": "School violence"}),
        )
        .await;
    assert_eq!(
        made.at("topic"),
        &json!({"code": "SCHOOL_VIOLENCE", "name": "Bạo lực học đường", "version": 1, "variants": []})
    );
    let update = "topicUpdate topic { version variants history { nodes { action changes { field } } } }";
    let variants = json!({"code": "SCHOOL_VIOLENCE", "version": 1, "variants": ["bạo lực trong trường"]});
    let changed = world.changed(&admin, update, variants.clone()).await;
    assert_eq!(changed.at("topic.version"), 2);
    let actions: Vec<&str> = changed.list("topic.history.nodes").iter().map(|one| one.text("action")).collect();
    assert_eq!(actions, ["topicUpdate", "topicCreate"]);
    assert_eq!(faults(&world.change(&admin, update, variants).await), ["CONFLICT input.version"]);

    // A draft of a province uses it at once.
    let program = world.draft("Phòng, chống bạo lực học đường").await;
    let input = json!({"id": program, "version": 1, "topics": ["SCHOOL_VIOLENCE"]});
    world.changed(&staff(&[Role::Editor]), "programUpdate program { id }", input).await;

    let unit = json!({"code": "SCHOOL", "name": "trường", "nameEn": "school"});
    world.changed(&admin, "unitCreate unit { code }", unit.clone()).await;
    assert_eq!(faults(&world.change(&admin, "unitCreate unit { code }", unit).await), ["IN_USE input.code"]);
    let update = json!({"code": "SCHOOL", "version": 1, "nameEn": "school site"});
    world.changed(&admin, "unitUpdate unit { version }", update).await;
    let indicator = |unit: Value| {
        json!({
            "code": "SCHOOLS_REACHED", "label": "Trường được tuyên truyền", "labelEn": "Schools reached", "unit": unit,
            "kind": "FLOW", "aggregation": "SUM", "direction": "UP",
        })
    };
    let create = "indicatorCreate indicator { code unit { code } }";
    let unknown = world.change(&admin, create, indicator(json!("NONE_SUCH"))).await;
    assert_eq!(faults(&unknown), ["NOT_FOUND input.unit"]);
    assert_eq!(faults(&world.change(&admin, create, indicator(Value::Null)).await), ["INVALID input.unit"]);
    let made = world.changed(&admin, create, indicator(json!("SCHOOL"))).await;
    assert_eq!(made.text("indicator.unit.code"), "SCHOOL");
    let label = json!({"code": "SCHOOLS_REACHED", "version": 1, "label": "Số trường"});
    world.changed(&admin, "indicatorUpdate indicator { version }", label).await;

    let sector = json!({
        "code": "BORDER_GUARD_NEW", "name": "Biên phòng mới", "nameEn": "New border guard", "validFrom": "2026",
        "levels": [{"level": "PROVINCE", "name": "Bộ chỉ huy"}, {"level": "NOWHERE", "name": " "}],
    });
    let wrong = world.change(&admin, "sectorCreate sector { code }", sector.clone()).await;
    assert_eq!(faults(&wrong), ["INVALID input.levels.1.name", "INVALID input.levels.1.level"]);
    let mut right = sector;
    right["levels"] = json!([{"level": "PROVINCE", "name": "Bộ chỉ huy"}]);
    world.changed(&admin, "sectorCreate sector { code levels { level nameVi } }", right).await;
    let ended = json!({"code": "BORDER_GUARD_NEW", "version": 1, "validTo": "2025", "successor": "BORDER_GUARD_NEW"});
    let wrong = world.change(&admin, "sectorUpdate sector { code }", ended).await;
    assert_eq!(faults(&wrong), ["INVALID input.validTo", "INVALID input.successor"]);

    let fact = json!({
        "code": "T01", "on": "2026-03", "what": "Sáp nhập", "whatEn": "Merged", "kind": "MERGE", "source": "Báo",
        "confidence": "SURE", "sectors": ["BORDER_GUARD_NEW"], "moves": [{"toSector": "NONE_SUCH"}],
    });
    let create = "reorganizationCreate reorganization { code }";
    let wrong = world.change(&admin, create, fact.clone()).await;
    assert_eq!(faults(&wrong), ["INVALID input.confidence", "NOT_FOUND input.moves"]);
    let mut right = fact;
    (right["confidence"], right["moves"]) = (json!("LOW"), json!([{"toSector": "BORDER_GUARD_NEW"}]));
    world.changed(&admin, create, right).await;
    let surer = json!({"code": "T01", "version": 1, "confidence": "HIGH", "clear": ["LEGAL_BASIS"]});
    world.changed(&admin, "reorganizationUpdate reorganization { version }", surer).await;
}

#[rstest]
#[tokio::test]
async fn nobody_else_keeps_them(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let query = "mutation($i: TopicCreateInput!) { topicCreate(input: $i) { errors { code } } }";
    let input = json!({"i": {"code": "X", "name": "x", "nameEn": "x"}});
    for other in [center(Role::Publisher), center(Role::Reporter), staff(&[Role::Admin])] {
        assert_eq!(codes(&world.ask_as(&other, query, input.clone()).await), ["FORBIDDEN"], "{other:?}");
    }
    // An API key reads, whatever its roles.
    let mut key = center(Role::Admin);
    key.principal = domain::actor::Principal::stored("key:7".to_owned());
    assert_eq!(codes(&world.ask_as(&key, query, input).await), ["FORBIDDEN"]);
}

/// PostgreSQL by itself: whoever is not known to keep the catalogs changes none.
#[tokio::test]
async fn the_second_wall_guards_the_catalogs() {
    const CHANGED: &str = "SELECT count(*)::text || (SELECT count(*)::text FROM stewardships)
        || coalesce((SELECT valid_to::text FROM tenants WHERE id = 2), '') FROM topics";
    let world = World::empty(Postgres).await;
    let before = world.select(CHANGED).await;
    for (enter, allowed) in
        [("SELECT phoihop_write('{1}', '{}')", false), ("SELECT set_config('phoihop.catalogs', 'kept', true)", true)]
    {
        for sql in [
            "INSERT INTO topics SELECT 'X', name_vi, name_en, name_fold, name_sort, variants, 1 FROM topics LIMIT 1",
            "UPDATE tenants SET valid_to = '2026-01-01' WHERE id = 2",
            "INSERT INTO stewardships VALUES (2, 3)",
        ] {
            let app = crate::harness::connect(&world.database.url).await;
            let tried = crate::harness::try_execute(&app, &format!("BEGIN; {enter}; {sql}; COMMIT")).await;
            let changed = world.select(CHANGED).await != before;
            assert_eq!(changed, allowed, "{sql}: {tried:?}");
            if changed {
                world
                    .execute("DELETE FROM topics WHERE code = 'X'; UPDATE tenants SET valid_to = NULL WHERE id = 2")
                    .await;
                world.execute("DELETE FROM stewardships WHERE steward_id = 2 AND stewarded_id = 3").await;
            }
        }
    }
}

/// What the center has changed stays so when a newer program brings its catalogs.
#[rstest]
#[tokio::test]
async fn newer_catalogs_do_not_undo_it(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let code = world.data("{ topics(first: 1) { nodes { code } } }").await.text("topics.nodes.0.code").to_owned();
    let input = json!({"code": code, "version": 1, "nameEn": "As the center says"});
    world.changed(&center(Role::Admin), "topicUpdate topic { code }", input).await;
    let owner = world.database.owner().await;
    let counts = server::import::load_reference(&owner).await.unwrap();
    assert_eq!((counts.created, counts.updated), (0, 0));
    let name = format!("{{ topics(where: {{code: {{eq: {code:?}}}}}) {{ nodes {{ name(locale: EN) }} }} }}");
    assert_eq!(world.data(&name).await.at("topics.nodes.0.name"), "As the center says");
}

fn province(slug: &str, name: &str) -> Value {
    json!({
        "slug": slug, "kind": "PROVINCE", "name": format!("Tỉnh {name}"), "shortName": name,
        "nameEn": format!("{name} Province"), "shortNameEn": name,
    })
}

#[rstest]
#[tokio::test]
async fn provinces_follow_one_another(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let admin = center(Role::Admin);
    let (hung_yen, phu_tho) = (world.tenant_gid("hung-yen:2025").await, world.tenant_gid("phu-tho:2025").await);
    let gone = world.tenant_gid("thai-binh:pre2025").await;
    let succeed = "provinceSucceed provinces { id key validFrom predecessors { from { key } kind } }";
    let input = |from: Value, to: Value| json!({"kind": "MERGE", "on": "2026-11-01", "from": from, "to": to});
    let wrong = world.change(&admin, succeed, input(json!([hung_yen, gone, "AQAAJw8"]), json!([]))).await;
    assert_eq!(faults(&wrong), ["NOT_FOUND input.from.2"]);
    let wrong = world.change(&admin, succeed, input(json!([hung_yen, gone]), json!([province("Đồng", "Đồng")]))).await;
    assert_eq!(faults(&wrong), ["INVALID_TRANSITION input.from.1", "INVALID input.to.0.slug"]);
    let later = json!({
        "kind": "RENAME", "on": "2027-01-01", "from": [hung_yen], "to": [province("pho-hien", "Phố Hiến")],
    });
    assert_eq!(faults(&world.change(&admin, succeed, later).await), ["INVALID input.on"]);

    let made = world
        .changed(&admin, succeed, input(json!([hung_yen, phu_tho]), json!([province("pho-hien", "Phố Hiến")])))
        .await;
    assert_eq!(made.at("provinces.0.key"), "pho-hien:2026");
    assert_eq!(made.at("provinces.0.validFrom"), "2026-11-01");
    assert_eq!(made.list("provinces.0.predecessors").len(), 2);
    let id = made.text("provinces.0.id").to_owned();
    let ended = world.data("{ province(by: {key: \"hung-yen:2025\"}) { validTo } }").await;
    assert_eq!(ended.at("province.validTo"), "2026-10-31");
    let found = world.data("{ search(text: \"phố hiến\") { nodes { __typename } } }").await;
    assert!(found.list("search.nodes").contains(&json!({"__typename": "Province"})), "{found:#}");

    // Its staff acts on what its predecessors keep, over both steps: Thái Bình ended in 2025.
    let tenant = TenantId(i32::from_be_bytes([0, 0, 0x27, 0x11]));
    let mut staff = staff(&[Role::Publisher]);
    staff.tenant = tenant;
    let viewer = world.data_as(&staff, "{ viewer { tenant { slug } stewardedTenants { slug } } }").await;
    assert_eq!(viewer.text("viewer.tenant.slug"), "pho-hien");
    let slugs: Vec<&str> = viewer.list("viewer.stewardedTenants").iter().map(|one| one.text("slug")).collect();
    assert!(slugs.contains(&"hung-yen") && slugs.contains(&"thai-binh"), "{slugs:?}");
    let program = world.first("programs", "thai-binh").await;
    let note = json!({"id": program, "version": 1, "note": "do đơn vị kế thừa ghi"});
    world.changed(&staff, "programUpdate program { version }", note).await;
    let draft = json!({"tenant": id, "kind": "PLEDGE", "title": "Mới", "level": "PROVINCE"});
    world.changed(&staff, "programCreate program { id }", draft).await;

    // What ended does not end again, and a newer program does not take it back.
    let again = input(json!([hung_yen, phu_tho]), json!([province("pho-hien", "Phố Hiến")]));
    let told = world.change(&admin, succeed, again).await;
    assert_eq!(faults(&told), ["INVALID_TRANSITION input.from.0", "INVALID_TRANSITION input.from.1"]);
    let owner = world.database.owner().await;
    assert_eq!(server::import::load_reference(&owner).await.unwrap().updated, 0);
    for other in [center(Role::Publisher), actor("son-la", &[Role::Admin])] {
        let query = "mutation($i: ProvinceSucceedInput!) { provinceSucceed(input: $i) { errors { code } } }";
        let answer = world.ask_as(&other, query, json!({"i": input(json!([]), json!([]))})).await;
        assert_eq!(codes(&answer), ["FORBIDDEN"]);
    }
}
