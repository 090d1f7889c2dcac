//! The set of shapes, each about the origin and with the area of a circle of radius 1, or a little less where it has
//! gaps or tips.

use kurbo::{Point, Rect};

use crate::geometry::Path;

/// A shape of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A disc.
    Circle,
    /// On its side.
    Square,
    /// A square on its corner.
    Diamond,
    /// With its tip up.
    Triangle,
    /// With its tip down.
    TriangleDown,
    /// With its tip up.
    Pentagon,
    /// With its tip up.
    Hexagon,
    /// Five rays.
    Star,
    /// An upright cross.
    Plus,
    /// A cross on its feet.
    Cross,
    /// A disc with a hole.
    Ring,
}

/// Length of the side of the inner corners' circle of a star, as a share of the outer's.
const STAR: f64 = 0.46;
/// Width of an arm of a cross, as a share of its length.
const ARM: f64 = 0.3;
/// Radius of a ring's hole, as a share of its own.
const HOLE: f64 = 0.55;
/// A shape with tips or gaps reaches so much less far than one of the same area would.
const TIPS: f64 = 0.95;
const GAPS: f64 = 0.92;

impl Form {
    /// All of them, with their names.
    pub const ALL: [(Form, &str); 11] = [
        (Form::Circle, "circle"),
        (Form::Square, "square"),
        (Form::Diamond, "diamond"),
        (Form::Triangle, "triangle"),
        (Form::TriangleDown, "triangle-down"),
        (Form::Pentagon, "pentagon"),
        (Form::Hexagon, "hexagon"),
        (Form::Star, "star"),
        (Form::Plus, "plus"),
        (Form::Cross, "cross"),
        (Form::Ring, "ring"),
    ];

    /// Its outline about the origin, y downwards.
    pub fn outline(self) -> Path {
        match self {
            Form::Circle => circle(1.0),
            Form::Square => regular(4, -45.0),
            Form::Diamond => regular(4, -90.0),
            Form::Triangle => regular(3, -90.0),
            Form::TriangleDown => regular(3, 90.0),
            Form::Pentagon => regular(5, -90.0),
            Form::Hexagon => regular(6, -90.0),
            Form::Star => star(),
            Form::Plus => cross(0.0),
            Form::Cross => cross(45.0),
            Form::Ring => {
                let radius = GAPS / (1.0 - HOLE * HOLE).sqrt();
                let mut path = circle(radius);
                path.append(&circle(radius * HOLE));
                path
            }
        }
    }

    /// The box around it.
    pub fn bounds(self) -> Rect {
        self.outline().bounding_box()
    }
}

/// Degrees clockwise from the right, on a circle about the origin.
fn on_circle(radius: f64, degrees: f64) -> Point {
    let (sin, cos) = libm::sincos(degrees.to_radians());
    Point::new(radius * cos, radius * sin)
}

fn closed(points: impl Iterator<Item = Point>) -> Path {
    let mut path = Path::new();
    path.closed(1, |corners| corners.extend(points));
    path
}

/// Four cubic arcs (the usual constant 4/3·(√2−1)).
fn circle(r: f64) -> Path {
    let k = r * 0.552_284_749_830_793_4;
    let mut path = Path::new();
    path.move_to((r, 0.0));
    path.curve_to((r, k), (k, r), (0.0, r));
    path.curve_to((-k, r), (-r, k), (-r, 0.0));
    path.curve_to((-r, -k), (-k, -r), (0.0, -r));
    path.curve_to((k, -r), (r, -k), (r, 0.0));
    path.close_path();
    path
}

/// A regular polygon of area π, the first corner at `start` degrees; its area is n/2·R²·sin(2π/n).
fn regular(corners: usize, start: f64) -> Path {
    let (n, turn) = (corners as f64, 360.0 / corners as f64);
    let radius = (2.0 * std::f64::consts::PI / (n * libm::sin(turn.to_radians()))).sqrt();
    closed((0..corners).map(|i| on_circle(radius, start + turn * i as f64)))
}

/// Five rays; its area is 5·R·r·sin 36°.
fn star() -> Path {
    let sin = libm::sin(36f64.to_radians());
    let radius = TIPS * (std::f64::consts::PI / (5.0 * STAR * sin)).sqrt();
    let corner = |i: usize| {
        on_circle(if i.is_multiple_of(2) { radius } else { radius * STAR }, -90.0 + 36.0 * i as f64)
    };
    closed((0..10).map(corner))
}

/// Two bars across each other, turned; their area is L²·(2·w − w²) where an arm is w·L wide.
fn cross(turned: f64) -> Path {
    let length = TIPS * (std::f64::consts::PI / (2.0 * ARM - ARM * ARM)).sqrt();
    let (out, side) = (length / 2.0, length * ARM / 2.0);
    let (sin, cos) = libm::sincos(turned.to_radians());
    let corners = (0..4).flat_map(|quarter| {
        // the end of an arm, then the inner corner
        let arm = [(out, -side), (out, side), (side, side)];
        arm.map(|(x, y)| match quarter {
            0 => (x, y),
            1 => (-y, x),
            2 => (-x, -y),
            _ => (y, -x),
        })
    });
    closed(corners.map(|(x, y)| Point::new(x * cos - y * sin, x * sin + y * cos)))
}
