//! Names as they are compared: case, accents, punctuation, articles and footnote marks set aside.
//!
//! Takes a name as it stands in somebody's table, gives its *key*: lower-case words separated by
//! single spaces. `build.rs` makes the keys of the index with this very file, so that what is
//! stored and what is looked up cannot differ. Unicode: compatibility decomposition (UAX #15).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The key of a name. `key(key(x)) == key(x)`.
pub fn key(name: &str) -> String {
    let decomposed: String = without_footnotes(name).nfkd().flat_map(char::to_lowercase).nfkd().collect();
    let letters: Vec<char> = decomposed.chars().filter(|c| !is_ignored(*c)).flat_map(plain).collect();
    let spaced = space_out(&with_dots_for_nasals(&letters));
    let mut words: Vec<&str> = spaced.split_whitespace().collect();
    while words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    let mut words: Vec<String> =
        with_joined_waw(&words).iter().map(|word| plain_arabic(&without_arabic_article(word))).collect();
    let last = words.len().saturating_sub(1);
    for (k, word) in words.iter_mut().enumerate() {
        if k < last && matches!(word.as_str(), "st" | "ste" | "sainte") {
            *word = "saint".to_owned();
        }
    }
    words.join(" ")
}

/// The Arabic "and" is tied to the word after it, whether or not somebody put a space there.
fn with_joined_waw(words: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut tie = String::new();
    for (k, word) in words.iter().enumerate() {
        if *word == "و" && k + 1 < words.len() {
            tie.push_str(word);
        } else {
            out.push(std::mem::take(&mut tie) + word);
        }
    }
    out
}

/// The Arabic article is tied to its word, and whether a name has one differs from writer to writer (`بيرو`, `البيرو`).
fn without_arabic_article(word: &str) -> String {
    let (and, mut bare) = match word.strip_prefix('و') {
        Some(rest) if rest.starts_with("ال") => ("و", rest),
        _ => ("", word),
    };
    while let Some(rest) = bare.strip_prefix("ال")
        && rest.chars().count() > 2
    {
        bare = rest;
    }
    format!("{and}{bare}")
}

/// Foreign names end in an alif or a tied t (`سوريا`, `سورية`), and "democratic" has two spellings.
fn plain_arabic(word: &str) -> String {
    let word = word.replace("ديموقراط", "ديمقراط");
    match word.strip_suffix('ه') {
        Some(stem) if stem.chars().count() > 1 => format!("{stem}ا"),
        _ => word,
    }
}

/// The name without marks that only point to a note: `Peru*`, `France (1)`, `Chile [a]`, `Kosovo¹`.
pub fn without_footnotes(name: &str) -> &str {
    let mut rest = name.trim_matches(is_blank);
    loop {
        let shorter = without_bracketed_mark(rest.trim_end_matches(is_note_mark)).trim_matches(is_blank);
        if shorter.len() == rest.len() || shorter.is_empty() {
            return rest;
        }
        rest = shorter;
    }
}

/// White space and characters that cannot be seen.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}')
        || ('\u{200b}'..='\u{200f}').contains(&c)
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2060}'..='\u{206f}').contains(&c)
        || ('\u{fe00}'..='\u{fe0f}').contains(&c)
        || c.is_control() && !c.is_whitespace()
}

fn is_note_mark(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '§' | '¶' | '#' | '^' | '⁎' | '∗' | '¹' | '²' | '³' | '⁰')
        || ('⁴'..='⁹').contains(&c)
        || is_blank(c)
}

/// The name without a last `(1)`, `[12]`, `(a)`, `[note 3]`.
fn without_bracketed_mark(name: &str) -> &str {
    let open = match name.chars().next_back() {
        Some(')') => '(',
        Some(']') => '[',
        _ => return name,
    };
    let Some(at) = name.rfind(open) else { return name };
    let inner = name[at + 1..name.len() - 1].trim();
    let inner = inner.strip_prefix("note").map_or(inner, str::trim_start);
    let is_number = !inner.is_empty() && inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_digit());
    let is_letter = inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_lowercase());
    let is_mark = !inner.is_empty() && inner.chars().all(is_note_mark);
    if is_number || is_letter || is_mark { &name[..at] } else { name }
}

