//! Marked-up words: `**bold**`, `*italic*`, `***both***`; a backslash takes a sign's meaning away.
//!
//! Nothing else is markup. A star that opens nothing or closes nothing is a star: it must stand against a word
//! (the left- and right-flanking runs of CommonMark 0.31, §6.2, without its rule of multiples of three).

use super::{Font, Run};

/// Words with emphasis.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich(pub Vec<Marked>);

/// What sets words apart that stand for a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accent {
    /// A colour of their own: red, green and blue.
    Ink([u8; 3]),
    /// A swatch under them, by its number.
    Swatch(usize),
}

/// Words of one emphasis.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The words.
    pub text: String,
    /// Whether they are bold.
    pub bold: bool,
    /// Whether they are italic.
    pub italic: bool,
    /// What sets them apart.
    pub accent: Option<Accent>,
}

/// A piece of the source: words, or stars that may open or close.
enum Token {
    Words(String),
    Stars { count: usize, opens: bool, closes: bool },
}

/// A stretch of emphasis: from token, to token, stars taken (1 italic, 2 bold).
type Stretch = (usize, usize, usize);

impl Rich {
    /// Reads markup.
    pub fn parse(markup: &str) -> Rich {
        let mut tokens = tokens(markup);
        let mut bold = vec![0i32; tokens.len() + 1];
        let mut italic = bold.clone();
        for (from, to, stars) in pair(&mut tokens) {
            let depth = if stars == 2 { &mut bold } else { &mut italic };
            depth[from + 1] += 1;
            depth[to] -= 1;
        }
        let mut rich = Rich::default();
        let (mut bolds, mut italics) = (0, 0);
        for (i, token) in tokens.iter().enumerate() {
            bolds += bold[i];
            italics += italic[i];
            match token {
                Token::Words(words) => rich.push(words, bolds > 0, italics > 0),
                Token::Stars { count, .. } => rich.push(&"*".repeat(*count), bolds > 0, italics > 0),
            }
        }
        rich
    }

    /// Words without emphasis, taken as they are.
    pub fn plain(text: &str) -> Rich {
        let mut rich = Rich::default();
        rich.push(text, false, false);
        rich
    }

    /// The words alone.
    pub fn text(&self) -> String {
        self.0.iter().map(|m| m.text.as_str()).collect()
    }

    /// The words set in `font`, bold ones in the weight `bold`, italic ones in the other slope.
    pub fn set(&self, font: &Font, size: f64, tracking: f64, bold: u16) -> Vec<Run> {
        let cut = |marked: &Marked| Font {
            family: font.family.clone(),
            weight: if marked.bold { bold } else { font.weight },
            italic: font.italic != marked.italic,
        };
        self.0
            .iter()
            .map(|m| Run { text: m.text.clone(), font: cut(m), size, tracking, accent: m.accent })
            .collect()
    }

    fn push(&mut self, text: &str, bold: bool, italic: bool) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if (last.bold, last.italic, last.accent) == (bold, italic, None) => {
                last.text.push_str(text)
            }
            _ => self.0.push(Marked { text: text.to_owned(), bold, italic, accent: None }),
        }
    }
}

fn tokens(markup: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut words = String::new();
    let mut before = ' ';
    let mut rest = markup.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek().copied()) {
            ('\\', Some(sign @ ('*' | '\\'))) => {
                words.push(sign);
                before = sign;
                rest.next();
            }
            ('*', _) => {
                let mut count = 1;
                while rest.next_if_eq(&'*').is_some() {
                    count += 1;
                }
                let after = rest.peek().copied().unwrap_or(' ');
                found.push(Token::Words(std::mem::take(&mut words)));
                found.push(stars(count, before, after));
                before = '*';
            }
            _ => {
                words.push(c);
                before = c;
            }
        }
    }
    found.push(Token::Words(words));
    found
}

fn stars(count: usize, before: char, after: char) -> Token {
    let sign =
        |c: char| c.is_ascii_punctuation() || matches!(c, '\u{2010}'..='\u{2027}' | '«' | '»' | '¿' | '¡');
    let flanks =
        |near: char, far: char| !near.is_whitespace() && (!sign(near) || far.is_whitespace() || sign(far));
    Token::Stars { count, opens: flanks(after, before), closes: flanks(before, after) }
}

/// Pairs stars, innermost first, and takes the paired ones away from `tokens`.
fn pair(tokens: &mut [Token]) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for at in 0..tokens.len() {
        let Token::Stars { opens, closes, .. } = tokens[at] else { continue };
        while closes && left(tokens, at) > 0 {
            let Some(&from) = open.last() else { break };
            let taken = left(tokens, from).min(left(tokens, at)).min(2);
            stretches.push((from, at, taken));
            take(&mut tokens[from], taken);
            take(&mut tokens[at], taken);
            if left(tokens, from) == 0 {
                open.pop();
            }
        }
        if opens && left(tokens, at) > 0 {
            open.push(at);
        }
    }
    stretches
}

fn left(tokens: &[Token], at: usize) -> usize {
    match tokens.get(at) {
        Some(Token::Stars { count, .. }) => *count,
        _ => 0,
    }
}

fn take(token: &mut Token, taken: usize) {
    if let Token::Stars { count, .. } = token {
        *count -= taken;
    }
}
