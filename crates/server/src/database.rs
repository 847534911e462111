//! Which database a command uses, and how it is opened: every way in which that can fail is told apart here.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use persistence::{Store, StoreOptions};

use crate::{Failure, migrate};

/// The options of every command that needs the database.
#[derive(Clone, Debug, clap::Args)]
pub struct Location {
    /// Folder of the embedded database
    #[arg(long, value_name = "DIR", env = "PHOIHOP_DATA_DIR", default_value = "./phoihop-data")]
    pub data_dir: PathBuf,
    /// Another database: `sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE` [default: `sqlite:DIR/phoihop.db`]
    // Not parsed by clap, which would repeat a password in its error.
    #[arg(long, value_name = "URL", env = "PHOIHOP_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Prepare no statements: for PostgreSQL behind a pooler in transaction mode, such as pgbouncer
    #[arg(long, env = "PHOIHOP_UNPREPARED", value_parser = clap::builder::BoolishValueParser::new(), action = clap::ArgAction::SetTrue)]
    pub unprepared: bool,
}

/// What a command expects of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// It is created when it is missing.
    Anything,
    /// It must be there.
    Existing,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    /// A file, and whether its folder is ours to create.
    Sqlite {
        file: PathBuf,
        url: String,
        own: bool,
    },
    Postgres {
        url: String,
    },
}

impl Location {
    /// How to open the database, which is sure to be reachable.
    pub async fn options(&self, expect: Expect) -> Result<StoreOptions, Failure> {
        let target = self.target()?;
        if let Target::Sqlite { file, own, .. } = &target {
            prepare(file, *own, expect)?;
        }
        let (url, shown) = match &target {
            Target::Sqlite { url, file, .. } => (url, file.display().to_string()),
            Target::Postgres { url } => (url, without_secrets(url)),
        };
        let options = StoreOptions { prepared: !self.unprepared, ..StoreOptions::new(url) };
        Store::open(&options).await.map_err(|error| {
            let fix = match &target {
                Target::Sqlite { .. } => "check that the file is a database of phoihop and that you may write to it",
                Target::Postgres { .. } => {
                    "check that the server runs and that host, user, password and database of the URL are right"
                }
            };
            Failure::new(format!("{shown} cannot be opened: {error}"), fix)
        })?;
        Ok(options)
    }

    /// Opens a database that is up to date, as the service and whoever works beside it do: behind both walls.
    pub async fn open(&self) -> Result<Store, Failure> {
        self.open_with(0).await
    }

    /// The same with so many connections more for reads that last long.
    pub async fn open_with(&self, more: u32) -> Result<Store, Failure> {
        let options = self.options(Expect::Existing).await?.with_more_readers(more);
        let store = open_walled(&options).await?;
        migrate::require_current(&store).await?;
        Ok(store)
    }

    /// Where files that are made in the background are kept when nobody names a folder: beside the embedded database, else
    /// among the system's temporary files.
    pub fn exports(&self) -> Result<PathBuf, Failure> {
        Ok(match self.target()? {
            Target::Sqlite { file, .. } => file.with_file_name("exports"),
            Target::Postgres { .. } => std::env::temp_dir().join("phoihop-exports"),
        })
    }

    fn target(&self) -> Result<Target, Failure> {
        let Some(url) = self.database_url.as_deref().filter(|url| !url.is_empty()) else {
            let file = self.data_dir.join("phoihop.db");
            let Some(name) = file.to_str() else {
                return Err(Failure::usage(
                    format!("the folder's name is not UTF-8: {}", self.data_dir.display()),
                    "name another one: --data-dir DIR",
                ));
            };
            return Ok(Target::Sqlite { url: format!("sqlite:{}", escape(name)), file, own: true });
        };
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Target::Postgres { url: url.to_owned() });
        }
        let Some(name) = url.strip_prefix("sqlite:") else {
            return Err(Failure::usage(
                format!("`{}` is no database URL", without_secrets(url)),
                "write --database-url sqlite:FILE or --database-url postgres://USER:PASSWORD@HOST/DATABASE",
            ));
        };
        let (name, parameters) = name.split_once('?').unwrap_or((name, ""));
        let name = name.strip_prefix("//").unwrap_or(name);
        if name == ":memory:" || parameters.contains("mode=memory") {
            return Err(Failure::usage(
                "a database in memory is seen by one connection only, and the service has several",
                "name a file: --database-url sqlite:FILE",
            ));
        }
        match unescape(name) {
            Some(file) if !file.is_empty() => Ok(Target::Sqlite { file: file.into(), url: url.to_owned(), own: false }),
            Some(_) | None => Err(Failure::usage(
                format!("`{url}` names no file"),
                "write --database-url sqlite:FILE; a % in a name is written %25, a ? is written %3F",
            )),
        }
    }
}

/// Opens a database, unless PostgreSQL's policies would not hold for whoever is connected.
pub async fn open_walled(options: &StoreOptions) -> Result<Store, Failure> {
    let store = Store::open(options).await?;
    match store.unwalled().await? {
        None => Ok(store),
        Some(reason) => Err(Failure::new(
            format!("{reason}, so PostgreSQL would not keep one tenant's records from another"),
            format!(
                "connect as {app}: give it a password (ALTER ROLE {app} PASSWORD '…') and name it in --database-url",
                app = migrations::roles::APP
            ),
        )),
    }
}

