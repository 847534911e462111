//! What a record breaks of its own rules. Collected, never thrown one at a time: whoever mends a file or a form
//! wants the whole list.

/// One broken rule of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field of the record that must change, as the API names it (`signedOn`).
    pub field: &'static str,
    /// What is wrong and how to mend it, one sentence.
    pub message: String,
}

impl Fault {
    /// A fault of `field`.
    pub fn new(field: &'static str, message: impl Into<String>) -> Self {
        Self { field, message: message.into() }
    }
}
