//! Reports that add up, as tables.

use super::common::{AS_OF, BOUNDARIES, whole};
use crate::table::Kind::{Code, Date, Id, Integer, PartialDate, Text};
use crate::table::parameter::{FILTERS, PROGRAM_FILTER, REGION_FILTER, SECTOR_FILTER, TENANT_FILTER, TOPIC_FILTER};
use crate::table::{Column, Table};

/// How much is known of programs.
pub const DATA_QUALITY: Table = Table {
    name: "data_quality",
    title: ["Chất lượng dữ liệu", "Data quality"],
    about: "A row for each province of which programs were recorded: how many, and of how many what is not known.",
    parameters: &[AS_OF, BOUNDARIES, PROGRAM_FILTER, TOPIC_FILTER, SECTOR_FILTER, TENANT_FILTER, REGION_FILTER],
    columns: &[
        Column::new(
            "province_slug",
            Text,
            ["Mã tỉnh", "Province (slug)"],
            "URL name of the province, or of the center.",
        )
        .at("row.tenant.slug"),
        Column::new("province_name", Text, ["Tỉnh", "Province"], "Name of the province.")
            .naming("province_slug")
            .at("row.tenant.name"),
        Column::new("programs", Integer, ["Số chương trình", "Programs"], "How many were recorded.")
            .always()
            .at("row.programs"),
        Column::new("without_number", Integer, ["Không số", "Without number"], "Those without a number.")
            .always()
            .at("row.withoutNumber.count"),
        Column::new(
            "without_date",
            Integer,
            ["Không ngày ký", "Without date"],
            "Those without a signing day, not even a year.",
        )
        .always()
        .at("row.withoutDate.count"),
        Column::new("without_period", Integer, ["Không giai đoạn", "Without period"], "Those without a period.")
            .always()
            .at("row.withoutPeriod.count"),
        Column::new("without_signatory", Integer, ["Không bên ký", "Without signatory"], "Those without a signatory.")
            .always()
            .at("row.withoutSignatory.count"),
        Column::new(
            "without_named_signer",
            Integer,
            ["Không nêu tên người ký", "Without named signer"],
            "Those without a signatory of whom a person is named.",
        )
        .always()
        .at("row.withoutNamedSigner.count"),
        Column::new("without_source", Integer, ["Không nguồn", "Without source"], "Those that no source vouches for.")
            .always()
            .at("row.withoutSource.count"),
        Column::new("conflicts", Integer, ["Mâu thuẫn", "Conflicts"], "How often sources disagree.")
            .always()
            .at("row.conflicts"),
        Column::new(
            "open_conflicts",
            Integer,
            ["Chưa giải quyết", "Open conflicts"],
            "How many of these are not resolved.",
        )
        .always()
        .at("row.openConflicts"),
        Column::new(
            "newest_source_on",
            Date,
            ["Nguồn mới nhất", "Newest source"],
            "The day on which the newest source was published.",
        )
        .at("row.newestSourceOn"),
        Column::new("newest_source_days", Integer, ["Tuổi nguồn", "Age of it"], "Days from that day to as_of.")
            .unit("days")
            .at("row.newestSourceDays"),
    ],
    source: whole(include_str!("data_quality.graphql"), "report", &[&[("row", "root.dataQuality")]]),
};

/// Awards by kind and giver.
pub const AWARDS: Table = Table {
    name: "awards",
    title: ["Khen thưởng", "Awards"],
    about: "A row for each kind of award and each giver. An award of two givers stands under each, so rows do not add up.",
    parameters: FILTERS,
    columns: &[
        Column::new("kind", Text, ["Hình thức", "Kind"], "What was given, as printed.").always().at("row.kind"),
        Column::new("giver_id", Id, ["Mã cơ quan khen", "Giver (id)"], "The agency that gave it.").at("row.giver.id"),
        Column::new("giver_name", Text, ["Cơ quan khen", "Giver"], "Its name.").naming("giver_id").at("row.giver.name"),
        Column::new("province_slug", Text, ["Mã tỉnh", "Province (slug)"], "Province of that agency, or the center.")
            .at("row.giver.tenant.slug"),
        Column::new(
            "giver_label",
            Text,
            ["Cơ quan khen, theo bài", "Giver, as printed"],
            "A giver that is no agency of the records.",
        )
        .at("row.giverLabel"),
        Column::new("awards", Integer, ["Số lần", "Awards"], "How many awards, or batches of them.")
            .always()
            .at("row.awards"),
        Column::new(
            "collectives",
            Integer,
            ["Tập thể", "Collectives"],
            "How many received them; empty where nobody counts them.",
        )
        .at("row.collectives.value"),
        Column::new(
            "collectives_missing",
            Integer,
            ["Không nêu tập thể", "Collectives, missing"],
            "Awards that do not count them.",
        )
        .always()
        .at("row.collectives.missing"),
        Column::new(
            "individuals",
            Integer,
            ["Cá nhân", "Individuals"],
            "How many received them; empty where nobody counts them.",
        )
        .at("row.individuals.value"),
        Column::new(
            "individuals_missing",
            Integer,
            ["Không nêu cá nhân", "Individuals, missing"],
            "Awards that do not count them.",
        )
        .always()
        .at("row.individuals.missing"),
        Column::new("mixed_total", Integer, ["Tổng chung", "Mixed total"], "Totals that mix both.")
            .at("row.mixedTotal.value"),
        Column::new(
            "overlap_unknown",
            Integer,
            ["Có thể trùng", "May overlap"],
            "Awards that may count recipients of another one.",
        )
        .always()
        .at("row.overlapUnknown"),
    ],
    source: whole(include_str!("awards.graphql"), "report.awards", &[&[("row", "root.givers")]]),
};

