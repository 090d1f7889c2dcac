//! Rows that say where they are by longitude and latitude: each lands in the place that contains it.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::atlas::{Level, Locator, PlaceId, Via};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, fold};
use crate::geometry::LonLat;
use crate::table::Table;
use crate::table::number::{self, DecimalMark};

use super::gazetteer::Gazetteer;
use super::place_column;
use super::words::value_rank;
use super::{Fate, Input, Inputs, JoinOptions, RowFate, Value, values};

/// Headers of longitude and of latitude, as [`fold`] leaves them; pairs stand at one index.
const HEADERS: [(&str, &str); 12] = [
    ("lon", "lat"),
    ("longitude", "latitude"),
    ("long", "lat"),
    ("lng", "lat"),
    ("lon", "latitude"),
    ("decimallongitude", "decimallatitude"),
    ("longitud", "latitud"),
    ("länge", "breite"),
    ("längengrad", "breitengrad"),
    ("laengengrad", "breitengrad"),
    ("longitudine", "latitudine"),
    ("geolon", "geolat"),
];

/// So many faults are told one by one.
const SHOWN: usize = 5;

/// Places are looked for around so many positions that lie in none.
const SUGGESTIONS: usize = 200;

/// From so many rows on it pays to make the index ready for many.
const MANY: usize = 20_000;

/// A place so near may be meant: harbours and beaches lie off a thinned coast.
const NEAR_KM: f64 = 20.0;

/// The columns of a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PositionColumns {
    pub lon: usize,
    pub lat: usize,
}

/// The columns of longitude and of latitude that a table's headers tell.
pub fn position_columns(table: &Table) -> Option<(usize, usize)> {
    let called = |word: &str| table.columns.iter().position(|column| fold(column) == word);
    HEADERS.iter().find_map(|(lon, lat)| Some((called(lon)?, called(lat)?)))
}

/// The columns that `options` name; else those whose headers say so, where no column holds places.
pub(super) fn columns(
    table: &Table,
    names: &dyn Gazetteer,
    options: &JoinOptions,
) -> Result<Option<PositionColumns>, Diagnostics> {
    if options.lon.is_some() && options.place.is_some() {
        let one = Diagnostic::error("both a column of places and columns of positions are named");
        return Err(one.at(Place::default().key("data.lon")).hint("leave one of them out").into());
    }
    match (&options.lon, &options.lat) {
        (Some(lon), Some(lat)) => {
            return Ok(Some(PositionColumns { lon: table.column(lon)?, lat: table.column(lat)? }));
        }
        (None, None) => {}
        (Some(_), None) => return Err(half("lon", "lat").into()),
        (None, Some(_)) => return Err(half("lat", "lon").into()),
    }
    if options.place.is_some() {
        return Ok(None);
    }
    let pair = position_columns(table).map(|(lon, lat)| PositionColumns { lon, lat });
    let holds_places =
        |column: usize| place_column::candidate(table, names, column, options.level).holds_places();
    let Some(pair) = pair else { return Ok(None) };
    let others = (0..table.columns.len()).filter(|column| ![pair.lon, pair.lat].contains(column));
    Ok(if others.into_iter().any(holds_places) { None } else { Some(pair) })
}

/// Where each row lies that says so, with its 0-based row; by the columns `lon` and `lat`, or by those that are called
/// so.
///
/// # Errors
/// There are no such columns, a cell is no number, or no position on the globe.
pub fn positions(
    table: &Table,
    lon: Option<&str>,
    lat: Option<&str>,
    warnings: &mut Diagnostics,
) -> Result<Vec<(usize, LonLat)>, Diagnostics> {
    let found = match (lon, lat) {
        (Some(lon), Some(lat)) => PositionColumns { lon: table.column(lon)?, lat: table.column(lat)? },
        (Some(_), None) => return Err(half("lon", "lat").into()),
        (None, Some(_)) => return Err(half("lat", "lon").into()),
        (None, None) => {
            position_columns(table).map(|(lon, lat)| PositionColumns { lon, lat }).ok_or_else(|| {
                Diagnostic::error("no columns of the table are called longitude and latitude")
                    .at(Place::file(table.file.clone()))
                    .hint("name them: `lon = \"…\"` and `lat = \"…\"`")
                    .hint(format!("its columns are {}", table.column_list()))
            })?
        }
    };
    let (lons, lats) = (numbers(table, found.lon, warnings)?, numbers(table, found.lat, warnings)?);
    let all: Vec<[f64; 2]> = lons.into_iter().zip(lats).map(<[f64; 2]>::from).collect();
    check(table, found, &all)?;
    let whole = all.into_iter().enumerate().filter(|(_, at)| is_whole(*at));
    Ok(whole.map(|(row, [lon, lat])| (row, LonLat::new(turned(lon), lat))).collect())
}

