//! Results, which may depend on one another.

use std::collections::BTreeMap;

use domain::involvement::{InvolvementKind, Subject};
use domain::{Id, Outcome, Program, RecordKind};

use super::place::{At, order, parents_first};
use super::values::lookup;
use super::{Compiler, Handle};
use crate::format::ResultEntry;

/// The results of one program by local key.
type Keys<'k> = BTreeMap<&'k str, Handle<Outcome>>;

impl Compiler<'_> {
    pub(super) fn results(&mut self, entries: &[ResultEntry], of: &At, program: Handle<Program>) {
        let mut keys = Keys::new();
        let mut handles = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let at = of.nth("results", index);
            let handle: Handle<Outcome> = self.own(RecordKind::Result, &at, program.id.tenant, program.visibility);
            if let Some(key) = &entry.key
                && self.fresh(keys.contains_key(key.as_str()), key, &at)
            {
                keys.insert(key, handle);
            }
            handles.push((at, handle));
        }
        let mut outcomes = Vec::new();
        for (index, (entry, (at, handle))) in entries.iter().zip(handles).enumerate() {
            if let Some(outcome) = self.outcome(entry, &at, (handle, order(index)), program, &keys) {
                outcomes.push((at, outcome));
            }
        }
        let refers = |outcome: &Outcome| {
            [outcome.of_result, outcome.subset_of, outcome.denominator]
                .into_iter()
                .map(|id| id.map(|id| id.uuid))
                .collect()
        };
        let (sorted, circular) = parents_first(outcomes, |outcome| outcome.id.uuid, refers);
        for at in circular {
            self.problems.push(&at.pointer, "depends on a result that depends on it; one of them must stand alone");
        }
        self.lists.results.extend(sorted);
    }

    fn outcome(
        &mut self,
        entry: &ResultEntry,
        at: &At,
        (handle, order): (Handle<Outcome>, i32),
        program: Handle<Program>,
        keys: &Keys<'_>,
    ) -> Option<Outcome> {
        let event = self.event(entry.event.as_deref(), at, program.id.tenant);
        let period = self.period(entry.period.as_ref(), at);
        let as_of = self.date(entry.as_of.as_deref(), &at.field("asOf"));
        let of_result = self.result(keys, entry.of_result.as_deref(), at, "ofResult");
        let subset_of = self.result(keys, entry.subset_of.as_deref(), at, "subsetOf");
        let denominator = self.result(keys, entry.denominator.as_deref(), at, "denominator");
        let (kind, subject) = (InvolvementKind::Contributor, Subject::Result(handle.id));
        self.parties(&entry.contributors, at, "contributors", kind, subject, program.visibility);
        let indicator = self.indicator(&entry.indicator, at);
        let quantity = self.quantity(entry.quantity.as_ref(), at)?;
        let outcome = Outcome {
            id: handle.id,
            program: program.id,
            event,
            order,
            indicator: indicator?,
            label: entry.label.clone(),
            quantity,
            statement: entry.statement.clone(),
            period,
            as_of,
            scope: entry.scope.clone(),
            sites: entry.sites.clone(),
            audience: entry.audience.clone(),
            names: entry.names.clone(),
            of_result,
            subset_of,
            denominator,
            visibility: program.visibility,
            version: 0,
        };
        self.faults(at, outcome.faults());
        Some(outcome)
    }

    fn result(&mut self, keys: &Keys<'_>, key: Option<&str>, at: &At, field: &str) -> Option<Id<Outcome>> {
        lookup(keys, &mut self.problems, key, &at.field(field), "the results of this program").map(|found| found.id)
    }
}
