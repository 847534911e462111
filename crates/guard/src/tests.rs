//! The guard as a whole, on a small schema.

use serde_json::{Value, json};

use crate::{Code, Document, Guard, Limits, OperationKind, Plan, Refusal};

const SDL: &str = r"
directive @oneOf on INPUT_OBJECT
type Query { node(id: ID!): Node nodes(ids: [ID!]!): [Node]! province(by: By!): Province search(text: String!, first: Int): Programs!
  programs(first: Int, last: Int, where: Where): Programs! }
type Mutation { touch(n: Int!): Int }
type Subscription { changes: Program }
interface Node { id: ID! }
type Province implements Node { id: ID! programs(first: Int, last: Int): Programs! }
type Program implements Node { id: ID! name: String! level: Level! topics: [Topic!]! province: Province programs(first: Int, last: Int): Programs! }
type Topic { code: String! }
type Programs { edges: [Edge!]! nodes: [Program!]! pageInfo: PageInfo! totalCount: Int! }
type Edge { cursor: String! node: Program! }
type PageInfo { hasNextPage: Boolean! }
enum Level { CENTRAL PROVINCE }
input By @oneOf { slug: String code: String }
input Where { name: String and: [Where!] by: By }
";

fn guard() -> Guard {
    Guard::new(SDL).unwrap()
}

fn read(text: &str) -> Result<Document, Refusal> {
    guard().read(text, &Limits::default())
}

fn plan_with(text: &str, variables: &Value) -> Result<Plan, Refusal> {
    let limits = Limits { cost: u64::MAX, nodes: u64::MAX, ..Limits::default() };
    read(text)?.plan(&guard(), None, variables.as_object().unwrap(), &limits)
}

fn units(text: &str) -> u64 {
    plan_with(text, &json!({})).unwrap().price.units
}

