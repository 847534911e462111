//! `phoihop seed`: fills a database with invented records.

use serde_json::json;

use crate::output::Steps;
use crate::seed::{self, Plan, Seeded};
use crate::{Clock, Failure, database, output};

/// The options of `seed`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// How many of the current provinces, in the order of their ids
    #[arg(long, value_name = "COUNT", default_value_t = 34)]
    provinces: usize,
    /// How much of everything: 1 is 30 programs a province, with 120 signatories and 300 results
    #[arg(long, value_name = "N", default_value_t = 1)]
    scale: u32,
    /// What chance begins from: another number makes other records
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u32,
    /// Seed a database that holds other records, too. What is seeded cannot be removed again
    #[arg(long)]
    force: bool,
    /// Print one JSON object instead of lines
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: database::Location,
}

pub(super) async fn run(options: &Options) -> Result<(), Failure> {
    let plan = Plan::new(options.provinces, options.scale, options.seed)?;
    let store = options.database.open().await?;
    let clock = Clock::system();
    let begun = clock.uptime();
    let steps = Steps::begin(plan.steps());
    steps.doing("Trung ương");
    let seeded = seed::run(&store, &plan, options.force, &|tenant, seeded| {
        let what = seeded.map_or_else(|| "complete already".to_owned(), |seeded| format!("{} rows", seeded.rows));
        steps.done(format!("{}: {what}", tenant.name_vi));
    })
    .await?;
    drop(steps);
    let seconds = clock.uptime().saturating_sub(begun).as_secs_f64();
    let Seeded { skipped, programs, signatories, results, rows } = seeded;
    if options.json {
        return output::line(json!({
            "seed": options.seed, "scale": options.scale, "provinces": options.provinces, "skipped": skipped,
            "programs": programs, "signatories": signatories, "results": results, "rows": rows, "seconds": seconds,
        }));
    }
    output::line(format!(
        "{programs} programs, {signatories} signatories, {results} results: {rows} rows in {seconds:.1} s"
    ))
}
