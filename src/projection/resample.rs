//! Adaptive resampling: points put into a projected edge until it follows the great circle.
//!
//! The test is that of d3-geo `projection/resample.js` by Mike Bostock (ISC licence): an edge is
//! halved on the globe while the image of its middle lies off the straight line or far from its
//! middle, or while the edge is longer than 30°, up to a depth. Here the quarters are looked at as
//! well.

use kurbo::{Affine, Point};

use super::clip::Globe;
use super::rotate::{dot, normalize};

/// The largest distance, px, between an edge and its image.
pub(super) const TOLERANCE: f64 = 0.1;

/// The largest area, px², between an edge and its image, for a triangle: near a pole an edge can
/// be as long as the map, and a tenth of a pixel beside it an island's worth.
const SLIVER: f64 = 1.0;

/// An edge can be halved this often.
const DEPTH: u32 = 16;

/// cos 30°: a longer edge is always halved, as its middle alone could lie on the line by chance.
const COS_FAR: f64 = 0.866_025_403_784_438_6;

/// cos 2°: the image of a shorter edge bends one way only, unless it is at the clip edge of a map of the whole
/// globe, where the middle tells as well.
const COS_SHORT: f64 = 0.999_390_827_019_095_7;

/// How a globe comes onto the page.
#[derive(Clone, Copy)]
pub(super) struct Page {
    /// From the formula's plane, y up, to px.
    pub affine: Affine,
    /// Px per unit.
    pub scale: f64,
}

impl Page {
    #[inline]
    pub fn place<G: Globe>(&self, globe: &G, spot: G::Spot) -> Point {
        self.affine * globe.project(spot)
    }

    /// Whether the edge from `a` to `b` is surely straight on the page.
    ///
    /// The image of a great-circle arc of length s departs from its chord by at most s²/8 times
    /// the second derivative along it. For the formulas here that is below 6 + 2 m², with m the
    /// stretch along the edge, wherever `span` is finite.
    #[inline]
    pub fn straight<G: Globe>(&self, globe: &G, a: (G::Spot, Point), b: (G::Spot, Point)) -> bool {
        let chord2 = a.1.distance_squared(b.1);
        let s2 = globe.span(a.0, b.0);
        // Both sides times the scale, which saves a division.
        6.0 * s2 * self.scale * self.scale + 2.0 * chord2 <= 8.0 * TOLERANCE * self.scale
    }
}

/// A vertex while its edge is halved.
#[derive(Clone, Copy)]
struct Node<S> {
    spot: S,
    unit: [f64; 3],
    point: Point,
}

/// Gives `out` the points to put between `a` and `b`, in order.
#[cold]
pub(super) fn resample<G: Globe>(
    globe: &G,
    page: &Page,
    a: (G::Spot, Point),
    b: (G::Spot, Point),
    out: &mut Vec<Point>,
) {
    let node = |(spot, point)| Node { spot, unit: globe.unit(spot), point };
    halve(globe, page, node(a), node(b), DEPTH, out);
}

fn halve<G: Globe>(
    globe: &G,
    page: &Page,
    a: Node<G::Spot>,
    b: Node<G::Spot>,
    depth: u32,
    out: &mut Vec<Point>,
) {
    let cos = dot(a.unit, b.unit);
    let far = cos < COS_FAR;
    let chord = b.point - a.point;
    let chord2 = chord.hypot2();
    // What is shorter than two tolerances cannot be seen to bend.
    if depth == 0 || (!far && chord2 <= 4.0 * TOLERANCE * TOLERANCE) {
        return;
    }
    let Some(middle) = between(globe, page, a, b) else { return };
    let allowed = (TOLERANCE * chord2.sqrt()).min(SLIVER);
    let bent = |p: Point| chord.cross(p - a.point).abs() > allowed;
    let uneven = || (chord.dot(middle.point - a.point) / chord2 - 0.5).abs() > 0.3;
    // An image that turns both ways has its middle on the straight line by chance.
    let twisted = || {
        if cos > COS_SHORT {
            return false;
        }
        let quarters = [between(globe, page, a, middle), between(globe, page, middle, b)];
        quarters.into_iter().flatten().any(|quarter| bent(quarter.point))
    };
    if far || bent(middle.point) || uneven() || twisted() {
        halve(globe, page, a, middle, depth - 1, out);
        out.push(middle.point);
        halve(globe, page, middle, b, depth - 1, out);
    }
}

/// The middle of the edge from `a` to `b`; `None` when they are antipodes.
fn between<G: Globe>(globe: &G, page: &Page, a: Node<G::Spot>, b: Node<G::Spot>) -> Option<Node<G::Spot>> {
    let unit = normalize(std::array::from_fn(|i| a.unit[i] + b.unit[i]))?;
    let spot = globe.between(unit, a.spot, b.spot);
    Some(Node { spot, unit, point: page.place(globe, spot) })
}