/// Sectors that sign together.
pub const COLLABORATION: Table = Table {
    name: "collaboration",
    title: ["Mạng lưới phối hợp", "Collaboration"],
    about: "A row for each pair of sectors that signed the same programs; each pair stands once.",
    parameters: FILTERS,
    columns: &[
        Column::new("one", Code, ["Mã ngành", "Sector"], "The one.").always().at("row.one.code"),
        Column::new("one_name", Text, ["Ngành", "Sector, name"], "Its name.").naming("one").at("row.one.name"),
        Column::new("other", Code, ["Mã ngành kia", "Other sector"], "The other.").always().at("row.other.code"),
        Column::new("other_name", Text, ["Ngành kia", "Other sector, name"], "Its name.")
            .naming("other")
            .at("row.other.name"),
        Column::new("programs", Integer, ["Số chương trình", "Programs"], "How many programs both signed.")
            .always()
            .at("row.programs"),
        Column::new("since", Date, ["Từ", "Since"], "The first day on which they can have done so.").at("row.since"),
    ],
    source: whole(include_str!("collaboration.graphql"), "report.collaboration", &[&[("row", "root.sectors")]]),
};

/// What merged provinces do twice.
pub const OVERLAPS: Table = Table {
    name: "overlaps",
    title: ["Trùng lặp sau sáp nhập", "Overlaps"],
    about: "A row for each program of a group that provinces brought into a merger and that do the same.",
    parameters: &[AS_OF, PROGRAM_FILTER, TOPIC_FILTER, SECTOR_FILTER, TENANT_FILTER, REGION_FILTER],
    columns: &[
        Column::new("province_slug", Text, ["Mã tỉnh nay", "Province (slug)"], "The province that follows theirs.")
            .at("group.province.slug"),
        Column::new("province_name", Text, ["Tỉnh nay", "Province"], "Its name.")
            .naming("province_slug")
            .at("group.province.name"),
        Column::new("kind", Code, ["Điểm chung", "Kind"], "SAME_PARENT or SAME_TOPIC.").always().at("group.kind"),
        Column::new("topic", Code, ["Mã chủ đề", "Topic"], "Topic of all of them.").at("group.topic.code"),
        Column::new("topic_name", Text, ["Chủ đề", "Topic, name"], "Its name.").naming("topic").at("group.topic.name"),
        Column::new(
            "parent_program_id",
            Id,
            ["Mã chương trình cấp trên", "Parent program (id)"],
            "What all of them implement.",
        )
        .at("group.parentProgram.id"),
        Column::new(
            "parent_document_id",
            Id,
            ["Mã văn bản cấp trên", "Parent document (id)"],
            "The document that all of them implement.",
        )
        .at("group.parentDocument.id"),
        Column::new("old_province_slug", Text, ["Mã tỉnh cũ", "Old province (slug)"], "The province of the program.")
            .at("row.tenant.slug"),
        Column::new("program_id", Id, ["Mã chương trình", "Program (id)"], "Global id of the program.").at("row.id"),
        Column::new("program_number", Text, ["Số chương trình", "Program number"], "Its number as printed.")
            .at("row.number"),
        Column::new("program_title", Text, ["Tên chương trình", "Program title"], "Its title.")
            .naming("program_id")
            .at("row.title"),
        Column::new("signed_on", PartialDate, ["Ngày ký", "Signed on"], "When it was signed.").at("row.signedOn.date"),
    ],
    source: whole(
        include_str!("overlaps.graphql"),
        "report",
        &[&[("group", "root.overlaps"), ("row", "group.programs")]],
    ),
};
