//! `phoihop serve`: serves a database, and keeps the sums of its results.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::auth::Authenticator;
use crate::database;
use crate::{App, Clock, Failure, Settings, listen, output};

/// The options of `serve`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    #[command(flatten)]
    database: database::Location,
    /// Address and port to serve on; port 0 picks a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", value_parser = listen::address)]
    listen: SocketAddr,
    /// Whose tokens are trusted, and that API keys are accepted: a file as docs/authentication.md describes it. Without
    /// one, everybody is anonymous and sees what is public
    #[arg(long, value_name = "FILE", env = "PHOIHOP_AUTH")]
    auth: Option<PathBuf>,
    /// File with the service's settings, in TOML; docs/operating.md lists them with their defaults
    #[arg(long, value_name = "FILE", env = "PHOIHOP_CONFIG")]
    config: Option<PathBuf>,
}

pub(super) async fn run(options: &Options) -> Result<(), Failure> {
    let settings = Settings::read(options.config.as_deref())?;
    let listener = listen::bind(options.listen).await?;
    let store = options.database.open_with(settings.export.at_once).await?;
    for setting in store.lossy().await? {
        output::note(format!(
            "warning: PostgreSQL runs with {setting} = off: a crash can lose what was acknowledged; set it to on"
        ));
    }
    let clock = Clock::system();
    let auth = match &options.auth {
        Some(file) => Authenticator::from_file(file, clock, store.tenants().await?)?,
        None => Authenticator::none(),
    };
    let app = App::new(store, clock, auth, settings)?.keeping_exports_in(&options.database.exports()?);
    listen::serve(listener, app).await
}
