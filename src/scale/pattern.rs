//! Classes with a pattern: ground and mark out of the class's neighbours on the ramp.

use crate::paint::{Color, Paint, Pattern, PatternForm};

use super::oklab;

/// `form` on `ground`, its marks in the next darker step of the ramp: never darker than what is sure.
pub(super) fn over(ground: Color, darker: Color, form: &PatternForm) -> Paint {
    Paint::Pattern(Pattern { ground, mark: darker, form: form.clone(), origin: (0.0, 0.0) })
}

/// The mark for a class without a darker neighbour: its own colour, deepened.
pub(super) fn deepened(ground: Color) -> Color {
    const SHARE: f64 = 0.4;
    let to = if oklab::lightness(ground) > 0.35 { 0 } else { 255 };
    oklab::mix(ground, Color::rgb(to, to, to), SHARE)
}

/// A form that is told from `form` at a glance, for the second class of its kind: lines turned by 90°.
pub(super) fn turned(form: &PatternForm, nth: usize) -> PatternForm {
    let by = if nth % 2 == 1 { 90.0 } else { 0.0 };
    let turn = |angle: f64| if angle + by > 90.0 { angle + by - 180.0 } else { angle + by };
    match form {
        PatternForm::Hatch { angle, spacing, width } => {
            PatternForm::Hatch { angle: turn(*angle), spacing: *spacing, width: *width }
        }
        other => other.clone(),
    }
}
