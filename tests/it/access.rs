//! Who sees what: drafts, internal records, what a program shares with its signatories, stewardship and grants.

use domain::Actor;
use domain::actor::{GrantUse, Role};
use persistence::StoreError;
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, SMALL, World, actor, tenant_id};

const HIDDEN: &str = "{ programs(where: {visibility: {in: [DRAFT, INTERNAL]}}, orderBy: [{field: TITLE}]) {
    nodes { visibility title } totalCount { value }
} }";

/// Titles of the hidden programs that somebody sees, shortened to what tells them apart.
async fn hidden(world: &World, actor: &Actor) -> Vec<String> {
    let titles = world.data_as(actor, HIDDEN).await.texts("programs.nodes", "title");
    let known = ["không gian mạng", "mua bán", "đường dây nóng", "hòa giải", "toàn quốc"];
    titles
        .iter()
        .map(|title| {
            (*known.iter().find(|part| title.contains(**part)).unwrap_or_else(|| panic!("{title}"))).to_owned()
        })
        .collect()
}

#[rstest]
#[tokio::test]
async fn each_persona_sees_what_is_theirs(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let drafts_of_thai_binh = ["mua bán", "không gian mạng"];
    for role in [Role::Viewer, Role::Editor, Role::Publisher, Role::Admin] {
        let steward = actor("hung-yen:2025", &[role]);
        let mut seen = hidden(&world, &steward).await;
        seen.sort();
        let mut expected = drafts_of_thai_binh.to_vec();
        expected.sort_unstable();
        assert_eq!(seen, expected, "{role}: the staff of the successor acts on the predecessor's records");
    }
    // Its police signed the internal regulation of Thái Bình.
    let mut seen = hidden(&world, &actor("son-la", &[Role::Viewer])).await;
    seen.sort();
    assert_eq!(seen, ["hòa giải", "mua bán"]);
    assert_eq!(hidden(&world, &actor("phu-tho:2025", &[Role::Editor])).await, ["đường dây nóng"]);
    // By statute, and never a draft of another.
    assert_eq!(hidden(&world, &actor("trung-uong", &[Role::Reporter])).await.len(), 2);
    let mut seen = hidden(&world, &actor("trung-uong", &[Role::Admin])).await;
    seen.sort();
    assert_eq!(seen, ["mua bán", "toàn quốc", "đường dây nóng"]);
    // Another province, somebody without a role, and a reporter of a province.
    assert_eq!(hidden(&world, &actor("nghe-an", &[Role::Admin])).await, Vec::<String>::new());
    assert_eq!(hidden(&world, &actor("hung-yen:2025", &[])).await, Vec::<String>::new());
    assert_eq!(hidden(&world, &actor("hung-yen:2025", &[Role::Reporter])).await, ["mua bán"]);
    let nobody = world.data(HIDDEN).await;
    assert_eq!(nobody.at("programs.totalCount.value"), 0);
}

#[rstest]
#[tokio::test]
async fn a_signatory_sees_the_whole_program_and_nothing_else(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = r#"{ programs(where: {visibility: {eq: INTERNAL}}) { nodes {
        title topics { code } areas { nodes { label } } targets { nodes { label } } results { nodes { label } }
        signatories { nodes { agency { name } person { name positions { title } } } }
        remarks { nodes { text } } events { nodes { name attendances { nodes { person { name } } } } }
        sources { nodes { title } }
    } } people(where: {name: {contains: "vi du"}}) { nodes { name } }
    search(text: "quy che phoi hop noi bo") { nodes { __typename } } }"#;
    let seen = world.data_as(&actor("son-la", &[Role::Viewer]), query).await;
    insta::assert_json_snapshot!("a_signatory_sees", seen);
    let steward = world.data_as(&actor("hung-yen:2025", &[Role::Viewer]), query).await;
    assert_eq!(steward, seen, "as much as the owner's staff");
    let none = world.data_as(&actor("nghe-an", &[Role::Admin]), query).await;
    assert_eq!(none, world.data(query).await);
    assert_eq!(none.list("people.nodes").len(), 0);
}

