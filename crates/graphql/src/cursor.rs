//! Cursors: opaque to clients; inside, a version, the list's order, and the sort keys of one row. A cursor of another
//! order is refused instead of leading somewhere.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use persistence::{Cursor, KeyValue};
use uuid::Uuid;

use crate::error::{Error, ErrorCode, Result};

const VERSION: u8 = 1;

/// Names an order: the type of the list and its sort keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderHash(u32);

impl OrderHash {
    /// FNV-1a: stable across versions of Rust, unlike the standard hashers.
    pub fn of(text: &str) -> Self {
        Self(text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)))
    }
}

/// Writes a cursor.
pub fn encode(order: OrderHash, cursor: &Cursor) -> String {
    let mut bytes = vec![VERSION];
    bytes.extend(order.0.to_be_bytes());
    for key in &cursor.0 {
        match key {
            KeyValue::Null => bytes.push(0),
            KeyValue::Int(number) => push(&mut bytes, 1, &number.to_be_bytes()),
            KeyValue::Text(text) => push(&mut bytes, 2, text.as_bytes()),
            KeyValue::Bytes(key) => push(&mut bytes, 3, key),
            KeyValue::Date(day) => push(&mut bytes, 4, day.to_string().as_bytes()),
            KeyValue::Uuid(uuid) => push(&mut bytes, 5, uuid.as_bytes()),
        }
    }
    URL_SAFE_NO_PAD.encode(bytes)
}

fn push(bytes: &mut Vec<u8>, tag: u8, value: &[u8]) {
    bytes.push(tag);
    bytes.extend(u32::try_from(value.len()).unwrap_or(u32::MAX).to_be_bytes());
    bytes.extend(value);
}

/// Reads a cursor that `encode` wrote for the same order with as many keys.
pub fn decode(order: OrderHash, keys: usize, text: &str) -> Result<Cursor> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok();
    let cursor = bytes.as_deref().and_then(|bytes| read(order, bytes));
    cursor.filter(|cursor| cursor.0.len() == keys).ok_or_else(|| {
        Error::new(
            ErrorCode::CursorInvalid,
            "the cursor does not belong to this list in this order",
            "take cursors from the same field with the same orderBy, or start without one",
        )
    })
}

fn read(order: OrderHash, bytes: &[u8]) -> Option<Cursor> {
    let (version, rest) = bytes.split_first()?;
    let (hash, mut rest) = rest.split_first_chunk::<4>()?;
    if *version != VERSION || u32::from_be_bytes(*hash) != order.0 {
        return None;
    }
    let mut keys = Vec::new();
    while let Some((tag, after)) = rest.split_first() {
        if *tag == 0 {
            keys.push(KeyValue::Null);
            rest = after;
            continue;
        }
        let (length, after) = after.split_first_chunk::<4>()?;
        let (value, after) = after.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        keys.push(match tag {
            1 => KeyValue::Int(i64::from_be_bytes(value.try_into().ok()?)),
            2 => KeyValue::Text(std::str::from_utf8(value).ok()?.to_owned()),
            3 => KeyValue::Bytes(value.to_vec()),
            4 => KeyValue::Date(std::str::from_utf8(value).ok()?.parse::<NaiveDate>().ok()?),
            5 => KeyValue::Uuid(Uuid::from_slice(value).ok()?),
            _ => return None,
        });
        rest = after;
    }
    Some(Cursor(keys))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor() -> Cursor {
        Cursor(vec![
            KeyValue::Null,
            KeyValue::Int(-7),
            KeyValue::Text("đ".to_owned()),
            KeyValue::Bytes(vec![0, 255]),
            KeyValue::Date(NaiveDate::from_ymd_opt(2020, 2, 25).unwrap()),
            KeyValue::Uuid(Uuid::from_u128(9)),
        ])
    }

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        let order = OrderHash::of("Program title");
        assert_eq!(decode(order, 6, &encode(order, &cursor())).unwrap(), cursor());
    }

    #[test]
    fn a_cursor_of_another_order_or_shape_is_refused() {
        let text = encode(OrderHash::of("a"), &cursor());
        assert!(decode(OrderHash::of("b"), 6, &text).is_err());
        assert!(decode(OrderHash::of("a"), 5, &text).is_err());
        for length in 0..text.len() {
            assert!(decode(OrderHash::of("a"), 6, &text[..length]).is_err());
        }
    }
}
