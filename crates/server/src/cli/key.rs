//! `phoihop key`: API keys for reporting tools. A key is printed once, when it is made; what is stored does not open
//! anything.

use chrono::NaiveDate;
use clap::Subcommand;
use domain::actor::Principal;
use domain::key::KeyRequest;
use domain::{ApiKey, Tenant};
use persistence::Tx;
use uuid::Uuid;

use super::tenant::by_key;
use crate::auth::api_key::NewSecret;
use crate::database;
use crate::{Clock, Failure, output};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a key, which is printed once and never again
    Create(Create),
    /// List a tenant's keys
    List {
        #[command(flatten)]
        of: Of,
    },
    /// End a key at once
    Revoke {
        /// The key, as `phoihop key list` shows it
        id: Uuid,
        #[command(flatten)]
        of: Of,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Of {
    /// The tenant for which the tool reads
    #[arg(long, value_name = "KEY")]
    tenant: String,
    #[command(flatten)]
    database: database::Location,
}

#[derive(Debug, clap::Args)]
pub(super) struct Create {
    #[command(flatten)]
    of: Of,
    /// Which tool it is for
    #[arg(long, value_name = "NAME")]
    name: String,
    /// A grant that it may use, as `phoihop grant list` shows it; may be repeated. Without one it reads the tenant's own
    /// internal records only
    #[arg(long = "grant", value_name = "ID")]
    grants: Vec<Uuid>,
    /// Last day, a year from today at most
    #[arg(long, value_name = "DATE")]
    until: NaiveDate,
}

pub(super) async fn run(command: Command) -> Result<(), Failure> {
    let today = Clock::system().today();
    match command {
        Command::Create(create) => self::create(create, today).await,
        Command::List { of } => {
            let (tx, tenant) = begin(&of).await?;
            tx.keys(tenant.id).await?.iter().try_for_each(|key| output::line(told(key, today)))
        }
        Command::Revoke { id, of } => revoke(id, &of, today).await,
    }
}

async fn begin(of: &Of) -> Result<(Tx, &'static Tenant), Failure> {
    let tenant = by_key(&of.tenant)?;
    let mut tx = of.database.open().await?.begin_operation(Clock::system().occasion("key")).await?;
    tx.act_for(tenant.id, &[]).await?;
    Ok((tx, tenant))
}

async fn create(create: Create, today: NaiveDate) -> Result<(), Failure> {
    let (tx, tenant) = begin(&create.of).await?;
    for id in &create.grants {
        if tx.grant(*id).await?.is_none_or(|grant| grant.grantee != tenant.id) {
            return Err(Failure::new(
                format!("{} holds no grant {id}", tenant.key),
                format!("`phoihop grant list --tenant {}` lists them", tenant.key),
            ));
        }
    }
    let wanted = KeyRequest {
        tenant: tenant.id,
        name: create.name,
        grants: create.grants.into_iter().collect(),
        valid_to: create.until,
    };
    let secret = NewSecret::generate()?;
    let known = tx.keys(tenant.id).await?;
    let key = ApiKey::create(wanted, secret.digest(), &known, Principal::operator(), today).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Failure::new(faults.join("; "), "change what is said above, then try again")
    })?;
    tx.put_key(&key).await?;
    tx.commit().await?;
    output::note(format!("{}\nkeep the key that follows; it is not shown again", told(&key, today)));
    output::line(secret.text(key.id.uuid).expose())
}

async fn revoke(id: Uuid, of: &Of, today: NaiveDate) -> Result<(), Failure> {
    let (tx, tenant) = begin(of).await?;
    let Some(key) = tx.keys(tenant.id).await?.into_iter().find(|key| key.id.uuid == id) else {
        return Err(Failure::new(
            format!("{} has no key {id}", tenant.key),
            format!("`phoihop key list --tenant {}` lists them", tenant.key),
        ));
    };
    if key.revoked_by.is_some() {
        return output::line(told(&key, today));
    }
    let key = ApiKey { revoked_by: Some(Principal::operator()), ..key };
    tx.put_key(&key).await?;
    tx.commit().await?;
    output::line(told(&key, today))
}

/// A key in one line, without what opens anything.
fn told(key: &ApiKey, today: NaiveDate) -> String {
    let state = match (&key.revoked_by, key.live(today)) {
        (Some(_), _) => "REVOKED",
        (None, true) => "LIVE",
        (None, false) => "EXPIRED",
    };
    let grants: Vec<String> = key.grants.iter().map(Uuid::to_string).collect();
    let grants = if grants.is_empty() { "no grant".to_owned() } else { format!("grants {}", grants.join(",")) };
    format!("{} {state} {}..{} {}: {grants}", key.id.uuid, key.valid_from, key.valid_to, key.name)
}
