//! Programs that implement another one or a document, compared with it.

use std::collections::BTreeSet;

use async_graphql::{Context, Object};
use domain::link::LinkTarget;
use domain::reports::implementation::{PeriodGap, period_gap};
use domain::{Id, PartialDate};
use futures_util::future::try_join_all;

use crate::catalogue::Sector;
use crate::connection::{RowType, one};
use crate::document::Document;
use crate::error::Result;
use crate::link::ProgramLink;
use crate::program::Program;
use crate::request::request;

/// A program that implements another one or a document, compared with it.
#[derive(Clone, Copy, Debug)]
pub struct Implementation {
    link: Id<domain::ProgramLink>,
    own: Id<domain::Program>,
    parent: LinkTarget,
}

impl RowType for Implementation {
    type Listed = domain::ProgramLink;
    const ROW: &'static str = "Implementation";
}

impl Implementation {
    /// That of a link of this key, from this program.
    pub fn new(link: Id<domain::ProgramLink>, own: Id<domain::Program>, parent: LinkTarget) -> Self {
        Self { link, own, parent }
    }

    /// That of a link.
    pub fn of(link: &domain::ProgramLink) -> Self {
        Self::new(link.id, link.from, link.to)
    }

    fn of_program(self) -> Option<Id<domain::Program>> {
        if let LinkTarget::Program(id) = self.parent { Some(id) } else { None }
    }

    fn of_document(self) -> Option<Id<domain::Document>> {
        if let LinkTarget::Document(id) = self.parent { Some(id) } else { None }
    }

    /// The day from which the lag counts.
    async fn begun(self, ctx: &Context<'_>) -> Result<Option<PartialDate>> {
        if let Some(program) = one::<Program>(ctx, self.of_program()).await.transpose()? {
            return Ok(program.record().signed_on.as_ref().map(|on| on.date.clone()));
        }
        let document = one::<Document>(ctx, self.of_document()).await.transpose()?;
        Ok(document.and_then(|document| document.0.issued_on.clone()))
    }

    async fn lag(self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let Some(program) = one::<Program>(ctx, Some(self.own)).await.transpose()? else { return Ok(None) };
        let from = self.begun(ctx).await?;
        let days = from.zip(program.record().signed_on.as_ref());
        let days = days.and_then(|(from, to)| domain::date::days_between(&from, &to.date));
        Ok(days.and_then(|days| i32::try_from(days).ok()))
    }

    async fn gap(self, ctx: &Context<'_>) -> Result<PeriodGap> {
        let own = one::<Program>(ctx, Some(self.own)).await.transpose()?;
        let parent = one::<Program>(ctx, self.of_program()).await.transpose()?;
        let period = |program: Option<Program>| program.and_then(|program| program.record().period.clone());
        Ok(period(own).zip(period(parent)).map_or_else(PeriodGap::default, |(own, parent)| period_gap(&own, &parent)))
    }

    /// The sectors that signed it, and those that signed what it implements; none of the two where nobody knows one.
    async fn both(self, ctx: &Context<'_>) -> Result<Option<(BTreeSet<String>, BTreeSet<String>)>> {
        let Some(parent) = self.of_program() else { return Ok(None) };
        let loader = request(ctx)?.loader();
        let (own, parent) = futures_util::try_join!(loader.signing_sectors(self.own), loader.signing_sectors(parent))?;
        Ok((!own.is_empty() && !parent.is_empty()).then_some((own, parent)))
    }
}

/// A program that implements another one or a document, compared with it.
#[Object]
impl Implementation {
    /// The link that says so, stated or inferred.
    async fn link(&self, ctx: &Context<'_>) -> Option<Result<ProgramLink>> {
        one(ctx, Some(self.link)).await
    }

    /// The program.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, Some(self.own)).await
    }

    /// The program that it implements; null when it implements a document.
    async fn parent_program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, self.of_program()).await
    }

    /// The document that it implements; null when it implements a program.
    async fn parent_document(&self, ctx: &Context<'_>) -> Option<Result<Document>> {
        one(ctx, self.of_document()).await
    }

    /// Days from the signing of the program, or the issue of the document, that it implements, to its own signing; null
    /// unless both days are known.
    async fn lag_days(&self, ctx: &Context<'_>) -> Option<Result<i32>> {
        self.lag(ctx).await.transpose()
    }

    /// The sectors that signed it, as far as they are known.
    async fn sectors(&self, ctx: &Context<'_>) -> Option<Result<Vec<Sector>>> {
        Some(signing(ctx, self.own).await)
    }

    /// The sectors that signed what it implements, and not this one. Null when it implements a document, or when no
    /// signatory's sector is known of one of the two.
    async fn missing_sectors(&self, ctx: &Context<'_>) -> Option<Result<Vec<Sector>>> {
        beyond(ctx, self.both(ctx).await, |(own, parents)| parents.difference(&own).cloned().collect()).await
    }

    /// The sectors that signed this one, and not what it implements. Null as with `missingSectors`.
    async fn extra_sectors(&self, ctx: &Context<'_>) -> Option<Result<Vec<Sector>>> {
        beyond(ctx, self.both(ctx).await, |(own, parents)| own.difference(&parents).cloned().collect()).await
    }

    /// Days from the first day of the period of the program that it implements to that of its own; negative where it
    /// begins earlier. Null unless both are stated. A year or a month stands for the whole of it.
    async fn starts_after_days(&self, ctx: &Context<'_>) -> Option<Result<i32>> {
        days(self.gap(ctx).await, |gap| gap.starts_after)
    }

    /// Days from the last day of the period of the program that it implements to that of its own; negative where it ends
    /// earlier. Null unless both are stated.
    async fn ends_after_days(&self, ctx: &Context<'_>) -> Option<Result<i32>> {
        days(self.gap(ctx).await, |gap| gap.ends_after)
    }
}

fn days(gap: Result<PeriodGap>, of: impl Fn(PeriodGap) -> Option<i64>) -> Option<Result<i32>> {
    gap.map(|gap| of(gap).and_then(|days| i32::try_from(days).ok())).transpose()
}

async fn signing(ctx: &Context<'_>, program: Id<domain::Program>) -> Result<Vec<Sector>> {
    let codes = request(ctx)?.loader().signing_sectors(program).await?;
    named(ctx, codes).await
}

async fn beyond(
    ctx: &Context<'_>,
    both: Result<Option<(BTreeSet<String>, BTreeSet<String>)>>,
    codes: impl Fn((BTreeSet<String>, BTreeSet<String>)) -> BTreeSet<String>,
) -> Option<Result<Vec<Sector>>> {
    match both {
        Ok(both) => Some(named(ctx, codes(both?)).await),
        Err(error) => Some(Err(error)),
    }
}

async fn named(ctx: &Context<'_>, codes: BTreeSet<String>) -> Result<Vec<Sector>> {
    let sector = |code| async move { one::<Sector>(ctx, Some(code)).await.transpose() };
    Ok(try_join_all(codes.into_iter().map(sector)).await?.into_iter().flatten().collect())
}
