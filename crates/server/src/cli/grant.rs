//! `phoihop grant`: one tenant asks to read another's internal records, the other decides.
//!
//! Whoever works here has the database's own credentials and says for which tenant they act.

use std::collections::BTreeSet;
use std::fmt::Display;

use chrono::NaiveDate;
use clap::{Subcommand, ValueEnum};
use domain::actor::Principal;
use domain::grant::{DataSet, Grant, GrantRequest};
use persistence::{StoreError, Tx};
use uuid::Uuid;

use super::tenant::{by_key, key_of};
use crate::database;
use crate::{Clock, Failure, output};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the grants that a tenant holds or gives
    List {
        /// The tenant
        #[arg(long, value_name = "KEY")]
        tenant: String,
        #[command(flatten)]
        database: database::Location,
    },
    /// Ask another tenant to let one read its internal records
    Request(Request),
    /// Say yes to a request, as the tenant whose records are meant
    Approve(Decision),
    /// Refuse a request, withdraw it, or take a grant back
    Revoke(Decision),
}

#[derive(Debug, clap::Args)]
pub(super) struct Request {
    /// The tenant that wants to read
    #[arg(long, value_name = "KEY")]
    tenant: String,
    /// The tenant whose records it wants to read
    #[arg(long, value_name = "KEY")]
    of: String,
    /// What it wants to read; may be repeated
    #[arg(long = "data-set", value_name = "SET", required = true, value_enum)]
    data_sets: Vec<Set>,
    /// First day [default: today]
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// Last day
    #[arg(long, value_name = "DATE")]
    until: NaiveDate,
    /// What it is for
    #[arg(long, value_name = "TEXT")]
    purpose: String,
    #[command(flatten)]
    database: database::Location,
}

#[derive(Debug, clap::Args)]
pub(super) struct Decision {
    /// The grant, as `phoihop grant list` shows it
    id: Uuid,
    /// The tenant that decides
    #[arg(long, value_name = "KEY")]
    tenant: String,
    #[command(flatten)]
    database: database::Location,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Set {
    /// Programs and what belongs to them, events, agencies, documents, sources
    Programs,
    /// Who people are and which positions they hold
    People,
}

impl From<Set> for DataSet {
    fn from(set: Set) -> Self {
        match set {
            Set::Programs => Self::Programs,
            Set::People => Self::People,
        }
    }
}

pub(super) async fn run(command: Command) -> Result<(), Failure> {
    let today = Clock::system().today();
    match command {
        Command::List { tenant, database } => {
            for grant in begin(&database, &tenant).await?.grants().await? {
                output::line(told(&grant, today)?)?;
            }
            Ok(())
        }
        Command::Request(request) => ask(request, today).await,
        Command::Approve(decision) => {
            decide(decision, today, |grant| grant.approve(Principal::operator(), today)).await
        }
        Command::Revoke(decision) => decide(decision, today, |grant| grant.revoke(Principal::operator())).await,
    }
}

/// Begins to act for a tenant.
async fn begin(database: &database::Location, tenant: &str) -> Result<Tx, Failure> {
    let tenant = by_key(tenant)?;
    let mut tx = database.open().await?.begin_operation(Clock::system().occasion("grant")).await?;
    tx.act_for(tenant.id, &[]).await?;
    Ok(tx)
}

async fn ask(request: Request, today: NaiveDate) -> Result<(), Failure> {
    let wanted = GrantRequest {
        grantee: by_key(&request.tenant)?.id,
        tenant: by_key(&request.of)?.id,
        data_sets: request.data_sets.into_iter().map(DataSet::from).collect(),
        valid_from: request.from.unwrap_or(today),
        valid_to: request.until,
        purpose: request.purpose,
    };
    let grant = Grant::request(wanted, Principal::operator(), today).map_err(refused)?;
    let tx = begin(&request.database, &request.tenant).await?;
    if tx.acts_for(grant.id.tenant) {
        return Err(Failure::new(
            format!("{} reads the records of {} without a grant: it is their successor", request.tenant, request.of),
            "nothing needs to be asked for",
        ));
    }
    tx.put_grant(&grant).await?;
    tx.commit().await?;
    output::line(told(&grant, today)?)
}

async fn decide<E: Display>(
    decision: Decision,
    today: NaiveDate,
    change: impl FnOnce(Grant) -> Result<Grant, E>,
) -> Result<(), Failure> {
    let tx = begin(&decision.database, &decision.tenant).await?;
    let Some(grant) = tx.grant(decision.id).await? else {
        return Err(Failure::new(
            format!("{} knows no grant {}", decision.tenant, decision.id),
            format!("`phoihop grant list --tenant {}` lists them", decision.tenant),
        ));
    };
    let grant = change(grant).map_err(|fault| refused([fault]))?;
    match tx.put_grant(&grant).await {
        Err(StoreError::Denied(_)) => {
            let owner = key_of(grant.id.tenant)?;
            return Err(Failure::new(
                format!("{} may not decide this", decision.tenant),
                format!("only the tenant whose records are meant says yes: --tenant {owner}, or its successor"),
            ));
        }
        done => done?,
    }
    tx.commit().await?;
    output::line(told(&grant, today)?)
}

fn refused<E: Display>(faults: impl IntoIterator<Item = E>) -> Failure {
    let faults: Vec<String> = faults.into_iter().map(|fault| fault.to_string()).collect();
    Failure::new(faults.join("; "), "change what is said above, then try again")
}

/// A grant in one line.
fn told(grant: &Grant, today: NaiveDate) -> Result<String, Failure> {
    let sets: BTreeSet<String> = grant.data_sets.iter().map(|set| set.to_string().to_lowercase()).collect();
    let sets = sets.into_iter().collect::<Vec<_>>().join(",");
    let of = if grant.every_province { "every province" } else { key_of(grant.id.tenant)? };
    let until = grant.valid_to.map_or_else(String::new, |day| format!("..{day}"));
    let state = if grant.in_force(today) { ", in force" } else { "" };
    Ok(format!(
        "{} {}{state}: {} reads {sets} of {of}, {}{until}: {}",
        grant.id.uuid,
        grant.status,
        key_of(grant.grantee)?,
        grant.valid_from,
        grant.purpose
    ))
}
