//! `phoihop serve`: serves a database and changes nothing in it.

use std::net::SocketAddr;

use crate::database;
use crate::http::router;
use crate::{App, Clock, Failure, listen};

/// The options of `serve`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    #[command(flatten)]
    database: database::Location,
    /// Address and port to serve on; port 0 picks a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", value_parser = listen::address)]
    listen: SocketAddr,
}

pub(super) async fn run(options: &Options) -> Result<(), Failure> {
    let listener = listen::bind(options.listen).await?;
    let store = options.database.open().await?;
    let app = App { store, schema: graphql::schema(), clock: Clock::system() };
    listen::serve(listener, router(app)).await
}
