//! A shape on the page as plain rings, and the elementary tests on it.
//!
//! Takes a [`Path`] (even-odd) or an open line, gives vertices in px that are thinned to what a label can
//! notice. Thinning is by radial distance: the thinned outline stays within the tolerance of the
//! outline and vice versa, so that a margin wider than the tolerance makes every test safe.

use kurbo::{Line, ParamCurve, PathEl, Point, Rect, Vec2};

use crate::geometry::{Path, Subpath};

/// A closed ring. The last vertex is joined to the first; it is not repeated.
#[derive(Clone, Debug)]
pub struct Ring {
    /// At least three vertices.
    pub points: Vec<Point>,
    /// The box around the vertices.
    pub bounds: Rect,
    /// Enclosed area in px², positive whatever the ring's direction.
    pub area: f64,
}

/// Rings that bound an area by the even-odd rule.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The rings, in the order of the path.
    pub rings: Vec<Ring>,
    /// The box around all rings; zero if there are none.
    pub bounds: Rect,
}

impl Shape {
    /// The rings of `path`, with vertices closer than `tolerance` px to their predecessor left out.
    ///
    /// Rings smaller than the tolerance vanish, but the largest ring always stays, so that the tiniest place
    /// still has a shape. Subpaths with a vertex that is not finite are left out.
    pub fn new(path: &Path, tolerance: f64) -> Self {
        match path.subpaths().map(Subpath::chain).collect::<Option<Vec<&[Point]>>>() {
            Some(chains) => Shape::thinned(chains, tolerance),
            None => Shape::thinned(polylines(path).iter().map(Vec::as_slice).collect(), tolerance),
        }
    }

    fn thinned(mut lines: Vec<&[Point]>, tolerance: f64) -> Self {
        lines.retain(|l| l.len() > 2 && l.iter().all(|p| p.is_finite()));
        let mut rings: Vec<Ring> = lines.iter().filter_map(|l| Ring::new(thin(l, tolerance))).collect();
        rings.retain(|r| r.bounds.width().max(r.bounds.height()) > tolerance);
        if rings.is_empty() {
            let whole = lines.into_iter().filter_map(|l| Ring::new(l.to_vec()));
            rings.extend(whole.max_by(|a, b| a.area.total_cmp(&b.area)));
        }
        Shape::from_rings(rings)
    }

    fn from_rings(rings: Vec<Ring>) -> Self {
        let bounds = rings.iter().map(|r| r.bounds).reduce(|a, b| a.union(b)).unwrap_or_default();
        Shape { rings, bounds }
    }

    /// The same shape with every vertex moved by `f`.
    pub fn map(&self, f: impl Fn(Point) -> Point) -> Self {
        let rings = self.rings.iter().filter_map(|r| Ring::new(r.points.iter().map(|&p| f(p)).collect()));
        Shape::from_rings(rings.collect())
    }

    /// The ring around the largest area: the mainland.
    pub fn main_ring(&self) -> Option<&Ring> {
        self.rings.iter().max_by(|a, b| a.area.total_cmp(&b.area))
    }

    /// Whether `p` lies inside by the even-odd rule.
    pub fn contains(&self, p: Point) -> bool {
        let around = self.rings.iter().filter(|r| r.bounds.inflate(1e-9, 1e-9).contains(p));
        around.fold(false, |inside, ring| inside ^ ring.contains(p))
    }

    /// All edges of all rings.
    pub fn edges(&self) -> impl Iterator<Item = Line> + '_ {
        self.rings.iter().flat_map(Ring::edges)
    }
}

impl Ring {
    /// `None` if there are fewer than three vertices.
    pub fn new(mut points: Vec<Point>) -> Option<Self> {
        while points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        if points.len() < 3 {
            return None;
        }
        let bounds = bounds_of(&points);
        let area = doubled_area(&points).abs() / 2.0;
        Some(Ring { points, bounds, area })
    }

