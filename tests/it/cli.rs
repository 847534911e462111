//! The command line: what it prints when it succeeds, and how it explains itself when it does not.

mod access;

use std::fs;
use std::net::TcpListener;

use rstest::rstest;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{Database, SMALL, World, program, root};

/// A database's URL, as `--database-url` takes it.
fn url(database: &Database) -> &str {
    &database.url
}

#[test]
fn an_unknown_command() {
    program(&["sevre"]).failed(2, &["unrecognized subcommand 'sevre'", "serve"]);
    program(&["serve", "--prot", "1"]).failed(2, &["--prot"]);
    program(&[]).failed(2, &["a command is missing"]);
    assert!(program(&["--help"]).succeeded().contains("migrate"));
    assert_eq!(program(&["--version"]).succeeded(), format!("phoihop {}\n", env!("CARGO_PKG_VERSION")));
}

/// The tests' own server is fast and forgetful; whoever serves one like it is told.
#[rstest]
#[tokio::test]
async fn a_database_that_may_lose_what_it_acknowledged(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let lossy = world.store.lossy().await.unwrap();
    let mut known = Vec::new();
    if engine == Postgres {
        for name in ["fsync", "full_page_writes", "synchronous_commit"] {
            let off = world.select(&format!("SELECT current_setting('{name}')")).await == [["off"]];
            known.extend(off.then_some(name));
        }
        assert!(known.contains(&"synchronous_commit"), "{known:?}");
    }
    assert_eq!(lossy, known);
}

#[test]
fn a_port_in_use() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("data");
    let run = program(&["demo", "--listen", &address, "--data-dir", folder.to_str().unwrap()]);
    run.failed(
        1,
        &[&format!("port {} of 127.0.0.1 is in use", taken.local_addr().unwrap().port()), "--listen 127.0.0.1:0"],
    );
    assert!(!folder.exists(), "found out before anything was created");
}

#[test]
fn a_data_folder_that_is_not_writable() {
    let dir = tempfile::tempdir().unwrap();
    // Below a file nobody can write, not even root.
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let folder = file.join("data");
    for command in [&["demo", "--listen", "127.0.0.1:0"][..], &["migrate"]] {
        let run = program(&[command, &["--data-dir", folder.to_str().unwrap()]].concat());
        run.failed(1, &["is not writable", folder.to_str().unwrap(), "--data-dir DIR"]);
    }
    let run = program(&["serve", "--listen", "127.0.0.1:0", "--data-dir", dir.path().to_str().unwrap()]);
    run.failed(1, &["there is no database at", "phoihop migrate"]);
    fs::write(dir.path().join("phoihop.db"), "this is something else altogether").unwrap();
    let run = program(&["migrate", "--data-dir", dir.path().to_str().unwrap()]);
    run.failed(1, &["is not an SQLite database"]);
}

#[rstest]
#[tokio::test]
async fn a_database_newer_or_older_than_the_program(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let samples = root().join("crates/dossier/samples/seed-0.yaml");
    let sample = samples.to_str().unwrap();
    let commands = |url: &str| {
        let with = |command: &[&str]| {
            let all: Vec<String> =
                command.iter().chain(&["--database-url", url]).map(|part| (*part).to_owned()).collect();
            all
        };
        [with(&["serve", "--listen", "127.0.0.1:0"]), with(&["import", sample]), with(&["migrate"])]
    };
    let run = |command: &[String]| program(&command.iter().map(String::as_str).collect::<Vec<_>>());
    world
        .execute("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_000001_from_the_future', 0)")
        .await;
    let before = world.rows().await;
    let [serve, import, _] = commands(url(&world.database));
    let [_, _, migrate] = commands(&world.database.admin_url);
    for command in [serve, import, migrate] {
        run(&command).failed(
            1,
            &[
                "the database is newer than this program",
                "m29991231_000001_from_the_future",
                "use the version of the program",
            ],
        );
    }
    assert_eq!(world.rows().await, before);
    world.execute("DELETE FROM seaql_migrations WHERE version LIKE '%_from_the_future'").await;
    world.execute("DELETE FROM seaql_migrations WHERE version LIKE '%_create_search'").await;
    for command in &commands(url(&world.database))[..2] {
        run(command).failed(1, &["the database is older than this program", "_create_search", "phoihop migrate"]);
    }
}

#[test]
fn a_database_url_that_is_none() {
    let run = program(&["migrate", "--database-url", "mysql://user:secret@host/db"]);
    run.failed(2, &["is no database URL", "sqlite:FILE"]);
    assert!(!run.err.contains("secret"), "{run:#?}");
    let run = program(&["migrate", "--database-url", "postgres://user:secret@127.0.0.1:1/db"]);
    run.failed(1, &["cannot be opened"]);
    assert!(!run.err.contains("secret"), "{run:#?}");
}

