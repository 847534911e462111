//! The schema as data, read from its definition language: what the generator walks, and what the coverage is measured
//! against.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, InputValueDefinition, Type, TypeKind, TypeSystemDefinition};

/// A type in a place: which one, and whether there are several.
#[derive(Clone, Debug)]
pub struct Typed {
    pub name: String,
    pub list: bool,
}

/// An argument, or a field of an input.
#[derive(Clone, Debug)]
pub struct Input {
    pub name: String,
    pub typed: Typed,
    /// As in the definition language: `EventWhere`, `[ID!]!`.
    pub text: String,
}

/// A field of an output type.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub arguments: Vec<Input>,
    pub typed: Typed,
}

impl Field {
    pub fn takes(&self, argument: &str) -> bool {
        self.arguments.iter().any(|one| one.name == argument)
    }

    pub fn argument(&self, name: &str) -> Option<&Input> {
        self.arguments.iter().find(|one| one.name == name)
    }
}

/// Everything in the schema, by name.
#[derive(Debug, Default)]
pub struct Sdl {
    pub outputs: BTreeMap<String, Vec<Field>>,
    pub inputs: BTreeMap<String, Vec<Input>>,
    pub enums: BTreeMap<String, Vec<String>>,
    /// Interfaces and unions, and the types that they stand for.
    pub abstracts: BTreeMap<String, BTreeSet<String>>,
}

impl Sdl {
    /// The schema of the service.
    pub fn read() -> Self {
        let mut sdl = Self::default();
        let text = graphql::sdl();
        // The library that reads it here knows no description of the schema as a whole, which comes last.
        let types = text.rsplit_once("\n\"\"\"\nschema {").and_then(|(before, _)| before.rsplit_once("\"\"\"\n"));
        let (types, _) = types.expect("the schema is described at its end");
        for definition in parse_schema(types).expect("the schema is readable").definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = definition.node.name.node.to_string();
            match definition.node.kind {
                TypeKind::Scalar => {}
                TypeKind::Object(object) => {
                    for interface in object.implements {
                        sdl.abstracts.entry(interface.node.to_string()).or_default().insert(name.clone());
                    }
                    sdl.outputs.insert(name, object.fields.iter().map(|field| field_of(&field.node)).collect());
                }
                TypeKind::Interface(interface) => {
                    sdl.abstracts.entry(name.clone()).or_default();
                    sdl.outputs.insert(name, interface.fields.iter().map(|field| field_of(&field.node)).collect());
                }
                TypeKind::Union(union) => {
                    let members = union.members.iter().map(|member| member.node.to_string());
                    sdl.abstracts.entry(name).or_default().extend(members);
                }
                TypeKind::Enum(values) => {
                    let values = values.values.iter().map(|value| value.node.value.node.to_string());
                    sdl.enums.insert(name, values.collect());
                }
                TypeKind::InputObject(input) => {
                    sdl.inputs.insert(name, input.fields.iter().map(|field| input_of(&field.node)).collect());
                }
            }
        }
        sdl
    }

    /// The root fields that read.
    pub fn roots(&self) -> &[Field] {
        self.fields("Query")
    }

    /// The fields of an output type; a union has none.
    pub fn fields(&self, name: &str) -> &[Field] {
        self.outputs.get(name).map_or(&[], Vec::as_slice)
    }

    pub fn is_abstract(&self, name: &str) -> bool {
        self.abstracts.contains_key(name)
    }

    /// Scalars and enums.
    pub fn is_leaf(&self, name: &str) -> bool {
        !self.outputs.contains_key(name) && !self.is_abstract(name)
    }

    /// Whether the type has a global id.
    pub fn is_node(&self, name: &str) -> bool {
        self.abstracts["Node"].contains(name)
    }

    /// What the list is about, when the type is a connection.
    pub fn connected(&self, name: &str) -> Option<&str> {
        let nodes = |field: &&Field| field.name == "nodes";
        name.ends_with("Connection").then(|| self.fields(name).iter().find(nodes).unwrap().typed.name.as_str())
    }

    /// The root fields that are lists, each with what they list.
    pub fn lists(&self) -> impl Iterator<Item = (&Field, &str)> {
        self.roots().iter().filter_map(|root| Some((root, self.connected(&root.typed.name)?)))
    }
}

fn field_of(field: &async_graphql::parser::types::FieldDefinition) -> Field {
    Field {
        name: field.name.node.to_string(),
        arguments: field.arguments.iter().map(|argument| input_of(&argument.node)).collect(),
        typed: typed(&field.ty.node),
    }
}

fn input_of(input: &InputValueDefinition) -> Input {
    Input { name: input.name.node.to_string(), typed: typed(&input.ty.node), text: input.ty.node.to_string() }
}

fn typed(of: &Type) -> Typed {
    match &of.base {
        BaseType::Named(name) => Typed { name: name.to_string(), list: false },
        BaseType::List(inner) => Typed { name: typed(inner).name, list: true },
    }
}
