//! API keys as text, `phk_<id>_<secret>`, and whether one that is shown is good. Only the secret's digest is ever
//! stored. This file does not know where.

use std::fmt;

use aws_lc_rs::{constant_time, digest, rand};
use uuid::Uuid;

use super::reason::{Denial, Reason};
use super::{Identity, Keys, Secret};
use crate::{Clock, Failure};

/// How the text of every key begins, so that scanners of source code find one that was left there.
pub const PREFIX: &str = "phk_";

/// Bytes of a secret.
const BYTES: usize = 32;
/// Seconds of a day.
const DAY: i64 = 86_400;
/// When to ask again for a key that could not be looked up.
const RETRY: u64 = 1;

/// The part of a new key that is shown once and never stored.
pub struct NewSecret(Secret<String>);

impl NewSecret {
    /// A secret that nobody can guess.
    pub fn generate() -> Result<Self, Failure> {
        let mut bytes = [0; BYTES];
        rand::fill(&mut bytes)
            .map_err(|fault| Failure::new(format!("the machine gives no random numbers: {fault}"), "try again"))?;
        Ok(Self(Secret::new(hex(&bytes))))
    }

    /// What to store: the SHA-256 of the secret's hexadecimal digits, in hexadecimal digits.
    pub fn digest(&self) -> String {
        digest_of(self.0.expose())
    }

    /// What to show, once: the whole key.
    pub fn text(&self, id: Uuid) -> Secret<String> {
        Secret::new(format!("{PREFIX}{}_{}", id.simple(), self.0.expose()))
    }
}

impl fmt::Debug for NewSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewSecret({:?})", self.0)
    }
}

/// A key that somebody shows.
#[derive(Debug)]
pub(super) struct Shown {
    id: Uuid,
    secret: Secret<String>,
}

pub(super) fn parse(text: &str) -> Result<Shown, Reason> {
    let parts = text.strip_prefix(PREFIX).and_then(|rest| rest.split_once('_'));
    let Some((id, secret)) = parts.filter(|(id, secret)| is_hex(id, 32) && is_hex(secret, 2 * BYTES)) else {
        return Err(Reason::ApiKeyShape);
    };
    let id = Uuid::try_parse(id).ok().ok_or(Reason::ApiKeyShape)?;
    Ok(Shown { id, secret: Secret::new(secret.to_owned()) })
}

/// Whose key it is. A key that is not there takes the same work, and has the same reason, as a wrong secret.
pub(super) async fn check(shown: &Shown, keys: &impl Keys, clock: Clock) -> Result<Identity, Denial> {
    let found = match keys.find(shown.id).await {
        Ok(found) => found,
        Err(super::KeysUnavailable) => return Err(Denial::Unavailable { retry_after_seconds: RETRY }),
    };
    let digest = digest_of(shown.secret.expose());
    // No digest begins with a space.
    let stored = found.as_ref().map_or_else(|| " ".repeat(2 * BYTES), |key| key.digest.clone());
    let same = constant_time::verify_slices_are_equal(digest.as_bytes(), stored.as_bytes()).is_ok();
    let key = found.filter(|_| same).ok_or(Reason::ApiKey)?;
    let today = clock.today();
    if !key.live(today) {
        return Err(Reason::ApiKeyOver.into());
    }
    // The last day ends with it, in Vietnam; a day is added rather than looked up, for there is no summer time.
    let left = (key.valid_to - today).num_days().saturating_add(1).saturating_mul(DAY);
    let begun = clock.now().saturating_add(7 * 3600).rem_euclid(DAY);
    Ok(Identity { actor: key.actor(), expires_at: clock.now().saturating_sub(begun).saturating_add(left) })
}

fn digest_of(secret: &str) -> String {
    hex(digest::digest(&digest::SHA256, secret.as_bytes()).as_ref())
}

/// In hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}

/// One way of writing a key, so that two texts are never the same key.
fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
