//! Programs and what is part of them.

use domain::bundle::{ProgramNeed, SameNeed};
use domain::involvement::{InvolvementKind, Subject};
use domain::link::{LinkKind, LinkTarget};
use domain::program::{NumberStatus, ProgramKind, ProgramStatus};
use domain::{
    AgencyLevel, Basis, CooperationArea, PlannedActivity, Program, ProgramLink, ProgramTopic, RecordKind, Target,
    Visibility,
};

use super::document::Citing;
use super::ids::Need;
use super::place::{At, order};
use super::{Compiler, Handle};
use crate::format::{AreaEntry, LinkEntry, PlannedActivityEntry, ProgramEntry, TargetEntry};

impl Compiler<'_> {
    pub(super) fn file_programs(&mut self) {
        for (index, entry) in self.dossier.programs.iter().enumerate() {
            let at = At::root().keyed("programs", index, &entry.key);
            if !self.fresh(self.programs.contains_key(entry.key.as_str()), &entry.key, &at) {
                continue;
            }
            let tenant = self.tenant_ref(entry.tenant.as_ref(), &at.field("tenant")).unwrap_or(self.tenant);
            let handle = if let Some(same) = &entry.same_as {
                if entry.tenant.is_some() {
                    let message = "finds a program of the dossier's own tenant; leave out either sameAs or tenant, by which \
                                   it is found by its number or title";
                    self.problems.push(&at.field("sameAs"), message);
                }
                if same.dossier == self.dossier.key {
                    let message = "names this dossier; within one dossier a program is one entry";
                    self.problems.push(&at.field("sameAs/dossier"), message);
                }
                let need = Need::Same(SameNeed {
                    path: at.path.clone(),
                    kind: RecordKind::Program,
                    dossier: same.dossier.clone(),
                    there: format!("programs/{}", same.program),
                });
                self.shared(RecordKind::Program, &at, self.tenant, self.visibility, need)
            } else if tenant == self.tenant {
                self.own(RecordKind::Program, &at, tenant, self.visibility)
            } else {
                let need = Need::Program(ProgramNeed {
                    path: at.path.clone(),
                    tenant,
                    number: entry.number.clone(),
                    aliases: entry.aliases.clone(),
                    title: entry.title.clone(),
                });
                self.shared(RecordKind::Program, &at, tenant, Visibility::Public, need)
            };
            self.programs.insert(&entry.key, handle);
        }
    }

    pub(super) fn programs(&mut self) {
        for (index, entry) in self.dossier.programs.iter().enumerate() {
            let at = At::root().keyed("programs", index, &entry.key);
            let Some(handle) = self.programs.get(entry.key.as_str()).copied() else { continue };
            if handle.owned {
                self.agreed(entry, &at, handle);
            }
            let comes = !(entry.targets.is_empty() && entry.results.is_empty() && entry.planned_activities.is_empty());
            if comes && self.adds_to(handle, &at) {
                self.targets(&entry.targets, &at, handle);
                self.results(&entry.results, &at, handle);
                self.planned_activities(&entry.planned_activities, &at, handle);
            }
        }
    }

    /// What was agreed: the program itself and what is part of it. Only one dossier says it.
    fn agreed(&mut self, entry: &ProgramEntry, at: &At, handle: Handle<Program>) {
        self.one_program(entry, at, handle);
        let (subject, visibility) = (Subject::Program(handle.id), handle.visibility);
        self.topics(entry, at, handle);
        self.parties(&entry.signatories, at, "signatories", InvolvementKind::Signatory, subject, visibility);
        self.parties(&entry.participants, at, "participants", InvolvementKind::Participant, subject, visibility);
        self.links(&entry.links, at, handle);
        self.citations(&entry.citations, at, Citing::Program(handle.id), visibility);
        self.areas(&entry.areas, at, handle);
    }

    /// Whether what came of a program may be added by this dossier: it describes the program itself, or its tenant does
    /// in another dossier, and then whoever sees the program may see this dossier too. What hangs on a program of another
    /// tenant is described where the program is.
    pub(super) fn adds_to(&mut self, program: Handle<Program>, at: &At) -> bool {
        if program.owned {
            return true;
        }
        if program.id.tenant != self.tenant {
            return false;
        }
        let seen = program.visibility <= self.visibility;
        if !seen {
            let message = format!(
                "would be seen by whoever sees the program, which is {}, while this dossier is {}; give the dossier the \
                 visibility {}, or say it in another one",
                program.visibility, self.visibility, program.visibility
            );
            self.problems.push(&at.pointer, message);
        }
        seen
    }

    fn one_program(&mut self, entry: &ProgramEntry, at: &At, handle: Handle<Program>) {
        let number_status = if entry.number.is_some() { NumberStatus::Stated } else { NumberStatus::NotStated };
        let program = Program {
            id: handle.id,
            kind: self.code_or(Some(&entry.kind), &at.field("kind"), ProgramKind::Other),
            number: entry.number.clone(),
            number_status: self.code_or(entry.number_status.as_deref(), &at.field("numberStatus"), number_status),
            aliases: entry.aliases.clone(),
            title_vi: entry.title.clone(),
            title_en: entry.title_en.clone(),
            title_basis: self.code_or(entry.title_basis.as_deref(), &at.field("titleBasis"), Basis::Stated),
            level: self.code_or(Some(&entry.level), &at.field("level"), AgencyLevel::Province),
            locality: self.locality(entry.locality.as_deref(), at, handle.id.tenant),
            period: self.period(entry.period.as_ref(), at),
            signed_on: self.dated(entry.signed_on.as_deref(), entry.signed_on_inferred.as_ref(), at, "signedOn"),
            effective_from: self.date(entry.effective_from.as_deref(), &at.field("effectiveFrom")),
            status: self.code_or(entry.status.as_deref(), &at.field("status"), ProgramStatus::Signed),
            area_count: entry.area_count,
            note: entry.note.clone(),
            visibility: handle.visibility,
            version: handle.version,
        };
        self.faults(at, program.faults());
        self.lists.programs.push(program);
    }

    fn topics(&mut self, entry: &ProgramEntry, at: &At, program: Handle<Program>) {
        for (index, code) in entry.topics.iter().enumerate() {
            let at = at.keyed("topics", index, code);
            let Some(topic) = self.topic(Some(code), &at.pointer) else { continue };
            let handle = self.own(RecordKind::ProgramTopic, &at, program.id.tenant, program.visibility);
            self.lists.program_topics.push(ProgramTopic {
                id: handle.id,
                program: program.id,
                topic,
                order: order(index),
                visibility: program.visibility,
            });
        }
    }

    fn links(&mut self, entries: &[LinkEntry], of: &At, from: Handle<Program>) {
        for (index, entry) in entries.iter().enumerate() {
            let at = of.nth("links", index);
            let to = match (&entry.program, &entry.document) {
                (Some(key), None) => {
                    self.program(Some(key), &at.field("program")).map(|found| LinkTarget::Program(found.id))
                }
                (None, Some(key)) => {
                    self.document(Some(key), &at.field("document")).map(|found| LinkTarget::Document(found.id))
                }
                (None, None) | (Some(_), Some(_)) => {
                    self.problems
                        .push(&at.pointer, "a link leads to one program or to one document; give one of the two");
                    None
                }
            };
            let Some(to) = to else { continue };
            let handle = self.own(RecordKind::ProgramLink, &at, from.id.tenant, from.visibility);
            let link = ProgramLink {
                id: handle.id,
                from: from.id,
                to,
                kind: self.code_or(Some(&entry.kind), &at.field("kind"), LinkKind::Cites),
                basis: self.code_or(entry.basis.as_deref(), &at.field("basis"), Basis::Stated),
                reason: entry.reason.clone(),
                note: entry.note.clone(),
                visibility: from.visibility,
                version: 0,
            };
            self.faults(&at, link.faults());
            self.lists.program_links.push(link);
        }
    }

    fn areas(&mut self, entries: &[AreaEntry], of: &At, program: Handle<Program>) {
        for (index, entry) in entries.iter().enumerate() {
            let at = of.nth("areas", index);
            let handle = self.own(RecordKind::CooperationArea, &at, program.id.tenant, program.visibility);
            let area = CooperationArea {
                id: handle.id,
                program: program.id,
                order: order(index),
                label: entry.label.clone(),
                topic: self.topic(entry.topic.as_deref(), &at.field("topic")),
                visibility: program.visibility,
                version: 0,
            };
            self.lists.areas.push(area);
            let (kind, subject) = (InvolvementKind::Responsible, Subject::Area(handle.id));
            self.parties(&entry.responsible, &at, "responsible", kind, subject, program.visibility);
        }
    }

    fn targets(&mut self, entries: &[TargetEntry], of: &At, program: Handle<Program>) {
        for (index, entry) in entries.iter().enumerate() {
            let at = of.nth("targets", index);
            let handle = self.own(RecordKind::Target, &at, program.id.tenant, program.visibility);
            let indicator = self.indicator(&entry.indicator, &at);
            let quantity = self.quantity(Some(&entry.quantity), &at);
            let period = self.period(entry.period.as_ref(), &at);
            let (Some(indicator), Some(quantity)) = (indicator, quantity) else { continue };
            let target = Target {
                id: handle.id,
                program: program.id,
                order: order(index),
                indicator,
                label: entry.label.clone(),
                quantity,
                aspirational: entry.aspirational,
                scope: entry.scope.clone(),
                period,
                visibility: program.visibility,
                version: 0,
            };
            self.faults(&at, target.faults());
            self.lists.targets.push(target);
        }
    }

    fn planned_activities(&mut self, entries: &[PlannedActivityEntry], of: &At, program: Handle<Program>) {
        for (index, entry) in entries.iter().enumerate() {
            let at = of.nth("plannedActivities", index);
            let handle = self.own(RecordKind::PlannedActivity, &at, program.id.tenant, program.visibility);
            let Some(day) = self.date(Some(&entry.day), &at.field("day")) else { continue };
            self.lists.planned_activities.push(PlannedActivity {
                id: handle.id,
                program: program.id,
                order: order(index),
                label: entry.label.clone(),
                occasion: entry.occasion.clone(),
                day,
                visibility: program.visibility,
                version: 0,
            });
        }
    }
}