fn half(given: &str, missing: &str) -> Diagnostic {
    Diagnostic::error(format!("`{given}` is given without `{missing}`: a position needs both"))
        .at(Place::default().key(format!("data.{given}")))
        .hint(format!("name both columns in [data], or write --lon and --lat; `{missing}` is missing"))
}

/// The value columns: those that are named, or the one that is called so. Without one, the rows of a place are counted.
pub(super) fn values(table: &Table, options: &JoinOptions) -> Result<Vec<usize>, Diagnostics> {
    let named: Vec<&String> = options.value.iter().chain(&options.memberships).collect();
    if !named.is_empty() {
        return Ok(named.into_iter().map(|name| table.column(name)).collect::<Result<_, _>>()?);
    }
    let ranked = table.columns.iter().enumerate().filter_map(|(at, name)| Some((value_rank(name)?, at)));
    Ok(ranked.min().map(|(_, at)| at).into_iter().collect())
}

/// What became of each row: `values` has one value a row.
///
/// # Errors
/// A cell is no number, or no position on the globe.
pub(super) fn of_rows(
    table: &Table,
    names: &dyn Gazetteer,
    level: Level,
    columns: PositionColumns,
    values: Vec<Value>,
    warnings: &mut Diagnostics,
) -> Result<(Vec<RowFate>, Inputs), Diagnostics> {
    let (lons, lats) = (numbers(table, columns.lon, warnings)?, numbers(table, columns.lat, warnings)?);
    let positions: Vec<[f64; 2]> = lons.into_iter().zip(lats).map(<[f64; 2]>::from).collect();
    check(table, columns, &positions)?;
    let locator = names.locator(level);
    let locator = if table.len() > MANY { locator.for_many() } else { locator };
    let places: Vec<Landing> = positions.par_iter().map(|at| landing(&locator, *at)).collect();
    warnings.extend(swapped(table, columns, &locator, &positions, &places));
    let mut near = suggestions(&locator, &positions, &places);
    // what the rows do not need makes room for them
    drop((locator, positions));
    Ok(rows(table, columns, places, values, &mut near))
}

/// Where a row lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Landing {
    In(PlaceId),
    Nowhere,
    Unsaid,
}

/// What is near the first rows that lie in no place, in their order.
fn suggestions(
    locator: &Locator,
    positions: &[[f64; 2]],
    places: &[Landing],
) -> std::vec::IntoIter<Vec<PlaceId>> {
    let lost = positions.iter().zip(places).filter(|(_, place)| **place == Landing::Nowhere);
    let near =
        lost.take(SUGGESTIONS).map(|([lon, lat], _)| locator.near(LonLat::new(turned(*lon), *lat), NEAR_KM));
    near.collect::<Vec<_>>().into_iter()
}

fn rows(
    table: &Table,
    columns: PositionColumns,
    places: Vec<Landing>,
    values: Vec<Value>,
    near: &mut std::vec::IntoIter<Vec<PlaceId>>,
) -> (Vec<RowFate>, Inputs) {
    let mut inputs = Inputs::default();
    let mut rows: Vec<RowFate> = Vec::with_capacity(table.len());
    let mut seen = BTreeSet::new();
    for (row, (place, value)) in places.into_iter().zip(values).enumerate() {
        let cell = |column: usize| table.cell(row, column);
        let input = match place {
            Landing::Unsaid => Input::default(),
            _ => inputs.push(&[cell(columns.lon), ", ", cell(columns.lat)]),
        };
        rows.push(RowFate {
            row: row as u32,
            line: table.line(row) as u32,
            input,
            duplicate: matches!(place, Landing::In(id) if !seen.insert(id)),
            fate: match place {
                Landing::In(id) => Fate::Matched(id, Via::Position),
                Landing::Nowhere => Fate::Unmatched(near.next().unwrap_or_default()),
                Landing::Unsaid => Fate::Empty,
            },
            shared: 1,
            value,
        });
    }
    (rows, inputs)
}

/// The numbers of a column, NaN where there is none.
fn numbers(table: &Table, column: usize, warnings: &mut Diagnostics) -> Result<Vec<f64>, Diagnostics> {
    let mark = match (table.decimal(column), number::decimal_mark(table.cells(column))) {
        // 12.345 as thousands would be no position on any globe
        (None, DecimalMark::Unclear(row)) if table.cell(row, column).contains(',') => ',',
        (None, DecimalMark::Unclear(_)) => '.',
        _ => {
            let told = table.decimal_mark(column)?;
            warnings.extend(told.warnings);
            told.value
        }
    };
    let number = |cell: &str| number::parse(cell, mark).unwrap_or(f64::NAN);
    let numbers: Vec<f64> = values::cells(table, column).map(number).collect();
    let broken = values::broken(table, column, numbers.iter().map(|number| number.is_nan()));
    if broken.is_empty() { Ok(numbers) } else { Err(values::no_numbers(table, column, &broken).into()) }
}

