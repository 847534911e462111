//! What only world A′ knows: for each of four tenants dossiers that somebody may not see, with something in every
//! section. Every text of it has the canary in it, which occurs nowhere else.
//!
//! A hidden dossier describes new agencies and documents of its own tenant only. What it names of other tenants is
//! described by the samples already, and its text here must name it exactly as they do.

use crate::harness::Engine;

/// Part of every hidden text, and of no other.
pub const CANARY: &str = "kxqz";

/// One tenant that hides something.
struct Place {
    /// Unique, short, and part of every canary word.
    name: &'static str,
    tenant: &'static str,
    level: &'static str,
    locality: &'static str,
    /// A public agency of the tenant, as the samples describe it.
    own_agency: &'static str,
    /// A public agency of another tenant.
    other_agency: &'static str,
    /// A public document of another tenant, or of this one.
    other_document: &'static str,
    /// A public program of another tenant.
    other_program: &'static str,
    /// A public person of the tenant: dossier and local key.
    person: (&'static str, &'static str),
}

const MINISTRY: &str = "name: Bộ Công an, sector: POLICE, level: CENTRAL, tenant: {slug: trung-uong}";
const DECISION: &str = "kind: DECISION, number: 238-QĐ/TW, tenant: {slug: trung-uong}";
const CENTRAL_PROGRAM: &str = "kind: COORDINATION_PROGRAM, level: CENTRAL, tenant: {slug: trung-uong}, \
    number: 11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC, \
    title: Chương trình phối hợp trong công tác bảo vệ phụ nữ và trẻ em gái giai đoạn 2019 - 2022";

const PLACES: [Place; 4] = [
    Place {
        name: "thaibinh",
        tenant: "{slug: thai-binh, asOf: 2022-06-01}",
        level: "PROVINCE",
        locality: "locality: Quỳnh Phụ",
        own_agency: "name: Công an tỉnh Thái Bình, sector: POLICE, level: PROVINCE",
        other_agency: MINISTRY,
        other_document: DECISION,
        other_program: CENTRAL_PROGRAM,
        person: ("seed-0", "lai-hop-manh"),
    },
    Place {
        name: "sonla",
        tenant: "{slug: son-la, asOf: 2022-06-01}",
        level: "PROVINCE",
        locality: "locality: Mộc Châu",
        own_agency: "name: Công an tỉnh Sơn La, sector: POLICE, level: PROVINCE",
        other_agency: MINISTRY,
        other_document: DECISION,
        other_program: CENTRAL_PROGRAM,
        person: ("seed-1", "bui-thanh-thuy"),
    },
    Place {
        name: "vinhphuc",
        tenant: "{slug: vinh-phuc, asOf: 2022-06-01}",
        level: "PROVINCE",
        locality: "locality: Lập Thạch",
        own_agency: "name: Công an tỉnh Vĩnh Phúc, sector: POLICE, level: PROVINCE",
        other_agency: MINISTRY,
        other_document: DECISION,
        other_program: CENTRAL_PROGRAM,
        person: ("seed-2", "dinh-ngoc-khoa"),
    },
    Place {
        name: "trunguong",
        tenant: "{slug: trung-uong}",
        level: "CENTRAL",
        locality: "areaCount: 3",
        own_agency: "name: Viện kiểm sát nhân dân tối cao, sector: PROCURACY, level: CENTRAL",
        other_agency: "name: Công an tỉnh Thái Bình, sector: POLICE, level: PROVINCE, \
            tenant: {slug: thai-binh, asOf: 2022-06-01}",
        other_document: "kind: DIRECTIVE, number: 21-CT/TW",
        other_program: "kind: COORDINATION_PROGRAM, level: PROVINCE, tenant: {slug: thai-binh, asOf: 2022-06-01}, \
            title: Chương trình phối hợp thực hiện công tác bảo vệ phụ nữ và trẻ em gái tỉnh Thái Bình giai đoạn 2020 - 2022",
        person: ("seed-3", "tran-cong-phan"),
    },
];

