//! From the unit plane to the page: a scale and a shift, as a plain value.

use kurbo::{Affine, Point, Rect, Vec2};

/// The step from the unit plane to the page: scale, then shift. A plain value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Px per unit.
    pub scale: f64,
    /// Where the unit plane's origin comes to lie on the page.
    pub offset: Vec2,
}

/// An extent is taken to be at least this large, in radii (about 6 m on the Earth), so that a
/// single point has a fit as well.
const LEAST: f64 = 1e-6;

impl Fit {
    /// The fit that shows `extent` (unit plane) as large as possible in the middle of `frame` (page).
    pub fn contain(extent: Rect, frame: Rect) -> Fit {
        let (width, height) = (extent.width().max(LEAST), extent.height().max(LEAST));
        let scale = (frame.width() / width).min(frame.height() / height);
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

    /// The same as a matrix.
    pub(super) fn affine(self) -> Affine {
        Affine::new([self.scale, 0.0, 0.0, self.scale, self.offset.x, self.offset.y])
    }
}
