//! Results as a table.

use std::marker::PhantomData;

use domain::{Event, Indicator, Outcome, Program, RecordKind, Tenant, Unit};

use super::CellKind::{Day, Flag, Int, Record, Scaled, Text};
use super::{Column, Join, Listing, ROW, column, join};

const JOINS: &[Join] = &[
    join::<Tenant>("t", &[((ROW, "tenant_id"), "id")]),
    join::<Program>("p", &[((ROW, "tenant_id"), "tenant_id"), ((ROW, "program_id"), "id")]),
    join::<Indicator>("i", &[((ROW, "indicator"), "code")]),
    join::<Unit>("u", &[(("i", "unit"), "code")]),
];

const COLUMNS: &[Column] = &[
    column("id", (ROW, "id"), Record(RecordKind::Result)),
    column("province_slug", ("t", "slug"), Text),
    column("province_key", ("t", "key"), Text),
    column("province_name", ("t", "name_*"), Text),
    column("program_id", ("p", "id"), Record(RecordKind::Program)),
    column("program_number", ("p", "number"), Text),
    column("program_title", ("p", "title_vi"), Text),
    column("event_id", (ROW, "event_id"), Record(RecordKind::Event)).leading_to::<Event>(),
    column("position", (ROW, "position"), Int),
    column("indicator", (ROW, "indicator"), Text),
    column("indicator_name", ("i", "label_*"), Text),
    column("label", (ROW, "label"), Text),
    column("value", (ROW, "value_e4"), Scaled),
    column("qualifier", (ROW, "qualifier"), Text),
    column("quantity_text", (ROW, "quantity_text"), Text),
    column("unit", ("i", "unit"), Text),
    column("unit_name", ("u", "name_*"), Text),
    column("statement", (ROW, "statement"), Text),
    column("period_start", (ROW, "period_start"), Text),
    column("period_end", (ROW, "period_end"), Text),
    column("open_ended", (ROW, "open_ended"), Flag),
    column("period_earliest", (ROW, "period_earliest"), Day),
    column("period_latest", (ROW, "period_latest"), Day),
    column("as_of", (ROW, "as_of"), Text),
    column("scope", (ROW, "scope"), Text),
    column("of_result_id", (ROW, "of_result_id"), Record(RecordKind::Result)).leading_to::<Outcome>(),
    column("subset_of_id", (ROW, "subset_of_id"), Record(RecordKind::Result)).leading_to::<Outcome>(),
    column("denominator_id", (ROW, "denominator_id"), Record(RecordKind::Result)).leading_to::<Outcome>(),
    column("visibility", (ROW, "visibility"), Text),
];

/// What came of programs.
pub const RESULTS: Listing<Outcome> = Listing { columns: COLUMNS, joins: JOINS, only: None, noun: PhantomData };
