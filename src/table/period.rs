//! The period of a long table: which rows belong to the one that is shown.
//!
//! A map shows one moment. Where a table has rows for several, the column of periods is named (`when`) or found, and
//! the rows of one period are kept: the one that is asked for (`at`), else the latest that is well filled, which is
//! told. Periods are ordered when they open with the year: `2007`, `2020-03`, `2020-03-01`, `2020Q1`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Result, fold};

use super::{Table, build, year};

/// Headers of columns of periods.
const WORDS: [&str; 31] = [
    "year",
    "years",
    "yr",
    "date",
    "time",
    "timeperiod",
    "period",
    "month",
    "quarter",
    "week",
    "day",
    "refyear",
    "referenceyear",
    "datayear",
    "calendaryear",
    "fiscalyear",
    "año",
    "anio",
    "ano",
    "fecha",
    "periodo",
    "année",
    "annee",
    "période",
    "jahr",
    "datum",
    "zeit",
    "anno",
    "jaar",
    "datadate",
    "reportdate",
];
/// Cells that are looked at.
const SAMPLE: usize = 500;

impl Table {
    /// Keeps the rows of one period. `when` is its column, or a period in the column that is found; `at` is the
    /// period. Without both, all rows are kept.
    pub(super) fn keep_period(&mut self, when: Option<&str>, at: Option<&str>) -> Result<Diagnostics> {
        let (column, at) = match (when, at) {
            (None, None) => return Ok(Diagnostics::default()),
            (None, Some(at)) => (self.period_column().ok_or_else(|| self.no_period_column(at))?, Some(at)),
            (Some(when), at) => self.named_period(when, at)?,
        };
        match at {
            Some(at) => self.keep_at(column, at).map(|()| Diagnostics::default()),
            None => self.keep_latest(column),
        }
    }

    /// The column called `when`; else, when it is no column's name, the column that holds it as a period.
    fn named_period<'a>(&self, when: &'a str, at: Option<&'a str>) -> Result<(usize, Option<&'a str>)> {
        let fault = match self.column(when) {
            Ok(column) if year(&self.columns[column]).is_some() => {
                return Err(Diagnostic::error(format!("\"{when}\" is a column of values, not of periods"))
                    .at(Place::file(self.file.clone()))
                    .hint(format!("show it by `--value {when}`, or `value = \"{when}\"` in [data]"))
                    .into());
            }
            Ok(column) => return Ok((column, at)),
            Err(fault) => fault,
        };
        match self.period_column() {
            Some(column) if at.is_none() && self.holds(column, when) => Ok((column, Some(when))),
            Some(column) if at.is_none() && key(when).is_some() => Err(self.not_held(column, when).into()),
            _ => Err(fault),
        }
    }

    /// The column that holds periods, by its header or by its cells; it has more than one.
    pub fn period_column(&self) -> Option<usize> {
        let said = |column: &usize| WORDS.contains(&fold(&self.columns[*column]).as_str());
        let held = |column: &usize| self.holds_periods(*column);
        let columns = || (0..self.columns.len()).filter(held);
        columns().find(said).or_else(|| columns().find(|column| !self.columns[*column].is_empty()))
    }

    /// The latest period in `column`, as it is written; empty where there is none.
    pub fn latest_period(&self, column: usize) -> &str {
        self.cells(column).filter_map(|cell| Some((key(cell)?, cell))).max().map_or("", |(_, cell)| cell)
    }

    fn holds_periods(&self, column: usize) -> bool {
        let step = self.len().div_ceil(SAMPLE).max(1);
        let cells = || {
            (0..self.len()).step_by(step).map(|row| self.cell(row, column)).filter(|cell| !cell.is_empty())
        };
        let first = cells().next();
        cells().all(|cell| key(cell).is_some()) && cells().any(|cell| Some(cell) != first)
    }

    fn holds(&self, column: usize, period: &str) -> bool {
        self.cells(column).any(|cell| is_same(cell, period))
    }

    fn keep_at(&mut self, column: usize, at: &str) -> Result<()> {
        let rows: Vec<bool> = self.cells(column).map(|cell| is_same(cell, at)).collect();
        if !rows.contains(&true) {
            return Err(self.not_held(column, at).into());
        }
        self.retain(|row| rows[row])
    }

    /// The latest period that has at least half as many rows as the fullest.
    fn keep_latest(&mut self, column: usize) -> Result<Diagnostics> {
        let mut counts = BTreeMap::<String, (usize, usize)>::new();
        for row in 0..self.len() {
            let cell = self.cell(row, column);
            if cell.is_empty() {
                continue;
            }
            let key = key(cell).ok_or_else(|| self.no_order(column, row))?;
            counts.entry(key).or_insert((row, 0)).1 += 1;
        }
        let fullest = counts.values().map(|(_, count)| *count).max().unwrap_or(0);
        let chosen = counts.iter().rev().find(|(_, (_, count))| count * 2 >= fullest);
        let (Some((chosen, (row, _))), Some(last)) = (chosen, counts.keys().next_back()) else {
            return Err(Diagnostic::error(format!("the column \"{}\" is empty", self.columns[column]))
                .at(Place::file(self.file.clone()))
                .into());
        };
        let mut told = Diagnostics::default();
        if counts.len() > 1 {
            let left =
                counts.range::<String, _>((std::ops::Bound::Excluded(chosen), std::ops::Bound::Unbounded));
            let scant: Vec<usize> = left.map(|(_, (_, count))| *count).collect();
            told.push(self.told(column, self.cell(*row, column), &counts, &scant));
        }
        debug_assert!(chosen <= last);
        let rows: Vec<bool> = self.cells(column).map(|cell| key(cell).as_ref() == Some(chosen)).collect();
        self.retain(|row| rows[row])?;
        Ok(told)
    }

    fn told(
        &self,
        column: usize,
        shown: &str,
        counts: &BTreeMap<String, (usize, usize)>,
        scant: &[usize],
    ) -> Diagnostic {
        let spelled = |entry: Option<(&String, &(usize, usize))>| {
            entry.map_or(String::new(), |(_, (row, _))| self.cell(*row, column).to_owned())
        };
        let (first, last) = (spelled(counts.iter().next()), spelled(counts.iter().next_back()));
        let why = match scant {
            [] => format!("the latest, {shown}, is shown"),
            [rows] => format!("{shown} is shown, since the later one has only {rows} rows"),
            more => format!("{shown} is shown, since the {} later ones have few rows", more.len()),
        };
        let name = &self.columns[column];
        Diagnostic::warning(format!("\"{name}\" has {} periods, {first} to {last}; {why}", counts.len()))
            .at(Place::file(self.file.clone()))
            .hint(format!("choose another by `at` in [data], or `--when {first}`"))
    }

    fn no_order(&self, column: usize, row: usize) -> Diagnostic {
        let cell = self.cell(row, column);
        Diagnostic::error(format!(
            "which period is the latest cannot be told: \"{cell}\" does not open with a year"
        ))
        .at(self.place(row, column))
        .hint(format!("name the one to show: `--at \"{cell}\"`, or `at = \"{cell}\"` in [data]"))
    }

    fn not_held(&self, column: usize, at: &str) -> Diagnostic {
        let mut seen: Vec<&str> = self.cells(column).filter(|cell| !cell.is_empty()).collect();
        seen.sort_unstable();
        seen.dedup();
        const SHOWN: usize = 8;
        let listed = match seen.len() {
            few if few <= SHOWN => build::quoted(&seen),
            _ => {
                format!("{} … {}", build::quoted(&seen[..SHOWN - 1]), build::quoted(&seen[seen.len() - 1..]))
            }
        };
        let name = &self.columns[column];
        Diagnostic::error(format!("no row has \"{at}\" in column \"{name}\""))
            .at(Place::file(self.file.clone()))
            .hint(format!("\"{name}\" holds {listed}"))
    }

    fn no_period_column(&self, at: &str) -> Diagnostic {
        Diagnostic::error(format!("no column of periods is found that could hold \"{at}\""))
            .at(Place::file(self.file.clone()))
            .hint("name it by `when` in [data], or `--when`")
            .hint(format!("its columns are {}", self.column_list()))
    }
}

