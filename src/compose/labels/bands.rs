//! A shape cut into thin horizontal bands: which stretches of a band are wholly inside, which are touched at
//! all.
//!
//! With both, "is this box wholly inside", "is it wholly outside" and "how much of it is covered" cost a few
//! comparisons per band, and all places where a box of a given size fits inside come out of one sweep
//! ([`Bands::fits`]). The answers err on the safe side by at most one band's thickness.

use super::polygon::Shape;
use kurbo::{Line, Point, Rect};

/// A stretch of a band, from `x0` to `x1` in px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Left end.
    pub x0: f64,
    /// Right end.
    pub x1: f64,
}

/// A shape in bands.
#[derive(Clone, Debug)]
pub struct Bands {
    /// The y of the first band's upper edge.
    pub top: f64,
    /// Thickness of a band.
    pub step: f64,
    /// Per band, the stretches that lie wholly inside.
    inner: Rows,
    /// Per band, the stretches that the shape touches.
    outer: Rows,
}

/// Spans of all bands in one array.
#[derive(Clone, Debug, Default)]
struct Rows {
    spans: Vec<Span>,
    ends: Vec<u32>,
}

impl Rows {
    fn get(&self, row: usize) -> &[Span] {
        let Some(&end) = self.ends.get(row) else { return &[] };
        let start = row.checked_sub(1).map_or(0, |r| self.ends[r]);
        &self.spans[start as usize..end as usize]
    }

    /// Makes room for about a span in each of so many rows.
    fn reserve(&mut self, rows: usize) {
        self.spans.reserve(rows);
        self.ends.reserve(rows);
    }

    fn end_row(&mut self) {
        self.ends.push(self.spans.len() as u32);
    }
}

/// The pieces in the order of their rows (a counting sort), and where each row starts.
fn by_row(pieces: &[Piece], count: usize) -> (Vec<Piece>, Vec<usize>) {
    let mut starts = vec![0; count + 1];
    pieces.iter().for_each(|p| starts[p.row as usize + 1] += 1);
    for row in 0..count {
        starts[row + 1] += starts[row];
    }
    let mut next = starts.clone();
    let mut sorted = pieces.to_vec();
    for &piece in pieces {
        let slot = &mut next[piece.row as usize];
        sorted[*slot] = piece;
        *slot += 1;
    }
    (sorted, starts)
}

/// A piece of the outline within one band: its shadow on the x axis, and whether it crosses the band's
/// middle line.
#[derive(Clone, Copy)]
struct Piece {
    row: u32,
    x0: f64,
    x1: f64,
    crosses: bool,
}

impl Bands {
    /// `shape` in bands of at most `step` px, at most `limit` of them.
    pub fn new(shape: &Shape, step: f64, limit: usize) -> Self {
        let Rect { y0, y1, .. } = shape.bounds;
        let count = ((y1 - y0) / step).ceil().clamp(1.0, limit as f64);
        let step = ((y1 - y0) / count).max(1e-6);
        Bands::cut_up(shape, y0, step, count as usize)
    }

    /// `shape` in bands of exactly `step` px between multiples of it, and which multiple the first one starts at.
    pub fn aligned(shape: &Shape, step: f64) -> (f64, Self) {
        let first = (shape.bounds.y0 / step).floor();
        let count = ((shape.bounds.y1 / step).floor() - first + 1.0).max(1.0);
        (first, Bands::cut_up(shape, first * step, step, count as usize))
    }

    fn cut_up(shape: &Shape, top: f64, step: f64, count: usize) -> Self {
        let mut bands = Bands { top, step, inner: Rows::default(), outer: Rows::default() };
        if shape.rings.is_empty() {
            return bands;
        }
        bands.inner.reserve(count);
        bands.outer.reserve(count);
        // most edges are short and lie in one band
        let edges = shape.rings.iter().map(|ring| ring.points.len()).sum::<usize>();
        let mut pieces = Vec::with_capacity(2 * (edges + count));
        shape.edges().for_each(|edge| bands.cut(edge, count, &mut pieces));
        let (mut sorted, starts) = by_row(&pieces, count);
        for ends in starts.windows(2) {
            let row = &mut sorted[ends[0]..ends[1]];
            row.sort_unstable_by(|a, b| a.x0.total_cmp(&b.x0));
            bands.add_row(row);
        }
        bands
    }

    /// Cuts `edge` where it passes from band to band.
    fn cut(&self, edge: Line, count: usize, pieces: &mut Vec<Piece>) {
        let (a, b) = if edge.p0.y <= edge.p1.y { (edge.p0, edge.p1) } else { (edge.p1, edge.p0) };
        let (from, to) = ((a.y - self.top) / self.step, (b.y - self.top) / self.step);
        // An edge that only touches a band's border is not in the band.
        let first = (from + 1e-9) as usize;
        let end = to - 1e-9;
        let last = (end as usize + usize::from(end > (end as usize) as f64)).min(count);
        // most edges lie in one band
        if first + 1 == last {
            let middle = self.top + first as f64 * self.step + self.step / 2.0;
            let crosses = (a.y <= middle) != (b.y <= middle);
            pieces.push(Piece { row: first as u32, x0: a.x.min(b.x), x1: a.x.max(b.x), crosses });
            return;
        }
        let slope = if b.y > a.y { (b.x - a.x) / (b.y - a.y) } else { 0.0 };
        for row in first..last {
            let upper = self.top + row as f64 * self.step;
            let middle = upper + self.step / 2.0;
            let start = if row == first { a.x } else { a.x + (upper - a.y) * slope };
            let end = if row + 1 == last { b.x } else { a.x + (upper + self.step - a.y) * slope };
            let crosses = (a.y <= middle) != (b.y <= middle);
            pieces.push(Piece { row: row as u32, x0: start.min(end), x1: start.max(end), crosses });
        }
    }

