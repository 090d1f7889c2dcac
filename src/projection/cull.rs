//! Leaves out what is far from the frame before any of it is projected.
//!
//! The frame, brought back to the globe, lies in a few caps; a polygon lies in a box of longitudes and
//! latitudes. Where caps and box are apart, the polygon cannot be seen. A frame that shows the edge
//! of the map, or a polygon that goes around a pole or far around the globe, is not worth the care.
//!
//! Of a polygon that reaches into the frame from afar, what lies far from it matters only by where
//! it goes around: a stretch of an arc whose box is apart from the caps can be drawn as one edge,
//! for between the two nothing lies that the frame shows.

use std::f64::consts::FRAC_PI_2;
use std::ops::Range;

use kurbo::{Affine, Point, Rect};

use super::clip::Globe;
use super::rotate::{dot, wrap_degrees};
use crate::geometry::{LonLat, Polygon, Reach, Topology};

/// Caps that together hold all that the frame shows.
pub struct View(Vec<Cap>);

/// A cap of the globe, as the box of longitudes and latitudes around it, degrees.
struct Cap {
    lon: f64,
    /// Half its width; 180 where it holds a pole.
    half: f64,
    south: f64,
    north: f64,
}

/// The frame is looked at in so many parts each way: a cap fits a part better than a long frame.
const PARTS: u32 = 7;

/// Polygons of less than this share of a shape's largest one do not say where it is.
const MINOR: f64 = 0.1;

/// Points along each side of a part.
const PROBES: u32 = 3;

/// The share of the radius by which a part may reach out between two probes.
const MARGIN: f64 = 1.05;

impl View {
    /// `None` when the frame shows the edge of the map, or so much that little can be left out.
    pub(super) fn of<G: Globe>(globe: &G, from_page: Affine, frame: Rect) -> Option<Self> {
        let (width, height) = (frame.width() / f64::from(PARTS), frame.height() / f64::from(PARTS));
        let part = |k: u32| {
            let corner = (f64::from(k % PARTS) * width, f64::from(k / PARTS) * height);
            Cap::of(globe, from_page, Rect::from_origin_size(frame.origin() + corner, (width, height)))
        };
        (0..PARTS * PARTS).map(part).collect::<Option<_>>().map(View)
    }

    /// Whether something of a polygon may be seen, of which no more is known than how far its arcs reach.
    pub fn may_show(&self, polygon: &Polygon, reaches: &[Reach]) -> bool {
        let all = Extent::of_reaches(polygon, reaches);
        !all.tells() || self.meets(&all)
    }

    /// The same of the larger of some polygons.
    pub fn may_show_main(&self, polygons: &[Polygon], reaches: &[Reach]) -> bool {
        let parts: Vec<Extent> =
            polygons.iter().map(|polygon| Extent::of_reaches(polygon, reaches)).collect();
        let least = parts.iter().map(Extent::size).fold(0.0, f64::max) * MINOR;
        parts.iter().any(|part| !part.tells() || (part.size() >= least && self.meets(part)))
    }

    /// Whether something in `extent` may be seen.
    fn meets(&self, extent: &Extent) -> bool {
        self.0.iter().any(|cap| cap.meets(extent))
    }
}

impl Cap {
    /// Around what `part` of the page shows; `None` when that is not the globe, or too much of it.
    fn of<G: Globe>(globe: &G, from_page: Affine, part: Rect) -> Option<Self> {
        let middle = globe.unproject(from_page * part.center())?;
        let (center, at) = (globe.undo(middle), globe.unit(middle));
        // the square of the longest chord from the centre
        let mut longest: f64 = 0.0;
        for k in 0..PROBES {
            let t = f64::from(k) / f64::from(PROBES);
            let (x, y) = (part.x0 + t * part.width(), part.y0 + t * part.height());
            let (u, v) = (part.x1 - t * part.width(), part.y1 - t * part.height());
            for (x, y) in [(x, part.y0), (part.x1, y), (u, part.y1), (part.x0, v)] {
                let unit = globe.unit(globe.unproject(from_page * Point::new(x, y))?);
                let chord = [unit[0] - at[0], unit[1] - at[1], unit[2] - at[2]];
                longest = longest.max(dot(chord, chord));
            }
        }
        let radius = 2.0 * libm::asin((longest.sqrt() / 2.0).min(1.0)) * MARGIN;
        if radius >= FRAC_PI_2 {
            return None;
        }
        let reach = radius.to_degrees();
        let (sin, cos) = (libm::sin(radius), libm::cos(center.lat.to_radians()));
        let half = if sin < cos { libm::asin(sin / cos).to_degrees() } else { 180.0 };
        Some(Cap { lon: center.lon, half, south: center.lat - reach, north: center.lat + reach })
    }

