//! A table meets the atlas: the fate of every row, and the value of every place.
//!
//! Nothing is guessed. A row is matched, ambiguous, unmatched, an aggregate or empty, and says so.

mod duplicates;
mod fates;
mod gazetteer;
mod inputs;
mod messages;
mod place_column;
mod position;
mod provinces;
mod reading;
mod remarks;
pub mod report;
mod several;
mod sizes;
#[cfg(test)]
mod tests;
mod value_column;
mod values;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::atlas::{Atlas, CodeSystem, Level, PlaceId, Via};
use crate::diagnostic::{Diagnostics, Place};
use crate::table::{Position, Table};
use gazetteer::{Gazetteer, Scoped};
pub use inputs::Input;
use inputs::Inputs;
pub use position::{position_columns, positions};
pub use values::values_of;

/// What to join by. `None`: found from the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JoinOptions {
    /// The column of the places.
    pub place: Option<String>,
    /// The column of the values.
    pub value: Option<String>,
    /// Columns of yes and no, each called after a class: a place is in every class whose cell says yes. They take the
    /// place of one column of values; empty for none.
    pub memberships: Vec<String>,
    /// The column of a second value, a number that sizes a symbol; `None`: there is none.
    pub size: Option<String>,
    /// The mark between several values of one cell; `None`: a cell is one value.
    pub split: Option<String>,
    /// The two columns of `memberships` hold numbers instead, one value of two ([`Value::Pair`]).
    pub pair: bool,
    /// Numbers are names of classes, and not amounts.
    pub numbers_are_classes: bool,
    /// The column of the countries of provinces.
    pub country: Option<String>,
    /// The column of the longitudes, where rows say where they are.
    pub lon: Option<String>,
    /// The column of the latitudes.
    pub lat: Option<String>,
    /// The level of the places; `None`: countries, or U.S. states where more rows are those.
    pub level: Option<Level>,
    /// The countries whose provinces the places are; empty: any.
    pub within: Vec<PlaceId>,
    /// What to do with two rows for one place.
    pub duplicates: Duplicates,
}

/// What to do with two rows for one place that disagree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duplicates {
    /// An error that names both lines.
    #[default]
    Error,
    /// The first row counts.
    First,
    /// The last row counts.
    Last,
    /// Numbers are added.
    Sum,
    /// All count: the place has several values ([`Value::Several`]).
    Stripe,
}

/// A place has at most so many values: of more stripes than four none can be told from the next.
pub const MOST_VALUES: usize = 4;

/// A parsed value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// Words.
    Text(Arc<str>),
    /// No data: an empty cell, `..`, `n/a` and the like.
    Missing,
    /// Two numbers of two columns.
    Pair([f64; 2]),
    /// Values that hold at once, each told once, in the order of the table: two or more; or none, for a place that a
    /// table of memberships has in no class. A single one is that value itself.
    Several(Arc<[Value]>),
}

/// The value of every place of a table that has no value column.
pub const PRESENT: &str = "present";

/// The fate of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is this place.
    Matched(PlaceId, Via),
    /// It may be any of these.
    Ambiguous(Vec<PlaceId>),
    /// No place is called so; these are near, or it is a part of these.
    Unmatched(Vec<PlaceId>),
    /// A total or a group of places.
    Aggregate,
    /// The cell is empty.
    Empty,
}

/// A row and its fate.
#[derive(Clone, Debug)]
pub struct RowFate {
    /// 0-based row of the table.
    pub row: u32,
    /// 1-based line in the file (row of a sheet, character of a typed list; see [`Join::position`]).
    pub line: u32,
    /// The cell as it stands ([`Join::input`]); of a cell that names several places, the part that names this one.
    pub input: Input,
    /// What became of it.
    pub fate: Fate,
    /// An earlier row has the same place.
    pub duplicate: bool,
    /// How many places the cell names; the row's value holds for each.
    pub shared: u32,
    /// The row's value.
    pub value: Value,
}

