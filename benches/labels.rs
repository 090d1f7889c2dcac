//! Time of the label engine on a synthetic continent: `cargo bench --bench labels`.
//!
//! Countries are the cells of a jittered grid with ragged borders, about 120 vertices each; every second one
//! near the rim is missing (sea). Names are as long as country names are.

use divan::{Bencher, black_box};
use kurbo::{Point, Rect, Size, Vec2};
use pressmap::compose::labels::{Form, Land, Obstacle, Request, Target, place};
use pressmap::geometry::Path;

fn main() {
    divan::main();
}

struct Map {
    requests: Vec<Request>,
    obstacles: Vec<Obstacle>,
    frame: Rect,
}

/// A hash of `seed` as a number from -1 to 1.
fn noise(seed: u64) -> f64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

fn corner(column: u64, row: u64, cell: f64) -> Point {
    let jitter = Vec2::new(noise(column * 977 + row), noise(column + row * 1999)) * 0.3 * cell;
    Point::new((column as f64 + 1.0) * cell, (row as f64 + 1.0) * cell) + jitter
}

/// A border of 30 ragged strokes, the same for both neighbours.
fn border(path: &mut Path, from: (u64, u64), to: (u64, u64), cell: f64) {
    let (low, high) = if from <= to { (from, to) } else { (to, from) };
    let (a, b) = (corner(low.0, low.1, cell), corner(high.0, high.1, cell));
    let seed = low.0 * 31 + low.1 * 1_000_003 + high.0 * 7 + high.1 * 131;
    let at = |k: u64| {
        let ragged = Vec2::new(noise(seed + k * 3), noise(seed + k * 5)) * 0.015 * cell;
        a.lerp(b, k as f64 / 30.0) + if k.is_multiple_of(30) { Vec2::ZERO } else { ragged }
    };
    (0..30).for_each(|k| path.line_to(at(if from <= to { k } else { 30 - k })));
}

fn country(column: u64, row: u64, cell: f64) -> Path {
    let corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
    let mut path = Path::new();
    path.move_to(corner(column, row, cell));
    (0..4).for_each(|k| border(&mut path, corners[k], corners[(k + 1) % 4], cell));
    path.close_path();
    path
}

fn map(side: u64, cell: f64, em: f64) -> Map {
    let (mut requests, mut obstacles) = (Vec::new(), Vec::new());
    for (column, row) in (0..side * side).map(|k| (k % side, k / side)) {
        let rim = column == 0 || row == 0 || column + 1 == side || row + 1 == side;
        if rim && (column + row) % 2 == 0 {
            continue;
        }
        let path = country(column, row, cell);
        let letters = (7.5 + 3.5 * noise(column * 53 + row)).round();
        let form = |lines: usize, scale: f64, penalty: f64| {
            let size = Size::new(
                0.58 * em * scale * letters / lines as f64,
                em * scale * (1.2 * lines as f64 - 0.5),
            );
            Form { size, lines, penalty, spread: false }
        };
        let forms = vec![form(1, 1.0, 0.0), form(2, 1.0, 0.1), form(1, 0.85, 0.4)];
        let owner = Some(requests.len());
        obstacles.push(Obstacle { path: path.clone().into(), reach: 0.0, weight: 0.9, owner });
        let target = Target::Area(path.into());
        requests.push(Request {
            forms,
            target,
            priority: letters,
            may_lead: true,
            reach: f64::INFINITY,
            land: Land::default(),
        });
    }
    let side = (side as f64 + 2.0) * cell;
    Map { requests, obstacles, frame: Rect::new(0.0, 0.0, side, side) }
}

/// 50 names, most of which fit.
#[divan::bench]
fn fifty_roomy(bencher: Bencher) {
    let map = map(8, 110.0, 14.0);
    bencher.bench_local(|| black_box(place(&map.requests, &map.obstacles, map.frame)));
}

/// 50 names, half of which do not fit.
#[divan::bench]
fn fifty_crowded(bencher: Bencher) {
    let map = map(8, 60.0, 12.0);
    bencher.bench_local(|| black_box(place(&map.requests, &map.obstacles, map.frame)));
}

/// 230 names on 27 000 vertices, most of which fit.
#[divan::bench]
fn many_roomy(bencher: Bencher) {
    let map = map(16, 90.0, 12.0);
    bencher.bench_local(|| black_box(place(&map.requests, &map.obstacles, map.frame)));
}

/// 230 names on 27 000 vertices, a third of which do not fit.
#[divan::bench]
fn many_crowded(bencher: Bencher) {
    let map = map(16, 68.0, 12.0);
    bencher.bench_local(|| black_box(place(&map.requests, &map.obstacles, map.frame)));
}
