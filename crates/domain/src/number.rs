//! Numbers of instruments and documents, read as far as they can be.
//!
//! Printings of one number vary, so a number is never a key: it is kept verbatim, taken apart where it follows a
//! known shape, and folded for finding its other printings. This file does not know which agencies exist; the
//! parts it yields are abbreviations as printed.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};
use unicode_normalization::UnicodeNormalization;

use crate::text::fold;

/// The shape a number was printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum NumberStyle {
    /// `<serial>[/<year>]/<kind>-<issuer>[-<issuer>…]`, and laws: `<serial>/<year>/QH<term>`.
    State,
    /// `<serial>-<kind>/<committee>`.
    Party,
    /// Anything else; what can be read is filled in.
    Irregular,
}

/// A number taken apart. Parts are as printed (composed to NFC); a part that cannot be read is absent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DocumentNumber {
    /// The text given, untouched.
    pub verbatim: String,
    /// The running number, with its leading zeros: `09`.
    pub serial: Option<String>,
    /// The year in the number.
    pub year: Option<i32>,
    /// The abbreviation of the kind of document: `CTPH`, `QĐ`. Laws have none.
    pub kind: Option<String>,
    /// The abbreviations of the issuing bodies, in printed order.
    pub issuers: Vec<String>,
    /// The shape of the whole.
    pub style: NumberStyle,
}

/// Folded abbreviations of kinds of document. Consulted only where position does not tell kind from issuer.
const KINDS: &[&str] = &[
    "bb", "bc", "bgn", "ct", "ctlt", "ctph", "ctr", "ctrlt", "ctrph", "cv", "da", "hd", "kh", "khlt", "khph", "kl",
    "ln", "nd", "nq", "nqlt", "pa", "qc", "qcln", "qcph", "qcphln", "qcpln", "qd", "qdlt", "tb", "tt", "ttln", "ttlt",
    "ttr",
];

/// Folded abbreviations that stand first in the numbers of letters (`5/UBND-VX`), where a kind would stand.
const ISSUERS: &[&str] =
    &["bca", "cp", "hdnd", "mttq", "tand", "tandtc", "tu", "tw", "ubmttq", "ubnd", "vks", "vksnd", "vksndtc"];

impl DocumentNumber {
    /// Reads a number as far as it can be read. Words around it are passed over ("Chương trình số 09/CTr-BCA ngày
    /// 3/4/2013"); text without any number leaves every part empty.
    pub fn parse(text: &str) -> Self {
        let empty = Self {
            verbatim: text.to_owned(),
            serial: None,
            year: None,
            kind: None,
            issuers: Vec::new(),
            style: NumberStyle::Irregular,
        };
        let Some(token) = number_token(text) else {
            return empty;
        };
        let mut segments = token.split('/').map(parts_of);
        let mut head = segments.next().unwrap_or_default().into_iter();
        let serial = head.next().filter(|serial| is_serial(serial));
        let head: Vec<&str> = head.collect();
        let tail: Vec<Vec<&str>> = segments.filter(|segment| !segment.is_empty()).collect();
        let year = match tail.first().map(Vec::as_slice) {
            Some([year]) => as_year(year),
            Some(_) | None => None,
        };
        let tail = tail.get(usize::from(year.is_some())..).unwrap_or_default();
        let (style, kind, issuers) = read_rest(&head, tail, year);
        // An underscore reads as a hyphen but is in neither grammar.
        let style = if token.contains('_') { NumberStyle::Irregular } else { style };
        let owned = |part: &str| part.to_owned();
        Self {
            serial: serial.map(owned),
            year,
            kind: kind.map(owned),
            issuers: issuers.into_iter().filter(|issuer| has_letter(issuer)).map(owned).collect(),
            style,
            ..empty
        }
    }
}

/// The form in which printings of one number meet: `09/CTr-BCA`, `số 9/Ctr – BCA` are both `9/ctr-bca`.
///
/// Folded, without spaces, without a leading "số", without leading zeros, every dash a hyphen. Total and idempotent.
/// Equal keys suggest one number; they do not prove it, as the programs of sixty provinces may all be number 1.
pub fn number_key(text: &str) -> String {
    let folded = fold(text);
    let mut rest = folded.as_str();
    while let Some(after) = rest.strip_prefix("so ") {
        rest = after;
    }
    let dense: String = rest.chars().filter(|c| !c.is_whitespace()).map(plain_dash).collect();
    let mut key = dense.as_str();
    while let Some(after) = key.strip_prefix("so")
        && after.starts_with(|c: char| matches!(c, ':' | '.') || c.is_ascii_digit())
    {
        key = after.trim_start_matches([':', '.']);
    }
    while let Some(after) = key.strip_prefix('0')
        && after.starts_with(|c: char| c.is_ascii_digit())
    {
        key = after;
    }
    key.to_owned()
}

