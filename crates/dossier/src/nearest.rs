//! "Did you mean …": the known name that an unknown one is most likely a slip of.

use domain::text::fold;

/// The candidate nearest to `word`, if one is near enough to be meant. Case and tone marks weigh nothing.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Edit distance is quadratic in length; nobody misspells a code of a hundred letters.
    let word: String = fold(word).chars().take(100).collect();
    let length = word.chars().count();
    // One letter may be wrong in a short word, none in one of a letter or two: those are all near each other.
    let allowed = (length / 3).max(usize::from(length > 2));
    let measured = candidates.into_iter().map(|candidate| (strsim::osa_distance(&word, &fold(candidate)), candidate));
    measured.filter(|(distance, _)| *distance <= allowed).min_by_key(|(distance, _)| *distance).map(|(_, found)| found)
}

/// `did you mean "…"?`, or nothing.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|found| format!("did you mean \"{found}\"?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_seen_through_and_strangers_are_not() {
        let known = ["signedOn", "signatories", "status"];
        assert_eq!(nearest("sigendOn", known), Some("signedOn"));
        assert_eq!(nearest("signed_on", known), Some("signedOn"));
        assert_eq!(nearest("budget", known), None);
        assert_eq!(nearest("b", ["a"]), None);
        assert_eq!(nearest("Huyện Quynh Phu", ["Huyện Quỳnh Phụ", "Huyện Thái Thụy"]), Some("Huyện Quỳnh Phụ"));
    }
}
