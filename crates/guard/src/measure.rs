//! How large a document is with every fragment in its place. Fragments that each spread the next one twice double with
//! every line, and whoever followed them would never end; here each is measured once and counted where it is spread.

use std::collections::HashMap;

use apollo_compiler::ast::{Definition, DirectiveList, Document, FragmentDefinition, OperationType, Selection};
use apollo_compiler::{Name, Node};

use crate::limits::Limits;
use crate::problem::{Code, Refusal};

/// What a set of selections amounts to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    depth: u64,
    selections: u64,
    aliases: u64,
    directives: u64,
    /// Fields at the top of the set.
    fields: u64,
}

/// What a document amounts to: of each figure, that of the operation or fragment with the most of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    largest: Size,
    root_fields: u64,
    mutation_fields: u64,
    operations: usize,
    fragments: usize,
}

/// Measures a document that was parsed and nothing else: its fragments may be missing, or spread themselves.
pub fn measure(document: &Document) -> Result<Shape, Refusal> {
    let mut reader = Reader { fragments: HashMap::new(), known: HashMap::new() };
    for definition in &document.definitions {
        if let Definition::FragmentDefinition(fragment) = definition {
            reader.fragments.insert(&fragment.name, fragment);
        }
    }
    let mut shape = Shape::default();
    // Validation refuses definitions of any other kind.
    for definition in &document.definitions {
        if let Definition::OperationDefinition(operation) = definition {
            let mut size = reader.set(&operation.selection_set)?;
            size.count_directives(&operation.directives);
            for variable in &operation.variables {
                size.count_directives(&variable.directives);
            }
            shape.operations += 1;
            shape.root_fields = shape.root_fields.max(size.fields);
            if operation.operation_type == OperationType::Mutation {
                shape.mutation_fields = shape.mutation_fields.max(size.fields);
            }
            shape.largest.grow(size);
        } else if let Definition::FragmentDefinition(fragment) = definition {
            // Validation follows those too that nothing spreads.
            shape.fragments += 1;
            shape.largest.grow(reader.fragment(&fragment.name)?);
        }
    }
    Ok(shape)
}

struct Reader<'a> {
    fragments: HashMap<&'a Name, &'a Node<FragmentDefinition>>,
    /// None: it is being measured.
    known: HashMap<&'a Name, Option<Size>>,
}

impl<'a> Reader<'a> {
    fn set(&mut self, selections: &'a [Selection]) -> Result<Size, Refusal> {
        let mut sum = Size::default();
        for selection in selections {
            let mut one = match selection {
                Selection::Field(field) => {
                    let mut size = self.set(&field.selection_set)?;
                    // The schema describes itself deep; how deep it may be followed has a rule of its own.
                    let inner = if is_introspection(&field.name) { 0 } else { size.depth };
                    size.depth = inner.saturating_add(1);
                    size.fields = 1;
                    size.aliases = size.aliases.saturating_add(u64::from(field.alias.is_some()));
                    size.count_directives(&field.directives);
                    size
                }
                Selection::InlineFragment(fragment) => {
                    let mut size = self.set(&fragment.selection_set)?;
                    size.count_directives(&fragment.directives);
                    size
                }
                Selection::FragmentSpread(spread) => {
                    let mut size = self.fragment(&spread.fragment_name)?;
                    size.count_directives(&spread.directives);
                    size
                }
            };
            one.selections = one.selections.saturating_add(1);
            sum.add(one);
        }
        Ok(sum)
    }

    fn fragment(&mut self, name: &Name) -> Result<Size, Refusal> {
        // Validation says that it is missing.
        let Some((name, fragment)) = self.fragments.get_key_value(name) else { return Ok(Size::default()) };
        let (name, fragment) = (*name, *fragment);
        match self.known.get(name) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => {
                let message = format!("Cannot spread fragment {:?} within itself.", name.as_str());
                return Err(Refusal::of(Code::ValidationFailed, message));
            }
            None => {}
        }
        self.known.insert(name, None);
        let mut size = self.set(&fragment.selection_set)?;
        size.count_directives(&fragment.directives);
        self.known.insert(name, Some(size));
        Ok(size)
    }
}

fn is_introspection(field: &Name) -> bool {
    matches!(field.as_str(), "__schema" | "__type")
}

