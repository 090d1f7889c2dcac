//! A place where a label could stand, and whether two of them get in each other's way.

use super::axis::letter_boxes;
use super::boxes::{NOWHERE, joined, overlap};
use super::inside::Margin;
use super::polygon::{bounds_of, convex_overlap};
use super::{Align, Placement};
use crate::geometry::Path;
use kurbo::{Point, QuadBez, Rect, Vec2};

/// A possible place of a label.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Which of the request's forms.
    pub form: usize,
    /// The box of the words.
    pub rect: Rect,
    /// How lines are aligned in the box.
    pub align: Align,
    /// The baseline, where the words follow an axis.
    pub along: Option<QuadBez>,
    /// From the words to the place.
    pub leader: Vec<Point>,
    /// How bad it is: 0 is ideal, 1 about as bad as a long leader.
    pub cost: f64,
    /// What must stay clear of other labels.
    pub footprint: Footprint,
}

/// The ground that a label takes up.
#[derive(Clone, Debug)]
pub struct Footprint {
    /// The box around everything.
    pub bounds: Rect,
    /// The words with the air that they need, or the box around them where they follow an axis.
    pub words: Rect,
    /// The box around its leader, or around nothing.
    pub leads: Rect,
    /// The words along an axis, with the air that they need.
    chain: Box<[Quad]>,
    /// The strokes of the leader with the air that they need.
    leader: [Stroke; 2],
    strokes: usize,
    kind: Kind,
}

/// What takes up the ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words, with or without a leader; or a block.
    Words,
    /// A remark, whose line may run across arrows.
    Remark,
    /// An arrow.
    Arrow,
}

/// A convex quadrilateral and the box around it.
#[derive(Clone, Debug)]
pub struct Quad {
    bounds: Rect,
    corners: [Point; 4],
}

impl Quad {
    /// Of its corners, in order.
    pub fn new(corners: [Point; 4]) -> Self {
        Quad { bounds: bounds_of(&corners), corners }
    }

    fn meets(&self, other: &Quad) -> bool {
        overlap(self.bounds, other.bounds) && convex_overlap(&self.corners, &other.corners)
    }

    /// Of the directions of the rectangle's sides the boxes tell, so that its own are left to look along (separating axis theorem).
    fn meets_rect(&self, rect: Rect) -> bool {
        let middle = rect.center();
        let (half_width, half_height) = (rect.width() / 2.0, rect.height() / 2.0);
        let apart = |k: usize| {
            let side = self.corners[(k + 1) % 4] - self.corners[k];
            let reach = half_width * side.y.abs() + half_height * side.x.abs();
            let from_middle = self.corners.map(|corner| side.cross(corner - middle));
            from_middle.iter().all(|by| *by > reach) || from_middle.iter().all(|by| *by < -reach)
        };
        overlap(self.bounds, rect) && !(0..4).any(apart)
    }
}

/// Half the distance in px that leaders keep from each other and from words.
const LEADER_AIR: f64 = 2.0;

/// The distance in px that leaders keep from the dots of others, and up to which two of them end side by side.
const DOT: f64 = 3.5;
const SIDE_BY_SIDE: f64 = 8.0;

impl Candidate {
    /// Words in a level box.
    pub fn level(form: usize, rect: Rect, align: Align, cost: f64, em: f64) -> Self {
        let footprint = Footprint::of_words(Margin::of(em).around(rect));
        Candidate { form, rect, align, along: None, leader: Vec::new(), cost, footprint }
    }

    /// Words on a baseline.
    pub fn along(form: usize, baseline: QuadBez, height: f64, cost: f64, em: f64) -> Self {
        let margin = Margin::of(em);
        let boxes = letter_boxes(baseline, height + margin.top, margin.bottom);
        let footprint = Footprint::of_chain(boxes.into_iter().map(Quad::new).collect());
        let rect = super::axis::bounds(baseline, height);
        Candidate {
            form,
            rect,
            align: Align::Middle,
            along: Some(baseline),
            leader: Vec::new(),
            cost,
            footprint,
        }
    }

    /// The same with a leader, of two points or three.
    pub fn with_leader(self, leader: Vec<Point>) -> Self {
        Candidate { footprint: self.footprint.led(&leader), leader, ..self }
    }

