//! Steps of a ramp: as many colours as there are classes, from the style's ramp or a palette.
//!
//! The palest step must still be told from the page, from plain land and from "no data": where it would
//! not, the ramp begins a little later.

use crate::diagnostic::{Diagnostic, Result};
use crate::paint::{Color, Paint};

use super::palettes::{self, Family, Palette};
use super::{Class, ScaleOptions, oklab};

/// Nearest that the palest step may come to the page, to land and to no data (Oklab distance).
const CLEAR: f64 = 0.055;
/// Two classes nearer than this look the same.
const SAME: f64 = 0.02;
/// How late a ramp may begin at most.
const LATEST: f64 = 0.45;

/// `count` steps, strongest (darkest) first, of `options.palette` or `options.ramp`.
///
/// # Errors
/// The palette is unknown, or is one of categories.
pub(super) fn steps(options: &ScaleOptions, count: usize) -> Result<Vec<Color>> {
    let mut colors = match &options.palette {
        Some(name) => of_palette(palettes::by_name(name)?, options, count)?,
        None => of_ramp(options, count),
    };
    if options.reverse {
        colors.reverse();
    }
    Ok(colors)
}

/// The same for a diverging palette, from its first end to its last; `RdBu` when none is named.
pub(super) fn diverging(options: &ScaleOptions, count: usize) -> Result<Vec<Color>> {
    let palette = palettes::by_name(options.palette.as_deref().unwrap_or(palettes::DIVERGING))?;
    if palette.family == Family::Categorical {
        return Err(wrong_family(palette).into());
    }
    let mut colors = palette.colors(count);
    if options.reverse {
        colors.reverse();
    }
    Ok(colors)
}

fn of_palette(palette: &Palette, options: &ScaleOptions, count: usize) -> Result<Vec<Color>> {
    match palette.family {
        Family::Categorical => return Err(wrong_family(palette).into()),
        // the user's word: a scale of two hues for values from low to high
        Family::Diverging => return Ok(palette.colors(count)),
        Family::Sequential => {}
    }
    let mut colors = if count == 1 { vec![palette.at(fraction(0, 1))] } else { palette.colors(count) };
    if colors.first().is_some_and(|palest| !is_clear(*palest, options)) {
        let start = first_clear(options, |t| palette.at(t));
        colors = (0..count).map(|i| palette.at(start + (1.0 - start) * fraction(i, count))).collect();
    }
    colors.reverse();
    Ok(colors)
}

/// The style's ramp; its own colours where the count is its length.
fn of_ramp(options: &ScaleOptions, count: usize) -> Vec<Color> {
    let at = |t: f64| along(&options.ramp, t);
    let start = first_clear(options, |t| at(1.0 - t));
    (0..count).map(|i| at((1.0 - start) * fraction(i, count))).collect()
}

/// `i` of `count` steps from 0 to 1; a single step is the middle.
fn fraction(i: usize, count: usize) -> f64 {
    if count > 1 { i as f64 / (count - 1) as f64 } else { 0.5 }
}

/// The colour at `t`, 0 to 1, along `ramp`; grey when the ramp is empty.
pub(super) fn along(ramp: &[Color], t: f64) -> Color {
    let Some(last) = ramp.len().checked_sub(1) else { return Color::rgb(128, 128, 128) };
    let at = t.clamp(0.0, 1.0) * last as f64;
    let index = (at.floor() as usize).min(last);
    match ramp.get(index + 1) {
        Some(next) => oklab::mix(ramp[index], *next, at - index as f64),
        None => ramp[index],
    }
}

/// The first place on the way from pale (0) to dark (1) that is clear of the ground.
fn first_clear(options: &ScaleOptions, at: impl Fn(f64) -> Color) -> f64 {
    const STEP: f64 = 0.025;
    let mut start = 0.0;
    while start < LATEST && !is_clear(at(start), options) {
        start += STEP;
    }
    start
}

/// Whether `color` can be told from the page (white or, where land is dark, black), from land without a
/// row and from no data.
fn is_clear(color: Color, options: &ScaleOptions) -> bool {
    let page = if oklab::lightness(options.absent) > 0.5 { 255 } else { 0 };
    let grounds = [Color::rgb(page, page, page), options.absent];
    let plain = match &options.no_data {
        Paint::Solid(color) => Some(*color),
        // marks tell it apart
        Paint::Pattern(_) => None,
    };
    grounds.into_iter().chain(plain).all(|ground| oklab::distance(color, ground) >= CLEAR)
}

fn wrong_family(palette: &Palette) -> Diagnostic {
    Diagnostic::error(format!("the palette \"{}\" is one of categories, without an order", palette.name))
        .hint("choose a sequential one such as \"YlOrRd\" or \"viridis\" (`pressmap palettes`)")
}

/// Warns of classes that cannot be told apart.
pub(super) fn look_alikes(classes: &[Class]) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for (index, one) in classes.iter().enumerate() {
        let twin = classes[..index].iter().find(|other| look_alike(&one.paint, &other.paint));
        if let Some(other) = twin {
            told.push(
                Diagnostic::warning(format!(
                    "the classes \"{}\" and \"{}\" look the same",
                    other.label, one.label
                ))
                .hint("give one of them another colour or a pattern"),
            );
        }
    }
    told
}

fn look_alike(one: &Paint, other: &Paint) -> bool {
    let near = oklab::distance(one.ground(), other.ground()) < SAME;
    match (one, other) {
        (Paint::Solid(_), Paint::Solid(_)) => near,
        (Paint::Pattern(one), Paint::Pattern(other)) => {
            near && one.form == other.form && oklab::distance(one.mark, other.mark) < SAME
        }
        _ => false,
    }
}