    /// The edges in order, the closing one included.
    pub fn edges(&self) -> impl Iterator<Item = Line> + '_ {
        let next = self.points.iter().skip(1).chain(self.points.first());
        self.points.iter().zip(next).map(|(&a, &b)| Line::new(a, b))
    }

    /// Whether `p` lies inside (crossing number).
    pub fn contains(&self, p: Point) -> bool {
        self.edges().fold(false, |inside, e| inside ^ crosses_ray(e, p))
    }

    /// The centre of gravity of the enclosed area; of the box if the area is nil.
    pub fn centroid(&self) -> Point {
        let origin = self.bounds.center();
        let (mut sum, mut doubled) = (Vec2::ZERO, 0.0);
        for e in self.edges() {
            let (a, b) = (e.p0 - origin, e.p1 - origin);
            let cross = a.cross(b);
            sum += (a + b) * cross;
            doubled += cross;
        }
        if doubled.abs() < 1e-9 { origin } else { origin + sum / (3.0 * doubled) }
    }

    /// The direction (unit vector) in which the area is longest, and how many times longer than across it
    /// is: the axes of the ellipse with the same second moments.
    pub fn long_axis(&self) -> (Vec2, f64) {
        let origin = self.centroid();
        let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
        for e in self.edges() {
            let (a, b) = (e.p0 - origin, e.p1 - origin);
            let cross = a.cross(b);
            xx += cross * (a.x * a.x + a.x * b.x + b.x * b.x) / 12.0;
            yy += cross * (a.y * a.y + a.y * b.y + b.y * b.y) / 12.0;
            xy += cross * (a.x * b.y + 2.0 * a.x * a.y + 2.0 * b.x * b.y + b.x * a.y) / 24.0;
        }
        let sign = if xx + yy < 0.0 { -1.0 } else { 1.0 };
        let (xx, yy, xy) = (xx * sign, yy * sign, xy * sign);
        let spread = libm::hypot(xx - yy, 2.0 * xy);
        let (long, across) = ((xx + yy + spread) / 2.0, (xx + yy - spread) / 2.0);
        let (sin, cos) = libm::sincos(libm::atan2(2.0 * xy, xx - yy) / 2.0);
        (Vec2::new(cos, sin), (long / across.max(1e-9)).max(1.0).sqrt())
    }
}

fn crosses_ray(edge: Line, p: Point) -> bool {
    let Line { p0: a, p1: b } = edge;
    (a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)
}

fn doubled_area(points: &[Point]) -> f64 {
    let Some(&origin) = points.first() else { return 0.0 };
    points.windows(2).map(|w| (w[0] - origin).cross(w[1] - origin)).sum()
}

/// The box around `points`; zero for none.
pub fn bounds_of(points: &[Point]) -> Rect {
    let boxes = points.iter().map(|&p| Rect::from_points(p, p));
    boxes.reduce(|a, b| a.union(b)).unwrap_or_default()
}

/// The subpaths of `path` as chains of vertices, curves cut into short chords.
///
/// The number of chords comes from the length of the control polygon alone, so that no transcendental
/// function of the machine decides about a vertex.
pub fn polylines(path: &Path) -> Vec<Vec<Point>> {
    let mut lines: Vec<Vec<Point>> = Vec::new();
    let mut line = Vec::new();
    for segment in path.elements() {
        match segment {
            PathEl::MoveTo(p) => {
                lines.push(std::mem::take(&mut line));
                line.push(p);
            }
            PathEl::LineTo(p) => line.push(p),
            PathEl::QuadTo(b, c) => chords(&mut line, &[b, c], |a, t| kurbo::QuadBez::new(a, b, c).eval(t)),
            PathEl::CurveTo(b, c, d) => {
                chords(&mut line, &[b, c, d], |a, t| kurbo::CubicBez::new(a, b, c, d).eval(t));
            }
            PathEl::ClosePath => {
                if let Some(&first) = line.first() {
                    line.push(first);
                    lines.push(std::mem::take(&mut line));
                    line.push(first);
                }
            }
        }
    }
    lines.push(line);
    lines.retain(|l| l.len() > 1);
    lines
}

/// Longest chord in px by which a curve is replaced.
const CHORD: f64 = 8.0;

fn chords(line: &mut Vec<Point>, controls: &[Point], eval: impl Fn(Point, f64) -> Point) {
    let Some(&start) = line.last() else { return };
    let mut length = 0.0;
    let mut from = start;
    for &to in controls {
        length += from.distance(to);
        from = to;
    }
    let count = (length / CHORD).ceil().clamp(4.0, 64.0) as usize;
    line.extend((1..=count).map(|k| eval(start, k as f64 / count as f64)));
}

fn thin(points: &[Point], tolerance: f64) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for &p in points {
        let far = kept.last().is_none_or(|&q| (p - q).hypot2() > tolerance * tolerance);
        if far {
            kept.push(p);
        }
    }
    kept
}

/// The part of segment `a`–`b` within `rect`, as parameters from 0 to 1 (Liang & Barsky 1984).
pub fn clip_segment(a: Point, b: Point, rect: Rect) -> Option<(f64, f64)> {
    let d = b - a;
    let (mut t0, mut t1) = (0.0_f64, 1.0_f64);
    for (step, low, high) in [(d.x, rect.x0 - a.x, rect.x1 - a.x), (d.y, rect.y0 - a.y, rect.y1 - a.y)] {
        if step == 0.0 {
            if low > 0.0 || high < 0.0 {
                return None;
            }
            continue;
        }
        let (enter, leave) = if step > 0.0 { (low / step, high / step) } else { (high / step, low / step) };
        t0 = t0.max(enter);
        t1 = t1.min(leave);
    }
    (t0 <= t1).then_some((t0, t1))
}

/// Whether two convex polygons (a segment counts as one of two vertices) have a point in common: no edge's
/// normal separates them (separating axis theorem).
pub fn convex_overlap(a: &[Point], b: &[Point]) -> bool {
    !separated(a, b) && !separated(b, a)
}

