//! A million rows: `cargo bench --bench table`. Reading the text, and reading and joining it.

use std::fmt::Write as _;

use divan::Bencher;
use pressmap::atlas::{Atlas, Level};
use pressmap::join::{Duplicates, Join, JoinOptions, join};
use pressmap::table::{Form, Table, TableOptions, read};

const ROWS: usize = 1_000_000;

fn main() {
    divan::main();
}

/// Country, year and value of a million rows, as CSV.
fn million() -> String {
    let atlas = Atlas::bundled();
    let names: Vec<&str> = atlas.places(Level::Country).iter().map(|place| &*place.name).collect();
    let mut text = "country,year,value\n".to_owned();
    for row in 0..ROWS {
        let (name, year) = (names[row % names.len()], 2000 + row / names.len() % 25);
        let _ = writeln!(text, "\"{name}\",{year},{}.5", row * 3 / 2);
    }
    text
}

fn table(text: &str) -> Table {
    read("f.csv", text.as_bytes(), Form::Delimited, &TableOptions::default()).expect("a table").value
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_a_million_rows(bencher: Bencher) {
    let text = million();
    bencher.bench(|| table(&text));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_and_join_a_million_rows(bencher: Bencher) {
    let text = million();
    let options = JoinOptions { duplicates: Duplicates::Sum, ..JoinOptions::default() };
    let joined = || -> Join { join(&table(&text), Atlas::bundled(), &options).expect("a join") };
    bencher.bench(joined);
}
