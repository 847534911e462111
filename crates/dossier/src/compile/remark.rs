//! Remarks.

use domain::remark::RemarkKind;
use domain::{RecordKind, Remark};

use super::Compiler;
use super::place::Places;

impl Compiler<'_> {
    pub(super) fn remarks(&mut self) {
        let mut places = Places::of("remarks");
        for (index, entry) in self.dossier.remarks.iter().enumerate() {
            let (at, order) = places.next(&format!("programs/{}", entry.program), index);
            let Some(program) = self.program(Some(&entry.program), &at.field("program")) else { continue };
            if !self.adds_to(program, &at) {
                continue;
            }
            let handle = self.own(RecordKind::Remark, &at, program.id.tenant, program.visibility);
            let remark = Remark {
                id: handle.id,
                program: program.id,
                event: self.event(entry.event.as_deref(), &at, program.id.tenant),
                order,
                kind: self.code_or(Some(&entry.kind), &at.field("kind"), RemarkKind::Other),
                text: entry.text.clone(),
                specified: entry.specified,
                visibility: program.visibility,
                version: 0,
            };
            self.lists.remarks.push(remark);
        }
    }
}
