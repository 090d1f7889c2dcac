//! Rows that say where they are by longitude and latitude: each lands in the place that contains it.

use rayon::prelude::*;

use crate::atlas::{Level, Locator, Via};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, fold};
use crate::geometry::LonLat;
use crate::table::Table;

use super::gazetteer::Gazetteer;
use super::place_column;
use super::words::value_rank;
use super::{Fate, JoinOptions, RowFate, Value, values};

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
) -> Result<Vec<RowFate>, Diagnostics> {
    let number = |column: usize, warnings: &mut Diagnostics| {
        values::parse(table, column, &JoinOptions::default(), warnings)
    };
    let (lons, lats) = (number(columns.lon, warnings)?, number(columns.lat, warnings)?);
    let positions: Vec<(usize, Option<[f64; 2]>)> = lons
        .iter()
        .zip(&lats)
        .map(|pair| match pair {
            (Value::Number(lon), Value::Number(lat)) => Some([*lon, *lat]),
            _ => None,
        })
        .enumerate()
        .collect();
    check(table, columns, &lons, &lats, &positions)?;
    let locator = names.locator(level);
    let fates: Vec<Fate> = positions.par_iter().map(|(_, at)| fate(&locator, *at)).collect();
    warnings.extend(swapped(table, columns, &locator, &positions, &fates));
    let mut rows: Vec<RowFate> = Vec::with_capacity(table.len());
    let mut seen = std::collections::BTreeSet::new();
    let mut suggested = 0;
    for ((row, at), (mut fate, value)) in positions.into_iter().zip(fates.into_iter().zip(values)) {
        if let (Fate::Unmatched(near), Some([lon, lat])) = (&mut fate, at)
            && suggested < SUGGESTIONS
        {
            *near = locator.near(LonLat::new(turned(lon), lat), NEAR_KM);
            suggested += 1;
        }
        let cell = |column: usize| table.cell(row, column).trim();
        let duplicate = matches!(fate, Fate::Matched(id, _) if !seen.insert(id));
        let input = match at {
            Some(_) => format!("{}, {}", cell(columns.lon), cell(columns.lat)).into(),
            None => "".into(),
        };
        rows.push(RowFate {
            row: row as u32,
            line: table.line(row),
            input,
            fate,
            duplicate,
            shared: 1,
            value,
        });
    }
    Ok(rows)
}

fn fate(locator: &Locator, at: Option<[f64; 2]>) -> Fate {
    let Some([lon, lat]) = at else { return Fate::Empty };
    match locator.at(LonLat::new(turned(lon), lat)) {
        Some(id) => Fate::Matched(id, Via::Position),
        None => Fate::Unmatched(Vec::new()),
    }
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
fn check(
    table: &Table,
    columns: PositionColumns,
    lons: &[Value],
    lats: &[Value],
    positions: &[(usize, Option<[f64; 2]>)],
) -> Result<(), Diagnostics> {
    let all = || positions.iter().filter_map(|(row, at)| Some((*row, (*at)?)));
    let off: Vec<(usize, [f64; 2])> =
        all().filter(|(_, [lon, lat])| !is_lon(*lon) || !is_lat(*lat)).collect();
    let halves = positions.iter().map(|(row, _)| *row).filter(|row| {
        matches!(
            (&lons[*row], &lats[*row]),
            (Value::Missing, Value::Number(_)) | (Value::Number(_), Value::Missing)
        )
    });
    let mut faults = Diagnostics::default();
    for row in halves.take(SHOWN) {
        let missing = if lons[row] == Value::Missing { columns.lon } else { columns.lat };
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
    positions: &[(usize, Option<[f64; 2]>)],
    fates: &[Fate],
) -> Option<Diagnostic> {
    const SAMPLE: usize = 1000;
    let step = positions.len().div_ceil(SAMPLE).max(1);
    let (mut all, mut as_is, mut turned_round) = (0, 0, 0);
    for ((_, at), fate) in positions.iter().zip(fates).step_by(step) {
        let Some([lon, lat]) = *at else { continue };
        all += 1;
        as_is += usize::from(matches!(fate, Fate::Matched(..)));
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
