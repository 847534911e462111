//! House rules that no compiler and no linter keeps: the size and the heading of a source file, what must not be left
//! lying about, and manifests that name nothing in vain.
//!
//! It reads the sources and the manifests, and must not know what they do. Each test lists all places at once.

use std::fs;
use std::path::{Path, PathBuf};

/// A reader should hold a file in mind; a longer one holds more than one noun.
const MOST_LINES: usize = 400;

/// Where our own text lives. Everything else at the root is configuration, or is not ours.
const ROOMS: [&str; 5] = ["crates", "docs", "migrations", "scripts", "tests"];

/// Folders that tools fill.
const FOREIGN: [&str; 3] = ["dist", "node_modules", "target"];

/// A text file of the repository.
struct Source {
    /// From the root, with `/`.
    path: String,
    text: String,
}

impl Source {
    /// `path:line: what`, as editors understand it.
    fn place(&self, index: usize, what: &str) -> String {
        format!("{}:{}: {what}", self.path, index + 1)
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file of our rooms with one of these extensions, in a stable order.
fn sources(extensions: &[&str]) -> Vec<Source> {
    let root = root();
    let mut paths = Vec::new();
    for room in ROOMS {
        walk(&root.join(room), &mut paths);
    }
    paths.sort();
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|found| extensions.iter().any(|wanted| found == *wanted)))
        .map(|path| Source {
            text: fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
            path: path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().replace('\\', "/"),
        })
        .collect()
}

/// Adds the files below `folder`, which may be missing: not every room exists from the first day.
fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if !path.is_dir() {
            into.push(path);
        } else if !FOREIGN.iter().any(|foreign| path.ends_with(foreign)) {
            walk(&path, into);
        }
    }
}

#[track_caller]
fn hold(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}\n  {}\n", broken.join("\n  "));
}

#[test]
fn the_walk_finds_the_house() {
    let found = sources(&["rs"]);
    assert!(found.iter().any(|source| source.path == "tests/it/tidy.rs"), "the walk misses this very file");
    assert!(found.iter().any(|source| source.path == "crates/domain/src/lib.rs"), "the walk misses the domain");
}

#[test]
fn a_source_file_is_short() {
    let broken: Vec<_> = sources(&["rs"])
        .iter()
        .map(|source| (source, source.text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(source, lines)| format!("{}: {lines} lines", source.path))
        .collect();
    hold(&format!("A source file has at most {MOST_LINES} lines; split it by noun:"), &broken);
}

#[test]
fn a_module_is_called_by_its_name() {
    let broken: Vec<_> =
        sources(&["rs"]).into_iter().map(|source| source.path).filter(|path| path.ends_with("/mod.rs")).collect();
    hold("A module `foo` with children is foo.rs and foo/, so that its file has its name:", &broken);
}

#[test]
fn a_source_file_says_what_it_is_for() {
    let broken: Vec<_> = sources(&["rs"])
        .into_iter()
        .filter(|source| !source.text.starts_with("//!"))
        .map(|source| source.path)
        .collect();
    hold("The first line of a source file is `//!`: what it is for, and what it must not know:", &broken);
}

#[test]
fn nothing_is_left_undone() {
    // Put together here, so that the rule does not find itself.
    let needles =
        [["to", "do!("].concat(), ["unimple", "mented!("].concat(), ["FIX", "ME"].concat(), ["XX", "X"].concat()];
    let mut broken = Vec::new();
    for source in sources(&["rs"]) {
        for (index, line) in source.text.lines().enumerate() {
            for needle in &needles {
                if line.contains(needle.as_str()) {
                    broken.push(source.place(index, needle));
                }
            }
        }
    }
    hold("What is not done is an issue, not a note in the code:", &broken);
}

#[test]
fn lines_are_clean() {
    let mut broken = Vec::new();
    for source in sources(&["rs", "toml", "graphql", "sh"]) {
        for (index, line) in source.text.split('\n').enumerate() {
            if line.contains('\t') {
                broken.push(source.place(index, "a tab"));
            }
            if line.ends_with(char::is_whitespace) {
                broken.push(source.place(index, "a blank at the end"));
            }
        }
        if !source.text.ends_with('\n') {
            broken.push(format!("{}: no line end at the end", source.path));
        }
    }
    hold("Lines have neither tabs nor trailing blanks, and the last one ends:", &broken);
}

#[test]
fn an_example_says_what_it_asks() {
    let broken: Vec<_> = sources(&["graphql"])
        .into_iter()
        .filter(|source| source.path.starts_with("docs/cookbook/") && !source.text.starts_with("# "))
        .map(|source| source.path)
        .collect();
    hold("An operation of the cookbook begins with a `# ` comment: the question that it answers:", &broken);
}

/// The lines of a manifest's table `[name]`, without comments and empty lines.
fn table<'a>(manifest: &'a str, name: &str) -> Vec<&'a str> {
    let heading = format!("[{name}]");
    manifest
        .lines()
        .map(str::trim)
        .skip_while(|line| *line != heading)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// The members' manifests, by path.
fn manifests() -> Vec<Source> {
    sources(&["toml"]).into_iter().filter(|source| source.path.ends_with("/Cargo.toml")).collect()
}

#[test]
fn a_shared_dependency_has_a_user() {
    let root = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace's manifest");
    let members = manifests();
    let lines: Vec<&str> = members.iter().flat_map(|member| member.text.lines()).map(str::trim).collect();
    let shared: Vec<&str> = table(&root, "workspace.dependencies")
        .into_iter()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name)
        .collect();
    assert!(shared.contains(&"domain"), "[workspace.dependencies] was not read");

    let broken: Vec<_> = shared
        .into_iter()
        .filter(|name| {
            // `name.workspace = true` or `name = { workspace = true, … }`
            !lines.iter().any(|line| {
                line.strip_prefix(name).is_some_and(|rest| {
                    let rest = rest.replace(' ', "");
                    rest.starts_with(".workspace=") || (rest.starts_with("={") && rest.contains("workspace=true"))
                })
            })
        })
        .map(str::to_owned)
        .collect();
    hold("No member uses these entries of [workspace.dependencies]:", &broken);
}

#[test]
fn a_member_obeys_the_house() {
    let mut broken = Vec::new();
    for member in manifests() {
        if table(&member.text, "lints") != ["workspace = true"] {
            broken.push(format!("{}: [lints] is not `workspace = true`", member.path));
        }
        for key in ["version", "edition", "rust-version", "license", "publish"] {
            if !table(&member.text, "package").contains(&format!("{key}.workspace = true").as_str()) {
                broken.push(format!("{}: `{key}` does not come from the workspace", member.path));
            }
        }
    }
    hold("A member takes its lints and its package's facts from the workspace:", &broken);
}
