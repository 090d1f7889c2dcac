//! Arrows from place to place: bent towards the sea, growing towards a small sharp head that stops at
//! the edge of the name it points to.
//!
//! The bend is a quadratic curve through the middle of the great circle, moved aside; among several bends the
//! one is taken that crosses least land and no words.

use kurbo::{BezPath, Point, Rect, Shape as _, Vec2};

use super::ground::Ground;
use super::labels::point_of_inaccessibility;
use super::map::Drawn;
use super::naming::Name;
use super::{Parts, Target, group};
use crate::atlas::PlaceId;
use crate::geometry::{LonLat, length};
use crate::paint::Paint;
use crate::scene::{self, Group, Node, Stroke, Tag};
use crate::style::{FlowLook, Style};

/// Points along a curve.
const SAMPLES: usize = 40;
/// Bends that are tried, as multiples of the style's bow.
const BENDS: [f64; 9] = [1.0, -1.0, 0.6, -0.6, 1.5, -1.5, 0.25, -0.25, 2.0];

/// An arrow before the names stand: its ends and its bend.
#[derive(Clone, Debug)]
pub struct Aim {
    from: Point,
    to: Point,
    from_place: Option<PlaceId>,
    to_place: Option<PlaceId>,
    /// Middle of the great circle on the page.
    middle: Point,
    /// Offset of the curve's middle, as a share of its length, to the right of travel.
    bow: f64,
}

impl Aim {
    /// The curve from the one middle to the other.
    pub fn curve(&self) -> Vec<Point> {
        (0..=SAMPLES).map(|k| self.at(k as f64 / SAMPLES as f64)).collect()
    }

    /// The part of the curve outside the places at its ends: there, the arrow gives way to the name.
    pub fn between(&self, drawn: &Drawn) -> BezPath {
        let ends = [self.from_place, self.to_place];
        let areas: Vec<&BezPath> =
            ends.iter().flatten().filter_map(|id| drawn.areas.get(id)).map(|(path, _)| path).collect();
        let mut path = BezPath::new();
        let mut open = false;
        for p in self.curve() {
            let hidden = areas.iter().any(|area| area.winding(p) != 0);
            match (hidden, open) {
                (true, _) => open = false,
                (false, true) => path.line_to(p),
                (false, false) => {
                    path.move_to(p);
                    open = true;
                }
            }
        }
        path
    }

    fn at(&self, t: f64) -> Point {
        let chord = self.to - self.from;
        let aside = Vec2::new(-chord.y, chord.x) * self.bow;
        // the curve's middle lies half way between control point and chord
        let control = self.middle + aside * 2.0 + (self.middle - self.from.midpoint(self.to));
        let u = 1.0 - t;
        (self.from.to_vec2() * (u * u) + control.to_vec2() * (2.0 * u * t) + self.to.to_vec2() * (t * t))
            .to_point()
    }
}

/// The arrows that are wanted, each from the best point of its origin to that of its target.
pub fn aims(parts: &Parts<'_>, drawn: &Drawn) -> Vec<Aim> {
    let ground = Ground::new(drawn, parts.page.map);
    let mut aims = Vec::new();
    for flow in parts.flows {
        for to in &flow.to {
            let ends = end(parts, drawn, &flow.from).zip(end(parts, drawn, to));
            let Some((a, b)) = ends else { continue };
            let halfway = middle(flow.from.at, to.at);
            let middle = parts.map.locate(halfway).unwrap_or_else(|| a.midpoint(b));
            let mut aim = Aim {
                from: a,
                to: b,
                from_place: flow.from.place,
                to_place: to.place,
                middle: if length(middle - a.midpoint(b)) > length(b - a) { a.midpoint(b) } else { middle },
                bow: 0.0,
            };
            aim.bow = best_bow(&aim, parts.style.flow.bow, &ground, &[]);
            aims.push(aim);
        }
    }
    aims
}

fn end(parts: &Parts<'_>, drawn: &Drawn, target: &Target) -> Option<Point> {
    let area =
        target.place.and_then(|id| drawn.areas.get(&id)).map(|(path, _)| point_of_inaccessibility(path).0);
    area.or_else(|| parts.map.locate(target.at))
}

/// The middle of the great circle between two positions.
fn middle(a: LonLat, b: LonLat) -> LonLat {
    let (u, v) = (a.to_unit(), b.to_unit());
    LonLat::from_vector([u[0] + v[0], u[1] + v[1], u[2] + v[2]])
}

