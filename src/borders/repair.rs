//! Rings as files have them into rings that can be drawn: closed, without repeated vertices, wound counter-clockwise
//! about what they enclose, not crossing themselves; holes within their exterior.
//!
//! Which way a ring was wound says nothing: files disagree on it. What else is mended is told.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::loops::{Crossings, crossings, loops};
use super::names::Named;
use super::plane::encloses;
use super::{BordersOptions, RawPolygon, SIMPLIFY, fault, sphere};
use crate::atlas::OwnPlace;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::geometry::LonLat;

/// Pairs of edges that are compared for each vertex of a place, on average; more is no border, but a tangle.
const PAIRS: usize = 4_000;

/// So many places are named in a sentence.
const SHOWN: usize = 3;

/// A ring in the sphere form.
type SphereRing = Vec<LonLat>;

/// What was mended in a place.
#[derive(Default)]
struct Mended {
    unclosed: usize,
    degenerate: usize,
    crossed: bool,
    /// A hole lay outside of its exterior.
    stray: bool,
    repeated: usize,
    tangled: bool,
    /// A vertex of it.
    at: Option<LonLat>,
}

/// All places with sound rings.
pub(super) fn sound(
    named: Vec<Named>,
    options: &BordersOptions,
    warnings: &mut Diagnostics,
) -> Result<Vec<OwnPlace>, Diagnostics> {
    let done: Vec<(OwnPlace, Mended)> = named.into_par_iter().map(place).collect();
    let names = |has: &dyn Fn(&Mended) -> bool| -> Vec<&str> {
        done.iter().filter(|(_, mended)| has(mended)).map(|(place, _)| place.name.as_str()).collect()
    };
    let tangled = names(&|mended| mended.tangled);
    if !tangled.is_empty() {
        let what =
            format!("the border of {} crosses itself so often that it has no inside", listed(&tangled));
        return Err(fault(options, what)
            .hint("repair it, for instance by `mapshaper -clean` or in QGIS")
            .hint(SIMPLIFY)
            .into());
    }
    let mut warn = |found: Vec<&str>, what: &str| {
        if !found.is_empty() {
            let one = fault(options, format!("{what}: {}", listed(&found)));
            warnings.push(Diagnostic { severity: Severity::Warning, ..one });
        }
    };
    warn(names(&|one| one.crossed), "borders that cross themselves are taken apart where they do");
    warn(names(&|one| one.stray), "holes that lie outside of their polygon are drawn as land of their own");
    warn(names(&|one| one.unclosed > 0), "rings that do not come back to their first vertex are closed");
    warn(names(&|one| one.repeated > 0), "polygons that stand there twice are drawn once");
    warn(names(&|one| one.degenerate > 0), "rings of fewer than three vertices are left out");
    warn(twins(&done), "places with one and the same border hide each other");
    let places = done.into_iter().filter(|(_, mended)| mended.at.is_some());
    let places: Vec<OwnPlace> = places.map(|(place, _)| place).collect();
    if places.iter().all(|place| place.polygons.is_empty()) {
        return Err(fault(options, "the file holds no areas: all its rings are empty").into());
    }
    Ok(places)
}

fn listed(names: &[&str]) -> String {
    let shown = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Places whose polygons are those of an earlier place.
fn twins(done: &[(OwnPlace, Mended)]) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let shape = |place: &OwnPlace| -> Vec<Vec<[u64; 2]>> {
        place.polygons.iter().filter_map(|polygon| polygon.first()).map(|ring| key(ring)).collect()
    };
    done.iter()
        .filter(|(place, _)| !place.polygons.is_empty() && !seen.insert(shape(place)))
        .map(|(place, _)| place.name.as_str())
        .collect()
}

/// A ring from its least vertex on, as something that has an order.
fn key(ring: &[LonLat]) -> Vec<[u64; 2]> {
    let mut bits: Vec<[u64; 2]> = ring.iter().map(|at| [at.lon.to_bits(), at.lat.to_bits()]).collect();
    if let Some(least) = (0..bits.len()).min_by_key(|k| bits[*k]) {
        bits.rotate_left(least);
    }
    bits
}

fn place(named: Named) -> (OwnPlace, Mended) {
    let mut mended = Mended::default();
    let vertices: usize = named.polygons.iter().flatten().map(Vec::len).sum();
    let mut budget = vertices.saturating_mul(PAIRS).saturating_add(1_000_000);
    let mut polygons: Vec<Vec<SphereRing>> = Vec::new();
    let mut seen = BTreeSet::new();
    for raw in named.polygons {
        for polygon in polygon(raw, &mut budget, &mut mended) {
            match polygon.first() {
                Some(exterior) if seen.insert(key(exterior)) => polygons.push(polygon),
                _ => mended.repeated += 1,
            }
        }
    }
    let area = |polygon: &Vec<SphereRing>| polygon.iter().map(|ring| sphere::area(ring)).sum::<f64>();
    if polygons.is_empty() {
        // too small to have an area: its place is still known, and it is drawn as a marker
        let label = mended.at.unwrap_or(LonLat::new(0.0, 0.0));
        return (OwnPlace { id: named.id, name: named.name, polygons, label, area_km2: 0.0 }, mended);
    }
    let largest = polygons.iter().max_by(|a, b| area(a).total_cmp(&area(b)));
    let label = largest.map_or(LonLat::new(0.0, 0.0), |polygon| sphere::inside(polygon));
    let area_km2 = polygons.iter().map(area).sum();
    for ring in polygons.iter_mut().flatten() {
        *ring = sphere::densified(ring).into_iter().map(sphere::snapped).collect();
        ring.dedup();
    }
    (OwnPlace { id: named.id, name: named.name, polygons, label, area_km2 }, mended)
}

