//! Clipping on the sphere: what a clip edge is to the rest of the pipeline.
//!
//! A [`Globe`] is the turned globe together with its formula and the closed curve where the map is
//! torn open: the meridian opposite to the centre (`clip_antimeridian.rs`) or a small circle
//! around it (`clip_circle.rs`). It says how an edge between two vertices, a great-circle arc,
//! passes that curve. A *site* is a place on the curve, counted along it with the map to the left.
//! The plan (cut lines on the sphere first, then join the loose ends along the clip edge, then
//! clip again in the plane) is that of d3-geo by Mike Bostock (ISC licence).

use kurbo::{Affine, Point, Rect};

use crate::geometry::LonLat;

/// Where an edge meets the clip edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct End<S> {
    /// The place on the globe.
    pub spot: S,
    /// The same place along the clip edge.
    pub site: f64,
}

/// How an edge from one vertex to the next passes the clip edge.
#[derive(Clone, Copy, Debug)]
pub(super) enum Passage<S> {
    /// Visible as a whole.
    Within,
    /// Hidden as a whole.
    Outside,
    /// From the visible side to the hidden one.
    Leaves(End<S>),
    /// From the hidden side to the visible one.
    Enters(End<S>),
    /// Both vertices are visible, the middle is not (or the edge goes over the cut).
    Cut { leaves: End<S>, enters: End<S> },
    /// Both vertices are hidden, the middle is not.
    Glimpse { enters: End<S>, leaves: End<S> },
}

/// The turned globe, its clip edge and its formula.
pub(super) trait Globe: Sync {
    /// A position on the turned globe, in the form that the formula likes.
    type Spot: Copy + Send + Sync;

    /// Onto the turned globe.
    fn turn(&self, position: LonLat) -> Self::Spot;
    /// Back from it.
    fn undo(&self, spot: Self::Spot) -> LonLat;
    /// Whether the map shows `spot`.
    fn visible(&self, spot: Self::Spot) -> bool;
    /// The formula, y up.
    fn project(&self, spot: Self::Spot) -> Point;
    /// [`Globe::turn`] for many, added to `out`.
    fn turn_all(&self, positions: &[LonLat], out: &mut Vec<Self::Spot>);
    /// [`Globe::project`] for many, added to `out`; what is not visible comes anywhere.
    fn project_all(&self, spots: &[Self::Spot], out: &mut Vec<Point>);
    /// The formula's inverse; `None` outside the map.
    fn unproject(&self, p: Point) -> Option<Self::Spot>;
    /// From the formula's plane (y up) to the unit plane (y down).
    fn plane(&self) -> Affine;
    /// What is shown of the unit plane, where the formula has no end of its own.
    fn bounds(&self) -> Option<Rect>;

    /// The spot's unit vector.
    fn unit(&self, spot: Self::Spot) -> [f64; 3];
    /// The spot of a unit vector on the edge from `a` to `b`, which does not pass the clip edge.
    fn between(&self, unit: [f64; 3], a: Self::Spot, b: Self::Spot) -> Self::Spot;
    /// The spot so far east and north of it, in very small radians; towards the equator in place of north where that is
    /// the same.
    fn nudged(&self, spot: Self::Spot, aside: [f64; 2]) -> Self::Spot;
    /// At least the squared angle from `a` to `b`; more near the places where formulas stretch
    /// without bound, and infinite at them, so that a short edge there is looked at closely.
    fn span(&self, a: Self::Spot, b: Self::Spot) -> f64;
    /// How the edge passes the clip edge.
    fn passage(&self, a: Self::Spot, b: Self::Spot) -> Passage<Self::Spot>;

    /// A few sites along the clip edge, first and last being the same place; between two of them
    /// the edge is smooth.
    fn stations(&self) -> Vec<f64>;
    /// The spot of a site.
    fn at_site(&self, site: f64) -> Self::Spot;
    /// A plane for what is hidden, seen through the globe: a hidden ring that keeps the clip edge
    /// to its right runs clockwise there (x right, y up).
    fn behind(&self, spot: Self::Spot) -> (f64, f64);
}
