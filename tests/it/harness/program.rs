//! The program in a process of its own. It is this very test binary, told by an environment variable to be the program:
//! cargo builds no other package's binary for a test.

use std::io::{BufRead as _, BufReader, Lines, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, ExitCode, Output, Stdio};

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
    let Output { status, stdout, stderr } = command(arguments).output().unwrap();
    let out = String::from_utf8(stdout).unwrap();
    let (_, out) = out.split_once(BEGIN).unwrap_or_else(|| panic!("the program did not begin: {out}"));
    Run { code: status.code().unwrap(), out: out.to_owned(), err: String::from_utf8(stderr).unwrap() }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "harness::program::is_the_program", "--nocapture", "--quiet"])
        .env(ARGUMENTS, serde_json::to_string(arguments).unwrap())
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null());
    for name in ["PHOIHOP_DATA_DIR", "PHOIHOP_DATABASE_URL", "PHOIHOP_LOG"] {
        command.env_remove(name);
    }
    command
}

/// The program as a service in a process of its own, killed with this value.
pub struct Service {
    child: Child,
    /// Read no further, but open: what writes to a closed pipe ends.
    _out: Lines<BufReader<ChildStdout>>,
    address: String,
}

impl Service {
    /// Starts `serve` on a free port, and waits until it listens.
    pub fn start(arguments: &[&str]) -> Self {
        let arguments = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let mut child = command(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.find_map(|line| line.unwrap().strip_prefix("listening on http://").map(str::to_owned));
        Self { child, _out: lines, address: line.expect("the service listens") }
    }

    /// Ends it as a crash would: kill -9.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks with a key: the status, and the body.
    pub fn ask(&self, method: &str, path: &str, key: &str, body: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\nauthorization: Bearer {key}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}",
            self.address
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("the head ends") + 4;
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        assert!(!head.to_lowercase().contains("transfer-encoding: chunked"), "{head}");
        (head.split(' ').nth(1).unwrap().parse().unwrap(), answer.split_off(end))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
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
