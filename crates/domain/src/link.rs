//! Links between programs, and from programs to the documents they carry out. The one relation besides signatories
//! that crosses tenants on purpose.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::{Basis, Document, Fault, Id, Program, Visibility};

/// How one instrument relates to another (ELI: `based_on`, `amends`, …).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum LinkKind {
    /// Carries out a higher instrument at its own level.
    Implements,
    /// A pledge or yearly plan that carries out an instrument of the same parties.
    Executes,
    /// Follows an instrument that ran out.
    Renews,
    /// Changes an instrument in force.
    Amends,
    /// Takes the place of several instruments.
    Merges,
    /// Only refers to it.
    Cites,
}

/// What a link points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// Another program.
    Program(Id<Program>),
    /// A document: a Party decision or a law can be the parent of a program.
    Document(Id<Document>),
}

/// One link.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgramLink {
    /// Key; its tenant is the tenant of the program it starts from.
    pub id: Id<ProgramLink>,
    /// Where it starts.
    pub from: Id<Program>,
    /// Where it points.
    pub to: LinkTarget,
    /// What it means.
    pub kind: LinkKind,
    /// Stated by the source or inferred.
    pub basis: Basis,
    /// Why it was inferred.
    pub reason: Option<String>,
    /// Remarks of the compilers.
    pub note: Option<String>,
    /// Same as the program's it starts from.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl ProgramLink {
    /// The rules of a link.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.to == LinkTarget::Program(self.from) {
            faults.push(Fault::new(
                "program",
                "a program cannot link to itself",
                "chương trình không thể liên kết với chính nó",
            ));
        }
        if self.basis == Basis::Inferred && self.reason.is_none() {
            faults.push(Fault::new("reason", "an inferred link needs the reason", "liên kết suy luận phải kèm lý do"));
        }
        faults
    }
}
