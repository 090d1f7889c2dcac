//! Arrows from place to place: bent towards the sea, growing towards a small sharp head that stops at
//! the edge of the name it points to.
//!
//! The bend is a curve through the middle of the great circle, moved aside; among several bends the one is taken
//! that crosses least land and no words. Arrows of one origin that go much the same way leave it as one trunk.

mod arrow;
mod bundle;
mod heads;

pub use arrow::{FlowScale, draw, flow_entries, sample};

use kurbo::{CubicBez, ParamCurve as _, Point, Rect, Shape as _, Vec2};

use rayon::prelude::*;

use super::ground::Ground;
use super::labels::{Piece, Stand, point_of_inaccessibility};
use super::map::Drawn;
use super::naming::{Name, Names};
use super::{Parts, Target, cross};
use crate::atlas::PlaceId;
use crate::geometry::{LonLat, length};
use crate::join::Value;
use crate::paint::Color;
use crate::style::{FlowLook, Style};
use arrow::Shaft;
use bundle::Trunk;

/// Points along a curve.
const SAMPLES: usize = 40;
/// Bends that are tried go up to this many fifths of the style's bow, to either side.
const MOST_BENT: i32 = 13;
/// The same of arrows that stand for an amount, as a multiple of the style's bow.
const MOST_BENT_WIDE: f64 = 1.2;
/// Where along its length an arrow is bent most: shares of the length from its middle.
const SKEWS: [f64; 5] = [0.0, -0.1, 0.1, -0.2, 0.2];

/// An arrow goes to words at sea unless they are this many times farther away than the place itself.
const DETOUR: f64 = 1.6;

/// How a curve departs from its great circle.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bend {
    /// Offset of the curve's middle to the right of travel, as a share of its length.
    bow: f64,
    /// Shift of the greatest offset along it, as a share of its length.
    skew: f64,
}

/// The bends that are tried, to one side (1 or -1): multiples of the style's bow.
fn bends(side: f64) -> impl Iterator<Item = Bend> {
    let bows = (1..=MOST_BENT).map(move |k| side * f64::from(k) / 5.0);
    bows.flat_map(|bow| SKEWS.iter().map(move |skew| Bend { bow, skew: *skew }))
}

/// An arrow before the names stand: its ends and its bend.
#[derive(Clone, Debug)]
pub struct Aim {
    from: Point,
    to: Point,
    from_place: Option<PlaceId>,
    to_place: Option<PlaceId>,
    /// Middle of the great circle on the page.
    middle: Point,
    bend: Bend,
    /// Its widths.
    shaft: Shaft,
    color: Color,
    value: Option<f64>,
    /// How it leaves its origin.
    trunk: Trunk,
}

impl Aim {
    /// Half of its width, px.
    fn half(&self) -> f64 {
        self.shaft.end / 2.0
    }

    /// The best `most` bends that it may take, as a part of the arrangement. It does not mind the names `spares`.
    fn piece(&self, most: usize, ground: &Ground, look: &FlowLook, spares: Vec<usize>) -> Piece {
        let hindrances = Hindrances { ground, boxes: &ground.boxes, ways: &[], leaders: &[] };
        let rate = |(one, bend): (Bend, Bend)| {
            let points: Vec<Point> = sampled(self.bent(bend)).collect();
            let land = points.iter().filter(|p| ground.is_land(**p)).count() as f64 / SAMPLES as f64;
            (shape_cost(one) + land + hindrances.along(&points), points)
        };
        let mut all: Vec<(f64, Vec<Point>)> =
            self.bends(look.bow, bends(self.bend.bow.signum())).map(rate).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        all.truncate(most);
        let least = all.first().map_or(0.0, |one| one.0);
        let stand = |(cost, points): (f64, Vec<Point>)| {
            let coarse: Vec<Point> = points.into_iter().step_by(2).collect();
            Stand::arrow(&coarse, self.half() + look.gap.0 / 2.0, cost)
        };
        let mut stands: Vec<Stand> = all.into_iter().map(stand).collect();
        stands.push(Stand::nowhere(least + NOWHERE));
        Piece { stands, spares, is_arrow: true }
    }

    /// The bends among `all` that suit it, as multiples of the style's bow and in full.
    fn bends(&self, bow: f64, all: impl Iterator<Item = Bend>) -> impl Iterator<Item = (Bend, Bend)> {
        // wide arrows that go far round say more of the way than of its ends
        let most = if self.value.is_some() { MOST_BENT_WIDE } else { f64::from(MOST_BENT) / 5.0 };
        let suits = move |one: &Bend| one.bow.abs() <= most;
        all.filter(suits).map(move |one| (one, Bend { bow: one.bow * bow, ..one }))
    }

