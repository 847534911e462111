//! Who signed what, with the columns of the table of `/export`.

use super::View;

pub const VIEW: View = View {
    name: "report_signatories",
    about: "Who signed what: one row a signature. An office, seldom with a person's name, or a collective party.",
    columns: &[
        ("id", "phoihop_id(11, i.tenant_id, i.id)", "Global id of the signature."),
        ("province_slug", "t.slug", "URL name of the province, or trung-uong for the center."),
        ("province_key", "t.key", "Frozen key of the version of the province: names and slugs are reused."),
        ("province_name", "t.name_vi", "Name of the province."),
        ("program_id", "phoihop_id(17, p.tenant_id, p.id)", "Global id of the program."),
        ("program_number", "p.number", "Number of the program as printed."),
        ("program_title", "p.title_vi", "Title of the program, in Vietnamese."),
        ("program_signed_on", "p.signed_on", "When the program was signed, as exactly as it is known."),
        ("position", "i.position", "Order in print, from 1."),
        ("agency_id", "phoihop_id(2, a.tenant_id, a.id)", "Global id of the office; empty for collective parties."),
        ("agency_name", "a.name_vi", "Name of the office."),
        ("agency_level", "a.level", "Level of the office."),
        ("agency_province_slug", "home.slug", "URL name of the office's province, or trung-uong."),
        ("agency_sector", "a.sector", "Sector of the office."),
        ("agency_sector_name", "s.name_vi", "Name of the sector."),
        ("group_label", "g.label", "A collective party, in the words of the source."),
        ("group_count", "g.member_count", "How many the collective party is; empty when that was not stated."),
        ("group_sector", "g.sector", "Sector of the collective party."),
        ("group_sector_name", "gs.name_vi", "Name of the sector."),
        ("person_id", "phoihop_id(14, n.tenant_id, n.id)", "Global id of the person, where one is named."),
        ("person_name", "n.name", "Name of the person, where one is named."),
        ("rank", "i.rank", "Military or police rank as printed."),
        ("capacity", "i.capacity", "In which capacity."),
        ("signed_on", "i.signed_on", "When this party signed, where that is another day than the program's."),
        ("signed_on_earliest", "i.signed_on_earliest", "First day that the party's own date can mean."),
        ("signed_on_latest", "i.signed_on_latest", "Last day that the party's own date can mean."),
        ("basis", "i.basis", "STATED by the source or INFERRED."),
        ("reason", "i.reason", "Why it was inferred."),
        ("visibility", "i.visibility", "Who may see it: PUBLIC, INTERNAL or DRAFT."),
    ],
    from: "involvements i \
           JOIN tenants t ON t.id = i.tenant_id \
           LEFT JOIN programs p ON p.tenant_id = i.tenant_id AND p.id = i.program_id \
           LEFT JOIN agencies a ON a.tenant_id = i.agency_tenant_id AND a.id = i.agency_id \
           LEFT JOIN tenants home ON home.id = a.tenant_id \
           LEFT JOIN sectors s ON s.code = a.sector \
           LEFT JOIN agency_groups g ON g.tenant_id = i.tenant_id AND g.id = i.group_id \
           LEFT JOIN sectors gs ON gs.code = g.sector \
           LEFT JOIN people n ON n.tenant_id = i.tenant_id AND n.id = i.person_id \
           WHERE i.kind = 'SIGNATORY'",
};