/// Accents of Latin, Greek and Cyrillic, Arabic and Hebrew points, apostrophes, invisible characters.
fn is_ignored(c: char) -> bool {
    let is_accent = ('\u{300}'..='\u{36f}').contains(&c)
        || canonical_combining_class(c) != 0 && ('\u{591}'..='\u{670}').contains(&c);
    is_accent
        || is_invisible(c)
        // the Arabic stretch, the Devanagari dot below
        || matches!(c, '\u{640}' | '\u{93c}' | '\'' | '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | 'ʾ' | 'ʿ' | '`' | '´' | '′')
}

/// Letters that have no decomposition, and signs that are words.
fn plain(c: char) -> impl Iterator<Item = char> {
    let text = match c {
        '&' | '＆' => " and ",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        // letters of Arabic that are written for each other, and those of Persian
        'ى' | 'ی' => "ي",
        'ک' => "ك",
        'ة' => "ه",
        // older and regional forms of Chinese characters
        '羣' => "群",
        '臺' => "台",
        '祕' => "秘",
        '敍' => "敘",
        // the nasal dot of Devanagari, with and without the moon; long and short vowels, which foreign names
        // are written with by turns (`एंगुइला`, `एंगुईला`); the open o of English words (`ऑफ`, `ओफ`)
        'ँ' => "ं",
        'ई' => "इ",
        'ऊ' => "उ",
        'ऑ' => "ओ",
        'ी' => "ि",
        'ू' => "ु",
        'ॉ' => "ो",
        // "and" between two names
        '与' | '與' | '和' => "及",
        _ => return Some(c).into_iter().chain("".chars()),
    };
    None.into_iter().chain(text.chars())
}

/// In Hindi a nasal before a consonant of its own row is written as a letter or as a dot (`न्द`, `ंद`): here as a dot.
fn with_dots_for_nasals(letters: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(letters.len());
    let mut rest = letters;
    while let [first, tail @ ..] = rest {
        rest = tail;
        let row = match first {
            'ङ' => 'क'..='घ',
            'ञ' => 'च'..='झ',
            'ण' => 'ट'..='ढ',
            'न' => 'त'..='ध',
            'म' => 'प'..='भ',
            _ => {
                out.push(*first);
                continue;
            }
        };
        match tail {
            ['्', next, ..] if row.contains(next) || (*first, *next) == ('न', 'स') => {
                out.push('ं');
                rest = &tail[1..];
            }
            _ => out.push(*first),
        }
    }
    out
}

/// Letters and digits stay, a dot within initials (`U.S.A.`) vanishes, all else parts words.
fn space_out(letters: &[char]) -> String {
    let mut out = String::with_capacity(letters.len());
    for (k, &c) in letters.iter().enumerate() {
        if !is_separator(c) {
            out.push(c);
        } else if c != '.' || !within_initials(letters, k) {
            out.push(' ');
        }
    }
    out
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_punctuation()
        || matches!(c, '\u{a0}'..='\u{bf}' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '・' | '،' | '।')
}

/// Whether the dot at `k` stands between two single letters, or after the last of such.
fn within_initials(letters: &[char], k: usize) -> bool {
    let is_letter = |at: usize| letters.get(at).is_some_and(|c| !is_separator(*c));
    let single_before = k > 0 && is_letter(k - 1) && (k < 2 || !is_letter(k - 2));
    let single_after = is_letter(k + 1) && !is_letter(k + 2);
    single_before && (single_after || !is_letter(k + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        let groups: [&[&str]; 14] = [
            &["U.S.A.", "USA", "usa", " U.S.A ", "u.s.a.*"],
            &["Côte d'Ivoire", "Cote d’Ivoire", "COTE D'IVOIRE", "Co\u{302}te d\u{2019}Ivoire¹"],
            &["St. Lucia", "Saint Lucia", "ST LUCIA", "St.Lucia"],
            &["Trinidad & Tobago", "Trinidad and Tobago", "Trinidad_and-Tobago"],
            &["The Gambia", "Gambia", "gambia (1)", "Gambia [a]", "Gambia [note 3]"],
            &["South\u{a0}Korea", "South  Korea", "\u{feff}South Korea", "South\u{ad} Korea"],
            &["D.R. Congo", "DR Congo", "D.R.Congo"],
            &["Türkiye", "TÜRKİYE", "Turkiye"],
            &["بيرو", "البيرو", "ألبيرو"],
            &["سوريا", "سورية", "السورية"],
            &["ترينيداد وتوباغو", "ترينيداد و توباغو"],
            &["बॉलीविया", "बोलिविया"],
            &["特立尼达和多巴哥", "特立尼达及多巴哥", "特立尼达与多巴哥"],
            &["Åland", "Aland", "A\u{30a}land†"],
        ];
        for group in groups {
            for name in group {
                assert_eq!(key(name), key(group[0]), "{name:?}");
            }
        }
    }

    #[test]
    fn different_names_keep_different_keys() {
        for (a, b) in [("Niger", "Nigeria"), ("ガーナ", "カーナ"), ("चाड", "चड"), ("Guinea", "Guinea-Bissau")]
        {
            assert_ne!(key(a), key(b));
        }
        assert_eq!(key("The"), "the");
        assert_eq!(key("*"), "");
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "\\PC{0,24}") {
            let once = key(&name);
            prop_assert_eq!(key(&once), once);
        }

        #[test]
        fn a_key_of_ascii_is_its_own_key(name in "[ -~]{0,24}") {
            let once = key(&name);
            prop_assert_eq!(key(&once), once);
        }
    }
}
