//! From rings in the plane of longitude and latitude to the sphere form of [`crate::geometry::Ring`]: no cuts along
//! the antimeridian or the poles, and vertices where a straight edge bows away from its great circle.

use crate::geometry::{LonLat, lon_step};

/// An edge that departs further than this (degrees) from the great circle through its ends gets a vertex in its
/// middle: in a borders file an edge is straight in longitude and latitude.
const BOW: f64 = 0.01;

/// Mean radius of the Earth, km (IUGG).
const RADIUS: f64 = 6371.0088;

/// The Earth's surface, km².
pub(super) const SURFACE: f64 = 4.0 * std::f64::consts::PI * RADIUS * RADIUS;

/// The position to a ten-millionth of a degree (a centimetre on the ground), so that what neighbours share is equal.
pub(super) fn snapped(at: LonLat) -> LonLat {
    const UNIT: f64 = 1e7;
    LonLat::new((at.lon * UNIT).round() / UNIT, (at.lat * UNIT).round() / UNIT)
}

/// Longitudes made continuous: a ring across the antimeridian runs on beyond 180.
pub(super) fn unwrapped(ring: &[LonLat]) -> Vec<[f64; 2]> {
    let mut lon = ring.first().map_or(0.0, |at| at.lon);
    let mut before = ring.first().copied();
    let mut out = Vec::with_capacity(ring.len());
    for at in ring {
        lon += before.map_or(0.0, |before| lon_step(before.lon, at.lon));
        before = Some(*at);
        out.push([lon, at.lat]);
    }
    out
}

/// Longitude in (-180, 180].
pub(super) fn wrap(lon: f64) -> f64 {
    let turned = (lon + 180.0).rem_euclid(360.0) - 180.0;
    if turned <= -180.0 { 180.0 } else { turned }
}

/// The ring without spikes along the antimeridian and over the poles, which only close it in the plane.
pub(super) fn without_cuts(ring: &[LonLat]) -> Vec<LonLat> {
    let mut out: Vec<LonLat> = Vec::with_capacity(ring.len());
    let on_cut = |at: LonLat| at.lon == 180.0 || at.lat.abs() >= 90.0;
    for at in ring {
        let at =
            LonLat::new(if at.lat.abs() >= 90.0 { 180.0 } else { wrap(at.lon) }, at.lat.clamp(-90.0, 90.0));
        // out along the cut and back again
        while let [.., before, tip] = out.as_slice()
            && on_cut(*before)
            && on_cut(*tip)
            && on_cut(at)
            && (tip.lat - before.lat) * (at.lat - tip.lat) <= 0.0
        {
            out.pop();
        }
        if out.last() != Some(&at) {
            out.push(at);
        }
    }
    while out.len() > 1 && out.first() == out.last() {
        out.pop();
    }
    out
}

/// The ring with vertices along edges that bow.
pub(super) fn densified(ring: &[LonLat]) -> Vec<LonLat> {
    let mut out = Vec::with_capacity(ring.len());
    for (k, at) in ring.iter().enumerate() {
        out.push(*at);
        let next = ring[(k + 1) % ring.len()];
        // the same vertices whichever way the edge is run along
        let forward = (at.lon, at.lat) < (next.lon, next.lat);
        let (a, b) = if forward { (*at, next) } else { (next, *at) };
        let mut between = Vec::new();
        bisect(a, b, &mut between, 0);
        if !forward {
            between.reverse();
        }
        out.extend(between);
    }
    out
}

fn bisect(a: LonLat, b: LonLat, out: &mut Vec<LonLat>, depth: usize) {
    let step = lon_step(a.lon, b.lon);
    if depth > 10 || bow(a, b, step) <= BOW {
        return;
    }
    let middle = LonLat::new(wrap(a.lon + step / 2.0), (a.lat + b.lat) / 2.0);
    bisect(a, middle, out, depth + 1);
    out.push(middle);
    bisect(middle, b, out, depth + 1);
}

/// How far an edge lies from its great circle, degrees: the second term of the series of the great circle's latitude,
/// λ²/8 · sin φ cos φ.
fn bow(a: LonLat, b: LonLat, step: f64) -> f64 {
    let phi = ((a.lat + b.lat) / 2.0).to_radians();
    let lambda = step.to_radians();
    (lambda * lambda / 8.0 * libm::sin(phi).abs() * libm::cos(phi)).to_degrees()
}

/// Area to the left of a ring, km²: ∮ (1 ∓ sin φ) dλ by the trapezium rule, about the pole that it does not enclose.
/// Negative for a small ring that is wound clockwise.
pub(super) fn area(ring: &[LonLat]) -> f64 {
    let sine: Vec<f64> = ring.iter().map(|at| libm::sin(at.lat.to_radians())).collect();
    let (mut sum, mut turn) = (0.0, 0.0);
    for k in 0..ring.len() {
        let next = (k + 1) % ring.len();
        let step = lon_step(ring[k].lon, ring[next].lon);
        turn += step;
        sum -= step.to_radians() * (sine[k] + sine[next]) / 2.0;
    }
    // around a pole the longitudes come to a full turn; eastwards the north pole lies to the left, westwards the other
    let around = if turn.abs() > 180.0 { 2.0 * std::f64::consts::PI } else { 0.0 };
    (sum + around) * RADIUS * RADIUS
}

/// A point inside a polygon (its exterior and its holes): the middle of the widest stretch of some parallels.
pub(super) fn inside(rings: &[Vec<LonLat>]) -> LonLat {
    let Some(exterior) = rings.first() else { return LonLat::new(0.0, 0.0) };
    let origin = exterior.first().map_or(0.0, |at| at.lon);
    let (south, north) = exterior
        .iter()
        .fold((90.0_f64, -90.0_f64), |(south, north), at| (south.min(at.lat), north.max(at.lat)));
    let mut best = (-1.0, exterior.first().copied().unwrap_or(LonLat::new(0.0, 0.0)));
    for k in 1..16 {
        // no parallel through a vertex
        let lat = south + (north - south) * (f64::from(k) + 0.0137) / 16.0;
        let mut crossings: Vec<f64> = Vec::new();
        for ring in rings {
            let mut lon = origin + lon_step(wrap(origin), ring[0].lon);
            for (i, at) in ring.iter().enumerate() {
                let next = ring[(i + 1) % ring.len()];
                let width = lon_step(at.lon, next.lon);
                if (at.lat > lat) != (next.lat > lat) {
                    crossings.push(lon + width * (lat - at.lat) / (next.lat - at.lat));
                }
                lon += width;
            }
        }
        crossings.sort_by(f64::total_cmp);
        // the middle parallels are the better ones for a label
        let centred = 1.0 - (f64::from(k) / 8.0 - 1.0).abs() * 0.5;
        for pair in crossings.chunks_exact(2) {
            let score = (pair[1] - pair[0]) * centred;
            if score > best.0 {
                best = (score, LonLat::new(wrap((pair[0] + pair[1]) / 2.0), lat));
            }
        }
    }
    best.1
}
