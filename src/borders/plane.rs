//! Rings in a plane: their area, their box, and what lies in them.

/// A position in a plane.
pub(super) type At = [f64; 2];

/// Whether a position lies in a box.
pub(super) fn within(b: &[f64; 4], at: At) -> bool {
    b[0] <= at[0] && at[0] <= b[2] && b[1] <= at[1] && at[1] <= b[3]
}

/// Whether most of a few vertices of `ring` lie in `around`: one of them may lie on its line.
pub(super) fn encloses(around: &[At], ring: &[At]) -> bool {
    let step = ring.len().div_ceil(3).max(1);
    let tried: Vec<bool> = ring.iter().step_by(step).map(|at| contains(around, *at)).collect();
    tried.iter().filter(|inside| **inside).count() * 2 > tried.len()
}

/// Twice the area of a ring in its plane, positive counter-clockwise.
pub(super) fn signed_area(ring: &[At]) -> f64 {
    let next = ring.iter().skip(1).chain(ring.first());
    let Some([x0, y0]) = ring.first().copied() else { return 0.0 };
    ring.iter().zip(next).map(|(a, b)| (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0)).sum()
}

/// West, south, east, north.
pub(super) fn bounds(ring: &[At]) -> [f64; 4] {
    let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    ring.iter().fold(none, |b, at| [b[0].min(at[0]), b[1].min(at[1]), b[2].max(at[0]), b[3].max(at[1])])
}

/// Whether a position lies in a ring, by the crossings of a line to the west.
pub(super) fn contains(ring: &[At], at: At) -> bool {
    let next = ring.iter().skip(1).chain(ring.first());
    let crossed = ring.iter().zip(next).filter(|(a, b)| {
        (a[1] > at[1]) != (b[1] > at[1]) && at[0] > a[0] + (at[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
    });
    crossed.count() % 2 == 1
}