    /// As the answer of the engine.
    pub fn placement(&self) -> Placement {
        let along = self.along.map(|q| {
            let mut path = Path::new();
            path.move_to(q.p0);
            path.quad_to(q.p1, q.p2);
            path
        });
        let leader = (!self.leader.is_empty()).then(|| self.leader.clone());
        Placement { form: self.form, rect: self.rect, align: self.align, leader, along }
    }
}

impl Footprint {
    fn new(words: Rect, chain: Box<[Quad]>) -> Self {
        Footprint {
            bounds: words,
            words,
            leads: NOWHERE,
            chain,
            leader: [Stroke::default(); 2],
            strokes: 0,
            kind: Kind::Words,
        }
    }

    /// Of words in a level box, with the air that they need.
    pub fn of_words(words: Rect) -> Self {
        Footprint::new(words, Box::default())
    }

    /// Of words, or a band, in a chain of pieces; of nothing, without any.
    pub fn of_chain(chain: Box<[Quad]>) -> Self {
        Footprint::new(chain.iter().map(|quad| quad.bounds).fold(NOWHERE, joined), chain)
    }

    /// The same of another kind.
    pub fn of_kind(self, kind: Kind) -> Self {
        Footprint { kind, ..self }
    }

    /// The same with a leader, of two points or three.
    pub fn led(mut self, leader: &[Point]) -> Self {
        for (stroke, w) in self.leader.iter_mut().zip(leader.windows(2)) {
            *stroke = Stroke::new(w[0], w[1]);
            self.leads = joined(self.leads, stroke.bounds);
            self.bounds = joined(self.bounds, stroke.bounds);
            self.strokes += 1;
        }
        self
    }

    fn leader(&self) -> &[Stroke] {
        &self.leader[..self.strokes]
    }

    /// Whether the words are all of their box.
    pub fn is_level(&self) -> bool {
        self.chain.is_empty()
    }

    /// Whether it has a leader.
    pub fn has_leader(&self) -> bool {
        self.strokes > 0
    }

    /// Whether two labels cannot both stand: words on words, a leader through words, or leaders that meet.
    pub fn conflicts(&self, other: &Footprint) -> bool {
        overlap(self.bounds, other.bounds)
            && (self.covers_words(other) || self.strikes(other) || other.strikes(self) || self.crosses(other))
    }

    /// Whether its leader goes through the words of the other.
    pub fn strikes(&self, other: &Footprint) -> bool {
        (self.kind, other.kind) != (Kind::Remark, Kind::Arrow)
            && self.leader().iter().any(|stroke| other.is_struck(stroke))
    }

    /// Whether the leaders meet.
    pub fn crosses(&self, other: &Footprint) -> bool {
        self.leader().iter().any(|one| other.leader().iter().any(|stroke| one.meets(stroke)))
            || self.passes_end_of(other)
            || other.passes_end_of(self)
    }

    /// Whether its leader passes by the dot in which the other's ends, and not as it ends there itself.
    fn passes_end_of(&self, other: &Footprint) -> bool {
        let (Some(own), Some(dot)) = (self.end(), other.end()) else { return false };
        own.distance_squared(dot) > SIDE_BY_SIDE * SIDE_BY_SIDE
            && self.leader().iter().any(|stroke| stroke.passes(dot))
    }

    /// Where the leader ends, in a dot.
    fn end(&self) -> Option<Point> {
        self.leader().last().map(|stroke| stroke.middle + stroke.along * stroke.half)
    }

    /// Whether words lie on words.
    pub fn covers_words(&self, other: &Footprint) -> bool {
        overlap(self.words, other.words)
            && match (&*self.chain, &*other.chain) {
                ([], []) => true,
                ([], chain) => chain.iter().any(|quad| quad.meets_rect(self.words)),
                (chain, []) => chain.iter().any(|quad| quad.meets_rect(other.words)),
                (chain, others) => chain.iter().any(|quad| others.iter().any(|one| quad.meets(one))),
            }
    }

    /// Whether a leader goes through the words.
    fn is_struck(&self, stroke: &Stroke) -> bool {
        stroke.meets_rect(self.words)
            && (self.chain.is_empty() || {
                let corners = stroke.corners();
                let struck = |quad: &Quad| {
                    overlap(quad.bounds, stroke.bounds) && convex_overlap(&quad.corners, &corners)
                };
                self.chain.iter().any(struck)
            })
    }
}

