//! `pressmap locate`: where positions of the globe lie in a figure.

use clap::Args;
use pressmap::Figure;
use pressmap::diagnostic::{Diagnostic, Diagnostics, Place};
use pressmap::join;
use pressmap::table::{self, Form, Table, TableOptions, number};

use super::files::{self, Input, STDIN};
use super::flags::{FigureFlags, TableFlags};
use super::{Terminal, render, terminal, usage};

/// So many faults are told one by one.
const SHOWN: usize = 5;

/// Say where positions of the globe lie in the figure
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pressmap locate examples/tren-de-aragua.toml --points cities.csv
  pressmap locate presence.csv --width 800 --points cities.csv > px.csv

Prints the rows of the points file with two more columns, x and y: px of the page at scale 1, from its top left
corner, as the SVG has them. They are empty where the figure does not show the position.")]
pub struct Locate {
    /// A map file (.toml), a table, or - for a table on standard input
    #[arg(value_name = "INPUT", required_unless_present = "presence")]
    input: Option<String>,
    /// A table of positions in degrees, with columns such as lon and lat; or two columns of numbers alone
    #[arg(long, value_name = "FILE")]
    points: String,
    /// Locate although some rows match no place
    #[arg(long)]
    allow_unmatched: bool,
    #[command(flatten)]
    table: TableFlags,
    #[command(flatten)]
    figure: FigureFlags,
}

impl Locate {
    pub fn run(&self, _: &Terminal) -> Result<(), Diagnostics> {
        if self.points == STDIN {
            let one = usage("positions are not read from standard input");
            return Err(one.hint("write --points FILE.csv").into());
        }
        let points = points(&self.points)?;
        let positions = positions(&points)?;
        let input = Input::typed(self.input.as_deref(), &self.table)?;
        let figure = render::draw(&input, &self.table, &self.figure, self.allow_unmatched)?;
        terminal::print(&located(&points, &positions, &figure)?)
    }
}

/// The table of positions. Two columns of numbers alone have no header: longitude and latitude.
fn points(file: &str) -> Result<Table, Diagnostics> {
    let bytes = files::read(file.as_ref(), file)?;
    let read = |header_row| {
        let options = TableOptions { header_row, ..TableOptions::default() };
        table::read(file, &bytes, Form::of(file), &options)
    };
    let is_number = |name: &String| number::looks_like(name);
    let mut table = read(None)?.value;
    if table.columns.len() == 2 && table.columns.iter().all(is_number) {
        table = read(Some(0))?.value;
    }
    if table.columns == ["column 1", "column 2"] {
        table.columns = vec!["lon".to_owned(), "lat".to_owned()];
    }
    Ok(table)
}

/// Longitude and latitude of every row; `None` for a row without.
fn positions(points: &Table) -> Result<Vec<Option<[f64; 2]>>, Diagnostics> {
    let columns = match join::position_columns(points) {
        Some((lon, lat)) => [lon, lat],
        None => {
            let one =
                Diagnostic::error("no columns hold longitude and latitude").at(Place::file(&points.file));
            let hint = format!("call them `lon` and `lat`; the columns are {}", points.column_list());
            return Err(one.hint(hint).into());
        }
    };
    let marks = [points.decimal_mark(columns[0])?.value, points.decimal_mark(columns[1])?.value];
    let mut faults = Diagnostics::default();
    let mut all = Vec::with_capacity(points.len());
    for row in 0..points.len() {
        let read = |k: usize, most: f64| {
            let cell = points.cell(row, columns[k]);
            if number::is_missing(cell) {
                return Ok(None);
            }
            let value = number::parse(cell, marks[k]).filter(|value| value.abs() <= most);
            value.map(Some).ok_or_else(|| {
                let one = Diagnostic::error(format!("\"{cell}\" is no {}", ["longitude", "latitude"][k]));
                one.at(points.place(row, columns[k]))
                    .hint(format!("it lies between -{most} and {most} degrees"))
            })
        };
        match (read(0, 360.0), read(1, 90.0)) {
            (Ok(lon), Ok(lat)) => all.push(lon.zip(lat).map(|(lon, lat)| [lon, lat])),
            (lon, lat) => {
                faults.extend(lon.err().into_iter().chain(lat.err()));
                all.push(None);
            }
        }
    }
    let more = faults.0.len().saturating_sub(SHOWN);
    faults.0.truncate(SHOWN);
    if more > 0 {
        let what = format!("{more} more cells are no position");
        faults.push(Diagnostic::error(what).at(Place::file(&points.file)));
    }
    if faults.0.is_empty() { Ok(all) } else { Err(faults) }
}

/// The rows of `points` with x and y. Rust writes the shortest decimal that reads back as the same number.
fn located(points: &Table, positions: &[Option<[f64; 2]>], figure: &Figure) -> Result<Vec<u8>, Diagnostics> {
    let fault = |error: String| Diagnostics::from(Diagnostic::output(error));
    let mut out = csv::Writer::from_writer(Vec::new());
    let header = points.columns.iter().map(String::as_str).chain(["x", "y"]);
    out.write_record(header).map_err(|error| fault(error.to_string()))?;
    for (row, at) in positions.iter().enumerate() {
        let p = at.and_then(|[lon, lat]| figure.located.at(lon, lat));
        let (x, y) = p.map_or((String::new(), String::new()), |p| (p.x.to_string(), p.y.to_string()));
        let cells = (0..points.columns.len()).map(|column| points.cell(row, column));
        let record = cells.chain([x.as_str(), y.as_str()]);
        out.write_record(record).map_err(|error| fault(error.to_string()))?;
    }
    out.into_inner().map_err(|error| fault(error.to_string()))
}
