//! What counts in the cube when figures are parts of others, stocks, of odd times, or very large.

use domain::actor::Role;
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, actor};

impl World {
    /// A result of an editor's draft: its global id.
    async fn figure(&self, program: &str, input: Value) -> String {
        let mut all = json!({"program": program, "label": "x"});
        for (name, value) in input.as_object().unwrap() {
            all[name] = value.clone();
        }
        let editor = actor("hung-yen:2025", &[Role::Editor]);
        self.changed(&editor, "resultCreate result { id }", all).await.text("result.id").to_owned()
    }

    /// The sum of each cell as its editor sees it, how many figures were counted and how many left out.
    async fn summed(&self, programs: &[&str], by: &str, figures: &str) -> Vec<(String, i64, i64)> {
        let editor = actor("hung-yen:2025", &[Role::Editor]);
        let query = format!(
            "query($programs: [ID!]!) {{ report {{ totals(of: RESULTS, by: [{by}], where: {{id: {{in: $programs}}}},
               figures: {{{figures}}}) {{ cells {{ records leftOut figures {{ value counted }} }} }} }} }}"
        );
        let answer = self.carry_out(Some(&editor), &query, json!({ "programs": programs })).await.response;
        let answer = serde_json::to_value(answer).unwrap();
        let cells = answer.at("data.report.totals.cells").as_array().unwrap_or_else(|| panic!("{answer:#}"));
        let told = |cell: &Value| {
            let value = cell.at("figures.value").as_str().unwrap_or_default().to_owned();
            (value, cell.at("figures.counted").as_i64().unwrap(), cell["leftOut"].as_i64().unwrap())
        };
        cells.iter().map(told).collect()
    }
}

fn told(value: &str, counted: i64, left_out: i64) -> [(String, i64, i64); 1] {
    [(value.to_owned(), counted, left_out)]
}

#[rstest]
#[tokio::test]
async fn a_part_counts_where_its_whole_does_not(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let stocks = world.draft("Có số cuối kỳ").await;
    let make = |value: &str| json!({"indicator": "SECURITY_MODELS", "asOf": "2020", "quantity": {"value": value}});
    let whole = world.figure(&stocks, make("100")).await;
    let mut part = make("40");
    part["subsetOf"] = json!(whole);
    world.figure(&stocks, part.clone()).await;
    assert_eq!(
        world.summed(&[&stocks], "INDICATOR", "").await,
        told("100", 1, 1),
        "the latest that counts is the whole"
    );
    assert_eq!(world.summed(&[&stocks], "UNIT", "").await, told("100", 1, 1));

    // Elsewhere it stands for itself where of its whole is not asked: another program, another time.
    let other = world.draft("Chương trình khác").await;
    world.figure(&other, part).await;
    assert_eq!(world.summed(&[&other], "INDICATOR", "").await, told("40", 1, 0));
    assert_eq!(world.summed(&[&stocks, &other], "INDICATOR", "").await, told("100", 1, 2));
    let flows = world.draft("Có số phát sinh").await;
    let make = |value: &str, start: &str, end: &str| json!({"indicator": "PERSONS_SUPPORTED", "quantity": {"value": value}, "period": {"start": start, "end": end}});
    let whole = world.figure(&flows, make("100", "2018", "2022")).await;
    let mut part = make("40", "2020", "2020");
    part["subsetOf"] = json!(whole);
    world.figure(&flows, part).await;
    assert_eq!(world.summed(&[&flows], "INDICATOR", "").await, told("100", 1, 1));
    let year = "from: \"2020-01-01\", to: \"2020-12-31\"";
    assert_eq!(world.summed(&[&flows], "INDICATOR", year).await, told("40", 1, 0));
}

