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
        Self { origins: Vec::new(), trusted_proxies: Vec::new(), connections: 1_024, receive_seconds: 10 }
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
        serde_path_to_error::deserialize(all)
            .map_err(|error| wrong(format!("{} is not right: {}", error.path(), error.inner())))
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
        assert!(read("[limits").is_err());
        assert!(Settings::read(Some(Path::new("/nowhere/at/all.toml"))).is_err());
    }
}
