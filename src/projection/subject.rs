//! What a map is about, as numbers: the smallest cap around it, its latitudes and its width.
//!
//! Takes borders in the sphere form, so that neither the antimeridian nor a pole is special. The
//! smallest cap is that of the smallest ball around the vertices' unit vectors, found by adding
//! the farthest vertex to an exactly solved handful until none is outside (Fischer, Gärtner &
//! Kutz 2003, *Fast smallest-enclosing-ball computation in high dimensions*, §1, in its simplest
//! form); a subject of more than a hemisphere has no such ball, and is centred by its longitudes.

use super::rotate::{cross, dot, normalize, wrap_degrees};
use crate::geometry::{LonLat, Polygon, Topology};

/// What the choice of a projection depends on.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// Middle of the smallest cap that holds the subject.
    pub center: LonLat,
    /// Radius of that cap, radians.
    pub radius: f64,
    /// South and north edge, degrees.
    pub south: f64,
    /// See `south`.
    pub north: f64,
    /// Width in degrees of longitude.
    pub width: f64,
}

/// The subject of a set of shapes; `None` when they have no vertex.
pub fn subject(topology: &Topology, shapes: &[&[Polygon]]) -> Option<Subject> {
    let mut extent = Extent::default();
    // of each arc in use, how far it turns around the globe
    let mut turns: Vec<Option<f64>> = vec![None; topology.arcs.len()];
    for ring in shapes.iter().copied().flatten().flat_map(|p| &p.0) {
        let mut turned = 0.0;
        for r in &ring.0 {
            if let Some(turn) = turns.get_mut(r.arc as usize) {
                let turn = *turn.get_or_insert_with(|| extent.arc(topology.arc(r.arc)));
                turned += if r.reversed { -turn } else { turn };
            }
        }
        extent.close(turned);
    }
    let arcs = (0u32..).zip(&turns).filter(|(_, turn)| turn.is_some());
    let vertices: Vec<_> = arcs.flat_map(|(arc, _)| sparse(topology.arc(arc))).collect();
    if vertices.is_empty() {
        return None;
    }
    let (middle, width) = extent.longitudes();
    let (south, north) = (extent.south, extent.north);
    let (center, radius) = smallest_cap(&vertices).unwrap_or_else(|| {
        let center = LonLat::new(middle, (south + north) / 2.0);
        let unit = center.to_unit();
        let least = vertices.iter().map(|&v| dot(unit, v)).fold(1.0, f64::min);
        (center, libm::acos(least.max(-1.0)))
    });
    Some(Subject { center, radius, south, north, width })
}

/// The ends of an arc and vertices at least a tenth of a degree apart, as unit vectors: no choice
/// depends on more.
fn sparse(arc: &[LonLat]) -> Vec<[f64; 3]> {
    const APART: f64 = 0.1;
    let mut kept: Vec<LonLat> = Vec::new();
    for (k, &v) in arc.iter().enumerate() {
        let near = |u: &LonLat| (v.lon - u.lon).abs() + (v.lat - u.lat).abs() < APART;
        if k + 1 == arc.len() || !kept.last().is_some_and(near) {
            kept.push(v);
        }
    }
    kept.into_iter().map(LonLat::to_unit).collect()
}

/// Half a degree of longitude each.
const BINS: usize = 720;

/// Latitudes and longitudes, gathered arc by arc.
struct Extent {
    south: f64,
    north: f64,
    /// Whether some edge passes over each half degree of longitude from -180 on.
    seen: Vec<bool>,
}

impl Default for Extent {
    fn default() -> Self {
        Extent { south: f64::INFINITY, north: f64::NEG_INFINITY, seen: vec![false; BINS] }
    }
}

impl Extent {
    /// Takes an arc in, and gives how far it turns eastwards, degrees.
    fn arc(&mut self, vertices: &[LonLat]) -> f64 {
        let Some(first) = vertices.first() else { return 0.0 };
        let (mut last, mut turns) = (first.lon, 0.0);
        for vertex in vertices {
            self.south = self.south.min(vertex.lat);
            self.north = self.north.max(vertex.lat);
            let step = wrap_degrees(vertex.lon - last);
            self.pass(last, step);
            turns += step;
            last = vertex.lon;
        }
        turns
    }

