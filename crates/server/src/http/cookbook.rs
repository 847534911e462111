//! The cookbook's operations, which ship with the program, as the query page lists them.
//!
//! `NAME.graphql` begins with comments: `# vi: Title`, `# en: Title`, then the question in English. Its variables are
//! in `NAME.json`, when it has any.

use std::sync::LazyLock;

use rust_embed::RustEmbed;
use serde::Serialize;
use serde_json::{Map, Value};

#[derive(RustEmbed)]
#[folder = "../../docs/cookbook"]
#[allow_missing = true]
struct Files;

/// One text in both languages, as far as it is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
struct Text {
    #[serde(skip_serializing_if = "Option::is_none")]
    vi: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<String>,
}

impl Text {
    const fn is_empty(&self) -> bool {
        self.vi.is_none() && self.en.is_none()
    }
}

/// One operation.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Recipe {
    name: String,
    #[serde(skip_serializing_if = "Text::is_empty")]
    title: Text,
    #[serde(skip_serializing_if = "Text::is_empty")]
    question: Text,
    query: String,
    variables: Map<String, Value>,
}

/// All operations as a JSON array, in the order of their names.
pub(super) fn json() -> &'static str {
    static JSON: LazyLock<String> =
        LazyLock::new(|| serde_json::to_string(&recipes()).unwrap_or_else(|_| "[]".to_owned()));
    &JSON
}

fn recipes() -> Vec<Recipe> {
    let mut names: Vec<String> =
        // Those in folders change something, one after the other: they are no single questions.
        Files::iter().filter(|path| !path.contains('/')).filter_map(|path| path.strip_suffix(".graphql").map(str::to_owned)).collect();
    names.sort();
    names.into_iter().filter_map(|name| recipe(&name)).collect()
}

fn recipe(name: &str) -> Option<Recipe> {
    let query = String::from_utf8(Files::get(&format!("{name}.graphql"))?.data.into_owned()).ok()?;
    let variables = Files::get(&format!("{name}.json"));
    Some(parse(name, query, variables.as_ref().map(|file| file.data.as_ref())))
}

fn parse(name: &str, query: String, variables: Option<&[u8]>) -> Recipe {
    let mut title = Text::default();
    let mut question: Vec<&str> = Vec::new();
    for line in query.lines().map_while(|line| line.trim_start().strip_prefix('#')).map(str::trim) {
        let text = |language: &str| line.strip_prefix(language).map(|text| text.trim().to_owned());
        match (text("vi:"), text("en:")) {
            (Some(vi), _) if title.vi.is_none() => title.vi = Some(vi),
            (_, Some(en)) if title.en.is_none() => title.en = Some(en),
            _ if line.is_empty() => {}
            _ => question.push(line),
        }
    }
    let question = (!question.is_empty()).then(|| question.join(" "));
    let variables = variables.and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default();
    Recipe { name: name.to_owned(), title, question: Text { vi: None, en: question }, query, variables }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_become_title_and_question() {
        let query = "# vi: Chương trình ở Thái Bình\n# en: Programs in Thái Bình\n#\n# Which programs were signed\n# in Thái Bình: when?\n\nquery Q { a }\n# no question\n";
        let recipe = parse("01-programs", query.to_owned(), Some(br#"{"slug": "thai-binh"}"#));
        assert_eq!(recipe.title.vi.as_deref(), Some("Chương trình ở Thái Bình"));
        assert_eq!(recipe.title.en.as_deref(), Some("Programs in Thái Bình"));
        assert_eq!(recipe.question.en.as_deref(), Some("Which programs were signed in Thái Bình: when?"));
        assert_eq!(recipe.query, query);
        assert_eq!(recipe.variables["slug"], "thai-binh");
    }

    #[test]
    fn whatever_is_missing_is_left_out() {
        for variables in [None, Some(b"[1]".as_slice()), Some(b"{".as_slice())] {
            let recipe = parse("x", "{ a }".to_owned(), variables);
            assert_eq!(serde_json::to_string(&recipe).unwrap(), r#"{"name":"x","query":"{ a }","variables":{}}"#);
        }
    }

    #[test]
    fn what_ships_is_whole() {
        for recipe in recipes() {
            assert!(recipe.title.vi.is_some() && recipe.title.en.is_some(), "{} has no title", recipe.name);
            assert!(recipe.question.en.is_some(), "{} asks nothing", recipe.name);
            if let Some(file) = Files::get(&format!("{}.json", recipe.name)) {
                assert!(serde_json::from_slice::<Map<String, Value>>(&file.data).is_ok(), "{}.json", recipe.name);
            }
        }
        assert!(json().starts_with('['));
    }
}
