//! The column that holds the places, and their level: by what the atlas knows of its cells, and by its header.

use std::collections::BTreeSet;

use crate::atlas::{Level, Lookup, PlaceId, Via};
use crate::diagnostic::{Diagnostic, Place, Result};
use crate::table::{Position, Table, number};

use super::gazetteer::Gazetteer;
use super::reading::{Reader, Reading};
use super::words::{PlaceHeader, is_province_header, is_state_header, place_header};
use super::{Fate, JoinOptions, RowFate, provinces, several};

/// Rows that are looked at, spread over the table.
const SAMPLE: usize = 500;
/// A column is one of places when the atlas knows this share of its cells.
const ENOUGH: f64 = 0.5;

/// Without a header that speaks of provinces, so many cells must be some.
const NEARLY_ALL: f64 = 0.9;

/// The place column and its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlaceColumn {
    pub column: usize,
    pub level: Level,
}

/// How far a column is one of places.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    place: PlaceColumn,
    /// Known cells over all cells, 0 to 1.
    share: f64,
    header: PlaceHeader,
    /// Share of the known cells that are names rather than codes.
    readable: f64,
}

/// Rows of the sample.
pub(super) fn sample(table: &Table) -> impl Iterator<Item = usize> + '_ {
    let step = table.len().div_ceil(SAMPLE).max(1);
    (0..table.len()).step_by(step)
}

/// The column that `options` name, or the best one.
///
/// A column's score is the share of its cells that the atlas knows, and three tenths more where the
/// header says that it holds places: so a `country` column with a slip in it is not passed over for a
/// `source` column that holds a country's name in every row. Of two as good, the one with names rather
/// than codes, then the first.
pub(super) fn find(table: &Table, names: &dyn Gazetteer, options: &JoinOptions) -> Result<PlaceColumn> {
    if table.position == Position::Characters {
        // a typed list begins with its places
        return Ok(candidate(table, names, 0, options.level).place);
    }
    if let Some(name) = &options.place {
        let column = table.column(name)?;
        let told = candidate(table, names, column, options.level);
        if options.level.is_none()
            && !told.holds_places()
            && let Some(provinces) = province_level(table, names, column)
        {
            return Ok(provinces);
        }
        return Ok(told.place);
    }
    let mut best: Option<Candidate> = None;
    for column in 0..table.columns.len() {
        let one = candidate(table, names, column, options.level);
        let possible = one.share >= ENOUGH || one.header == PlaceHeader::Strong;
        if possible && best.is_none_or(|best| one.beats(&best)) {
            best = Some(one);
        }
    }
    if options.level.is_none()
        && let Some(provinces) = of_provinces(table, names, best)
    {
        return Ok(provinces);
    }
    best.map(|best| best.place).ok_or_else(|| no_column(table, options.level).into())
}

/// A column of provinces, where the evidence is clear: its header speaks of provinces and most of its cells are some;
/// or nothing else holds places, and nearly all of its cells are provinces of one country.
fn of_provinces(table: &Table, names: &dyn Gazetteer, best: Option<Candidate>) -> Option<PlaceColumn> {
    let strong = best.is_some_and(|best| best.holds_places());
    (0..table.columns.len()).find_map(|column| {
        let header = is_province_header(&table.columns[column]);
        let silent = place_header(&table.columns[column]) != PlaceHeader::Against;
        if !header && (strong || !silent) {
            return None;
        }
        province_level(table, names, column)
    })
}

/// `column` as one of provinces, if it is.
fn province_level(table: &Table, names: &dyn Gazetteer, column: usize) -> Option<PlaceColumn> {
    let name = &table.columns[column];
    let header = if is_province_header(name) { PlaceHeader::Strong } else { PlaceHeader::None };
    let share = |level: Level| known_share(table, names, column, level, header).0;
    let known = share(Level::Admin1);
    let least = if header == PlaceHeader::Strong { ENOUGH } else { NEARLY_ALL };
    if known < least || known <= share(Level::Country).max(share(Level::UsState)) {
        return None;
    }
    let countries = |row: usize| match names.lookup(table.cell(row, column), Level::Admin1) {
        Lookup::One(id, _) => names.country_of(id).into_iter().collect(),
        Lookup::Many(ids) => ids.iter().filter_map(|id| names.country_of(*id)).collect(),
        _ => BTreeSet::new(),
    };
    let countries: Vec<BTreeSet<PlaceId>> =
        sample(table).map(countries).filter(|some: &BTreeSet<PlaceId>| !some.is_empty()).collect();
    // codes of ISO 3166-2 (`VE-V`) are nothing else
    let coded = |cell: &str| {
        cell.contains('-') && matches!(names.lookup(cell, Level::Admin1), Lookup::One(_, Via::Alpha3))
    };
    let codes = sample(table).filter(|row| coded(table.cell(*row, column))).count();
    let all_codes = codes as f64 >= NEARLY_ALL * sample(table).count() as f64;
    let clear = header == PlaceHeader::Strong || all_codes || provinces::of_one_country(&countries);
    clear.then_some(PlaceColumn { column, level: Level::Admin1 })
}

/// The share of cells that name a country.
pub(super) fn country_share(table: &Table, names: &dyn Gazetteer, column: usize) -> f64 {
    let header = place_header(&table.columns[column]);
    if header == PlaceHeader::Against {
        return 0.0;
    }
    known_share(table, names, column, Level::Country, header).0
}

impl Candidate {
    /// Whether its cells are mostly places.
    pub(super) fn holds_places(&self) -> bool {
        self.share >= ENOUGH
    }

