//! Programs that provinces brought into a merger and that do the same.

use async_graphql::{ComplexObject, Context, Enum, SimpleObject};
use domain::link::LinkTarget;
use domain::{Id, TenantId};
use futures_util::future::try_join_all;

use crate::catalogue::Topic;
use crate::connection::one;
use crate::document::Document;
use crate::error::{Error, ErrorCode, Result};
use crate::filter::conditions;
use crate::program::{Program, ProgramWhere};
use crate::reports::day;
use crate::request::request;
use crate::scalar::Date;
use crate::tenant::Province;

/// What several programs have in common.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::reports::overlaps::OverlapKind")]
pub enum OverlapKind {
    /// They implement the same program or document.
    SameParent,
    /// They deal with the same topic, and the same sectors signed them.
    SameTopic,
}

/// Programs of several provinces that are one province now, and that do the same.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Overlap {
    /// What they have in common.
    kind: OverlapKind,
    #[graphql(skip)]
    province: TenantId,
    #[graphql(skip)]
    parent: Option<LinkTarget>,
    #[graphql(skip)]
    topic: Option<String>,
    #[graphql(skip)]
    programs: Vec<Id<domain::Program>>,
}

/// What takes further reading.
#[ComplexObject]
impl Overlap {
    /// The province that follows theirs.
    async fn province(&self, ctx: &Context<'_>) -> Option<Result<Province>> {
        one(ctx, Some(self.province)).await
    }

    /// The program that all of them implement; of `SAME_PARENT` only.
    async fn parent_program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        let Some(LinkTarget::Program(id)) = self.parent else { return None };
        one(ctx, Some(id)).await
    }

    /// The document that all of them implement; of `SAME_PARENT` only.
    async fn parent_document(&self, ctx: &Context<'_>) -> Option<Result<Document>> {
        let Some(LinkTarget::Document(id)) = self.parent else { return None };
        one(ctx, Some(id)).await
    }

    /// The topic of all of them; of `SAME_TOPIC` only.
    async fn topic(&self, ctx: &Context<'_>) -> Option<Result<Topic>> {
        one(ctx, self.topic.clone()).await
    }

    /// The programs, of two provinces at least.
    async fn programs(&self, ctx: &Context<'_>) -> Option<Result<Vec<Program>>> {
        Some(programs(ctx, &self.programs).await)
    }
}

async fn programs(ctx: &Context<'_>, ids: &[Id<domain::Program>]) -> Result<Vec<Program>> {
    let program = |id: &Id<domain::Program>| {
        let id = *id;
        async move { one::<Program>(ctx, Some(id)).await.transpose() }
    };
    Ok(try_join_all(ids.iter().map(program)).await?.into_iter().flatten().collect())
}

/// The report.
pub async fn overlaps(ctx: &Context<'_>, filter: Option<ProgramWhere>, on: Option<Date>) -> Result<Vec<Overlap>> {
    let on = day(ctx, on)?;
    let found = request(ctx)?.loader().scope().overlaps(conditions(filter)?, on).await?;
    let found = found.ok_or_else(|| {
        Error::new(
            ErrorCode::PageTooLarge,
            "there are more than 20000 programs to look through",
            "narrow them by where: a province, a region, a topic",
        )
    })?;
    let overlap = |one: domain::reports::overlaps::Overlap| Overlap {
        kind: one.kind.into(),
        province: one.province,
        parent: one.parent,
        topic: one.topic,
        programs: one.programs,
    };
    Ok(found.into_iter().map(overlap).collect())
}
