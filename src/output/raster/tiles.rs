//! Patterns as vectors: every mark of every tile is an outline, so that they stay crisp at any scale.

use super::outline::Outline;
use crate::output::pattern::{Form, Tile};
use crate::paint::Color;

/// Sides of the polygon that stands for a dot.
const DOT_SIDES: u32 = 24;

/// The marks of all tiles that touch a window (left, top, right, bottom, in device px), first to last. `scale` is
/// device px per scene px.
pub fn marks(tile: &Tile, scale: f64, window: (i32, i32, i32, i32)) -> Vec<(Outline, Color)> {
    let frame = Frame::new(tile, scale, window);
    tile.marks.iter().map(|mark| (frame.outline(mark.form), mark.color)).collect()
}

/// A tile's frame on the page, and the tiles that are needed.
struct Frame {
    sin: f64,
    cos: f64,
    scale: f64,
    side: f64,
    origin: (f64, f64),
    /// The first and the last.
    columns: (f64, f64),
    rows: (f64, f64),
}

impl Frame {
    fn new(tile: &Tile, scale: f64, (left, top, right, bottom): (i32, i32, i32, i32)) -> Frame {
        let (sin, cos) = tile.turn();
        let tile_place = |x: i32, y: i32| {
            let (x, y) = (f64::from(x) / scale - tile.origin.0, f64::from(y) / scale - tile.origin.1);
            (x * cos + y * sin, y * cos - x * sin)
        };
        let corners =
            [(left, top), (right, top), (left, bottom), (right, bottom)].map(|(x, y)| tile_place(x, y));
        let reach = |pick: fn(&(f64, f64)) -> f64| {
            let least = corners.iter().map(pick).fold(f64::INFINITY, f64::min);
            let most = corners.iter().map(pick).fold(f64::NEG_INFINITY, f64::max);
            ((least / tile.side).floor(), (most / tile.side).floor())
        };
        let (side, origin) = (tile.side, tile.origin);
        Frame { sin, cos, scale, side, origin, columns: reach(|c| c.0), rows: reach(|c| c.1) }
    }

    /// A place in the tiles' frame in device px.
    fn place(&self, x: f64, y: f64) -> [f32; 2] {
        let (px, py) = (x * self.cos - y * self.sin, x * self.sin + y * self.cos);
        [((px + self.origin.0) * self.scale) as f32, ((py + self.origin.1) * self.scale) as f32]
    }

    fn outline(&self, form: Form) -> Outline {
        let mut to = Outline::default();
        let ends = |(first, last): (f64, f64)| (first * self.side, (last + 1.0) * self.side);
        match form {
            Form::Band(from, end) => {
                let (left, right) = ends(self.columns);
                for y in self.steps(self.rows) {
                    self.rectangle(&mut to, (left, y + from), (right, y + end));
                }
            }
            Form::Column(from, end) => {
                let (top, bottom) = ends(self.rows);
                for x in self.steps(self.columns) {
                    self.rectangle(&mut to, (x + from, top), (x + end, bottom));
                }
            }
            Form::Bar(x0, y0, x1, y1) => {
                for y in self.steps(self.rows) {
                    for x in self.steps(self.columns) {
                        self.rectangle(&mut to, (x + x0, y + y0), (x + x1, y + y1));
                    }
                }
            }
            Form::Dot(x, y, radius) => self.dots(&mut to, (x, y), radius),
        }
        to
    }

    fn dots(&self, to: &mut Outline, at: (f64, f64), radius: f64) {
        let rim: Vec<(f64, f64)> = (0..DOT_SIDES)
            .map(|i| f64::from(i) * std::f64::consts::TAU / f64::from(DOT_SIDES))
            .map(|angle| (radius * libm::cos(angle), radius * libm::sin(angle)))
            .collect();
        for y in self.steps(self.rows) {
            for x in self.steps(self.columns) {
                to.polygon(rim.iter().map(|(dx, dy)| self.place(x + at.0 + dx, y + at.1 + dy)));
            }
        }
    }

    fn rectangle(&self, to: &mut Outline, (left, top): (f64, f64), (right, bottom): (f64, f64)) {
        to.polygon([
            self.place(left, top),
            self.place(right, top),
            self.place(right, bottom),
            self.place(left, bottom),
        ]);
    }

    fn steps(&self, (first, last): (f64, f64)) -> impl Iterator<Item = f64> + use<> {
        let side = self.side;
        (0..=(last - first) as u32).map(move |i| (first + f64::from(i)) * side)
    }
}
