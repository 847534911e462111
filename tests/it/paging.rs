//! Lists in parts: every list in every order, walked from either end, is the whole list; and what cannot be a part is
//! refused with the right code.

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

/// A root list: the field, its other arguments, and what it can be sorted by.
const LISTS: [(&str, &str, &[&str]); 9] = [
    ("programs", "", &["SIGNED_ON", "TITLE", "PERIOD_END"]),
    ("agencies", "", &["NAME"]),
    ("provinces", "allVersions: true, ", &["NAME", "GSO_CODE", "VALID_FROM"]),
    ("signatories", "", &["POSITION"]),
    ("people", "", &["NAME"]),
    ("events", "", &["DATE"]),
    ("documents", "", &["TITLE", "ISSUED_ON"]),
    ("results", "", &["VALUE", "PERIOD_END"]),
    ("sources", "", &["PUBLISHED_ON"]),
];

/// The ids of a page in its own order, and its page information.
async fn page(world: &World, list: &str, arguments: &str) -> (Vec<String>, Value) {
    let query = format!(
        "{{ {list}({arguments}) {{ nodes {{ id }} edges {{ cursor node {{ id }} }}
            pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
    );
    let data = world.data(&query).await;
    let ids = data.texts(&format!("{list}.nodes"), "id");
    let cursors = data.texts(&format!("{list}.edges"), "cursor");
    assert_eq!(data.texts(&format!("{list}.edges"), "node.id"), ids);
    let info = data.at(&format!("{list}.pageInfo")).clone();
    assert_eq!(info["startCursor"].as_str(), cursors.first().map(String::as_str));
    assert_eq!(info["endCursor"].as_str(), cursors.last().map(String::as_str));
    (ids, info)
}

/// Walks a list from its beginning.
async fn forward(world: &World, list: &str, arguments: &str, step: usize) -> Vec<String> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let (ids, info) = page(world, list, &format!("{arguments}first: {step}{after}")).await;
        assert_eq!(info["hasPreviousPage"], !all.is_empty(), "{list} {arguments}");
        all.extend(ids);
        assert!(all.len() <= 100, "{list} {arguments} does not end");
        if info["hasNextPage"] == false {
            return all;
        }
        after = format!(", after: {}", info["endCursor"]);
    }
}

/// Walks a list from its end.
async fn backward(world: &World, list: &str, arguments: &str, step: usize) -> Vec<String> {
    let (mut all, mut before) = (Vec::new(), String::new());
    loop {
        let (ids, info) = page(world, list, &format!("{arguments}last: {step}{before}")).await;
        assert_eq!(info["hasNextPage"], !all.is_empty(), "{list} {arguments}");
        all.splice(0..0, ids);
        assert!(all.len() <= 100, "{list} {arguments} does not end");
        if info["hasPreviousPage"] == false {
            return all;
        }
        before = format!(", before: {}", info["startCursor"]);
    }
}

#[rstest]
#[tokio::test]
async fn every_order_walks_the_whole_list_both_ways(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    for (list, arguments, fields) in LISTS {
        // More than a page's worth for the long lists, so that two steps cover them.
        let step = if list == "provinces" { 9 } else { 2 };
        for field in fields {
            for direction in ["ASC", "DESC"] {
                let arguments = format!("{arguments}orderBy: [{{field: {field}, direction: {direction}}}], ");
                let whole = page(&world, list, &format!("{arguments}first: 100")).await.0;
                assert!(whole.len() > 2, "{list} has only {}", whole.len());
                let mut distinct = whole.clone();
                distinct.sort();
                distinct.dedup();
                assert_eq!(distinct.len(), whole.len(), "{list} {arguments}");
                assert_eq!(forward(&world, list, &arguments, step).await, whole, "{list} {arguments}");
                assert_eq!(backward(&world, list, &arguments, step).await, whole, "{list} {arguments}");
            }
        }
    }
}

#[rstest]
#[tokio::test]
async fn several_keys_sort_one_after_the_other(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let arguments =
        "orderBy: [{field: PERIOD_END, direction: DESC}, {field: SIGNED_ON}, {field: TITLE, direction: DESC}], ";
    let query = format!(
        "{{ programs({arguments}first: 100) {{ nodes {{ id period {{ latest }} signedOn {{ earliest }} }} }} }}"
    );
    let data = world.data(&query).await;
    let keys: Vec<(Option<&str>, Option<&str>)> = data
        .list("programs.nodes")
        .iter()
        .map(|one| (one["period"]["latest"].as_str(), one["signedOn"]["earliest"].as_str()))
        .collect();
    assert_eq!(
        keys,
        [
            (Some("2027-12-31"), Some("2022-06-22")),
            (Some("2027-12-31"), None),
            (Some("2025-12-31"), Some("2022-02-17")),
            (Some("2022-12-31"), Some("2019-02-26")),
            (Some("2022-12-31"), Some("2020-02-25")),
            (Some("2022-12-31"), None),
            (Some("2018-12-31"), None),
            (Some("2017-12-31"), None),
        ]
    );
    let whole = data.texts("programs.nodes", "id");
    assert_eq!(forward(&world, "programs", arguments, 2).await, whole);
    assert_eq!(backward(&world, "programs", arguments, 2).await, whole);
}

