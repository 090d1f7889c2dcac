//! What candidates need to know about a label's target: its shape in bands, its visual centre, its pole.

use super::bands::Bands;
use super::boxes::{Boxes, NOWHERE};
use super::inside::{Aim, Margin};
use super::pole::pole;
use super::polygon::Shape;
use super::{Form, Request, Target};
use kurbo::{Point, Rect, Vec2};
use rayon::prelude::*;

/// A target, measured.
pub enum Site {
    /// An area with at least one ring.
    Area(Box<AreaSite>),
    /// A symbol: its centre and radius.
    Point(Point, f64),
    /// Nothing that could be named: an empty outline, a point that is nowhere.
    Nowhere,
}

/// An area, measured.
pub struct AreaSite {
    /// Its outline, thinned to what a label can notice.
    pub shape: Shape,
    /// The same in bands.
    pub bands: Bands,
    /// The point of inaccessibility.
    pub pole: Point,
    /// Its distance from the outline in px.
    pub depth: f64,
    /// How much wider the widest circle may be, as the pole is not exact.
    unsure: f64,
    /// Where the eye expects the name.
    pub aim: Aim,
}

impl Site {
    /// Measures the target of `request`.
    pub fn new(request: &Request) -> Self {
        match &request.target {
            Target::Point(centre, radius) if centre.is_finite() && radius.is_finite() => {
                Site::Point(*centre, radius.max(0.0))
            }
            Target::Point(..) => Site::Nowhere,
            Target::Area(path) => {
                let em = sound(request).map(Form::em).fold(f64::INFINITY, f64::min);
                let tolerance = (0.05 * em).clamp(0.2, 1.5);
                AreaSite::new(Shape::new(path, tolerance), request)
                    .map_or(Site::Nowhere, |a| Site::Area(Box::new(a)))
            }
        }
    }

    /// The box around it.
    pub fn bounds(&self) -> Option<Rect> {
        match self {
            Site::Area(area) => Some(area.shape.bounds),
            Site::Point(centre, radius) => {
                Some(Rect::from_center_size(*centre, (2.0 * radius, 2.0 * radius)))
            }
            Site::Nowhere => None,
        }
    }

    /// From where its name moves outwards.
    pub fn origin(&self) -> Option<Point> {
        match self {
            Site::Area(area) => Some(area.pole),
            Site::Point(centre, _) => Some(*centre),
            Site::Nowhere => None,
        }
    }

    /// Radius of the widest circle on it, in px.
    pub fn depth(&self) -> f64 {
        match self {
            Site::Area(area) => area.depth,
            Site::Point(_, radius) => *radius,
            Site::Nowhere => 0.0,
        }
    }

    /// Where a leader that comes from `direction` (a unit vector away from the origin) ends: inside an area, at the edge of a
    /// symbol.
    pub fn leader_end(&self, direction: Vec2, em: f64) -> Point {
        match self {
            Site::Area(area) => area.leader_end(direction, em),
            Site::Point(centre, radius) => *centre + direction * *radius,
            Site::Nowhere => Point::ZERO,
        }
    }

    /// How far `rect` is from a symbol, negative where it lies on it; `None` for an area.
    pub fn gap(&self, rect: Rect) -> Option<f64> {
        let Site::Point(centre, radius) = self else { return None };
        let nearest = Point::new(centre.x.clamp(rect.x0, rect.x1), centre.y.clamp(rect.y0, rect.y1));
        Some(nearest.distance(*centre) - radius)
    }

    /// Boxes that cover what of it lies in `near`.
    pub fn boxes(&self, near: Rect) -> impl Iterator<Item = Rect> {
        let bands = if let Site::Area(area) = self { Some(&area.bands) } else { None };
        let symbol = if let Site::Point(centre, radius) = self { Some((*centre, *radius)) } else { None };
        let strips = symbol.into_iter().flat_map(|(centre, radius)| strips(centre, radius));
        bands.into_iter().flat_map(move |bands| bands.boxes(near)).chain(strips)
    }

