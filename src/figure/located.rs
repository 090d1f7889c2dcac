//! Positions of the globe in a finished figure: through the main map, or an inset where that does not show them.

use kurbo::{Point, Rect};

use crate::frame::Frame;
use crate::geometry::LonLat;
use crate::projection::Fit;

/// Where positions of the globe lie in a figure.
pub struct Located {
    main: View,
    insets: Vec<View>,
}

/// A map on the page: its projection, the step to px, and the box that it is clipped to.
pub(super) struct View {
    pub frame: Frame,
    pub fit: Fit,
    pub clip: Rect,
}

impl View {
    fn at(&self, position: LonLat) -> Option<Point> {
        let p = self.fit.apply(self.frame.projector.forward(position)?);
        let inside =
            (self.clip.x0..=self.clip.x1).contains(&p.x) && (self.clip.y0..=self.clip.y1).contains(&p.y);
        inside.then_some(p)
    }
}

impl Located {
    /// The main map, and each inset's frame with its place on the page.
    pub(super) fn new(main: View, insets: impl Iterator<Item = (Frame, (Fit, Rect))>) -> Located {
        let insets = insets.map(|(frame, (fit, clip))| View { frame, fit, clip }).collect();
        Located { main, insets }
    }

    /// The place of a longitude and latitude, degrees, in the figure, px at scale 1 from its top left corner. What an
    /// inset covers of the main map is not visible; what the main map does not show may be in an inset. `None` where
    /// it is not visible.
    pub fn at(&self, lon: f64, lat: f64) -> Option<Point> {
        let position = LonLat::new(lon, lat);
        let covered = |p: &Point| self.insets.iter().any(|inset| inset.clip.contains(*p));
        let on_main = self.main.at(position).filter(|p| !covered(p));
        on_main.or_else(|| self.insets.iter().find_map(|inset| inset.at(position)))
    }
}

/// Points between two corners of an outline.
const BETWEEN: usize = 24;

/// The rim of a box of the page on the globe, as far as it lies on it.
pub(super) fn outline(frame: &Frame, fit: Fit, rect: Rect) -> Vec<LonLat> {
    let corners = [
        rect.origin(),
        Point::new(rect.x1, rect.y0),
        Point::new(rect.x1, rect.y1),
        Point::new(rect.x0, rect.y1),
        rect.origin(),
    ];
    let sides = corners.windows(2).flat_map(|side| {
        let (a, b) = (side[0], side[1]);
        (0..BETWEEN).map(move |k| a.lerp(b, k as f64 / BETWEEN as f64))
    });
    let mut rim: Vec<LonLat> = sides.filter_map(|p| frame.projector.inverse(fit.invert(p))).collect();
    rim.extend(rim.first().copied());
    rim
}