/// A grant of Thái Bình to Nghệ An, as the command line makes it.
pub async fn granted(world: &World, sets: &[domain::grant::DataSet], last_day: &str) -> domain::Grant {
    let today = crate::harness::TODAY.parse().unwrap();
    let wanted = domain::grant::GrantRequest {
        grantee: tenant_id("nghe-an"),
        tenant: tenant_id("thai-binh:pre2025"),
        data_sets: sets.iter().copied().collect(),
        valid_from: today,
        valid_to: last_day.parse().unwrap(),
        purpose: "Báo cáo".to_owned(),
    };
    let principal = domain::actor::Principal::operator();
    let grant = domain::Grant::request(wanted, principal.clone(), today).unwrap();
    let mut tx = world.store.begin_operation(crate::harness::occasion("test")).await.unwrap();
    tx.act_for(grant.grantee, &[]).await.unwrap();
    tx.put_grant(&grant).await.unwrap();
    tx.commit().await.unwrap();
    let reader = actor("nghe-an", &[Role::Viewer]);
    assert_eq!(hidden(world, &reader).await, Vec::<String>::new(), "a request opens nothing");

    // Whoever asked cannot say yes.
    let approved = grant.approve(principal, today).unwrap();
    let mut tx = world.store.begin_operation(crate::harness::occasion("test")).await.unwrap();
    tx.act_for(approved.grantee, &[]).await.unwrap();
    let refused = tx.put_grant(&approved).await.unwrap_err();
    assert!(matches!(refused, StoreError::Denied(_)), "{refused}");
    drop(tx);
    // The successor of Thái Bình can.
    let mut tx = world.store.begin_operation(crate::harness::occasion("test")).await.unwrap();
    tx.act_for(tenant_id("hung-yen:2025"), &[]).await.unwrap();
    tx.put_grant(&approved).await.unwrap();
    tx.commit().await.unwrap();
    approved
}

/// Takes a grant back, as the command line does.
pub async fn revoke(world: &World, grant: &domain::Grant) {
    let revoked = grant.clone().revoke(domain::actor::Principal::operator()).unwrap();
    let mut tx = world.store.begin_operation(crate::harness::occasion("test")).await.unwrap();
    tx.act_for(tenant_id("thai-binh:pre2025"), &[]).await.unwrap();
    tx.put_grant(&revoked).await.unwrap();
    tx.commit().await.unwrap();
}

#[rstest]
#[tokio::test]
async fn grants_are_requested_approved_used_and_revoked(#[values(Sqlite, Postgres)] engine: Engine) {
    use domain::grant::DataSet;

    let world = World::seeded(engine).await;
    let reader = actor("nghe-an", &[Role::Viewer]);
    let grant = granted(&world, &[DataSet::Programs], "2027-01-01").await;
    assert_eq!(hidden(&world, &reader).await, ["mua bán"], "internal records, and no draft");
    let people = r#"{ people(where: {name: {contains: "vi du"}}) { nodes { name } }
        search(text: "nguyen van vi du") { nodes { __typename } }
        signatories(where: {program: {visibility: {eq: INTERNAL}}}) { nodes { person { name } } }
        named: signatories(where: {program: {visibility: {eq: INTERNAL}}, personNamed: true}) { totalCount { value } } }"#;
    let seen = world.data_as(&reader, people).await;
    assert_eq!(seen.at("people.nodes"), &json!([]), "people were not granted");
    assert_eq!(seen.at("search.nodes"), &json!([]));
    assert_eq!(seen.at("named.totalCount.value"), 0, "not even that somebody is named");
    assert_eq!(seen.at("signatories.nodes"), &json!([{ "person": null }, { "person": null }]));

    // A key that is bound to no grant, and one that is bound to this.
    let mut key = Actor { grants: GrantUse::Only([].into()), ..reader.clone() };
    assert_eq!(hidden(&world, &key).await, Vec::<String>::new());
    key.grants = GrantUse::Only([grant.id.uuid].into());
    assert_eq!(hidden(&world, &key).await, ["mua bán"]);

    let listed = r"{ viewer { principal roles tenant { slug } grants { nodes {
        status everyProvince dataSets basis validFrom validTo purpose grantee { slug } tenant { slug } requestedBy approvedBy
    } } grantsGiven { nodes { status } } } }";
    insta::assert_json_snapshot!("a_viewer_with_a_grant", world.data_as(&reader, listed).await);
    let given = world.data_as(&actor("thai-binh:pre2025", &[Role::Admin]), listed).await;
    assert_eq!(given.at("viewer.grantsGiven.nodes"), &json!([{ "status": "APPROVED" }]));
    let other = world.data_as(&actor("son-la", &[Role::Admin]), listed).await;
    assert_eq!((other.list("viewer.grants.nodes").len(), other.list("viewer.grantsGiven.nodes").len()), (0, 0));

    // Open: a snapshot from before the revocation still sees it, the next transaction does not.
    revoke(&world, &grant).await;
    assert_eq!(hidden(&world, &reader).await, Vec::<String>::new());
    let seen = world.data_as(&reader, listed).await;
    assert_eq!(seen.at("viewer.grants.nodes.0.status"), "REVOKED");
}