    /// The places at its ends.
    pub fn ends(&self) -> [Option<PlaceId>; 2] {
        [self.from_place, self.to_place]
    }

    /// The same arrow between other ends; what the great circle bends it stays.
    fn moved(&self, from: Point, to: Point) -> Aim {
        let shift = ((from - self.from) + (to - self.to)) / 2.0;
        Aim { from, to, middle: self.middle + shift, ..self.clone() }
    }

    fn at(&self, t: f64) -> Point {
        self.bent(self.bend).eval(t)
    }

    /// The curve with another bend.
    fn bent(&self, bend: Bend) -> CubicBez {
        let chord = self.to - self.from;
        let aside = Vec2::new(-chord.y, chord.x) * bend.bow + chord * bend.skew;
        // the curve's middle lies half way between control point and chord
        let control = self.middle + aside * 2.0 + (self.middle - self.from.midpoint(self.to));
        // a quadratic curve, of which a trunk turns the start
        let (start, end) = ((control - self.from) * (2.0 / 3.0), (control - self.to) * (2.0 / 3.0));
        let start = self.trunk.along.map_or(start, |along| along * length(start));
        CubicBez::new(self.from, self.from + start, self.to + end, self.to)
    }
}

/// Bends that all arrows have to choose from together, and most that one has: with nowhere, as many as the choice takes.
const BENDS: usize = 2000;
const MOST_BENDS: usize = 63;
/// So many arrows cover a map, whatever they do: no name gives way to them, and they cross.
const CROWD: usize = 400;
/// What an arrow that finds no free bend costs more than the best that it has.
const NOWHERE: f64 = 3.0;

/// The arrows as parts of the arrangement, between names where they will likely stand; `spares` gives the names that each does not
/// mind.
pub fn pieces(
    aims: &[Aim],
    likely: &Names,
    ground: &Ground,
    look: &FlowLook,
    spares: impl Fn(&Aim) -> Vec<usize> + Sync,
) -> Vec<Piece> {
    if aims.len() > CROWD {
        return Vec::new();
    }
    let most = (BENDS / aims.len().max(1)).min(MOST_BENDS);
    let of = |aim: &Aim| between(aim, aims, &likely.names, look).aim.piece(most, ground, look, spares(aim));
    aims.par_iter().map(of).collect()
}

/// What a bend costs, as a multiple of the style's bow.
fn shape_cost(bend: Bend) -> f64 {
    (bend.bow.abs() - 1.0).abs() * 0.08 + bend.skew.abs() * 0.4
}

/// The arrows that are wanted, each from the best point of its origin to that of its target.
pub fn aims(parts: &Parts<'_>, drawn: &Drawn, ground: &Ground) -> Vec<Aim> {
    let mut aims = Vec::new();
    for flow in parts.flows {
        let Some(a) = end(parts, drawn, &flow.from) else { continue };
        let ends: Vec<Option<Point>> = flow.to.par_iter().map(|to| end(parts, drawn, &to.target)).collect();
        for (flow_end, b) in flow.to.iter().zip(ends) {
            let Some(b) = b else { continue };
            let (to, value) = (flow_end.target, flow_end.value);
            let halfway = middle(flow.from.at, to.at);
            let middle = parts.map.locate(halfway).unwrap_or_else(|| a.midpoint(b));
            aims.push(Aim {
                from: a,
                to: b,
                from_place: flow.from.place,
                to_place: to.place,
                middle: if length(middle - a.midpoint(b)) > length(b - a) { a.midpoint(b) } else { middle },
                bend: Bend { bow: 0.0, skew: 0.0 },
                shaft: Shaft::new(width(parts, value), &parts.style.flow),
                color: color(parts, value),
                value,
                trunk: Trunk::default(),
            });
        }
    }
    lean_alike(&mut aims, parts.style.flow.bow, ground);
    bundle::bundle(&mut aims);
    aims
}

/// The width of an arrow by its amount, px.
fn width(parts: &Parts<'_>, value: Option<f64>) -> Option<f64> {
    Some(parts.flow_scale.widths.as_ref()?.width(value?))
}

/// The colour of an arrow by its amount.
fn color(parts: &Parts<'_>, value: Option<f64>) -> Color {
    let by_value = parts.flow_scale.colors.as_ref().zip(value);
    let paint = by_value.map(|(scale, value)| scale.paint(Some(&Value::Number(value))).ground());
    paint.unwrap_or(parts.style.flow.color)
}

