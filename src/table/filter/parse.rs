//! The words of a filter into a tree.
//!
//! ```text
//! either     = both { "or" both }
//! both       = one { "and" one }
//! one        = "not" one | "(" either ")" | comparison
//! comparison = COLUMN ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) VALUE
//!            | COLUMN [ "not" ] "in" "(" VALUE { "," VALUE } ")"
//! ```
//!
//! Columns and values are words, or anything in quotes.

use crate::diagnostic::{Diagnostic, Result};

/// How deep brackets may lie in each other.
const DEEPEST: usize = 32;

/// A condition on a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// The column holds one of the values.
    Among(String, Vec<String>),
    /// The column's value compares so with the value.
    Order(String, Order, String),
}

/// How a cell stands to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Less,
    LessOrSame,
    More,
    MoreOrSame,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A word, or a text in quotes, which is no keyword.
    Text { words: String, quoted: bool },
    /// An operator or a bracket.
    Sign(&'static str),
}

/// The signs, the longer ones first.
const SIGNS: [(&str, &str); 14] = [
    ("==", "="),
    ("!=", "!="),
    ("<>", "!="),
    ("<=", "<="),
    (">=", ">="),
    ("≠", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("=", "="),
    ("<", "<"),
    (">", ">"),
    ("(", "("),
    (")", ")"),
    (",", ","),
];

/// Tokens with the 1-based character where each begins, and how far they are read.
struct Parser<'t> {
    text: &'t str,
    tokens: Vec<(usize, Token)>,
    at: usize,
    depth: usize,
}

/// Reads `text`.
///
/// # Errors
/// It is no such expression; the error quotes where it stops being one.
pub(super) fn parse(text: &str) -> Result<Condition> {
    let mut parser = Parser { text, tokens: Vec::new(), at: 0, depth: 0 };
    parser.tokenize()?;
    let whole = parser.either()?;
    if parser.at < parser.tokens.len() {
        return Err(parser.fault("here `and`, `or` or the end should come").into());
    }
    Ok(whole)
}

