//! Programs against what they implement, as tables.

use super::common::{NUMBER, PROGRAM, PROVINCE, PROVINCE_NAME, SIGNED_ON, TITLE, pages};
use crate::table::Kind::{Code, Id, Integer, Text};
use crate::table::parameter::FILTERS;
use crate::table::{Column, Table};

/// How long after what they implement programs were signed.
pub const SIGNING_LAG: Table = Table {
    name: "signing_lag",
    title: ["Độ trễ ký kết", "Signing lag"],
    about: "A row for each program or document that a program implements: how long after it the program was signed, and \
            where sectors and period differ.",
    parameters: FILTERS,
    columns: COLUMNS,
    source: pages(include_str!("signing_lag.graphql"), "report.signingLag"),
};

/// Which sectors are missing or extra.
pub const SECTOR_GAPS: Table = Table {
    name: "sector_gaps",
    title: ["Thiếu hoặc thêm ngành", "Sector gaps"],
    about: "The rows of signing_lag whose signatories are of other sectors than those of the program that is implemented.",
    parameters: FILTERS,
    columns: COLUMNS,
    source: pages(include_str!("sector_gaps.graphql"), "report.sectorGaps"),
};

/// Where periods differ.
pub const PERIOD_GAPS: Table = Table {
    name: "period_gaps",
    title: ["Lệch giai đoạn", "Period gaps"],
    about: "The rows of signing_lag whose period begins or ends on another day than that of the program that is implemented.",
    parameters: FILTERS,
    columns: COLUMNS,
    source: pages(include_str!("period_gaps.graphql"), "report.periodGaps"),
};

const COLUMNS: &[Column] = &[
    PROVINCE,
    PROVINCE_NAME,
    PROGRAM,
    NUMBER,
    TITLE,
    SIGNED_ON,
    Column::new(
        "parent_program_id",
        Id,
        ["Mã chương trình cấp trên", "Parent program (id)"],
        "The program that it implements.",
    )
    .at("row.parentProgram.id"),
    Column::new(
        "parent_program_number",
        Text,
        ["Số chương trình cấp trên", "Parent program number"],
        "Its number as printed.",
    )
    .at("row.parentProgram.number"),
    Column::new("parent_program_title", Text, ["Tên chương trình cấp trên", "Parent program title"], "Its title.")
        .naming("parent_program_id")
        .at("row.parentProgram.title"),
    Column::new(
        "parent_document_id",
        Id,
        ["Mã văn bản cấp trên", "Parent document (id)"],
        "The document that it implements.",
    )
    .at("row.parentDocument.id"),
    Column::new(
        "parent_document_number",
        Text,
        ["Số văn bản cấp trên", "Parent document number"],
        "Its number as printed.",
    )
    .at("row.parentDocument.number"),
    Column::new(
        "lag_days",
        Integer,
        ["Độ trễ", "Lag"],
        "Days from the signing, or the issue, of what it implements; empty unless both days are known.",
    )
    .unit("days")
    .at("row.lagDays"),
    Column::new(
        "starts_after_days",
        Integer,
        ["Bắt đầu sau", "Starts after"],
        "Days by which its period begins later; negative where it begins earlier; empty unless both are stated.",
    )
    .unit("days")
    .at("row.startsAfterDays"),
    Column::new("ends_after_days", Integer, ["Kết thúc sau", "Ends after"], "Days by which its period ends later.")
        .unit("days")
        .at("row.endsAfterDays"),
    Column::new("basis", Code, ["Căn cứ", "Basis"], "Whether the link was STATED or INFERRED.").at("row.link.basis"),
    Column::new("sectors", Code, ["Mã ngành đã ký", "Sectors"], "Sectors that signed it, between semicolons.")
        .at("row.sectors.code"),
    Column::new("sectors_names", Text, ["Ngành đã ký", "Sectors, names"], "Their names.")
        .naming("sectors")
        .at("row.sectors.name"),
    Column::new(
        "missing_sectors",
        Code,
        ["Mã ngành còn thiếu", "Missing sectors"],
        "Sectors that signed what it implements, and not this one; empty too where no signatory's sector is known.",
    )
    .at("row.missingSectors.code"),
    Column::new("missing_sectors_names", Text, ["Ngành còn thiếu", "Missing sectors, names"], "Their names.")
        .naming("missing_sectors")
        .at("row.missingSectors.name"),
    Column::new("extra_sectors", Code, ["Mã ngành thêm", "Extra sectors"], "Sectors that signed this one only.")
        .at("row.extraSectors.code"),
    Column::new("extra_sectors_names", Text, ["Ngành thêm", "Extra sectors, names"], "Their names.")
        .naming("extra_sectors")
        .at("row.extraSectors.name"),
];
