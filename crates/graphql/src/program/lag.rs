//! How long after the program that it implements a program was signed.

use async_graphql::{Context, SimpleObject};
use domain::link::LinkTarget;
use futures_util::future::try_join_all;
use persistence::link;

use crate::connection::{all_children, one};
use crate::enums::Basis;
use crate::error::Result;
use crate::link::{ProgramLink, link_kind};
use crate::program::Program;

/// How long after a program that it implements a program was signed.
#[derive(SimpleObject)]
pub struct SigningLag {
    /// The program that it implements.
    parent: Program,
    /// Days between the two signings.
    days: i32,
    /// Whether the link between them is stated or inferred.
    basis: Basis,
}

/// The lag behind each implemented program, where both signing days are exact.
pub async fn signing_lags(ctx: &Context<'_>, program: &domain::Program) -> Result<Vec<SigningLag>> {
    let links: Vec<ProgramLink> = all_children(ctx, link::OF_PROGRAM, program.id, link_kind("IMPLEMENTS")).await?;
    let parent = |link: &ProgramLink| {
        let parent = if let LinkTarget::Program(id) = link.0.to { Some(id) } else { None };
        async move { one::<Program>(ctx, parent).await.transpose() }
    };
    let parents = try_join_all(links.iter().map(parent)).await?;
    let mut lags = Vec::new();
    for (link, parent) in links.iter().zip(parents) {
        let Some(parent) = parent else { continue };
        let days = match (&parent.record().signed_on, &program.signed_on) {
            (Some(from), Some(to)) => domain::date::days_between(&from.date, &to.date),
            _ => None,
        };
        if let Some(days) = days.and_then(|days| i32::try_from(days).ok()) {
            lags.push(SigningLag { parent, days, basis: link.0.basis.into() });
        }
    }
    Ok(lags)
}