fn separated(a: &[Point], b: &[Point]) -> bool {
    let next = a.iter().skip(1).chain(a.first());
    a.iter().zip(next).any(|(&p, &q)| {
        let along = q - p;
        let across = Vec2::new(-along.y, along.x);
        apart(a, b, across) || (a.len() == 2 && apart(a, b, along))
    })
}

fn apart(a: &[Point], b: &[Point], axis: Vec2) -> bool {
    let range = |points: &[Point]| {
        let at = points.iter().map(|p| p.to_vec2().dot(axis));
        at.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
    };
    let ((a0, a1), (b0, b1)) = (range(a), range(b));
    a1 < b0 || b1 < a0
}

/// The four corners of `rect`, in order around it.
pub fn corners(rect: Rect) -> [Point; 4] {
    let Rect { x0, y0, x1, y1 } = rect;
    [Point::new(x0, y0), Point::new(x1, y0), Point::new(x1, y1), Point::new(x0, y1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(svg: &str) -> Path {
        Path::from_svg(svg).unwrap()
    }

    #[test]
    fn a_hole_is_outside_and_an_island_in_it_inside() {
        let shape = Shape::new(&path("M0 0H100V100H0Z M20 20H80V80H20Z M40 40H60V60H40Z"), 0.5);
        assert!(shape.contains(Point::new(10.0, 10.0)));
        assert!(!shape.contains(Point::new(30.0, 30.0)));
        assert!(shape.contains(Point::new(50.0, 50.0)));
        assert!(!shape.contains(Point::new(-1.0, 50.0)));
    }

    #[test]
    fn the_centroid_of_an_l_is_nearer_its_corner() {
        let shape = Shape::new(&path("M0 0H40V10H10V40H0Z"), 0.1);
        let c = shape.main_ring().unwrap().centroid();
        // Two boxes: 40×10 centred on (20, 5), and 10×30 centred on (5, 25).
        let expected = (400.0 * 20.0 + 300.0 * 5.0) / 700.0;
        assert!((c.x - expected).abs() < 1e-9 && (c.y - expected).abs() < 1e-9);
    }

    #[test]
    fn the_long_axis_of_a_tilted_bar_is_its_direction() {
        let turn = kurbo::Affine::rotate(0.4);
        let (axis, ratio) =
            Shape::new(&(turn * path("M0 0H100V10H0Z")), 0.1).main_ring().unwrap().long_axis();
        assert!((libm::atan2(axis.y, axis.x).abs() - 0.4).abs() < 1e-6);
        assert!((ratio - 10.0).abs() < 1e-6);
    }

    #[test]
    fn thinning_drops_specks_but_never_the_last_ring() {
        let specks = path("M0 0H100V100H0Z M200 200h0.2v0.2h-0.2Z");
        assert_eq!(Shape::new(&specks, 1.0).rings.len(), 1);
        let speck = path("M200 200h0.2v0.2h-0.2Z");
        assert_eq!(Shape::new(&speck, 1.0).rings.len(), 1);
    }

    #[test]
    fn paths_without_an_area_or_with_nan_have_no_rings() {
        assert!(Shape::new(&Path::new(), 1.0).rings.is_empty());
        assert!(Shape::new(&path("M0 0L10 10"), 1.0).rings.is_empty());
        let mut odd = Path::new();
        odd.move_to((0.0, 0.0));
        odd.line_to((f64::NAN, 1.0));
        odd.line_to((5.0, 5.0));
        assert!(Shape::new(&odd, 1.0).rings.is_empty());
    }

    #[test]
    fn convex_shapes_overlap_or_not() {
        let square = corners(Rect::new(0.0, 0.0, 10.0, 10.0));
        let diamond = [(15.0, 0.0), (20.0, 5.0), (15.0, 10.0), (9.0, 5.0)].map(Point::from);
        assert!(convex_overlap(&square, &diamond));
        assert!(!convex_overlap(&square, &[Point::new(12.0, -5.0), Point::new(21.0, 4.0)]));
        // Collinear segments that do not meet.
        let ([a, b], [c, d]) =
            ([(0.0, 0.0), (1.0, 0.0)].map(Point::from), [(2.0, 0.0), (3.0, 0.0)].map(Point::from));
        assert!(!convex_overlap(&[a, b], &[c, d]));
        assert!(convex_overlap(&[a, c], &[b, d]));
    }

    #[test]
    fn a_segment_is_clipped_to_a_box() {
        let rect = Rect::new(0.0, 0.0, 10.0, 10.0);
        assert_eq!(clip_segment(Point::new(-10.0, 5.0), Point::new(10.0, 5.0), rect), Some((0.5, 1.0)));
        assert_eq!(clip_segment(Point::new(-10.0, 11.0), Point::new(10.0, 11.0), rect), None);
    }
}
