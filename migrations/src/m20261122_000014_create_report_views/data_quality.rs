//! How much is known of programs, province by province.

use super::View;

pub const VIEW: View = View {
    name: "report_data_quality",
    about: "A row for each province of which signed programs were recorded: how many, and of how many what is not known.",
    columns: &[
        ("province_slug", "t.slug", "URL name of the province, or of the center."),
        ("province_name", "t.name_vi", "Name of the province."),
        ("programs", "q.programs", "How many were recorded."),
        ("without_number", "q.without_number", "Those without a number."),
        ("without_date", "q.without_date", "Those without a signing day, not even a year."),
        ("without_period", "q.without_period", "Those without a period."),
        ("without_signatory", "q.without_signatory", "Those without a signatory."),
        ("without_named_signer", "q.without_named_signer", "Those without a signatory of whom a person is named."),
        ("without_source", "q.without_source", "Those that no source vouches for."),
        ("conflicts", "coalesce(c.conflicts, 0)", "How often sources disagree."),
        ("open_conflicts", "coalesce(c.open_conflicts, 0)", "How many of these are not resolved."),
        ("newest_source_on", "n.newest", "The day on which the newest source was published."),
    ],
    from: "(SELECT p.tenant_id, count(*) AS programs, \
             count(*) FILTER (WHERE p.number IS NULL) AS without_number, \
             count(*) FILTER (WHERE p.signed_on_latest IS NULL) AS without_date, \
             count(*) FILTER (WHERE p.period_start IS NULL AND p.period_end IS NULL AND NOT p.open_ended) AS without_period, \
             count(*) FILTER (WHERE s.signatories IS NULL) AS without_signatory, \
             count(*) FILTER (WHERE coalesce(s.named, 0) = 0) AS without_named_signer, \
             count(*) FILTER (WHERE v.record_id IS NULL) AS without_source \
             FROM programs p \
             LEFT JOIN (SELECT i.tenant_id, i.program_id, count(*) AS signatories, count(w.id) AS named FROM involvements i \
               LEFT JOIN people w ON w.tenant_id = i.tenant_id AND w.id = i.person_id \
               WHERE i.kind = 'SIGNATORY' GROUP BY 1, 2) s ON s.tenant_id = p.tenant_id AND s.program_id = p.id \
             LEFT JOIN (SELECT DISTINCT r.record_tenant_id, r.record_id FROM provenances r \
               JOIN sources x ON x.tenant_id = r.tenant_id AND x.id = r.source_id WHERE r.kind = 'PROGRAM' AND r.basis = 'STATED') v \
               ON v.record_tenant_id = p.tenant_id AND v.record_id = p.id \
             WHERE p.status <> 'DRAFT' GROUP BY 1) q \
           JOIN tenants t ON t.id = q.tenant_id \
           LEFT JOIN (SELECT record_tenant_id, count(*) AS conflicts, \
             count(*) FILTER (WHERE preferred IS NULL) AS open_conflicts FROM conflicts GROUP BY 1) c \
             ON c.record_tenant_id = q.tenant_id \
           LEFT JOIN (SELECT tenant_id, max(published_on_latest) AS newest FROM sources GROUP BY 1) n \
             ON n.tenant_id = q.tenant_id",
};
