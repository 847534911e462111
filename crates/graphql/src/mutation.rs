//! The mutations, by noun. Each converts its input into a command, has the store carry it out in one transaction
//! ([`perform`]), and answers with the record as it is then, or with everything that is wrong with the input. It takes no
//! decision: who may do what, and what may follow what, is said in the domain and asked beside the write.

mod agency;
mod award;
mod bulk;
mod catalogue;
mod conflict;
mod direction;
mod document;
mod dossier;
mod event;
mod export_job;
mod grant;
mod input;
mod key;
mod list;
mod perform;
mod person;
mod program;
mod remark;
mod report;
mod result;
mod source;
mod submission;
mod target;
mod tenant;

use async_graphql::MergedObject;

pub use perform::UserErrorCode;

/// What changes the graph. Each field is carried out by itself, one after the other, all of it or nothing.
#[derive(Clone, Copy, Debug, Default, MergedObject)]
pub struct Mutation(
    program::ProgramMutation,
    agency::AgencyMutation,
    agency::AgencyGroupMutation,
    person::PersonMutation,
    event::EventMutation,
    export_job::ExportJobMutation,
    document::DocumentMutation,
    target::TargetMutation,
    result::ResultMutation,
    result::ResultBulkMutation,
    program::ProgramBulkMutation,
    award::AwardMutation,
    direction::DirectionMutation,
    remark::RemarkMutation,
    dossier::DossierMutation,
    source::SourceMutation,
    conflict::ConflictMutation,
    grant::GrantMutation,
    key::KeyMutation,
    report::ReportMutation,
    submission::SubmissionMutation,
    catalogue::CatalogueMutation,
    catalogue::SectorMutation,
    catalogue::IndicatorMutation,
    catalogue::ReorganizationMutation,
    tenant::TenantMutation,
);