/// Sees to the folder and looks at the file, since the engine's own messages name neither.
fn prepare(file: &Path, own: bool, expect: Expect) -> Result<(), Failure> {
    let shown = file.display();
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    if expect == Expect::Existing && !file.exists() {
        return Err(Failure::new(
            format!("there is no database at {shown}"),
            "create it with `phoihop migrate`, or name another one with --data-dir or --database-url",
        ));
    }
    if own {
        fs::create_dir_all(folder).map_err(|error| not_writable(folder, &error))?;
    } else if !folder.is_dir() {
        return Err(Failure::new(
            format!("the folder of {shown} does not exist"),
            format!("create it: mkdir -p '{}'", folder.display()),
        ));
    }
    if file.is_dir() {
        return Err(Failure::new(format!("{shown} is a folder"), "name the database's file, or another --data-dir"));
    }
    try_writing(folder).map_err(|error| not_writable(folder, &error))?;
    match is_sqlite(file) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Failure::new(
            format!("{shown} is not an SQLite database"),
            "move it away, or name another one with --data-dir or --database-url",
        )),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::new(
            format!("{shown} cannot be read: {error}"),
            "give yourself the right to read and write it",
        )),
    }
}

fn not_writable(folder: &Path, error: &std::io::Error) -> Failure {
    Failure::new(
        format!("the folder {} is not writable: {error}", folder.display()),
        "give yourself the right to write there, or name another folder: --data-dir DIR",
    )
}

/// SQLite writes files beside the database, also for those who only read.
fn try_writing(folder: &Path) -> std::io::Result<()> {
    let probe = folder.join(format!(".phoihop-probe-{}", std::process::id()));
    OpenOptions::new().write(true).create(true).truncate(true).open(&probe)?;
    fs::remove_file(probe)
}

/// An empty file is a database without tables.
fn is_sqlite(file: &Path) -> std::io::Result<bool> {
    const MAGIC: &[u8] = b"SQLite format 3\0";
    let mut head = Vec::new();
    File::open(file)?.take(16).read_to_end(&mut head)?;
    Ok(head.is_empty() || head == MAGIC)
}

/// The engine reads `%` and `?` of a URL as a URL's.
fn escape(name: &str) -> String {
    name.replace('%', "%25").replace('?', "%3F").replace('#', "%23")
}

/// The name behind `%` escapes; none when they do not make sense.
fn unescape(name: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// A URL without user, password and parameters.
fn without_secrets(url: &str) -> String {
    let url = url.split_once(['?', '#']).map_or(url, |(head, _)| head);
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
    if scheme.is_empty() { place.to_owned() } else { format!("{scheme}://{place}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(dir: &str, url: Option<&str>) -> Result<Target, Failure> {
        Location { data_dir: dir.into(), database_url: url.map(str::to_owned), unprepared: false }.target()
    }

    fn refused(url: &str) -> Failure {
        let failure = target(".", Some(url)).unwrap_err();
        assert!(failure.usage, "{failure}");
        failure
    }

    #[test]
    fn the_data_folder_is_the_default() {
        for url in [None, Some("")] {
            let expected = Target::Sqlite {
                file: "/a%b?/phoihop.db".into(),
                url: "sqlite:/a%25b%3F/phoihop.db".into(),
                own: true,
            };
            assert_eq!(target("/a%b?", url).unwrap(), expected);
        }
    }

    #[test]
    fn a_url_names_a_file_or_a_server() {
        for url in ["sqlite:/x/a%20b.db", "sqlite:///x/a%20b.db?mode=rwc"] {
            let Target::Sqlite { file, own, .. } = target(".", Some(url)).unwrap() else { panic!("{url}") };
            assert_eq!((file.to_str(), own), (Some("/x/a b.db"), false));
        }
        let url = "postgresql://u:p@h/d";
        assert_eq!(target(".", Some(url)).unwrap(), Target::Postgres { url: url.into() });
    }

    #[test]
    fn exports_are_kept_beside_the_file() {
        let of = |url: Option<&str>| {
            let location = Location { data_dir: "/a".into(), database_url: url.map(str::to_owned), unprepared: false };
            location.exports().unwrap()
        };
        assert_eq!(of(None), Path::new("/a/exports"));
        assert_eq!(of(Some("sqlite:/x/a.db")), Path::new("/x/exports"));
        assert!(of(Some("postgres://u:p@h/d")).ends_with("phoihop-exports"));
    }

    #[test]
    fn other_urls_are_refused() {
        for url in ["mysql://h/d", "phoihop.db", "postgres:h", "sqlite:", "sqlite:a%2", "sqlite:%ff"] {
            refused(url);
        }
        for url in ["sqlite::memory:", "sqlite://:memory:", "sqlite:x?mode=memory"] {
            assert!(refused(url).message.contains("memory"));
        }
    }

    #[test]
    fn passwords_are_not_shown() {
        assert!(!refused("postgress://user:s3cret@host/db?password=s3cret").to_string().contains("s3cret"));
        assert_eq!(without_secrets("postgres://user:p@ss@host:5432/db?x=y"), "postgres://host:5432/db");
    }

    #[test]
    fn what_is_in_the_way_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("phoihop.db");
        assert!(prepare(&file, true, Expect::Existing).unwrap_err().message.contains("there is no database"));
        prepare(&file, true, Expect::Anything).unwrap();

        fs::write(&file, "not a database, but longer than its head").unwrap();
        let failure = prepare(&file, true, Expect::Existing).unwrap_err();
        assert!(failure.message.contains("not an SQLite database"), "{failure}");
        let failure = prepare(&file.join("phoihop.db"), true, Expect::Anything).unwrap_err();
        assert!(failure.message.contains("not writable"), "{failure}");
        let failure = prepare(&dir.path().join("missing/x.db"), false, Expect::Anything).unwrap_err();
        assert!(failure.fix.contains("mkdir"), "{failure}");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "the probe is gone");
    }
}
