//! Conflicts: sources that disagree about a record of this dossier.

use domain::conflict::ConflictValue;
use domain::{Conflict, RecordKind};

use super::Compiler;
use super::place::Places;
use crate::nearest::did_you_mean;
use crate::problem::clip;

impl Compiler<'_> {
    pub(super) fn conflicts(&mut self) {
        let mut places = Places::of("conflicts");
        for (index, entry) in self.dossier.conflicts.iter().enumerate() {
            let (at, _) = places.next(&entry.record, index);
            if entry.values.len() < 2 {
                self.problems.push(&at.field("values"), "a disagreement has two sides at least; add the other value");
            }
            let Some(filed) = self.filed.get(&entry.record).copied() else {
                // With ids at hand, what is missing belongs to a record that another dossier describes.
                if self.asks() {
                    let mend = did_you_mean(&entry.record, self.filed.keys().map(String::as_str));
                    let mend = mend.unwrap_or_else(|| "write it as programs/<key>".to_owned());
                    let message = format!("this dossier has no record \"{}\"; {mend}", clip(&entry.record));
                    self.problems.push(&at.field("record"), message);
                }
                continue;
            };
            let visibility = filed.visibility.min(self.visibility);
            let handle = self.own(RecordKind::Conflict, &at, self.tenant, visibility);
            let values = entry.values.iter();
            self.lists.conflicts.push(Conflict {
                id: handle.id,
                kind: filed.kind,
                record_tenant: filed.tenant,
                record: filed.uuid,
                field: entry.field.clone(),
                values: values
                    .map(|side| ConflictValue { value: side.value.clone(), source: side.source.clone() })
                    .collect(),
                note: entry.note.clone(),
                visibility,
                version: 0,
            });
        }
    }
}