/// A joined table.
#[derive(Clone, Debug)]
pub struct Join {
    /// The file's name.
    pub file: String,
    /// What the lines of its rows mean.
    pub position: Position,
    /// Name of the place column; of a table of positions, both columns.
    pub place_column: String,
    /// Name of the value column; `None` for a table of places alone (each place is simply [`PRESENT`]).
    pub value_column: Option<String>,
    /// Name of the column of the countries of provinces, where there is one.
    pub country_column: Option<String>,
    /// The level that was joined.
    pub level: Level,
    /// The countries whose provinces the places are, as they were asked for.
    pub within: Vec<PlaceId>,
    /// The system of codes that the place column consists of; `None` for a column of names.
    pub code_system: Option<CodeSystem>,
    /// The rows say where they are by longitude and latitude.
    pub by_position: bool,
    /// Every row, in file order.
    pub rows: Vec<RowFate>,
    /// The cells of their places.
    inputs: Inputs,
    /// The value of each matched place.
    pub values: BTreeMap<PlaceId, Value>,
    /// Name of the column of second values.
    pub size_column: Option<String>,
    /// The second value of each matched place; empty where none is asked for.
    pub sizes: BTreeMap<PlaceId, Value>,
    /// Rows for one place whose values disagree and were not to be settled, each with the row that
    /// it disagrees with (indices into `rows`, the earlier first).
    pub conflicts: Vec<(usize, usize)>,
    /// Places with more than [`MOST_VALUES`] values: the row that first named each (an index into `rows`), and the
    /// values as far as they were kept.
    pub crowded: Vec<(usize, Value)>,
    /// When rows disagree: the column that seems to hold periods, and the latest of them.
    pub period: Option<(String, String)>,
    /// What should be known of how the columns were found.
    pub warnings: Diagnostics,
}

/// Joins `table` to `atlas`. Fails when a column is missing or cannot be found, when the numbers of the
/// value column cannot be read, or when the rows of one place cannot be settled as asked; what becomes of single rows is no failure here, see
/// [`Join::diagnostics`].
pub fn join(table: &Table, atlas: &Atlas, options: &JoinOptions) -> Result<Join, Diagnostics> {
    join_by(table, atlas, options)
}

fn join_by(table: &Table, all: &dyn Gazetteer, options: &JoinOptions) -> Result<Join, Diagnostics> {
    let options = &told_memberships(table, options);
    check_columns(table, options)?;
    let names = &Scoped { all, within: &options.within };
    if let Some(columns) = position::columns(table, names, options)? {
        return join_by_position(table, names, options, columns);
    }
    let place = place_column::find(table, names, options)?;
    let mut warnings = Diagnostics::default();
    let columns = value_column::find(table, names, options, place, &mut warnings)?;
    let parsed = parsed(table, &columns, Value::Text(PRESENT.into()), options, &mut warnings)?;
    let country = provinces::country_column(table, names, options, place)?;
    let (rows, inputs, reading) = fates::of_rows(table, names, place, country, parsed);
    warnings.extend(messages::of_reading(table, place.column, reading));
    place_column::check_header(table, names, place, &rows)?;
    let settled = settled(table, (rows, inputs), &columns, (options, options), warnings)?;
    Ok(Join {
        place_column: table.columns[place.column].clone(),
        country_column: country.map(|column| table.columns[column].clone()),
        level: place.level,
        within: options.within.clone(),
        code_system: reading.system,
        ..settled
    })
}

/// The values of the rows: of one column, of two that are read together, or memberships; `alone` where there is no
/// column.
fn parsed(
    table: &Table,
    columns: &[usize],
    alone: Value,
    options: &JoinOptions,
    warnings: &mut Diagnostics,
) -> Result<Vec<Value>, Diagnostics> {
    Ok(match columns {
        [] => vec![alone; table.len()],
        [column] if options.memberships.is_empty() => values::parse(table, *column, options, warnings)?,
        [first, second] if options.pair => values::pairs(table, [*first, *second], warnings)?,
        columns => values::memberships(table, columns)?,
    })
}

/// The rows with the values of their places settled by the second of the options, before it is said how their places
/// were found.
fn settled(
    table: &Table,
    (rows, inputs): (Vec<RowFate>, Inputs),
    columns: &[usize],
    (options, rule): (&JoinOptions, &JoinOptions),
    mut warnings: Diagnostics,
) -> Result<Join, Diagnostics> {
    let duplicates::Settled { values, conflicts, crowded } =
        duplicates::settle(table, (&rows, &inputs), rule, columns.first().copied())?;
    let sizes = sizes::settle(table, (&rows, &inputs), options, &mut warnings)?;
    let period = if conflicts.is_empty() { None } else { table.period_column() };
    let value_names: Vec<&str> = columns.iter().map(|column| table.columns[*column].as_str()).collect();
    Ok(Join {
        file: table.file.clone(),
        position: table.position.clone(),
        period: period.map(|column| (table.columns[column].clone(), table.latest_period(column).to_owned())),
        value_column: (!value_names.is_empty()).then(|| value_names.join(", ")),
        rows,
        inputs,
        values,
        size_column: options.size.clone(),
        sizes,
        conflicts,
        crowded,
        warnings,
        ..Join::empty(Level::Country)
    })
}

