//! Collective parties: `Công an các huyện, thành phố`.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use domain::actor::Action;
use domain::{AgencyGroup as Record, AgencyGroupMember, Id, Visibility};
use futures_util::FutureExt;
use persistence::edit::{self, Parts};
use persistence::{StoreError, Tx};

use crate::agency::AgencyGroup;
use crate::enums::AgencyLevel;
use crate::error::Result;
use crate::mutation::input::{Reader, steps, take};
use crate::mutation::list::{check, joined, store};
use crate::mutation::perform::{Order, delete, deletions, payloads, perform, show, shows};

payloads! {
    AgencyGroup as agency_group;
    /// What came of `agencyGroupCreate`.
    AgencyGroupCreatePayload,
    /// What came of `agencyGroupUpdate`.
    AgencyGroupUpdatePayload,
    /// What came of `agencyGroupPublish`.
    AgencyGroupPublishPayload,
    /// What came of `agencyGroupWithdraw`.
    AgencyGroupWithdrawPayload,
}

deletions! {
    /// What came of `agencyGroupDelete`.
    AgencyGroupDeletePayload,
}

steps! {
    /// The group that is taken back.
    AgencyGroupWithdrawInput,
    /// The group that goes.
    AgencyGroupDeleteInput,
}

shows! {
    /// Who may see a group from now on.
    AgencyGroupPublishInput,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct AgencyGroupMutation;

/// A part of what changes the graph.
#[Object]
impl AgencyGroupMutation {
    /// Records a collective party (nhóm cơ quan), as a draft that only its tenant's staff sees. Needs EDITOR.
    async fn agency_group_create(
        &self,
        ctx: &Context<'_>,
        input: AgencyGroupCreateInput,
    ) -> Option<Result<AgencyGroupCreatePayload>> {
        let order = Order::new("agencyGroupCreate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<AgencyGroup>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let group = input.read(&mut reader);
                let members = members(tx, &mut reader, group.id, input.members.as_deref()).await?;
                check(tx, &mut reader, &members).await?;
                let group = edit::create(tx, group, reader.faults).await?;
                store(tx, &group, members).await?;
                Ok(group)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Changes a collective party (sửa). Needs EDITOR; of a public one, PUBLISHER.
    async fn agency_group_update(
        &self,
        ctx: &Context<'_>,
        input: AgencyGroupUpdateInput,
    ) -> Option<Result<AgencyGroupUpdatePayload>> {
        let order = Order::new("agencyGroupUpdate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<AgencyGroup>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut group: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                let before = group.visibility;
                input.apply(&mut reader, &mut group);
                let members = members(tx, &mut reader, group.id, input.members.as_deref()).await?;
                check(tx, &mut reader, &members).await?;
                let group = edit::keep(tx, before, group, reader.faults).await?;
                store(tx, &group, members).await?;
                Ok(group)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Shows a group, and all that belongs to it, to more or fewer than now (công bố). Needs PUBLISHER.
    async fn agency_group_publish(
        &self,
        ctx: &Context<'_>,
        input: AgencyGroupPublishInput,
    ) -> Option<Result<AgencyGroupPublishPayload>> {
        let to = input.to();
        Some(show::<AgencyGroup>(ctx, "agencyGroupPublish", input, to).await.map(Into::into))
    }

    /// Takes a group back, with all that belongs to it: only its tenant's staff sees it then (thu hồi). Needs PUBLISHER.
    async fn agency_group_withdraw(
        &self,
        ctx: &Context<'_>,
        input: AgencyGroupWithdrawInput,
    ) -> Option<Result<AgencyGroupWithdrawPayload>> {
        Some(show::<AgencyGroup>(ctx, "agencyGroupWithdraw", input, Visibility::Draft).await.map(Into::into))
    }

    /// Deletes a group, as long as nothing refers to it (xóa). Needs EDITOR; of a public one, PUBLISHER.
    async fn agency_group_delete(
        &self,
        ctx: &Context<'_>,
        input: AgencyGroupDeleteInput,
    ) -> Option<Result<AgencyGroupDeletePayload>> {
        Some(delete::<Record>(ctx, "agencyGroupDelete", input).await.map(Into::into))
    }
}

/// A new collective party, which begins as a draft that only its tenant's staff sees.
#[derive(Clone, Debug, InputObject)]
pub struct AgencyGroupCreateInput {
    /// The province (or the center) that it is recorded for.
    pub tenant: ID,
    /// The words of the source.
    pub label: String,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: AgencyGroupDetails,
    /// Ids of the agencies known to be in it; they may belong to other tenants.
    pub members: Option<Vec<ID>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in a collective party. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct AgencyGroupUpdateInput {
    /// The group.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// The words of the source.
    pub label: Option<String>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: AgencyGroupDetails,
    /// Ids of the agencies known to be in it, in place of the stored list; they may belong to other tenants.
    pub members: Option<Vec<ID>>,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<AgencyGroupField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What else is known of a collective party.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AgencyGroupDetails {
    /// Code of the sector (ngành) of its members.
    pub sector: Option<String>,
    /// Level of its members.
    pub level: Option<AgencyLevel>,
    /// How many members the source counts; left out when it does not say.
    pub count: Option<i32>,
    /// Remarks of the compilers.
    pub note: Option<String>,
}

/// A field of a collective party that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum AgencyGroupField {
    /// The sector.
    Sector,
    /// The level.
    Level,
    /// How many members are counted.
    Count,
    /// The remarks.
    Note,
}

impl AgencyGroupCreateInput {
    fn read(&self, reader: &mut Reader) -> Record {
        let tenant = reader.tenant("tenant", &self.tenant);
        let mut group = Record {
            id: Id::generate(tenant),
            label: reader.text("label", &self.label),
            sector: None,
            level: None,
            count: None,
            note: None,
            visibility: Visibility::Draft,
            version: 0,
        };
        self.details.apply(reader, &mut group);
        group
    }
}

impl AgencyGroupUpdateInput {
    fn apply(&self, reader: &mut Reader, group: &mut Record) {
        for field in self.clear.iter().flatten() {
            match field {
                AgencyGroupField::Sector => group.sector = None,
                AgencyGroupField::Level => group.level = None,
                AgencyGroupField::Count => group.count = None,
                AgencyGroupField::Note => group.note = None,
            }
        }
        if let Some(label) = &self.label {
            group.label = reader.text("label", label);
        }
        self.details.apply(reader, group);
    }
}

impl AgencyGroupDetails {
    fn apply(&self, reader: &mut Reader, group: &mut Record) {
        if self.sector.is_some() {
            group.sector.clone_from(&self.sector);
        }
        if let Some(level) = self.level {
            group.level = Some(level.into());
        }
        if self.count.is_some() {
            group.count = self.count;
        }
        reader.put_text("note", &mut group.note, self.note.as_ref());
    }
}

async fn members(
    tx: &Tx,
    reader: &mut Reader,
    group: Id<Record>,
    ids: Option<&[ID]>,
) -> std::result::Result<Option<Parts<AgencyGroupMember>>, StoreError> {
    let Some(ids) = ids else { return Ok(None) };
    let stored: Vec<AgencyGroupMember> = edit::parts(tx, ("group_id", group), None).await?;
    let make = |id, agency, _| AgencyGroupMember { id, group, agency, visibility: Visibility::Draft };
    let wanted = joined(reader, "members", ids, (group.tenant, &stored), |one| one.agency, make);
    Ok(Some(Parts { path: vec!["members".to_owned()], stored, wanted }))
}