#[rstest]
#[tokio::test]
async fn import_prints_what_became_of_each_file(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::bare(engine).await;
    let url = url(&world.database).to_owned();
    let admin = world.database.admin_url.clone();
    let migrated = program(&["migrate", "--database-url", &admin]);
    let lines: Vec<&str> = migrated.succeeded().lines().collect();
    let (last, applied) = lines.split_last().unwrap();
    assert!(applied.iter().all(|line| line.starts_with("applied m20261122_")), "{migrated:#?}");
    assert!(
        last.starts_with("reference data: ") && last.ends_with(" created, 0 updated, 0 unchanged, 0 deleted"),
        "{last}"
    );
    let again = program(&["migrate", "--database-url", &admin]);
    assert_eq!(again.succeeded(), "tables: up to date\nreference data: up to date\n");

    let files: Vec<String> = (0..5)
        .map(|number| root().join(format!("crates/dossier/samples/seed-{number}.yaml")).display().to_string())
        .collect();
    let mut arguments = vec!["import", "--database-url", &url];
    arguments.extend(files.iter().map(String::as_str));
    let dry = program(&[&arguments[..], &["--dry-run"]].concat());
    assert!(dry.succeeded().ends_with(" deleted (dry run: nothing was stored)\n"), "{dry:#?}");
    let first = program(&arguments);
    let lines: Vec<&str> = first.succeeded().lines().collect();
    assert_eq!(lines.len(), 6, "{first:#?}");
    let mut created = 0;
    for (line, file) in lines.iter().zip(&files) {
        let told = line.strip_prefix(&format!("{file}: ")).unwrap_or_else(|| panic!("{line}"));
        let (number, rest) = told.split_once(" created, ").unwrap();
        created += number.parse::<usize>().unwrap();
        assert!(rest.starts_with("0 updated, ") && rest.ends_with(" unchanged, 0 deleted"), "{line}");
    }
    assert!(created > 300, "{created}");
    assert!(lines[5].starts_with(&format!("5 files: {created} created, 0 updated, ")), "{}", lines[5]);
    let second = program(&arguments);
    let expected = files.join(": unchanged\n");
    assert_eq!(second.succeeded(), format!("{expected}: unchanged\n5 files: nothing to do\n"));
    let json = program(&[&arguments[..], &["--json"]].concat());
    let json: serde_json::Value = serde_json::from_str(json.succeeded()).unwrap();
    assert_eq!(json["files"][0]["status"], "UNCHANGED");
    assert_eq!(json["total"]["created"], 0);
}

#[test]
fn files_that_are_no_dossiers() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let path = |name: &str| dir.path().join(name).display().to_string();
    assert_eq!(program(&["migrate", "--data-dir", data.to_str().unwrap()]).code, 0);
    fs::write(path("latin.yaml"), [SMALL.as_bytes(), b"x: \xe9\n"].concat()).unwrap();
    fs::write(path("large.yaml"), vec![b'#'; 50 << 20]).unwrap();
    fs::write(path("wrong.yaml"), SMALL.replace("POLICE", "POLCE")).unwrap();
    fs::write(path("right.yaml"), SMALL).unwrap();
    let import = |names: &[&str]| {
        let files: Vec<String> = names.iter().map(|name| path(name)).collect();
        let mut arguments = vec!["import", "--data-dir", data.to_str().unwrap()];
        arguments.extend(files.iter().map(String::as_str));
        program(&arguments)
    };
    let line = SMALL.lines().count() + 1;
    let latin =
        format!("{}:{line}: byte 4 of this line (0xe9) is not UTF-8; save the file as UTF-8", path("latin.yaml"));
    let large = format!("{}: the file has 52428800 bytes, the limit is 4194304", path("large.yaml"));
    let wrong = format!("{}:6: agencies[0].sector: ", path("wrong.yaml"));
    import(&["latin.yaml"]).failed(1, &[&latin, "1 problem, nothing was stored"]);
    import(&["large.yaml"]).failed(1, &[&large, "1 problem, nothing was stored"]);
    import(&["none.yaml"]).failed(1, &["none.yaml: the file cannot be read", "1 problem, nothing was stored"]);
    import(&["right.yaml", "latin.yaml", "large.yaml", "wrong.yaml"])
        .failed(1, &[&latin, &large, &wrong, "3 problems, nothing was stored"]);
    let right = import(&["right.yaml"]);
    let told = "4 created, 0 updated, 0 unchanged, 0 deleted";
    assert_eq!(
        right.succeeded(),
        format!("{}: {told}\n1 file: {told}\n", path("right.yaml")),
        "nothing was there before"
    );
}

#[test]
fn the_schema_is_printed_and_checked() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("schema.graphql");
    let shown = file.to_str().unwrap();
    for (print, check) in [
        (vec!["schema", "print"], vec!["schema", "check", "--file", shown]),
        (vec!["schema", "print", "--dossier"], vec!["schema", "check", "--dossier", "--file", shown]),
    ] {
        let printed = program(&print);
        fs::write(&file, printed.succeeded()).unwrap();
        assert_eq!(program(&check).succeeded(), format!("{shown} is up to date\n"));
        fs::write(&file, printed.out.replacen("rogram", "rogamm", 1)).unwrap();
        let changed = program(&check);
        changed.failed(1, &["is not what the program prints", "make schema"]);
        assert!(changed.out.contains("rogamm"), "the difference is shown: {changed:#?}");
    }
    assert!(program(&["schema", "print"]).out.contains("type Query"));
    program(&["schema", "check", "--file", "/nowhere/schema.graphql"]).failed(1, &["cannot be read"]);
}
