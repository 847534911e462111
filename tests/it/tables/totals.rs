//! The cube as a table: whatever is asked, its rows are the cells of the same question to the graph.

use rstest::rstest;
use serde_json::Value;

use super::{as_cell, cell};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

/// Each dimension, with the field of a cell and the column that say the same.
const DIMENSIONS: [(&str, &str, &str); 14] = [
    ("PROVINCE", "province.slug", "province_slug"),
    ("REGION", "region.code", "region"),
    ("SECTOR", "sector.code", "sector"),
    ("TOPIC", "topic.code", "topic"),
    ("INDICATOR", "indicator.code", "indicator"),
    ("UNIT", "unit.code", "unit"),
    ("PROGRAM", "program.id", "program_id"),
    ("PARENT", "parentProgram.id", "parent_program_id"),
    ("PARENT", "parentDocument.id", "parent_document_id"),
    ("LEVEL", "level", "level"),
    ("YEAR", "year", "year"),
    ("PERIOD", "periodStart", "period_start"),
    ("STATUS", "status", "status"),
    ("KIND", "kind", "kind"),
];

/// What is counted, beside the records.
const MEASURES: [(&str, &str, &str); 5] = [
    ("RESULTS", "figures.value", "value"),
    ("RESULTS", "leftOut", "left_out"),
    ("AWARDS", "collectives.value", "collectives"),
    ("AWARDS", "individuals.missing", "individuals_missing"),
    ("", "records", "records"),
];

/// A field of an answer within others, or nothing.
fn field<'a>(value: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(value, |value, name| if value.is_null() { value } else { &value[name] })
}

impl World {
    /// Compares a table with what the graph answers.
    async fn same_totals(&self, of: &str, by: &[&str], figures: (&str, &str)) -> usize {
        let (argument, parameters) = figures;
        let dimensions = DIMENSIONS.iter().filter(|(name, ..)| by.contains(name));
        let asked = dimensions.chain(MEASURES.iter().filter(|(name, ..)| *name == of || name.is_empty()));
        let asked: Vec<(&str, &str)> = asked.map(|(_, field, column)| (*field, *column)).collect();
        let nested = |path: &str| path.replacen('.', " { ", 1) + if path.contains('.') { " }" } else { "" };
        let fields: Vec<String> = asked.iter().map(|(path, _)| nested(path)).collect();
        let by_list = by.join(", ");
        let query = format!(
            "{{ report {{ totals(of: {of}, by: [{by_list}]{argument}) {{ cells {{ {} }} }} }} }}",
            fields.join(" ")
        );
        let answer = self.data(&query).await;
        let cells = answer.at("report.totals.cells").as_array().unwrap();
        let by_parameters = by.iter().map(|one| format!("&by={one}")).collect::<Vec<_>>().concat();
        let rows = self.export(&format!("/totals.csv?of={of}{by_parameters}{parameters}"), &[]).await.rows();
        assert_eq!(rows.len(), cells.len(), "{of} {by:?}");
        for (row, one) in rows.iter().zip(cells) {
            for (path, column) in &asked {
                assert_eq!(cell(row, column), as_cell(field(one, path)), "{of} {by:?} {column}");
            }
            let others = DIMENSIONS.iter().filter(|(name, ..)| !by.contains(name));
            for (_, _, column) in others {
                assert!(row.iter().all(|(name, _)| name != column), "{of} {by:?}: {column} was not asked for");
            }
        }
        rows.len()
    }
}

#[rstest]
#[tokio::test]
async fn any_cube_is_a_table(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    for (dimension, ..) in DIMENSIONS {
        let of_results = ["INDICATOR", "UNIT"].contains(&dimension);
        let by: &[&str] = if of_results { &[dimension] } else { &[dimension, "INDICATOR"] };
        assert!(world.same_totals("RESULTS", by, ("", "")).await > 1, "{dimension}");
        if !of_results {
            assert!(world.same_totals("PROGRAMS", &[dimension], ("", "")).await > 1, "{dimension}");
        }
    }
    for of in ["SIGNATORIES", "EVENTS", "AWARDS"] {
        assert!(world.same_totals(of, &["PROVINCE", "YEAR"], ("", "")).await > 1, "{of}");
    }
    for (by, argument, parameters) in [
        (
            "PROVINCE",
            ", figures: {indicators: [\"COMMUNICATION_ATTENDANCES\"]}, boundaries: \"2026-11-22\"",
            "&indicator=COMMUNICATION_ATTENDANCES&boundaries=2026-11-22",
        ),
        ("INDICATOR", ", figures: {from: \"2015-01-01\", to: \"2025-12-31\"}", "&from=2015-01-01&to=2025-12-31"),
        // Of any day of signing.
        (
            "INDICATOR",
            ", where: {tenant: {slug: {in: [\"bac-giang\"]}}}, figures: {from: \"2015-01-01\"}",
            "&tenant=bac-giang&from=2015-01-01",
        ),
    ] {
        assert!(world.same_totals("RESULTS", &[by], (argument, parameters)).await > 0, "{parameters}");
    }
}

/// A report is answered at once and written in pieces: none of them may be lost.
#[rstest]
#[tokio::test]
async fn a_long_report_is_whole(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await.with_many_results(engine, 6_000).await;
    let year = match engine {
        Sqlite => "printf('%04d', 1000 + abs(random() % 9000))",
        Postgres => "(1000 + floor(random() * 9000))::int::text",
    };
    world.execute(&format!("UPDATE results SET period_start = {year}")).await;
    let rows = world.same_totals("RESULTS", &["INDICATOR", "PERIOD"], ("", "")).await;
    assert!(rows > 3_000, "{rows}");
    let get = async |format: &str| world.export(&format!("/totals.{format}?by=INDICATOR&by=PERIOD"), &[]).await;
    assert!(get("csv").await.bytes.len() > 3 * 64 * 1024, "several pieces");
    assert_eq!(get("json").await.json()["rows"].as_array().unwrap().len(), rows);
    assert_eq!(get("ndjson").await.text().lines().count(), rows + 1);
}

#[tokio::test]
async fn a_cube_that_means_nothing_is_refused() {
    let world = World::seeded(Sqlite).await;
    for (asked, code, words) in [
        ("by=YEAR", "BAD_USER_INPUT", "figures of different units do not add up"),
        ("of=EVENTS&by=UNIT", "BAD_USER_INPUT", "only results have an indicator and a unit"),
        ("by=UNIT&by=UNIT", "BAD_USER_INPUT", "UNIT stands twice"),
        ("by=COLOR", "BAD_USER_INPUT", "by: there is no value \"COLOR\""),
        ("of=AWARDS&by=YEAR&from=2020-01-01", "BAD_USER_INPUT", "only results have figures"),
        ("of=RESULTS&of=EVENTS", "BAD_USER_INPUT", "of: it is given twice"),
        ("indicator=ATTENDANCES", "BAD_USER_INPUT", "indicator: there is no indicator \"ATTENDANCES\""),
    ] {
        let refused = world.export(&format!("/totals.csv?{asked}"), &[]).await;
        let error = refused.json();
        assert_eq!(
            (refused.status.as_u16(), error.text("errors.0.extensions.code")),
            (400, code),
            "{asked}: {error:#}"
        );
        assert!(error.text("errors.0.message").contains(words), "{asked}: {error:#}");
    }
}