impl Parser<'_> {
    fn tokenize(&mut self) -> Result<()> {
        let mut rest = self.text;
        while let Some(first) = rest.chars().next() {
            let at = self.text[..self.text.len() - rest.len()].chars().count() + 1;
            if first.is_whitespace() {
                rest = &rest[first.len_utf8()..];
            } else if let Some((sign, meaning)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
                self.tokens.push((at, Token::Sign(meaning)));
                rest = &rest[sign.len()..];
            } else if let Some(close) = closing_quote(first) {
                let inner = &rest[first.len_utf8()..];
                let Some(end) = inner.find(close) else {
                    return Err(self.fault_at(at, "a quote is opened here and never closed").into());
                };
                self.tokens.push((at, Token::Text { words: inner[..end].to_owned(), quoted: true }));
                rest = &inner[end + close.len_utf8()..];
            } else {
                let ends = |c: char| c.is_whitespace() || "=<>(),≠≤≥!\"'`".contains(c);
                let end =
                    rest.char_indices().skip(1).find(|(_, c)| ends(*c)).map_or(rest.len(), |(end, _)| end);
                self.tokens.push((at, Token::Text { words: rest[..end].to_owned(), quoted: false }));
                rest = &rest[end..];
            }
        }
        Ok(())
    }

    fn either(&mut self) -> Result<Condition> {
        let mut all = vec![self.both()?];
        while self.take_word("or") {
            all.push(self.both()?);
        }
        Ok(single(all, Condition::Any))
    }

    fn both(&mut self) -> Result<Condition> {
        let mut all = vec![self.one()?];
        while self.take_word("and") {
            all.push(self.one()?);
        }
        Ok(single(all, Condition::All))
    }

    fn one(&mut self) -> Result<Condition> {
        if self.depth >= DEEPEST {
            return Err(self.fault("brackets lie too deep in each other").into());
        }
        self.depth += 1;
        let one = if self.take_word("not") {
            Condition::Not(Box::new(self.one()?))
        } else if self.take_sign("(") {
            let inner = self.either()?;
            self.demand(")")?;
            inner
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(one)
    }

    fn comparison(&mut self) -> Result<Condition> {
        let column = self.text_of("the name of a column")?;
        let not = self.take_word("not");
        if self.take_word("in") {
            let among = Condition::Among(column, self.list()?);
            return Ok(if not { Condition::Not(Box::new(among)) } else { among });
        }
        let sign = match self.tokens.get(self.at) {
            Some((_, Token::Sign(sign))) if !not => *sign,
            _ => "",
        };
        let order = match sign {
            "=" | "!=" => None,
            "<" => Some(Order::Less),
            "<=" => Some(Order::LessOrSame),
            ">" => Some(Order::More),
            ">=" => Some(Order::MoreOrSame),
            _ => return Err(self.fault("here =, !=, <, <=, >, >= or `in` should come").into()),
        };
        self.at += 1;
        let value = self.text_of("a value")?;
        Ok(match order {
            Some(order) => Condition::Order(column, order, value),
            None if sign == "!=" => Condition::Not(Box::new(Condition::Among(column, vec![value]))),
            None => Condition::Among(column, vec![value]),
        })
    }

    fn list(&mut self) -> Result<Vec<String>> {
        self.demand("(")?;
        let mut values = vec![self.text_of("a value")?];
        while self.take_sign(",") {
            values.push(self.text_of("a value")?);
        }
        self.demand(")")?;
        Ok(values)
    }

    /// A text in quotes, or the words up to a sign or a keyword.
    fn text_of(&mut self, what: &str) -> Result<String> {
        let mut words: Vec<&str> = Vec::new();
        let mut next = self.at;
        while let Some((_, Token::Text { words: text, quoted })) = self.tokens.get(next) {
            if *quoted && words.is_empty() {
                self.at = next + 1;
                return Ok(text.clone());
            }
            if *quoted || is_keyword(text) {
                break;
            }
            words.push(text);
            next += 1;
        }
        if words.is_empty() {
            return Err(self.fault(&format!("here {what} should come")).into());
        }
        let text = words.join(" ");
        self.at = next;
        Ok(text)
    }

    fn take_word(&mut self, keyword: &str) -> bool {
        let found = matches!(self.tokens.get(self.at),
            Some((_, Token::Text { words, quoted: false })) if words.eq_ignore_ascii_case(keyword));
        self.at += usize::from(found);
        found
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some((_, Token::Sign(one))) if *one == sign);
        self.at += usize::from(found);
        found
    }

    fn demand(&mut self, sign: &str) -> Result<()> {
        if self.take_sign(sign) {
            Ok(())
        } else {
            Err(self.fault(&format!("here `{sign}` should come")).into())
        }
    }

    fn fault(&self, what: &str) -> Diagnostic {
        let end = self.text.chars().count() + 1;
        self.fault_at(self.tokens.get(self.at).map_or(end, |(at, _)| *at), what)
    }

    fn fault_at(&self, at: usize, what: &str) -> Diagnostic {
        let rest: String = self.text.chars().skip(at - 1).take(24).collect();
        let shown =
            if rest.is_empty() { "at its end".to_owned() } else { format!("at character {at}, `{rest}`") };
        Diagnostic::error(format!("the filter is not understood {shown}: {what}"))
            .hint("write conditions such as `year = 2007 and continent in (Africa, Asia)`; names with signs or with the words and, or, not, in go in quotes")
    }
}

fn single(mut all: Vec<Condition>, many: fn(Vec<Condition>) -> Condition) -> Condition {
    match (all.len(), all.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            all.extend(last);
            many(all)
        }
    }
}

fn is_keyword(word: &str) -> bool {
    ["and", "or", "not", "in"].iter().any(|keyword| word.eq_ignore_ascii_case(keyword))
}

fn closing_quote(open: char) -> Option<char> {
    match open {
        '"' | '\'' | '`' => Some(open),
        '“' | '„' => Some('”'),
        '‘' => Some('’'),
        _ => None,
    }
}