#[rstest]
#[tokio::test]
async fn a_grant_ends_with_its_last_day(#[values(Sqlite, Postgres)] engine: Engine) {
    use domain::grant::DataSet;

    let world = World::seeded(engine).await;
    granted(&world, &[DataSet::Programs, DataSet::People], "2026-11-22").await;
    let reader = actor("nghe-an", &[Role::Viewer]);
    for (day, seen) in [("2026-11-21", 0), ("2026-11-22", 1), ("2026-11-23", 0)] {
        let scope = world.store.begin_read(Some(reader.clone()), day.parse().unwrap()).await.unwrap();
        let filter = persistence::Filter::test(
            persistence::program::VISIBILITY,
            persistence::Test::Eq(persistence::Operand::Text("INTERNAL".to_owned())),
        );
        assert_eq!(scope.count(&filter, 10).await.unwrap(), seen, "{day}");
    }
}

#[rstest]
#[tokio::test]
async fn absent_foreign_and_draft_ids_are_alike(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let owner = actor("hung-yen:2025", &[Role::Editor]);
    let ids = "{ programs(where: {visibility: {in: [DRAFT, INTERNAL]}}) { nodes { id } } }";
    let mut known: Vec<String> = world.data_as(&owner, ids).await.texts("programs.nodes", "id");
    assert_eq!(known.len(), 2);
    // The same id with another last letter: nobody's.
    let absent = known[0].chars().rev().collect::<String>();
    let (first, rest) = absent.split_at(1);
    let absent: String = format!("{}{rest}", if first == "A" { "Q" } else { "A" }).chars().rev().collect();
    known.push(absent);
    let query = "query ($id: ID!, $ids: [ID!]!) { node(id: $id) { id __typename } nodes(ids: $ids) { id } }";
    let stranger = actor("nghe-an", &[Role::Admin]);
    let answers: Vec<Value> = {
        let mut answers = Vec::new();
        for id in &known {
            answers.push(world.ask_as(&stranger, query, json!({ "id": id, "ids": [id] })).await);
        }
        answers
    };
    assert_eq!(answers[0], json!({ "data": { "node": null, "nodes": [null] } }));
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[rstest]
#[tokio::test]
async fn a_link_to_a_hidden_program_is_refused_like_one_to_none(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let link = |title: &str, visibility: &str| {
        SMALL
            .replace("key: small", "key: linking")
            .replace("\nsource: ", &format!("\nvisibility: {visibility}\nsource: "))
            .replace(
                "    signatories:\n",
                "    links: [{kind: IMPLEMENTS, program: parent, basis: STATED}]\n    signatories:\n",
            )
            + &format!(
                "  - {{key: parent, tenant: {{slug: trung-uong}}, kind: COORDINATION_PROGRAM, level: CENTRAL, title: \"{title}\"}}\n"
            )
    };
    let hidden = "Ví dụ: Dự thảo chương trình phối hợp toàn quốc giai đoạn 2027 - 2031";
    let refused = async |title: &str| world.problems(&[("a.yaml", &link(title, "INTERNAL"))]).await;
    let (of_hidden, of_none) = (refused(hidden).await, refused("Không có chương trình này").await);
    assert_eq!(of_hidden, of_none);
    assert!(of_hidden[0].message.contains("describe it in a dossier that is public first"), "{of_hidden:#?}");
    // A public dossier adds what it describes; what the center hides stays hidden, and is not what was linked to.
    world.import_one(&link(hidden, "PUBLIC")).await;
    let query = r#"{ programs(where: {title: {contains: "toan quoc giai doan 2027"}}) { nodes { visibility backlinks { totalCount { value } } } } }"#;
    let seen = world.data_as(&actor("trung-uong", &[Role::Admin]), query).await;
    let mut counts: Vec<(String, u64)> = seen
        .list("programs.nodes")
        .iter()
        .map(|node| (node.text("visibility").to_owned(), node.at("backlinks.totalCount.value").as_u64().unwrap()))
        .collect();
    counts.sort();
    assert_eq!(counts, [("DRAFT".to_owned(), 0), ("PUBLIC".to_owned(), 1)]);
}

#[rstest]
#[tokio::test]
async fn what_is_no_longer_signed_is_no_longer_shared(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let viewer = actor("son-la", &[Role::Viewer]);
    let text = crate::harness::sample("walls-thai-binh-internal");
    let seen = async || {
        let query = r#"{ programs(where: {title: {contains: "mua ban tro ve"}}) { totalCount { value } }
            people(where: {name: {contains: "vi du"}}) { totalCount { value } } }"#;
        let data = world.data_as(&viewer, query).await;
        let count = |root: &str| data.at(&format!("{root}.totalCount.value")).as_u64().unwrap();
        (
            count("programs"),
            count("people"),
            world.select("SELECT CAST(count(*) AS text) FROM shares").await[0][0] != "0",
        )
    };
    assert_eq!(seen().await, (1, 1, true));
    // The other side withdraws its signature.
    world.import_one(&text.replace("      - {agency: son-la}\n", "")).await;
    assert_eq!(seen().await, (0, 0, false));
    world.import_one(&text).await;
    assert_eq!(seen().await, (1, 1, true));
    // It becomes a draft again.
    world.import_one(&text.replace("visibility: INTERNAL", "visibility: DRAFT")).await;
    assert_eq!(seen().await, (0, 0, false));
    world.import_one(&text).await;
    // The program goes, the person stays.
    let (head, _) = text.split_once("programs:\n").unwrap();
    world.import_one(head).await;
    assert_eq!(seen().await, (0, 0, false));
    let owner = world
        .data_as(
            &actor("hung-yen:2025", &[Role::Viewer]),
            "{ people(where: {name: {contains: \"vi du\"}}) { totalCount { value } } }",
        )
        .await;
    assert_eq!(owner.at("people.totalCount.value"), 1, "there was something to be kept from them");
}

