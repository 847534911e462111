//! `phoihop import FILE…`: checks and stores dossiers, and tells what became of each.

use std::path::PathBuf;

use dossier::Problem;
use persistence::Counts;
use serde_json::{Value, json};

use crate::database;
use crate::import::{self, Clash, ImportError, Imported, Manner, Progress};
use crate::output::Steps;
use crate::{Failure, output};

/// The options of `import`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Dossiers in YAML or JSON
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Do everything except keeping it
    #[arg(long)]
    dry_run: bool,
    /// Write over what somebody changed since the last import
    #[arg(long)]
    overwrite: bool,
    /// Print one JSON object instead of lines
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: database::Location,
}

pub(super) async fn run(options: &Options) -> Result<(), Failure> {
    match import(options).await {
        Ok(imported) => tell(&imported, options.dry_run, options.json),
        Err(ImportError::Failed(failure)) => Err(failure),
        Err(ImportError::Problems(problems)) => refuse(&problems, options.json, "docs/dossier-format.md"),
    }
}

async fn import(options: &Options) -> Result<Vec<Imported>, ImportError> {
    let steps = Steps::begin(options.files.len());
    let progress = |progress: Progress<'_>| match progress {
        Progress::Checking(file) | Progress::Storing(file) => steps.doing(file),
        Progress::Stored(_) => steps.advance(),
    };
    let mut problems = Vec::new();
    let mut files = Vec::new();
    for path in &options.files {
        match dossier::read_file(path) {
            Ok(bytes) => files.push((path.display().to_string(), bytes)),
            Err(unreadable) => problems.extend(unreadable.0),
        }
    }
    // A file that cannot be opened must not hide what is wrong with the others.
    let checked = match import::check(files, &progress) {
        Ok(checked) => checked,
        Err(ImportError::Problems(found)) => {
            problems.extend(found);
            Vec::new()
        }
        Err(failed @ ImportError::Failed(_)) => return Err(failed),
    };
    if !problems.is_empty() {
        return Err(ImportError::Problems(problems));
    }
    let store = options.database.open().await?;
    let manner = Manner { dry_run: options.dry_run, clash: Clash::overwriting(options.overwrite) };
    import::put_all(&store, &checked, manner, &progress).await
}

pub(super) fn tell(imported: &[Imported], dry_run: bool, json: bool) -> Result<(), Failure> {
    let total = import::total(imported);
    if json {
        let files: Vec<Value> = imported.iter().map(file_json).collect();
        return output::line(json!({ "dryRun": dry_run, "files": files, "total": counts_json(total) }));
    }
    for one in imported {
        output::line(told(one))?;
    }
    let sum = if imported.iter().all(|one| one.counts.is_none()) { "nothing to do".to_owned() } else { counted(total) };
    let undone = if dry_run { " (dry run: nothing was stored)" } else { "" };
    output::line(format!("{}: {}{undone}", number(imported.len(), "file"), sum))
}

pub(super) fn refuse(problems: &[Problem], json: bool, page: &str) -> Result<(), Failure> {
    if json {
        let listed: Vec<Value> = problems
            .iter()
            .map(|one| json!({ "file": one.file, "line": one.line, "path": one.path, "message": one.message }))
            .collect();
        output::line(json!({ "problems": listed }))?;
    } else {
        problems.iter().for_each(output::note);
    }
    Err(Failure::new(
        format!("{}, nothing was stored", number(problems.len(), "problem")),
        format!("mend what is listed, then import again; {page} describes the format"),
    ))
}

fn number(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// What became of a file, for people.
pub(super) fn told(imported: &Imported) -> String {
    let done = match (imported.counts, imported.left) {
        (Some(counts), _) => counted(counts),
        (None, 0) => "unchanged".to_owned(),
        (None, left) => format!("left as it is: {} changed here since", number(left, "record")),
    };
    format!("{}: {done}", imported.file)
}

/// What a write did, for people.
pub(super) fn counted(counts: Counts) -> String {
    let Counts { created, updated, unchanged, deleted } = counts;
    format!("{created} created, {updated} updated, {unchanged} unchanged, {deleted} deleted")
}

fn file_json(one: &Imported) -> Value {
    let mut value = counts_json(one.counts.unwrap_or_default());
    if let Some(fields) = value.as_object_mut() {
        fields.insert("file".to_owned(), json!(one.file));
        fields.insert("tenant".to_owned(), json!(one.tenant.0));
        fields.insert("dossier".to_owned(), json!(one.dossier));
        let status = if one.counts.is_some() { "STORED" } else { "UNCHANGED" };
        fields.insert("status".to_owned(), json!(status));
    }
    value
}

fn counts_json(counts: Counts) -> Value {
    let Counts { created, updated, unchanged, deleted } = counts;
    json!({ "created": created, "updated": updated, "unchanged": unchanged, "deleted": deleted })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::TenantId;

    #[test]
    fn a_file_is_told_in_one_line() {
        let mut one = Imported {
            file: "seed-0.yaml".to_owned(),
            tenant: TenantId(7),
            dossier: "seed-0".to_owned(),
            source: domain::Id::generate(TenantId(7)),
            counts: Some(Counts { created: 123, updated: 4, unchanged: 0, deleted: 1 }),
            left: 0,
        };
        assert_eq!(told(&one), "seed-0.yaml: 123 created, 4 updated, 0 unchanged, 1 deleted");
        assert_eq!(file_json(&one)["created"], 123);
        one.counts = None;
        assert_eq!(told(&one), "seed-0.yaml: unchanged");
        assert_eq!(file_json(&one)["status"], "UNCHANGED");
        one.left = 1;
        assert_eq!(told(&one), "seed-0.yaml: left as it is: 1 record changed here since");
    }

    #[test]
    fn counts_agree_with_their_noun() {
        assert_eq!(number(1, "problem"), "1 problem");
        assert_eq!(number(0, "file"), "0 files");
    }
}
