//! Documents: laws, resolutions, directives, decisions; and the citations that lead to them.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::{Event, Fault, Id, PartialDate, Program, Visibility};

/// What kind of document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum DocumentKind {
    /// Luật, bộ luật.
    Law,
    /// Nghị quyết.
    Resolution,
    /// Chỉ thị.
    Directive,
    /// Quyết định.
    Decision,
    /// Kết luận.
    Conclusion,
    /// Thông tư.
    Circular,
    /// Kế hoạch.
    Plan,
    /// Chương trình hành động.
    ActionProgram,
    /// Chiến lược.
    Strategy,
    /// Đề án.
    Scheme,
    /// Công văn.
    OfficialLetter,
    /// Hướng dẫn.
    Guideline,
    /// Báo cáo.
    Report,
    /// Anything else.
    Other,
}

/// One document. Its issuers are its involvements.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Key.
    pub id: Id<Document>,
    /// Kind.
    pub kind: DocumentKind,
    /// Number, verbatim: `238-QĐ/TW`. Never a key.
    pub number: Option<String>,
    /// Other printings of the number and other names.
    pub aliases: Vec<String>,
    /// Vietnamese title.
    pub title_vi: Option<String>,
    /// When it was issued.
    pub issued_on: Option<PartialDate>,
    /// Remarks of the compilers.
    pub note: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl Document {
    /// The rules of a document.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        if self.number.is_none() && self.title_vi.is_none() {
            return vec![Fault::new(
                "number",
                "a document needs its number or its title",
                "văn bản cần có số hiệu hoặc tên",
            )];
        }
        Vec::new()
    }
}

/// A program or an event referring to a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// Key; its tenant is the citing side's.
    pub id: Id<Citation>,
    /// The citing program.
    pub program: Option<Id<Program>>,
    /// The citing event, where a document was announced or studied.
    pub event: Option<Id<Event>>,
    /// The document; may belong to another tenant.
    pub document: Id<Document>,
    /// Article: `Điều 33`.
    pub article: Option<String>,
    /// What it is cited for, in our own words.
    pub cited_for: Option<String>,
    /// Order in the text, from 1.
    pub order: i32,
    /// Same as the citing side's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}
