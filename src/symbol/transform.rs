//! `transform` attributes (CSS Transforms 1, §8).

use kurbo::Affine;

use super::path::numbers;

/// Shares of scaling beyond this are no symbol's.
const LARGEST: f64 = 1e6;

/// The transform of a list such as `translate(4 4) rotate(45)`; `None` where it is broken.
pub(super) fn parse(text: &str) -> Option<Affine> {
    let mut all = Affine::IDENTITY;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('(')?;
        let (inside, after) = after.split_once(')')?;
        all *= one(name.trim(), &numbers(inside)?)?;
        rest = after.trim_start_matches([',', ' ', '\t', '\r', '\n']);
    }
    all.as_coeffs().iter().all(|c| c.abs() <= LARGEST).then_some(all)
}

fn one(name: &str, numbers: &[f64]) -> Option<Affine> {
    Some(match (name, numbers) {
        ("matrix", [a, b, c, d, e, f]) => Affine::new([*a, *b, *c, *d, *e, *f]),
        ("translate", [x]) => Affine::translate((*x, 0.0)),
        ("translate", [x, y]) => Affine::translate((*x, *y)),
        ("scale", [both]) => Affine::scale(*both),
        ("scale", [x, y]) => Affine::scale_non_uniform(*x, *y),
        ("rotate", [degrees]) => rotate(*degrees),
        ("rotate", [degrees, x, y]) => {
            Affine::translate((*x, *y)) * rotate(*degrees) * Affine::translate((-x, -y))
        }
        ("skewX", [degrees]) => Affine::new([1.0, 0.0, libm::tan(degrees.to_radians()), 1.0, 0.0, 0.0]),
        ("skewY", [degrees]) => Affine::new([1.0, libm::tan(degrees.to_radians()), 0.0, 1.0, 0.0, 0.0]),
        _ => return None,
    })
}

fn rotate(degrees: f64) -> Affine {
    let (sin, cos) = libm::sincos(degrees.to_radians());
    Affine::new([cos, sin, -sin, cos, 0.0, 0.0])
}
