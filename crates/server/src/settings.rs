//! What an operator can set: limits by class of caller, who may ask from where, which documents are taken. A file in
//! TOML; over it `PHOIHOP__SECTION__KEY` in the environment; under it the defaults, which hold for everything not said.

use std::path::{Path, PathBuf};

use config::{Config, Environment, File, FileFormat};
use graphql::Limits;
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Failure;

/// Everything that can be set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Settings {
    /// What callers may ask for.
    pub limits: ByClass,
    /// The transport.
    pub http: Http,
    /// Which documents are taken.
    pub documents: Documents,
    /// Tables as files.
    pub export: Export,
}

/// Limits by class of caller.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ByClass {
    /// Whoever does not say who they are, each address for itself.
    pub anonymous: Class,
    /// Whoever shows a token.
    pub user: Class,
    /// Reporting tools, which show an API key.
    pub key: Class,
    /// Requests of one tenant that are carried out at once.
    pub in_flight_per_tenant: usize,
}

/// The limits of one class.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Class {
    /// Bytes of a request's body.
    pub body_bytes: usize,
    /// Size and price of a document.
    #[serde(flatten)]
    pub document: Limits,
    /// Units that one caller may spend in a minute.
    pub cost_per_minute: u64,
    /// Requests of one caller that are carried out at once.
    pub in_flight: usize,
    /// Seconds that carrying out a request may take.
    pub request_seconds: u64,
    /// Subscriptions that one connection may have.
    pub subscriptions: usize,
    /// Whether the schema may be read.
    pub introspection: bool,
}

/// The transport.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Http {
    /// Web sites whose pages may ask, `https://reports.example.vn`; those of the service itself always may.
    pub origins: Vec<String>,
    /// Proxies whose `X-Forwarded-For` says where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
    /// Connections at once; further ones wait.
    pub connections: usize,
    /// Connections at once of one address that is no trusted proxy.
    pub connections_per_address: usize,
    /// Seconds that a request's headers, and then its body, may take to arrive.
    pub receive_seconds: u64,
}

/// Which documents are taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Documents {
    /// What happens to documents that are not in the manifest.
    pub mode: Mode,
    /// File with the documents by their SHA-256.
    pub manifest: Option<PathBuf>,
}

/// Tables as files: what is answered at once, and what is made in the background.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Export {
    /// Folder of the files that are made in the background; none: beside the embedded database, else among the system's
    /// temporary files.
    pub directory: Option<PathBuf>,
    /// Hours that a file is kept.
    pub keep_hours: i64,
    /// Files that are made at once.
    pub at_once: u32,
    /// Jobs of one caller that have not ended.
    pub per_caller: u64,
    /// Bytes of a file.
    pub max_bytes: u64,
    /// Rows of a report that is answered at once: all of it is made before its first byte is sent.
    pub report_rows: u64,
    /// Rows of a list that is answered at once as a workbook.
    pub workbook_rows: u64,
}

/// What happens to documents that are not in the manifest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// They are carried out.
    #[default]
    Off,
    /// They are carried out, and the log says so.
    Log,
    /// They are refused.
    Enforce,
}

impl Default for ByClass {
    fn default() -> Self {
        let anonymous = Class {
            body_bytes: 64 * 1024,
            document: Limits::default(),
            cost_per_minute: 5_000,
            in_flight: 4,
            request_seconds: 10,
            subscriptions: 20,
            introspection: true,
        };
        let user = Class {
            body_bytes: 1024 * 1024,
            document: Limits { values: 10_000, nodes: 10_000, cost: 20_000, ..Limits::default() },
            cost_per_minute: 50_000,
            ..anonymous.clone()
        };
        let key = Class {
            document: Limits { nodes: 50_000, cost: 100_000, ..user.document.clone() },
            cost_per_minute: 500_000,
            request_seconds: 60,
            ..user.clone()
        };
        Self { anonymous, user, key, in_flight_per_tenant: 8 }
    }
}

impl Default for Http {
    fn default() -> Self {
        Self {
            origins: Vec::new(),
            trusted_proxies: Vec::new(),
            connections: 1_024,
            connections_per_address: 256,
            receive_seconds: 10,
        }
    }
}

impl Default for Export {
    fn default() -> Self {
        Self {
            directory: None,
            keep_hours: 24,
            at_once: 1,
            per_caller: 3,
            max_bytes: 1 << 30,
            report_rows: 100_000,
            workbook_rows: 200_000,
        }
    }
}

impl Settings {
    /// Reads the file, if there is one, and the environment.
    ///
    /// # Errors
    ///
    /// A failure that names every setting that does not exist, or the one that has a wrong value.
    pub fn read(file: Option<&Path>) -> Result<Self, Failure> {
        let fix = "docs/operating.md lists the settings with their defaults";
        let wrong = |message: String| Failure::usage(message, fix);
        let environment = Environment::with_prefix("PHOIHOP").prefix_separator("__").separator("__").try_parsing(true);
        let environment = environment.list_separator(",").with_list_parse_key("http.origins");
        let mut sources = Config::builder();
        if let Some(file) = file {
            sources = sources.add_source(File::from(file).format(FileFormat::Toml));
        }
        let said = sources
            .add_source(environment.with_list_parse_key("http.trusted_proxies"))
            .build()
            .and_then(Config::try_deserialize::<Value>)
            .map_err(|error| wrong(error.to_string()))?;
        let mut all = serde_json::to_value(Self::default()).unwrap_or_default();
        let mut unknown = Vec::new();
        lay_over(&mut all, said, "", &mut unknown);
        if !unknown.is_empty() {
            return Err(wrong(format!("there is no setting {}", unknown.join(", "))));
        }
        let settings: Self = serde_path_to_error::deserialize(all)
            .map_err(|error| wrong(format!("{} is not right: {}", error.path(), error.inner())))?;
        settings.check().map_err(wrong)?;
        Ok(settings)
    }