#[track_caller]
fn refused(text: &str) -> (Code, String) {
    let refusal = read(text).unwrap_err();
    (refusal.problems[0].code, refusal.problems[0].message.clone())
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    assert_eq!(refused("query {").0, Code::ParseFailed);
    assert_eq!(refused("").0, Code::ParseFailed);
    let refusal = read("{\n  programs { nodes { nam } }\n}").unwrap_err();
    let [problem] = refusal.problems.as_slice() else { panic!("{refusal:?}") };
    assert_eq!(problem.code, Code::ValidationFailed);
    assert_eq!(problem.message, r#"Cannot query field "nam" on type "Program"."#);
    assert_eq!(problem.locations, [(2, 22)]);
    assert_eq!(problem.suggestion.as_deref(), Some(r#"did you mean "name"?"#));
    assert_eq!(
        read("{ programs(frist: 1) { totalCount } }").unwrap_err().problems[0].suggestion.as_deref(),
        Some(r#"did you mean "first"?"#)
    );
    assert_eq!(
        read("{ node(id: 1) { ... on Progam { id } } }").unwrap_err().problems[0].suggestion.as_deref(),
        Some(r#"did you mean "Program"?"#)
    );
    let many = format!("{{ {} }}", (0..100).map(|n| format!("x{n}")).collect::<Vec<_>>().join(" "));
    assert!(
        Guard::new(SDL)
            .unwrap()
            .read(&many, &Limits { root_fields: 1000, ..Limits::default() })
            .unwrap_err()
            .problems
            .len()
            <= 20
    );
}

#[test]
fn limits_come_before_rules() {
    let bomb =
        (0..40).map(|n| format!("fragment F{n} on Query {{ ...F{0} ...F{0} }}", n + 1)).collect::<Vec<_>>().join(" ");
    assert_eq!(refused(&format!("{{ ...F0 }} {bomb} fragment F40 on Query {{ __typename }}")).0, Code::TooComplex);
    assert_eq!(refused(&format!("{{ {} }}", "a: __typename ".repeat(31))).0, Code::TooComplex);
    assert_eq!(refused(&format!("{}{}", "{ programs ".repeat(20), "}".repeat(20))).0, Code::TooDeep);
    assert_eq!(refused(&format!("{{ __typename {} }}", "@skip(if: true) ".repeat(21))).0, Code::TooComplex);
    let excess = read(&"{ a } ".repeat(6)).unwrap_err().problems[0].excess.unwrap();
    assert_eq!((excess.name, excess.value), ("operations", 5));
}

#[test]
fn exactly_one_field_is_given() {
    assert!(read(r#"{ province(by: {slug: "x"}) { id } }"#).is_ok());
    assert!(read("query($s: String!) { province(by: {slug: $s}) { id } }").is_ok());
    for document in [
        r#"{ province(by: {slug: "x", code: "y"}) { id } }"#,
        "{ province(by: {}) { id } }",
        "{ province(by: {slug: null}) { id } }",
        "query($s: String) { province(by: {slug: $s}) { id } }",
        "{ programs(where: {and: [{by: {}}]}) { totalCount } }",
        "query($s: String) { ...F } fragment F on Query { province(by: {slug: $s}) { id } }",
    ] {
        assert_eq!(refused(document).0, Code::ValidationFailed, "{document}");
    }
    let by = "query($by: By!) { province(by: $by) { id } }";
    assert!(plan_with(by, &json!({"by": {"slug": "x"}})).is_ok());
    for wrong in [
        json!({}),
        json!({"by": null}),
        json!({"by": {}}),
        json!({"by": {"slug": null}}),
        json!({"by": {"slug": "x", "code": "y"}}),
        json!({"by": {"slug": 1}}),
    ] {
        assert_eq!(plan_with(by, &wrong).unwrap_err().problems[0].code, Code::BadUserInput, "{wrong}");
    }
}

#[test]
fn the_operation_is_chosen() {
    let document = read("query A { __typename } mutation B { touch(n: 1) } subscription C { changes { id } }").unwrap();
    let plan = |name: Option<&str>| document.plan(&guard(), name, &serde_json::Map::new(), &Limits::default());
    assert_eq!(plan(Some("A")).unwrap().kind, OperationKind::Query);
    assert_eq!(plan(Some("B")).unwrap().kind, OperationKind::Mutation);
    assert_eq!(plan(Some("C")).unwrap().kind, OperationKind::Subscription);
    for wrong in [None, Some("D"), Some("")] {
        assert_eq!(plan(wrong).unwrap_err().problems[0].code, Code::OperationResolution);
    }
    let schema = plan_with("{ __schema { types { name } } __typename }", &json!({})).unwrap();
    assert!(schema.introspects && schema.introspects_only);
    let mixed =
        plan_with("{ ...F } fragment F on Query { __schema { types { name } } programs { totalCount } }", &json!({}))
            .unwrap();
    assert!(mixed.introspects && !mixed.introspects_only);
}

#[test]
fn pages_multiply() {
    assert_eq!(units("{ __typename }"), 1);
    assert_eq!(units("{ node(id: 1) { id } }"), 1);
    assert_eq!(units("{ programs { totalCount } }"), 2 + 5);
    assert_eq!(units("{ programs { nodes { id name } pageInfo { hasNextPage } } }"), 2 + 20);
    assert_eq!(units("{ programs(first: 7) { edges { cursor node { id } } } }"), 2 + 7);
    assert_eq!(units("{ programs(last: 7) { nodes { province { id } } } }"), 2 + 7 * 2);
    assert_eq!(units("{ programs(first: 7) { nodes { topics { code } } } }"), 2 + 7 * 11);
    assert_eq!(units("{ search(text: \"x\", first: 7) { nodes { id } } }"), 10 + 2 + 7);
    assert_eq!(units("{ nodes(ids: [1, 2, 3]) { id } }"), 3);
    assert_eq!(units("{ programs(first: 3) { nodes { programs(first: 4) { nodes { id } } } } }"), 2 + 3 * (1 + 2 + 4));
    let nodes =
        plan_with("{ programs(first: 3) { nodes { programs(first: 4) { nodes { id } } } } }", &json!({})).unwrap();
    assert_eq!(nodes.price.nodes, 3 + 3 * 4);
}

#[test]
fn nothing_hides_a_multiplier() {
    let plain = units("{ programs(first: 100) { nodes { programs(first: 100) { nodes { id } } } } }");
    for same in [
        "{ node(id: 1) { ... on Province { programs(first: 100) { nodes { programs(first: 100) { nodes { id } } } } } } }",
        "{ programs(first: 100) { ...P } } fragment P on Programs { nodes { ...C } } fragment C on Program { programs(first: 100) { nodes { id } } }",
        "{ programs(first: 100) { edges { node { ... { programs(first: 100) { edges { node { id } } } } } } } }",
        "{ programs(first: 2147483647) { nodes { programs(first: 99999) { nodes { id } } } } }",
    ] {
        assert!(units(same) >= plain, "{same}");
    }
    let asked = |variables: &Value| {
        plan_with(
            "query($n: Int = 100) { programs(first: $n) { nodes { programs(first: $n) { nodes { id } } } } }",
            variables,
        )
        .unwrap()
    };
    assert_eq!(asked(&json!({})).price.units, plain);
    assert_eq!(asked(&json!({"n": 100})).price.units, plain);
    assert!(asked(&json!({"n": 1})).price.units < 10);
    assert!(asked(&json!({"n": null})).price.units > 400, "twenty when nothing is said");
    assert!(asked(&json!({"n": -5})).price.units < 10, "refused later");
    let mut deep = "id".to_owned();
    for _ in 0..6 {
        deep = format!("programs(first: 100) {{ nodes {{ {deep} }} }}");
    }
    assert!(units(&format!("{{ {deep} }}")) > 1_000_000_000_000);
    let refusal =
        read(&format!("{{ {deep} }}")).unwrap().plan(&guard(), None, &serde_json::Map::new(), &Limits::default());
    let problem = refusal.unwrap_err().problems.remove(0);
    assert_eq!((problem.code, problem.excess.unwrap().name), (Code::TooComplex, "nodes"));
}

#[test]
fn what_was_answered_is_what_it_did_cost() {
    let spent =
        |text: &str, answer: Value| read(text).unwrap().spent(&guard(), None, &serde_json::from_value(answer).unwrap());
    let page = "{ programs(first: 100) { totalCount nodes { id ...F } } } fragment F on Program { province { id } }";
    let row = |province: Value| json!({"id": "1", "province": province});
    let answer = json!({"programs": {"totalCount": 3, "nodes": [row(Value::Null), row(json!({"id": "2"}))]}});
    assert_eq!(spent(page, answer), 2 + 5 + 2 + 1);
    assert_eq!(spent(page, Value::Null), 0);
    assert_eq!(
        spent("{ programs { edges { node { id } } } }", json!({"programs": {"edges": [{"node": {"id": "1"}}]}})),
        2 + 1
    );
    assert_eq!(spent("{ a: __typename }", json!({"a": "Query"})), 2);
    // Never more than was asked, whatever comes back within the page.
    let rows: Vec<Value> = (0..100).map(|_| row(json!({"id": "2"}))).collect();
    assert!(spent(page, json!({"programs": {"totalCount": 3, "nodes": rows}})) <= units(page));
}

#[test]
fn values_fit_their_place() {
    for document in [
        "{ programs(where: {name: \"x\", name: \"y\"}) { totalCount } }",
        "query($w: Where = {name: \"x\", name: \"y\"}) { programs(where: $w) { totalCount } }",
        "query($a: ID) { nodes(ids: [$a]) { id } }",
        "query($a: [ID!]!) { nodes(ids: [$a]) { id } }",
        "query($a: Where) { programs(where: {and: [$a]}) { totalCount } }",
        "query($a: Where) { programs(where: {and: $a}) { totalCount } }",
        "query($a: Int) { programs(where: {name: $a}) { totalCount } }",
        "query($a: ID) { ...F } fragment F on Query { nodes(ids: [$a]) { id } }",
    ] {
        assert_eq!(refused(document).0, Code::ValidationFailed, "{document}");
    }
    for document in [
        "query($a: ID!) { nodes(ids: [$a]) { id } }",
        "query($a: ID = 1) { nodes(ids: [$a]) { id } }",
        "query($a: Where!) { programs(where: {and: [$a]}) { totalCount } }",
        "query($a: [Where!]) { programs(where: {and: $a}) { totalCount } }",
        "query($a: String!) { programs(where: {name: $a}) { totalCount } }",
    ] {
        assert!(read(document).is_ok(), "{document}: {:?}", read(document).err());
    }
}

#[test]
fn the_schema_describes_itself_with_what_is_new() {
    assert!(read("{ __type(name: \"By\") { isOneOf inputFields { name } } }").is_ok());
}

#[test]
fn values_are_counted_without_being_read() {
    let limits = Limits { values: 4, ..Limits::default() };
    assert!(Guard::weigh(br#"{"query": "{a,b:[{}]}\"",  "x": 1}"#, &limits).is_ok());
    assert!(Guard::weigh(br#"{"a": [1, 2, 3]}"#, &limits).is_err());
    assert!(Guard::weigh(b"", &limits).is_ok());
}