#[rstest]
#[tokio::test]
async fn a_part_of_another_indicator(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program = world.draft("Chương trình").await;
    let make = |indicator: &str, value: &str| json!({"indicator": indicator, "quantity": {"value": value}, "period": {"start": "2020", "end": "2020"}});
    let whole = world.figure(&program, make("YOUTH_MENTORED", "1500")).await;
    let mut part = make("YOUTH_IMPROVED", "1133");
    part["subsetOf"] = json!(whole);
    world.figure(&program, part).await;
    assert_eq!(world.summed(&[&program], "UNIT", "").await, told("1500", 1, 1), "the same persons");
    let one = "indicators: [\"YOUTH_IMPROVED\"]";
    for by in ["UNIT", "INDICATOR", ""] {
        assert_eq!(world.summed(&[&program], by, one).await, told("1133", 1, 0), "{by}");
    }
}

#[rstest]
#[tokio::test]
async fn odd_times_and_large_figures(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let odd = world.draft("Kỳ không rõ ngày đầu").await;
    let input = json!({"indicator": "PERSONS_SUPPORTED", "quantity": {"value": "7"}, "period": {"end": "2022"}, "asOf": "2023-06-30"});
    world.figure(&odd, input).await;
    assert_eq!(
        world.summed(&[&odd], "INDICATOR", "from: \"2023-01-01\"").await,
        Vec::new(),
        "what it covers ended before"
    );
    assert_eq!(world.summed(&[&odd], "INDICATOR", "to: \"2022-12-31\"").await, told("7", 1, 0));

    // Together more than 64 bits hold in ten-thousandths, kept or not.
    let large = world.draft("Số rất lớn").await;
    for value in ["900000000000000", "900000000000000", "0.0001", "-0.5"] {
        world.figure(&large, json!({"indicator": "TRAINING_CLASSES", "quantity": {"value": value}})).await;
    }
    assert_eq!(world.summed(&[&large], "INDICATOR", "").await, told("1799999999999999.5001", 4, 0));
    super::kept::renew(&world).await;
    super::kept::same_for_everybody(&world, "large figures").await;
}

#[rstest]
#[tokio::test]
async fn what_two_links_say_counts_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program = world.draft("Thực hiện một văn bản").await;
    for value in ["3", "4"] {
        let input = json!({"indicator": "TRAINING_CLASSES", "quantity": {"value": value}});
        world.figure(&program, input).await;
    }
    let to = world.document("238-QĐ/TW").await;
    let links = json!([{"kind": "IMPLEMENTS", "document": to},
        {"kind": "IMPLEMENTS", "document": to, "basis": "INFERRED", "reason": "cùng số"}]);
    let editor = actor("hung-yen:2025", &[Role::Editor]);
    let input = json!({"id": program, "version": 1, "links": &links});
    world.changed(&editor, "programUpdate program { id }", input).await;
    assert_eq!(world.summed(&[&program], "INDICATOR, PARENT", "").await, told("7", 2, 0));

    // Nor does the coverage name a program twice; which link it goes by is the one that a source states.
    let signed = world.first("programs", "thai-binh").await;
    let query = "query($id: ID!) { node(id: $id) { ... on Program { version } } }";
    let version = world.ask_ok(query, json!({ "id": signed })).await.at("node.version").clone();
    let publisher = actor("hung-yen:2025", &[Role::Publisher]);
    let input = json!({"id": signed, "version": version, "links": links});
    world.changed(&publisher, "programUpdate program { id }", input).await;
    let query = "query($of: ID!) { report { coverage(of: $of) { rows { programs { program { id } link { basis } }
        predecessors { programs { program { id } link { basis } } } } } } }";
    let answer = world.ask_ok(query, json!({ "of": to })).await;
    let rows = answer.at("report.coverage.rows").as_array().unwrap();
    let before = rows.iter().flat_map(|row| row["predecessors"].as_array().unwrap());
    let named = rows.iter().chain(before).flat_map(|row| row["programs"].as_array().unwrap());
    let named: Vec<&str> =
        named.filter(|one| one.text("program.id") == signed).map(|one| one.text("link.basis")).collect();
    assert_eq!(named, ["STATED"]);
}
