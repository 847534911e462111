//! Puts the schema together, and writes it down.

use async_graphql::{SDLExportOptions, ValidationMode, Value};

use crate::mutation::Mutation;
use crate::subscription::Subscription;
use crate::{node, query, tenant};

/// The executable schema. Cheap to clone.
pub type Schema = async_graphql::Schema<query::Query, Mutation, Subscription>;

/// Builds the schema. Documents that reach it are valid: the guard has found so, after stricter rules, and does not find it out
/// again for a document that is sent again. So the library's own validation is the least there is. It is not left out by an
/// extension: with one, the library looks the type of every field of every object up before it resolves it.
pub(crate) fn build() -> Schema {
    parts().validation_mode(ValidationMode::Fast).finish()
}

fn parts() -> async_graphql::SchemaBuilder<query::Query, Mutation, Subscription> {
    Schema::build(query::Query::default(), Mutation::default(), Subscription)
        .register_output_type::<node::Node>()
        .register_output_type::<tenant::Tenant>()
        // The guard has limits of its own, which count fragments where they are spread.
        .limit_recursive_depth(usize::MAX)
}

/// The schema in the definition language, as `schema.graphql` holds it.
pub fn sdl() -> String {
    let options = SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items().include_specified_by();
    let sdl = parts().finish().sdl_with_options(options);
    let sdl = sdl.replace("\nschema {", &format!("\n\"\"\"\n{DESCRIPTION}\n\"\"\"\nschema {{"));
    let lines: Vec<&str> = sdl.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n").trim())
}

/// What the schema is about.
const DESCRIPTION: &str = "Coordination programs (chương trình phối hợp) of Vietnamese agencies: who signed what with whom, when, \
     on which legal basis, with which targets, and what came of it.";

/// Puts our description of the schema where the library says what any schema is.
pub(crate) fn describe(data: &mut Value) {
    let Value::Object(roots) = data else { return };
    for root in roots.values_mut() {
        if let Value::Object(fields) = root {
            for value in fields.values_mut() {
                if matches!(value, Value::String(text) if text.starts_with("A GraphQL Schema defines the capabilities"))
                {
                    *value = Value::from(DESCRIPTION);
                }
            }
        }
    }
}
