//! Signatories as a table.

use crate::table::Kind::{Code, Date, Id, Integer, PartialDate, Text};
use crate::table::list::List;
use crate::table::parameter::FILTERS;
use crate::table::{Column, Source, Table};

/// Signatories as a table.
pub const SIGNATORIES: Table = Table {
    name: "signatories",
    title: ["Bên ký kết", "Signatories"],
    about: "Who signed what: one row a signature. An office, seldom with a person's name, or a collective party.",
    parameters: FILTERS,
    columns: COLUMNS,
    source: Source::List(List::Signatories),
};

const COLUMNS: &[Column] = &[
    Column::new("id", Id, ["Mã định danh", "Id"], "Global id of the signature.").always(),
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
    Column::new(
        "program_signed_on",
        PartialDate,
        ["Ngày ký chương trình", "Program signed on"],
        "When the program was signed, as exactly as it is known.",
    ),
    Column::new("position", Integer, ["Thứ tự", "Order"], "Order in print, from 1.").always(),
    Column::new(
        "agency_id",
        Id,
        ["Mã cơ quan", "Agency (id)"],
        "Global id of the office; empty for collective parties.",
    ),
    Column::new("agency_name", Text, ["Cơ quan", "Agency"], "Name of the office.").naming("agency_id"),
    Column::new("agency_level", Code, ["Cấp của cơ quan", "Agency level"], "Level of the office."),
    Column::new(
        "agency_province_slug",
        Text,
        ["Tỉnh của cơ quan", "Agency province (slug)"],
        "URL name of the office's province, or trung-uong.",
    ),
    Column::new("agency_sector", Code, ["Mã ngành", "Sector"], "Sector of the office."),
    Column::new("agency_sector_name", Text, ["Ngành", "Sector name"], "Name of the sector.").naming("agency_sector"),
    Column::new(
        "group_label",
        Text,
        ["Bên ký tập thể", "Collective party"],
        "A collective party, in the words of the source.",
    ),
    Column::new(
        "group_count",
        Integer,
        ["Số thành viên", "Members"],
        "How many the collective party is; empty when that was not stated.",
    )
    .unit("members"),
    Column::new(
        "group_sector",
        Code,
        ["Mã ngành của tập thể", "Collective party, sector"],
        "Sector of the collective party.",
    ),
    Column::new(
        "group_sector_name",
        Text,
        ["Ngành của tập thể", "Collective party, sector name"],
        "Name of the sector.",
    )
    .naming("group_sector"),
    Column::new("person_id", Id, ["Mã người ký", "Person (id)"], "Global id of the person, where one is named."),
    Column::new("person_name", Text, ["Người ký", "Person"], "Name of the person, where one is named.")
        .naming("person_id"),
    Column::new("rank", Text, ["Cấp bậc", "Rank"], "Military or police rank as printed."),
    Column::new("capacity", Text, ["Tư cách", "Capacity"], "In which capacity."),
    Column::new(
        "signed_on",
        PartialDate,
        ["Ngày ký", "Signed on"],
        "When this party signed, where that is another day than the program's.",
    ),
    Column::new(
        "signed_on_earliest",
        Date,
        ["Ngày ký sớm nhất", "Signed, first day"],
        "First day that the party's own date can mean.",
    ),
    Column::new(
        "signed_on_latest",
        Date,
        ["Ngày ký muộn nhất", "Signed, last day"],
        "Last day that the party's own date can mean.",
    ),
    Column::new("basis", Code, ["Căn cứ", "Basis"], "STATED by the source or INFERRED.").always(),
    Column::new("reason", Text, ["Lý do suy ra", "Reason"], "Why it was inferred."),
    Column::new("visibility", Code, ["Phạm vi công khai", "Visibility"], "Who may see it: PUBLIC, INTERNAL or DRAFT.")
        .always(),
];
