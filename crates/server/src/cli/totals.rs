//! `phoihop totals`: whether the sums that are kept are what the results add up to, and adding them up anew.

use clap::Subcommand;
use domain::Tenant;
use persistence::reports::totals::Renew;
use serde_json::json;

use super::tenant::chosen;
use crate::database;
use crate::{Clock, Failure, output, totals};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Compare each sum that is kept with what the results add up to
    ///
    /// Sums of what was changed just now are left out: they are not read before they have been added up anew, which a
    /// running service does within seconds.
    Verify(Options),
    /// Add all results up anew, then compare
    Rebuild(Options),
}

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Only this tenant
    #[arg(long, value_name = "KEY")]
    tenant: Option<String>,
    /// Print one JSON object instead of lines
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: database::Location,
}

pub(super) async fn run(command: Command) -> Result<(), Failure> {
    let (options, rebuild) = match command {
        Command::Verify(options) => (options, false),
        Command::Rebuild(options) => (options, true),
    };
    let store = options.database.open().await?;
    let clock = Clock::system();
    let (mut told, mut wrong) = (serde_json::Map::new(), Vec::new());
    for Tenant { id, key, .. } in chosen(&store, options.tenant.as_deref()).await? {
        if rebuild {
            totals::renew(&store, clock, id, Renew::All).await?;
        }
        let verified = totals::verify(&store, clock, id).await?;
        wrong.extend(verified.wrong.iter().map(|one| format!("{key}: {one}")));
        if verified.sums == 0 && verified.marked == 0 {
            continue;
        }
        if !options.json {
            let left = match verified.marked {
                0 => String::new(),
                marked => format!("; indicators to be added up anew: {marked}"),
            };
            let right = verified.sums - verified.wrong.len();
            output::line(format!("{key}: {right} of {} sums are what the results add up to{left}", verified.sums))?;
        }
        let one = json!({ "sums": verified.sums, "wrong": verified.wrong.len(), "marked": verified.marked });
        told.insert(key, one);
    }
    if options.json {
        output::line(serde_json::Value::Object(told))?;
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        format!("sums are kept that are not what the results add up to:\n  {}", wrong.join("\n  ")),
        "add them up anew: `phoihop totals rebuild`; and please report how it came about",
    ))
}
