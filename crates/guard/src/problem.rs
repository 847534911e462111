//! Why a document is refused.

use apollo_compiler::Schema;
use apollo_compiler::validation::{DiagnosticList, Valid};

use crate::suggest::suggestion;

/// The kinds of refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// It is not GraphQL.
    ParseFailed,
    /// It does not fit the schema.
    ValidationFailed,
    /// A variable has a value that it cannot have.
    BadUserInput,
    /// It does not say which of its operations is meant.
    OperationResolution,
    /// It is larger than a limit.
    TooComplex,
    /// It is nested deeper than a limit.
    TooDeep,
}

/// The limit that was exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excess {
    /// Its name in the configuration.
    pub name: &'static str,
    /// Its value.
    pub value: u64,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// Line and column in the document, each from 1.
    pub locations: Vec<(usize, usize)>,
    /// How to mend it.
    pub hint: Option<String>,
    /// What the caller may have meant: names of the schema, for those who may read it.
    pub suggestion: Option<String>,
    /// The limit, when it is one.
    pub excess: Option<Excess>,
}

/// All that is wrong, at least one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// In the order of the document.
    pub problems: Vec<Problem>,
}

/// So many problems are told; a document can have one for each of its tokens.
const TOLD: usize = 20;

/// So much of a message is told: it may quote what the caller sent.
const LONG: usize = 300;

impl Problem {
    fn new(code: Code, message: impl Into<String>) -> Self {
        let mut message = message.into();
        if message.chars().count() > LONG {
            message = message.chars().take(LONG).chain(['…']).collect();
        }
        Self { code, message, locations: Vec::new(), hint: None, suggestion: None, excess: None }
    }
}

impl Refusal {
    /// For one reason.
    pub(crate) fn of(code: Code, message: impl Into<String>) -> Self {
        Self { problems: vec![Problem::new(code, message)] }
    }

    /// For a limit.
    pub(crate) fn excess(
        code: Code,
        name: &'static str,
        value: impl TryInto<u64>,
        what: &str,
        hint: &'static str,
    ) -> Self {
        let value = value.try_into().unwrap_or(u64::MAX);
        let mut problem = Problem::new(code, format!("{what}: at most {value} ({name})"));
        problem.hint = Some(hint.to_owned());
        problem.excess = Some(Excess { name, value });
        Self { problems: vec![problem] }
    }

    /// For what the parser found.
    pub(crate) fn syntax(errors: &DiagnosticList) -> Self {
        // What follows the first fault is mostly its consequence.
        Self::told(errors, Code::ParseFailed, 1, |_| None)
    }

    /// For what the second parser found, which the first one passed over.
    pub(crate) fn unparsable(error: &async_graphql_parser::Error) -> Self {
        let mut refusal = Self::of(Code::ParseFailed, format!("syntax error: {error}"));
        for problem in &mut refusal.problems {
            problem.locations = error.positions().map(|at| (at.line, at.column)).collect();
        }
        refusal
    }

    /// For what validation found.
    pub(crate) fn invalid(errors: &DiagnosticList, schema: &Valid<Schema>) -> Self {
        Self::told(errors, Code::ValidationFailed, TOLD, |message| suggestion(message, schema))
    }

    fn told(errors: &DiagnosticList, code: Code, most: usize, suggest: impl Fn(&str) -> Option<String>) -> Self {
        let problem = |error: apollo_compiler::response::GraphQLError| {
            let mut problem = Problem::new(code, error.message);
            problem.locations = error.locations.iter().map(|at| (at.line, at.column)).collect();
            problem.suggestion = suggest(&problem.message);
            problem
        };
        // The words of the reference implementation, which developers know from elsewhere.
        let mut problems: Vec<Problem> =
            errors.iter().take(most).map(|error| problem(error.unstable_to_json_compat())).collect();
        // A set of which nothing is known counts as empty, which is the lesser half of the truth.
        let unknown = |text: &str| text.starts_with("Cannot query field") || text.starts_with("Unknown type");
        if problems.iter().any(|problem| unknown(&problem.message)) {
            problems.retain(|problem| !problem.message.contains("must have a selection of subfields"));
        }
        if problems.is_empty() { Self::of(code, "the document cannot be understood") } else { Self { problems } }
    }
}