    /// The gaps between the outline's shadows are uniform: inside where the number of crossings to the left
    /// is odd.
    fn add_row(&mut self, pieces: &[Piece]) {
        let mut inside = false;
        let mut touched: Option<Span> = None;
        let mut edge = f64::NEG_INFINITY;
        for piece in pieces {
            if piece.x0 > edge && edge.is_finite() {
                if inside {
                    self.inner.spans.push(Span { x0: edge, x1: piece.x0 });
                } else {
                    self.outer.spans.extend(touched.take());
                }
            }
            edge = edge.max(piece.x1);
            touched = Some(Span { x0: touched.map_or(piece.x0, |t| t.x0), x1: edge });
            inside ^= piece.crosses;
        }
        self.outer.spans.extend(touched);
        self.inner.end_row();
        self.outer.end_row();
    }

    /// Number of bands.
    pub fn len(&self) -> usize {
        self.inner.ends.len()
    }

    /// Whether there is no band.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The stretches of band `row` that lie wholly inside, from left to right.
    pub fn inner(&self, row: usize) -> &[Span] {
        self.inner.get(row)
    }

    /// The stretches of band `row` that the shape touches, from left to right.
    pub fn outer(&self, row: usize) -> &[Span] {
        self.outer.get(row)
    }

    /// The stretches that the shape touches, as boxes: those that overlap `near`.
    pub fn boxes(&self, near: Rect) -> impl Iterator<Item = Rect> {
        let of = move |row: usize| {
            let (top, step) = (self.top + row as f64 * self.step, self.step);
            let met = self.outer(row).iter().filter(move |s| s.x0 < near.x1 && near.x0 < s.x1);
            met.map(move |s| Rect::new(s.x0, top, s.x1, top + step))
        };
        self.rows(near.y0, near.y1).flat_map(of)
    }

    /// The bands that `y0` to `y1` overlaps.
    fn rows(&self, y0: f64, y1: f64) -> std::ops::Range<usize> {
        let at = |y: f64| ((y - self.top) / self.step).clamp(0.0, self.len() as f64);
        at(y0 + 1e-9).floor() as usize..at(y1 - 1e-9).ceil() as usize
    }

    /// Whether band `row` is inside all the way from `x0` to `x1`.
    pub fn row_holds(&self, row: usize, x0: f64, x1: f64) -> bool {
        self.inner.get(row).iter().any(|s| s.x0 <= x0 + 1e-9 && x1 <= s.x1 + 1e-9)
    }

    /// Whether `rect` lies wholly inside.
    pub fn holds(&self, rect: Rect) -> bool {
        let bottom = self.top + self.step * self.len() as f64;
        rect.y0 >= self.top - 1e-9
            && rect.y1 <= bottom + 1e-9
            && self.rows(rect.y0, rect.y1).all(|row| self.row_holds(row, rect.x0, rect.x1))
    }

    /// Whether `rect` touches the shape.
    pub fn touches(&self, rect: Rect) -> bool {
        self.rows(rect.y0, rect.y1)
            .any(|row| self.outer.get(row).iter().any(|s| s.x0 < rect.x1 && rect.x0 < s.x1))
    }

    /// How much of `rect` the shape covers, 0 to 1.
    pub fn share(&self, rect: Rect) -> f64 {
        let area = rect.area();
        if area <= 0.0 {
            return 0.0;
        }
        let length = |spans: &[Span]| -> f64 {
            spans.iter().map(|s| (s.x1.min(rect.x1) - s.x0.max(rect.x0)).max(0.0)).sum()
        };
        let covered = self.rows(rect.y0, rect.y1).map(|row| {
            let upper = self.top + row as f64 * self.step;
            let height = rect.y1.min(upper + self.step) - rect.y0.max(upper);
            // The true edge runs somewhere between the inner and the outer one.
            height * (length(self.inner.get(row)) + length(self.outer.get(row))) / 2.0
        });
        (covered.sum::<f64>() / area).clamp(0.0, 1.0)
    }

