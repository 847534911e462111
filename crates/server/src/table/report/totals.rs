//! The cube as a table: the columns are those of the dimensions that are asked for, and of what is counted.

use super::common::{BOUNDARIES, whole};
use crate::table::Kind::{Code, Decimal, Id, Integer, PartialDate, Text};
use crate::table::parameter::{PROGRAM_FILTER, REGION_FILTER, SECTOR_FILTER, TENANT_FILTER, TOPIC_FILTER};
use crate::table::{Column, Kind, Parameter, Table, Takes};

const OF: &str = "of";
const BY: &str = "by";

/// A column that stands when a parameter has a value.
const fn with(
    (parameter, value): (&'static str, &'static str),
    name: &'static str,
    kind: Kind,
    labels: [&'static str; 2],
    about: &'static str,
) -> Column {
    Column::new(name, kind, labels, about).only(parameter, value)
}

/// Counts and sums by whatever is asked.
pub const TOTALS: Table = Table {
    name: "totals",
    title: ["Tổng hợp số liệu", "Totals"],
    about: "A row for each cell of the cube in which something was recorded, by province, indicator, unit and year of results when \
            nothing is said: of results the sum, its weakest qualifier, and how much is missing. What has no row was not \
            recorded, which is not 0. By SECTOR, TOPIC or PARENT a record can stand in several rows.",
    parameters: &[
        Parameter::variable(OF, Takes::Measure, "of", "What is counted.").or(&["RESULTS"]),
        Parameter::variable(BY, Takes::Dimension, "by", "By what; each adds its columns.").or(&[
            "PROVINCE",
            "INDICATOR",
            "UNIT",
            "YEAR",
        ]),
        Parameter::variable("indicator", Takes::Indicator, "indicators", "Only figures on these indicators."),
        Parameter::variable("from", Takes::Day, "from", "Only figures that surely cover nothing before this day."),
        Parameter::variable("to", Takes::Day, "to", "Only figures that surely cover nothing after this day."),
        BOUNDARIES,
        PROGRAM_FILTER,
        TOPIC_FILTER,
        SECTOR_FILTER,
        TENANT_FILTER,
        REGION_FILTER,
    ],
    columns: &[
        with(
            (BY, "PROVINCE"),
            "province_slug",
            Text,
            ["Mã tỉnh", "Province (slug)"],
            "URL name of the province, or of the center.",
        )
        .at("row.province.slug"),
        with((BY, "PROVINCE"), "province_name", Text, ["Tỉnh", "Province"], "Name of the province.")
            .naming("province_slug")
            .at("row.province.name"),
        with((BY, "REGION"), "region", Code, ["Mã vùng", "Region"], "Code of the province's region.")
            .at("row.region.code"),
        with((BY, "REGION"), "region_name", Text, ["Vùng", "Region name"], "Its name.")
            .naming("region")
            .at("row.region.name"),
        with((BY, "SECTOR"), "sector", Code, ["Mã ngành", "Sector"], "Code of the sector that signed.")
            .at("row.sector.code"),
        with((BY, "SECTOR"), "sector_name", Text, ["Ngành", "Sector name"], "Its name.")
            .naming("sector")
            .at("row.sector.name"),
        with((BY, "TOPIC"), "topic", Code, ["Mã chủ đề", "Topic"], "Code of the program's topic.").at("row.topic.code"),
        with((BY, "TOPIC"), "topic_name", Text, ["Chủ đề", "Topic name"], "Its name.")
            .naming("topic")
            .at("row.topic.name"),
        with((BY, "INDICATOR"), "indicator", Code, ["Mã chỉ số", "Indicator"], "Code of the indicator.")
            .at("row.indicator.code"),
        with((BY, "INDICATOR"), "indicator_name", Text, ["Chỉ số", "Indicator name"], "Its label.")
            .naming("indicator")
            .at("row.indicator.label"),
        with((BY, "UNIT"), "unit", Code, ["Mã đơn vị tính", "Unit"], "Code of the unit.").at("row.unit.code"),
        with((BY, "UNIT"), "unit_name", Text, ["Đơn vị tính", "Unit name"], "Its name.")
            .naming("unit")
            .at("row.unit.name"),
        with((BY, "PROGRAM"), "program_id", Id, ["Mã chương trình", "Program (id)"], "Global id of the program.")
            .at("row.program.id"),
        with((BY, "PROGRAM"), "program_number", Text, ["Số chương trình", "Program number"], "Its number as printed.")
            .at("row.program.number"),
        with((BY, "PROGRAM"), "program_title", Text, ["Tên chương trình", "Program title"], "Its title.")
            .naming("program_id")
            .at("row.program.title"),
        with(
            (BY, "PARENT"),
            "parent_program_id",
            Id,
            ["Mã chương trình cấp trên", "Parent program (id)"],
            "The program that is implemented, if it is one.",
        )
        .at("row.parentProgram.id"),
        with(
            (BY, "PARENT"),
            "parent_program_number",
            Text,
            ["Số chương trình cấp trên", "Parent program number"],
            "Its number as printed.",
        )
        .at("row.parentProgram.number"),
        with(
            (BY, "PARENT"),
            "parent_program_title",
            Text,
            ["Tên chương trình cấp trên", "Parent program title"],
            "Its title.",
        )
        .naming("parent_program_id")
        .at("row.parentProgram.title"),
        with(
            (BY, "PARENT"),
            "parent_document_id",
            Id,
            ["Mã văn bản cấp trên", "Parent document (id)"],
            "The document that is implemented, if it is one.",
        )
        .at("row.parentDocument.id"),
        with(
            (BY, "PARENT"),
            "parent_document_number",
            Text,
            ["Số văn bản cấp trên", "Parent document number"],
            "Its number as printed.",
        )
        .at("row.parentDocument.number"),
        with(
            (BY, "PARENT"),
            "parent_document_title",
            Text,
            ["Tên văn bản cấp trên", "Parent document title"],
            "Its title.",
        )
        .naming("parent_document_id")
        .at("row.parentDocument.title"),
        with((BY, "LEVEL"), "level", Code, ["Cấp", "Level"], "The program's level.").at("row.level"),
        with(
            (BY, "YEAR"),
            "year",
            Integer,
            ["Năm", "Year"],
            "The year covered or counted in, held or signed; empty where it is not known, or where there are several.",
        )
        .at("row.year"),
        with(
            (BY, "PERIOD"),
            "period_start",
            PartialDate,
            ["Từ", "Period start"],
            "First day of the period, as far as it is known.",
        )
        .at("row.periodStart"),
        with((BY, "PERIOD"), "period_end", PartialDate, ["Đến", "Period end"], "Last day of it.").at("row.periodEnd"),
        with((BY, "STATUS"), "status", Code, ["Trạng thái", "Status"], "Where the program stands.").at("row.status"),
        with((BY, "KIND"), "kind", Code, ["Loại", "Kind"], "The program's kind.").at("row.kind"),
        Column::new("records", Integer, ["Số bản ghi", "Records"], "How many records there are.")
            .always()
            .at("row.records"),
        with(
            (OF, "RESULTS"),
            "value",
            Decimal,
            ["Tổng", "Sum"],
            "The sum of the figures; empty where none has a value.",
        )
        .at("row.figures.value"),
        with(
            (OF, "RESULTS"),
            "qualifier",
            Code,
            ["Là", "Qualifier"],
            "The weakest qualifier of the terms: one OVER makes the sum OVER.",
        )
        .at("row.figures.qualifier"),
        with((OF, "RESULTS"), "counted", Integer, ["Đã cộng", "Counted"], "How many figures have a value.")
            .always()
            .at("row.figures.counted"),
        with((OF, "RESULTS"), "missing", Integer, ["Không có số", "Missing"], "How many have words only.")
            .always()
            .at("row.figures.missing"),
        with(
            (OF, "RESULTS"),
            "left_out",
            Integer,
            ["Không cộng", "Left out"],
            "Parts of what is counted, and stocks that are not the latest.",
        )
        .always()
        .at("row.leftOut"),
        with(
            (OF, "AWARDS"),
            "collectives",
            Integer,
            ["Tập thể", "Collectives"],
            "Collectives that received awards; empty where no source states a count.",
        )
        .at("row.collectives.value"),
        with(
            (OF, "AWARDS"),
            "collectives_missing",
            Integer,
            ["Không có số tập thể", "Collectives missing"],
            "How many awards state no count of them.",
        )
        .always()
        .at("row.collectives.missing"),
        with(
            (OF, "AWARDS"),
            "individuals",
            Integer,
            ["Cá nhân", "Individuals"],
            "Individuals that received awards; empty where no source states a count.",
        )
        .at("row.individuals.value"),
        with(
            (OF, "AWARDS"),
            "individuals_missing",
            Integer,
            ["Không có số cá nhân", "Individuals missing"],
            "How many awards state no count of them.",
        )
        .always()
        .at("row.individuals.missing"),
        Column::new(
            "provinces_reporting",
            Integer,
            ["Số tỉnh có", "Provinces reporting"],
            "How many provinces have something here; of results, those that state a figure.",
        )
        .always()
        .at("row.provincesReporting"),
        Column::new(
            "provinces_missing",
            Integer,
            ["Số tỉnh chưa có", "Provinces missing"],
            "How many provinces of the day `boundaries` have nothing here that was recorded; empty when as recorded.",
        )
        .at("row.provincesMissing"),
    ],
    source: whole(include_str!("totals.graphql"), "report.totals", &[&[("row", "root.cells")]]),
};
