//! Workbooks into a [`Table`]: which sheet, and where on it the table stands.
//!
//! The sheet that is named, else the first that is not hidden and holds a table. Titles above the table, remarks below it and its
//! header are found as in a text ([`header`]); rows that are hidden count like any other. Lines are those of the
//! sheet.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Result, Warned, nearest};

use super::grid::{Grid, Kind};
use super::header::{self, Shape};
use super::package;
use super::position::Position;
use super::{Table, TableOptions, build, ods, xlsx};

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub name: String,
    pub hidden: bool,
}

/// An open workbook of either form.
pub(super) trait Workbook {
    /// Its sheets, in the order of their tabs.
    fn sheets(&mut self) -> Result<Vec<Name>>;
    /// The cells of a sheet.
    fn read(&mut self, sheet: &Name) -> Result<Grid>;
}

/// Reads a sheet of the workbook `bytes`.
pub(super) fn read(file: &str, bytes: &[u8], options: &TableOptions) -> Result<Warned<Table>> {
    let (archive, kind) = package::open(file, bytes)?;
    let mut book: Box<dyn Workbook + '_> = match kind {
        package::Kind::Xlsx => Box::new(xlsx::Book::open(file, bytes)?),
        package::Kind::Ods => Box::new(ods::Book::open(file, archive)?),
    };
    let mut warnings = Diagnostics::default();
    let (name, grid) = choose(file, book.as_mut(), options.sheet.as_deref(), &mut warnings)?;
    let table = table(file, &name, &grid, options, &mut warnings)?;
    Ok(Warned { value: table, warnings })
}

/// The sheet that the user named, by its name or its number, else the first visible one that holds anything.
fn choose(
    file: &str,
    book: &mut dyn Workbook,
    wanted: Option<&str>,
    warnings: &mut Diagnostics,
) -> Result<(String, Grid)> {
    let sheets = book.sheets()?;
    if let Some(wanted) = wanted {
        let name = named(file, &sheets, wanted)?.clone();
        let grid = book.read(&name)?;
        return if grid.is_empty() { Err(empty(file, &name.name).into()) } else { Ok((name.name, grid)) };
    }
    let visible: Vec<&Name> = sheets.iter().filter(|sheet| !sheet.hidden).collect();
    let mut found: Option<(&Name, Grid)> = None;
    for sheet in &visible {
        let grid = book.read(sheet)?;
        // a sheet of remarks is passed over for a table, and taken when there is no other
        if grid.is_tabular() || (found.is_none() && !grid.is_empty()) {
            let table = grid.is_tabular();
            found = Some((sheet, grid));
            if table {
                break;
            }
        }
    }
    let Some((sheet, grid)) = found else {
        return Err(Diagnostic::error("no sheet of the workbook holds anything")
            .at(Place::file(file))
            .into());
    };
    if visible.len() > 1 {
        warnings.push(chosen(file, &sheet.name, &visible));
    }
    Ok((sheet.name.clone(), grid))
}

fn named<'s>(file: &str, sheets: &'s [Name], wanted: &str) -> Result<&'s Name> {
    let wanted = wanted.trim();
    let by_name = sheets.iter().find(|sheet| sheet.name == wanted);
    let by_name = by_name
        .or_else(|| sheets.iter().find(|sheet| sheet.name.trim().to_lowercase() == wanted.to_lowercase()));
    let by_number = || wanted.parse::<usize>().ok().and_then(|number| sheets.get(number.checked_sub(1)?));
    by_name.or_else(by_number).ok_or_else(|| {
        let known: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        let error = Diagnostic::error(format!("there is no sheet \"{wanted}\"")).at(Place::file(file));
        let error = match nearest(wanted, &known) {
            Some(near) => error.hint(format!("did you mean \"{near}\"?")),
            None => error,
        };
        error.hint(format!("its sheets are {}", build::quoted(&known))).into()
    })
}

fn chosen(file: &str, name: &str, visible: &[&Name]) -> Diagnostic {
    let others: Vec<&str> =
        visible.iter().map(|sheet| sheet.name.as_str()).filter(|other| *other != name).collect();
    Diagnostic::warning(format!("the workbook has {} sheets; \"{name}\" is read", visible.len()))
        .at(Place::file(file))
        .hint(format!("choose another by `sheet` in [data], or `--sheet`: {}", build::quoted(&others)))
}

fn empty(file: &str, sheet: &str) -> Diagnostic {
    Diagnostic::error(format!("the sheet \"{sheet}\" is empty")).at(Place::file(file))
}

fn table(
    file: &str,
    sheet: &str,
    grid: &Grid,
    options: &TableOptions,
    warnings: &mut Diagnostics,
) -> Result<Table> {
    let first = grid.reach().0;
    let position = Position::Cells { sheet: sheet.to_owned(), first };
    let rows = grid.records(file, sheet)?;
    let mut shape = header::find(rows.clone(), options.header_row).map_err(|mut fault| {
        fault.place.get_or_insert_with(|| Place::file(file).key(sheet));
        fault
    })?;
    let columns = build::unique_names(shape.names(), &position.row(file, shape.line), warnings);
    let mut table = Table::new(file, columns);
    table.position = position;
    shape.rows(rows, |line, cells| table.push(line, cells.iter().map(Cow::as_ref)))?;
    warnings.extend(shape.warnings(file, &table.position));
    if table.is_empty() {
        let error = Diagnostic::error("the sheet has a header and no rows");
        return Err(error.at(table.position.row(file, shape.line)).into());
    }
    mark(&mut table, grid, &shape, first, warnings);
    Ok(table)
}

/// Tells the table which of its columns hold numbers, and the user which cells hold no value.
fn mark(table: &mut Table, grid: &Grid, shape: &Shape, first: usize, warnings: &mut Diagnostics) {
    let (mut errors, mut unsaved) = (Vec::new(), Vec::new());
    for (line, column, kind, text) in grid.marked() {
        if line <= shape.line || shape.is_footer(line) {
            continue;
        }
        match kind {
            Kind::Text => {}
            Kind::Number => table.set_decimal(column - first, '.'),
            Kind::Error => errors.push((line, column, text)),
            Kind::Unsaved => unsaved.push((line, column)),
        }
    }
    if let Some((line, column, _)) = errors.first() {
        let mut names: Vec<&str> = errors.iter().map(|(_, _, text)| *text).collect();
        names.sort_unstable();
        names.dedup();
        let what = match errors.len() {
            1 => format!("1 cell holds the error {}; it counts as no data", names.join(", ")),
            more => format!("{more} cells hold errors ({}); they count as no data", names.join(", ")),
        };
        let place = table.position.cell(&table.file, *line, column - first, "");
        warnings.push(Diagnostic::warning(what).at(place));
    }
    if let Some((line, column)) = unsaved.first() {
        let what = match unsaved.len() {
            1 => "1 cell holds a formula whose value was not saved; it counts as no data".to_owned(),
            more => format!("{more} cells hold formulas whose values were not saved; they count as no data"),
        };
        let place = table.position.cell(&table.file, *line, column - first, "");
        let hint = "open the workbook in a spreadsheet program and save it, which computes them";
        warnings.push(Diagnostic::warning(what).at(place).hint(hint));
    }
}

/// An ISO date without a time of midnight.
pub(super) fn plain_date(text: &str) -> &str {
    ["T00:00:00", "T00:00:00Z", "T00:00:00.000", " 00:00:00"]
        .iter()
        .find_map(|midnight| text.strip_suffix(midnight))
        .unwrap_or(text)
}
