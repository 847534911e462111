//! Programs beside what they implement: how long after it they were signed, and by whom. The rows of one parent are its
//! coverage.

use super::View;

pub const VIEW: View = View {
    name: "report_signing_lag",
    about: "A row for each program or document that a signed program implements. The rows of one parent say which \
            provinces carry it out; a province without a row was not recorded, which is no \"no\".",
    columns: &[
        ("province_slug", "t.slug", "URL name of the province, or of the center."),
        ("province_name", "t.name_vi", "Name of the province."),
        ("program_id", "phoihop_id(17, p.tenant_id, p.id)", "Global id of the program."),
        ("program_number", "p.number", "Its number as printed."),
        ("program_title", "p.title_vi", "Its title."),
        ("signed_on", "p.signed_on", "When it was signed, as exactly as it is known."),
        ("parent_program_id", "phoihop_id(17, o.tenant_id, o.id)", "The program that it implements."),
        ("parent_program_number", "o.number", "Its number as printed."),
        ("parent_program_title", "o.title_vi", "Its title."),
        ("parent_document_id", "phoihop_id(9, d.tenant_id, d.id)", "The document that it implements."),
        ("parent_document_number", "d.number", "Its number as printed."),
        (
            "lag_days",
            "CASE WHEN p.signed_on ~ '^\\d{4}-\\d\\d-\\d\\d$' AND coalesce(o.signed_on, d.issued_on) ~ '^\\d{4}-\\d\\d-\\d\\d$' \
             THEN p.signed_on_earliest - coalesce(o.signed_on_earliest, d.issued_on_earliest) END",
            "Days from the signing, or the issue, of what it implements; empty unless both days are known.",
        ),
        ("basis", "l.basis", "Whether the link was STATED or INFERRED."),
        ("sectors", "s.codes", "Sectors that signed it, between semicolons."),
    ],
    from: "program_links l \
           JOIN programs p ON p.tenant_id = l.tenant_id AND p.id = l.program_id AND p.status <> 'DRAFT' \
           JOIN tenants t ON t.id = p.tenant_id \
           LEFT JOIN programs o ON o.tenant_id = l.to_program_tenant_id AND o.id = l.to_program_id \
           LEFT JOIN documents d ON d.tenant_id = l.to_document_tenant_id AND d.id = l.to_document_id \
           LEFT JOIN LATERAL (SELECT string_agg(DISTINCT coalesce(a.sector, g.sector), ';') AS codes \
             FROM involvements i \
             LEFT JOIN agencies a ON a.tenant_id = i.agency_tenant_id AND a.id = i.agency_id \
             LEFT JOIN agency_groups g ON g.tenant_id = i.tenant_id AND g.id = i.group_id \
             WHERE i.kind = 'SIGNATORY' AND i.tenant_id = p.tenant_id AND i.program_id = p.id) s ON true \
           WHERE l.kind = 'IMPLEMENTS' AND (o.id IS NOT NULL OR d.id IS NOT NULL)",
};
