//! Where programs stand, as tables: what runs out, lies still, is still to be done, or is touched by a reorganization.

use super::common::{AS_OF, NUMBER, PROGRAM, PROVINCE, PROVINCE_NAME, SIGNED_ON, TITLE, pages};
use crate::table::Kind::{Code, Date, Id, Integer, PartialDate, Text};
use crate::table::parameter::{PROGRAM_FILTER, REGION_FILTER, SECTOR_FILTER, TENANT_FILTER, TOPIC_FILTER};
use crate::table::{Column, Parameter, Table, Takes};

/// Conditions on programs, and the day on which one looks.
const ON_A_DAY: &[Parameter] = &[AS_OF, PROGRAM_FILTER, TOPIC_FILTER, SECTOR_FILTER, TENANT_FILTER, REGION_FILTER];

/// Programs about to end.
pub const EXPIRING: Table = Table {
    name: "expiring",
    title: ["Sắp hết hạn", "Expiring"],
    about: "A row for each program that ends within 180 days of as_of.",
    parameters: ON_A_DAY,
    columns: &[
        PROVINCE,
        PROVINCE_NAME,
        PROGRAM,
        NUMBER,
        TITLE,
        SIGNED_ON,
        Column::new("ends_on", Date, ["Ngày kết thúc", "Ends on"], "The last day that its period can mean.")
            .at("row.endsOn"),
        Column::new("days_left", Integer, ["Còn lại", "Days left"], "Days from as_of to that day.")
            .unit("days")
            .at("row.daysLeft"),
        Column::new(
            "final_review_ids",
            Id,
            ["Hội nghị tổng kết", "Final reviews"],
            "Final reviews that were recorded.",
        )
        .at("row.finalReviews.id"),
        Column::new(
            "successor_ids",
            Id,
            ["Chương trình kế tiếp", "Successors"],
            "Programs that were recorded to renew it.",
        )
        .at("row.successors.id"),
    ],
    source: pages(include_str!("expiring.graphql"), "report.expiring"),
};

/// Programs of which nothing was recorded for long.
pub const INACTIVE: Table = Table {
    name: "inactive",
    title: ["Không có hoạt động", "Inactive"],
    about: "A row for each program that may be in force and of which nothing was recorded for 12 months before as_of.",
    parameters: ON_A_DAY,
    columns: &[
        PROVINCE,
        PROVINCE_NAME,
        PROGRAM,
        NUMBER,
        TITLE,
        SIGNED_ON,
        Column::new(
            "last_recorded_on",
            Date,
            ["Ghi nhận gần nhất", "Last recorded on"],
            "The last day of which something is known.",
        )
        .at("row.lastRecordedOn"),
        Column::new("days", Integer, ["Số ngày", "Days"], "Days from that day to as_of.").unit("days").at("row.days"),
    ],
    source: pages(include_str!("inactive.graphql"), "report.inactive"),
};

/// Obligations, and where they stand.
pub const CASCADE: Table = Table {
    name: "cascade",
    title: ["Nghĩa vụ từ chỉ đạo", "Obligations"],
    about: "A row for each obligation that a direction opened, and where it stands on as_of as far as was recorded.",
    parameters: ON_A_DAY,
    columns: &[
        PROVINCE,
        PROVINCE_NAME,
        PROGRAM,
        NUMBER,
        TITLE,
        Column::new("level", Code, ["Cấp", "Level"], "Level of the program under which it was opened.")
            .at("row.program.level"),
        Column::new("obligation_id", Id, ["Mã nghĩa vụ", "Obligation (id)"], "Global id of the obligation.")
            .always()
            .at("row.obligation.id"),
        Column::new("kind", Code, ["Loại", "Kind"], "CASCADE: lower levels are to sign their own; …")
            .always()
            .at("row.obligation.kind"),
        Column::new("direction", Text, ["Chỉ đạo", "Direction"], "What was directed.")
            .at("row.obligation.direction.text"),
        Column::new("due", PartialDate, ["Thời hạn", "Due"], "By when, where that was stated.")
            .at("row.obligation.due"),
        Column::new("state", Code, ["Tình trạng", "State"], "OPEN, OVERDUE or FULFILLED.").at("row.state"),
        Column::new(
            "fulfilled_by_id",
            Id,
            ["Chương trình thực hiện", "Fulfilled by"],
            "The program that fulfilled it.",
        )
        .at("row.obligation.fulfilledBy.id"),
    ],
    source: pages(include_str!("cascade.graphql"), "report.cascade.obligations"),
};

/// Programs that a reorganization touches.
pub const REORGANIZATION: Table = Table {
    name: "reorganization",
    title: ["Tác động của sắp xếp đơn vị", "Reorganization"],
    about: "A row for each program that the end of a province, district or agency between two days touches.",
    parameters: &[
        Parameter::variable("changed_from", Takes::Day, "from", "What was reorganized on this day or later.")
            .required(),
        Parameter::variable("changed_to", Takes::Day, "to", "And on this day or earlier; today."),
        PROGRAM_FILTER,
        TOPIC_FILTER,
        SECTOR_FILTER,
        TENANT_FILTER,
        REGION_FILTER,
    ],
    columns: &[
        PROVINCE,
        PROVINCE_NAME,
        PROGRAM,
        NUMBER,
        TITLE,
        SIGNED_ON,
        Column::new(
            "touches",
            Code,
            ["Tác động", "Touches"],
            "In which ways: PROVINCE_ENDED, DISTRICT_ENDED, PARTY_ENDED, …, between semicolons.",
        )
        .at("row.touches"),
    ],
    source: pages(include_str!("reorganization.graphql"), "report.reorganization.programs"),
};