    /// The length in px of the segment `a`–`b` that the shape covers.
    pub fn covered_length(&self, a: Point, b: Point) -> f64 {
        let (upper, lower) = if a.y <= b.y { (a, b) } else { (b, a) };
        let (dx, dy) = (lower.x - upper.x, lower.y - upper.y);
        let length = libm::hypot(dx, dy);
        if self.is_empty() || lower.y < self.top || upper.y > self.top + self.step * self.len() as f64 {
            return 0.0;
        }
        if dy < 1e-6 {
            let rect = Rect::new(a.x.min(b.x), a.y - 1e-3, a.x.max(b.x), a.y + 1e-3);
            return self.share(rect) * length;
        }
        let covered = self.rows(upper.y, lower.y).map(|row| {
            let y = self.top + row as f64 * self.step;
            let (from, to) = (y.max(upper.y), (y + self.step).min(lower.y));
            let x = |y: f64| upper.x + (y - upper.y) / dy * dx;
            let (x0, x1) = (x(from).min(x(to)), x(from).max(x(to)));
            let piece = (to - from) / dy * length;
            let inside = |s: &Span| {
                if x1 - x0 < 1e-9 {
                    return if s.x0 <= x0 && x0 <= s.x1 { 1.0 } else { 0.0 };
                }
                (s.x1.min(x1) - s.x0.max(x0)).max(0.0) / (x1 - x0)
            };
            piece * self.outer.get(row).iter().map(inside).sum::<f64>()
        });
        covered.sum()
    }

    /// Every place where a box of `width` × `height` fits inside: calls `found` with the y of the box's top,
    /// the free play below it, and the stretch in which the box may slide.
    pub fn fits(&self, width: f64, height: f64, mut found: impl FnMut(f64, f64, Span)) {
        let tall = (height / self.step - 1e-9).ceil().max(1.0) as usize;
        let play = (tall as f64 * self.step - height).max(0.0);
        let (mut free, mut next) = (Vec::new(), Vec::new());
        for row in 0..(self.len() + 1).saturating_sub(tall) {
            free.clear();
            free.extend(self.inner.get(row).iter().filter(|s| s.x1 - s.x0 >= width));
            for below in row + 1..row + tall {
                if free.is_empty() {
                    break;
                }
                intersect(&free, self.inner.get(below), width, &mut next);
                std::mem::swap(&mut free, &mut next);
            }
            for &span in &free {
                found(self.top + row as f64 * self.step, play, span);
            }
        }
    }
}

/// The common stretches of two sorted lists that are at least `width` long.
fn intersect(a: &[Span], b: &[Span], width: f64, out: &mut Vec<Span>) {
    out.clear();
    let (mut i, mut j) = (0, 0);
    while let (Some(s), Some(t)) = (a.get(i), b.get(j)) {
        let common = Span { x0: s.x0.max(t.x0), x1: s.x1.min(t.x1) };
        if common.x1 - common.x0 >= width {
            out.push(common);
        }
        if s.x1 < t.x1 {
            i += 1;
        } else {
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Path;

    fn bands(svg: &str, step: f64) -> Bands {
        Bands::new(&Shape::new(&Path::from_svg(svg).unwrap(), 0.1), step, 1000)
    }

    #[test]
    fn a_box_is_exact() {
        let b = bands("M0 0H100V40H0Z", 4.0);
        assert!(b.holds(Rect::new(0.0, 0.0, 100.0, 40.0)));
        assert!(!b.holds(Rect::new(0.0, -1.0, 100.0, 40.0)));
        assert!(!b.touches(Rect::new(100.0, 0.0, 120.0, 40.0)));
        assert!(b.touches(Rect::new(99.0, 39.0, 120.0, 60.0)));
        assert!((b.share(Rect::new(50.0, 20.0, 150.0, 60.0)) - 0.25).abs() < 1e-9);
    }

    #[test]
    fn a_hole_is_not_inside() {
        let b = bands("M0 0H100V100H0Z M40 40H60V60H40Z", 5.0);
        assert!(!b.holds(Rect::new(10.0, 45.0, 90.0, 55.0)));
        assert!(b.holds(Rect::new(10.0, 65.0, 90.0, 75.0)));
        assert!(!b.touches(Rect::new(45.0, 45.0, 55.0, 55.0)));
        assert!((b.covered_length(Point::new(50.0, -10.0), Point::new(50.0, 110.0)) - 80.0).abs() < 1e-6);
    }

    #[test]
    fn sweeping_finds_the_only_place() {
        // A corridor that opens into a room of 30×12 at the right.
        let b = bands("M0 0H60V-4H90V8H60V4H0Z", 1.0);
        let mut tops = Vec::new();
        b.fits(28.0, 12.0, |top, _, span| tops.push((top, span)));
        assert_eq!(tops, [(-4.0, Span { x0: 60.0, x1: 90.0 })]);
    }

    #[test]
    fn a_slope_errs_on_the_safe_side() {
        let b = bands("M0 0L100 100L0 100Z", 2.0);
        let mut worst: f64 = 0.0;
        b.fits(10.0, 10.0, |top, _, span| worst = worst.max(span.x1 - top));
        assert!(worst <= 1e-9, "a box's upper right corner would be {worst} px outside");
    }

    #[test]
    fn a_horizontal_segment_is_measured() {
        let b = bands("M0 0H100V100H0Z", 7.0);
        assert!((b.covered_length(Point::new(150.0, 50.0), Point::new(50.0, 50.0)) - 50.0).abs() < 1e-6);
    }
}
