//! How Vietnamese text is compared: folded for searching, keyed for sorting.
//!
//! Both results are computed here and stored beside the text, so that every database sorts and matches alike. This
//! file does not know what the text is about; nothing here changes what is shown to a reader.

use std::sync::LazyLock;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text as it is kept: its ends trimmed, its letters composed (NFC).
pub fn kept(s: &str) -> String {
    s.trim().nfc().collect()
}

/// The form of `s` in which two spellings of one word meet: "Đắk  Lắk" and "dak lak" are both `dak lak`.
///
/// Lowercased, stripped of tone and vowel marks, `đ` read as `d`, runs of whitespace made one space, ends trimmed.
/// Punctuation is kept. Total and idempotent. Only for matching: folded text has lost its meaning.
pub fn fold(s: &str) -> String {
    // Lowercasing comes first: it can itself produce a combining mark (İ becomes i and a dot above).
    let bare = s.chars().flat_map(char::to_lowercase).nfd().filter(|c| !is_combining_mark(*c)).map(|c| match c {
        // The stroke of đ is part of the letter, so decomposition leaves it. The other two are the look-alikes
        // (eth, African d) that older Vietnamese encodings and keyboards leave behind.
        'đ' | 'ð' | 'ɖ' => 'd',
        other => other,
    });
    let mut folded = String::with_capacity(s.len());
    let mut gap = false;
    for c in bare {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        folded.push(c);
    }
    folded
}

// `None` only if the compiled-in tables cannot be read, which no input can bring about.
static VIETNAMESE: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Tertiary);
    Collator::try_new(locale!("vi").into(), options).ok()
});

/// The Vietnamese sort key of `s`: comparing two keys byte by byte compares the texts as a dictionary does.
///
/// a < ă < â, d < đ, e < ê, o < ô < ơ, u < ư; within a letter the tones go ngang, huyền, hỏi, ngã, sắc, nặng, and
/// count only where the letters agree; then lower case before upper. Canonically equal texts have equal keys.
///
/// Keys are comparable only with keys made by the same version of the collation tables, so stored keys are to be
/// made anew when `icu_collator` is upgraded. Should the tables be unreadable, the key is the folded text: still a
/// total order, though not the dictionary's.
pub fn sort_key(s: &str) -> Vec<u8> {
    let Some(collator) = VIETNAMESE.as_ref() else {
        return fold(s).into_bytes();
    };
    let mut key = Vec::with_capacity(s.len() * 2);
    let Ok(()) = collator.write_sort_key_to(s, &mut key);
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn assert_ascending(words: &[&str]) {
        for pair in words.windows(2) {
            if let [before, after] = pair {
                assert!(sort_key(before) < sort_key(after), "{before} sorts before {after}");
            }
        }
    }

    #[test]
    fn folds_names_as_they_are_typed() {
        for (text, folded) in [
            ("Đắk  Lắk", "dak lak"),
            ("  Thừa Thiên\u{a0}\tHuế\n", "thua thien hue"),
            ("BÀ RỊA – VŨNG TÀU", "ba ria – vung tau"),
            ("Ðồng Nai", "dong nai"),
            ("Nguyễn Thị Thu Hà", "nguyen thi thu ha"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn folding_forgets_where_the_tone_mark_was_put() {
        assert_eq!(fold("Thủy"), fold("Thuỷ"));
        assert_eq!(fold("Hòa"), fold("Hoà"));
    }

    #[test]
    fn the_collation_tables_are_readable() {
        assert!(VIETNAMESE.is_some());
    }

    #[test]
    fn provinces_sort_as_in_a_vietnamese_list() {
        assert_ascending(&[
            "An Giang",
            "Bà Rịa – Vũng Tàu",
            "Bạc Liêu",
            "Bắc Giang",
            "Bắc Kạn",
            "Bắc Ninh",
            "Bến Tre",
            "Bình Dương",
            "Bình Định",
            "Cà Mau",
            "Cao Bằng",
            "Cần Thơ",
            "Dương Minh Châu",
            "Đà Nẵng",
            "Đắk Lắk",
            "Đắk Nông",
            "Điện Biên",
            "Đồng Nai",
            "Đồng Tháp",
            "Gia Lai",
            "Hà Giang",
            "Thái Bình",
            "Thanh Hóa",
            "Thừa Thiên Huế",
            "Vĩnh Phúc",
            "Yên Bái",
        ]);
    }

    #[test]
    fn letters_keep_the_order_of_the_alphabet() {
        assert_ascending(&["az", "ă", "ăz", "â"]);
        assert_ascending(&["dz", "đ", "e", "ez", "ê"]);
        assert_ascending(&["oz", "ô", "ôz", "ơ"]);
        assert_ascending(&["uz", "ư"]);
    }

    #[test]
    fn tones_keep_their_order_and_count_last() {
        assert_ascending(&["ma", "mà", "mả", "mã", "má", "mạ", "mạn", "măn", "mân"]);
        assert_ascending(&["ê", "ề", "ể", "ễ", "ế", "ệ"]);
        assert_ascending(&["mạ", "man"]);
    }

    #[test]
    fn composed_and_decomposed_text_share_a_key() {
        assert_eq!(sort_key("Đắk Lắk"), sort_key(&"Đắk Lắk".nfd().collect::<String>()));
    }

    proptest! {
        #[test]
        fn folding_twice_folds_no_further(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }

        #[test]
        fn nothing_folded_keeps_a_mark_or_a_stray_space(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert!(!folded.nfd().any(is_combining_mark));
            prop_assert!(!folded.contains("  ") && folded.trim() == folded);
        }

        #[test]
        fn folding_does_not_depend_on_composition(text in any::<String>()) {
            prop_assert_eq!(fold(&text.nfc().collect::<String>()), fold(&text.nfd().collect::<String>()));
        }

        #[test]
        fn equal_texts_have_equal_keys(text in any::<String>()) {
            prop_assert_eq!(sort_key(&text), sort_key(&text));
            prop_assert_eq!(sort_key(&text.nfc().collect::<String>()), sort_key(&text.nfd().collect::<String>()));
        }
    }
}
