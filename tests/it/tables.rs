//! Tables for spreadsheets and BI tools: what they hold, in every format, and to whom. How they are refused is
//! `tables/refused.rs`; that nothing hidden changes them is `worlds/tables.rs`.

mod broken;
mod coverage;
mod every;
mod formats;
mod refused;
mod rights;
mod totals;
mod views;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use serde_json::Value;
use tower::ServiceExt;

use crate::harness::{Engine, World};

/// An answer of `/export`.
#[derive(Debug)]
pub struct Fetched {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Fetched {
    /// The body as text.
    #[track_caller]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The rows of CSV by column, in order.
    #[track_caller]
    pub fn rows(&self) -> Vec<Vec<(String, String)>> {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        let mut lines = csv::Reader::from_reader(self.bytes.as_slice());
        let head: Vec<String> = lines.headers().unwrap().iter().map(str::to_owned).collect();
        let row = |line: Result<csv::StringRecord, csv::Error>| {
            head.iter().cloned().zip(line.unwrap().iter().map(str::to_owned)).collect()
        };
        lines.records().map(row).collect()
    }
}

/// A value of an answer as a cell has it.
pub fn as_cell(value: &Value) -> String {
    if value.is_null() { String::new() } else { value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned) }
}

/// Whether a column stands when nothing is asked.
pub fn usually(table: &Value, only_with: Option<&str>) -> bool {
    let Some((parameter, value)) = only_with.map(|text| text.split_once('=').unwrap()) else { return true };
    let one = table["parameters"].as_array().unwrap().iter().find(|one| one["name"] == parameter).unwrap();
    one["default"].as_array().unwrap().iter().any(|usual| usual == value)
}

/// The cell of a column.
#[track_caller]
pub fn cell<'a>(row: &'a [(String, String)], name: &str) -> &'a str {
    let found = row.iter().find(|(column, _)| column == name);
    found.map_or_else(|| panic!("{name}"), |(_, value)| value.as_str())
}

impl World {
    /// Asks for a table.
    pub async fn export(&self, path: &str, headers: &[(&str, &str)]) -> Fetched {
        self.export_by(Method::GET, path, headers).await
    }

    /// The same by another method.
    pub async fn export_by(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Fetched {
        let request = Request::builder().method(method).uri(format!("/export{path}"));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let response = Box::pin(self.router().oneshot(request.body(Body::empty()).unwrap())).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Fetched { status: parts.status, headers: parts.headers, bytes }
    }

    /// Figures that try what a table makes of them: zero and nothing, formulas, quotes and lines.
    pub async fn with_odd_results(engine: Engine) -> Self {
        let world = Self::seeded(engine).await;
        let changes = [
            "value_e4 = 0, label = '=HYPERLINK(\"http://x\")'",
            "value_e4 = NULL, label = '-1+2'",
            "value_e4 = -12500, label = 'a, \"b\"' || chr(13) || chr(10) || 'c'",
            "value_e4 = 2500, label = '@x', scope = chr(9) || 'y'",
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let change = if engine == Engine::Sqlite { change.replace("chr(", "char(") } else { change.to_owned() };
            let one = "SELECT id FROM results WHERE visibility = 'PUBLIC' AND position < 9000 AND value_e4 > 0";
            let which = format!("id = ({one} ORDER BY tenant_id, id LIMIT 1)");
            world.execute(&format!("UPDATE results SET {change}, position = 9000 + {number} WHERE {which}")).await;
        }
        world
    }
}
