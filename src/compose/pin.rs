//! What a user has put somewhere by hand: it stands there whatever the data, everything else keeps off it, and where
//! it no longer fits that is told.

use kurbo::{Point, Rect, Size, Vec2};

use super::labels::Align;
use super::labels::point_of_inaccessibility;
use super::map::Drawn;
use super::{cuts, main_area};
use crate::atlas::PlaceId;
use crate::diagnostic::{Diagnostic, Place};
use crate::geometry::{Path, length};

/// Where words stand, counted from the position that they belong to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pinned {
    /// Px to the right.
    pub dx: f64,
    /// Px down, to the middle of the words.
    pub dy: f64,
    /// Which end of the words stands there.
    pub anchor: Align,
}

/// A label set by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelPin {
    /// Its key in the map file, for warnings.
    pub key: String,
    /// Where it stands, from the label point of its place; `None`: where it is placed.
    pub at: Option<Pinned>,
    /// The widest line, px.
    pub wrap: Option<f64>,
    /// It is left out.
    pub hide: bool,
    /// What it says, in place of the common template.
    pub text: Option<String>,
}

/// A callout set by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CalloutPin {
    /// Where its words stand, from its position; `None`: where there is room.
    pub at: Option<Pinned>,
    /// The widest line, px; `None`: the style's.
    pub wrap: Option<f64>,
}

/// A corner of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    /// Upper left.
    TopLeft,
    /// Upper right.
    TopRight,
    /// Lower left.
    BottomLeft,
    /// Lower right.
    BottomRight,
}

/// Where on the map a block stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spot {
    /// In which corner; `None`: where the map is emptiest.
    pub corner: Option<Corner>,
    /// Px by which it is moved to the right.
    pub dx: f64,
    /// Px by which it is moved down.
    pub dy: f64,
}

impl Pinned {
    /// The box of words of `size` that belong to `at`.
    pub fn rect(&self, at: Point, size: Size) -> Rect {
        let (x, y) = (at.x + self.dx, at.y + self.dy);
        let left = match self.anchor {
            Align::Start => x,
            Align::Middle => x - size.width / 2.0,
            Align::End => x - size.width,
        };
        Rect::from_origin_size((left, y - size.height / 2.0), size)
    }
}

impl Spot {
    /// The box of a block of `size` in `room`; where no corner is named, `free` finds it.
    pub fn rect(&self, room: Rect, size: Size, free: impl FnOnce() -> Rect) -> Rect {
        let (right, foot) = (room.x1 - size.width, room.y1 - size.height);
        let at = match self.corner {
            None => free().origin(),
            Some(Corner::TopLeft) => Point::new(room.x0, room.y0),
            Some(Corner::TopRight) => Point::new(right, room.y0),
            Some(Corner::BottomLeft) => Point::new(room.x0, foot),
            Some(Corner::BottomRight) => Point::new(right, foot),
        };
        Rect::from_origin_size(at + Vec2::new(self.dx, self.dy), size)
    }
}

/// What is wrong with where something was put, in one warning; `None` where it fits. `what` says what it is.
pub fn misfit(what: &str, key: &str, rect: Rect, room: Rect, boxes: &[Rect]) -> Option<Diagnostic> {
    let out = rect.x0 < room.x0 || rect.y0 < room.y0 || rect.x1 > room.x1 || rect.y1 > room.y1;
    let covered = boxes.iter().any(|other| meet(rect, *other));
    let fault = match (out, covered) {
        (true, _) => "leaves the map",
        (false, true) => "covers something else that stands there",
        (false, false) => return None,
    };
    let one = Diagnostic::warning(format!("{what} was put by hand where it {fault}"));
    Some(one.at(Place::default().key(key)).hint("change `dx` and `dy`, or leave them out"))
}

/// Whether two boxes overlap by more than a hair.
pub fn meet(a: Rect, b: Rect) -> bool {
    let both = a.intersect(b);
    both.width() > 0.5 && both.height() > 0.5
}

/// The point that a pinned label counts from: the middle of a marker, the label point where it lies on the place, or
/// the middle of the place's main part.
pub fn origin(id: PlaceId, label: Option<Point>, drawn: &Drawn) -> Option<Point> {
    if let Some((at, _)) = drawn.markers.get(&id) {
        return Some(*at);
    }
    let (path, _) = drawn.areas.get(&id)?;
    let main = main_area(path).0;
    Some(label.filter(|at| main.contains(*at)).unwrap_or_else(|| point_of_inaccessibility(&main).0))
}

/// The line from words at `rect` to their place; `None` where they stand on it or close by, within `near` px.
pub fn leader(
    rect: Rect,
    id: PlaceId,
    origin: Point,
    near: f64,
    gap: f64,
    drawn: &Drawn,
) -> Option<Vec<Point>> {
    let around = rect.inflate(near, near);
    let (touches, end) = match (drawn.markers.get(&id), drawn.areas.get(&id)) {
        (Some((at, radius)), _) => {
            let disc = Rect::from_center_size(*at, (radius * 2.0, radius * 2.0));
            let way = rect.center() - *at;
            (meet(around, disc), *at + way * (radius / length(way).max(1e-9)))
        }
        (None, Some((path, _))) => (on(around, path), origin),
        (None, None) => return None,
    };
    let edge = rect.inflate(gap, gap);
    // from the middle of the side that looks to the place, or straight up or down
    let beside = end.x < edge.x0 || end.x > edge.x1;
    let y = if beside { rect.center().y } else { end.y.clamp(edge.y0, edge.y1) };
    let from = Point::new(end.x.clamp(edge.x0, edge.x1), y);
    (!touches).then(|| vec![from, end])
}

/// Whether any of `rect` lies on the area of `path`.
fn on(rect: Rect, path: &Path) -> bool {
    let mut crossed = path.contains(rect.center());
    path.for_each_edge(|a, b| crossed |= rect.contains(a) || cuts(rect, a, b));
    crossed
}
