//! Words that say what a province is ("Estado Zulia", "Zulia State", "Провінція …"), used alike by `build.rs` and by
//! the look-up: a name with such a word, and a name without, are one name if the province is of that class.
//!
//! Takes a key (see `normalize.rs`), gives what is left of it and the [`Class`] that the word stands for. Words that
//! mean much the same are one class: the Russian oblast is a region in English.

/// A class of province; the letter is that of the packed index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    State = b's' as isize,
    Province = b'p' as isize,
    Region = b'r' as isize,
    Department = b'd' as isize,
    District = b'i' as isize,
    County = b'c' as isize,
    Prefecture = b'f' as isize,
    Governorate = b'g' as isize,
    Canton = b'k' as isize,
    Voivodeship = b'v' as isize,
    Republic = b'b' as isize,
    Territory = b't' as isize,
    Emirate = b'e' as isize,
    Parish = b'h' as isize,
    Municipality = b'm' as isize,
    City = b'y' as isize,
    Division = b'n' as isize,
    Community = b'o' as isize,
}

use Class::*;

/// Words of names and of types, as keys.
const WORDS: [(&str, Class); 77] = [
    ("state", State),
    ("estado", State),
    ("etat", State),
    ("stato", State),
    ("bundesland", State),
    ("freistaat", State),
    ("province", Province),
    ("provincia", Province),
    ("provincie", Province),
    ("provinz", Province),
    ("provinsi", Province),
    ("prov", Province),
    ("vilayet", Province),
    ("wilaya", Province),
    ("wilayat", Province),
    ("ostan", Province),
    ("استان", Province),
    ("ولاية", Province),
    ("region", Region),
    ("regione", Region),
    ("regiao", Region),
    ("oblast", Region),
    ("oblasti", Region),
    ("oblasty", Region),
    ("voblasc", Region),
    ("voblast", Region),
    ("viloyati", Region),
    ("область", Region),
    ("oblysy", Region),
    ("department", Department),
    ("departement", Department),
    ("departamento", Department),
    ("dept", Department),
    ("dpto", Department),
    ("district", District),
    ("distrito", District),
    ("raion", District),
    ("raionul", District),
    ("rayon", District),
    ("rayonu", District),
    ("район", District),
    ("county", County),
    ("comitat", County),
    ("megye", County),
    ("judet", County),
    ("judetul", County),
    ("zupanija", County),
    ("fylke", County),
    ("maakond", County),
    ("lan", County),
    ("prefecture", Prefecture),
    ("prefectura", Prefecture),
    ("governorate", Governorate),
    ("gouvernorat", Governorate),
    ("muhafazat", Governorate),
    ("محافظة", Governorate),
    ("canton", Canton),
    ("kanton", Canton),
    ("voivodeship", Voivodeship),
    ("wojewodztwo", Voivodeship),
    ("republic", Republic),
    ("republica", Republic),
    ("республика", Republic),
    ("territory", Territory),
    ("territorio", Territory),
    ("krai", Territory),
    ("kray", Territory),
    ("край", Territory),
    ("emirate", Emirate),
    ("parish", Parish),
    ("municipality", Municipality),
    ("municipio", Municipality),
    ("commune", Municipality),
    ("city", City),
    ("ciudad", City),
    ("division", Division),
    ("community", Community),
];

/// Last letters of names in Chinese and Japanese that say what a province is.
const LETTERS: [(char, Class); 6] =
    [('省', Province), ('市', City), ('県', Prefecture), ('縣', County), ('县', County), ('州', State)];

/// Words that tie a type to a name.
const TIES: [&str; 15] =
    ["of", "the", "de", "del", "la", "las", "los", "el", "da", "do", "di", "du", "des", "d", "autonoma"];

/// The class that a word of a type stands for, by its key.
pub fn class(word: &str) -> Option<Class> {
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, class)| *class)
}

/// What is left of `key` without its word of a type, and that word's class. `None`: it has none, or nothing else.
pub fn without_type(key: &str) -> Option<(&str, Class)> {
    if let Some((head, rest)) = key.split_once(' ')
        && let Some(class) = class(head)
    {
        let mut rest = rest;
        while let Some((tie, tail)) = rest.split_once(' ')
            && TIES.contains(&tie)
        {
            rest = tail;
        }
        return Some((rest, class));
    }
    if let Some((rest, tail)) = key.rsplit_once(' ')
        && let Some(class) = class(tail)
    {
        return Some((rest, class));
    }
    let last = key.chars().last()?;
    let (_, class) = LETTERS.iter().find(|(letter, _)| *letter == last)?;
    let rest = &key[..key.len() - last.len_utf8()];
    (rest.chars().count() > 1).then_some((rest, *class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_taken_away_in_front_and_behind() {
        assert_eq!(without_type("estado zulia"), Some(("zulia", State)));
        assert_eq!(without_type("zulia state"), Some(("zulia", State)));
        assert_eq!(without_type("provincia de buenos aires"), Some(("buenos aires", Province)));
        assert_eq!(without_type("四川省"), Some(("四川", Province)));
        assert_eq!(without_type("state"), None);
        assert_eq!(without_type("new south wales"), None);
    }
}
