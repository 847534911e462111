//! `phoihop audit`: whether what was written by whom is still as it was written.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Subcommand;
use domain::Tenant;
use persistence::audit::Head;
use serde_json::json;

use super::tenant::chosen;
use crate::database;
use crate::{Clock, Failure, output};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read every tenant's chain from its beginning and say where it ends, or what is wrong with it
    ///
    /// A chain shows whether an entry was changed, put in, taken out, moved or cut off by somebody who did not write all
    /// that follows anew. Against whoever can write everything, keep the ends elsewhere: `--json` prints them, and
    /// `--kept FILE` compares with what was printed before.
    Verify(Verify),
}

#[derive(Debug, clap::Args)]
pub(super) struct Verify {
    /// Only this tenant
    #[arg(long, value_name = "KEY")]
    tenant: Option<String>,
    /// Ends that were printed before, by `--json`
    #[arg(long, value_name = "FILE")]
    kept: Option<PathBuf>,
    /// Print one JSON object instead of lines: the end of each chain, by tenant
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: database::Location,
}

pub(super) async fn run(command: Command) -> Result<(), Failure> {
    let Command::Verify(options) = command;
    let kept = match &options.kept {
        Some(path) => read_kept(path)?,
        None => BTreeMap::new(),
    };
    let store = options.database.open().await?;
    let tenants = chosen(&store, options.tenant.as_deref()).await?;
    let mut tx = store.begin_operation(Clock::system().occasion("audit")).await?;
    let (mut ends, mut broken) = (serde_json::Map::new(), Vec::new());
    for Tenant { id, key, .. } in tenants {
        tx.act_for(id, &[]).await?;
        match tx.verify_audit(id, kept.get(&key)).await? {
            Ok(head) if head.number == 0 => {}
            Ok(head) => {
                if !options.json {
                    output::line(format!("{key}: {} entries, the last {}", head.number, head.digest))?;
                }
                ends.insert(key, json!({ "number": head.number, "digest": head.digest }));
            }
            Err(what) => broken.push(format!("{key}: {what}")),
        }
    }
    if options.json {
        output::line(serde_json::Value::Object(ends))?;
    }
    if broken.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        format!("the audit is broken:\n  {}", broken.join("\n  ")),
        "compare with a backup from before, and find out who had the database's own credentials",
    ))
}

fn read_kept(path: &PathBuf) -> Result<BTreeMap<String, Head>, Failure> {
    let unreadable = |cause: &dyn std::fmt::Display| {
        Failure::new(
            format!("{} cannot be read: {cause}", path.display()),
            "give the file that `phoihop audit verify --json` printed",
        )
    };
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(&error))?;
    let ends: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).map_err(|error| unreadable(&error))?;
    let head = |(key, end): (String, serde_json::Value)| {
        let number = end.get("number").and_then(serde_json::Value::as_i64);
        let digest = end.get("digest").and_then(serde_json::Value::as_str).map(str::to_owned);
        let (Some(number), Some(digest)) = (number, digest) else {
            return Err(unreadable(&format!("the end of {key}")));
        };
        Ok((key, Head { number, digest }))
    };
    ends.into_iter().map(head).collect()
}
