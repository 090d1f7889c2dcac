//! Where rows and cells stand in the user's file: lines of a text, cells of a sheet, characters of a list that was
//! typed.

use crate::diagnostic::Place;

use super::grid::column_name;

/// What the number of a row means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Position {
    /// A line of a text.
    #[default]
    Lines,
    /// A row of a sheet; the table's first column is the sheet's column `first` (0-based).
    Cells {
        /// The sheet's name.
        sheet: String,
        /// Where the table's first column stands.
        first: usize,
    },
    /// A character of the one line that was typed as `--presence`.
    Characters,
}

impl Position {
    /// Row `number` of `file` as a whole.
    pub fn row(&self, file: &str, number: usize) -> Place {
        match self {
            Position::Lines => Place::line(file, number),
            Position::Cells { sheet, .. } if number > 0 => {
                Place::file(file).key(format!("{sheet}, row {number}"))
            }
            Position::Cells { sheet, .. } => Place::file(file).key(sheet),
            Position::Characters => Place { column: number, ..Place::line(file, 1) },
        }
    }

    /// The cell of row `number` in the 0-based `column`, which is called `name`.
    pub fn cell(&self, file: &str, number: usize, column: usize, name: &str) -> Place {
        match self {
            Position::Lines => Place::line(file, number).key(name),
            Position::Cells { sheet, first } => {
                Place::file(file).key(format!("{sheet}!{}{number}", column_name(first + column)))
            }
            Position::Characters => self.row(file, number),
        }
    }

    /// The line of row `number` for a report: in a sheet its row, and all that was typed is one line.
    pub fn line(&self, number: usize) -> usize {
        if *self == Position::Characters { 1 } else { number }
    }

    /// The same in brackets: `line 3`.
    pub fn short(&self, number: usize) -> String {
        let words = self.words(number);
        words.split_once(' ').map_or(words.clone(), |(_, name)| name.to_owned())
    }

    /// How a sentence names row `number`: `on line 3`.
    pub fn words(&self, number: usize) -> String {
        match self {
            Position::Lines => format!("on line {number}"),
            Position::Cells { .. } => format!("in row {number}"),
            Position::Characters => format!("at character {number}"),
        }
    }
}
