//! A place where a label could stand, and whether two of them get in each other's way.

use super::axis::letter_boxes;
use super::inside::Margin;
use super::polygon::{bounds_of, convex_overlap, corners};
use super::{Align, Placement};
use kurbo::{BezPath, Point, QuadBez, Rect, Vec2};

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
    /// The words with the air that they need.
    text: Text,
    /// The strokes of the leader with the air that they need.
    leader: Vec<[Point; 4]>,
}

#[derive(Clone, Debug)]
enum Text {
    Box(Rect),
    Chain(Vec<[Point; 4]>),
}

/// Half the distance in px that leaders keep from each other and from words.
const LEADER_AIR: f64 = 2.0;

impl Candidate {
    /// Words in a level box.
    pub fn level(form: usize, rect: Rect, align: Align, cost: f64, em: f64) -> Self {
        let text = Text::Box(Margin::of(em).around(rect));
        let footprint = Footprint::new(text, &[]);
        Candidate { form, rect, align, along: None, leader: Vec::new(), cost, footprint }
    }

    /// Words on a baseline.
    pub fn along(form: usize, baseline: QuadBez, height: f64, cost: f64, em: f64) -> Self {
        let margin = Margin::of(em);
        let text = Text::Chain(letter_boxes(baseline, height + margin.top, margin.bottom));
        let footprint = Footprint::new(text, &[]);
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

    /// The same with a leader.
    pub fn with_leader(mut self, leader: Vec<Point>) -> Self {
        self.footprint = Footprint::new(self.footprint.text, &leader);
        self.leader = leader;
        self
    }

    /// As the answer of the engine.
    pub fn placement(&self) -> Placement {
        let along = self.along.map(|q| {
            let mut path = BezPath::new();
            path.move_to(q.p0);
            path.quad_to(q.p1, q.p2);
            path
        });
        let leader = (!self.leader.is_empty()).then(|| self.leader.clone());
        Placement { form: self.form, rect: self.rect, align: self.align, leader, along }
    }
}

impl Footprint {
    fn new(text: Text, leader: &[Point]) -> Self {
        let leader: Vec<[Point; 4]> = leader.windows(2).map(|w| thick(w[0], w[1])).collect();
        let words = match &text {
            Text::Box(rect) => *rect,
            Text::Chain(boxes) => {
                boxes.iter().map(|b| bounds_of(b)).reduce(|a, b| a.union(b)).unwrap_or_default()
            }
        };
        let bounds = leader.iter().map(|b| bounds_of(b)).fold(words, |a, b| a.union(b));
        Footprint { bounds, text, leader }
    }

    /// Whether two labels cannot both stand: words on words, a leader through words, or leaders that meet.
    pub fn conflicts(&self, other: &Footprint) -> bool {
        overlap(self.bounds, other.bounds)
            && (self.text.meets(&other.text)
                || self.leader.iter().any(|l| other.text.meets_quad(l))
                || other.leader.iter().any(|l| self.text.meets_quad(l))
                || self.leader.iter().any(|l| other.leader.iter().any(|m| convex_overlap(l, m))))
    }
}

impl Text {
    fn meets(&self, other: &Text) -> bool {
        match (self, other) {
            (Text::Box(a), Text::Box(b)) => overlap(*a, *b),
            (Text::Chain(chain), text) | (text, Text::Chain(chain)) => {
                chain.iter().any(|c| text.meets_quad(c))
            }
        }
    }

    fn meets_quad(&self, quad: &[Point; 4]) -> bool {
        match self {
            Text::Box(rect) => overlap(*rect, bounds_of(quad)) && convex_overlap(&corners(*rect), quad),
            Text::Chain(chain) => chain.iter().any(|c| convex_overlap(c, quad)),
        }
    }
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

fn thick(a: Point, b: Point) -> [Point; 4] {
    let along = (b - a) / (b - a).hypot().max(1e-9) * LEADER_AIR;
    let across = Vec2::new(-along.y, along.x);
    [a + across, b + across, b - across, a - across]
}
