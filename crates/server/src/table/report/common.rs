//! Columns that most reports have: of whose program a row speaks.

use crate::table::Column;
use crate::table::Kind::{Id, PartialDate, Text};

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
