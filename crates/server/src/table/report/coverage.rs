//! Coverage as a table: a row for each program that a province has, and one for each province that has none.

use crate::table::Kind::{Code, Date, Id, Integer, PartialDate, Text};
use crate::table::{Column, Parameter, Report, Source, Table, Takes};

/// Coverage as a table.
pub const COVERAGE: Table = Table {
    name: "coverage",
    title: ["Độ bao phủ", "Coverage"],
    about: "How far a program, or a decision of the Party, is carried out: a row for each program of each province, and one \
            for each province of which none was recorded, which does not mean that there is none.",
    parameters: &[
        Parameter::variable("of", Takes::Id, "of", "The program or document that provinces implement.").required(),
        Parameter::variable("as_of", Takes::Day, "asOf", "Without programs that were surely signed later; today."),
        Parameter::variable("boundaries", Takes::Day, "boundaries", "The provinces that existed on this day; as_of."),
    ],
    columns: COLUMNS,
    source: Source::Report(Report {
        document: include_str!("coverage.graphql"),
        root: "report.coverage",
        paged: false,
        lines: &[
            &[("row", "root.rows"), ("program", "row.programs?")],
            &[("successor", "root.rows"), ("row", "successor.predecessors"), ("program", "row.programs?")],
            // Some have followed each other more than once.
            &[
                ("later", "root.rows"),
                ("successor", "later.predecessors"),
                ("row", "successor.predecessors"),
                ("program", "row.programs?"),
            ],
            &[
                ("last", "root.rows"),
                ("later", "last.predecessors"),
                ("successor", "later.predecessors"),
                ("row", "successor.predecessors"),
                ("program", "row.programs?"),
            ],
        ],
    }),
};

const COLUMNS: &[Column] = &[
    Column::new("province_slug", Text, ["Mã tỉnh", "Province (slug)"], "URL name of the province.")
        .always()
        .at("row.province.slug"),
    Column::new("province_key", Text, ["Khóa tỉnh", "Province (key)"], "Frozen key of the version of the province.")
        .always()
        .at("row.province.key"),
    Column::new("province_name", Text, ["Tỉnh", "Province"], "Name of the province.")
        .naming("province_slug")
        .at("row.province.name"),
    Column::new("province_gso_code", Code, ["Mã GSO", "GSO code"], "Code of the statistics office, on its day only.")
        .at("row.province.gsoCode"),
    Column::new("region", Code, ["Mã vùng", "Region"], "Region of the province.").at("row.province.region.code"),
    Column::new("region_name", Text, ["Vùng", "Region name"], "Name of the region.")
        .naming("region")
        .at("row.province.region.name"),
    Column::new(
        "successor_slug",
        Text,
        ["Mã tỉnh kế thừa", "Successor (slug)"],
        "Of a province that ended before the boundaries' day: the one that followed it.",
    )
    .at("successor.province.slug"),
    Column::new(
        "state",
        Code,
        ["Tình trạng", "State"],
        "SIGNED; PARTLY_SIGNED when some of its predecessors had; NOT_RECORDED, which is no \"no\".",
    )
    .always()
    .at("row.state"),
    Column::new("program_id", Id, ["Mã chương trình", "Program (id)"], "Global id of the program.")
        .at("program.program.id"),
    Column::new("program_number", Text, ["Số chương trình", "Program number"], "Its number as printed.")
        .at("program.program.number"),
    Column::new("program_title", Text, ["Tên chương trình", "Program title"], "Its title.").at("program.program.title"),
    Column::new("signed_on", PartialDate, ["Ngày ký", "Signed on"], "When it was signed, as exactly as it is known.")
        .at("program.program.signedOn.date"),
    Column::new("signed_on_earliest", Date, ["Ngày ký sớm nhất", "Signed, first day"], "First day that it can mean.")
        .at("program.program.signedOn.earliest"),
    Column::new("signed_on_latest", Date, ["Ngày ký muộn nhất", "Signed, last day"], "Last day that it can mean.")
        .at("program.program.signedOn.latest"),
    Column::new(
        "lag_days",
        Integer,
        ["Độ trễ", "Lag"],
        "Days from the signing of what it implements; empty unless both days are known.",
    )
    .unit("days")
    .at("program.lagDays"),
    Column::new("basis", Code, ["Căn cứ", "Basis"], "Whether the link was STATED or INFERRED.")
        .at("program.link.basis"),
    Column::new("sectors", Code, ["Mã ngành đã ký", "Sectors"], "Sectors that signed it, between semicolons.")
        .at("program.sectors.code"),
    Column::new("sectors_names", Text, ["Ngành đã ký", "Sectors, names"], "Their names.")
        .naming("sectors")
        .at("program.sectors.name"),
    Column::new(
        "missing_sectors",
        Code,
        ["Mã ngành còn thiếu", "Missing sectors"],
        "Sectors that signed what it implements, and not this one. Of a document nothing is known.",
    )
    .at("program.missingSectors.code"),
    Column::new("missing_sectors_names", Text, ["Ngành còn thiếu", "Missing sectors, names"], "Their names.")
        .naming("missing_sectors")
        .at("program.missingSectors.name"),
    Column::new(
        "extra_sectors",
        Code,
        ["Mã ngành thêm", "Extra sectors"],
        "Sectors that signed this one, and not what it implements.",
    )
    .at("program.extraSectors.code"),
    Column::new("extra_sectors_names", Text, ["Ngành thêm", "Extra sectors, names"], "Their names.")
        .naming("extra_sectors")
        .at("program.extraSectors.name"),
    Column::new("as_of", Date, ["Tính đến ngày", "As of"], "Without programs that were surely signed later.")
        .always()
        .at("root.asOf"),
    Column::new("boundaries", Date, ["Địa giới ngày", "Boundaries"], "The provinces are those of this day.")
        .always()
        .at("root.boundaries"),
];
