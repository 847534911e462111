//! Looks at the characters of a document before any parser does: parsers recurse into every bracket, and a few thousand of
//! them would end the process. Stops at the first excess, so that a large attack costs no more than a small one.

use crate::limits::Limits;
use crate::problem::{Code, Refusal};

/// Counts bytes, tokens and open brackets outside strings and comments.
pub fn scan(text: &str, limits: &Limits) -> Result<(), Refusal> {
    if text.len() > limits.document_bytes {
        return Err(Refusal::excess(
            Code::TooComplex,
            "document_bytes",
            limits.document_bytes,
            "the document is too long",
            "split it, or send what varies as variables",
        ));
    }
    let mut tokens = 0;
    let mut depth: usize = 0;
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = match first {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                rest = after;
                continue;
            }
            b'#' => {
                rest = skip_while(after, |byte| byte != b'\n' && byte != b'\r');
                continue;
            }
            // The byte order mark, which counts for nothing wherever it stands.
            0xEF if after.starts_with(&[0xBB, 0xBF]) => {
                rest = after.get(2..).unwrap_or_default();
                continue;
            }
            b'(' | b'[' | b'{' => {
                depth += 1;
                if depth > limits.nesting {
                    return Err(Refusal::excess(
                        Code::TooDeep,
                        "nesting",
                        limits.nesting,
                        "brackets are nested too deep",
                        "ask for what lies deeper in a request of its own, by id",
                    ));
                }
                after
            }
            b')' | b']' | b'}' => {
                depth = depth.saturating_sub(1);
                after
            }
            b'"' => after_string(rest)?,
            b'.' if after.starts_with(b"..") => after.get(2..).unwrap_or_default(),
            byte if is_word(*byte) || *byte == b'-' => {
                // Names and numbers; the parser tells them apart.
                skip_while(after, |byte| is_word(byte) || matches!(byte, b'.' | b'+' | b'-'))
            }
            _ => after,
        };
        tokens += 1;
        if tokens > limits.tokens {
            return Err(Refusal::excess(
                Code::TooComplex,
                "tokens",
                limits.tokens,
                "the document has too many tokens",
                "split it, or send what varies as variables",
            ));
        }
    }
    Ok(())
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn skip_while(bytes: &[u8], skip: impl Fn(u8) -> bool) -> &[u8] {
    let end = bytes.iter().position(|byte| !skip(*byte)).unwrap_or(bytes.len());
    bytes.get(end..).unwrap_or_default()
}

/// What follows the string that `text` begins with.
fn after_string(text: &[u8]) -> Result<&[u8], Refusal> {
    const BLOCK: &[u8] = b"\"\"\"";
    if let Some(mut rest) = text.strip_prefix(BLOCK) {
        while let Some((first, after)) = rest.split_first() {
            if rest.starts_with(BLOCK) {
                return Ok(rest.get(BLOCK.len()..).unwrap_or_default());
            }
            // Only `\"""` is an escape, and it leaves the string open.
            if *first == b'\\' && after.starts_with(BLOCK) {
                rest = after.get(BLOCK.len()..).unwrap_or_default();
                continue;
            }
            rest = after;
        }
        // Another reader would find another beginning in it, and brackets that were taken for text here.
        return Err(Refusal::of(Code::ParseFailed, "a block string has no closing \"\"\""));
    }
    let mut rest = text.get(1..).unwrap_or_default();
    while let Some((first, after)) = rest.split_first() {
        match first {
            b'"' => return Ok(after),
            // The parser stops at a string without an end; what follows must be counted nevertheless.
            b'\n' | b'\r' => return Ok(rest),
            b'\\' if !after.starts_with(b"\n") && !after.starts_with(b"\r") => {
                rest = after.get(1..).unwrap_or_default();
            }
            _ => rest = after,
        }
    }
    Ok(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<(), Code> {
        let limits = Limits { document_bytes: 1 << 20, tokens: 1 << 20, ..Limits::default() };
        scan(text, &limits).map_err(|refusal| refusal.problems[0].code)
    }

    const NESTING: usize = 32;

    #[test]
    fn nesting_has_a_limit() {
        for (open, close) in [("{a", "}"), ("[", "]"), ("(x:[{", "}])")] {
            let each = open.matches(['(', '[', '{']).count();
            let nested = |times: usize| format!("{}{}", open.repeat(times), close.repeat(times));
            assert_eq!(check(&nested(NESTING / each)), Ok(()));
            assert_eq!(check(&nested(NESTING / each + 1)), Err(Code::TooDeep));
        }
        assert_eq!(check(&"{".repeat(100_000)), Err(Code::TooDeep));
        assert_eq!(check(&"{a}".repeat(10_000)), Ok(()), "side by side is not nested");
        assert_eq!(check("}}}} {a}"), Ok(()), "the parser says what is wrong with it");
    }

    #[test]
    fn text_is_not_counted() {
        let deep = "[".repeat(NESTING + 1);
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
        let deep = "[".repeat(NESTING + 1);
        for document in [
            format!("# comment\r{deep}"),
            format!("{{a(x: \"open\n{deep}"),
            format!("{{a(x: \"open\\\n{deep}"),
            format!("{{a(x: \"\"\"\"\"\" y: {deep}"),
            format!("{{a(x: \"\\\\\" {deep}"),
            format!("{{a(x: \"\" {deep}"),
            format!("\u{feff}{deep}"),
            format!("\u{feff}#\u{feff}\n{deep}"),
        ] {
            assert_eq!(check(&document), Err(Code::TooDeep), "{document}");
        }
        assert_eq!(check(&format!("{{a(x: [\"\"\"x\", {deep}")), Err(Code::ParseFailed));
        assert_eq!(check(&format!("{{a(x: \"\"\"x\\\"\"\" {deep}")), Err(Code::ParseFailed));
    }

    #[test]
    fn tokens_are_counted_as_the_language_has_them() {
        let count = |text: &str| {
            (0..100).find(|tokens| scan(text, &Limits { tokens: *tokens, ..Limits::default() }).is_ok()).unwrap()
        };
        assert_eq!(count(""), 0);
        assert_eq!(count("\u{feff} ,\t\r\n # nothing here"), 0);
        assert_eq!(count("{ a }"), 3);
        assert_eq!(count("{...F}"), 4);
        assert_eq!(count("query($a:[Int!]=[-1.5e+3,2]){a(b:$a)@c}"), 26);
        assert_eq!(count("\"a b\" \"\"\"c { d\"\"\""), 2);
        assert_eq!(count("é"), 2, "what is no token counts byte by byte");
    }

    #[test]
    fn bytes_are_counted_first() {
        let limits = Limits::default();
        let refusal = scan(&" ".repeat(limits.document_bytes + 1), &limits).unwrap_err();
        let excess = refusal.problems[0].excess.as_ref().unwrap();
        assert_eq!((excess.name, excess.value), ("document_bytes", 16_384));
        assert!(scan(&" ".repeat(limits.document_bytes), &limits).is_ok());
    }
}