/// Arrows from one origin lean to the same side, that on which they cross less land together: a fan, not a tangle.
fn lean_alike(aims: &mut [Aim], bow: f64, ground: &Ground) {
    let over_land = Hindrances::land(ground);
    let sides: Vec<[(f64, Bend); 2]> =
        aims.par_iter().map(|aim| [1.0, -1.0].map(|side| rated(aim, bow, &over_land, bends(side)))).collect();
    let origins: Vec<Point> = aims.iter().map(|aim| aim.from).collect();
    for (aim, own) in aims.iter_mut().zip(&sides) {
        let family =
            || sides.iter().zip(&origins).filter(|(_, from)| **from == aim.from).map(|(sides, _)| sides);
        let total = |side: usize| family().map(|sides| sides[side].0).sum::<f64>();
        aim.bend = own[usize::from(total(0) > total(1))].1;
    }
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

/// Points along a curve, both ends included.
fn sampled(curve: CubicBez) -> impl Iterator<Item = Point> {
    (0..=SAMPLES).map(move |k| curve.eval(k as f64 / SAMPLES as f64))
}

/// What an arrow should keep off.
struct Hindrances<'a> {
    ground: &'a Ground,
    boxes: &'a [Rect],
    /// Arrows that stand already.
    ways: &'a [Way],
    /// Leaders of names.
    leaders: &'a [&'a [Point]],
}

impl<'a> Hindrances<'a> {
    fn land(ground: &'a Ground) -> Self {
        Hindrances { ground, boxes: &[], ways: &[], leaders: &[] }
    }

    /// What a way costs beyond the land it crosses: words, other arrows, and leaving the map.
    fn along(&self, points: &[Point]) -> f64 {
        let around = points.iter().fold(Rect::from_points(points[0], points[0]), |all, p| all.union_pt(*p));
        let reached: Vec<&Rect> = self.boxes.iter().filter(|one| one.overlaps(around)).collect();
        let in_box = |pair: &&[Point]| {
            let middle = pair[0].midpoint(pair[1]);
            reached.iter().any(|one| one.contains(pair[0]) || one.contains(middle))
        };
        let hit = points.windows(2).filter(in_box).count() as f64;
        let out = points.iter().filter(|p| !self.ground.rect.contains(**p)).count() as f64;
        hit * 0.6 + out + self.crossings(points) as f64 * 0.7
    }

    /// How many of the standing arrows and leaders `points` run across, beyond the point where arrows fan out. They bend
    /// so little that every other point of them is enough.
    fn crossings(&self, points: &[Point]) -> usize {
        let coarse = |points: &[Point]| -> Vec<Point> {
            points.iter().skip(SAMPLES / 10).step_by(2).copied().collect()
        };
        let own = coarse(points);
        let ways = self.ways.iter().filter(|way| lines_cross(&own, &coarse(&way.points))).count();
        ways + self.leaders.iter().filter(|leader| lines_cross(&own, leader)).count()
    }
}

/// Whether one open line runs across another.
fn lines_cross(one: &[Point], other: &[Point]) -> bool {
    one.windows(2).any(|a| other.windows(2).any(|b| cross(a[0], a[1], b[0], b[1])))
}

/// The bend that crosses the least land, no words and no other arrow, with its cost.
fn rated(aim: &Aim, bow: f64, hindrances: &Hindrances<'_>, bends: impl Iterator<Item = Bend>) -> (f64, Bend) {
    let mut best = (f64::INFINITY, Bend { bow, skew: 0.0 });
    for (one, bend) in aim.bends(bow, bends) {
        let (curve, shape) = (aim.bent(bend), shape_cost(one));
        // so many points on land that it cannot win any more
        let bound = (best.0 - shape) * SAMPLES as f64;
        let mut land = 0.0;
        let mut over = sampled(curve).filter(|p| hindrances.ground.is_land(*p));
        while land < bound && over.next().is_some() {
            land += 1.0;
        }
        let cost = shape + land / SAMPLES as f64;
        // words and other arrows are only looked at where that can still win
        if land >= bound || cost >= best.0 {
            continue;
        }
        let points: Vec<Point> = sampled(curve).collect();
        let cost = cost + hindrances.along(&points);
        if cost < best.0 {
            best = (cost, bend);
        }
    }
    best
}

/// An arrow's final way, and the place it points to.
pub struct Way {
    /// Points along it.
    pub points: Vec<Point>,
    /// The place at its end.
    pub to: Option<PlaceId>,
    shaft: Shaft,
    color: Color,
    value: Option<f64>,
    /// The number of its trunk.
    bundle: usize,
}