fn is_same(cell: &str, period: &str) -> bool {
    let period = period.trim();
    cell.eq_ignore_ascii_case(period) || (key(cell).is_some() && key(cell) == key(period))
}

/// What a period is ordered by: its year, and what follows, without marks. `None` for what does not open with a year
/// (or with a quarter, `Q1 2020`).
fn key(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_suffix(".0").unwrap_or(text);
    if let Some((quarter, year)) = text.split_once(' ').filter(|(first, _)| is_quarter(first)) {
        return key(&format!("{year}{quarter}"));
    }
    let (head, rest) = (text.get(..4)?, text.get(4..)?);
    let in_range =
        head.bytes().all(|byte| byte.is_ascii_digit()) && (1000..=2999).contains(&head.parse::<u16>().ok()?);
    let after = rest.trim_start_matches(['-', '/', '.', ' ']);
    let follows = match after.chars().next() {
        None => rest.is_empty(),
        Some('Q' | 'q' | 'W' | 'w' | 'M' | 'm') => after[1..].starts_with(|c: char| c.is_ascii_digit()),
        Some(c) if rest.len() > after.len() => {
            c.is_ascii_digit()
                && after.bytes().all(|byte| byte.is_ascii_digit() || b"-/.T:Z +".contains(&byte))
        }
        Some(_) => rest.len() == 4 && rest.bytes().all(|byte| byte.is_ascii_digit()),
    };
    let plain = rest.chars().filter(char::is_ascii_alphanumeric).flat_map(char::to_uppercase);
    (in_range && follows).then(|| head.chars().chain(plain).collect())
}

fn is_quarter(text: &str) -> bool {
    matches!(text.as_bytes(), [b'Q' | b'q', b'1'..=b'4'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_that_open_with_a_year_have_an_order() {
        let ordered = ["1952", "2007", "2020", "2020-03", "2020-03-01", "2020/04/01", "2020-11-05T00:00:00"];
        let keys: Vec<String> = ordered.iter().map(|text| key(text).expect(text)).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        assert_eq!(
            [key("2020 Q1"), key("2020-Q1"), key("Q1 2020")],
            [const { None::<String> }; 3].map(|_| key("2020Q1"))
        );
        assert_eq!(key("2007.0"), key("2007"));
        assert_eq!(key("20200305"), key("2020-03-05"));
        for text in ["", "07", "05.03.2020", "Mar 2020", "20070", "Peru", "3.5", "12345678901", "2020 deaths"]
        {
            assert_eq!(key(text), None, "{text}");
        }
    }
}
