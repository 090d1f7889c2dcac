//! What the program tells people: errors, warnings and hints, as plain data.
//!
//! A [`Diagnostic`] says what is wrong, where, and how to mend it. It is the only error type that
//! leaves the crate. Rooms return `Result<T>` when they can fail at the first fault, and
//! [`Diagnostics`] when they can name all faults at once. Printing is the terminal's business
//! (`cli`); here is only the text.

use std::fmt;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The figure is drawn, but the reader of this line should know something.
    Warning,
    /// The input cannot be drawn as asked.
    Error,
}

/// What kind of fault an error is: it decides the exit code of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The input cannot be drawn as asked (exit code 1).
    Input,
    /// The command line is wrong (exit code 2).
    Usage,
    /// An output could not be written (exit code 3).
    Output,
}

/// Where in the user's material something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file as the user named it (`-` for standard input).
    pub file: String,
    /// 1-based line; 0 where the whole file is meant.
    pub line: usize,
    /// 1-based column in characters; 0 where the whole line is meant.
    pub column: usize,
    /// The key of a map file (`scale.class`), the column of a table or the cell of a sheet.
    pub key: String,
}

impl Place {
    /// The whole of `file`.
    pub fn file(file: impl Into<String>) -> Self {
        Place { file: file.into(), ..Place::default() }
    }

    /// Line `line` of `file`.
    pub fn line(file: impl Into<String>, line: usize) -> Self {
        Place { file: file.into(), line, ..Place::default() }
    }

    /// The same place with the key, column name or cell that is meant.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        if !self.key.is_empty() {
            let lead = if self.file.is_empty() { "" } else { ", " };
            write!(f, "{lead}{}", self.key)?;
        }
        Ok(())
    }
}

/// One thing to tell: a sentence, where it holds, and hints that mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// The kind of fault; [`Fault::Input`] for warnings.
    pub fault: Fault,
    /// What is wrong: a sentence without a full stop.
    pub message: String,
    /// Where; empty when there is no such place.
    pub place: Option<Place>,
    /// How to mend it, most useful first.
    pub hints: Vec<String>,
}

/// A result whose error is one [`Diagnostic`].
pub type Result<T> = std::result::Result<T, Box<Diagnostic>>;

impl Diagnostic {
    /// The input cannot be drawn as asked.
    pub fn error(message: impl Into<String>) -> Self {
        Diagnostic {
            severity: Severity::Error,
            fault: Fault::Input,
            message: message.into(),
            place: None,
            hints: Vec::new(),
        }
    }

    /// The command line is wrong.
    pub fn usage(message: impl Into<String>) -> Self {
        Diagnostic { fault: Fault::Usage, ..Diagnostic::error(message) }
    }

    /// An output could not be written.
    pub fn output(message: impl Into<String>) -> Self {
        Diagnostic { fault: Fault::Output, ..Diagnostic::error(message) }
    }

    /// The figure is drawn, but something should be known.
    pub fn warning(message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(message) }
    }

    /// The same, standing at `place`.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Whether this stops the render.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Diagnostic {
    /// `message (place)`, then a line `hint: …` for each hint.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(place) = &self.place {
            write!(f, " ({place})")?;
        }
        for hint in &self.hints {
            write!(f, "\nhint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostic {}

impl From<Diagnostic> for Diagnostics {
    fn from(one: Diagnostic) -> Self {
        Diagnostics(vec![one])
    }
}

impl From<Box<Diagnostic>> for Diagnostics {
    fn from(one: Box<Diagnostic>) -> Self {
        Diagnostics(vec![*one])
    }
}

/// Several things to tell, in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, one: Diagnostic) {
        self.0.push(one);
    }

    /// Whether any of them stops the render.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(Diagnostic::is_error)
    }

    /// `Ok` with the warnings when none is an error, `Err` with all otherwise.
    pub fn into_result(self) -> std::result::Result<Diagnostics, Diagnostics> {
        if self.has_errors() { Err(self) } else { Ok(self) }
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, more: I) {
        self.0.extend(more);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, one) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{one}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

/// A value and what should be known about it.
#[derive(Clone, Debug)]
pub struct Warned<T> {
    /// The value.
    pub value: T,
    /// Warnings only.
    pub warnings: Diagnostics,
}

/// `name` without case, white space, `_` and `-`: how names of columns and keys are compared.
pub fn fold(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// "Did you mean": the one of `known` that `name` was most likely meant to be, or `None` when none is near.
///
/// Nearness is the Damerau–Levenshtein distance over the longer length, of the words [`fold`]ed; of two that are
/// as near, the first.
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
        assert_eq!(nearest("Equal-Eart", &["mercator", "equal-earth"]), Some("equal-earth"));
        assert_eq!(nearest("zzz", &["year", "country"]), None);
        assert_eq!(nearest("x", &[]), None);
    }
}
