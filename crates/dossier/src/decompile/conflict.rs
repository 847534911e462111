//! Conflicts: sources that disagree about a record of this dossier.

use super::Decompiler;
use crate::format::{ConflictEntry, ConflictValueEntry};

impl Decompiler<'_> {
    pub(super) fn conflicts(&self) -> Vec<ConflictEntry> {
        let mut about: Vec<&domain::Provenance> = self.paths.values().copied().collect();
        about.sort_by_key(|one| one.id);
        let of = |path| self.nth(path, "conflicts", &self.records.conflicts, |_| 0);
        let found = about.iter().flat_map(|one| of(&one.path).into_iter().map(|(_, conflict)| (&one.path, conflict)));
        found
            .map(|(record, conflict)| ConflictEntry {
                record: record.clone(),
                field: conflict.field.clone(),
                values: conflict
                    .values
                    .iter()
                    .map(|side| ConflictValueEntry { value: side.value.clone(), source: side.source.clone() })
                    .collect(),
                note: conflict.note.clone(),
            })
            .collect()
    }
}