#[rstest]
#[tokio::test]
async fn what_is_unknown_comes_last_in_either_direction(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "query ($direction: OrderDirection) { programs(orderBy: [{field: SIGNED_ON, direction: $direction}]) {
        nodes { signedOn { date } } } }";
    let known = ["2019-02-26", "2020-02-25", "2022-02-17", "2022-06-22"];
    for (direction, expected) in [("ASC", known.to_vec()), ("DESC", known.iter().rev().copied().collect::<Vec<_>>())] {
        let data = world.ask_ok(query, json!({ "direction": direction })).await;
        let days: Vec<_> = data.list("programs.nodes").iter().map(|one| one["signedOn"]["date"].as_str()).collect();
        let expected: Vec<_> = expected.into_iter().map(Some).chain([None; 4]).collect();
        assert_eq!(days, expected, "{direction}");
    }
}

#[rstest]
#[tokio::test]
async fn the_default_orders(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    for (list, arguments) in [
        ("programs", "orderBy: [{field: SIGNED_ON, direction: DESC}]"),
        ("agencies", "orderBy: [{field: NAME}]"),
        ("provinces", "orderBy: [{field: NAME}]"),
        ("events", "orderBy: [{field: DATE, direction: DESC}]"),
        ("documents", "orderBy: [{field: TITLE}]"),
        ("results", "orderBy: [{field: PERIOD_END, direction: DESC}]"),
        ("sources", "orderBy: [{field: PUBLISHED_ON, direction: DESC}]"),
    ] {
        let default = page(&world, list, "first: 20").await.0;
        assert_eq!(page(&world, list, arguments).await.0, default, "{list}");
        assert_eq!(page(&world, list, "orderBy: [], first: 20").await.0, default, "{list}");
    }
}

#[rstest]
#[tokio::test]
async fn children_walk_like_lists(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "query ($first: Int, $after: String, $last: Int, $before: String) {
        province(by: {key: \"thai-binh:pre2025\"}) { localities(first: $first, after: $after, last: $last, before: $before) {
            totalCount { value } nodes { shortNameVi } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        } }
    }";
    let list = "province.localities";
    let whole = world.data(query).await;
    let names = whole.texts(&format!("{list}.nodes"), "shortNameVi");
    assert_eq!(
        names,
        ["Đông Hưng", "Hưng Hà", "Kiến Xương", "Quỳnh Phụ", "Thái Bình", "Thái Thụy", "Tiền Hải", "Vũ Thư"]
    );
    assert_eq!(whole.at(&format!("{list}.totalCount.value")), 8);
    for (count, cursor, end, more) in
        [("first", "after", "endCursor", "hasNextPage"), ("last", "before", "startCursor", "hasPreviousPage")]
    {
        let (mut walked, mut place) = (Vec::new(), Value::Null);
        loop {
            let mut variables = json!({ count: 3 });
            if !place.is_null() {
                variables[cursor] = place;
            }
            let data = world.ask_ok(query, variables).await;
            let part = data.texts(&format!("{list}.nodes"), "shortNameVi");
            if count == "first" {
                walked.extend(part);
            } else {
                walked.splice(0..0, part);
            }
            assert!(walked.len() <= names.len(), "{count}: {walked:?}");
            let info = data.at(&format!("{list}.pageInfo"));
            place = info[end].clone();
            if info[more] == false {
                break;
            }
        }
        assert_eq!(walked, names, "{count}");
    }
}