#[rstest]
#[tokio::test]
async fn what_another_publishes_does_not_lock_the_owner_out(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let name = "Phòng mới của tỉnh Thái Bình";
    let own = |key: &str, visibility: &str| {
        SMALL
            .replace("key: small", &format!("key: {key}"))
            .replace("\nsource: ", &format!("\nvisibility: {visibility}\nsource: "))
            .replace("Công an tỉnh Thái Bình", name)
    };
    world.import_one(&own("draft", "DRAFT")).await;
    let abroad = own("abroad", "PUBLIC")
        .replace("{slug: thai-binh, asOf: 2020-02-25}", "{slug: son-la}")
        .replace("level: PROVINCE}\n", "level: PROVINCE, tenant: {slug: thai-binh, asOf: 2020-02-25}}\n");
    world.import_one(&abroad).await;
    world.import_one(&own("later", "PUBLIC")).await;
    world.import_one(&own("draft", "DRAFT").replace("ví dụ", "ví dụ sửa")).await;
    let query = format!(
        "{{ agencies(where: {{name: {{eq: \"{name}\"}}}}) {{ nodes {{ signatures {{ totalCount {{ value }} }} }} }} }}"
    );
    let seen = world.data(&query).await;
    assert_eq!(seen.at("agencies.nodes"), &json!([{ "signatures": { "totalCount": { "value": 2 } } }]));
}