/// The bend that crosses the least land and none of `boxes`.
fn best_bow(aim: &Aim, bow: f64, ground: &Ground, boxes: &[Rect]) -> f64 {
    let cost = |factor: f64| {
        let bent = Aim { bow: factor * bow, ..aim.clone() };
        let points = bent.curve();
        let land: f64 = points.iter().map(|p| ground.at(*p)).map(|c| c.land + c.data * 0.8).sum();
        let hit = points.iter().filter(|p| boxes.iter().any(|one| one.contains(**p))).count() as f64;
        let out = points.iter().filter(|p| !ground.rect.contains(**p)).count() as f64;
        land / SAMPLES as f64 + hit * 0.5 + out + (factor.abs() - 1.0).abs() * 0.08
    };
    let best = BENDS.iter().min_by(|a, b| cost(**a).total_cmp(&cost(**b)));
    best.copied().unwrap_or(1.0) * bow
}

/// Draws the arrows between the names as they stand.
pub fn draw(aims: &[Aim], names: &[Name], ground: &Ground, style: &Style) -> Group {
    let look = &style.flow;
    let mut nodes = Vec::new();
    for aim in aims {
        let own = |place: Option<PlaceId>| {
            names.iter().find(|name| Some(name.id) == place && name.inside).map(|name| name.rect)
        };
        let (start, end) = (own(aim.from_place), own(aim.to_place));
        let mut aim = Aim {
            from: start.map_or(aim.from, |rect| rect.center()),
            to: end.map_or(aim.to, |rect| rect.center()),
            ..aim.clone()
        };
        let others: Vec<Rect> = names
            .iter()
            .filter(|name| Some(name.id) != aim.from_place && Some(name.id) != aim.to_place)
            .map(|name| name.rect.inflate(look.gap.0, look.gap.0))
            .chain(ground.boxes.iter().copied())
            .collect();
        aim.bow = best_bow(&aim, look.bow, ground, &others);
        let points = trimmed(&aim, start, end, look);
        nodes.extend(arrow(&points, look));
    }
    group("flows", nodes)
}

/// The part of the curve outside the boxes at its ends.
fn trimmed(aim: &Aim, start: Option<Rect>, end: Option<Rect>, look: &FlowLook) -> Vec<Point> {
    let fine = 200;
    let inside = |rect: Option<Rect>, t: f64| {
        rect.is_some_and(|rect| rect.inflate(look.gap.0, look.gap.0).contains(aim.at(t)))
    };
    let t = |k: usize| k as f64 / fine as f64;
    let first = (0..=fine).find(|k| !inside(start, t(*k))).unwrap_or(0);
    let last = (first..=fine).find(|k| inside(end, t(*k))).map_or(fine, |k| k.saturating_sub(1));
    let (a, b) = (t(first), t(last));
    (0..=SAMPLES).map(|k| aim.at(a + (b - a) * k as f64 / SAMPLES as f64)).collect()
}

/// A tapered arrow along `points`: a rim, then the arrow.
fn arrow(points: &[Point], look: &FlowLook) -> Vec<Node> {
    let total: f64 = points.windows(2).map(|pair| length(pair[1] - pair[0])).sum();
    let head = look.head_length.0.min(total * 0.5);
    let Some(&tip) = points.last() else { return Vec::new() };
    if total < 1.0 {
        return Vec::new();
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut run = 0.0;
    let mut neck = (points[0], Vec2::ZERO);
    for pair in points.windows(2) {
        let step = pair[1] - pair[0];
        let along = step / length(step).max(1e-9);
        let normal = Vec2::new(-along.y, along.x);
        let share = run / total;
        let half = (look.start_width.0 + (look.end_width.0 - look.start_width.0) * share) / 2.0;
        left.push(pair[0] + normal * half);
        right.push(pair[0] - normal * half);
        neck = (pair[0], normal);
        run += length(step);
        if run > total - head {
            break;
        }
    }
    let axis = (tip - neck.0) / length(tip - neck.0).max(1e-9);
    let base = tip - axis * head;
    let normal = Vec2::new(-axis.y, axis.x);
    let wing = look.head_width.0 / 2.0;
    let mut path = BezPath::new();
    for (i, p) in left.iter().enumerate() {
        if i == 0 { path.move_to(*p) } else { path.line_to(*p) }
    }
    let back = base - axis * (head * 0.18);
    path.line_to(back + normal * wing);
    path.line_to(tip);
    path.line_to(back - normal * wing);
    for p in right.iter().rev() {
        path.line_to(*p);
    }
    path.close_path();
    let rim = Stroke::solid(look.rim, look.rim_width.0 * 2.0);
    let shape =
        |fill, stroke| Node::Shape(scene::Shape { tag: Tag::default(), path: path.clone(), fill, stroke });
    vec![shape(None, Some(rim)), shape(Some(Paint::Solid(look.color)), None)]
}
