//! Global ids of rows, hidden ones included, made as the service makes them. Knows the format on purpose: an attacker
//! may know it too, and ids are no secret that protects anything.

use std::collections::BTreeMap;

use crate::harness::{Engine, World};

/// Tables whose rows have a type of their own, with the tag and the type. Of an involvement the kind decides.
pub const NODES: [(&str, u8, &str); 26] = [
    ("agencies", 2, "Agency"),
    ("agency_groups", 3, "AgencyGroup"),
    ("awards", 4, "Award"),
    ("citations", 5, "Citation"),
    ("conflicts", 6, "Conflict"),
    ("cooperation_areas", 7, "CooperationArea"),
    ("directions", 8, "Direction"),
    ("documents", 9, "Document"),
    ("events", 10, "Event"),
    ("involvements", 11, "Involvement"),
    ("localities", 12, "Locality"),
    ("obligations", 13, "Obligation"),
    ("people", 14, "Person"),
    ("planned_activities", 15, "PlannedActivity"),
    ("positions", 16, "Position"),
    ("programs", 17, "Program"),
    ("program_links", 18, "ProgramLink"),
    ("remarks", 19, "Remark"),
    ("results", 20, "Result"),
    ("sources", 21, "Source"),
    ("targets", 22, "Target"),
    ("grants", 26, "Grant"),
    ("report_requests", 27, "ReportRequest"),
    ("submissions", 28, "Submission"),
    ("submission_items", 29, "SubmissionItem"),
    ("submission_decisions", 30, "SubmissionDecision"),
];

/// Tables whose rows have a tag, but no type.
pub const JOINING: [(&str, u8); 3] = [("agency_group_members", 23), ("event_programs", 24), ("agency_successions", 25)];

/// Tables of tenants whose rows have no global id: an outsider has no way to name them. (That of an export job is its
/// starter's alone; `export_jobs/rights.rs` tries it as others.)
const NAMELESS: [&str; 11] = [
    "answers",
    "api_keys",
    "audit",
    "changes",
    "export_jobs",
    "program_topics",
    "provenances",
    "report_request_addressees",
    "search_entries",
    "shares",
    "submission_results",
];

/// A row by its global id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowId {
    pub table: String,
    pub type_name: String,
    pub id: String,
    pub tag: u8,
    pub tenant: i32,
    pub uuid: [u8; 16],
}

impl RowId {
    /// The same row under another tag or tenant.
    pub fn posing_as(&self, tag: u8, tenant: i32) -> String {
        record_id(tag, tenant, &self.uuid)
    }
}

/// Every row that can be named, by table.
pub async fn rows(world: &World, engine: Engine) -> Vec<RowId> {
    let uuid = match engine {
        Engine::Sqlite => "lower(hex(id))",
        Engine::Postgres => "replace(CAST(id AS text), '-', '')",
    };
    let mut rows = Vec::new();
    let joining = JOINING.iter().map(|(table, tag)| (*table, *tag, ""));
    for (table, tag, type_name) in NODES.into_iter().chain(joining) {
        let kind = if table == "involvements" { "kind" } else { "''" };
        let sql = format!("SELECT CAST(tenant_id AS text), {uuid}, {kind} FROM {table} ORDER BY 1, 2");
        for row in world.select(&sql).await {
            let (tenant, uuid) = (row[0].parse().unwrap(), uuid_of(&row[1]));
            let type_name = match row[2].as_str() {
                "SIGNATORY" => "Signatory",
                "PARTICIPANT" => "Participant",
                "ATTENDANCE" => "Attendance",
                _ => type_name,
            };
            let id = record_id(tag, tenant, &uuid);
            rows.push(RowId { table: table.to_owned(), type_name: type_name.to_owned(), id, tag, tenant, uuid });
        }
    }
    rows
}

/// Fails when a table of tenants is in none of the lists above.
pub async fn know_every_table(world: &World) {
    let mut known: Vec<&str> = NODES.iter().map(|(table, ..)| *table).collect();
    known.extend(JOINING.iter().map(|(table, _)| *table));
    known.extend(NAMELESS);
    let rows = world.rows().await;
    let owned = rows.0.iter().filter(|(_, table)| table.columns.contains("tenant_id") && table.columns.contains("id"));
    let unknown: Vec<_> = owned.map(|(name, _)| name).filter(|name| !known.contains(&name.as_str())).collect();
    assert!(unknown.is_empty(), "say in worlds/ids.rs how an outsider could name rows of {unknown:?}");
}

/// Ids of every kind that name nothing, or not what they seem to.
pub fn absent(hidden: &[RowId]) -> Vec<String> {
    let nothing = [0x5a; 16];
    let mut ids: Vec<String> = NODES.iter().map(|(_, tag, _)| record_id(*tag, 16, &nothing)).collect();
    let mut seen = BTreeMap::new();
    for row in hidden {
        let of_table: &mut u8 = seen.entry(row.table.as_str()).or_default();
        if *of_table < 2 {
            *of_table += 1;
            ids.push(row.posing_as(row.tag, row.tenant + 1));
            ids.push(row.posing_as(if row.tag == 17 { 2 } else { 17 }, row.tenant));
        }
    }
    ids.extend(["AQAAJxA", "QU5PVEhJTkc", "Qk5PVEhJTkc"].map(str::to_owned));
    ids
}

pub fn record_id(tag: u8, tenant: i32, uuid: &[u8; 16]) -> String {
    let mut bytes = vec![tag];
    bytes.extend(tenant.to_be_bytes());
    bytes.extend(uuid);
    encode(&bytes)
}

pub fn tenant_id(tenant: i32) -> String {
    let mut bytes = vec![1];
    bytes.extend(tenant.to_be_bytes());
    encode(&bytes)
}

/// A cursor of a list, made to point at another row: the row's uuid is the last of a cursor's keys.
pub fn spliced(cursor: &str, row: &RowId) -> String {
    let mut bytes = decode(cursor);
    let from = bytes.len() - 16;
    bytes[from..].copy_from_slice(&row.uuid);
    encode(&bytes)
}

fn uuid_of(hex: &str) -> [u8; 16] {
    std::array::from_fn(|index| u8::from_str_radix(&hex[2 * index..2 * index + 2], 16).unwrap())
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64 for URLs, without padding.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            text.push(char::from(DIGITS[bits >> (18 - 6 * digit) & 63]));
        }
    }
    text
}

fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for chunk in text.as_bytes().chunks(4) {
        let digit = |byte: &u8| DIGITS.iter().position(|digit| digit == byte).unwrap();
        let bits = chunk.iter().fold(0, |bits, byte| bits << 6 | digit(byte)) << (6 * (4 - chunk.len()));
        bytes.extend((0..chunk.len() - 1).map(|byte| u8::try_from(bits >> (16 - 8 * byte) & 255).unwrap()));
    }
    bytes
}

#[test]
fn base64_comes_back_as_it_was() {
    assert_eq!(tenant_id(1), "AQAAAAE");
    for length in 0..9 {
        let bytes: Vec<u8> = (0..length).map(|byte| 250_u8.wrapping_add(byte)).collect();
        assert_eq!(decode(&encode(&bytes)), bytes);
    }
}
