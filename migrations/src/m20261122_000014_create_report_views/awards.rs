//! Awards, one by one: those who ask add them up as they need.

use super::View;

pub const VIEW: View = View {
    name: "report_awards",
    about: "Awards and batches of them, as stated: one row an award. Recipients of several may be the same.",
    columns: &[
        ("id", "phoihop_id(4, w.tenant_id, w.id)", "Global id of the award."),
        ("province_slug", "t.slug", "URL name of the province, or trung-uong for the center."),
        ("province_key", "t.key", "Frozen key of the version of the province: names and slugs are reused."),
        ("province_name", "t.name_vi", "Name of the province."),
        ("program_id", "phoihop_id(17, p.tenant_id, p.id)", "Global id of the program."),
        ("program_number", "p.number", "Number of the program as printed."),
        ("program_title", "p.title_vi", "Title of the program, in Vietnamese."),
        ("event_id", "phoihop_id(10, e.tenant_id, e.id)", "Global id of the event where it was given."),
        ("position", "w.position", "Order in the text, from 1."),
        ("kind", "w.kind", "What was given, as printed."),
        ("givers", "g.names", "Who gave it, between semicolons."),
        ("collectives", "w.collectives", "How many collectives received it; empty when that was not stated."),
        ("individuals", "w.individuals", "How many individuals received it; empty when that was not stated."),
        ("mixed_total", "w.mixed_total", "A total that mixes both."),
        ("overlap_unknown", "w.overlap_unknown", "Whether another award may count the same recipients."),
        ("reason", "w.reason", "What for."),
        ("visibility", "w.visibility", "Who may see it: PUBLIC, INTERNAL or DRAFT."),
    ],
    from: "awards w \
           JOIN tenants t ON t.id = w.tenant_id \
           LEFT JOIN programs p ON p.tenant_id = w.tenant_id AND p.id = w.program_id \
           LEFT JOIN events e ON e.tenant_id = w.tenant_id AND e.id = w.event_id \
           LEFT JOIN LATERAL (SELECT string_agg(coalesce(a.name_vi, i.label), ';' ORDER BY i.position, i.id) AS names \
             FROM involvements i LEFT JOIN agencies a ON a.tenant_id = i.agency_tenant_id AND a.id = i.agency_id \
             WHERE i.tenant_id = w.tenant_id AND i.award_id = w.id AND i.kind = 'GIVER') g ON true",
};
