//! Names: found however they are typed, and sorted as Vietnamese dictionaries sort them.

use rstest::rstest;
use serde_json::json;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

/// a ă â b c d đ e ê … o ô ơ … u ư; the tone matters only between words that are otherwise the same.
const SINCE_2025_07: [&str; 34] = [
    "An Giang",
    "Bắc Ninh",
    "Cà Mau",
    "Cao Bằng",
    "Cần Thơ",
    "Đà Nẵng",
    "Đắk Lắk",
    "Điện Biên",
    "Đồng Nai",
    "Đồng Tháp",
    "Gia Lai",
    "Hà Nội",
    "Hà Tĩnh",
    "Hải Phòng",
    "Hồ Chí Minh",
    "Huế",
    "Hưng Yên",
    "Khánh Hòa",
    "Lai Châu",
    "Lạng Sơn",
    "Lào Cai",
    "Lâm Đồng",
    "Nghệ An",
    "Ninh Bình",
    "Phú Thọ",
    "Quảng Ngãi",
    "Quảng Ninh",
    "Quảng Trị",
    "Sơn La",
    "Tây Ninh",
    "Thái Nguyên",
    "Thanh Hóa",
    "Tuyên Quang",
    "Vĩnh Long",
];

const IN_2024: [&str; 63] = [
    "An Giang",
    "Bà Rịa - Vũng Tàu",
    "Bạc Liêu",
    "Bắc Giang",
    "Bắc Kạn",
    "Bắc Ninh",
    "Bến Tre",
    "Bình Dương",
    "Bình Định",
    "Bình Phước",
    "Bình Thuận",
    "Cà Mau",
    "Cao Bằng",
    "Cần Thơ",
    "Đà Nẵng",
    "Đắk Lắk",
    "Đắk Nông",
    "Điện Biên",
    "Đồng Nai",
    "Đồng Tháp",
    "Gia Lai",
    "Hà Giang",
    "Hà Nam",
    "Hà Nội",
    "Hà Tĩnh",
    "Hải Dương",
    "Hải Phòng",
    "Hậu Giang",
    "Hòa Bình",
    "Hồ Chí Minh",
    "Hưng Yên",
    "Khánh Hòa",
    "Kiên Giang",
    "Kon Tum",
    "Lai Châu",
    "Lạng Sơn",
    "Lào Cai",
    "Lâm Đồng",
    "Long An",
    "Nam Định",
    "Nghệ An",
    "Ninh Bình",
    "Ninh Thuận",
    "Phú Thọ",
    "Phú Yên",
    "Quảng Bình",
    "Quảng Nam",
    "Quảng Ngãi",
    "Quảng Ninh",
    "Quảng Trị",
    "Sóc Trăng",
    "Sơn La",
    "Tây Ninh",
    "Thái Bình",
    "Thái Nguyên",
    "Thanh Hóa",
    "Thừa Thiên Huế",
    "Tiền Giang",
    "Trà Vinh",
    "Tuyên Quang",
    "Vĩnh Long",
    "Vĩnh Phúc",
    "Yên Bái",
];

#[rstest]
#[tokio::test]
async fn provinces_sort_in_vietnamese_order(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "query ($day: Date!, $direction: OrderDirection!) {
        provinces(asOf: $day, first: 100, orderBy: [{field: NAME, direction: $direction}]) { nodes { shortName } }
    }";
    for (day, expected) in [("2025-07-01", SINCE_2025_07.as_slice()), ("2024-12-31", IN_2024.as_slice())] {
        let data = world.ask_ok(query, json!({ "day": day, "direction": "ASC" })).await;
        assert_eq!(data.texts("provinces.nodes", "shortName"), expected, "{day}");
        let data = world.ask_ok(query, json!({ "day": day, "direction": "DESC" })).await;
        let reversed: Vec<_> = expected.iter().rev().copied().collect();
        assert_eq!(data.texts("provinces.nodes", "shortName"), reversed, "{day}");
    }
}

#[rstest]
#[tokio::test]
async fn search_folds_case_and_marks(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query =
        "query ($text: String!) { search(text: $text, types: [PROVINCE]) { nodes { ... on Province { key } } } }";
    for text in ["thai binh", "Thái Bình", "THÁI BÌNH", "  tHAI   bINH ", "Tha\u{301}i Bi\u{300}nh"] {
        let data = world.ask_ok(query, json!({ "text": text })).await;
        assert_eq!(data.texts("search.nodes", "key"), ["thai-binh:pre2025"], "{text}");
    }
    for text in ["dak lak", "Đắk Lắk", "ĐẮK LẮK", "đắk lắk"] {
        let data = world.ask_ok(query, json!({ "text": text })).await;
        let mut keys = data.texts("search.nodes", "key");
        keys.sort();
        assert_eq!(keys, ["dak-lak:2025", "dak-lak:pre2025"], "{text}");
    }
}

