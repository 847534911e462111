//! The header `Authorization`: which kind of credentials it shows. Whether they are good is for others to say.

use axum::http::HeaderValue;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::api_key::{self, Shown};
use super::reason::Reason;

/// What somebody shows.
#[derive(Debug)]
pub(super) enum Credential<'a> {
    Key(Shown),
    Token(&'a str),
}

pub(super) fn read(value: &HeaderValue) -> Result<Credential<'_>, Reason> {
    let text = value.to_str().ok().ok_or(Reason::Scheme)?;
    let (scheme, rest) = text.split_once(' ').ok_or(Reason::Scheme)?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return if rest.starts_with(api_key::PREFIX) {
            api_key::parse(rest).map(Credential::Key)
        } else {
            Ok(Credential::Token(rest))
        };
    }
    if scheme.eq_ignore_ascii_case("basic") {
        return password(rest)
            .as_deref()
            .and_then(|key| api_key::parse(key).ok())
            .map(Credential::Key)
            .ok_or(Reason::ApiKeyShape);
    }
    Err(Reason::Scheme)
}

/// For reporting tools that can send nothing else: the key is the password, and the name is anybody's.
fn password(encoded: &str) -> Option<String> {
    let plain = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    plain.split_once(':').map(|(_, password)| password.to_owned())
}
