//! Programs as a table.

use std::marker::PhantomData;

use domain::{Program, RecordKind, Tenant};

use super::CellKind::{Day, Flag, Int, Record, Text};
use super::{Column, Join, Listing, ROW, column, join};

const JOINS: &[Join] = &[join::<Tenant>("t", &[((ROW, "tenant_id"), "id")])];

const COLUMNS: &[Column] = &[
    column("id", (ROW, "id"), Record(RecordKind::Program)),
    column("province_slug", ("t", "slug"), Text),
    column("province_key", ("t", "key"), Text),
    column("province_name", ("t", "name_*"), Text),
    column("kind", (ROW, "kind"), Text),
    column("level", (ROW, "level"), Text),
    column("status", (ROW, "status"), Text),
    column("number", (ROW, "number"), Text),
    column("number_status", (ROW, "number_status"), Text),
    column("title", (ROW, "title_vi"), Text),
    column("title_en", (ROW, "title_en"), Text),
    column("title_basis", (ROW, "title_basis"), Text),
    column("signed_on", (ROW, "signed_on"), Text),
    column("signed_on_inferred", (ROW, "signed_on_inferred"), Text),
    column("signed_on_earliest", (ROW, "signed_on_earliest"), Day),
    column("signed_on_latest", (ROW, "signed_on_latest"), Day),
    column("effective_from", (ROW, "effective_from"), Text),
    column("period_start", (ROW, "period_start"), Text),
    column("period_end", (ROW, "period_end"), Text),
    column("open_ended", (ROW, "open_ended"), Flag),
    column("period_earliest", (ROW, "period_earliest"), Day),
    column("period_latest", (ROW, "period_latest"), Day),
    column("area_count", (ROW, "area_count"), Int),
    column("visibility", (ROW, "visibility"), Text),
];

/// Programs, plans, regulations, pledges.
pub const PROGRAMS: Listing<Program> = Listing { columns: COLUMNS, joins: JOINS, only: None, noun: PhantomData };
