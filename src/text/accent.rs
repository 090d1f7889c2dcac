//! Words that stand for a class, set apart within a sentence: marked by braces, or found by the name of the class.
//!
//! `{Established}` shows the word in braces; `{ten countries|established}` shows what stands before the bar and means
//! what stands behind it.

use super::{Accent, Marked, Rich};

/// What words may stand for, and how they are then set apart.
pub struct Named {
    /// The names by which it is found; only the first is looked for outside of braces.
    pub names: Vec<String>,
    /// How its words are set apart; they are bold as well.
    pub accent: Accent,
}

/// A sentence with words set apart.
pub struct Accented {
    /// The sentence, without its braces.
    pub rich: Rich,
    /// Indices of what is named in it.
    pub told: Vec<usize>,
    /// Names in braces that stand for nothing.
    pub unknown: Vec<String>,
}

/// A letter of the sentence.
#[derive(Clone, Copy)]
struct Letter {
    c: char,
    bold: bool,
    italic: bool,
    /// It is no part of what is shown.
    hidden: bool,
    /// What it stands for.
    named: Option<usize>,
}

impl Rich {
    /// The sentence with the words set apart that stand for one of `all`.
    pub fn accented(&self, all: &[Named]) -> Accented {
        let letter = |marked: &Marked, c| {
            let Marked { bold, italic, .. } = *marked;
            Letter { c, bold, italic, hidden: false, named: None }
        };
        let mut letters: Vec<Letter> =
            self.0.iter().flat_map(|m| m.text.chars().map(move |c| letter(m, c))).collect();
        let (mut told, unknown) = braces(&mut letters, all);
        let mut rest: Vec<usize> = (0..all.len()).filter(|index| !told.contains(index)).collect();
        // a longer name may hold a shorter one
        let length = |index: &usize| all[*index].names.first().map_or(0, String::len);
        rest.sort_by_key(|index| std::cmp::Reverse(length(index)));
        for index in rest {
            let name = all[index].names.first().map(|name| lower(name.chars()));
            if name.is_some_and(|name| find(&mut letters, &name, index)) {
                told.push(index);
            }
        }
        told.sort_unstable();
        Accented { rich: joined(&letters, all), told, unknown }
    }
}

/// Takes braces away; which of `all` they name, and what they name besides.
fn braces(letters: &mut [Letter], all: &[Named]) -> (Vec<usize>, Vec<String>) {
    let (mut told, mut unknown) = (Vec::new(), Vec::new());
    let mut from = 0;
    let at = |letters: &[Letter], from: usize, c: char| {
        letters[from..].iter().position(|letter| letter.c == c).map(|k| from + k)
    };
    while let Some((open, close)) =
        at(letters, from, '{').and_then(|open| Some((open, at(letters, open, '}')?)))
    {
        from = close + 1;
        let inner = open + 1..close;
        let bar = letters[inner.clone()].iter().rposition(|letter| letter.c == '|').map(|k| open + 1 + k);
        let name = bar.map_or(open + 1, |bar| bar + 1)..close;
        let meant = lower(letters[name.clone()].iter().map(|letter| letter.c));
        let is_it = |one: &Named| one.names.iter().any(|name| lower(name.chars()) == meant);
        let found = all.iter().position(is_it);
        let hidden = bar.map_or(close, |bar| bar)..close + 1;
        letters[open].hidden = true;
        letters[hidden].iter_mut().for_each(|letter| letter.hidden = true);
        letters[inner].iter_mut().for_each(|letter| letter.named = found);
        match found {
            Some(index) => told.push(index),
            None => unknown.push(letters[name].iter().map(|letter| letter.c).collect()),
        }
    }
    told.sort_unstable();
    told.dedup();
    (told, unknown)
}

/// Looks for a name as whole words that stand for nothing yet.
fn find(letters: &mut [Letter], name: &[char], index: usize) -> bool {
    let shown: Vec<usize> = (0..letters.len()).filter(|i| !letters[*i].hidden).collect();
    if name.is_empty() {
        return false;
    }
    let is_word = |at: Option<&usize>| at.is_some_and(|i: &usize| letters[*i].c.is_alphanumeric());
    let found = shown.windows(name.len()).enumerate().find(|(k, window)| {
        let free = window.iter().all(|i| letters[*i].named.is_none());
        let before = k.checked_sub(1).and_then(|k| shown.get(k));
        free && lower(window.iter().map(|i| letters[*i].c)) == name
            && !is_word(before)
            && !is_word(shown.get(k + name.len()))
    });
    let Some((_, window)) = found else { return false };
    let window = window.to_vec();
    window.iter().for_each(|i| letters[*i].named = Some(index));
    true
}

/// Letters as names are compared: without case.
fn lower(letters: impl Iterator<Item = char>) -> Vec<char> {
    letters.map(|c| c.to_lowercase().next().unwrap_or(c)).collect()
}

fn joined(letters: &[Letter], all: &[Named]) -> Rich {
    let mut rich = Rich::default();
    for letter in letters.iter().filter(|letter| !letter.hidden) {
        let accent = letter.named.map(|index| all[index].accent);
        let (bold, italic) = (letter.bold || accent.is_some(), letter.italic);
        match rich.0.last_mut() {
            Some(last) if (last.bold, last.italic, last.accent) == (bold, italic, accent) => {
                last.text.push(letter.c);
            }
            _ => rich.0.push(Marked { text: letter.c.to_string(), bold, italic, accent }),
        }
    }
    rich
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a sentence with their accents, and the rest of what is found.
    type Told = (Vec<(String, Option<Accent>)>, Vec<usize>, Vec<String>);

    fn told(sentence: &str, names: &[&str]) -> Told {
        let named = |(i, name): (usize, &&str)| Named {
            names: name.split('/').map(str::to_owned).collect(),
            accent: Accent::Swatch(i),
        };
        let all: Vec<Named> = names.iter().enumerate().map(named).collect();
        let Accented { rich, told, unknown } = Rich::parse(sentence).accented(&all);
        (rich.0.into_iter().map(|marked| (marked.text, marked.accent)).collect(), told, unknown)
    }

    #[test]
    fn braces_and_names_are_set_apart() {
        let (plain, first, second) = (None, Some(Accent::Swatch(0)), Some(Accent::Swatch(1)));
        let part = |text: &str, accent| (text.to_owned(), accent);
        assert_eq!(
            told(
                "Where it is established, or {only said|reported} to be",
                &["Established", "Reported/reported"]
            ),
            (
                vec![
                    part("Where it is ", plain),
                    part("established", first),
                    part(", or ", plain),
                    part("only said", second),
                    part(" to be", plain)
                ],
                vec![0, 1],
                vec![]
            )
        );
        // whole words only, the longer name first, no word twice
        assert_eq!(told("Unmembers and associate members", &["member", "associate members"]).1, [1]);
        assert_eq!(told("The {others} stay", &["member"]), {
            (vec![part("The others stay", plain)], vec![], vec!["others".to_owned()])
        });
        assert_eq!(told("An open { stays", &["x"]).0, [part("An open { stays", plain)]);
    }
}