    fn score(&self) -> f64 {
        let bonus = match self.header {
            PlaceHeader::Strong | PlaceHeader::Code => 0.3,
            PlaceHeader::Weak => 0.15,
            PlaceHeader::None => 0.0,
            PlaceHeader::Against => -0.3,
        };
        // a header alone stands behind any column of known places
        if self.share < ENOUGH { self.share - 1.0 } else { self.share + bonus }
    }

    fn beats(&self, other: &Candidate) -> bool {
        let (mine, its) = (self.score(), other.score());
        if (mine - its).abs() > 1e-9 {
            return mine > its;
        }
        (self.readable > 0.5) as u8 > (other.readable > 0.5) as u8
    }
}

/// What is known of `column` at the level that suits it best, or at `level`.
pub(super) fn candidate(
    table: &Table,
    names: &dyn Gazetteer,
    column: usize,
    level: Option<Level>,
) -> Candidate {
    let header = place_header(&table.columns[column]);
    let at = |level: Level| {
        let (share, readable) = known_share(table, names, column, level, header);
        Candidate { place: PlaceColumn { column, level }, share, header, readable }
    };
    if let Some(level) = level {
        return at(level);
    }
    let (country, state) = rayon::join(|| at(Level::Country), || at(Level::UsState));
    let even = state.share > 0.0 && (state.share - country.share).abs() < 1e-9;
    if state.share > country.share || (even && is_us_state(&table.columns[column], country.readable)) {
        state
    } else {
        country
    }
}

/// Which level two-letter codes that stand for both mean; names such as "Georgia" alone are countries.
fn is_us_state(header: &str, readable: f64) -> bool {
    is_state_header(header) && readable < 0.5
}

/// The share of known cells, and the share of names among those.
fn known_share(
    table: &Table,
    names: &dyn Gazetteer,
    column: usize,
    level: Level,
    header: PlaceHeader,
) -> (f64, f64) {
    let (mut rows, mut read, mut groups, mut coded) = (0_usize, 0_usize, 0_usize, Vec::new());
    let cells = || sample(table).map(|row| table.cell(row, column));
    let reading = Reading::of(cells().flat_map(several::codes), names, level, &table.columns[column]);
    for cell in cells() {
        rows += 1;
        match lookup(names, cell, level, header, reading) {
            Lookup::One(_, Via::Name | Via::Alias) | Lookup::Many(_) => read += 1,
            Lookup::One(id, _) => coded.push(id),
            Lookup::Aggregate => groups += 1,
            Lookup::Unknown => {}
        }
    }
    // one code again and again is a word: the NO of YES and NO
    if !told(header) && rows > 1 && coded.windows(2).all(|pair| pair[0] == pair[1]) {
        coded.clear();
    }
    let places = read + coded.len();
    // totals belong to a column of places, but a column of continents is none
    let known = (places + groups.min(places)) as f64;
    (known / rows.max(1) as f64, read as f64 / places.max(1) as f64)
}

fn told(header: PlaceHeader) -> bool {
    matches!(header, PlaceHeader::Strong | PlaceHeader::Code)
}

/// A cell's meaning, with what is more likely a number or a word than a code left out, unless the header
/// speaks of places: `8` is an amount, and `no` is no country.
fn lookup(names: &dyn Gazetteer, cell: &str, level: Level, header: PlaceHeader, reading: Reading) -> Lookup {
    // ids of own borders are often numbers, and are known one by one
    let told = told(header) || level == Level::Own;
    let dubious = cell.is_empty()
        || (!told && (number::looks_like(cell) || number::is_missing_word(cell)))
        || (!told && cell.len() <= 3 && !cell.bytes().all(|byte| byte.is_ascii_uppercase()));
    let reader = Reader { names, level, reading };
    match several::whole(reader, cell) {
        _ if dubious => Lookup::Unknown,
        // several places at once are read as surely as one
        Lookup::Unknown if several::places(reader, cell).is_some() => Lookup::Many(Vec::new()),
        known => known,
    }
}

fn no_column(table: &Table, level: Option<Level>) -> Diagnostic {
    let what = match level {
        Some(Level::Own) => "ids or names of the places of the borders file",
        Some(Level::Admin1) => "names or codes of provinces",
        _ => "names or codes of countries, or of U.S. states",
    };
    Diagnostic::error(format!("no column holds {what}"))
        .at(Place::file(table.file.clone()))
        .hint("name the column: `place = \"…\"` in [data], or `--place`; provinces need `--level admin-1`")
        .hint(format!("its columns are {}", table.column_list()))
}

/// Refuses a file without a header, whose first place would be lost: the place column is called by a
/// place's name, and is filled by places of the same kind.
pub(super) fn check_header(
    table: &Table,
    names: &dyn Gazetteer,
    place: PlaceColumn,
    rows: &[RowFate],
) -> Result<()> {
    let header = &table.columns[place.column];
    if place_header(header) != PlaceHeader::None {
        return Ok(());
    }
    let Lookup::One(_, via) = names.lookup(header, place.level) else { return Ok(()) };
    let alike =
        |other: Via| other == via || matches!((other, via), (Via::Name | Via::Alias, Via::Name | Via::Alias));
    if !rows.iter().any(|row| matches!(row.fate, Fate::Matched(_, other) if alike(other))) {
        return Ok(());
    }
    Err(Diagnostic::error(format!(
        "the file seems to have no header: its first line names \"{header}\", a place"
    ))
    .at(Place::file(table.file.clone()))
    .hint("put a line such as `country,value` above the data")
    .into())
}
