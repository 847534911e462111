//! What somebody may have meant who wrote a name that the schema does not have.

use apollo_compiler::schema::ExtendedType;
use apollo_compiler::validation::Valid;
use apollo_compiler::{Name, Schema};

/// A name that is this far from every other is no slip of the finger.
const NEAR: f64 = 0.75;

/// A suggestion for a message of validation, when it names a field, a type or an argument that is not there.
pub fn suggestion(message: &str, schema: &Valid<Schema>) -> Option<String> {
    let quoted: Vec<&str> = message.split('"').skip(1).step_by(2).collect();
    let [name, rest @ ..] = quoted.as_slice() else { return None };
    let known: Vec<&str> = if message.starts_with("Cannot query field") {
        fields(schema.types.get(*rest.first()?)?)
    } else if message.starts_with("Unknown type") {
        schema.types.keys().map(Name::as_str).filter(|name| !name.starts_with("__")).collect()
    } else if message.starts_with("Unknown argument") {
        let (parent, field) = rest.first()?.split_once('.')?;
        let field = field.split('(').next()?;
        let field = schema.type_field(parent, field).ok()?;
        field.arguments.iter().map(|argument| argument.name.as_str()).collect()
    } else {
        return None;
    };
    let near = known.into_iter().map(|known| (strsim::jaro_winkler(name, known), known));
    let best = near.filter(|(likeness, _)| *likeness >= NEAR).max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(format!("did you mean {:?}?", best.1))
}

fn fields(of: &ExtendedType) -> Vec<&str> {
    match of {
        ExtendedType::Object(object) => object.fields.keys().map(Name::as_str).collect(),
        ExtendedType::Interface(interface) => interface.fields.keys().map(Name::as_str).collect(),
        ExtendedType::Scalar(_) | ExtendedType::Union(_) | ExtendedType::Enum(_) | ExtendedType::InputObject(_) => {
            Vec::new()
        }
    }
}
