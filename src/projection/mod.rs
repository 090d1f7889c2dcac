//! Longitude and latitude into the plane: formulas, and one pipeline around them.
//!
//! rotation → clipping on the sphere → formula → adaptive resampling → clip to a rectangle.
//! The *unit plane* is the formula's own: x right, **y down**, the globe's radius is 1.

use kurbo::{BezPath, Point, Rect, Vec2};

use crate::geometry::{LonLat, Polygon, Topology};

/// Which projection, and how the globe is turned under it.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectionOptions {
    /// Its name (`equal-earth`), one of [`NAMES`].
    pub name: String,
    /// Longitude and latitude that come to the middle.
    pub center: LonLat,
    /// Turn around the middle, degrees clockwise.
    pub roll: f64,
    /// Standard parallels of conic and cylindrical projections, degrees.
    pub parallels: Option<(f64, f64)>,
}

/// The names of all projections.
pub const NAMES: &[&str] = &[
    "lambert-azimuthal-equal-area",
    "albers",
    "equal-earth",
    "mercator",
    "natural-earth",
    "orthographic",
    "equirectangular",
];

/// The step from the unit plane to the page: scale, then shift. A plain value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Px per unit.
    pub scale: f64,
    /// Where the unit plane's origin comes to lie on the page.
    pub offset: Vec2,
}

impl Fit {
    /// The fit that shows `extent` (unit plane) as large as possible in the middle of `frame` (page).
    pub fn contain(extent: Rect, frame: Rect) -> Fit {
        let scale = (frame.width() / extent.width()).min(frame.height() / extent.height());
        Fit { scale, offset: frame.center().to_vec2() - extent.center().to_vec2() * scale }
    }

    /// Unit plane to page.
    pub fn apply(self, p: Point) -> Point {
        (p.to_vec2() * self.scale + self.offset).to_point()
    }

    /// Page to unit plane.
    pub fn invert(self, p: Point) -> Point {
        ((p.to_vec2() - self.offset) / self.scale).to_point()
    }
}

/// A projection made ready.
pub struct Projector {}

/// A topology on the page.
#[derive(Clone, Debug)]
pub struct ProjectedMap {
    /// The closed outlines of each input shape, clipped to the frame, in input order; empty where
    /// nothing of it is seen. To be filled by the even-odd rule.
    pub areas: Vec<BezPath>,
    /// Each arc as open lines, clipped to the sphere's edge and the frame, without any edge that
    /// clipping made.
    pub lines: Vec<BezPath>,
}

impl Projector {
    /// Fails on an unknown name, or parameters that the projection cannot have.
    pub fn new(_options: &ProjectionOptions) -> crate::diagnostic::Result<Projector> {
        todo!()
    }

    /// To the unit plane; `None` where the projection does not show `position`.
    pub fn forward(&self, _position: LonLat) -> Option<Point> {
        todo!()
    }

    /// From the unit plane; `None` outside the map.
    pub fn inverse(&self, _p: Point) -> Option<LonLat> {
        todo!()
    }

    /// The outline of the whole globe on the page, closed, clipped to `frame`.
    pub fn sphere(&self, _fit: Fit, _frame: Rect) -> BezPath {
        todo!()
    }

    /// The extent on the unit plane of what is seen of `polygons`; `None` when nothing is.
    pub fn extent(&self, _topology: &Topology, _shapes: &[&[Polygon]]) -> Option<Rect> {
        todo!()
    }

    /// The extent on the unit plane of a lon/lat box (west may be east of east: across ±180).
    pub fn extent_of_box(&self, _west: f64, _south: f64, _east: f64, _north: f64) -> Option<Rect> {
        todo!()
    }

    /// Shapes and arcs onto the page: resampled to `0.25` px, clipped to `frame`. Shared arcs give identical
    /// coordinates in both neighbours.
    pub fn project(
        &self,
        _topology: &Topology,
        _shapes: &[&[Polygon]],
        _fit: Fit,
        _frame: Rect,
    ) -> ProjectedMap {
        todo!()
    }

    /// An open line along great circles through `positions`, onto the page.
    pub fn line(&self, _positions: &[LonLat], _fit: Fit, _frame: Rect) -> BezPath {
        todo!()
    }

    /// Meridians and parallels every `step` degrees.
    pub fn graticule(&self, _step: f64, _fit: Fit, _frame: Rect) -> BezPath {
        todo!()
    }
}

/// What the choice of a projection depends on.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// Middle of the smallest cap that holds the subject.
    pub center: LonLat,
    /// Radius of that cap, radians.
    pub radius: f64,
    /// South and north edge, degrees.
    pub south: f64,
    /// See `south`.
    pub north: f64,
    /// Width in degrees of longitude.
    pub width: f64,
}

/// The subject of a set of shapes.
pub fn subject(_topology: &Topology, _shapes: &[&[Polygon]]) -> Option<Subject> {
    todo!()
}

/// The equal-area projection that suits `subject` best.
/// Source: Šavrič, Jenny & Jenny (2016), *Projection Wizard*; Snyder (1987), USGS PP 1395.
pub fn choose(_subject: &Subject) -> ProjectionOptions {
    todo!()
}