    fn meets(&self, extent: &Extent) -> bool {
        let bulge = extent.bulge();
        extent.south - bulge <= self.north
            && extent.north + bulge >= self.south
            && wrap_degrees(self.lon - extent.middle()).abs() <= self.half + extent.width() / 2.0
    }
}

/// A box of longitudes and latitudes, degrees. Longitudes are followed over ±180, so that they may leave that range.
#[derive(Clone, Copy)]
struct Extent {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
    /// The widest edge.
    step: f64,
    /// Twice the area to the left, square degrees of the flat map.
    left: f64,
    /// From the first latitude to the last.
    rise: f64,
    /// From the first longitude to the last: 360 or -360 for a ring around a pole.
    turn: f64,
}

impl Extent {
    const EMPTY: Extent = Extent {
        west: f64::INFINITY,
        south: f64::INFINITY,
        east: f64::NEG_INFINITY,
        north: f64::NEG_INFINITY,
        step: 0.0,
        left: 0.0,
        rise: 0.0,
        turn: 0.0,
    };

    fn of(vertices: &[LonLat]) -> Self {
        let (Some(first), Some(end)) = (vertices.first(), vertices.last()) else { return Extent::EMPTY };
        let mut all = Extent {
            west: first.lon,
            south: first.lat,
            east: first.lon,
            north: first.lat,
            rise: end.lat - first.lat,
            ..Extent::EMPTY
        };
        let mut lon = first.lon;
        for w in vertices.windows(2) {
            let step = wrap_degrees(w[1].lon - w[0].lon);
            all.left += lon * (w[1].lat - w[0].lat) - step * w[0].lat;
            lon += step;
            all.step = all.step.max(step.abs());
            all.west = all.west.min(lon);
            all.east = all.east.max(lon);
            all.south = all.south.min(w[1].lat);
            all.north = all.north.max(w[1].lat);
        }
        all.turn = lon - first.lon;
        all
    }

    fn middle(&self) -> f64 {
        (self.west + self.east) / 2.0
    }

    fn width(&self) -> f64 {
        self.east - self.west
    }

    /// The size of the box, square degrees at the equator.
    fn size(&self) -> f64 {
        let middle = (self.south + self.north) / 2.0;
        self.width() * (self.north - self.south) * libm::cos(middle.to_radians())
    }

    /// Takes `other` in, by whole turns as near as can be.
    fn add(&mut self, other: &Extent, reversed: bool) {
        let away = self.middle() - other.middle();
        let turn = if away.is_finite() { 360.0 * (away / 360.0).round() } else { 0.0 };
        self.west = self.west.min(other.west + turn);
        self.east = self.east.max(other.east + turn);
        self.south = self.south.min(other.south);
        self.north = self.north.max(other.north);
        self.step = self.step.max(other.step);
        let left = other.left + turn * other.rise;
        self.left += if reversed { -left } else { left };
        self.rise += if reversed { -other.rise } else { other.rise };
        self.turn += if reversed { -other.turn } else { other.turn };
    }

    /// That of all arcs of a polygon.
    fn of_polygon(polygon: &Polygon, of_arc: impl Fn(usize) -> Option<Extent>) -> Self {
        let mut all = Extent::EMPTY;
        for r in polygon.0.iter().flat_map(|r| &r.0) {
            if let Some(extent) = of_arc(r.arc as usize) {
                all.add(&extent, r.reversed);
            }
        }
        // A ring around a pole has it to its left.
        if all.turn > 180.0 {
            all.north = 90.0;
        } else if all.turn < -180.0 {
            all.south = -90.0;
        }
        all
    }

    /// The same when no more is known than how far the arcs reach.
    fn of_reaches(polygon: &Polygon, reaches: &[Reach]) -> Self {
        Extent::of_polygon(polygon, |arc| reaches.get(arc).map(|reach| Extent::from(*reach)))
    }

    /// Whether the box says where its content is: it neither goes far around, but around a pole, nor is the
    /// content everything else.
    fn tells(&self) -> bool {
        self.turn.abs() > 180.0 || (self.width() <= 180.0 && self.left >= 0.0)
    }

