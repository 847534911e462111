//! The program in a process of its own. It is this very test binary, told by an environment variable to be the program:
//! cargo builds no other package's binary for a test.

use std::process::{Command, ExitCode, Output, Stdio};

/// Holds the program's arguments as a JSON list.
const ARGUMENTS: &str = "PHOIHOP_IT_ARGUMENTS";
/// Separates the test runner's first line from what the program prints.
const BEGIN: &str = "\u{1}program\u{1}\n";

/// What became of a run.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program to its end.
pub fn program(arguments: &[&str]) -> Run {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "harness::program::is_the_program", "--nocapture", "--quiet"])
        .env(ARGUMENTS, serde_json::to_string(arguments).unwrap())
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null());
    for name in ["PHOIHOP_DATA_DIR", "PHOIHOP_DATABASE_URL", "PHOIHOP_LOG"] {
        command.env_remove(name);
    }
    let Output { status, stdout, stderr } = command.output().unwrap();
    let out = String::from_utf8(stdout).unwrap();
    let (_, out) = out.split_once(BEGIN).unwrap_or_else(|| panic!("the program did not begin: {out}"));
    Run { code: status.code().unwrap(), out: out.to_owned(), err: String::from_utf8(stderr).unwrap() }
}

impl Run {
    /// The run ended with this code and explained itself with all of these words on standard error, and the fix.
    #[track_caller]
    pub fn failed(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, code, "{self:#?}");
        for word in words {
            assert!(self.err.contains(word), "{word:?} is missing: {self:#?}");
        }
        assert!(self.err.contains("fix: "), "no fix: {self:#?}");
        assert!(!self.err.contains("panicked"), "{self:#?}");
    }

    /// The run succeeded; what it printed.
    #[track_caller]
    pub fn succeeded(&self) -> &str {
        assert_eq!(self.code, 0, "{self:#?}");
        &self.out
    }
}

#[test]
fn is_the_program() {
    let Ok(arguments) = std::env::var(ARGUMENTS) else { return };
    let arguments: Vec<String> = serde_json::from_str(&arguments).unwrap();
    print!("{BEGIN}");
    let arguments = std::iter::once("phoihop".to_owned()).chain(arguments);
    let code = server::cli::run(arguments.map(Into::into));
    let code = (0..=u8::MAX).find(|number| ExitCode::from(*number) == code).unwrap();
    std::process::exit(code.into());
}
