//! Meridians, parallels and boxes of the two, as lines on the globe.
//!
//! A parallel is no great circle; it is given here by vertices so close that the great circles
//! between them depart from it by less than 2e-5 of the radius.

use smallvec::smallvec;

use crate::geometry::{ArcRef, LonLat, Polygon, Ring, Topology};

/// Degrees between two vertices of a parallel.
const STEP: f64 = 0.5;

/// No graticule is denser than this, degrees.
const DENSEST: f64 = 0.1;

/// Ordinary meridians end this far from the equator, lest they run together at the poles.
const SHORT: f64 = 80.0;

/// A parallel from `west` eastward to `east` (which may be the smaller number).
fn parallel(lat: f64, west: f64, east: f64) -> Vec<LonLat> {
    let width = if east > west { east - west } else { east - west + 360.0 };
    let count = (width / STEP).ceil().max(1.0);
    (0..=count as usize).map(|k| LonLat::new(wrap(west + width * k as f64 / count), lat)).collect()
}

/// Into [-180, 180), so that both ends of a whole parallel are the same.
fn wrap(lon: f64) -> f64 {
    (lon + 180.0).rem_euclid(360.0) - 180.0
}

fn meridian(lon: f64, south: f64, north: f64) -> Vec<LonLat> {
    // Every 10°: a longer edge to the opposite pole would have no direction.
    let count = ((north - south) / 10.0).ceil().max(1.0);
    (0..=count as usize).map(|k| LonLat::new(lon, south + (north - south) * k as f64 / count)).collect()
}

/// A line of a graticule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GraticuleLine {
    /// Its longitude, degrees.
    Meridian(f64),
    /// Its latitude, degrees.
    Parallel(f64),
}

/// Meridians and parallels every `step` degrees; none for a step that is not a positive number.
/// Every meridian of a multiple of 90° goes to the poles, the others to 80°.
pub(super) fn lines(step: f64) -> Vec<Vec<LonLat>> {
    named(step).into_iter().map(|(_, line)| line).collect()
}

/// The same, each with what it is.
pub(super) fn named(step: f64) -> Vec<(GraticuleLine, Vec<LonLat>)> {
    if !(step > 0.0 && step.is_finite()) {
        return Vec::new();
    }
    let step = step.max(DENSEST);
    let upto = |end: f64| (0..).map(move |k| f64::from(k) * step).take_while(move |&d| d < end - 1e-9);
    let meridians = upto(360.0).map(|d| {
        let end = if d % 90.0 == 0.0 { 90.0 } else { SHORT };
        (GraticuleLine::Meridian(wrap(d)), meridian(wrap(d), -end, end))
    });
    let north = upto(90.0);
    let south = upto(90.0).skip(1).map(|lat| -lat);
    let parallels = north.chain(south);
    meridians
        .chain(parallels.map(|lat| (GraticuleLine::Parallel(lat), parallel(lat, -180.0, 180.0))))
        .collect()
}

/// A box as a polygon; `None` when it has no area or goes round the whole globe.
/// `west` may be east of `east`: then it lies across ±180.
pub(super) fn boxed(west: f64, south: f64, east: f64, north: f64) -> Option<(Topology, Polygon)> {
    let (south, north) = (south.max(-90.0), north.min(90.0));
    let round = (east - west).abs() >= 360.0;
    let numbers = west.is_finite() && east.is_finite() && south < north;
    if !numbers || west == east || (round && south == -90.0 && north == 90.0) {
        return None;
    }
    let mut builder = Builder::default();
    if round {
        // A band: each bound that is no pole is a ring of its own.
        if south > -90.0 {
            builder.ring(parallel(south, -180.0, 180.0));
        }
        if north < 90.0 {
            builder.ring(parallel(north, -180.0, 180.0).into_iter().rev().collect());
        }
    } else {
        let mut ring = parallel(south, west, east);
        ring.extend(meridian(wrap(east), south, north).into_iter().skip(1));
        ring.extend(parallel(north, west, east).into_iter().rev().skip(1));
        ring.extend(meridian(wrap(west), south, north).into_iter().rev().skip(1));
        builder.ring(ring);
    }
    Some((builder.topology, builder.polygon))
}

/// A polygon with an arc for each ring.
#[derive(Default)]
struct Builder {
    topology: Topology,
    polygon: Polygon,
}

impl Builder {
    /// Adds a closed ring, the first vertex repeated at the end.
    fn ring(&mut self, vertices: Vec<LonLat>) {
        let start = self.topology.vertices.len() as u32;
        let arc = self.topology.arcs.len() as u32;
        self.topology.vertices.extend(vertices);
        self.topology.arcs.push(start..self.topology.vertices.len() as u32);
        self.polygon.0.push(Ring(smallvec![ArcRef { arc, reversed: false }]));
    }
}