/// Kind and issuers, from what follows the serial within its segment and from the segments after serial and year.
fn read_rest<'a>(
    head: &[&'a str],
    tail: &[Vec<&'a str>],
    year: Option<i32>,
) -> (NumberStyle, Option<&'a str>, Vec<&'a str>) {
    if let ([kind], [committee], None) = (head, tail, year)
        && has_letter(kind)
    {
        return (NumberStyle::Party, Some(kind), committee.clone());
    }
    if let ([], [only]) = (head, tail) {
        match only.as_slice() {
            [assembly] if year.is_some() && is_assembly(assembly) => {
                return (NumberStyle::State, None, vec![assembly]);
            }
            [kind, issuers @ ..] if !issuers.is_empty() && has_letter(kind) && !is_in(ISSUERS, kind) => {
                return (NumberStyle::State, Some(kind), issuers.to_vec());
            }
            _ => {}
        }
    }
    let mut kind = None;
    let mut issuers = Vec::new();
    for segment in std::iter::once(head).chain(tail.iter().map(Vec::as_slice)) {
        match segment {
            [first, others @ ..] if kind.is_none() && is_in(KINDS, first) => {
                kind = Some(*first);
                issuers.extend_from_slice(others);
            }
            all => issuers.extend_from_slice(all),
        }
    }
    (NumberStyle::Irregular, kind, issuers)
}

/// The first word that starts with a digit and is not part of a date, spaces around its separators closed up.
fn number_token(text: &str) -> Option<String> {
    let mut dense = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfc().map(plain_space).map(|c| if c == '_' { c } else { plain_dash(c) }) {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if gap && !is_separator(c) && !dense.ends_with(is_separator) {
            dense.push(' ');
        }
        gap = false;
        dense.push(c);
    }
    let mut before = String::new();
    for word in dense.split(' ') {
        let of_a_date = matches!(before.as_str(), "ngay" | "thang" | "nam");
        if word.starts_with(|c: char| c.is_ascii_digit()) && !of_a_date {
            return Some(word.trim_end_matches([',', ';', '.', ')']).to_owned());
        }
        before = fold(word);
    }
    None
}

fn parts_of(segment: &str) -> Vec<&str> {
    segment.split(['-', '_']).filter(|part| !part.is_empty()).collect()
}

/// Every kind of dash, and the underscore some offices print for one, as a hyphen.
const fn plain_dash(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' => '-',
        other => other,
    }
}

/// A colon or an opening bracket ends a word: "Số:11", "(số 9)".
const fn plain_space(c: char) -> char {
    match c {
        ':' | '(' => ' ',
        other => other,
    }
}

const fn is_separator(c: char) -> bool {
    matches!(c, '/' | '-' | '_')
}

fn has_letter(part: &str) -> bool {
    part.chars().any(char::is_alphabetic)
}

fn is_in(table: &[&str], part: &str) -> bool {
    table.contains(&fold(part).as_str())
}

/// Digits, perhaps with one letter: `11`, `05a`.
fn is_serial(part: &str) -> bool {
    let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut rest = rest.chars();
    let letter = rest.next();
    part.starts_with(|c: char| c.is_ascii_digit()) && letter.is_none_or(char::is_alphabetic) && rest.next().is_none()
}

fn as_year(part: &str) -> Option<i32> {
    let year = part.parse().ok().filter(|year| (1900..=2100).contains(year));
    year.filter(|_| part.bytes().all(|b| b.is_ascii_digit()))
}

