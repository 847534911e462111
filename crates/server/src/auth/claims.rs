//! What a verified token says about whoever shows it. The signature, the issuer and the audience are verified before;
//! this file knows only claims.

use std::collections::BTreeSet;

use domain::TenantId;
use domain::actor::{Actor, GrantUse, Principal, Role};
use serde_json::Value;

use super::Identity;
use super::issuer::Trust;
use super::members::Members;
use super::reason::Reason;

/// Clocks may differ by so many seconds.
const LEEWAY: i64 = 30;
/// The end of the year 9999: a later time is no time.
const END: i64 = 253_402_300_799;
/// Characters of the longest subject.
const MAX_SUBJECT: usize = 255;

pub(super) fn identity(claims: &Members, trust: &Trust, now: i64) -> Result<Identity, Reason> {
    let expires_at = time(claims, "exp")?.ok_or(Reason::Claims)?;
    if expires_at + LEEWAY <= now {
        return Err(Reason::Expired);
    }
    if time(claims, "nbf")?.is_some_and(|begins| begins > now + LEEWAY) {
        return Err(Reason::NotYet);
    }
    if time(claims, "iat")?.ok_or(Reason::Claims)? > now + LEEWAY {
        return Err(Reason::IssuedLater);
    }
    let subject = claims.text("sub").ok_or(Reason::Subject)?;
    let long = subject.chars().nth(MAX_SUBJECT).is_some();
    if subject.is_empty() || long || subject.chars().any(char::is_control) {
        return Err(Reason::Subject);
    }
    let actor = Actor {
        principal: Principal::user(&trust.url, subject),
        tenant: tenant(claims, trust).ok_or(Reason::Organization)?,
        roles: roles(claims, trust).ok_or(Reason::Roles)?,
        grants: GrantUse::All,
    };
    Ok(Identity { actor, expires_at })
}

/// A time in whole seconds, as every issuer writes it.
fn time(claims: &Members, name: &str) -> Result<Option<i64>, Reason> {
    let Some(value) = claims.get(name) else {
        return Ok(None);
    };
    value.as_i64().filter(|seconds| (0..=END).contains(seconds)).map(Some).ok_or(Reason::Claims)
}

/// The issuer's own table decides, so that no issuer can speak for the tenants of another.
fn tenant(claims: &Members, trust: &Trust) -> Option<TenantId> {
    trust.organizations.get(claims.text(&trust.organization_claim)?).copied()
}

/// The roles that we know among those of the token; none when there is not a single one.
fn roles(claims: &Members, trust: &Trust) -> Option<BTreeSet<Role>> {
    let words: Vec<&str> = match claims.get(&trust.roles_claim)? {
        Value::String(text) => text.split(' ').collect(),
        Value::Array(list) => list.iter().map(Value::as_str).collect::<Option<_>>()?,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => return None,
    };
    let known: BTreeSet<Role> = words.into_iter().filter_map(|word| trust.role(word)).collect();
    (!known.is_empty()).then_some(known)
}

/// The role that is called so.
pub(super) fn role(name: &str) -> Option<Role> {
    name.to_ascii_uppercase().parse().ok()
}