/// The ways of the arrows between the names as they stand.
pub fn ways(aims: &[Aim], placed: &Names, ground: &Ground, style: &Style) -> Vec<Way> {
    let (look, names) = (&style.flow, &placed.names);
    let of_points: Vec<Rect> = placed.points.iter().flatten().map(|point| point.rect).collect();
    let mut standing: Vec<Way> = Vec::new();
    let mut order: Vec<&Aim> = aims.iter().collect();
    // the longest first: the shorter ones fit inside its bow
    order.sort_by(|a, b| length(b.to - b.from).total_cmp(&length(a.to - a.from)));
    for aim in order {
        let Between { mut aim, start, end } = between(aim, aims, names, look);
        let wide = if aim.value.is_some() { aim.half() } else { 0.0 };
        let others: Vec<Rect> = names
            .iter()
            .filter(|name| Some(name.id) != aim.to_place)
            .map(|name| {
                if start == Some(name.rect) {
                    name.rect
                } else {
                    name.rect.inflate(look.gap.0 + wide, look.gap.0 + wide)
                }
            })
            .chain(ground.boxes.iter().chain(&of_points).copied())
            .collect();
        let foreign = names.iter().filter(|name| ![aim.from_place, aim.to_place].contains(&Some(name.id)));
        let leaders: Vec<&[Point]> = foreign.filter_map(|name| name.leader.as_deref()).collect();
        // of so many they cross anyway
        let ways = if aims.len() > CROWD { &[] } else { &*standing };
        let side = aim.bend.bow.signum();
        aim.bend = rated(
            &aim,
            look.bow,
            &Hindrances { ground, boxes: &others, ways, leaders: &leaders },
            bends(side),
        )
        .1;
        standing.push(Way {
            points: trimmed(&aim, end, look),
            to: aim.to_place,
            shaft: aim.shaft,
            color: aim.color,
            value: aim.value,
            bundle: aim.trunk.number,
        });
    }
    heads::part(&mut standing, look);
    standing
}

/// An arrow between the names at its ends, and their boxes where it begins or ends at them.
struct Between {
    aim: Aim,
    start: Option<Rect>,
    end: Option<Rect>,
}

fn between(aim: &Aim, aims: &[Aim], names: &[Name], look: &FlowLook) -> Between {
    let own = |place: Option<PlaceId>| names.iter().find(|name| Some(name.id) == place);
    let start = own(aim.from_place).filter(|name| name.inside).map(|name| name.rect);
    // words tied by a leader stand away from their place: the arrow goes to the place
    let beside = |name: &&Name| {
        let start = start.map_or(aim.from, |rect| rect.center());
        let detour = length(name.rect.center() - start) / length(aim.to - start).max(1.0);
        name.inside || (name.leader.is_none() && detour < DETOUR)
    };
    let end = own(aim.to_place).filter(beside).map(|name| name.rect);
    let aside = aim.trunk.along.map_or(Vec2::ZERO, |along| Vec2::new(-along.y, along.x) * aim.trunk.aside);
    let aim = aim.moved(
        start.map_or(aim.from, |rect| fan(rect, aim, aims, look)) + aside,
        end.map_or(aim.to, |rect| rect.center()),
    );
    Between { aim, start, end }
}

/// Where the arrows that leave a name begin, all at one point: at its rim, towards the middle of their targets.
fn fan(rect: Rect, aim: &Aim, aims: &[Aim], look: &FlowLook) -> Point {
    let same: Vec<Point> =
        aims.iter().filter(|one| one.trunk.number == aim.trunk.number).map(|one| one.to).collect();
    let sum = same.iter().fold(Vec2::ZERO, |sum, to| sum + to.to_vec2());
    let toward = sum / same.len().max(1) as f64 - rect.center().to_vec2();
    // a trunk begins with a blunt end, whose corners reach back beside the name
    let gap = look.gap.0 + if aim.value.is_some() { aim.trunk.width / 2.0 } else { 0.0 };
    let rim = rect.inflate(gap, gap);
    let reach = |half: f64, along: f64| if along == 0.0 { f64::INFINITY } else { half / along.abs() };
    let factor = reach(rim.width() / 2.0, toward.x).min(reach(rim.height() / 2.0, toward.y));
    if factor.is_finite() { rect.center() + toward * factor } else { rect.center() }
}

/// The part of the curve before the box at its end.
fn trimmed(aim: &Aim, end: Option<Rect>, look: &FlowLook) -> Vec<Point> {
    let fine = 200;
    let rim = end.map(|rect| rect.inflate(look.gap.0, look.gap.0));
    let t = |k: usize| k as f64 / fine as f64;
    let hits = |k: &usize| rim.is_some_and(|rim| rim.contains(aim.at(t(*k))));
    let last = (1..=fine).find(hits).map_or(fine, |k| k.saturating_sub(1).max(1));
    (0..=SAMPLES).map(|k| aim.at(t(last) * k as f64 / SAMPLES as f64)).collect()
}
