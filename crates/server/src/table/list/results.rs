//! Results as a table.

use crate::table::Kind::{Boolean, Code, Date, Decimal, Id, Integer, PartialDate, Text};
use crate::table::list::List;
use crate::table::parameter::FILTERS_OF_RESULTS;
use crate::table::{Column, Source, Table};

/// Results as a table.
pub const RESULTS: Table = Table {
    name: "results",
    title: ["Kết quả", "Results"],
    about: "What came of programs: one row a figure or finding. Figures with of_result_id or subset_of_id are about another row, and do not add up with it.",
    parameters: FILTERS_OF_RESULTS,
    columns: COLUMNS,
    source: Source::List(List::Results),
};

const COLUMNS: &[Column] = &[
    Column::new("id", Id, ["Mã định danh", "Id"], "Global id of the result.").always(),
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
    Column::new("program_id", Id, ["Mã chương trình", "Program (id)"], "Global id of the program.").always(),
    Column::new("program_number", Text, ["Số chương trình", "Program number"], "Number of the program as printed."),
    Column::new("program_title", Text, ["Tên chương trình", "Program title"], "Title of the program, in Vietnamese.")
        .always(),
    Column::new("event_id", Id, ["Mã sự kiện", "Event (id)"], "Global id of the event where it was reported."),
    Column::new("position", Integer, ["Thứ tự", "Order"], "Order in the text, from 1.").always(),
    Column::new("indicator", Code, ["Mã chỉ tiêu", "Indicator"], "What is measured.").always(),
    Column::new("indicator_name", Text, ["Chỉ tiêu", "Indicator name"], "Name of what is measured.")
        .naming("indicator"),
    Column::new("label", Text, ["Kết quả", "Result"], "The result, in our own words.").always(),
    Column::new("value", Decimal, ["Giá trị", "Value"], "The number; empty when none was stated, which is not zero."),
    Column::new("qualifier", Code, ["Mức độ chính xác", "Qualifier"], "How the number is meant: EXACT, OVER, ABOUT, …")
        .always(),
    Column::new("quantity_text", Text, ["Nguyên văn", "Words of the source"], "The figure in the words of the source."),
    Column::new("unit", Code, ["Mã đơn vị tính", "Unit"], "What is counted; empty for what is not counted."),
    Column::new("unit_name", Text, ["Đơn vị tính", "Unit name"], "Name of what is counted.").naming("unit"),
    Column::new(
        "statement",
        Text,
        ["Nhận định", "Statement"],
        "The finding of a qualitative result, in our own words.",
    ),
    Column::new(
        "period_start",
        PartialDate,
        ["Bắt đầu", "Period start"],
        "Beginning of the time that it covers, as exactly as it was stated.",
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
    Column::new("as_of", PartialDate, ["Tính đến", "As of"], "The day a stock was counted."),
    Column::new("scope", Text, ["Phạm vi", "Scope"], "What it covers."),
    Column::new(
        "of_result_id",
        Id,
        ["Là người tham gia của", "Audience of (id)"],
        "The activity whose audience this counts.",
    ),
    Column::new(
        "subset_of_id",
        Id,
        ["Trong đó của", "Part of (id)"],
        "The figure that this one is a part of; the two never add up.",
    ),
    Column::new("denominator_id", Id, ["Trên tổng số", "Out of (id)"], "The figure that this one is a share of."),
    Column::new("visibility", Code, ["Phạm vi công khai", "Visibility"], "Who may see it: PUBLIC, INTERNAL or DRAFT.")
        .always(),
];