    /// Ends a ring that turns so far: one that goes round holds the pole to its left.
    fn close(&mut self, turns: f64) {
        if turns > 180.0 {
            self.north = 90.0;
        } else if turns < -180.0 {
            self.south = -90.0;
        }
    }

    fn pass(&mut self, lon: f64, step: f64) {
        // One turn more, so that cutting off decimals rounds down.
        let bin = |lon: f64| ((lon + 180.0 + 360.0) * 2.0) as usize;
        let (from, to) = (bin(lon.min(lon + step)), bin(lon.max(lon + step)));
        (from..=to).for_each(|k| self.seen[k % BINS] = true);
    }

    /// Middle and width of the longitudes, to half a degree: what is left of the circle without
    /// its largest gap.
    fn longitudes(&self) -> (f64, f64) {
        let Some(start) = self.seen.iter().position(|&s| s) else { return (0.0, 0.0) };
        let (mut gap, mut gap_end, mut run) = (0, start, 0);
        for k in 1..=BINS {
            let bin = (start + k) % BINS;
            if self.seen[bin] {
                if run > gap {
                    (gap, gap_end) = (run, bin);
                }
                run = 0;
            } else {
                run += 1;
            }
        }
        let width = (BINS - gap) as f64 / 2.0;
        (wrap_degrees(gap_end as f64 / 2.0 - 180.0 + width / 2.0), width)
    }
}

/// Centre and radius (radians) of the smallest cap around unit vectors; `None` when it would be
/// more than a hemisphere.
fn smallest_cap(vertices: &[[f64; 3]]) -> Option<(LonLat, f64)> {
    let first = *vertices.first()?;
    let mut support = vec![first];
    let mut cap = Cap::around(&support)?;
    for _ in 0..200 {
        let (mut farthest, mut least) = (first, f64::INFINITY);
        for &v in vertices {
            let cos = dot(cap.axis, v);
            if cos < least {
                (farthest, least) = (v, cos);
            }
        }
        if cap.holds(farthest) {
            break;
        }
        support.push(farthest);
        cap = Cap::around(&support)?;
        // Only what lies on the rim can matter again.
        support.retain(|&v| dot(cap.axis, v) < cap.cos + 1e-9);
    }
    // A cap close to a hemisphere is held up by rounding only.
    (cap.cos > 1e-6).then(|| (LonLat::from_vector(cap.axis), libm::acos(cap.cos.min(1.0))))
}

/// All points whose product with `axis` is at least `cos`.
struct Cap {
    axis: [f64; 3],
    cos: f64,
}

impl Cap {
    fn holds(&self, v: [f64; 3]) -> bool {
        dot(self.axis, v) >= self.cos - 1e-12
    }

    fn new(axis: [f64; 3], rim: [f64; 3]) -> Option<Self> {
        let axis = normalize(axis)?;
        Some(Cap { axis, cos: dot(axis, rim) })
    }

    /// The smallest cap, of at most a hemisphere, around a handful of points: that of one, two or
    /// three of them.
    fn around(points: &[[f64; 3]]) -> Option<Self> {
        let holds_all = |cap: &Cap| cap.cos >= 0.0 && points.iter().all(|&p| cap.holds(p));
        if let [only] = points {
            return Cap::new(*only, *only);
        }
        let pairs = (0..points.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
        let mut best: Option<Cap> = None;
        for (i, j) in pairs {
            let (a, b) = (points[i], points[j]);
            let two = Cap::new(std::array::from_fn(|c| a[c] + b[c]), a);
            let triples = (0..j).map(|k| {
                let edge = |p: [f64; 3]| std::array::from_fn(|c| p[c] - a[c]);
                let normal = cross(edge(b), edge(points[k]));
                let side = dot(normal, a).signum();
                Cap::new(normal.map(|c| c * side), a)
            });
            for cap in triples.chain([two]).flatten().filter(holds_all) {
                if best.as_ref().is_none_or(|b| cap.cos > b.cos) {
                    best = Some(cap);
                }
            }
        }
        best
    }
}
