//! How much a parsed document selects once its fragments are spread. Fragments that each spread the next one twice double
//! with every line, and both validation and execution would follow all of it; the measure visits each fragment once.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use async_graphql::{Name, Positioned};

/// So much may a document select.
pub(super) const MAX_SELECTIONS: u64 = 5_000;

/// So many fragments may it define: they can form a chain, which is followed by recursion here and in the executor.
pub(super) const MAX_FRAGMENTS: usize = 100;

/// Whether the document is small enough to be executed.
pub(super) fn fits(document: &ExecutableDocument) -> bool {
    document.fragments.len() <= MAX_FRAGMENTS && selections(document) <= MAX_SELECTIONS
}

/// How many fields and spreads the document's largest operation has, with every fragment in its place.
fn selections(document: &ExecutableDocument) -> u64 {
    let mut known = HashMap::new();
    let operations = document.operations.iter();
    operations.map(|(_, operation)| of_set(document, &operation.node.selection_set, &mut known)).max().unwrap_or(0)
}

fn of_set<'a>(
    document: &'a ExecutableDocument,
    set: &'a Positioned<SelectionSet>,
    known: &mut HashMap<&'a Name, u64>,
) -> u64 {
    let mut sum: u64 = 0;
    for item in &set.node.items {
        let inner = match &item.node {
            Selection::Field(field) => of_set(document, &field.node.selection_set, known),
            Selection::InlineFragment(fragment) => of_set(document, &fragment.node.selection_set, known),
            Selection::FragmentSpread(spread) => of_fragment(document, &spread.node.fragment_name.node, known),
        };
        sum = sum.saturating_add(inner).saturating_add(1);
    }
    sum
}

fn of_fragment<'a>(document: &'a ExecutableDocument, name: &'a Name, known: &mut HashMap<&'a Name, u64>) -> u64 {
    if let Some(size) = known.get(name) {
        return *size;
    }
    // Until it is measured it counts for nothing: a ring of fragments, which validation refuses, ends here.
    known.insert(name, 0);
    let size = document.fragments.get(name).map_or(0, |fragment| of_set(document, &fragment.node.selection_set, known));
    known.insert(name, size);
    size
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn measured(document: &str) -> u64 {
        selections(&async_graphql::parser::parse_query(document).unwrap())
    }

    #[test]
    fn every_field_counts_where_it_is_spread() {
        assert_eq!(measured("{ a { b c } d }"), 4);
        assert_eq!(measured("{ ...F ...F } fragment F on Q { a b }"), 6);
        assert_eq!(measured("{ ... on Q { a } }"), 2);
        assert_eq!(measured("query A { a } query B { a b }"), 2, "one operation is executed");
    }

    #[test]
    fn doubling_is_seen_without_following_it() {
        let mut document = "{ ...F0 }".to_owned();
        for level in 0..60 {
            write!(document, " fragment F{level} on Q {{ ...F{0} ...F{0} }}", level + 1).unwrap();
        }
        document.push_str(" fragment F60 on Q { a }");
        assert!(measured(&document) > MAX_SELECTIONS);
    }

    #[test]
    fn a_ring_of_fragments_ends() {
        assert!(measured("{ ...A } fragment A on Q { ...B } fragment B on Q { ...A a }") < 10);
    }
}
