//! "Did you mean": the known word that is nearest to an unknown one.

use super::fold;

/// The one of `known` that `name` was most likely meant to be, or `None` when none is near.
///
/// Nearness is the Damerau–Levenshtein distance over the longer length, without case and space; of
/// two that are as near, the first.
pub fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    const ENOUGH: f64 = 0.6;
    let name = fold(name);
    let mut best = None;
    let mut best_score = ENOUGH;
    for one in known {
        let score = strsim::normalized_damerau_levenshtein(&name, &fold(one));
        if score > best_score || (best.is_none() && score >= ENOUGH) {
            (best, best_score) = (Some(*one), score);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        assert_eq!(nearest("contry", &["year", "country", "county"]), Some("country"));
        assert_eq!(nearest("zzz", &["year", "country"]), None);
        assert_eq!(nearest("x", &[]), None);
    }
}
