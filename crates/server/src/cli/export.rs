//! `phoihop export`: writes dossiers back from the database, one file each.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::tenant::by_key;
use crate::database;
use crate::export::{self, Exported, Which};
use crate::{Failure, output};

/// The options of `export`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The tenant whose dossiers are meant
    #[arg(long, value_name = "KEY")]
    tenant: String,
    /// A dossier, by its key; may be repeated
    #[arg(long = "dossier", value_name = "KEY", required_unless_present = "all", conflicts_with = "all")]
    dossiers: Vec<String>,
    /// All dossiers of the tenant
    #[arg(long)]
    all: bool,
    /// Folder for the files, each called after its dossier: KEY.yaml
    #[arg(long, value_name = "DIR", default_value = ".")]
    output: PathBuf,
    /// Write over files that are there already
    #[arg(long)]
    replace: bool,
    /// Print one JSON object instead of lines
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: database::Location,
}

pub(super) async fn run(options: &Options) -> Result<(), Failure> {
    let tenant = by_key(&options.tenant)?.id;
    let which = if options.all { Which::All } else { Which::These(options.dossiers.clone()) };
    let store = options.database.open().await?;
    let exported = export::export(&store, tenant, &which).await?;
    let files: Vec<PathBuf> = exported.iter().map(|one| options.output.join(format!("{}.yaml", one.dossier))).collect();
    // All or nothing: a folder half old and half new would be neither.
    if let Some(there) = files.iter().find(|file| !options.replace && file.exists()) {
        return Err(taken(there));
    }
    fs::create_dir_all(&options.output).map_err(|error| unwritable(&options.output, &error))?;
    for (one, file) in exported.iter().zip(&files) {
        save(file, &one.text, options.replace)?;
        one.notes.iter().for_each(|note| output::note(format!("{}: {note}", file.display())));
        if !options.json {
            output::line(file.display())?;
        }
    }
    if options.json {
        let files: Vec<Value> = exported.iter().zip(&files).map(|(one, file)| file_json(one, file)).collect();
        output::line(json!({ "files": files }))?;
    }
    Ok(())
}

fn file_json(one: &Exported, file: &Path) -> Value {
    json!({ "file": file.display().to_string(), "dossier": one.dossier, "notes": one.notes })
}

fn save(file: &Path, text: &str, replace: bool) -> Result<(), Failure> {
    let mut open = OpenOptions::new();
    open.write(true).truncate(true);
    let opened = if replace { open.create(true).open(file) } else { open.create_new(true).open(file) };
    let written = opened.and_then(|mut opened| opened.write_all(text.as_bytes()));
    written
        .map_err(|error| if error.kind() == ErrorKind::AlreadyExists { taken(file) } else { unwritable(file, &error) })
}

fn taken(file: &Path) -> Failure {
    Failure::new(
        format!("{} is there already, nothing was written over", file.display()),
        "name another folder with --output, or add --replace",
    )
}

fn unwritable(file: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} cannot be written: {error}", file.display()), "name another folder with --output")
}