    /// By how many degrees a great circle may reach over the latitudes of its ends: Δλ² / 16 rad.
    fn bulge(&self) -> f64 {
        self.step * self.step.to_radians() / 16.0
    }
}

impl From<Reach> for Extent {
    /// On which side the content is, a reach does not say.
    fn from(reach: Reach) -> Self {
        let Reach { west, east, south, north, step, turn } = reach;
        Extent { west, south, east, north, step, turn, left: 0.0, rise: 0.0 }
    }
}

/// Vertices in a stretch.
const STRETCH: usize = 32;
/// A stretch wider than this, degrees, is never drawn as one edge.
const WIDE: f64 = 60.0;

/// Which arcs are worth projecting: all of every polygon that may be seen.
pub(super) struct Worth {
    arcs: Vec<bool>,
    /// The number of each arc's first stretch.
    first: Vec<usize>,
    /// Stretches that are far from the frame.
    far: Vec<bool>,
}

impl Worth {
    /// These arcs with all their vertices.
    pub fn whole(arcs: Vec<bool>) -> Self {
        Worth { first: vec![0; arcs.len()], arcs, far: Vec::new() }
    }

    /// What `frame` asks for.
    pub fn new<G: Globe>(
        globe: &G,
        to_page: Affine,
        frame: Rect,
        topology: &Topology,
        shapes: &[&[Polygon]],
    ) -> Self {
        let Some(view) = View::of(globe, to_page.inverse(), frame) else {
            return Worth::whole(topology.arcs.iter().map(|range| !range.is_empty()).collect());
        };
        let (mut stretches, mut first) = (Vec::new(), Vec::with_capacity(topology.arcs.len()));
        let mut extents = Vec::with_capacity(topology.arcs.len());
        for vertices in arcs_of(topology) {
            let start = stretches.len();
            first.push(start);
            stretches.extend(self::stretches(vertices).map(Extent::of));
            let mut all = Extent::EMPTY;
            stretches[start..].iter().for_each(|one| all.add(one, false));
            extents.push(all);
        }
        let mut arcs = vec![false; extents.len()];
        for polygon in shapes.iter().copied().flatten().filter(|polygon| is_read(topology, polygon)) {
            let all = Extent::of_polygon(polygon, |arc| extents.get(arc).copied());
            if !all.tells() || view.meets(&all) {
                polygon.0.iter().flat_map(|r| &r.0).for_each(|r| {
                    if let Some(flag) = arcs.get_mut(r.arc as usize) {
                        *flag = true
                    }
                });
            }
        }
        // One edge may be as wide as the whole stretch.
        let apart = |one: &Extent| {
            let step = one.width();
            step < WIDE && !view.meets(&Extent { step, ..*one })
        };
        Worth { arcs, first, far: stretches.iter().map(apart).collect() }
    }

    /// Whether arc number `arc` is wanted.
    pub fn wants(&self, arc: usize) -> bool {
        self.arcs.get(arc).copied().unwrap_or(false)
    }

    /// The arc's stretches, each with the first vertex of the next one, and whether they are far from the frame.
    pub fn stretches<'v>(
        &self,
        arc: usize,
        vertices: &'v [LonLat],
    ) -> impl Iterator<Item = (&'v [LonLat], bool)> {
        let far = self.far.get(self.first.get(arc).copied().unwrap_or(0)..).unwrap_or_default();
        stretches(vertices).zip(far.iter().copied().chain(std::iter::repeat(false)))
    }
}

/// Whether all arcs of a polygon have their vertices: of what is far from the map they may have been left out.
fn is_read(topology: &Topology, polygon: &Polygon) -> bool {
    let is_read = |arc: u32| topology.arcs.get(arc as usize).is_some_and(|range| !range.is_empty());
    polygon.0.iter().flat_map(|r| &r.0).all(|r| is_read(r.arc))
}

/// The vertices of each arc.
fn arcs_of(topology: &Topology) -> impl Iterator<Item = &[LonLat]> {
    let vertices = |range: &Range<u32>| topology.vertices.get(range.start as usize..range.end as usize);
    topology.arcs.iter().map(move |range| vertices(range).unwrap_or_default())
}

/// Stretches of [`STRETCH`] edges.
fn stretches(vertices: &[LonLat]) -> impl Iterator<Item = &[LonLat]> {
    let count = vertices.len().saturating_sub(1).div_ceil(STRETCH);
    (0..count).map(move |k| &vertices[k * STRETCH..(k * STRETCH + STRETCH + 1).min(vertices.len())])
}
