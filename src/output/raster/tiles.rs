//! Patterns as vectors: every mark of every tile is drawn as a path, so that they stay crisp at any scale.

use tiny_skia::{FillRule, Mask, Path, PathBuilder, Pixmap, Transform};

use super::paint::ink;
use crate::output::pattern::{Form, Tile};

/// Draws the marks of `tile` on `sheet` through `inside`. The sheet's corner stands at `corner` device px of the page,
/// and `scale` is device px per scene px.
pub fn draw(sheet: &mut Pixmap, inside: &Mask, corner: (f64, f64), tile: &Tile, scale: f64) {
    let frame = Frame::new(tile, corner, scale);
    let reach = frame.reach(f64::from(sheet.width()), f64::from(sheet.height()));
    for mark in &tile.marks {
        if let Some(path) = frame.marks(mark.form, &reach) {
            sheet.fill_path(&path, &ink(mark.color), FillRule::Winding, Transform::identity(), Some(inside));
        }
    }
}

/// From a tile's frame to the sheet.
struct Frame {
    sin: f64,
    cos: f64,
    corner: (f64, f64),
    scale: f64,
    side: f64,
}

/// The tiles that a sheet touches: the first and the last, and the ends of a band across them.
struct Reach {
    columns: (f64, f64),
    rows: (f64, f64),
}

impl Frame {
    fn new(tile: &Tile, corner: (f64, f64), scale: f64) -> Frame {
        let (sin, cos) = tile.turn();
        Frame { sin, cos, corner, scale, side: tile.side }
    }

    fn place(&self, x: f64, y: f64) -> (f32, f32) {
        let (px, py) = (x * self.cos - y * self.sin, x * self.sin + y * self.cos);
        ((px * self.scale - self.corner.0) as f32, (py * self.scale - self.corner.1) as f32)
    }

    fn tile_place(&self, x: f64, y: f64) -> (f64, f64) {
        let (px, py) = ((x + self.corner.0) / self.scale, (y + self.corner.1) / self.scale);
        (px * self.cos + py * self.sin, py * self.cos - px * self.sin)
    }

    fn reach(&self, width: f64, height: f64) -> Reach {
        let corners =
            [(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)].map(|(x, y)| self.tile_place(x, y));
        let least = |pick: fn(&(f64, f64)) -> f64| corners.iter().map(pick).fold(f64::INFINITY, f64::min);
        let most = |pick: fn(&(f64, f64)) -> f64| corners.iter().map(pick).fold(f64::NEG_INFINITY, f64::max);
        let tiles = |from: f64, to: f64| ((from / self.side).floor(), (to / self.side).floor());
        Reach { columns: tiles(least(|c| c.0), most(|c| c.0)), rows: tiles(least(|c| c.1), most(|c| c.1)) }
    }

    fn marks(&self, form: Form, reach: &Reach) -> Option<Path> {
        let mut to = PathBuilder::new();
        let ends = |(first, last): (f64, f64)| (first * self.side, (last + 1.0) * self.side);
        match form {
            Form::Band(from, end) => {
                let (left, right) = ends(reach.columns);
                for y in steps(reach.rows, self.side) {
                    self.quad(&mut to, (left, y + from), (right, y + end));
                }
            }
            Form::Column(from, end) => {
                let (top, bottom) = ends(reach.rows);
                for x in steps(reach.columns, self.side) {
                    self.quad(&mut to, (x + from, top), (x + end, bottom));
                }
            }
            Form::Dot(radius) => {
                let middle = self.side / 2.0;
                for y in steps(reach.rows, self.side) {
                    for x in steps(reach.columns, self.side) {
                        let (x, y) = self.place(x + middle, y + middle);
                        to.push_circle(x, y, (radius * self.scale) as f32);
                    }
                }
            }
        }
        to.finish()
    }

    fn quad(&self, to: &mut PathBuilder, (left, top): (f64, f64), (right, bottom): (f64, f64)) {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        for (i, (x, y)) in corners.into_iter().enumerate() {
            let (x, y) = self.place(x, y);
            if i == 0 {
                to.move_to(x, y);
            } else {
                to.line_to(x, y);
            }
        }
        to.close();
    }
}

fn steps((first, last): (f64, f64), side: f64) -> impl Iterator<Item = f64> {
    (0..=(last - first) as u32).map(move |i| (first + f64::from(i)) * side)
}
