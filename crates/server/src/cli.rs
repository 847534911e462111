//! The command line: what can be said, and how a failure is told. Each command is a file of its own.

mod audit;
mod demo;
mod export;
mod grant;
mod import;
mod import_results;
mod key;
mod migrate;
mod personas;
mod schema;
mod seed;
mod serve;
mod tenant;
mod totals;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

use crate::telemetry::{self, Level};
use crate::{Failure, output};

/// What a thread may have on its stack: nested answers take some of it, a debug build several times as much. It is address
/// space only, until it is used.
const STACK: usize = 8 * 1024 * 1024;

/// GraphQL service over coordination programs of Vietnamese agencies.
#[derive(Debug, Parser)]
#[command(name = "phoihop", version, max_term_width = 100)]
struct Cli {
    /// How much is logged on standard error
    #[arg(long, global = true, value_enum, value_name = "LEVEL", env = "PHOIHOP_LOG", default_value_t)]
    log: Level,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Fill a database with the reference data and the sample dossiers, then serve it
    Demo(demo::Options),
    /// Serve a database that is there already
    Serve(serve::Options),
    /// Bring a database up to date: its tables and the reference data. Doing it twice changes nothing
    ///
    /// On PostgreSQL it also makes the roles that are missing: `phoihop_owner`, who owns the tables; `phoihop_app` and
    /// `phoihop_anon`, for the service; `phoihop_search`; `phoihop_backup`, for dumps. That takes a superuser, or the
    /// database's owner with the right CREATEROLE (then `phoihop_backup` is left to a superuser). docs/operating.md says
    /// what an administrator can prepare by hand instead.
    Migrate(migrate::Options),
    /// Import dossiers: all files, or none when there is a problem in one of them
    Import(import::Options),
    /// Import tables of results, CSV or XLSX: one row a result of a program that is there already
    ///
    /// The first row names the columns: program, indicator, label, value, qualifier, text, `period_start`, `period_end`,
    /// `as_of`, scope, statement. docs/result-tables.md describes them.
    ImportResults(import_results::Options),
    /// Write dossiers back from the database, as files that can be changed and imported again
    Export(export::Options),
    /// Fill a migrated database with invented records in the shapes of real ones, for measuring and for trying things out
    ///
    /// The same --provinces, --scale and --seed make the same records, ids too, on either engine and on any day. Each
    /// province is one transaction: repeat the command after an interruption, and it goes on where it stopped. A database
    /// that holds anything besides the reference data is refused.
    Seed(seed::Options),
    /// Let one tenant read another's internal records
    #[command(subcommand)]
    Grant(grant::Command),
    /// Make, list and revoke API keys for reporting tools
    #[command(subcommand)]
    Key(key::Command),
    /// Check the audit, the record of who wrote what
    #[command(subcommand)]
    Audit(audit::Command),
    /// Check the sums of results that reports read, or add them up anew
    #[command(subcommand)]
    Totals(totals::Command),
    /// Print the GraphQL schema or compare it with a file
    #[command(subcommand)]
    Schema(schema::Command),
}

/// Runs the program with its arguments, the first of which is its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return explain(&error),
    };
    telemetry::begin(cli.log);
    match execute(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::note(&failure);
            failure.exit_code()
        }
    }
}

fn execute(command: Command) -> Result<(), Failure> {
    if let Command::Schema(command) = command {
        return schema::run(&command);
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK).enable_all().build().map_err(|error| {
            Failure::new(format!("the program cannot start: {error}"), "check the limits of processes and open files")
        })?;
    runtime.block_on(async {
        match command {
            Command::Demo(options) => demo::run(&options).await,
            Command::Serve(options) => serve::run(&options).await,
            Command::Migrate(options) => migrate::run(&options).await,
            Command::Import(options) => import::run(&options).await,
            Command::ImportResults(options) => import_results::run(&options).await,
            Command::Export(options) => export::run(&options).await,
            Command::Seed(options) => seed::run(&options).await,
            Command::Grant(command) => grant::run(command).await,
            Command::Key(command) => key::run(command).await,
            Command::Audit(command) => audit::run(command).await,
            Command::Totals(command) => totals::run(command).await,
            Command::Schema(command) => schema::run(&command),
        }
    })
}

/// Tells what clap found, with a fix like every other failure. Help and version are no failures.
fn explain(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return output::raw(&text).map_or_else(|failure| failure.exit_code(), |()| ExitCode::SUCCESS);
    }
    let text = text.split("\nFor more information").next().unwrap_or_default().trim_end();
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        output::note(format!("{text}\n\nerror: a command is missing\nfix: begin with `phoihop demo`"));
    } else {
        let help = "`phoihop --help` lists the commands, `phoihop COMMAND --help` the options of one";
        output::note(format!("{text}\n\nfix: {help}"));
    }
    ExitCode::from(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn parse(line: &str) -> Result<Cli, ErrorKind> {
        Cli::try_parse_from(line.split(' ')).map_err(|error| error.kind())
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_scripts_rely_on_is_understood() {
        for line in [
            "phoihop demo",
            "phoihop demo --listen 127.0.0.1:0 --data-dir x --allow-remote",
            "phoihop serve --listen [::1]:8080 --database-url postgres://u:p@h/d --log warn",
            "phoihop --log off migrate --data-dir x",
            "phoihop import a.yaml b.json --dry-run --json",
            "phoihop export --tenant trung-uong --dossier a --dossier b --output x --replace",
            "phoihop export --tenant trung-uong --all --json",
            "phoihop import-results a.csv b.xlsx --tenant trung-uong --program 1/CTPH --dry-run --json",
            "phoihop seed --provinces 34 --scale 2 --seed 1 --force --json",
            "phoihop schema print --dossier",
            "phoihop schema check --file x.graphql",
        ] {
            assert!(parse(line).is_ok(), "{line}");
        }
    }

    #[test]
    fn what_is_wrong_is_refused() {
        assert_eq!(parse("phoihop sevre").unwrap_err(), ErrorKind::InvalidSubcommand);
        assert_eq!(parse("phoihop serve --prot 1").unwrap_err(), ErrorKind::UnknownArgument);
        assert_eq!(parse("phoihop serve --listen 8080").unwrap_err(), ErrorKind::ValueValidation);
        assert_eq!(parse("phoihop import").unwrap_err(), ErrorKind::MissingRequiredArgument);
        let unclear = parse("phoihop export --tenant trung-uong --all --dossier a").unwrap_err();
        assert_eq!(unclear, ErrorKind::ArgumentConflict);
        assert_eq!(parse("phoihop serve --log loud").unwrap_err(), ErrorKind::InvalidValue);
        assert_eq!(parse("phoihop").unwrap_err(), ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand);
    }
}