/// Whether a row has both numbers.
fn is_whole(at: [f64; 2]) -> bool {
    !at[0].is_nan() && !at[1].is_nan()
}

fn landing(locator: &Locator, at: [f64; 2]) -> Landing {
    if !is_whole(at) {
        return Landing::Unsaid;
    }
    locator.at(LonLat::new(turned(at[0]), at[1])).map_or(Landing::Nowhere, Landing::In)
}

/// Longitudes from 0 to 360 are those from -180 to 180 told otherwise.
fn turned(lon: f64) -> f64 {
    if lon > 180.0 { lon - 360.0 } else { lon }
}

fn is_lon(lon: f64) -> bool {
    (-180.0..=360.0).contains(&lon)
}

fn is_lat(lat: f64) -> bool {
    (-90.0..=90.0).contains(&lat)
}

/// Positions that are none on the globe, and rows with one half of a position.
fn check(table: &Table, columns: PositionColumns, positions: &[[f64; 2]]) -> Result<(), Diagnostics> {
    let all = || positions.iter().copied().enumerate().filter(|(_, at)| is_whole(*at));
    let off: Vec<(usize, [f64; 2])> =
        all().filter(|(_, [lon, lat])| !is_lon(*lon) || !is_lat(*lat)).collect();
    let halves = positions.iter().enumerate().filter(|(_, [lon, lat])| lon.is_nan() != lat.is_nan());
    let mut faults = Diagnostics::default();
    for (row, at) in halves.take(SHOWN) {
        let missing = if at[0].is_nan() { columns.lon } else { columns.lat };
        let what = format!("the row has no {}", table.columns[missing]);
        faults.push(
            Diagnostic::error(what).at(table.place(row, missing)).hint("a position needs both numbers"),
        );
    }
    let swapped = !off.is_empty() && all().all(|(_, [lon, lat])| is_lon(lat) && is_lat(lon));
    for (row, [lon, lat]) in off.iter().take(SHOWN) {
        let column = if is_lat(*lat) { columns.lon } else { columns.lat };
        let what = format!("longitude {lon}, latitude {lat} is no position on the globe");
        let one = Diagnostic::error(what).at(table.place(*row, column));
        let flat = lon.abs() > 1000.0 || lat.abs() > 1000.0;
        faults.push(match (swapped, flat) {
            (true, _) => one.hint(format!(
                "longitude and latitude seem to be swapped: write --lon \"{}\" --lat \"{}\"",
                table.columns[columns.lat], table.columns[columns.lon]
            )),
            (_, true) => one.hint("these seem to be metres of a projection; the table needs degrees"),
            _ => one.hint("longitudes run from -180 to 180 (or 0 to 360), latitudes from -90 to 90"),
        });
    }
    if off.len() > SHOWN {
        let what = format!("{} more rows are no position on the globe", off.len() - SHOWN);
        faults.push(Diagnostic::error(what).at(Place::file(table.file.clone())));
    }
    if faults.0.is_empty() { Ok(()) } else { Err(faults) }
}

/// A sample of positions that mostly lie in no place, but would, were longitude and latitude swapped.
fn swapped(
    table: &Table,
    columns: PositionColumns,
    locator: &Locator,
    positions: &[[f64; 2]],
    places: &[Landing],
) -> Option<Diagnostic> {
    const SAMPLE: usize = 1000;
    let step = positions.len().div_ceil(SAMPLE).max(1);
    let (mut all, mut as_is, mut turned_round) = (0, 0, 0);
    for ([lon, lat], place) in positions.iter().copied().zip(places).step_by(step) {
        if !is_whole([lon, lat]) {
            continue;
        }
        all += 1;
        as_is += usize::from(matches!(place, Landing::In(_)));
        turned_round += usize::from(is_lat(lon) && locator.at(LonLat::new(turned(lat), lon)).is_some());
    }
    if as_is * 2 >= all || turned_round < as_is * 2 || turned_round * 2 <= all {
        return None;
    }
    let what = format!(
        "longitude and latitude seem to be swapped: {as_is} of {all} positions lie in a place as they stand, and {turned_round} the other way round"
    );
    let hint = format!(
        "write --lon \"{}\" --lat \"{}\", or `lon` and `lat` in [data]",
        table.columns[columns.lat], table.columns[columns.lon]
    );
    Some(Diagnostic::warning(what).at(Place::file(table.file.clone())).hint(hint))
}

/// The columns in words.
pub(super) fn words(table: &Table, columns: PositionColumns) -> String {
    format!("{}, {}", table.columns[columns.lon], table.columns[columns.lat])
}
