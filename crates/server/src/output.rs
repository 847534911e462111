//! What the command line prints. Results go to standard output, everything else to standard error; nothing else in
//! the program prints, and logs are not printed but traced.

use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::Failure;

/// Writes a line of a result to standard output.
pub fn line(text: impl Display) -> Result<(), Failure> {
    raw(&format!("{text}\n"))
}

/// Writes a result to standard output as it is.
pub fn raw(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // The reader has seen enough (`phoihop schema print | head`).
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::new(
            format!("standard output cannot be written: {error}"),
            "check where the output goes: is the disk full?",
        )),
        Ok(()) => Ok(()),
    }
}

/// Writes a line for the person at the terminal to standard error. Nobody may be there to read it.
pub fn note(text: impl Display) {
    writeln!(io::stderr().lock(), "{text}").ok();
}

/// How far a command of several steps has come: a bar on a terminal, otherwise a line for each step.
#[derive(Debug)]
pub struct Steps {
    bar: Option<ProgressBar>,
}

impl Steps {
    /// Begins; `total` steps are to come.
    pub fn begin(total: usize) -> Self {
        let bar = io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(u64::try_from(total).unwrap_or(u64::MAX));
            if let Ok(style) = ProgressStyle::with_template("{spinner} [{bar:30}] {pos}/{len} {msg}") {
                bar.set_style(style.progress_chars("=> "));
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        });
        Self { bar }
    }

    /// Says what is being done now.
    pub fn doing(&self, what: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(what.to_owned());
        }
    }

    /// Says what was done, and that a step is behind us.
    pub fn done(&self, what: impl Display) {
        match &self.bar {
            Some(bar) => bar.println(what.to_string()),
            None => note(what),
        }
        self.advance();
    }

    /// A step is behind us; what came of it is told later.
    pub fn advance(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
