//! `phoihop import-results FILE…`: tables of results, CSV or XLSX, for programs that are there already.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use domain::{Tenant, Visibility};
use dossier::format::TenantRef;
use dossier::table::{About, Table, slug};
use dossier::{Checked, Problem, Problems};
use persistence::Store;

use super::import::{refuse, tell};
use super::tenant::by_key;
use crate::import::{self, Clash, ImportError, Imported, Manner};
use crate::{Failure, database};

/// The options of `import-results`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Tables, one row a result: CSV, or the first sheet of a workbook (.xlsx)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The tenant whose programs are meant
    #[arg(long, value_name = "KEY")]
    tenant: String,
    /// Number or title of the program of rows that name none
    #[arg(long, value_name = "NAME")]
    program: Option<String>,
    /// Frozen name of the table: importing it again corrects the first import [default: results- and the file's name]
    #[arg(long, value_name = "KEY")]
    dossier: Option<String>,
    /// Who publishes the table [default: the tenant]
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// Who may see that there is such a table. Its results are as visible as their programs
    #[arg(long, value_enum, default_value_t = Seen::Public)]
    visibility: Seen,
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

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Seen {
    /// Everybody
    Public,
    /// Those with whom the programs are shared
    Internal,
    /// The tenant's own staff
    Draft,
}

impl From<Seen> for Visibility {
    fn from(seen: Seen) -> Self {
        match seen {
            Seen::Public => Self::Public,
            Seen::Internal => Self::Internal,
            Seen::Draft => Self::Draft,
        }
    }
}

pub(super) async fn run(options: &Options) -> Result<(), Failure> {
    let tenant = by_key(&options.tenant)?;
    if options.dossier.is_some() && options.files.len() > 1 {
        return Err(Failure::usage("--dossier names one table, but several are given", "import them one by one"));
    }
    match import(options, tenant).await {
        Ok(imported) => tell(&imported, options.dry_run, options.json),
        Err(ImportError::Failed(failure)) => Err(failure),
        Err(ImportError::Problems(problems)) => refuse(&problems, options.json, "docs/result-tables.md"),
    }
}

async fn import(options: &Options, tenant: &Tenant) -> Result<Vec<Imported>, ImportError> {
    let mut problems = Vec::new();
    let mut tables = Vec::new();
    for file in &options.files {
        match read(options, tenant, file)? {
            Ok(table) => tables.push(table),
            Err(found) => problems.extend(found.0),
        }
    }
    if !problems.is_empty() {
        return Err(ImportError::Problems(problems));
    }
    let store = options.database.open().await?;
    let checked = with_programs(&store, tenant, &tables).await?;
    let manner = Manner { dry_run: options.dry_run, clash: Clash::overwriting(options.overwrite) };
    let twice = import::repeated(&checked)?;
    if !twice.is_empty() {
        return Err(ImportError::Problems(placed(&tables, twice)));
    }
    import::put_all(&store, &checked, manner, &|_| ()).await.map_err(|error| match error {
        ImportError::Problems(problems) => ImportError::Problems(placed(&tables, problems)),
        failed @ ImportError::Failed(_) => failed,
    })
}

fn read(options: &Options, tenant: &Tenant, file: &Path) -> Result<Result<Table, Problems>, Failure> {
    let name = file.display().to_string();
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let named = options.dossier.clone().or_else(|| slug(&stem).map(|slug| format!("results-{slug}")));
    let key = named.filter(|key| slug(key).as_deref() == Some(key.as_str()));
    let Some(key) = key else {
        return Err(Failure::usage(
            format!("{name} gives the table no name"),
            "name it with --dossier: small letters without marks, digits and single hyphens",
        ));
    };
    let about = About {
        dossier: key,
        tenant: TenantRef {
            slug: tenant.slug.clone(),
            as_of: tenant.valid_from.or(tenant.valid_to).map(|day| day.to_string()),
            ..TenantRef::default()
        },
        publisher: options.publisher.clone().unwrap_or_else(|| tenant.name_vi.clone()),
        title: file.file_name().map_or_else(|| stem, |name| name.to_string_lossy().into_owned()),
        visibility: options.visibility.into(),
        program: options.program.clone(),
    };
    Ok(dossier::read_file(file).and_then(|bytes| Table::read(&name, &bytes, about)))
}

/// Finds the programs that the rows name.
async fn with_programs(store: &Store, tenant: &Tenant, tables: &[Table]) -> Result<Vec<Checked>, ImportError> {
    let mut tx = store.begin_operation(crate::Clock::system().occasion("import")).await?;
    tx.act_for(tenant.id, &[]).await?;
    let known = tx.described_programs(tenant.id).await?;
    let mut checked = Vec::with_capacity(tables.len());
    let mut problems = Vec::new();
    for table in tables {
        match table.dossier(&known) {
            Ok(one) => checked.push(one),
            Err(found) => problems.extend(found.0),
        }
    }
    if problems.is_empty() { Ok(checked) } else { Err(ImportError::Problems(problems)) }
}

/// Says in which column each problem is, instead of where in the dossier.
fn placed(tables: &[Table], problems: Vec<Problem>) -> Vec<Problem> {
    let table_of = |problem: &Problem| tables.iter().find(|table| table.file() == problem.file);
    problems
        .into_iter()
        .map(|one| table_of(&one).map_or_else(|| one.clone(), |table| table.placed(one.clone())))
        .collect()
}
