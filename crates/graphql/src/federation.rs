//! Apollo Federation 2: this graph as a part of a larger one, so that a province may run its own. Provinces, agencies and
//! programs are entities, by their global id.

use async_graphql::{Context, ID, InputValueError, InputValueResult, Scalar, ScalarType, SimpleObject, Union, Value};

use crate::agency::Agency;
use crate::error::{Error, Result};
use crate::global_id::GlobalId;
use crate::node::{self, Node};
use crate::program::Program;
use crate::schema::sdl;
use crate::tenant::Province;

/// This graph for gateways.
#[derive(SimpleObject)]
#[graphql(name = "_Service")]
pub struct Service {
    /// The schema with the directives of federation.
    sdl: String,
}

impl Service {
    /// The schema as it is.
    pub fn new() -> Self {
        let link = r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])"#;
        let keys = ["Agency", "Program", "Province"].map(|name| format!("extend type {name} @key(fields: \"id\")"));
        Self { sdl: format!("{}\n{link}\n{}\n", sdl(), keys.join("\n")) }
    }
}

/// A record that another part of a larger graph may refer to.
#[derive(Union)]
#[graphql(name = "_Entity")]
#[allow(missing_docs, reason = "each variant is the type it is named after")]
pub enum Entity {
    Agency(Agency),
    Program(Program),
    Province(Province),
}

/// How a gateway refers to an entity.
#[derive(Clone, Debug)]
pub struct Any {
    typename: String,
    id: ID,
}

/// How a gateway refers to an entity: an object with `__typename` and `id`.
#[Scalar(name = "_Any")]
impl ScalarType for Any {
    fn parse(value: Value) -> InputValueResult<Self> {
        if let Value::Object(object) = &value
            && let (Some(Value::String(typename)), Some(Value::String(id))) =
                (object.get("__typename"), object.get("id"))
        {
            return Ok(Self { typename: typename.clone(), id: ID(id.clone()) });
        }
        Err(InputValueError::custom("a representation is an object with `__typename` and `id`"))
    }

    fn to_value(&self) -> Value {
        async_graphql::value!({ "__typename": self.typename.as_str(), "id": self.id.as_str() })
    }
}

/// The entity that a representation names; null when there is none, or none of that type, to be seen.
pub async fn entity(ctx: &Context<'_>, any: &Any) -> Option<Result<Entity>> {
    let id = match GlobalId::parse(&any.id) {
        Ok(id) => id,
        Err(error) => return Some(Err(error)),
    };
    let found = match node::load(ctx, id).await? {
        Ok(found) => found,
        Err(error) => return Some(Err(error)),
    };
    match (any.typename.as_str(), found) {
        ("Agency", Node::Agency(agency)) => Some(Ok(Entity::Agency(agency))),
        ("Program", Node::Program(program)) => Some(Ok(Entity::Program(program))),
        ("Province", Node::Province(province)) => Some(Ok(Entity::Province(province))),
        ("Agency" | "Program" | "Province", _) => None,
        (other, _) => Some(Err(Error::bad_input(format!("{other} is no entity; Agency, Program and Province are")))),
    }
}
