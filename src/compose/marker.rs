//! Places too small to be seen: which they are, and where the markers stand that are drawn in their stead.
//!
//! A marker stands on its place. Where it would lie over another marker, or over most of a small neighbour, it first
//! shrinks and then steps aside, never further than a few of its radii. Places are taken in the order of their ids, so
//! that the result is the same at any order of the rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use kurbo::{Point, Rect, Vec2};

use super::map::MapPart;
use super::{Part, parts_of};
use crate::atlas::{Atlas, PlaceId};
use crate::geometry::Path;
use crate::paint::Paint;
use crate::style::MapLook;

/// What is seen of the places with data.
#[derive(Default)]
pub struct Seen {
    /// Places drawn as a marker: its middle and radius.
    pub markers: BTreeMap<PlaceId, (Point, f64)>,
    /// Of these, where further islands lie, too small to be seen and too far off for the marker to stand for them.
    pub islets: BTreeMap<PlaceId, Vec<Point>>,
    /// All that are seen, as an area or a marker.
    pub places: BTreeSet<PlaceId>,
}

/// Many small parts are seen together when they have this many times the area that one must have.
const SCATTERED: f64 = 3.0;
/// Steps aside, in radii, and directions in which they are tried.
const STEPS: usize = 8;
const STEP: f64 = 0.4;
const DIRECTIONS: usize = 16;
/// What it costs to lie over another marker by one radius, and to hide a neighbour wholly, in radii of a step aside.
const OVERLAP: f64 = 12.0;
const HIDDEN: f64 = 8.0;
/// A neighbour of more discs than this stays in sight beneath one: Lesotho keeps its place within South Africa.
const LARGE: f64 = 2.0;
/// Sweeps over all markers that are in each other's way.
const SWEEPS: usize = 4;

/// Finds the places with data that are too small to be seen, or have no polygon, and places their markers.
pub fn find(
    part: &MapPart<'_>,
    atlas: &Atlas,
    look: &MapLook,
    areas: &BTreeMap<PlaceId, (Arc<Path>, Paint)>,
) -> Seen {
    let mut seen = Seen::default();
    let mut small = Vec::new();
    let disc = std::f64::consts::PI * look.marker_radius.0 * look.marker_radius.0;
    let least = look.marker_below.0 * look.marker_below.0;
    // what a view draws as a part of another place has no mark of its own; its row is told
    let own = part.join.values.keys().filter(|id| atlas.drawn_as(**id).is_none());
    for id in own.filter(|id| part.only.is_empty() || part.only.contains(id)) {
        let path = areas.get(id).map(|(path, _)| &**path);
        let area = path.map_or(0.0, |path| path.area().abs());
        let parts = path.filter(|_| area < least * SCATTERED).map(parts_of).unwrap_or_default();
        let main = parts.iter().max_by(|a, b| a.area.total_cmp(&b.area));
        if area >= least * SCATTERED || main.is_some_and(|part| part.area >= least) {
            seen.places.insert(*id);
            if let Some(path) = path.filter(|_| area < disc * LARGE) {
                small.push(Neighbour { path, area, reach: path.bounding_box() });
            }
            continue;
        }
        let edge = part.clip.inset(-0.5);
        let inside =
            |rect: &Rect| edge.contains(rect.origin()) && edge.contains(Point::new(rect.x1, rect.y1));
        let island = main.map(|part| part.bounds).filter(inside).map(|rect| rect.center());
        match part.locate(atlas.place(*id).label).or(island) {
            Some(at) => {
                let islets = islets(parts, at, look.marker_radius.0).into_iter();
                let islets: Vec<Point> = islets.filter(|p| edge.contains(*p)).collect();
                if !islets.is_empty() {
                    seen.islets.insert(*id, islets);
                }
                seen.markers.insert(*id, (at, look.marker_radius.0));
                seen.places.insert(*id);
            }
            // a sliver of a place that the frame's edge cuts is no tiny place
            None if path.is_some() => {
                seen.places.insert(*id);
            }
            None => {}
        }
    }
    shrink(&mut seen.markers, look);
    step_aside(&mut seen.markers, &small, look, part.clip);
    // no dot over the marker of another place
    let free = |dot: &Point| {
        seen.markers.values().all(|(at, radius)| at.distance(*dot) > radius + look.marker_islet.0 * 2.0)
    };
    seen.islets.values_mut().for_each(|islets| islets.retain(free));
    seen
}

