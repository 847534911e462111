//! Chance as a list of numbers, which a shorter or smaller list makes simpler: with none left, everything is left out.

use crate::format::{PeriodEntry, TenantRef};

pub(super) struct Choices {
    left: std::vec::IntoIter<u16>,
    /// Counts the names, so that no two agree.
    names: usize,
}

/// Text that is easily taken for something else, or comes back as something else.
const TEXTS: [&str; 30] = [
    "Việc",
    "09",
    "true",
    "null",
    "~",
    "no",
    "a: b",
    "# x",
    "- y",
    "x #y",
    "hai  khoảng",
    "dòng\nsau",
    "dòng\n\n  sau",
    "\"trích\"",
    "'",
    "2020-01-01",
    "1e3",
    "0x1f",
    "{a}",
    "[b",
    "&c",
    "*d",
    "!e",
    "%f",
    "@g",
    "`h`",
    "tab\tgiữa",
    "hết:",
    "\\n",
    "|\n>",
];
const LONG: &str = "Một câu dài hơn một dòng, với  hai khoảng trắng, dấu: hai chấm, # thăng và nhiều chữ nữa để người viết phải xuống \
                    dòng ở đâu đó giữa câu, rồi lại một lần nữa khi câu vẫn chưa hết mà lời thì còn dài, dài nữa, dài mãi";
const DATES: [&str; 8] =
    ["2020", "2020-02", "2020-02-25", "202X", "2019-02/2019-05", "../2023-03-01", "2018-01-20/..", "2021-06?"];

impl Choices {
    pub(super) fn new(numbers: Vec<u16>) -> Self {
        Self { left: numbers.into_iter(), names: 0 }
    }

    /// Below `count`; 0 when nothing is left.
    pub(super) fn below(&mut self, count: usize) -> usize {
        usize::from(self.left.next().unwrap_or_default()) % count
    }

    pub(super) fn yes(&mut self) -> bool {
        self.below(2) == 1
    }

    pub(super) fn one<T: Clone>(&mut self, of: &[T]) -> T {
        let index = self.below(of.len());
        of[index].clone()
    }

    pub(super) fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.yes().then(|| make(self))
    }

    pub(super) fn some<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self, usize) -> T) -> Vec<T> {
        let count = self.below(most + 1);
        (0..count).map(|index| make(self, index)).collect()
    }

    pub(super) fn text(&mut self) -> String {
        if self.below(12) == 11 { LONG.to_owned() } else { self.one(&TEXTS).to_owned() }
    }

    pub(super) fn perhaps(&mut self) -> Option<String> {
        self.maybe(Self::text)
    }

    pub(super) fn texts(&mut self) -> Vec<String> {
        self.some(2, |choices, _| choices.text())
    }

    /// A name that nothing else has.
    pub(super) fn name(&mut self) -> String {
        self.names += 1;
        format!("{} {}", self.text(), self.names)
    }

    /// A key of one of these, if there are any.
    pub(super) fn key<T>(&mut self, of: &[T], key: impl Fn(&T) -> &str) -> Option<String> {
        if of.is_empty() || !self.yes() {
            return None;
        }
        let index = self.below(of.len());
        Some(key(&of[index]).to_owned())
    }

    pub(super) fn code<T: strum::IntoEnumIterator + Into<&'static str>>(&mut self) -> String {
        let codes: Vec<&'static str> = T::iter().map(Into::into).collect();
        self.one(&codes).to_owned()
    }

    pub(super) fn maybe_code<T: strum::IntoEnumIterator + Into<&'static str>>(&mut self) -> Option<String> {
        self.maybe(Self::code::<T>)
    }

    pub(super) fn date(&mut self) -> Option<String> {
        self.maybe(|choices| choices.one(&DATES).to_owned())
    }

    pub(super) fn day(&mut self) -> String {
        self.one(&DATES).to_owned()
    }

    pub(super) fn count(&mut self) -> Option<i32> {
        self.maybe(|choices| i32::try_from(choices.below(9) + 1).unwrap())
    }

    pub(super) fn period(&mut self) -> Option<PeriodEntry> {
        let forms = [
            (Some("2020"), Some("2022-05"), false),
            (Some("2021-06"), None, true),
            (None, Some("2023"), false),
            (None, None, true),
        ];
        let (start, end, open_ended) = self.maybe(|choices| choices.one(&forms))?;
        Some(PeriodEntry { start: start.map(str::to_owned), end: end.map(str::to_owned), open_ended })
    }

    /// Two ends, the first not after the second.
    pub(super) fn ends(&mut self) -> (Option<String>, Option<String>) {
        self.period().map_or((None, None), |period| (period.start, period.end))
    }

    /// Another tenant, if any: the center, or a province that has been two.
    pub(super) fn tenant(&mut self) -> Option<TenantRef> {
        let (slug, as_of) =
            self.maybe(|choices| choices.one(&[("trung-uong", None), ("hung-yen", Some("2020-02-25"))]))?;
        Some(TenantRef { slug: slug.to_owned(), as_of: as_of.map(str::to_owned), basis: None, evidence: Vec::new() })
    }
}
