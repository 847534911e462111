//! Where a record stands: its path among the records, and its JSON pointer in the file. The one is frozen and names
//! keys, the other counts.

use std::collections::BTreeSet;

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
    let mut waiting: BTreeSet<Uuid> = records.iter().map(|(_, record)| id(record)).collect();
    let (mut left, mut sorted) = (records, Vec::new());
    loop {
        let before = left.len();
        let mut blocked = Vec::new();
        for (at, record) in left {
            let own = id(&record);
            // Pointing to itself is a fault of its own and no reason to wait.
            if refers(&record).into_iter().flatten().any(|other| other != own && waiting.contains(&other)) {
                blocked.push((at, record));
            } else {
                waiting.remove(&own);
                sorted.push(record);
            }
        }
        if blocked.len() == before || blocked.is_empty() {
            return (sorted, blocked.into_iter().map(|(at, _)| at).collect());
        }
        left = blocked;
    }
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
        assert_eq!(sorted.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [3, 4, 2, 1]);
        assert!(circular.is_empty());
        let (sorted, circular) = sort(vec![record(1, 2), record(2, 1), record(3, 0)]);
        assert_eq!((sorted.len(), circular.len()), (1, 2));
    }

    #[test]
    fn paths_count_from_one_and_pointers_from_zero() {
        let at = At::root().keyed("programs", 3, "main").nth("areas", 0).nth("responsible", 1);
        assert_eq!(at.path, "programs/main/areas/1/responsible/2");
        assert_eq!(at.pointer, "/programs/3/areas/0/responsible/1");
        assert_eq!(At::root().nth("directions", 0).part("obligation").path, "directions/1/obligation");
    }
}
