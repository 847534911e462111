//! Events.

use super::View;

pub const VIEW: View = View {
    name: "report_events",
    about: "Signing ceremonies, reviews, conferences: one row an event.",
    columns: &[
        ("id", "phoihop_id(10, e.tenant_id, e.id)", "Global id of the event."),
        ("province_slug", "t.slug", "URL name of the province, or trung-uong for the center."),
        ("province_key", "t.key", "Frozen key of the version of the province: names and slugs are reused."),
        ("province_name", "t.name_vi", "Name of the province."),
        ("kind", "e.kind", "SIGNING, INTERIM_REVIEW, FINAL_REVIEW, …: what took place, whatever it was called."),
        ("name", "e.name", "Its name."),
        ("held_on", "e.held_on", "When it was held, as exactly as it is known."),
        ("held_on_earliest", "e.held_on_earliest", "First day that it can mean."),
        ("held_on_latest", "e.held_on_latest", "Last day that it can mean."),
        ("place", "e.place", "Where, in words."),
        ("mode", "e.mode", "IN_PERSON, ONLINE or HYBRID."),
        ("remote_points", "e.remote_point_count", "How many remote points took part; empty when that was not stated."),
        ("program_ids", "about.ids", "Global ids of the programs that it dealt with, between semicolons."),
        ("visibility", "e.visibility", "Who may see it: PUBLIC, INTERNAL or DRAFT."),
    ],
    from: "events e \
           JOIN tenants t ON t.id = e.tenant_id \
           LEFT JOIN LATERAL (SELECT string_agg(phoihop_id(17, p.tenant_id, p.id), ';' ORDER BY l.position, l.id) AS ids \
             FROM event_programs l JOIN programs p ON p.tenant_id = l.program_tenant_id AND p.id = l.program_id \
             WHERE l.tenant_id = e.tenant_id AND l.event_id = e.id) about ON true",
};
