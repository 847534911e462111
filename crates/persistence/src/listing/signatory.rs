//! Signatories as a table.

use std::marker::PhantomData;

use domain::{Agency, AgencyGroup, Involvement, Person, Program, RecordKind, Sector, Tenant};

use super::CellKind::{Day, Int, Record, Text};
use super::{Column, Join, Listing, ROW, column, join};

const JOINS: &[Join] = &[
    join::<Tenant>("t", &[((ROW, "tenant_id"), "id")]),
    join::<Program>("p", &[((ROW, "tenant_id"), "tenant_id"), ((ROW, "program_id"), "id")]),
    join::<Agency>("a", &[((ROW, "agency_tenant_id"), "tenant_id"), ((ROW, "agency_id"), "id")]),
    join::<Tenant>("at", &[(("a", "tenant_id"), "id")]),
    join::<Sector>("s", &[(("a", "sector"), "code")]),
    join::<AgencyGroup>("g", &[((ROW, "tenant_id"), "tenant_id"), ((ROW, "group_id"), "id")]),
    join::<Sector>("gs", &[(("g", "sector"), "code")]),
    join::<Person>("n", &[((ROW, "tenant_id"), "tenant_id"), ((ROW, "person_id"), "id")]),
];

const COLUMNS: &[Column] = &[
    column("id", (ROW, "id"), Record(RecordKind::Involvement)),
    column("province_slug", ("t", "slug"), Text),
    column("province_key", ("t", "key"), Text),
    column("province_name", ("t", "name_*"), Text),
    column("program_id", ("p", "id"), Record(RecordKind::Program)),
    column("program_number", ("p", "number"), Text),
    column("program_title", ("p", "title_vi"), Text),
    column("program_signed_on", ("p", "signed_on"), Text),
    column("position", (ROW, "position"), Int),
    column("agency_id", ("a", "id"), Record(RecordKind::Agency)),
    column("agency_name", ("a", "name_vi"), Text),
    column("agency_level", ("a", "level"), Text),
    column("agency_province_slug", ("at", "slug"), Text),
    column("agency_sector", ("a", "sector"), Text),
    column("agency_sector_name", ("s", "name_*"), Text),
    column("group_label", ("g", "label"), Text),
    column("group_count", ("g", "member_count"), Int),
    column("group_sector", ("g", "sector"), Text),
    column("group_sector_name", ("gs", "name_*"), Text),
    column("person_id", ("n", "id"), Record(RecordKind::Person)),
    column("person_name", ("n", "name"), Text),
    column("rank", (ROW, "rank"), Text),
    column("capacity", (ROW, "capacity"), Text),
    column("signed_on", (ROW, "signed_on"), Text),
    column("signed_on_earliest", (ROW, "signed_on_earliest"), Day),
    column("signed_on_latest", (ROW, "signed_on_latest"), Day),
    column("basis", (ROW, "basis"), Text),
    column("reason", (ROW, "reason"), Text),
    column("visibility", (ROW, "visibility"), Text),
];

/// Who signed what.
pub const SIGNATORIES: Listing<Involvement> =
    Listing { columns: COLUMNS, joins: JOINS, only: Some(("kind", "SIGNATORY")), noun: PhantomData };