impl Size {
    fn count_directives(&mut self, directives: &DirectiveList) {
        self.directives = self.directives.saturating_add(u64::try_from(directives.len()).unwrap_or(u64::MAX));
    }

    fn add(&mut self, other: Self) {
        self.depth = self.depth.max(other.depth);
        self.selections = self.selections.saturating_add(other.selections);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.fields = self.fields.saturating_add(other.fields);
    }

    fn grow(&mut self, other: Self) {
        self.depth = self.depth.max(other.depth);
        self.selections = self.selections.max(other.selections);
        self.aliases = self.aliases.max(other.aliases);
        self.directives = self.directives.max(other.directives);
        self.fields = self.fields.max(other.fields);
    }
}

impl Shape {
    /// Refuses what is larger than the limits, by the first that is exceeded.
    pub fn check(&self, limits: &Limits) -> Result<(), Refusal> {
        let count = |value: usize| u64::try_from(value).unwrap_or(u64::MAX);
        let size = &self.largest;
        let split = "ask in several requests";
        let figures = [
            (
                Code::TooDeep,
                "depth",
                size.depth,
                limits.depth,
                "fields are nested too deep",
                "ask for what lies deeper by id",
            ),
            (
                Code::TooComplex,
                "operations",
                count(self.operations),
                count(limits.operations),
                "too many operations",
                split,
            ),
            (
                Code::TooComplex,
                "fragments",
                count(self.fragments),
                count(limits.fragments),
                "too many fragments",
                split,
            ),
            (Code::TooComplex, "selections", size.selections, limits.selections, "too many selections", split),
            (Code::TooComplex, "aliases", size.aliases, limits.aliases, "too many aliases", split),
            (Code::TooComplex, "directives", size.directives, limits.directives, "too many directives", split),
            (
                Code::TooComplex,
                "root_fields",
                self.root_fields,
                limits.root_fields,
                "too many fields at the root",
                split,
            ),
            (
                Code::TooComplex,
                "mutation_fields",
                self.mutation_fields,
                limits.mutation_fields,
                "too many fields of a mutation",
                split,
            ),
        ];
        for (code, name, found, limit, what, hint) in figures {
            if found > limit {
                return Err(Refusal::excess(code, name, limit, what, hint));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn measured(document: &str) -> Shape {
        measure(&Document::parse(document, "x").unwrap()).unwrap()
    }

    #[test]
    fn every_field_counts_where_it_is_spread() {
        let size = |document: &str| measured(document).largest;
        assert_eq!(size("{ a { b c } d }").selections, 4);
        assert_eq!(size("{ a { b c } d }").depth, 2);
        assert_eq!(size("{ ...F ...F } fragment F on Q { a b: c @d }").selections, 6);
        assert_eq!(size("{ ...F ...F } fragment F on Q { a b: c @d }").aliases, 2);
        assert_eq!(size("{ ...F ...F } fragment F on Q { a b: c @d }").directives, 2);
        assert_eq!(size("{ ... on Q { a } }").selections, 2);
        assert_eq!(size("query A { a } query B { a b }").selections, 2, "one operation is executed");
        assert_eq!(measured("mutation { a ...F } fragment F on M { b c }").mutation_fields, 3);
        assert_eq!(measured("query ($a: Int @y) @x { a @z }").largest.directives, 3);
    }

    #[test]
    fn doubling_is_seen_without_following_it() {
        let mut document = "{ ...F0 }".to_owned();
        for level in 0..80 {
            write!(document, " fragment F{level} on Q {{ ...F{0} ...F{0} }}", level + 1).unwrap();
        }
        document.push_str(" fragment F80 on Q { a }");
        assert_eq!(measured(&document).largest.selections, u64::MAX, "it saturates");
    }

    #[test]
    fn a_ring_of_fragments_is_refused() {
        let document = Document::parse("{ ...A } fragment A on Q { ...B } fragment B on Q { ...A a }", "x").unwrap();
        assert_eq!(measure(&document).unwrap_err().problems[0].code, Code::ValidationFailed);
        let missing = Document::parse("{ ...Nowhere }", "x").unwrap();
        assert!(measure(&missing).is_ok(), "validation says so");
    }
}
