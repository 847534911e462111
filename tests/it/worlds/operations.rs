//! Every question that the schema lets an actor ask, in a form that would show a hidden row if a wall had a hole there:
//! made from the schema and from samples of both worlds, the same in every run.

use serde_json::{Value, json};

use super::samples::{Dice, Samples};
use super::sdl::Sdl;
use super::{across, catalogs, changes, edges, filters, lists, nodes, refused, service};

/// How an operation goes on after its first page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// By `$after`, to the end of the list at this JSON pointer.
    Forward,
    /// By `$before`, to the beginning.
    Backward,
}

/// One question.
#[derive(Clone, Debug)]
pub struct Operation {
    pub name: String,
    pub query: String,
    pub variables: Value,
    /// Which list is followed page by page, and which way.
    pub walk: Option<(String, Walk)>,
    /// Whether the answer has errors. One that answers errors unexpectedly compares nothing.
    pub refused: bool,
}

impl Operation {
    pub fn new(name: impl Into<String>, query: impl Into<String>) -> Self {
        Self { name: name.into(), query: query.into(), variables: json!({}), walk: None, refused: false }
    }

    pub fn with(self, variables: Value) -> Self {
        Self { variables, ..self }
    }

    /// Pages through the list at `pointer`; the query takes `$after`.
    pub fn forward(self, pointer: impl Into<String>) -> Self {
        Self { walk: Some((pointer.into(), Walk::Forward)), ..self }
    }

    /// The same from the end; the query takes `$before`.
    pub fn backward(self, pointer: impl Into<String>) -> Self {
        Self { walk: Some((pointer.into(), Walk::Backward)), ..self }
    }

    pub fn refused(self) -> Self {
        Self { refused: true, ..self }
    }
}

/// What the parts of the generator share.
pub struct Workshop<'a> {
    pub sdl: &'a Sdl,
    pub samples: &'a Samples,
    pub dice: Dice,
    pub made: Vec<Operation>,
}

/// All operations.
pub fn generate(sdl: &Sdl, samples: &Samples) -> Vec<Operation> {
    let mut workshop = Workshop { sdl, samples, dice: Dice::new(20_261_122), made: Vec::new() };
    lists::make(&mut workshop);
    filters::make(&mut workshop);
    edges::make(&mut workshop);
    nodes::make(&mut workshop);
    catalogs::make(&mut workshop);
    changes::make(&mut workshop);
    service::make(&mut workshop);
    across::make(&mut workshop);
    refused::make(&mut workshop);
    workshop.made
}
