//! Programs, with the columns of the table of `/export`.

use super::View;

pub const VIEW: View = View {
    name: "report_programs",
    about: "Programs, plans, regulations, pledges of every level and province: one row a program.",
    columns: &[
        ("id", "phoihop_id(17, p.tenant_id, p.id)", "Global id of the program."),
        ("province_slug", "t.slug", "URL name of the province, or trung-uong for the center."),
        ("province_key", "t.key", "Frozen key of the version of the province: names and slugs are reused."),
        ("province_name", "t.name_vi", "Name of the province."),
        ("kind", "p.kind", "Kind of instrument: COORDINATION_PROGRAM, COORDINATION_REGULATION, …"),
        ("level", "p.level", "Level of the parties: CENTRAL, PROVINCE, DISTRICT, …"),
        ("status", "p.status", "Where it stands: DRAFT, SIGNED, CONCLUDED or TERMINATED."),
        ("number", "p.number", "Its number as printed."),
        ("number_status", "p.number_status", "What is known of the number: STATED, PARTIAL or NOT_STATED."),
        ("title", "p.title_vi", "Title, in Vietnamese."),
        ("title_en", "p.title_en", "Title in English, where there is one."),
        ("title_basis", "p.title_basis", "Whether the title was stated or inferred."),
        ("signed_on", "p.signed_on", "When it was signed, as exactly as it is known."),
        (
            "signed_on_inferred",
            "p.signed_on_inferred",
            "Why the date of signing was inferred; empty when it was stated.",
        ),
        ("signed_on_earliest", "p.signed_on_earliest", "First day that the date of signing can mean."),
        ("signed_on_latest", "p.signed_on_latest", "Last day that the date of signing can mean."),
        ("effective_from", "p.effective_from", "When it took effect."),
        (
            "period_start",
            "p.period_start",
            "Beginning of the time for which it was signed, as exactly as it was stated.",
        ),
        ("period_end", "p.period_end", "Its end; empty when it is open or was not stated."),
        ("open_ended", "p.open_ended", "Whether the source says that it runs without end."),
        ("period_earliest", "p.period_earliest", "First day that the period can mean."),
        ("period_latest", "p.period_latest", "Last day that the period can mean."),
        ("area_count", "p.area_count", "How many areas of cooperation the source counts."),
        ("visibility", "p.visibility", "Who may see it: PUBLIC, INTERNAL or DRAFT."),
    ],
    from: "programs p \
           JOIN tenants t ON t.id = p.tenant_id",
};
