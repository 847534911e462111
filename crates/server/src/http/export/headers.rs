//! The headers of a table: what it is called as a file, and a mark by which a reader asks whether it is still the same.

use std::sync::LazyLock;

use aws_lc_rs::digest::{Context, SHA256};
use aws_lc_rs::rand;
use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use graphql::Snapshot;
use persistence::StoreError;

use crate::http::caller::Caller;
use crate::table::{Asked, Format, Table};

/// Answers depend on who asks.
pub(super) const AUTHORIZATION: HeaderValue = HeaderValue::from_static("authorization");

/// A mark of everything that a table depends on: the data, who asks, what, and the day, since grants and defaults go by it.
/// Weak, for the same rows may be compressed or not.
pub(super) async fn etag(
    snapshot: &Snapshot,
    (caller, today): (&Caller, NaiveDate),
    (table, format, asked): (&Table, Format, &Asked),
) -> Result<String, StoreError> {
    // How much is written is nobody's business, and without these bytes nobody works it out of the mark.
    static SALT: LazyLock<[u8; 16]> = LazyLock::new(|| {
        let mut bytes = [0; 16];
        rand::fill(&mut bytes).ok();
        bytes
    });
    let version = persistence::change::version(snapshot.scope()).await?;
    let name = (table.name, format, env!("CARGO_PKG_VERSION"));
    let all = format!("{version} {today} {name:?} {asked:?} {:?}", caller.actor);
    let mut digest = Context::new(&SHA256);
    digest.update(SALT.as_slice());
    digest.update(all.as_bytes());
    let digest = digest.finish();
    Ok(format!("W/\"{}\"", URL_SAFE_NO_PAD.encode(digest)))
}

/// Whether the reader has it already.
pub(super) fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let given = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    given.flat_map(|value| value.split(',')).any(|tag| tag.trim() == "*" || opaque(tag) == opaque(etag))
}

/// The headers that every answer about a table has.
pub(super) fn of_table(etag: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, AUTHORIZATION);
    if let Ok(etag) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, etag);
    }
    headers
}

/// The same with those of its file.
pub(super) fn of_file(etag: &str, table: &Table, format: Format, asked: &Asked, today: NaiveDate) -> HeaderMap {
    let mut headers = of_table(etag);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.content_type()));
    let end = format.name();
    let title = encoded(&format!("{} {today}.{end}", asked.language.of(table.title)));
    let disposition = format!("attachment; filename=\"{}-{today}.{end}\"; filename*=UTF-8''{title}", table.name);
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    headers
}

/// As RFC 5987 has it.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_mark_is_recognized() {
        let is = |given: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, given.parse().unwrap());
            is_known(&headers, "W/\"ab\"")
        };
        assert!(is("W/\"ab\"") && is("\"ab\"") && is("*") && is("\"x\", W/\"ab\""));
        assert!(!is("\"abc\"") && !is("W/\"a\""));
        assert!(!is_known(&HeaderMap::new(), "W/\"ab\""));
    }

    #[test]
    fn names_of_files_are_ascii_twice() {
        assert_eq!(encoded("Độ 2.csv"), "%C4%90%E1%BB%99%202.csv");
    }
}
