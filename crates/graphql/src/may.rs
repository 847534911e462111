//! "May I, and why not": what whoever asks may do with a record. The rules are the mutations' own, asked beforehand of the
//! scope and of the domain; here stands only which mutations there are.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use domain::actor::Action;
use domain::conflict::Side;
use domain::program::transition::Step;
use domain::{Fault, Visibility};
use persistence::Loader;
use persistence::edit::{Deed, Editable};

use crate::agency::Agency;
use crate::conflict::Conflict;
use crate::connection::NodeType;
use crate::error::Result;
use crate::mutation::UserErrorCode;
use crate::program::Program;
use crate::request::request;
use crate::source::Source;
use crate::value::Locale;

/// Something that whoever asks may not do with a record.
#[derive(Clone, Debug)]
pub struct BlockedAction {
    action: String,
    fault: Fault,
}

/// Something that whoever asks may not do with a record.
#[Object]
impl BlockedAction {
    /// The mutation: `programSign`.
    async fn action(&self) -> &str {
        &self.action
    }

    /// Why not: the code that the mutation would answer.
    async fn code(&self) -> UserErrorCode {
        self.fault.code.into()
    }

    /// Why not, and what to do about it, one sentence.
    async fn message(
        &self,
        #[graphql(default_with = "Some(Locale::Vi)", desc = "Language.")] locale: Option<Locale>,
    ) -> &str {
        locale.unwrap_or_default().pick(&self.fault.message_vi, Some(&self.fault.message))
    }
}

/// What whoever asks may do with a program (quyền thao tác), as it stands now. What is true here may still be refused for
/// what stands in the input, or because somebody was faster.
#[derive(Clone, Debug, SimpleObject)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the API")]
pub struct ProgramViewer {
    /// `programUpdate`.
    can_update: bool,
    /// `programSign`.
    can_sign: bool,
    /// `programPublish` for everybody.
    can_publish: bool,
    /// `programWithdraw`.
    can_withdraw: bool,
    /// `programAmend`.
    can_amend: bool,
    /// `programRenew`.
    can_renew: bool,
    /// `programConclude`.
    can_conclude: bool,
    /// `programTerminate`.
    can_terminate: bool,
    /// `programReopen`.
    can_reopen: bool,
    /// `programDelete`. A draft that others could see once is refused all the same.
    can_delete: bool,
    /// Each action that is not possible, and why, in the order of the fields.
    blocked_by: Vec<BlockedAction>,
}

/// What whoever asks may do with an agency (quyền thao tác), as it stands now. What is true here may still be refused for
/// what stands in the input, or because somebody was faster.
#[derive(Clone, Debug, SimpleObject)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the API")]
pub struct AgencyViewer {
    /// `agencyUpdate`.
    can_update: bool,
    /// `agencyRename`.
    can_rename: bool,
    /// `agencyDissolve`.
    can_dissolve: bool,
    /// `agencyPublish` for everybody.
    can_publish: bool,
    /// `agencyWithdraw`.
    can_withdraw: bool,
    /// `agencyDelete`. One that something refers to, or a draft that others could see once, is refused all the same.
    can_delete: bool,
    /// Each action that is not possible, and why, in the order of the fields.
    blocked_by: Vec<BlockedAction>,
}

/// What whoever asks may do with a record that is shown by itself (quyền thao tác), as it stands now. What is true here may
/// still be refused for what stands in the input, or because somebody was faster.
#[derive(Clone, Debug, SimpleObject)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the API")]
pub struct RecordViewer {
    /// Its update: `personUpdate`. Of a source, `sourceLink` and `sourceUnlink` as well.
    can_update: bool,
    /// Showing it to everybody: `personPublish`.
    can_publish: bool,
    /// Taking it back: `personWithdraw`.
    can_withdraw: bool,
    /// Its deletion: `personDelete`. One that something refers to, or a draft that others could see once, is refused all the same.
    can_delete: bool,
    /// Each action that is not possible, and why, in the order of the fields.
    blocked_by: Vec<BlockedAction>,
}

/// What whoever asks may do with a record that is a part of a program (quyền thao tác), and seen with it. What is true here
/// may still be refused for what stands in the input, or because somebody was faster.
#[derive(Clone, Debug, SimpleObject)]
pub struct PartViewer {
    /// Its update: `targetUpdate`.
    can_update: bool,
    /// Its deletion: `targetDelete`. One that something refers to is refused all the same.
    can_delete: bool,
    /// Each action that is not possible, and why, in the order of the fields.
    blocked_by: Vec<BlockedAction>,
}

/// What whoever asks may do with a disagreement between sources (quyền thao tác), as it stands now. What is true here may
/// still be refused for what stands in the input, or because somebody was faster.
#[derive(Clone, Debug, SimpleObject)]
pub struct ConflictViewer {
    /// `conflictResolve`.
    can_resolve: bool,
    /// `conflictReopen`.
    can_reopen: bool,
    /// `conflictDelete`.
    can_delete: bool,
    /// Each action that is not possible, and why, in the order of the fields.
    blocked_by: Vec<BlockedAction>,
}

/// Asks for one action after the other and gathers what is not possible.
struct Asking<'a, R> {
    loader: Arc<Loader>,
    /// The type of the record, with which its mutations' names begin.
    noun: &'static str,
    record: &'a R,
    blocked: Vec<BlockedAction>,
}

