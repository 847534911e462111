//! Targets against results as a table.

use super::common::{NUMBER, PROGRAM, PROVINCE, PROVINCE_NAME, TITLE, pages};
use crate::table::Kind::{Code, Decimal, Id, Integer, PartialDate, Text};
use crate::table::parameter::FILTERS;
use crate::table::{Column, Table};

/// Targets against results.
pub const PROGRESS: Table = Table {
    name: "progress",
    title: ["Chỉ tiêu và kết quả", "Targets against results"],
    about: "A row for each target: how far it is reached, or why there is no comparable figure.",
    parameters: FILTERS,
    columns: COLUMNS,
    source: pages(include_str!("progress.graphql"), "report.progress"),
};

const COLUMNS: &[Column] = &[
    PROVINCE,
    PROVINCE_NAME,
    PROGRAM,
    NUMBER,
    TITLE,
    Column::new("target_id", Id, ["Mã chỉ tiêu", "Target (id)"], "Global id of the target.")
        .always()
        .at("row.target.id"),
    Column::new("target", Text, ["Chỉ tiêu", "Target"], "The target, in our own words.")
        .always()
        .at("row.target.label"),
    Column::new("scope", Text, ["Phạm vi", "Scope"], "What the figure is a share or a count of.")
        .at("row.target.scope"),
    Column::new("indicator", Code, ["Mã chỉ số", "Indicator"], "Code of its indicator.")
        .at("row.target.indicator.code"),
    Column::new("indicator_name", Text, ["Chỉ số", "Indicator name"], "Its label.")
        .naming("indicator")
        .at("row.target.indicator.label"),
    Column::new("unit", Code, ["Mã đơn vị tính", "Unit"], "Code of the unit.").at("row.target.quantity.unit.code"),
    Column::new("unit_name", Text, ["Đơn vị tính", "Unit name"], "Its name.")
        .naming("unit")
        .at("row.target.quantity.unit.name"),
    Column::new("target_value", Decimal, ["Mức", "Target value"], "The figure; empty where it is in words only.")
        .at("row.target.quantity.value"),
    Column::new("target_qualifier", Code, ["Mức là", "Target qualifier"], "How the figure is meant: AT_LEAST, …")
        .always()
        .at("row.target.quantity.qualifier"),
    Column::new("period_start", PartialDate, ["Từ", "Period start"], "When it is to be reached, from.")
        .at("row.target.period.start"),
    Column::new("period_end", PartialDate, ["Đến", "Period end"], "When it is to be reached, to.")
        .at("row.target.period.end"),
    Column::new("state", Code, ["Tình trạng", "State"], "REACHED, NOT_REACHED, UNDECIDED or NO_COMPARABLE_FIGURE.")
        .at("row.comparison.state"),
    Column::new("reason", Code, ["Lý do", "Reason"], "Why there is no comparable figure.").at("row.comparison.reason"),
    Column::new("result_value", Decimal, ["Kết quả", "Result value"], "The figure that was compared.")
        .at("row.comparison.figure.value"),
    Column::new("result_qualifier", Code, ["Kết quả là", "Result qualifier"], "How that figure is meant.")
        .at("row.comparison.figure.qualifier"),
    Column::new("results", Integer, ["Số kết quả", "Results"], "How many results it is made of.")
        .at("row.comparison.figure.counted"),
];
