//! Cells as text, the same in every format.

use std::fmt::Write as _;

use persistence::listing::Cell;

/// Ten-thousandths as a decimal number, without zeros that say nothing.
fn scaled(value: i64, into: &mut String) {
    let (whole, rest) = (value / 10_000, (value % 10_000).unsigned_abs());
    let sign = if value < 0 && whole == 0 { "-" } else { "" };
    // Writing to a string cannot fail, here and below.
    write!(into, "{sign}{whole}").ok();
    if rest != 0 {
        let digits = format!("{rest:04}");
        into.push('.');
        into.push_str(digits.trim_end_matches('0'));
    }
}

/// The text of a cell; none of one that is empty. `scratch` is for those that have to be made.
pub fn of<'a>(cell: &Cell<'a>, scratch: &'a mut String) -> Option<&'a str> {
    scratch.clear();
    match *cell {
        Cell::Null => return None,
        Cell::Text(text) => return Some(text),
        Cell::Int(number) => write!(scratch, "{number}").ok(),
        Cell::Scaled(value) => {
            scaled(value, scratch);
            None
        }
        Cell::Day(day) => write!(scratch, "{day}").ok(),
        Cell::Flag(yes) => return Some(if yes { "true" } else { "false" }),
        Cell::Record(kind, tenant, id) => {
            // An id is ASCII.
            scratch.push_str(std::str::from_utf8(&graphql::listing::id_of(kind, tenant, id)).unwrap_or_default());
            None
        }
    };
    Some(scratch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_they_need() {
        for (value, text) in [
            (0, "0"),
            (410_000_000, "41000"),
            (2_500, "0.25"),
            (-2_500, "-0.25"),
            (-10_001, "-1.0001"),
            (12_300, "1.23"),
            (i64::MIN, "-922337203685477.5808"),
        ] {
            assert_eq!(of(&Cell::Scaled(value), &mut String::new()), Some(text));
        }
        assert_eq!(of(&Cell::Null, &mut String::new()), None);
        assert_eq!(of(&Cell::Int(-7), &mut String::from("x")), Some("-7"));
        assert_eq!(of(&Cell::Day("2020-02-25".parse().unwrap()), &mut String::new()), Some("2020-02-25"));
    }
}