/// The join of a table whose rows say where they are. Without a value column, the rows of each place are counted.
fn join_by_position(
    table: &Table,
    names: &dyn Gazetteer,
    options: &JoinOptions,
    columns: position::PositionColumns,
) -> Result<Join, Diagnostics> {
    let level = options.level.unwrap_or(Level::Country);
    let mut warnings = Diagnostics::default();
    let value = position::values(table, options)?;
    let parsed = parsed(table, &value, Value::Number(1.0), options, &mut warnings)?;
    let counted = JoinOptions { duplicates: Duplicates::Sum, ..JoinOptions::default() };
    let rule = if value.is_empty() { &counted } else { options };
    let (rows, inputs) = position::of_rows(table, names, level, columns, parsed, &mut warnings)?;
    let settled = settled(table, (rows, inputs), &value, (options, rule), warnings)?;
    Ok(Join { place_column: position::words(table, columns), level, by_position: true, ..settled })
}

/// The same, where one name of a value column is a list of several, as a flag writes it (`EU, NATO`).
fn told_memberships(table: &Table, options: &JoinOptions) -> JoinOptions {
    let mut options = options.clone();
    let list = options.value.as_ref().filter(|name| name.contains(',') && table.column(name).is_err());
    let columns: Vec<String> =
        list.iter().flat_map(|list| list.split(',')).map(|name| name.trim().to_owned()).collect();
    if !columns.is_empty() && columns.iter().all(|name| table.column(name).is_ok()) {
        options.memberships = columns;
    }
    options
}

/// Every column that `options` name and the table lacks.
fn check_columns(table: &Table, options: &JoinOptions) -> Result<(), Diagnostics> {
    let mut missing = Diagnostics::default();
    let value = options.value.as_ref().filter(|_| options.memberships.is_empty());
    let mut named: Vec<&String> = options
        .place
        .as_ref()
        .into_iter()
        .chain(value)
        .chain(&options.memberships)
        .chain(&options.size)
        .chain(&options.country)
        .chain(&options.lon)
        .chain(&options.lat)
        .collect();
    named.dedup();
    missing.extend(named.into_iter().filter_map(|name| table.column(name).err()).map(|fault| *fault));
    missing.into_result().map(|_| ())
}

impl Value {
    /// One value of all that are told, each once.
    fn of_all<'v>(values: impl Iterator<Item = &'v Value>) -> Value {
        let mut kept: Vec<Value> = Vec::new();
        let flat = values.flat_map(Value::each).filter(|value| **value != Value::Missing);
        for value in flat {
            // one more than may be shown is enough to tell of it
            if kept.len() <= MOST_VALUES && !kept.iter().any(|known| known.agrees(value)) {
                kept.push(value.clone());
            }
        }
        match <[Value; 1]>::try_from(kept) {
            Ok([one]) => one,
            Err(many) => Value::Several(many.into()),
        }
    }

    /// The values that it consists of: itself, but for several.
    pub fn each(&self) -> &[Value] {
        match self {
            Value::Several(values) => values,
            one => std::slice::from_ref(one),
        }
    }

    /// Whether two values say the same: words without case and outer space, several values in any order.
    fn agrees(&self, other: &Value) -> bool {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        match (self, other) {
            (Value::Text(one), Value::Text(other)) => one == other || plain(one) == plain(other),
            (Value::Several(some), Value::Several(others)) => {
                let known = |value: &Value| others.iter().any(|other| value.agrees(other));
                some.len() == others.len() && some.iter().all(known)
            }
            _ => self == other,
        }
    }
}

impl Join {
    /// The cell of a row's place as it stands.
    pub fn input(&self, row: &RowFate) -> &str {
        self.inputs.get(row.input)
    }

    /// The country beside the province of a row, where that is no country.
    fn lost_country(&self, row: &RowFate) -> Option<&str> {
        self.inputs.lost_country(row.input)
    }

    /// Where the row of an entry stands.
    pub fn place(&self, row: &RowFate) -> Place {
        self.position.row(&self.file, row.line as usize)
    }

    /// What sizes a symbol on each place: the second values, or the values where there are none.
    pub fn amounts(&self) -> &BTreeMap<PlaceId, Value> {
        if self.size_column.is_some() { &self.sizes } else { &self.values }
    }

    /// The join of a map without a table.
    pub fn empty(level: Level) -> Join {
        Join {
            file: String::new(),
            position: Position::Lines,
            period: None,
            place_column: String::new(),
            value_column: None,
            country_column: None,
            level,
            within: Vec::new(),
            code_system: None,
            by_position: false,
            rows: Vec::new(),
            inputs: Inputs::default(),
            values: BTreeMap::new(),
            size_column: None,
            sizes: BTreeMap::new(),
            conflicts: Vec::new(),
            crowded: Vec::new(),
            warnings: Diagnostics::default(),
        }
    }

    /// Everything that should be said of the rows: errors for unmatched and ambiguous ones (warnings when
    /// `allow_unmatched`) and for duplicates that disagree, warnings for aggregates and empty cells.
    pub fn diagnostics(&self, atlas: &Atlas, allow_unmatched: bool) -> Diagnostics {
        messages::all(self, atlas, allow_unmatched)
    }
}