/// The sound polygons of one: more than one where a ring crossed itself or a hole lay outside.
fn polygon(raw: RawPolygon, budget: &mut usize, mended: &mut Mended) -> Vec<Vec<SphereRing>> {
    let mut rings = raw.into_iter();
    let Some(first) = rings.next() else { return Vec::new() };
    let (areas, mut holes) = parts(first, budget, mended);
    let mut polygons: Vec<Vec<SphereRing>> = areas.into_iter().map(|ring| vec![turned(ring, true)]).collect();
    if polygons.is_empty() {
        return polygons;
    }
    for ring in rings {
        let (areas, inner) = parts(ring, budget, mended);
        holes.extend(areas);
        // a hole in a hole is land
        polygons.extend(inner.into_iter().map(|ring| vec![turned(ring, true)]));
    }
    let exteriors: Vec<Vec<[f64; 2]>> =
        polygons.iter().filter_map(|polygon| polygon.first()).map(|ring| sphere::unwrapped(ring)).collect();
    for hole in holes {
        match exteriors.iter().position(|exterior| holds(exterior, &hole)) {
            Some(at) => polygons[at].push(turned(hole, false)),
            None => {
                mended.stray = true;
                polygons.push(vec![turned(hole, true)]);
            }
        }
    }
    polygons
}

/// Whether a hole lies in an exterior, whichever turn of the globe its longitudes are written by. What encloses a pole
/// is not judged in the plane.
fn holds(exterior: &[[f64; 2]], hole: &[LonLat]) -> bool {
    let hole = sphere::unwrapped(hole);
    let shifted = |by: f64| hole.iter().map(|at| [at[0] + by, at[1]]).collect::<Vec<_>>();
    is_around_pole(exterior)
        || encloses(exterior, &hole)
        || encloses(exterior, &shifted(360.0))
        || encloses(exterior, &shifted(-360.0))
}

/// Whether a ring comes back to its beginning a full turn further on.
fn is_around_pole(plane: &[[f64; 2]]) -> bool {
    plane.first().zip(plane.last()).is_some_and(|(a, b)| (a[0] - b[0]).abs() > 180.0)
}

/// A ring as areas, and holes that it cut out of itself.
fn parts(raw: Vec<[f64; 2]>, budget: &mut usize, mended: &mut Mended) -> (Vec<SphereRing>, Vec<SphereRing>) {
    mended.unclosed += usize::from(raw.len() > 2 && raw.first() != raw.last());
    let ring: Vec<LonLat> = raw.iter().map(|[x, y]| sphere::snapped(LonLat::new(*x, *y))).collect();
    mended.at = mended.at.or(ring.first().copied());
    let ring = sphere::without_cuts(&ring);
    if ring.len() < 3 {
        mended.degenerate += 1;
        return (Vec::new(), Vec::new());
    }
    let plane = sphere::unwrapped(&ring);
    if is_around_pole(&plane) {
        return (vec![ring], Vec::new());
    }
    match crossings(&plane, budget) {
        Crossings::None => (vec![ring], Vec::new()),
        Crossings::TooMany => {
            mended.tangled = true;
            (Vec::new(), Vec::new())
        }
        Crossings::Some(found) => {
            mended.crossed = true;
            sorted(loops(&plane, &found))
        }
    }
}

/// Loops into areas and holes: a hole lies in a larger loop that turns the other way.
fn sorted(mut loops: Vec<Vec<[f64; 2]>>) -> (Vec<SphereRing>, Vec<SphereRing>) {
    let signed = |part: &[[f64; 2]]| super::plane::signed_area(part);
    loops.sort_by(|a, b| signed(b).abs().total_cmp(&signed(a).abs()));
    let is_hole = |k: usize| {
        let around = (0..k).find(|other| encloses(&loops[*other], &loops[k]));
        around.is_some_and(|other| (signed(&loops[other]) > 0.0) != (signed(&loops[k]) > 0.0))
    };
    let back = |part: &Vec<[f64; 2]>| -> SphereRing {
        let at = part.iter().map(|[x, y]| sphere::snapped(LonLat::new(sphere::wrap(*x), *y)));
        sphere::without_cuts(&at.collect::<Vec<_>>())
    };
    let (mut areas, mut holes) = (Vec::new(), Vec::new());
    for (k, part) in loops.iter().enumerate() {
        let ring = back(part);
        if ring.len() > 2 {
            if is_hole(k) { holes.push(ring) } else { areas.push(ring) }
        }
    }
    (areas, holes)
}

/// The ring wound so that the smaller side of the globe lies to its left, or to its right.
fn turned(mut ring: SphereRing, left: bool) -> SphereRing {
    let area = sphere::area(&ring);
    let is_left = area > 0.0 && area < sphere::SURFACE / 2.0;
    if is_left != left {
        ring.reverse();
    }
    ring
}
