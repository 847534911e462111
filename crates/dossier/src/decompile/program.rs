//! Programs and what is part of them.

use domain::link::LinkTarget;
use domain::program::{NumberStatus, ProgramStatus};
use domain::{Basis, RecordKind};

use super::Decompiler;
use super::values::{code, date, dated, period, quantity, unless};
use crate::format::{AreaEntry, LinkEntry, PlannedActivityEntry, ProgramEntry, SameProgram, TargetEntry};

impl Decompiler<'_> {
    pub(super) fn programs(&mut self) -> Vec<ProgramEntry> {
        let entries = self.keyed("programs", RecordKind::Program, &self.on_file.bundle.programs, |one| one.id);
        let mut written = Vec::with_capacity(entries.len());
        for entry in entries {
            let (program, of) = (entry.record, entry.path.as_str());
            let (signed_on, signed_on_inferred) = dated(program.signed_on.as_ref());
            let same_as = self.elsewhere(entry.owned, program.id.uuid);
            let number_status = if program.number.is_some() { NumberStatus::Stated } else { NumberStatus::NotStated };
            let topics = self.nth(of, "topics", &self.records.topics, |one| one.order);
            written.push(ProgramEntry {
                tenant: self.other_tenant(program.id.tenant),
                same_as: same_as.map(|(dossier, key)| SameProgram { dossier, program: key }),
                kind: code(program.kind),
                number: program.number.clone(),
                number_status: unless(program.number_status, number_status),
                aliases: program.aliases.clone(),
                title: program.title_vi.clone(),
                title_en: program.title_en.clone(),
                title_basis: unless(program.title_basis, Basis::Stated),
                level: code(program.level),
                locality: self.locality(program.locality),
                period: period(program.period.as_ref()),
                signed_on,
                signed_on_inferred,
                effective_from: date(program.effective_from.as_ref()),
                status: unless(program.status, ProgramStatus::Signed),
                topics: topics.into_iter().map(|(_, topic)| topic.topic.clone()).collect(),
                area_count: program.area_count,
                signatories: self.parties(of, "signatories"),
                participants: self.parties(of, "participants"),
                links: self.links(of),
                citations: self.citations(of),
                areas: self.areas(of),
                targets: self.targets(of),
                results: self.results(of),
                planned_activities: self.planned_activities(of),
                note: program.note.clone().filter(|_| entry.owned),
                key: entry.key,
            });
        }
        written
    }

    fn links(&mut self, of: &str) -> Vec<LinkEntry> {
        let mut written = Vec::new();
        for (path, link) in self.nth(of, "links", &self.records.links, |_| 0) {
            let (program, document) = match link.to {
                LinkTarget::Program(id) => (self.key_of(RecordKind::Program, Some(id), path), None),
                LinkTarget::Document(id) => (None, self.key_of(RecordKind::Document, Some(id), path)),
            };
            if program.is_none() && document.is_none() {
                continue;
            }
            written.push(LinkEntry {
                kind: code(link.kind),
                program,
                document,
                basis: unless(link.basis, Basis::Stated),
                reason: link.reason.clone(),
                note: link.note.clone(),
            });
        }
        written
    }

    fn areas(&mut self, of: &str) -> Vec<AreaEntry> {
        let mut written = Vec::new();
        for (path, area) in self.nth(of, "areas", &self.records.areas, |one| one.order) {
            let responsible = self.parties(path, "responsible");
            written.push(AreaEntry { label: area.label.clone(), topic: area.topic.clone(), responsible });
        }
        written
    }

    fn targets(&self, of: &str) -> Vec<TargetEntry> {
        let targets = self.nth(of, "targets", &self.records.targets, |one| one.order);
        targets
            .into_iter()
            .map(|(_, target)| TargetEntry {
                indicator: target.indicator.clone(),
                label: target.label.clone(),
                quantity: quantity(&target.quantity),
                aspirational: target.aspirational,
                scope: target.scope.clone(),
                period: period(target.period.as_ref()),
            })
            .collect()
    }

    fn planned_activities(&self, of: &str) -> Vec<PlannedActivityEntry> {
        let planned = self.nth(of, "plannedActivities", &self.records.planned_activities, |one| one.order);
        planned
            .into_iter()
            .map(|(_, activity)| PlannedActivityEntry {
                label: activity.label.clone(),
                occasion: activity.occasion.clone(),
                day: activity.day.edtf().to_owned(),
            })
            .collect()
    }
}
