//! Databases: made once a process and engine, then copied for each test, because copying is much faster than importing.

use std::thread;

use migrations::roles;
use persistence::{Store, StoreOptions};
use sea_orm::{ConnectOptions, DatabaseConnection};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::rows::{execute, execute_unprepared};

/// Where the database of a test lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A test's own database, gone with this value.
pub struct Database {
    /// As the service connects: on PostgreSQL as its own role, for which the policies hold.
    pub url: String,
    /// As whoever administers it connects: past every wall.
    pub admin_url: String,
    kept: Kept,
}

enum Kept {
    Folder(TempDir),
    Server(String),
}

/// The bytes of a file, or the name of a database to copy.
enum Template {
    File(Vec<u8>),
    Server(String),
}

struct Templates {
    empty: OnceCell<Template>,
    seeded: OnceCell<Template>,
}

impl Templates {
    const fn none() -> Self {
        Self { empty: OnceCell::const_new(), seeded: OnceCell::const_new() }
    }
}

static SQLITE: Templates = Templates::none();
static POSTGRES: Templates = Templates::none();

impl Engine {
    fn templates(self) -> &'static Templates {
        match self {
            Self::Sqlite => &SQLITE,
            Self::Postgres => &POSTGRES,
        }
    }

    /// A database without tables.
    pub async fn bare(self) -> Database {
        match self {
            Self::Sqlite => Database::file(&[]),
            Self::Postgres => Database::copy("template0").await,
        }
    }

    /// A database with tables and reference data.
    pub async fn empty(self) -> Database {
        let template = self.templates().empty.get_or_init(|| async move {
            let database = self.bare().await;
            server::migrate::up(&database.admin_options()).await.expect("the migrations apply");
            server::import::load_reference(&database.owner().await).await.expect("the reference data loads");
            database.into_template().await
        });
        Database::of(template.await).await
    }

    /// A database with the sample dossiers.
    pub async fn seeded(self) -> Database {
        let template = self.templates().seeded.get_or_init(|| async move {
            let database = self.empty().await;
            let store = Store::open(&StoreOptions::new(&database.url)).await.expect("the database opens");
            // Those that the tests know; that all of them can be imported is a test of its own.
            let known = |name: &String| name.starts_with("seed-") || name.starts_with("walls-");
            let samples = dossier::samples().filter(|(name, _)| known(name));
            let samples = samples.map(|(name, bytes)| (name, bytes.into_owned())).collect();
            server::import::import(&store, samples, server::import::Manner::default(), &|_| ())
                .await
                .expect("the samples import");
            drop(store);
            database.into_template().await
        });
        Database::of(template.await).await
    }
}

impl Database {
    async fn of(template: &Template) -> Self {
        match template {
            Template::File(bytes) => Self::file(bytes),
            Template::Server(name) => Self::copy(name).await,
        }
    }

    fn file(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("phoihop.db");
        std::fs::write(&file, bytes).expect("the database is copied");
        let url = format!("sqlite:{}", file.display());
        Self { admin_url: url.clone(), url, kept: Kept::Folder(folder) }
    }

    async fn copy(template: &str) -> Self {
        let name = format!("it_{}", domain::Id::<domain::Program>::generate(domain::TenantId(0)).uuid.simple());
        let server = connect(&server_url()).await;
        // The service's role needs a password before the first test of a fresh server connects as it.
        ROLES
            .get_or_init(|| async {
                roles::prepare(&server).await.expect("the roles are made");
                execute(&server, &format!("ALTER ROLE {} PASSWORD '{PASSWORD}'", roles::APP)).await;
            })
            .await;
        execute(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        server.close().await.expect("the connection closes");
        let admin_url = url_of(&name);
        let (_, place) = admin_url.split_once('@').expect("the URL names a user");
        let url = format!("postgres://{}:{PASSWORD}@{place}", roles::APP);
        Self { url, admin_url, kept: Kept::Server(name) }
    }

    /// How whoever administers the database opens it.
    pub fn admin_options(&self) -> StoreOptions {
        StoreOptions::new(&self.admin_url)
    }

    /// The database as the owner of its tables.
    pub async fn owner(&self) -> Store {
        Store::open(&server::migrate::owning(&self.admin_options())).await.expect("the database opens")
    }

    /// A connection past every wall.
    pub async fn admin(&self) -> DatabaseConnection {
        connect(&self.admin_url).await
    }

    /// Freezes the database for being copied.
    async fn into_template(mut self) -> Template {
        match &mut self.kept {
            Kept::Folder(folder) => {
                let whole = folder.path().join("whole.db");
                execute(&connect(&self.admin_url).await, &format!("VACUUM INTO '{}'", whole.display())).await;
                Template::File(std::fs::read(whole).expect("the database was written"))
            }
            Kept::Server(name) => {
                // PostgreSQL copies no database that somebody is connected to.
                let others = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
                execute(&connect(&server_url()).await, &others).await;
                Template::Server(std::mem::take(name))
            }
        }
    }
}

/// Made once a process: the service's role, able to log in.
static ROLES: OnceCell<()> = OnceCell::const_new();

/// Of the service's role, on a server that ends with the tests.
const PASSWORD: &str = "phoihop";

/// A connection, without any of the service.
pub async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(2).sqlx_logging(false);
    sea_orm::Database::connect(options).await.expect("the database opens")
}

impl Drop for Database {
    fn drop(&mut self) {
        let Kept::Server(name) = &mut self.kept else { return };
        let name = std::mem::take(name);
        if name.is_empty() {
            return;
        }
        // The test's own runtime cannot be waited for here. What remains goes with the server.
        let dropped = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let server = connect(&server_url()).await;
                execute_unprepared(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await.ok();
            });
            std::io::Result::Ok(())
        });
        dropped.join().ok();
    }
}

/// The server that `scripts/with-postgres.sh` starts.
fn server_url() -> String {
    std::env::var("PHOIHOP_TEST_POSTGRES")
        .unwrap_or_else(|_| panic!("no PostgreSQL: run `make test`, which starts PostgreSQL"))
}

fn url_of(database: &str) -> String {
    let url = server_url();
    let (server, _) = url.rsplit_once('/').expect("the URL ends with a database");
    format!("{server}/{database}")
}
