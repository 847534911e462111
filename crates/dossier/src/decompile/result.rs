//! Results, which may depend on one another.

use std::collections::{HashMap, HashSet};

use domain::{Id, Outcome, RecordKind};

use super::Decompiler;
use super::values::{date, period, quantity};
use crate::format::{QuantityEntry, ResultEntry};

impl Decompiler<'_> {
    pub(super) fn results(&mut self, of: &str) -> Vec<ResultEntry> {
        let results = self.nth(of, "results", &self.records.results, |one| one.order);
        let needed: HashSet<Id<Outcome>> = results.iter().flat_map(|(_, one)| depends_on(one)).collect();
        // The local keys of results are not stored; their places do.
        let keys: HashMap<Id<Outcome>, String> =
            results.iter().enumerate().map(|(index, (_, one))| (one.id, format!("result-{}", index + 1))).collect();
        let mut written = Vec::with_capacity(results.len());
        for (path, result) in results {
            for stranger in depends_on(result).filter(|id| !keys.contains_key(id)) {
                // Nobody but a program's own dossier can name its results.
                self.key_of(RecordKind::Result, Some(stranger), path);
            }
            let key = |id: Option<Id<Outcome>>| id.and_then(|id| keys.get(&id).cloned());
            let quantity = quantity(&result.quantity);
            let unquantified = QuantityEntry { value: None, qualifier: None, text: None };
            written.push(ResultEntry {
                key: key(Some(result.id)).filter(|_| needed.contains(&result.id)),
                indicator: result.indicator.clone(),
                label: result.label.clone(),
                quantity: (quantity != unquantified).then_some(quantity),
                statement: result.statement.clone(),
                period: period(result.period.as_ref()),
                as_of: date(result.as_of.as_ref()),
                scope: result.scope.clone(),
                sites: result.sites.clone(),
                audience: result.audience.clone(),
                names: result.names.clone(),
                of_result: key(result.of_result),
                subset_of: key(result.subset_of),
                denominator: key(result.denominator),
                contributors: self.parties(path, "contributors"),
                event: self.key_of(RecordKind::Event, result.event, path),
            });
        }
        written
    }
}

fn depends_on(result: &Outcome) -> impl Iterator<Item = Id<Outcome>> {
    [result.of_result, result.subset_of, result.denominator].into_iter().flatten()
}
