//! What came of programs, with the columns of the table of `/export`.

use super::View;

pub const VIEW: View = View {
    name: "report_results",
    about: "What came of programs: one row a figure or finding. Figures with of_result_id or subset_of_id are about another row, and do not add up with it.",
    columns: &[
        ("id", "phoihop_id(20, r.tenant_id, r.id)", "Global id of the result."),
        ("province_slug", "t.slug", "URL name of the province, or trung-uong for the center."),
        ("province_key", "t.key", "Frozen key of the version of the province: names and slugs are reused."),
        ("province_name", "t.name_vi", "Name of the province."),
        ("program_id", "phoihop_id(17, p.tenant_id, p.id)", "Global id of the program."),
        ("program_number", "p.number", "Number of the program as printed."),
        ("program_title", "p.title_vi", "Title of the program, in Vietnamese."),
        ("event_id", "phoihop_id(10, e.tenant_id, e.id)", "Global id of the event where it was reported."),
        ("position", "r.position", "Order in the text, from 1."),
        ("indicator", "r.indicator", "What is measured."),
        ("indicator_name", "i.label_vi", "Name of what is measured."),
        ("label", "r.label", "The result, in our own words."),
        (
            "value",
            "trim_scale(r.value_e4::numeric / 10000)",
            "The number; empty when none was stated, which is not zero.",
        ),
        ("qualifier", "r.qualifier", "How the number is meant: EXACT, OVER, ABOUT, …"),
        ("quantity_text", "r.quantity_text", "The figure in the words of the source."),
        ("unit", "i.unit", "What is counted; empty for what is not counted."),
        ("unit_name", "u.name_vi", "Name of what is counted."),
        ("statement", "r.statement", "The finding of a qualitative result, in our own words."),
        ("period_start", "r.period_start", "Beginning of the time that it covers, as exactly as it was stated."),
        ("period_end", "r.period_end", "Its end; empty when it is open or was not stated."),
        ("open_ended", "r.open_ended", "Whether the source says that it runs without end."),
        ("period_earliest", "r.period_earliest", "First day that the period can mean."),
        ("period_latest", "r.period_latest", "Last day that the period can mean."),
        ("as_of", "r.as_of", "The day a stock was counted."),
        ("scope", "r.scope", "What it covers."),
        ("of_result_id", "phoihop_id(20, activity.tenant_id, activity.id)", "The activity whose audience this counts."),
        (
            "subset_of_id",
            "phoihop_id(20, whole.tenant_id, whole.id)",
            "The figure that this one is a part of; the two never add up.",
        ),
        ("denominator_id", "phoihop_id(20, total.tenant_id, total.id)", "The figure that this one is a share of."),
        ("visibility", "r.visibility", "Who may see it: PUBLIC, INTERNAL or DRAFT."),
    ],
    from: "results r \
           JOIN tenants t ON t.id = r.tenant_id \
           LEFT JOIN programs p ON p.tenant_id = r.tenant_id AND p.id = r.program_id \
           LEFT JOIN indicators i ON i.code = r.indicator \
           LEFT JOIN units u ON u.code = i.unit \
           LEFT JOIN events e ON e.tenant_id = r.tenant_id AND e.id = r.event_id \
           LEFT JOIN results activity ON activity.tenant_id = r.tenant_id AND activity.id = r.of_result_id \
           LEFT JOIN results whole ON whole.tenant_id = r.tenant_id AND whole.id = r.subset_of_id \
           LEFT JOIN results total ON total.tenant_id = r.tenant_id AND total.id = r.denominator_id",
};
