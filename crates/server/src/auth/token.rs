//! The shape of an access token (RFC 9068), before anything is verified: enough to know which key is to verify it.
//! Nothing that is read here may be believed yet.

use super::jwk::Alg;
use super::members::Members;
use super::reason::Reason;

/// Longer tokens are not looked at.
pub(super) const MAX_BYTES: usize = 8 * 1024;

/// Headers that point to a key, or hold one, or demand what we may not know: a key comes from its issuer only.
const REFUSED: [&str; 4] = ["crit", "jku", "jwk", "x5u"];

/// A token that looks like one.
pub(super) struct Token<'a> {
    /// All of it.
    pub(super) text: &'a str,
    pub(super) alg: Alg,
    pub(super) kid: Option<String>,
    /// Who is said to have issued it.
    pub(super) issuer: String,
}

pub(super) fn read(text: &str) -> Result<Token<'_>, Reason> {
    if text.len() > MAX_BYTES {
        return Err(Reason::TooLong);
    }
    let mut parts = text.split('.');
    let (Some(header), Some(payload), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Reason::Shape);
    };
    if [header, payload, signature].iter().any(|part| part.is_empty()) {
        return Err(Reason::Shape);
    }
    let header = Members::decode(header).ok_or(Reason::Header)?;
    if REFUSED.iter().any(|name| header.get(name).is_some()) {
        return Err(Reason::Header);
    }
    // Other tokens of the same issuer, such as those that say who has logged in, are signed with the same keys.
    let typ = header.text("typ").ok_or(Reason::Type)?;
    if !["at+jwt", "application/at+jwt"].iter().any(|known| typ.eq_ignore_ascii_case(known)) {
        return Err(Reason::Type);
    }
    let alg = header.text("alg").and_then(Alg::parse).ok_or(Reason::Algorithm)?;
    let kid = match header.get("kid") {
        None => None,
        Some(kid) => Some(kid.as_str().ok_or(Reason::KeyId)?.to_owned()),
    };
    let payload = Members::decode(payload).ok_or(Reason::Shape)?;
    let issuer = payload.text("iss").ok_or(Reason::Issuer)?.to_owned();
    Ok(Token { text, alg, kid, issuer })
}
