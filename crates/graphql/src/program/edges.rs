//! What hangs on a program: parties, links, figures, events, sources.

use std::sync::Arc;

use super::lag::{SigningLag, signing_lags};
use async_graphql::{Context, Object};
use persistence::{
    Filter, Operand, Test, area, award, conflict, direction, document, event, involvement, link, program, remark,
    result, source, target,
};

use crate::area::CooperationArea;
use crate::award::Award;
use crate::conflict::Conflict;
use crate::connection::{Connection, PageArgs, all_children, children};
use crate::direction::{Direction, Obligation, PlannedActivity};
use crate::document::Citation;
use crate::error::Result;
use crate::event::Event;
use crate::involvement::{Participant, Signatory};
use crate::link::{ProgramLink, link_kind};
use crate::remark::Remark;
use crate::result::Outcome;
use crate::scalar::Date;
use crate::source::Source;
use crate::target::Target;

/// What hangs on a program.
#[derive(Clone, Debug)]
pub struct ProgramEdges(Arc<domain::Program>);

impl ProgramEdges {
    /// The edges of a program.
    pub fn new(program: Arc<domain::Program>) -> Self {
        Self(program)
    }
}

/// What hangs on a program.
#[Object]
impl ProgramEdges {
    /// Who signed it, in printed order.
    async fn signatories(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Signatory>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, involvement::SIGNATORIES, self.0.id, Filter::default(), args).await)
    }

    /// Who has another role in it, in printed order.
    async fn participants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Participant>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, involvement::PARTICIPANTS, self.0.id, Filter::default(), args).await)
    }

    /// Links to other programs and to documents.
    async fn links(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<ProgramLink>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, link::OF_PROGRAM, self.0.id, Filter::default(), args).await)
    }

    /// Links from other programs.
    async fn backlinks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<ProgramLink>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, link::TO_PROGRAM, self.0.id, Filter::default(), args).await)
    }

    /// The programs and documents that it implements (thực hiện).
    async fn implements(&self, ctx: &Context<'_>) -> Option<Result<Vec<ProgramLink>>> {
        Some(all_children(ctx, link::OF_PROGRAM, self.0.id, link_kind("IMPLEMENTS")).await)
    }

    /// The programs that implement it; with `asOf` only those surely signed by that day.
    async fn implemented_by(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what was surely signed by this day.")] as_of: Option<Date>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<ProgramLink>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, link::TO_PROGRAM, self.0.id, implemented_by(as_of), args).await)
    }

    /// The instruments that it carries out, as a pledge does a plan.
    async fn executes(&self, ctx: &Context<'_>) -> Option<Result<Vec<ProgramLink>>> {
        Some(all_children(ctx, link::OF_PROGRAM, self.0.id, link_kind("EXECUTES")).await)
    }

    /// The instruments that carry it out.
    async fn executed_by(&self, ctx: &Context<'_>) -> Option<Result<Vec<ProgramLink>>> {
        Some(all_children(ctx, link::TO_PROGRAM, self.0.id, link_kind("EXECUTES")).await)
    }

    /// The instruments that it follows.
    async fn renews(&self, ctx: &Context<'_>) -> Option<Result<Vec<ProgramLink>>> {
        Some(all_children(ctx, link::OF_PROGRAM, self.0.id, link_kind("RENEWS")).await)
    }

    /// The instruments that follow it.
    async fn renewed_by(&self, ctx: &Context<'_>) -> Option<Result<Vec<ProgramLink>>> {
        Some(all_children(ctx, link::TO_PROGRAM, self.0.id, link_kind("RENEWS")).await)
    }

    /// The instruments that it changes.
    async fn amends(&self, ctx: &Context<'_>) -> Option<Result<Vec<ProgramLink>>> {
        Some(all_children(ctx, link::OF_PROGRAM, self.0.id, link_kind("AMENDS")).await)
    }

    /// The instruments that change it.
    async fn amended_by(&self, ctx: &Context<'_>) -> Option<Result<Vec<ProgramLink>>> {
        Some(all_children(ctx, link::TO_PROGRAM, self.0.id, link_kind("AMENDS")).await)
    }

    /// Days from the signing of each program that it implements to its own; only where both days are exact.
    async fn signing_lags(&self, ctx: &Context<'_>) -> Option<Result<Vec<SigningLag>>> {
        Some(signing_lags(ctx, &self.0).await)
    }

    /// What the parties work on together, in the order of the text.
    async fn areas(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<CooperationArea>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, area::OF_PROGRAM, self.0.id, Filter::default(), args).await)
    }

    /// What it means to reach, in the order of the text.
    async fn targets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Target>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, target::OF_PROGRAM, self.0.id, Filter::default(), args).await)
    }

    /// What came of it, in the order of the text.
    async fn results(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Outcome>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, result::OF_PROGRAM, self.0.id, Filter::default(), args).await)
    }

    /// Events that deal with it, by day.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Event>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, event::OF_PROGRAM, self.0.id, Filter::default(), args).await)
    }

    /// Awards given for it.
    async fn awards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Award>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, award::OF_PROGRAM, self.0.id, Filter::default(), args).await)
    }

    /// What was directed or announced about it.
    async fn directions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Direction>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, direction::OF_PROGRAM, self.0.id, Filter::default(), args).await)
    }

    /// What those directions oblige to.
    async fn obligations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Obligation>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, direction::OBLIGATIONS_OF_PROGRAM, self.0.id, Filter::default(), args).await)
    }

    /// Obligations that it fulfilled.
    async fn fulfills(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Obligation>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, direction::FULFILLED, self.0.id, Filter::default(), args).await)
    }

    /// Activities planned on named days.
    async fn planned_activities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<PlannedActivity>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, direction::PLANNED, self.0.id, Filter::default(), args).await)
    }

    /// Aims, significance, limitations.
    async fn remarks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Remark>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, remark::OF_PROGRAM, self.0.id, Filter::default(), args).await)
    }

    /// Documents that it cites.
    async fn citations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Citation>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, document::CITED_BY_PROGRAM, self.0.id, Filter::default(), args).await)
    }

    /// The articles that tell of it.
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Source>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, source::OF_PROGRAM, self.0.id, Filter::default(), args).await)
    }

    /// Where sources disagree about it.
    async fn conflicts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Conflict>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, conflict::OF_PROGRAM, self.0.id, Filter::default(), args).await)
    }
}

/// Links that say "implements", from programs surely signed by a day.
fn implemented_by(as_of: Option<Date>) -> Filter<domain::ProgramLink> {
    let mut all = vec![link_kind("IMPLEMENTS")];
    if let Some(day) = as_of {
        let signed = Filter::test(program::SIGNED_LATEST, Test::Lte(Operand::Date(day.0)));
        all.push(Filter::some(link::FROM, signed));
    }
    Filter::all(all)
}
