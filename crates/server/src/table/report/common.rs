//! What several reports have as tables: the columns of the program that a row speaks of, the day on which one looks, and
//! rows that come page by page.

use crate::table::Kind::{Id, PartialDate, Text};
use crate::table::{Column, Lines, Parameter, Report, Source, Takes};

/// The day on which one looks.
pub const AS_OF: Parameter = Parameter::variable("as_of", Takes::Day, "asOf", "On this day; today.");

/// Within which boundaries.
pub const BOUNDARIES: Parameter =
    Parameter::variable("boundaries", Takes::Day, "boundaries", "The provinces of this day; as recorded.");

/// A report that is answered whole.
pub const fn whole(document: &'static str, root: &'static str, lines: &'static [Lines]) -> Source {
    Source::Report(Report { document, root, paged: false, lines })
}

/// A connection at `root`, a row a node.
pub const fn pages(document: &'static str, root: &'static str) -> Source {
    Source::Report(Report { document, root, paged: true, lines: &[&[("row", "root.nodes")]] })
}

/// The province of `row.program`.
pub const PROVINCE: Column =
    Column::new("province_slug", Text, ["Mã tỉnh", "Province (slug)"], "URL name of the province, or of the center.")
        .at("row.program.tenant.slug");
/// Its name.
pub const PROVINCE_NAME: Column = Column::new("province_name", Text, ["Tỉnh", "Province"], "Name of the province.")
    .naming("province_slug")
    .at("row.program.tenant.name");
/// The program's id.
pub const PROGRAM: Column =
    Column::new("program_id", Id, ["Mã chương trình", "Program (id)"], "Global id of the program.")
        .at("row.program.id");
/// Its number.
pub const NUMBER: Column =
    Column::new("program_number", Text, ["Số chương trình", "Program number"], "Its number as printed.")
        .at("row.program.number");
/// Its title.
pub const TITLE: Column = Column::new("program_title", Text, ["Tên chương trình", "Program title"], "Its title.")
    .naming("program_id")
    .at("row.program.title");
/// Its signing day.
pub const SIGNED_ON: Column =
    Column::new("signed_on", PartialDate, ["Ngày ký", "Signed on"], "When it was signed, as exactly as it is known.")
        .at("row.program.signedOn.date");
