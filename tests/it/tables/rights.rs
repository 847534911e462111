//! Who gets which rows: those that the graph shows them, and no others.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Actor;
use domain::actor::Role;
use http_body_util::BodyExt as _;
use rstest::rstest;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{as_cell, cell};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, actor};

/// What the graph says of each row of a list.
async fn by_graph(world: &World, who: Option<&Actor>, list: &str, fields: &str) -> BTreeSet<Vec<String>> {
    let query = format!(
        "query ($after: String) {{ {list}(first: 100, after: $after) {{ nodes {{ {fields} }} pageInfo {{ hasNextPage endCursor }} }} }}"
    );
    let (mut all, mut after) = (BTreeSet::new(), Value::Null);
    loop {
        let answer = world.carry_out(who, &query, json!({ "after": after })).await;
        let data = serde_json::to_value(answer.response).unwrap();
        assert_eq!(data.get("errors"), None, "{data:#}");
        let list = &data["data"][list];
        for node in list["nodes"].as_array().unwrap() {
            let text = |pointer: &&str| as_cell(node.pointer(pointer).unwrap_or(&Value::Null));
            all.insert(POINTERS.iter().map(text).collect());
        }
        if list["pageInfo"]["hasNextPage"] == false {
            return all;
        }
        after = list["pageInfo"]["endCursor"].clone();
    }
}

/// What is compared, where each list has it; a list that does not have it has nothing there.
const POINTERS: [&str; 8] = [
    "/id",
    "/label",
    "/title",
    "/quantity/value",
    "/quantity/unit/code",
    "/program/title",
    "/agency/name",
    "/subsetOf/id",
];

const RESULT: &str = "id label quantity { value unit { code } } program { title } subsetOf { id }";
const OF_RESULT: [&str; 8] = ["id", "label", "", "value", "unit", "program_title", "", "subset_of_id"];
const SIGNATORY: &str = "id agency { name } program { title }";
const OF_SIGNATORY: [&str; 8] = ["id", "", "", "", "", "program_title", "agency_name", ""];
const OF_PROGRAM: [&str; 8] = ["id", "", "title", "", "", "", "", ""];

#[rstest]
#[tokio::test]
async fn a_list_has_the_rows_of_the_graph(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(None, Some(("son-la", Role::Viewer)), Some(("hung-yen:2025", Role::Editor)), Some(("trung-uong", Role::Reporter)))]
    persona: Option<(&str, Role)>,
) {
    let world = World::sampled(engine).await;
    let who = persona.map(|(tenant, role)| actor(tenant, &[role]));
    let token = who.as_ref().map(|who| format!("Bearer {}", world.token(who)));
    let headers: Vec<(&str, &str)> = token.iter().map(|token| ("authorization", token.as_str())).collect();
    for (list, fields, columns) in
        [("results", RESULT, OF_RESULT), ("signatories", SIGNATORY, OF_SIGNATORY), ("programs", "id title", OF_PROGRAM)]
    {
        let graph = by_graph(&world, who.as_ref(), list, fields).await;
        let rows = world.export(&format!("/{list}.csv?escape=0"), &headers).await.rows();
        let of = |row: &Vec<(String, String)>| {
            columns
                .iter()
                .map(|name| if name.is_empty() { String::new() } else { cell(row, name).to_owned() })
                .collect()
        };
        let table: BTreeSet<Vec<String>> = rows.iter().map(of).collect();
        assert_eq!(table.len(), rows.len(), "no row is there twice");
        assert_eq!(table, graph, "{list} for {persona:?}");
        let hidden = rows.iter().filter(|row| cell(row, "visibility") != "PUBLIC").count();
        assert_eq!(hidden > 0, who.is_some(), "{list} for {persona:?}");
    }
}

