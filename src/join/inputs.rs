//! The cells of the places as they stand: one text for all, in which each row has a span.
//!
//! A million rows have some hundred names, or a million positions. Either way they are one allocation.

use std::collections::BTreeMap;

/// All cells of the places of a join.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Inputs {
    text: String,
    /// Cells of countries beside provinces that are no country, by the province.
    countries: BTreeMap<Input, String>,
}

/// A cell of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Input {
    start: u32,
    end: u32,
}

impl Inputs {
    /// Adds a text that consists of `parts`. Of more than 4 GB, the rest is empty.
    pub(super) fn push(&mut self, parts: &[&str]) -> Input {
        let start = self.text.len();
        parts.iter().for_each(|part| self.text.push_str(part));
        match (u32::try_from(start), u32::try_from(self.text.len())) {
            (Ok(start), Ok(end)) => Input { start, end },
            _ => Input::default(),
        }
    }

    pub(super) fn get(&self, input: Input) -> &str {
        self.text.get(input.start as usize..input.end as usize).unwrap_or_default()
    }

    /// Notes that beside the province `input` stands `country`, which is none.
    pub(super) fn lose_country(&mut self, input: Input, country: &str) {
        self.countries.insert(input, country.to_owned());
    }

    pub(super) fn lost_country(&self, input: Input) -> Option<&str> {
        self.countries.get(&input).map(String::as_str)
    }
}