/// An island nearer than so many radii of the marker to it or to another one needs no mark of its own.
const ASIDE: f64 = 4.0;
/// Most islands of a place that have one.
const MOST_ISLETS: usize = 24;

/// The middles of the islands of an archipelago that lie apart from its marker and from each other, the largest first.
fn islets(mut parts: Vec<Part>, marker: Point, radius: f64) -> Vec<Point> {
    parts.sort_by(|a, b| b.area.total_cmp(&a.area));
    let mut all = vec![marker];
    for at in parts.iter().map(|part| part.bounds.center()) {
        let apart = all.iter().all(|other| other.distance(at) > ASIDE * radius);
        if apart && all.len() <= MOST_ISLETS {
            all.push(at);
        }
    }
    all.split_off(1)
}

/// A small place that is drawn as an area.
struct Neighbour<'a> {
    path: &'a Path,
    area: f64,
    reach: Rect,
}

impl Neighbour<'_> {
    /// The share of it that a disc hides, 0 to 1.
    fn hidden(&self, at: Point, radius: f64) -> f64 {
        let disc = Rect::from_center_size(at, (radius * 2.0, radius * 2.0));
        if self.reach.intersect(disc).is_zero_area() {
            return 0.0;
        }
        let points = samples().iter().map(|one| at + *one * radius);
        let covered = points.filter(|p| self.reach.contains(*p) && self.path.contains(*p)).count() as f64
            / samples().len() as f64;
        (covered * std::f64::consts::PI * radius * radius / self.area).min(1.0)
    }
}

/// Points of about equal areas of a disc of radius 1: one in the middle, five and ten around it.
fn samples() -> &'static [Vec2] {
    static SAMPLES: LazyLock<Vec<Vec2>> = LazyLock::new(|| {
        let rim = |count, share: f64| directions(count).map(move |direction| direction * share);
        std::iter::once(Vec2::ZERO).chain(rim(5, 0.45)).chain(rim(10, 0.82)).collect()
    });
    &SAMPLES
}

/// So many unit vectors, all around.
fn directions(count: usize) -> impl Iterator<Item = Vec2> {
    (0..count).map(move |i| {
        let angle = std::f64::consts::TAU * i as f64 / count as f64;
        Vec2::new(libm::cos(angle), libm::sin(angle))
    })
}

/// Makes markers smaller that lie over their neighbours', down to the style's least.
fn shrink(markers: &mut BTreeMap<PlaceId, (Point, f64)>, look: &MapLook) {
    let homes: Vec<Point> = markers.values().map(|(at, _)| *at).collect();
    let least = look.marker_least.0.min(look.marker_radius.0);
    for (index, (at, radius)) in markers.values_mut().enumerate() {
        let others = homes.iter().enumerate().filter(|(other, _)| *other != index);
        let nearest = others.map(|(_, other)| at.distance(*other)).fold(f64::INFINITY, f64::min);
        *radius = radius.min((nearest - look.marker_rim_width.0) / 2.0).max(least);
    }
}

