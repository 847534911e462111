//! What an operation selects: made from the schema, so that a new field is asked for without anybody thinking of it.

use std::fmt::Write as _;

use super::sdl::{Field, Sdl};

const PAGING: [&str; 5] = ["first", "after", "last", "before", "offset"];

/// Everything about a page.
pub const PAGE_INFO: &str = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

impl Sdl {
    /// A type's own values: leaves, and objects that are no nodes with theirs.
    pub fn own(&self, type_name: &str) -> String {
        self.own_within(type_name, 0)
    }

    fn own_within(&self, type_name: &str, depth: usize) -> String {
        let mut text = String::from("__typename ");
        for field in self.fields(type_name) {
            if self.is_leaf(&field.typed.name) {
                write!(text, "{} ", field.name).unwrap();
                if let Some(arguments) = self.arguments(field) {
                    write!(text, "{0}_: {0}({arguments}) ", field.name).unwrap();
                }
            } else if self.is_value(field) && depth < 3 && !self.is_asked_as_edge(field) {
                let own = self.own_within(&field.typed.name, depth + 1);
                write!(text, "{} {{ {own} }} ", field.name).unwrap();
                if let Some(arguments) = self.arguments(field) {
                    write!(text, "{0}_: {0}({arguments}) {{ {own} }} ", field.name).unwrap();
                }
            }
        }
        text
    }

    /// A type's own values, and of everything that hangs on them the first rows. Not how many there are: that is asked
    /// where the type itself is the one that is looked at.
    pub fn with_edges(&self, type_name: &str) -> String {
        let mut text = self.own(type_name);
        for field in self.edges(type_name) {
            if self.connected(&field.typed.name).is_some() {
                let name = &field.name;
                write!(text, "{name}(first: 2) {{ edges {{ cursor node {{ id }} }} {PAGE_INFO} }} ").unwrap();
            } else {
                write!(text, "{} ", self.edge(field, "", 0, |_| String::new())).unwrap();
            }
        }
        text
    }

    /// One edge: a list's page, or a row, of whose type `more` says what is selected beside the id.
    pub fn edge(&self, field: &Field, page: &str, max: u32, more: impl Fn(&str) -> String) -> String {
        let name = &field.name;
        let target = &field.typed.name;
        if let Some(listed) = self.connected(target) {
            let mut text = format!(
                "{name}({page}) {{ nodes {{ {} }} edges {{ cursor node {{ id }} }} {PAGE_INFO} totalCount(max: {max}) \
                 {{ value precision }} }}",
                self.who(listed, &more)
            );
            if let Some(arguments) = self.arguments(field) {
                write!(text, " {name}_: {name}({page}, {arguments}) {{ nodes {{ id }} totalCount {{ value }} }}")
                    .unwrap();
            }
            return text;
        }
        let arguments = self.arguments(field).map(|arguments| format!("({arguments})")).unwrap_or_default();
        if self.is_node(target) || self.is_abstract(target) {
            return format!("{name}{arguments} {{ {} }}", self.who(target, &more));
        }
        // An object that only stands between, like a succession.
        let inner: Vec<String> = self
            .edges(target)
            .map(|inner| format!("{} {{ {} }}", inner.name, self.who(&inner.typed.name, &more)))
            .collect();
        format!("{name}{arguments} {{ {} {} }}", self.own(target), inner.join(" "))
    }

    fn who(&self, type_name: &str, more: impl Fn(&str) -> String) -> String {
        let Some(members) = self.abstracts.get(type_name) else {
            return format!("__typename id {}", more(type_name));
        };
        let each: Vec<String> = members.iter().map(|member| format!("... on {member} {{ id }}")).collect();
        format!("{} {}", self.own(type_name), each.join(" "))
    }

    /// The fields that lead to other rows.
    pub fn edges(&self, type_name: &str) -> impl Iterator<Item = &Field> {
        self.fields(type_name).iter().filter(|field| {
            let target = &field.typed.name;
            let stands_between = |target: &str| self.edges_directly(target);
            !self.is_leaf(target) && (!self.is_value(field) || stands_between(target))
        })
    }

    /// Whether an object that is no node has a field that leads to one.
    fn edges_directly(&self, type_name: &str) -> bool {
        self.fields(type_name).iter().any(|field| self.is_node(&field.typed.name) && type_name != "Query")
    }

    /// Whether the field holds values of its row rather than other rows.
    fn is_value(&self, field: &Field) -> bool {
        let target = &field.typed.name;
        let is_object = self.outputs.contains_key(target) && !self.is_abstract(target);
        is_object && !self.is_node(target) && self.connected(target).is_none()
    }

    /// Whether the field takes arguments and leads on to rows: then it is asked as an edge, with them, and not twice.
    fn is_asked_as_edge(&self, field: &Field) -> bool {
        self.arguments(field).is_some() && self.edges_directly(&field.typed.name)
    }

    /// Values for the arguments beside those of paging, none of which is required.
    pub fn arguments(&self, field: &Field) -> Option<String> {
        let given = field.arguments.iter().filter(|one| !PAGING.contains(&one.name.as_str()));
        let each: Vec<String> = given
            .filter_map(|one| {
                let value = match (one.typed.name.as_str(), self.enums.get(&one.typed.name)) {
                    ("Date", _) => "\"2031-08-01\"".to_owned(),
                    ("Boolean", _) => "true".to_owned(),
                    (_, Some(values)) => values[0].clone(),
                    _ => return None,
                };
                Some(format!("{}: {value}", one.name))
            })
            .collect();
        (!each.is_empty()).then(|| each.join(", "))
    }
}
