//! How long it takes to find the countries that positions lie in: the index, and a table of a million rows.

use pressmap::atlas::{Atlas, Level};
use pressmap::geometry::LonLat;
use pressmap::join::{JoinOptions, join};
use pressmap::table::{self, Form, TableOptions};

fn main() {
    divan::main();
}

/// Positions all over the land between 60° south and 70° north, from a fixed sequence.
fn positions(count: usize) -> Vec<LonLat> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..count).map(|_| LonLat::new(next() * 360.0 - 180.0, next() * 130.0 - 60.0)).collect()
}

#[divan::bench]
fn the_index_of_all_countries() {
    divan::black_box(Atlas::bundled().locator(Level::Country));
}

/// The same, cut into cells besides.
#[divan::bench]
fn the_index_made_ready_for_many() {
    divan::black_box(Atlas::bundled().locator(Level::Country).for_many());
}

#[divan::bench(sample_count = 5)]
fn a_million_positions_by_cells(bencher: divan::Bencher<'_, '_>) {
    let (locator, all) = (Atlas::bundled().locator(Level::Country).for_many(), positions(1_000_000));
    bencher.bench(|| all.iter().filter(|at| locator.at(**at).is_some()).count());
}

#[divan::bench(sample_count = 5)]
fn a_million_positions_one_by_one(bencher: divan::Bencher<'_, '_>) {
    let (locator, all) = (Atlas::bundled().locator(Level::Country), positions(1_000_000));
    bencher.bench(|| all.iter().filter(|at| locator.at(**at).is_some()).count());
}

fn text() -> String {
    let mut text = String::from("lon,lat\n");
    for at in positions(1_000_000) {
        text.push_str(&format!("{:.4},{:.4}\n", at.lon, at.lat));
    }
    text
}

fn table(text: &str) -> table::Table {
    let read = table::read("p.csv", text.as_bytes(), Form::Delimited, &TableOptions::default());
    read.expect("a table").value
}

/// The join alone.
#[divan::bench(sample_count = 3)]
fn join_a_table_of_a_million_positions(bencher: divan::Bencher<'_, '_>) {
    let table = table(&text());
    bencher.bench(|| join(&table, Atlas::bundled(), &JoinOptions::default()).expect("positions"));
}

#[divan::bench(sample_count = 3)]
fn read_and_join_a_table_of_a_million_positions(bencher: divan::Bencher<'_, '_>) {
    let text = text();
    bencher.bench(|| join(&table(&text), Atlas::bundled(), &JoinOptions::default()).expect("positions"));
}
