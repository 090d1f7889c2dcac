//! What else takes room on a map and may stand in several places: remarks with their lines, arrows, a legend, maps inside
//! the map. They are candidates of the same choice as the labels.

use super::Align;
use super::candidate::{Candidate, Footprint, Kind, Quad};
use super::problem::MOST;
use crate::geometry::length;
use kurbo::{Point, Rect, Vec2};

/// Something that may stand in several places.
#[derive(Debug, Default)]
pub struct Piece {
    /// Where it may stand. Of more than 64 the cheapest count.
    pub stands: Vec<Stand>,
    /// The requests (their indices) that it does not mind: of an arrow, the names of the places at its ends.
    pub spares: Vec<usize>,
    /// It is an arrow: arrows may cross.
    pub is_arrow: bool,
}

/// A place where a piece may stand.
#[derive(Debug)]
pub struct Stand {
    footprint: Footprint,
    cost: f64,
}

impl Stand {
    /// A block that keeps `block` free.
    pub fn block(block: Rect, cost: f64) -> Stand {
        Stand { footprint: Footprint::of_words(block), cost }
    }

    /// A remark that keeps `block` free, and its line, which may run across arrows.
    pub fn remark(block: Rect, line: [Point; 2], cost: f64) -> Stand {
        Stand { footprint: Footprint::of_words(block).led(&line).of_kind(Kind::Remark), cost }
    }

    /// An arrow, as a band along a line through `points`, `half` px to either side.
    pub fn arrow(points: &[Point], half: f64, cost: f64) -> Stand {
        let quad = |pair: &[Point]| {
            let along = (pair[1] - pair[0]) / length(pair[1] - pair[0]).max(1e-9);
            let across = Vec2::new(-along.y, along.x) * half;
            Quad::new([pair[0] + across, pair[1] + across, pair[1] - across, pair[0] - across])
        };
        let chain = points.windows(2).map(quad).collect();
        Stand { footprint: Footprint::of_chain(chain).of_kind(Kind::Arrow), cost }
    }

    /// Nowhere in particular: it is in nobody's way, and is put somewhere later.
    pub fn nowhere(cost: f64) -> Stand {
        Stand { footprint: Footprint::of_chain(Box::default()), cost }
    }
}

impl Piece {
    /// Its stands as candidates, the cheapest first, each with the number of its stand.
    pub(super) fn take_candidates(&mut self) -> Vec<Candidate> {
        let of = |(form, stand): (usize, Stand)| Candidate {
            form,
            rect: stand.footprint.bounds,
            align: Align::Middle,
            along: None,
            leader: Vec::new(),
            cost: stand.cost,
            footprint: stand.footprint,
        };
        let stands = std::mem::take(&mut self.stands);
        let mut all: Vec<Candidate> = stands.into_iter().enumerate().map(of).collect();
        all.retain(|one| one.cost.is_finite());
        all.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        all.truncate(MOST);
        all
    }
}
