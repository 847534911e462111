//! Where a record stands: its path among the records, and its JSON pointer in the file. The one is frozen and names
//! keys, the other counts.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

/// The place of a record.
#[derive(Clone, Debug)]
pub(super) struct At {
    /// `programs/main/signatories/1`.
    pub(super) path: String,
    /// `/programs/0/signatories/0`.
    pub(super) pointer: String,
}

impl At {
    /// The dossier itself.
    pub(super) const fn root() -> Self {
        Self { path: String::new(), pointer: String::new() }
    }

    /// The entry of `list` with `key`.
    pub(super) fn keyed(&self, list: &str, index: usize, key: &str) -> Self {
        Self { path: self.join(list, key), pointer: format!("{}/{list}/{index}", self.pointer) }
    }

    /// The entry of `list` at `index`, counted from 1 in the path.
    pub(super) fn nth(&self, list: &str, index: usize) -> Self {
        self.keyed(list, index, &(index + 1).to_string())
    }

    /// The record under `name`.
    pub(super) fn part(&self, name: &str) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}/{name}", self.path) };
        Self { path, pointer: self.field(name) }
    }

    /// The JSON pointer of one of its fields.
    pub(super) fn field(&self, name: &str) -> String {
        format!("{}/{name}", self.pointer)
    }

    fn join(&self, list: &str, name: &str) -> String {
        if self.path.is_empty() { format!("{list}/{name}") } else { format!("{}/{list}/{name}", self.path) }
    }
}

/// The places of a list of the whole dossier whose entries belong to records described elsewhere in it. They count
/// within their record: an entry that is left to another dossier leaves no gap among those that are stored.
#[derive(Debug)]
pub(super) struct Places {
    list: &'static str,
    seen: BTreeMap<String, usize>,
}

impl Places {
    pub(super) const fn of(list: &'static str) -> Self {
        Self { list, seen: BTreeMap::new() }
    }

    /// The place of the entry at `index`, which belongs to the record at the path `record`; and its order there.
    pub(super) fn next(&mut self, record: &str, index: usize) -> (At, i32) {
        let count = self.seen.entry(record.to_owned()).or_default();
        *count += 1;
        let (list, nth) = (self.list, *count);
        (At { path: format!("{record}/{list}/{nth}"), pointer: format!("/{list}/{index}") }, order(nth - 1))
    }
}

/// Printed order from 1.
pub(super) fn order(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX).saturating_add(1)
}

/// `records` in an order in which each comes after those it refers to, and the places of those for which there is
/// none, because they refer to each other in a circle. Otherwise as given.
pub(super) fn parents_first<T>(
    records: Vec<(At, T)>,
    id: impl Fn(&T) -> Uuid,
    refers: impl Fn(&T) -> Vec<Option<Uuid>>,
) -> (Vec<T>, Vec<At>) {
    let index_of: BTreeMap<Uuid, usize> =
        records.iter().enumerate().map(|(index, (_, record))| (id(record), index)).collect();
    let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut waits_for = Vec::new();
    for (index, (_, record)) in records.iter().enumerate() {
        // Pointing to itself is a fault of its own and no reason to wait.
        let parents = refers(record).into_iter().flatten().filter_map(|other| index_of.get(&other).copied());
        let parents: BTreeSet<usize> = parents.filter(|parent| *parent != index).collect();
        waits_for.push(parents.len());
        for parent in parents {
            children.entry(parent).or_default().push(index);
        }
    }
    let mut ready: BTreeSet<usize> =
        waits_for.iter().enumerate().filter(|(_, parents)| **parents == 0).map(|(index, _)| index).collect();
    let mut slots: Vec<Option<(At, T)>> = records.into_iter().map(Some).collect();
    let mut sorted = Vec::new();
    while let Some(index) = ready.pop_first() {
        sorted.extend(slots.get_mut(index).and_then(Option::take).map(|(_, record)| record));
        for child in children.remove(&index).unwrap_or_default() {
            if let Some(parents) = waits_for.get_mut(child) {
                *parents -= 1;
                if *parents == 0 {
                    ready.insert(child);
                }
            }
        }
    }
    (sorted, slots.into_iter().flatten().map(|(at, _)| at).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_come_first_and_circles_are_found() {
        let record = |id: u128, parent: u128| (At::root().nth("x", 0), (id, parent));
        let sort = |records| {
            parents_first(records, |(id, _)| Uuid::from_u128(*id), |(_, parent)| vec![Some(Uuid::from_u128(*parent))])
        };
        let (sorted, circular) = sort(vec![record(1, 2), record(2, 3), record(3, 9), record(4, 4)]);
        assert_eq!(sorted.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [3, 2, 1, 4]);
        assert!(circular.is_empty());
        let (sorted, circular) = sort(vec![record(1, 2), record(2, 1), record(3, 0)]);
        assert_eq!((sorted.len(), circular.len()), (1, 2));
    }

    #[test]
    fn paths_count_from_one_and_pointers_from_zero() {
        let at = At::root().keyed("programs", 3, "main").nth("areas", 0).nth("responsible", 1);
        assert_eq!(at.path, "programs/main/areas/1/responsible/2");
        assert_eq!(at.pointer, "/programs/3/areas/0/responsible/1");
        let mut places = Places::of("directions");
        let paths: Vec<(String, i32)> = ["main", "other", "main"]
            .into_iter()
            .enumerate()
            .map(|(index, key)| places.next(&format!("programs/{key}"), index))
            .map(|(at, order)| (at.part("obligation").path, order))
            .collect();
        let expected = [("main", 1), ("other", 1), ("main", 2)];
        assert_eq!(paths, expected.map(|(key, nth)| (format!("programs/{key}/directions/{nth}/obligation"), nth)));
        assert_eq!(places.next("programs/main", 7).0.pointer, "/directions/7");
    }
}