    /// Whether `rect` touches it.
    pub fn touches(&self, rect: Rect) -> bool {
        match self {
            Site::Area(area) => area.bands.touches(rect),
            Site::Point(..) => self.gap(rect).is_some_and(|gap| gap < 0.0),
            Site::Nowhere => false,
        }
    }
}

/// A disc in horizontal strips that cover it.
fn strips(centre: Point, radius: f64) -> impl Iterator<Item = Rect> {
    const STRIPS: i32 = 8;
    let height = 2.0 * radius / f64::from(STRIPS);
    (0..STRIPS).map(move |k| {
        let top = -radius + height * f64::from(k);
        // the strip is widest where it is nearest to the middle
        let y = if k < STRIPS / 2 { top + height } else { top };
        let half = (radius * radius - y * y).max(0.0).sqrt();
        Rect::new(centre.x - half, centre.y + top, centre.x + half, centre.y + top + height)
    })
}

/// The forms that can be set at all.
fn sound(request: &Request) -> impl Iterator<Item = &Form> {
    request.forms.iter().filter(|f| f.is_sound())
}

/// The pole need not be exact: it is a hint and where leaders end.
const PRECISION: f64 = 0.07;

impl AreaSite {
    fn new(shape: Shape, request: &Request) -> Option<Self> {
        let main = shape.main_ring()?;
        let (pole, depth) = pole(&shape, PRECISION);
        let half = Vec2::new(main.bounds.width() / 2.0, main.bounds.height() / 2.0);
        let centre = visual_centre(&shape, main.centroid(), pole);
        let least = sound(request).map(|f| {
            let margin = Margin::of(f.em());
            f.size.height + margin.top + margin.bottom
        });
        let least = least.fold(f64::INFINITY, f64::min);
        let step = (shape.bounds.height() / 48.0).max(least / 10.0).min(least / 4.0);
        let bands = Bands::new(&shape, step, 256);
        let unsure = 1.5 * PRECISION * shape.bounds.width().min(shape.bounds.height());
        Some(AreaSite { bands, pole, depth, unsure, aim: Aim { centre, half }, shape })
    }

    /// The farthest point from the pole towards `direction` that still lies well inside, all the way there.
    fn leader_end(&self, direction: Vec2, em: f64) -> Point {
        let air = (0.5 * em).min(0.6 * self.depth);
        let at = |k: u32| self.pole + direction * (0.4 * em * f64::from(k));
        let well_inside = |k: &u32| self.bands.holds(Rect::from_center_size(at(*k), (2.0 * air, 2.0 * air)));
        at((1..200).take_while(well_inside).last().unwrap_or(0))
    }

    /// Whether words of `width` × `height` could fit inside at all: a cheap test that spares the search.
    pub fn may_hold(&self, width: f64, height: f64) -> bool {
        let bounds = self.shape.bounds;
        bounds.width() >= width && bounds.height() >= height && self.is_thick(height)
    }

    /// Whether words of this height could fit inside, in whatever direction: a circle as wide as they are high lies in them.
    pub fn is_thick(&self, height: f64) -> bool {
        2.0 * (self.depth + self.unsure) >= height
    }
}

/// Between the centre of gravity and the pole; the pole where the shape is too crooked for that.
fn visual_centre(shape: &Shape, centroid: Point, pole: Point) -> Point {
    let between = centroid.midpoint(pole);
    if shape.contains(centroid) && shape.contains(between) { between } else { pole }
}

/// All targets of a map, to ask which of them is nearest to a box.
pub struct Sites {
    /// One a request.
    pub list: Vec<Site>,
    bounds: Boxes,
}

impl Sites {
    /// Measures the targets of all requests.
    pub fn new(requests: &[Request]) -> Self {
        let list: Vec<Site> = requests.par_iter().map(Site::new).collect();
        let bounds = Boxes::new(list.iter().map(|site| site.bounds().unwrap_or(NOWHERE)));
        Sites { list, bounds }
    }

    /// Whether `rect` touches the target of another request than `own`.
    pub fn touches_other(&self, rect: Rect, own: usize) -> bool {
        self.bounds.near(rect).any(|k| k != own && self.list[k].touches(rect))
    }
}
