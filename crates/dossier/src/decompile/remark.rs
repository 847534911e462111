//! Remarks.

use domain::RecordKind;

use super::Decompiler;
use super::values::code;
use crate::format::RemarkEntry;

impl Decompiler<'_> {
    pub(super) fn remarks(&mut self) -> Vec<RemarkEntry> {
        let mut written = Vec::new();
        for (program, path, remark) in self.of_programs("remarks", |records| &records.remarks, |one| one.order) {
            written.push(RemarkEntry {
                program,
                event: self.key_of(RecordKind::Event, remark.event, path),
                kind: code(remark.kind),
                text: remark.text.clone(),
                specified: remark.specified,
            });
        }
        written
    }
}