    /// What has the right form and cannot be meant.
    fn check(&self) -> Result<(), String> {
        let mut wrong = Vec::new();
        for origin in &self.http.origins {
            let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            let plain = |host: &str| {
                !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
            };
            if !host.is_some_and(plain) {
                wrong.push(format!("http.origins: {origin:?} is no origin; write it as https://reports.example.vn"));
            }
        }
        let limits = &self.limits;
        let mut range = |name: String, value: usize, most: usize| {
            if !(1..=most).contains(&value) {
                wrong.push(format!("{name} is 1 to {most}"));
            }
        };
        range("http.connections".to_owned(), self.http.connections, 1_000_000);
        range("http.connections_per_address".to_owned(), self.http.connections_per_address, 1_000_000);
        range(
            "http.receive_seconds".to_owned(),
            usize::try_from(self.http.receive_seconds).unwrap_or(usize::MAX),
            3_600,
        );
        let size = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
        range("export.keep_hours".to_owned(), usize::try_from(self.export.keep_hours).unwrap_or(0), 24 * 366);
        range("export.at_once".to_owned(), size(u64::from(self.export.at_once)), 16);
        range("export.per_caller".to_owned(), size(self.export.per_caller), 1_000);
        // As far as GraphQL counts.
        range("export.max_bytes".to_owned(), size(self.export.max_bytes), 2_147_483_647);
        range("export.report_rows".to_owned(), size(self.export.report_rows), 1_000_000);
        range("export.workbook_rows".to_owned(), size(self.export.workbook_rows), 1_048_575);
        range("limits.in_flight_per_tenant".to_owned(), limits.in_flight_per_tenant, 1_000_000);
        for (name, class) in [("anonymous", &limits.anonymous), ("user", &limits.user), ("key", &limits.key)] {
            let seconds = usize::try_from(class.request_seconds).unwrap_or(usize::MAX);
            range(format!("limits.{name}.request_seconds"), seconds, 3_600);
            range(format!("limits.{name}.in_flight"), class.in_flight, 1_000_000);
            range(format!("limits.{name}.body_bytes"), class.body_bytes, 1 << 30);
            range(format!("limits.{name}.nesting"), class.document.nesting, 200);
            range(format!("limits.{name}.tokens"), class.document.tokens, 1 << 40);
            range(format!("limits.{name}.document_bytes"), class.document.document_bytes, 1 << 40);
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
    }
}

/// Puts what was said over the defaults; a name that no default has is a slip that nobody would notice.
fn lay_over(under: &mut Value, over: Value, path: &str, unknown: &mut Vec<String>) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (name, value) in over {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                match under.get_mut(&name) {
                    Some(under) => lay_over(under, value, &path, unknown),
                    None => unknown.push(path),
                }
            }
        }
        (under, over) => *under = over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, String> {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("phoihop.toml");
        std::fs::write(&file, text).unwrap();
        Settings::read(Some(&file)).map_err(|failure| failure.message)
    }

    #[test]
    fn what_is_not_said_has_its_default() {
        assert_eq!(Settings::read(None).unwrap(), Settings::default());
        let said =
            read("[limits.anonymous]\ncost_per_minute = 7\ndepth = 9\n[http]\ntrusted_proxies = [\"10.0.0.0/8\"]")
                .unwrap();
        let mut expected = Settings::default();
        expected.limits.anonymous.cost_per_minute = 7;
        expected.limits.anonymous.document.depth = 9;
        expected.http.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
        assert_eq!(said, expected);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let said = read("[limits.anonymous]\ncosts = 7\n[htpp]\nx = 1").unwrap_err();
        assert!(said.contains("limits.anonymous.costs") && said.contains("htpp"), "{said}");
        let said = read("[documents]\nmode = \"loud\"").unwrap_err();
        assert!(said.contains("documents.mode") && said.contains("enforce"), "{said}");
        assert!(read("[limits.user]\ndepth = -1").unwrap_err().contains("limits.user"));
        for origin in ["*", "https://x.vn/", "x.vn", "https://", "ftp://x.vn"] {
            let said = read(&format!("[http]\norigins = [\"{origin}\"]")).unwrap_err();
            assert!(said.contains("http.origins"), "{said}");
        }
        assert!(read("[http]\norigins = [\"https://x.vn\", \"http://localhost:5173\"]").is_ok());
        for range in ["http]\nconnections = 0", "limits.user]\nin_flight = 0", "limits.key]\nnesting = 100000"] {
            assert!(read(&format!("[{range}")).unwrap_err().contains(" is 1 to "), "{range}");
        }
        assert!(read("[limits").is_err());
        assert!(Settings::read(Some(Path::new("/nowhere/at/all.toml"))).is_err());
    }
}