/// A straight piece of a leader as a box along it.
#[derive(Clone, Copy, Debug, Default)]
struct Stroke {
    bounds: Rect,
    middle: Point,
    /// Unit vector.
    along: Vec2,
    /// Half the length. No air at the ends: the leaders of two neighbouring specks may end side by side.
    half: f64,
}

impl Stroke {
    fn new(a: Point, b: Point) -> Self {
        let along = (b - a) / crate::geometry::length(b - a).max(1e-9);
        let half = a.distance(b) / 2.0;
        let bounds = Rect::from_points(a, b).inflate(LEADER_AIR, LEADER_AIR);
        Stroke { bounds, middle: a.midpoint(b), along, half }
    }

    /// Half the extent along a unit vector.
    fn reach(&self, axis: Vec2) -> f64 {
        self.half * self.along.dot(axis).abs() + LEADER_AIR * self.along.cross(axis).abs()
    }

    /// Whether it passes by a dot.
    fn passes(&self, dot: Point) -> bool {
        let off = dot - self.middle;
        off.dot(self.along).abs() <= self.half + DOT && off.cross(self.along).abs() <= DOT
    }

    /// Separating axes of two boxes: the directions of their sides.
    fn meets(&self, other: &Stroke) -> bool {
        let apart =
            |axis: Vec2| (other.middle - self.middle).dot(axis).abs() > self.reach(axis) + other.reach(axis);
        let across = |s: &Stroke| Vec2::new(-s.along.y, s.along.x);
        overlap(self.bounds, other.bounds)
            && !apart(across(self))
            && !apart(across(other))
            && !apart(self.along)
            && !apart(other.along)
    }

    fn meets_rect(&self, rect: Rect) -> bool {
        let off = rect.center() - self.middle;
        let across = Vec2::new(-self.along.y, self.along.x);
        let reach = (rect.width() * across.x.abs() + rect.height() * across.y.abs()) / 2.0;
        overlap(self.bounds, rect) && off.dot(across).abs() <= reach + LEADER_AIR
    }

    fn corners(&self) -> [Point; 4] {
        let along = self.along * self.half;
        let across = Vec2::new(-self.along.y, self.along.x) * LEADER_AIR;
        let (a, b) = (self.middle - along, self.middle + along);
        [a + across, b + across, b - across, a - across]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led(to: (f64, f64), from: (f64, f64)) -> Footprint {
        let words = Rect::from_center_size(from, (4.0, 4.0)) + (Point::from(from) - Point::from(to)) * 0.1;
        Footprint::of_words(words).led(&[from.into(), to.into()])
    }

    #[test]
    fn letters_meet_a_box_as_any_two_convex_shapes_meet() {
        let rect = Rect::new(-30.0, -8.0, 30.0, 8.0);
        let mut met = 0;
        for k in 0..4000 {
            let share = |step: usize| (k * step % 997) as f64 / 997.0;
            let (sin, cos) = libm::sincos(share(331) * std::f64::consts::TAU);
            let middle = Point::new(share(613) * 120.0 - 60.0, share(179) * 80.0 - 40.0);
            let (along, across) = (Vec2::new(cos, sin) * 9.0, Vec2::new(-sin, cos) * (4.0 + share(41) * 9.0));
            // like letters on a curve, one side longer than the other
            let quad = Quad::new([
                middle - along - across,
                middle + along - across,
                middle + along * 0.7 + across,
                middle - along * 0.7 + across,
            ]);
            let expected = convex_overlap(&crate::compose::labels::polygon::corners(rect), &quad.corners);
            assert_eq!(quad.meets_rect(rect), expected, "{quad:?}");
            met += usize::from(expected);
        }
        assert!((400..3600).contains(&met), "{met}");
    }

    #[test]
    fn a_leader_keeps_off_the_dot_of_another() {
        let upright = led((50.0, 50.0), (50.0, 90.0));
        // just beyond the dot, where the lines themselves do not meet
        let passing = |y: f64| led((0.0, y), (100.0, y));
        assert!(upright.conflicts(&passing(47.0)) && passing(47.0).conflicts(&upright));
        assert!(!upright.conflicts(&passing(45.0)));
        // two specks side by side
        assert!(!upright.conflicts(&led((54.5, 50.0), (54.5, 90.0))));
    }
}
