//! Filling a [`Table`]: unique names for its columns, rows of the right width, fewer rows.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Result, fold};

use super::number::{self, DecimalMark};
use super::{Table, trim};

/// A small file can ask for a huge table: a wide header and many short rows.
pub(super) const MOST_CELLS: usize = 200_000_000;

impl Table {
    /// Adds a row that starts on `line`; missing cells are empty, cells beyond the last column left out.
    ///
    /// # Errors
    /// The table is too large.
    pub(super) fn push<'c>(&mut self, line: usize, cells: impl Iterator<Item = &'c str>) -> Result<()> {
        self.push_cells(line, self.columns.len(), cells)
    }

    /// The same for a row of `width` cells.
    pub(super) fn push_cells<'c>(
        &mut self,
        line: usize,
        width: usize,
        cells: impl Iterator<Item = &'c str>,
    ) -> Result<()> {
        let mut pushed = 0;
        for cell in cells.take(width) {
            self.text.push_str(trim(cell));
            self.end_cell()?;
            pushed += 1;
        }
        for _ in pushed..width {
            self.end_cell()?;
        }
        self.lines.push(u32::try_from(line).map_err(|_| self.too_large())?);
        Ok(())
    }

    fn end_cell(&mut self) -> Result<()> {
        let end = u32::try_from(self.text.len()).map_err(|_| self.too_large())?;
        if self.ends.len() >= MOST_CELLS {
            return Err(self.too_large());
        }
        self.ends.push(end);
        Ok(())
    }

    fn too_large(&self) -> Box<Diagnostic> {
        Diagnostic::error(format!(
            "the table is too large: more than {} million cells or 4 GB",
            MOST_CELLS / 1_000_000
        ))
        .at(Place::file(self.file.clone()))
        .hint("keep only the rows and columns that the map needs")
        .into()
    }

    /// The decimal mark of `column`, as the form of the file fixes it.
    pub(super) fn set_decimal(&mut self, column: usize, mark: char) {
        if let Some(decimal) = self.decimals.get_mut(column) {
            *decimal = Some(mark);
        }
    }

    /// Keeps only the rows that `keeps` picks. How a column writes its decimals is settled before by all of them:
    /// `63.883` is plain beside `72.4`, and may be two numbers alone.
    pub(super) fn retain(&mut self, keeps: impl Fn(usize) -> bool) -> Result<()> {
        for column in 0..self.columns.len() {
            if let (None, DecimalMark::Decided(mark)) =
                (self.decimal(column), number::decimal_mark(self.cells(column)))
            {
                self.set_decimal(column, mark);
            }
        }
        let mut kept = Table {
            file: self.file.clone(),
            columns: self.columns.clone(),
            decimals: self.decimals.clone(),
            position: self.position.clone(),
            ..Table::default()
        };
        for row in (0..self.len()).filter(|row| keeps(*row)) {
            kept.push(self.line(row), (0..self.columns.len()).map(|column| self.cell(row, column)))?;
        }
        *self = kept;
        Ok(())
    }
}

/// Words in quotes, for a hint.
pub(super) fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}

/// Names for columns: empty ones are called `column N`, repeated ones get ` (2)`, with a warning.
pub(super) fn unique_names<'n>(
    raw: impl Iterator<Item = &'n str>,
    place: &Place,
    warnings: &mut Diagnostics,
) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    for (index, name) in raw.enumerate() {
        let plain = trim(name).split_whitespace().collect::<Vec<_>>().join(" ");
        let plain = if plain.is_empty() { format!("column {}", index + 1) } else { plain };
        let count = seen.entry(fold(&plain)).or_default();
        *count += 1;
        if *count == 1 {
            names.push(plain);
            continue;
        }
        let unique = numbered(&plain, *count, &names);
        warnings.push(
            Diagnostic::warning(format!(
                "two columns are called \"{plain}\"; the later one is \"{unique}\" here"
            ))
            .at(place.clone()),
        );
        names.push(unique);
    }
    names
}

fn numbered(name: &str, from: usize, taken: &[String]) -> String {
    let free = (from..).map(|n| format!("{name} ({n})")).find(|name| !taken.contains(name));
    free.unwrap_or_else(|| name.to_owned())
}