/// The National Assembly or its standing committee, with the number of its term: `QH13`, `UBTVQH15`.
fn is_assembly(part: &str) -> bool {
    let term = part.strip_prefix("UBTVQH").or_else(|| part.strip_prefix("QH"));
    term.is_some_and(|term| !term.is_empty() && term.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::NumberStyle::{Irregular, Party, State};
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn assert_reads(text: &str, style: NumberStyle, serial: &str, year: Option<i32>, kind: &str, issuers: &[&str]) {
        let number = DocumentNumber::parse(text);
        assert_eq!(number.verbatim, text);
        assert_eq!((number.style, number.year), (style, year), "{text}");
        assert_eq!(number.serial.as_deref().unwrap_or_default(), serial, "{text}");
        assert_eq!(number.kind.as_deref().unwrap_or_default(), kind, "{text}");
        assert_eq!(number.issuers, issuers, "{text}");
    }

    #[test]
    fn state_numbers() {
        let parties = ["TWHLHPN", "BCA", "VKSNDTC", "TANDTC"];
        assert_reads("11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC", State, "11", None, "CTPH", &parties);
        assert_reads("07/2017/TT-BVHTTDL", State, "07", Some(2017), "TT", &["BVHTTDL"]);
        assert_reads("1681/QĐ-UBND", State, "1681", None, "QĐ", &["UBND"]);
        assert_reads("431/CTPH-TANDTC-TLĐLĐVN", State, "431", None, "CTPH", &["TANDTC", "TLĐLĐVN"]);
        assert_reads("09/Ctr-BCA-TTTW", State, "09", None, "Ctr", &["BCA", "TTTW"]);
        assert_reads("01/LN-VKS-CA-TA-THA", State, "01", None, "LN", &["VKS", "CA", "TA", "THA"]);
        assert_reads("237/NQ-UBTVQH16", State, "237", None, "NQ", &["UBTVQH16"]);
    }

    #[test]
    fn laws() {
        assert_reads("101/2015/QH13", State, "101", Some(2015), "", &["QH13"]);
        assert_reads("202/2025/QH15", State, "202", Some(2025), "", &["QH15"]);
        assert_reads("81/2025/UBTVQH15", State, "81", Some(2025), "", &["UBTVQH15"]);
    }

    #[test]
    fn party_numbers() {
        assert_reads("238-QĐ/TW", Party, "238", None, "QĐ", &["TW"]);
        assert_reads("983-QĐ/TU", Party, "983", None, "QĐ", &["TU"]);
        assert_reads("87-KH/BCĐ", Party, "87", None, "KH", &["BCĐ"]);
        assert_reads("866-NQ/QUTW", Party, "866", None, "NQ", &["QUTW"]);
    }

    #[test]
    fn irregular_numbers_yield_what_they_can() {
        assert_reads("01/QCPH/UBND-UBMTTQ", Irregular, "01", None, "QCPH", &["UBND", "UBMTTQ"]);
        assert_reads("01/MTTQ-VKS/QC", Irregular, "01", None, "QC", &["MTTQ", "VKS"]);
        let parties = ["CTHADS", "VKSND", "TAND", "CA"];
        assert_reads("01/2022/QCPHLN/CTHADS-VKSND-TAND-CA", Irregular, "01", Some(2022), "QCPHLN", &parties);
        assert_reads("19/2008/NQLT/CP-UBTUMTTQVN", Irregular, "19", Some(2008), "NQLT", &["CP", "UBTUMTTQVN"]);
        assert_reads("01-TW", Irregular, "01", None, "", &["TW"]);
        assert_reads("01/TW", Irregular, "01", None, "", &["TW"]);
        assert_reads("01/2012/NQLT", Irregular, "01", Some(2012), "NQLT", &[]);
        assert_reads("1018/CV_MTTW_BTT", Irregular, "1018", None, "CV", &["MTTW", "BTT"]);
        assert_reads("5/UBND-VX", Irregular, "5", None, "", &["UBND", "VX"]);
        assert_reads("9", Irregular, "9", None, "", &[]);
        assert_reads("không số", Irregular, "", None, "", &[]);
    }

    #[test]
    fn words_and_spaces_around_a_number_are_passed_over() {
        assert_reads("Chương trình 09", Irregular, "09", None, "", &[]);
        assert_reads("Số:11 / CTPH – BCA", State, "11", None, "CTPH", &["BCA"]);
        assert_reads("năm 2012, Quy chế (số 05a/QC-BCA)", State, "05a", None, "QC", &["BCA"]);
        assert_reads("Quyết định số 238-QĐ/TW, ngày 3/4/2012", Party, "238", None, "QĐ", &["TW"]);
    }

    #[test]
    fn keys_match_printings_of_one_number() {
        for (a, b) in [
            ("09/Ctr-BCA", "09/CTr-BCA"),
            ("09", "9"),
            ("số 9", "Số: 09"),
            ("Số 238-QĐ/TW", "238 – QĐ / TW"),
            ("1018/CV_MTTW_BTT", "1018/CV-MTTW-BTT"),
        ] {
            assert_eq!(number_key(a), number_key(b), "{a} and {b}");
        }
        assert_eq!(number_key("09/CTr-BCA-MTTW"), "9/ctr-bca-mttw");
        assert_ne!(number_key("09/CTr-BCA-MTTW"), number_key("09/Ctr-BCA-TTTW"));
        assert_eq!(number_key("100/KH"), "100/kh");
        assert_eq!(number_key("00"), "0");
    }

    proptest! {
        #[test]
        fn every_text_is_read_and_kept(text in any::<String>(), near in "(số )?[0-9 ]{0,4}[A-ZĐ0-9/_ -]{0,20}") {
            prop_assert_eq!(DocumentNumber::parse(&text).verbatim, text);
            prop_assert_eq!(DocumentNumber::parse(&near).verbatim, near);
        }

        #[test]
        fn state_numbers_come_apart_as_they_were_put_together(
            serial in 1..9999_u32,
            year in proptest::option::of(1945..2100_i32),
            issuers in proptest::collection::vec("[A-ZĐ]{2,8}", 1..5),
        ) {
            let middle = year.map(|year| format!("{year}/")).unwrap_or_default();
            let number = DocumentNumber::parse(&format!("{serial}/{middle}CTPH-{}", issuers.join("-")));
            prop_assert_eq!(number.style, State);
            prop_assert_eq!(number.serial, Some(serial.to_string()));
            prop_assert_eq!(number.kind.as_deref(), Some("CTPH"));
            prop_assert_eq!((number.year, number.issuers), (year, issuers));
        }

        #[test]
        fn keys_are_stable(text in any::<String>(), near in "(số[ :.]?){0,2}[0 ]{0,3}[0-9sốo:. -]{0,8}") {
            let key = number_key(&text);
            prop_assert_eq!(number_key(&key), key);
            let key = number_key(&near);
            prop_assert_eq!(number_key(&key), key);
        }
    }
}