#[rstest]
#[tokio::test]
async fn counts_stop_where_they_are_told(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "query ($max: Int) {
        programs(first: 1) { totalCount(max: $max) { value precision } }
        province(by: {key: \"thai-binh:pre2025\"}) { localities(first: 1) { totalCount(max: $max) { value precision } } }
    }";
    for (max, programs, localities) in [
        (None, (8, "EXACT"), (8, "EXACT")),
        (Some(1), (1, "AT_LEAST"), (1, "AT_LEAST")),
        (Some(7), (7, "AT_LEAST"), (7, "AT_LEAST")),
        (Some(8), (8, "EXACT"), (8, "EXACT")),
        (Some(10_000), (8, "EXACT"), (8, "EXACT")),
    ] {
        let variables = max.map_or_else(|| json!({}), |max| json!({ "max": max }));
        let data = world.ask_ok(query, variables).await;
        let count = |(value, precision): (i32, &str)| json!({ "value": value, "precision": precision });
        assert_eq!(data.at("programs.totalCount"), &count(programs), "{max:?}");
        assert_eq!(data.at("province.localities.totalCount"), &count(localities), "{max:?}");
    }
    for max in [0, -1, 10_001] {
        let codes = world
            .refused("query ($max: Int) { programs { totalCount(max: $max) { value } } }", json!({ "max": max }))
            .await;
        assert_eq!(codes, ["BAD_USER_INPUT"], "{max}");
    }
}

#[rstest]
#[tokio::test]
async fn offset_leaves_out_the_beginning(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let whole = page(&world, "programs", "first: 100").await.0;
    for offset in [0, 1, 3, 7, 8, 100] {
        let (ids, info) = page(&world, "programs", &format!("first: 2, offset: {offset}")).await;
        let expected: Vec<_> = whole.iter().skip(offset).take(2).cloned().collect();
        assert_eq!(ids, expected, "{offset}");
        assert_eq!(info["hasNextPage"], offset + 2 < whole.len(), "{offset}");
        assert_eq!(info["hasPreviousPage"], offset > 0, "{offset}");
    }
    assert_eq!(world.refused("{ programs(offset: -1) { nodes { id } } }", json!({})).await, ["BAD_USER_INPUT"]);
}

#[rstest]
#[tokio::test]
async fn what_is_no_part_of_a_list_is_refused(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let data = world
        .data(
            "{ programs(first: 1) { pageInfo { endCursor } } agencies(first: 1) { pageInfo { endCursor } }
               central { programs(first: 1) { pageInfo { endCursor } } } }",
        )
        .await;
    let own = data.text("programs.pageInfo.endCursor");
    let foreign = data.text("agencies.pageInfo.endCursor");
    let nested = data.text("central.programs.pageInfo.endCursor");
    for (arguments, code) in [
        ("first: 0".to_owned(), "BAD_USER_INPUT"),
        ("first: -1".to_owned(), "BAD_USER_INPUT"),
        ("last: 0".to_owned(), "BAD_USER_INPUT"),
        ("last: -5".to_owned(), "BAD_USER_INPUT"),
        ("first: 101".to_owned(), "PAGE_TOO_LARGE"),
        ("last: 101".to_owned(), "PAGE_TOO_LARGE"),
        ("first: 2147483647".to_owned(), "PAGE_TOO_LARGE"),
        ("first: 1, last: 1".to_owned(), "BAD_USER_INPUT"),
        (format!("first: 1, after: \"{foreign}\""), "CURSOR_INVALID"),
        (format!("first: 1, after: \"{nested}\""), "CURSOR_INVALID"),
        (format!("last: 1, before: \"{foreign}\""), "CURSOR_INVALID"),
        (format!("first: 1, orderBy: [{{field: TITLE}}], after: \"{own}\""), "CURSOR_INVALID"),
        (format!("first: 1, orderBy: [{{field: SIGNED_ON}}], after: \"{own}\""), "CURSOR_INVALID"),
        ("first: 1, after: \"\"".to_owned(), "CURSOR_INVALID"),
        ("first: 1, after: \"nonsense\"".to_owned(), "CURSOR_INVALID"),
        (format!("first: 1, after: \"{own}AA\""), "CURSOR_INVALID"),
        (format!("first: 1, after: \"{}\"", &own[..own.len() - 4]), "CURSOR_INVALID"),
        ("first: 1, after: \"s1\"".to_owned(), "CURSOR_INVALID"),
    ] {
        let query = format!("{{ programs({arguments}) {{ nodes {{ id }} }} }}");
        assert_eq!(world.refused(&query, json!({})).await, [code], "{arguments}");
    }
    let nested = "{ central { programs(first: 101) { nodes { id } } } }";
    assert_eq!(world.refused(nested, json!({})).await, ["PAGE_TOO_LARGE"]);
    for (arguments, code) in
        [("first: 0", "BAD_USER_INPUT"), ("first: 101", "PAGE_TOO_LARGE"), ("after: \"x\"", "CURSOR_INVALID")]
    {
        let query = format!("{{ search(text: \"a\", {arguments}) {{ nodes {{ __typename }} }} }}");
        assert_eq!(world.refused(&query, json!({})).await, [code], "search {arguments}");
    }
}

#[rstest]
#[tokio::test]
async fn an_omitted_variable_leaves_the_default(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "query ($all: Boolean, $locale: Locale, $direction: OrderDirection, $max: Int, $text: Int) {
        provinces(first: 1, allVersions: $all, orderBy: [{field: NAME, direction: $direction}]) {
            totalCount(max: $max) { value } nodes { name(locale: $locale) }
        }
        search(text: \"son la\", first: $text) { nodes { __typename } }
    }";
    let data = world.data(query).await;
    assert_eq!(data["provinces"], json!({ "totalCount": { "value": 34 }, "nodes": [{ "name": "Tỉnh An Giang" }] }));
    assert!(!data.list("search.nodes").is_empty());
}