#[rstest]
#[tokio::test]
async fn search_finds_every_kind(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "query ($text: String!, $types: [SearchType!]) { search(text: $text, types: $types) { nodes {
        __typename ... on Agency { name } ... on Person { name } ... on Program { title } ... on Province { key }
        ... on Document { number } ... on Event { kind } ... on Source { dossier } ... on Locality { name }
        ... on Central { slug }
    } } }";
    for (text, types, expected) in [
        ("lai hop manh", json!(null), json!([{ "__typename": "Person", "name": "Lại Hợp Mạnh" }])),
        ("CONG AN TINH SON LA", json!(["AGENCY"]), json!([{ "__typename": "Agency", "name": "Công an tỉnh Sơn La" }])),
        ("bo cong an", json!(["AGENCY"]), json!([{ "__typename": "Agency", "name": "Bộ Công an" }])),
        ("BCA", json!(["AGENCY"]), json!([{ "__typename": "Agency", "name": "Bộ Công an" }])),
        ("trung uong", json!(["PROVINCE"]), json!([{ "__typename": "Central", "slug": "trung-uong" }])),
        ("le ky ket chuong trinh", json!(["EVENT"]), json!([{ "__typename": "Event", "kind": "SIGNING" }])),
        ("238-QĐ/TW", json!(["DOCUMENT"]), json!([{ "__typename": "Document", "number": "238-QĐ/TW" }])),
        ("quynh phu", json!(["LOCALITY"]), json!([{ "__typename": "Locality", "name": "Huyện Quỳnh Phụ" }])),
        ("khong co gi nhu the", json!(null), json!([])),
        ("   ", json!(null), json!([])),
        ("%", json!(null), json!([])),
    ] {
        let data = world.ask_ok(query, json!({ "text": text, "types": types })).await;
        assert_eq!(data.at("search.nodes"), &expected, "{text}");
    }
}

#[rstest]
#[tokio::test]
async fn the_best_hit_comes_first(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = r#"query ($after: String, $first: Int) { search(text: "thai binh", first: $first, after: $after) {
        nodes { __typename ... on Province { key } ... on Agency { name } }
        edges { cursor } pageInfo { hasNextPage endCursor }
    } }"#;
    let all = world.ask_ok(query, json!({ "first": 100 })).await;
    let nodes = all.list("search.nodes");
    assert_eq!(nodes[0], json!({ "__typename": "Province", "key": "thai-binh:pre2025" }), "the whole name");
    assert_eq!(all.at("search.pageInfo.hasNextPage"), false);
    let agencies = nodes.iter().filter(|node| node["__typename"] == "Agency").count();
    assert_eq!(agencies, 12, "ten of 2020 and two more of 2022");
    let mut walked = Vec::new();
    let mut after = json!(null);
    loop {
        let page = world.ask_ok(query, json!({ "first": 4, "after": after })).await;
        walked.extend(page.list("search.nodes").to_vec());
        assert!(walked.len() <= nodes.len(), "the walk does not end");
        after = page.at("search.pageInfo.endCursor").clone();
        if page.at("search.pageInfo.hasNextPage") == false {
            break;
        }
    }
    assert_eq!(walked, nodes);
}

#[rstest]
#[tokio::test]
async fn filters_fold_as_search_does(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "query ($name: String!) { provinces(where: {name: {eq: $name}}) { nodes { shortName } } }";
    for name in ["dak lak", "Đắk Lắk", "ĐẮK LẮK", "Dak  Lak"] {
        let data = world.ask_ok(query, json!({ "name": name })).await;
        assert_eq!(data.texts("provinces.nodes", "shortName"), ["Đắk Lắk"], "{name}");
    }
}

#[rstest]
#[tokio::test]
async fn people_sort_by_name_in_vietnamese_order(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let data = world.data("{ people { nodes { name } } }").await;
    assert_eq!(
        data.texts("people.nodes", "name"),
        [
            "Bùi Thanh Thủy",
            "Đinh Ngọc Khoa",
            "Lại Hợp Mạnh",
            "Nguyễn Thị Thu Hà",
            "Nguyễn Tiến Thành",
            "Phạm Đồng Thụy",
            "Trần Công Phàn",
        ]
    );
}
