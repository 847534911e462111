//! `phoihop demo`: from nothing to a service that answers.

use std::net::SocketAddr;
use std::path::PathBuf;

use persistence::{Store, StoreOptions};

use super::personas;
use crate::auth::Authenticator;
use crate::auth::demo::Issuer;
use crate::database::{self, Expect};
use crate::import::{self, Clash, ImportError, Manner, Progress};
use crate::output::Steps;
use crate::{App, Clock, Failure, Settings, listen, migrate};

/// The options of `demo`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    #[command(flatten)]
    database: database::Location,
    /// Address and port to serve on; port 0 picks a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", value_parser = listen::address)]
    listen: SocketAddr,
    /// Serve other machines too
    #[arg(long)]
    allow_remote: bool,
    /// Write the personas' tokens into this file, as a JSON object from name to token, instead of printing them
    #[arg(long, value_name = "FILE")]
    personas: Option<PathBuf>,
    /// File with the service's settings, in TOML; docs/operating.md lists them with their defaults
    #[arg(long, value_name = "FILE", env = "PHOIHOP_CONFIG")]
    config: Option<PathBuf>,
}

pub(super) async fn run(options: &Options) -> Result<(), Failure> {
    if !options.listen.ip().is_loopback() && !options.allow_remote {
        return Err(Failure::usage(
            format!("other machines could reach the demonstration at {}", options.listen),
            "listen on 127.0.0.1, or add --allow-remote if that is what you want",
        ));
    }
    let settings = Settings::read(options.config.as_deref())?;
    // First of all, so that a taken port is not found out after the import.
    let listener = listen::bind(options.listen).await?;
    let store =
        fill(&options.database.options(Expect::Anything).await?.with_more_readers(settings.export.at_once)).await?;
    let clock = Clock::system();
    let issuer = Issuer::new(clock)?;
    personas::hand_out(&issuer, options.personas.as_deref())?;
    let exports = options.database.exports()?;
    let app = App::new(store, clock, Authenticator::demo(&issuer), settings)?.keeping_exports_in(&exports);
    listen::serve(listener, app).await
}

/// Migrates, then loads the reference data and the sample dossiers. Answers the database behind both walls.
async fn fill(options: &StoreOptions) -> Result<Store, Failure> {
    let samples: Vec<(String, Vec<u8>)> =
        dossier::samples().map(|(name, content)| (name, content.into_owned())).collect();
    let steps = Steps::begin(2 + samples.len());
    steps.doing("tables");
    steps.done(super::migrate::told(&migrate::up(options).await?));
    steps.doing("reference data");
    let owner = Store::open(&migrate::owning(options)).await?;
    steps.done(super::migrate::reference(import::load_reference(&owner).await?));
    // Whoever may migrate may also take on the service's role, for which the policies hold.
    let store = database::open_walled(&options.clone().with_role(migrations::roles::APP)).await?;
    // Whoever tries mutations changes samples; the next start must neither fail on that nor undo it.
    let manner = Manner { clash: Clash::Leave, ..Manner::default() };
    let progress = |progress: Progress<'_>| match progress {
        Progress::Checking(file) | Progress::Storing(file) => steps.doing(file),
        Progress::Stored(imported) => steps.done(super::import::told(imported)),
    };
    import::import(&store, samples, manner, &progress).await.map_err(|error| match error {
        ImportError::Failed(failure) => failure,
        ImportError::Problems(problems) => dossier::Problems(problems).into(),
    })?;
    Ok(store)
}
