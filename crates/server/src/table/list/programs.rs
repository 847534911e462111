//! Programs as a table.

use crate::table::Kind::{Boolean, Code, Date, Id, Integer, PartialDate, Text};
use crate::table::list::List;
use crate::table::parameter::FILTERS;
use crate::table::{Column, Source, Table};

/// Programs as a table.
pub const PROGRAMS: Table = Table {
    name: "programs",
    title: ["Chương trình phối hợp", "Coordination programs"],
    about: "Programs, plans, regulations, pledges of every level and province: one row a program.",
    parameters: FILTERS,
    columns: COLUMNS,
    source: Source::List(List::Programs),
};

const COLUMNS: &[Column] = &[
    Column::new("id", Id, ["Mã định danh", "Id"], "Global id of the program.").always(),
    Column::new(
        "province_slug",
        Text,
        ["Mã tỉnh", "Province (slug)"],
        "URL name of the province, or trung-uong for the center.",
    )
    .always(),
    Column::new(
        "province_key",
        Text,
        ["Khóa tỉnh", "Province (key)"],
        "Frozen key of the version of the province: names and slugs are reused.",
    )
    .always(),
    Column::new("province_name", Text, ["Tỉnh", "Province"], "Name of the province.").naming("province_slug"),
    Column::new(
        "kind",
        Code,
        ["Loại văn bản", "Kind"],
        "Kind of instrument: COORDINATION_PROGRAM, COORDINATION_REGULATION, …",
    )
    .always(),
    Column::new("level", Code, ["Cấp", "Level"], "Level of the parties: CENTRAL, PROVINCE, DISTRICT, …").always(),
    Column::new("status", Code, ["Tình trạng", "Status"], "Where it stands: DRAFT, SIGNED, CONCLUDED or TERMINATED.")
        .always(),
    Column::new("number", Text, ["Số, ký hiệu", "Number"], "Its number as printed."),
    Column::new(
        "number_status",
        Code,
        ["Tình trạng số", "Number status"],
        "What is known of the number: STATED, PARTIAL or NOT_STATED.",
    )
    .always(),
    Column::new("title", Text, ["Tên", "Title"], "Title, in Vietnamese.").always(),
    Column::new("title_en", Text, ["Tên tiếng Anh", "English title"], "Title in English, where there is one."),
    Column::new(
        "title_basis",
        Code,
        ["Căn cứ của tên", "Basis of the title"],
        "Whether the title was stated or inferred.",
    )
    .always(),
    Column::new("signed_on", PartialDate, ["Ngày ký", "Signed on"], "When it was signed, as exactly as it is known."),
    Column::new(
        "signed_on_inferred",
        Text,
        ["Lý do suy ra ngày ký", "Why the date was inferred"],
        "Why the date of signing was inferred; empty when it was stated.",
    ),
    Column::new(
        "signed_on_earliest",
        Date,
        ["Ngày ký sớm nhất", "Signed, first day"],
        "First day that the date of signing can mean.",
    ),
    Column::new(
        "signed_on_latest",
        Date,
        ["Ngày ký muộn nhất", "Signed, last day"],
        "Last day that the date of signing can mean.",
    ),
    Column::new("effective_from", PartialDate, ["Hiệu lực từ", "Effective from"], "When it took effect."),
    Column::new(
        "period_start",
        PartialDate,
        ["Bắt đầu", "Period start"],
        "Beginning of the time for which it was signed, as exactly as it was stated.",
    ),
    Column::new(
        "period_end",
        PartialDate,
        ["Kết thúc", "Period end"],
        "Its end; empty when it is open or was not stated.",
    ),
    Column::new(
        "open_ended",
        Boolean,
        ["Không thời hạn", "Open-ended"],
        "Whether the source says that it runs without end.",
    )
    .always(),
    Column::new(
        "period_earliest",
        Date,
        ["Ngày đầu sớm nhất", "Period, first day"],
        "First day that the period can mean.",
    ),
    Column::new(
        "period_latest",
        Date,
        ["Ngày cuối muộn nhất", "Period, last day"],
        "Last day that the period can mean.",
    ),
    Column::new("area_count", Integer, ["Số nội dung", "Areas"], "How many areas of cooperation the source counts.")
        .unit("areas"),
    Column::new("visibility", Code, ["Phạm vi công khai", "Visibility"], "Who may see it: PUBLIC, INTERNAL or DRAFT.")
        .always(),
];
