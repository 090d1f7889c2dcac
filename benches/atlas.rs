//! What the atlas costs a process: set-up, a lookup, unpacking at each detail.
//!
//! `cargo bench --bench atlas`. Set-up and unpacking stand in the budget of every cold render.

use divan::{Bencher, black_box};
use pressmap::atlas::{Atlas, Detail, Level};

fn main() {
    let start = std::time::Instant::now();
    black_box(Atlas::bundled());
    println!("first use of the atlas: {:?}", start.elapsed());
    divan::main();
}

#[divan::bench(args = [Detail::Coarse, Detail::Medium, Detail::Fine])]
fn borders_in_full(bencher: Bencher, detail: Detail) {
    bencher.bench(|| Atlas::bundled().borders(Level::Country, black_box(detail), 0.0));
}

/// A world map 2400 px wide shows 0.15° a pixel; half a pixel is the tolerance.
#[divan::bench(args = [Detail::Coarse, Detail::Medium, Detail::Fine])]
fn borders_for_a_world_map(bencher: Bencher, detail: Detail) {
    bencher.bench(|| Atlas::bundled().borders(Level::Country, black_box(detail), 0.075));
}

#[divan::bench]
fn us_states(bencher: Bencher) {
    bencher.bench(|| Atlas::bundled().borders(Level::UsState, black_box(Detail::Medium), 0.0));
}

#[divan::bench(args = [Detail::Medium, Detail::Fine])]
fn lakes(bencher: Bencher, detail: Detail) {
    bencher.bench(|| Atlas::bundled().lakes(black_box(detail), 0.0.into(), &|_, _| true));
}

#[divan::bench(args = ["Venezuela", "VE", "Venezuela, RB", "Atlantis"])]
fn lookup(bencher: Bencher, name: &str) {
    bencher.bench(|| Atlas::bundled().lookup(black_box(name), Level::Country));
}

#[divan::bench]
fn suggest(bencher: Bencher) {
    bencher.bench(|| Atlas::bundled().suggest(black_box("Venezeula"), Level::Country));
}