/// The dossiers of the places and visibilities that `hidden` names, each a file's name and its text.
pub fn dossiers(hidden: impl Fn(&str, &str) -> bool) -> Vec<(String, String)> {
    let all =
        ["DRAFT", "INTERNAL"].into_iter().flat_map(|visibility| PLACES.iter().map(move |place| (place, visibility)));
    let one = |(place, visibility): (&Place, &str)| {
        let word = format!("{CANARY}{}{}", place.name, visibility.to_lowercase());
        (format!("{word}.yaml"), text(place, visibility, &word))
    };
    all.filter(|(place, visibility)| hidden(place.name, visibility)).map(one).collect()
}

fn text(place: &Place, visibility: &str, word: &str) -> String {
    TEXT.replace("WORD", word)
        .replace("VISIBILITY", visibility)
        .replace("TENANT", place.tenant)
        .replace("LEVEL", place.level)
        .replace("LOCALITY", place.locality)
        .replace("OWN_AGENCY", place.own_agency)
        .replace("OTHER_AGENCY", place.other_agency)
        .replace("OTHER_DOCUMENT", place.other_document)
        .replace("OTHER_PROGRAM", place.other_program)
        .replace("DOSSIER", place.person.0)
        .replace("PERSON", place.person.1)
}

/// Statements that add grants between two provinces which nobody here acts for: one asked for, one in force.
pub fn grants(engine: Engine) -> Vec<String> {
    let tenant = |slug: &str| format!("(SELECT min(id) FROM tenants WHERE slug = '{slug}')");
    let one = |number: u8, status: &str, approved: &str| {
        let uuid = match engine {
            Engine::Sqlite => format!("X'{}'", format!("{number:02x}").repeat(16)),
            Engine::Postgres => format!("CAST('{}' AS uuid)", format!("{number:02x}").repeat(16)),
        };
        format!(
            "INSERT INTO grants (tenant_id, id, grantee_tenant_id, every_province, opens_programs, opens_people, basis, \
             status, valid_from, valid_to, purpose, requested_by, approved_by, revoked_by, version) \
             VALUES ({}, {uuid}, {}, false, true, true, 'AGREED', '{status}', '2026-01-01', '2027-12-31', \
             '{CANARY}', '{CANARY}', {approved}, NULL, 1)",
            tenant("ha-giang"),
            tenant("ca-mau"),
        )
    };
    vec![one(0x71, "REQUESTED", "NULL"), one(0x72, "APPROVED", "'kxqz'")]
}

/// Tables that colleagues are having made, one of each tenant that a persona acts for.
pub fn export_jobs(engine: Engine) -> Vec<String> {
    let uuid = |text: &str| match engine {
        Engine::Sqlite => format!("X'{}'", text.replace('-', "")),
        Engine::Postgres => format!("CAST('{text}' AS uuid)"),
    };
    let one = |(id, key): (&&str, &str)| {
        format!(
            "INSERT INTO export_jobs (tenant_id, id, holder, principal, roles, shown_until, table_name, format, parameters, \
             status, attempts, row_count, byte_count, created_at) \
             SELECT id, {}, {}, '{CANARY}', '[]', 0, 'programs', 'CSV', '[]', 'QUEUED', 0, 0, 0, '2026-11-22T00:00:00Z' \
             FROM tenants WHERE key = '{key}'",
            uuid(id),
            uuid("74747474-7474-4474-8474-747474747474"),
        )
    };
    EXPORT_JOBS.iter().zip(["hung-yen:2025", "son-la", "phu-tho:2025", "trung-uong"]).map(one).collect()
}

/// Their ids, which are no secret that protects anything either.
pub const EXPORT_JOBS: [&str; 4] = [
    "73737373-7373-4373-8373-737373737370",
    "73737373-7373-4373-8373-737373737371",
    "73737373-7373-4373-8373-737373737372",
    "73737373-7373-4373-8373-737373737373",
];

/// A dossier about everything. Capitals stand for what differs from place to place.
const TEXT: &str = include_str!("hidden.yaml");
