//! How a command fails: what went wrong, and what to do about it.

use std::fmt;
use std::process::ExitCode;

use persistence::StoreError;

/// A failed command. Whoever makes one says how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong.
    pub message: String,
    /// What to do about it.
    pub fix: String,
    /// Whether the command itself was wrong, rather than what it met.
    pub usage: bool,
}

impl Failure {
    /// The command was right but could not be carried out.
    pub fn new(message: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { message: message.into(), fix: fix.into(), usage: false }
    }

    /// The command itself was wrong.
    pub fn usage(message: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { message: message.into(), fix: fix.into(), usage: true }
    }

    /// 2 when the command was wrong, else 1.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(if self.usage { 2 } else { 1 })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}\nfix: {}", self.message, self.fix)
    }
}

impl std::error::Error for Failure {}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let fix = match &error {
            StoreError::Denied(_) => {
                "connect as phoihop_app; if you do, this is a defect: run again with --log debug and report what it says"
            }
            StoreError::Unavailable(_) => "check that the database runs and can be reached, then try again",
            StoreError::Referred(_) => "bring the reference data up to date with `phoihop migrate`, then try again",
            StoreError::Internal(_) => {
                "bring the database up to date with `phoihop migrate`; if it happens again, report it"
            }
        };
        Self::new(error.to_string(), fix)
    }
}

/// For problems in what the program itself ships; those of a user's file are listed, see [`crate::import`].
impl From<dossier::Problems> for Failure {
    fn from(problems: dossier::Problems) -> Self {
        Self::new(format!("the program's own data is damaged:\n{problems}"), "install the program anew")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_its_fix() {
        let failure = Failure::from(StoreError::Internal("FOREIGN KEY constraint failed".to_owned()));
        assert!(failure.to_string().starts_with("error: the store failed"));
        assert!(failure.fix.contains("phoihop migrate"));
        assert!(!failure.usage);
    }
}