#[rstest]
#[tokio::test]
async fn filters_leave_out_what_the_graph_leaves_out(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    for (query, filter) in [
        ("tenant=son-la&tenant=thai-binh", "{program: {tenant: {slug: {in: [\"son-la\", \"thai-binh\"]}}}}"),
        ("topic=WOMEN_PROTECTION", "{program: {topics: {some: {code: {eq: \"WOMEN_PROTECTION\"}}}}}"),
        ("sector=COURT", "{program: {signatories: {some: {agency: {sector: {eq: \"COURT\"}}}}}}"),
        ("region=dong-bang-song-cuu-long", "{program: {tenant: {region: {eq: \"dong-bang-song-cuu-long\"}}}}"),
        ("from=2019-01-01&to=2022-12-31", "{periodStart: {from: \"2019-01-01\"}, periodEnd: {to: \"2022-12-31\"}}"),
    ] {
        let data = world
            .data(&format!("{{ results(where: {filter}, first: 100) {{ nodes {{ id }} totalCount {{ value }} }} }}"))
            .await;
        let expected: BTreeSet<&str> = data.list("results.nodes").iter().map(|one| one.text("id")).collect();
        assert!(!expected.is_empty() && data["results"]["totalCount"]["value"] == expected.len(), "{query}: {data:#}");
        let rows = world.export(&format!("/results.csv?{query}"), &[]).await.rows();
        assert_eq!(rows.iter().map(|row| cell(row, "id")).collect::<BTreeSet<_>>(), expected, "{query}");
    }
    // Any printing of a number, and ids, together.
    let ids = world.data("{ programs(where: {tenant: {slug: {eq: \"son-la\"}}}, first: 1) { nodes { id } } }").await;
    let id = ids.text("programs.nodes.0.id");
    let rows = world
        .export(&format!("/programs.csv?program=11%2FCTPH-TWHLHPN-BCA-VKSNDTC-TANDTC&program={id}"), &[])
        .await
        .rows();
    assert_eq!(rows.iter().map(|row| cell(row, "province_slug")).collect::<Vec<_>>(), ["trung-uong", "son-la"]);
}

/// A key of Sơn La: what is sent with a request, and how it is revoked.
pub async fn key(world: &World) -> (String, String) {
    let admin = actor("son-la", &[Role::Admin]);
    let made = world.changed(&admin, "apiKeyCreate key secret", json!({"name": "Excel", "until": "2027-01-31"})).await;
    (made.text("secret").to_owned(), made.text("key").to_owned())
}

#[rstest]
#[tokio::test]
async fn a_key_is_a_password(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let (secret, _) = key(&world).await;
    let basic = format!("Basic {}", STANDARD.encode(format!("anybody:{secret}")));
    let bearer = format!("Bearer {secret}");
    let public = world.export("/programs.ndjson", &[]).await.bytes;
    let by_key = world.export("/programs.ndjson", &[("authorization", &basic)]).await;
    assert_eq!(by_key.status, StatusCode::OK);
    assert_eq!(by_key.bytes, world.export("/programs.ndjson", &[("authorization", &bearer)]).await.bytes);
    assert_ne!(by_key.bytes, public, "it reads what is internal");
    for wrong in ["Basic", "Basic !", "Basic eDp5", "Bearer x", &basic[..basic.len() - 8]] {
        let refused = world.export("/programs.ndjson", &[("authorization", wrong)]).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{wrong}");
        let offered: Vec<&str> =
            refused.headers.get_all("www-authenticate").iter().map(|one| one.to_str().unwrap()).collect();
        assert_eq!(offered, ["Bearer error=\"invalid_token\"", "Basic realm=\"phoihop\", charset=\"UTF-8\""]);
    }
}

#[rstest]
#[tokio::test]
async fn whose_key_is_revoked_gets_no_more(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    // More than waits on the way.
    let long = if engine == Sqlite { "replace(hex(zeroblob(50000)), '0', 'x')" } else { "repeat('x', 100000)" };
    world.execute(&format!("UPDATE results SET label = {long}")).await;
    let (secret, id) = key(&world).await;
    let request = Request::get("/export/results.csv").header("authorization", format!("Bearer {secret}"));
    let response = Box::pin(world.router().oneshot(request.body(Body::empty()).unwrap())).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let mut body = response.into_body();
    assert!(body.frame().await.unwrap().is_ok());
    world.changed(&actor("son-la", &[Role::Admin]), "apiKeyRevoke key", json!({ "key": id })).await;
    tokio::time::sleep(Duration::from_millis(3_200)).await;
    let mut rest = 0;
    let cut = loop {
        match body.frame().await {
            Some(Ok(frame)) => rest += frame.data_ref().map_or(0, axum::body::Bytes::len),
            Some(Err(_)) => break true,
            None => break false,
        }
    };
    assert!(cut, "the table went on to its end after {rest} bytes");
}