impl<'a, R: Editable> Asking<'a, R> {
    fn of<T: NodeType<Record = R>>(ctx: &Context<'_>, record: &'a R) -> Result<Self> {
        Ok(Self { loader: request(ctx)?.loader(), noun: T::NAME, record, blocked: Vec::new() })
    }

    fn may(&mut self, verb: &str, needs: Action, deed: Deed<R>) -> bool {
        let Some(fault) = self.loader.scope().refusal(needs, self.record, deed) else { return true };
        let (first, rest) = self.noun.split_at(1);
        self.blocked.push(BlockedAction { action: format!("{}{rest}{verb}", first.to_lowercase()), fault });
        false
    }

    fn edit(&mut self, verb: &str) -> bool {
        self.may(verb, Action::Edit, Deed::Change(|_| Ok(())))
    }

    fn publish(&mut self) -> bool {
        self.may("Publish", Action::Publish, Deed::Change(|record| record.shown(Visibility::Public)))
    }

    fn withdraw(&mut self) -> bool {
        self.may("Withdraw", Action::Publish, Deed::Change(|record| record.shown(Visibility::Draft)))
    }

    fn delete(&mut self) -> bool {
        self.may("Delete", Action::Edit, Deed::Delete(|_| Ok(())))
    }
}

impl ProgramViewer {
    /// Of a program.
    pub fn of(ctx: &Context<'_>, program: &domain::Program) -> Result<Self> {
        let mut asking = Asking::of::<Program>(ctx, program)?;
        Ok(Self {
            can_update: asking.edit("Update"),
            can_sign: asking.may("Sign", Action::Publish, Deed::Change(|program| program.step(Step::Sign))),
            can_publish: asking.publish(),
            can_withdraw: asking.withdraw(),
            can_amend: asking.may("Amend", Action::Edit, Deed::Follow(|old| old.status.after(Step::Amend).map(drop))),
            can_renew: asking.may("Renew", Action::Edit, Deed::Follow(|old| old.status.after(Step::Renew).map(drop))),
            can_conclude: asking.may("Conclude", Action::Publish, Deed::Change(|program| program.step(Step::Conclude))),
            can_terminate: asking.may(
                "Terminate",
                Action::Publish,
                Deed::Change(|program| program.step(Step::Terminate)),
            ),
            can_reopen: asking.may("Reopen", Action::Publish, Deed::Change(|program| program.step(Step::Reopen))),
            can_delete: asking.delete(),
            blocked_by: asking.blocked,
        })
    }
}

impl AgencyViewer {
    /// Of an agency.
    pub fn of(ctx: &Context<'_>, agency: &domain::Agency) -> Result<Self> {
        let mut asking = Asking::of::<Agency>(ctx, agency)?;
        Ok(Self {
            can_update: asking.edit("Update"),
            can_rename: asking.edit("Rename"),
            can_dissolve: asking.may("Dissolve", Action::Publish, Deed::Change(|agency| agency.lasts())),
            can_publish: asking.publish(),
            can_withdraw: asking.withdraw(),
            can_delete: asking.delete(),
            blocked_by: asking.blocked,
        })
    }
}

impl RecordViewer {
    /// Of a record.
    pub fn of<T: NodeType<Record: Editable>>(ctx: &Context<'_>, record: &T::Record) -> Result<Self> {
        Self::with::<T>(ctx, record, Deed::Delete(|_| Ok(())))
    }

    /// Of a source: what a dossier made is not deleted.
    pub fn of_source(ctx: &Context<'_>, source: &domain::Source) -> Result<Self> {
        Self::with::<Source>(ctx, source, Deed::Delete(domain::Source::may_go))
    }

    fn with<T: NodeType<Record: Editable>>(
        ctx: &Context<'_>,
        record: &T::Record,
        delete: Deed<T::Record>,
    ) -> Result<Self> {
        let mut asking = Asking::of::<T>(ctx, record)?;
        Ok(Self {
            can_update: asking.edit("Update"),
            can_publish: asking.publish(),
            can_withdraw: asking.withdraw(),
            can_delete: asking.may("Delete", Action::Edit, delete),
            blocked_by: asking.blocked,
        })
    }
}

impl PartViewer {
    /// Of a part.
    pub fn of<T: NodeType<Record: Editable>>(ctx: &Context<'_>, record: &T::Record) -> Result<Self> {
        let mut asking = Asking::of::<T>(ctx, record)?;
        Ok(Self { can_update: asking.edit("Update"), can_delete: asking.delete(), blocked_by: asking.blocked })
    }
}

impl ConflictViewer {
    /// Of a disagreement.
    pub fn of(ctx: &Context<'_>, conflict: &domain::Conflict) -> Result<Self> {
        let mut asking = Asking::of::<Conflict>(ctx, conflict)?;
        Ok(Self {
            can_resolve: asking.may(
                "Resolve",
                Action::Publish,
                Deed::Change(|conflict| conflict.resolve(&Side::At(0))),
            ),
            can_reopen: asking.may("Reopen", Action::Publish, Deed::Change(domain::Conflict::reopen)),
            can_delete: asking.delete(),
            blocked_by: asking.blocked,
        })
    }
}
