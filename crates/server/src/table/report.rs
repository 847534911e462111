//! Reports: each is a document beside this file that the graph answers, and says where in the answer its lines and columns
//! stand. So there is one implementation of a report and of who sees what in it, the graph's; to add one takes a document
//! and an entry.

mod common;
mod coverage;
mod implementation;
mod lines;
mod progress;
mod standing;
mod summary;
mod totals;

use graphql::{Graph, Limits, Plan, Refused};
use serde_json::{Map, Value, json};

use super::{Asked, Language, Table, Takes};

pub use coverage::COVERAGE;
pub use implementation::{PERIOD_GAPS, SECTOR_GAPS, SIGNING_LAG};
pub use lines::Unfit;
pub use progress::PROGRESS;
pub use standing::{CASCADE, EXPIRING, INACTIVE, REORGANIZATION};
pub use summary::{AWARDS, COLLABORATION, DATA_QUALITY, OVERLAPS};
pub use totals::TOTALS;

/// A document and what its answer is made of.
#[derive(Debug)]
pub struct Report {
    /// The document. It may take `$locale: Locale!`, `$where: ProgramWhere` and `$after: String` beside the table's own
    /// variables, and for each value with which columns stand whether it is given, `$province: Boolean!`.
    pub document: &'static str,
    /// Where in the answer the report stands; `root` in paths. Null: there is nothing of that id to be seen.
    pub root: &'static str,
    /// Whether the root is a connection, whose pages follow each other by `after: $after`.
    pub paged: bool,
    /// Where the rows come from, each kind of row for itself.
    pub lines: &'static [Lines],
}

/// What a row is made of: lists within each other, each with the name by which its elements are known in paths. With `?` at
/// its end a list that is empty, or not there, makes a row all the same, without an element of it.
pub type Lines = &'static [(&'static str, &'static str)];

/// Our own documents are as large as they are.
fn limits() -> Limits {
    Limits { document_bytes: 1 << 20, nodes: u64::MAX, cost: u64::MAX, depth: 50, ..Limits::default() }
}

impl Report {
    /// The document, ready to be executed; `after` is where the last page ended.
    pub fn plan(&self, graph: &Graph, table: &Table, asked: &Asked, after: Option<&str>) -> Result<Plan, Refused> {
        let mut variables = Map::new();
        let mut set = |name: &str, value: Value| {
            // A document takes what it needs.
            if self.document.contains(&format!("${name}:")) {
                variables.insert(name.to_owned(), value);
            }
        };
        set("locale", json!(if asked.language == Language::En { "EN" } else { "VI" }));
        let conditions = || table.parameters.iter().filter(|one| one.variable.is_none());
        if conditions().any(|one| !asked.of(one.name).is_empty()) {
            let days = conditions().any(|one| one.takes == Takes::Day);
            set("where", if days { super::filter::programs(asked) } else { super::filter::programs_of_any_day(asked) });
        }
        if let Some(after) = after {
            set("after", json!(after));
        }
        for (parameter, value) in table.columns.iter().filter_map(|column| column.only) {
            set(&value.to_lowercase(), json!(asked.of(parameter).iter().any(|given| given == value)));
        }
        for parameter in table.parameters {
            let (Some(variable), Some(value)) = (parameter.variable, asked.one(parameter.name)) else { continue };
            set(variable, if parameter.takes.many() { json!(asked.of(parameter.name)) } else { json!(value) });
        }
        let limits = limits();
        graph.plan(graph.read(self.document, &limits)?, None, variables, &limits)
    }
}