/// Moves markers that are in each other's way, or hide a small neighbour.
fn step_aside(
    markers: &mut BTreeMap<PlaceId, (Point, f64)>,
    small: &[Neighbour<'_>],
    look: &MapLook,
    clip: Rect,
) {
    let gap = look.marker_rim_width.0;
    let homes: Vec<(Point, f64)> = markers.values().copied().collect();
    let mut places: Vec<Point> = homes.iter().map(|(at, _)| *at).collect();
    for _ in 0..SWEEPS {
        let mut moved = false;
        for (index, (home, radius)) in homes.iter().enumerate() {
            let far = radius * (STEP * STEPS as f64 + 4.0);
            let others: Vec<(Point, f64)> = (0..homes.len())
                .filter(|other| *other != index && places[*other].distance(*home) < far)
                .map(|other| (places[other], homes[other].1))
                .collect();
            let near: Vec<&Neighbour<'_>> =
                small.iter().filter(|one| one.reach.inflate(far, far).contains(*home)).collect();
            let trouble = |at: Point| {
                let overlap = |(other, size): &(Point, f64)| {
                    ((radius + size + gap - at.distance(*other)) / radius).max(0.0)
                };
                let overlaps: f64 = others.iter().map(overlap).sum();
                let hidden: f64 = near.iter().map(|one| one.hidden(at, *radius)).sum();
                overlaps * OVERLAP + hidden * HIDDEN
            };
            if trouble(*home) < 0.1 * HIDDEN && places[index] == *home {
                continue;
            }
            let room = clip.inset(-radius);
            let mut best = (f64::INFINITY, *home);
            for at in asides(*home, *radius).filter(|at| *at == *home || room.contains(*at)) {
                // what is in the way is only looked at where that can still win
                let away = at.distance(*home) / radius;
                if away >= best.0 - 1e-9 {
                    continue;
                }
                let cost = trouble(at) + away;
                if cost < best.0 - 1e-9 {
                    best = (cost, at);
                }
            }
            moved |= best.1 != places[index];
            places[index] = best.1;
        }
        if !moved {
            break;
        }
    }
    for ((at, _), place) in markers.values_mut().zip(places) {
        *at = place;
    }
}

/// The place itself, then rings of points around it.
fn asides(home: Point, radius: f64) -> impl Iterator<Item = Point> {
    static AROUND: LazyLock<Vec<Vec2>> = LazyLock::new(|| directions(DIRECTIONS).collect());
    let ring = move |step: usize| {
        AROUND.iter().map(move |direction| home + *direction * (radius * STEP * step as f64))
    };
    std::iter::once(home).chain((1..=STEPS).flat_map(ring))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style;

    fn look() -> MapLook {
        let open = |_: &str| Ok(String::new());
        style::load("newsroom", 1600.0, &[], &open).expect("a style").map
    }

    fn markers(homes: &[(f64, f64)]) -> BTreeMap<PlaceId, (Point, f64)> {
        let radius = look().marker_radius.0;
        homes.iter().enumerate().map(|(i, home)| (PlaceId(i as u32), (Point::from(*home), radius))).collect()
    }

    const ROOM: Rect = Rect::new(0.0, 0.0, 400.0, 400.0);

    #[test]
    fn crowded_markers_shrink_and_step_aside_but_stay_near() {
        let homes =
            [(100.0, 100.0), (102.0, 101.0), (99.0, 104.0), (104.0, 108.0), (100.0, 100.0), (300.0, 300.0)];
        let (look, mut crowd) = (look(), markers(&homes));
        shrink(&mut crowd, &look);
        step_aside(&mut crowd, &[], &look, ROOM);
        let placed: Vec<(Point, f64)> = crowd.values().copied().collect();
        for (i, (at, radius)) in placed.iter().enumerate() {
            assert!(*radius >= look.marker_least.0.min(look.marker_radius.0));
            assert!(at.distance(homes[i].into()) <= radius * STEP * STEPS as f64 + 1e-9);
            for (other, size) in &placed[..i] {
                assert!(at.distance(*other) >= radius + size, "{at:?} and {other:?} overlap");
            }
        }
        // who stands alone is not touched
        assert_eq!(placed[5], (Point::new(300.0, 300.0), look.marker_radius.0));
    }

    #[test]
    fn a_marker_leaves_a_small_neighbour_in_sight() {
        let (look, mut one) = (look(), markers(&[(100.0, 100.0)]));
        let path = super::super::rect_path(Rect::new(100.5, 95.0, 107.0, 105.0));
        let neighbour = Neighbour { area: path.area().abs(), reach: path.bounding_box(), path: &path };
        let before = neighbour.hidden(Point::new(100.0, 100.0), look.marker_radius.0);
        step_aside(&mut one, std::slice::from_ref(&neighbour), &look, ROOM);
        let (at, radius) = one[&PlaceId(0)];
        let after = neighbour.hidden(at, radius);
        assert!(before > 0.3 && after < 0.15, "{before} before, {after} after");
    }
}
