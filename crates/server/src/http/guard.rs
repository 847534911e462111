//! Looks at a document before the parser does, which recurses into every bracket without a bound: a few thousand of
//! them would end the process.

/// So deep may brackets be nested.
pub(super) const MAX_NESTING: usize = 32;

/// Why a document is not given to the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Brackets are nested deeper than [`MAX_NESTING`].
    TooDeep,
    /// A block string does not end. The parser would find another beginning in it, and brackets that we took for text.
    OpenString,
}

/// Checks how deep `(`, `[` and `{` are nested outside strings and comments.
pub(super) fn check(document: &str) -> Result<(), Fault> {
    let mut depth: usize = 0;
    let mut rest = document;
    while let Some(at) = rest.find(['(', '[', '{', ')', ']', '}', '"', '#']) {
        let (_, from) = rest.split_at(at);
        let mut chars = from.chars();
        let found = chars.next();
        rest = chars.as_str();
        match found {
            Some('(' | '[' | '{') => {
                depth += 1;
                if depth > MAX_NESTING {
                    return Err(Fault::TooDeep);
                }
            }
            Some('#') => rest = rest.find(['\n', '\r']).map_or("", |end| rest.split_at(end).1),
            Some('"') => rest = after_string(from)?,
            _ => depth = depth.saturating_sub(1),
        }
    }
    Ok(())
}

/// What follows the string that `text` begins with.
fn after_string(text: &str) -> Result<&str, Fault> {
    if let Some(mut rest) = text.strip_prefix("\"\"\"") {
        loop {
            let Some((before, after)) = rest.split_once("\"\"\"") else {
                return Err(Fault::OpenString);
            };
            rest = after;
            if !before.ends_with('\\') {
                return Ok(rest);
            }
        }
    }
    let mut chars = text.chars();
    chars.next();
    while let Some(c) = chars.next() {
        match c {
            // The parser stops at a string without an end; what follows must be counted nevertheless.
            '"' | '\n' | '\r' => break,
            '\\' if !chars.as_str().starts_with(['\n', '\r']) => {
                chars.next();
            }
            _ => {}
        }
    }
    Ok(chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(open: &str, close: &str, times: usize) -> String {
        format!("{}{}", open.repeat(times), close.repeat(times))
    }

    #[test]
    fn nesting_has_a_limit() {
        for (open, close) in [("{a", "}"), ("[", "]"), ("(x:[{", "}])")] {
            let each = open.matches(['(', '[', '{']).count();
            assert_eq!(check(&nested(open, close, MAX_NESTING / each)), Ok(()));
            assert_eq!(check(&nested(open, close, MAX_NESTING / each + 1)), Err(Fault::TooDeep));
        }
        assert_eq!(check(&"{".repeat(100_000)), Err(Fault::TooDeep));
        assert_eq!(check(&"{a}".repeat(10_000)), Ok(()), "side by side is not nested");
        assert_eq!(check("}}}} {a}"), Ok(()), "the parser says what is wrong with it");
    }

    #[test]
    fn text_is_not_counted() {
        let deep = "[".repeat(MAX_NESTING + 1);
        for document in [
            format!("{{a(x: \"{deep}\")}}"),
            format!("{{a(x: \"\\\"{deep}\\\\\")}}"),
            format!("{{a(x: \"\"\"{deep}\n\\\"\"\"{deep}\"\"\")}}"),
            format!("# {deep}\n{{a}} # \"{deep}\r{{b}}"),
            format!("{{a(x: \"\", y: \"\"\"\"\"\", z: \"#\")}} # {deep}"),
        ] {
            assert_eq!(check(&document), Ok(()), "{document}");
        }
    }

    #[test]
    fn nothing_hides_brackets() {
        let deep = "[".repeat(MAX_NESTING + 1);
        for document in [
            format!("# comment\r{deep}"),
            format!("{{a(x: \"open\n{deep}"),
            format!("{{a(x: \"open\\\n{deep}"),
            format!("{{a(x: \"\"\"\"\"\" y: {deep}"),
            format!("{{a(x: \"\\\\\" {deep}"),
            format!("{{a(x: \"\" {deep}"),
        ] {
            assert_eq!(check(&document), Err(Fault::TooDeep), "{document}");
        }
        assert_eq!(check(&format!("{{a(x: [\"\"\"x\", {deep}")), Err(Fault::OpenString));
    }
}
