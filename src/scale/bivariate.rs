//! Two numbers of a place at once: classes of the first across, of the second upwards, and a square of paints.
//!
//! Colours are mixed in Oklab between four corners, after J. Stevens (2015), "Bivariate choropleth maps: a how-to
//! guide": either number alone is a hue, both together darken it, and where they agree the colour is nearly grey. Two
//! sequential palettes make a square as well: they are laid over one another.

use super::palettes::{self, Family};
use super::{Class, Method, NumberFormat, ScaleOptions, labels, numeric, oklab, ramp};
use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::paint::{Color, Paint, Pattern, PatternForm};

/// What a square of paints is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct SquareOptions {
    /// Colours of the corners: both low, the first high, the second high, both high.
    pub corners: [Color; 4],
    /// Hatches in place of hues: the first number is the ground between the first two corners, the second one of these
    /// in the colour of the third corner; empty for colours.
    pub hatches: Vec<PatternForm>,
    /// The second number fades the colours of the first; `None`: both have hues.
    pub fading: Option<Fading>,
    /// Inner breaks of the second number; empty: as many classes as the first, by the same method.
    pub second_breaks: Vec<f64>,
}

/// Colours of a first number that fade with a second one, after R. Roth, A. Woodruff and Z. Johnson (2010),
/// "Value-by-alpha maps: an alternative technique to the cartogram", Cartographic Journal 47(2). They are mixed with the
/// land's colour in Oklab, so that nothing in the figure is transparent.
#[derive(Clone, Debug, PartialEq)]
pub struct Fading {
    /// Colours of the first number from low to high where no palette is named; of like lightness, so that a pale one
    /// is always a faded one.
    pub hues: Vec<Color>,
    /// What is left of a colour where the second number is lowest, 0 to 1.
    pub faintest: f64,
    /// Lines in the full colour in place of a faded one, the thinner the lower the second number; `None` for colours.
    pub lines: Option<PatternForm>,
}

/// The classes of two numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Square {
    /// Inner breaks of the first number, across, and of the second, upwards.
    pub breaks: [Vec<f64>; 2],
    /// How both are written: without the marks of either.
    pub number: NumberFormat,
}

impl Square {
    /// How many classes the first number has.
    pub fn columns(&self) -> usize {
        self.breaks[0].len() + 1
    }

    /// How many the second has.
    pub fn rows(&self) -> usize {
        self.breaks[1].len() + 1
    }

    /// The index of the class of two numbers: row by row from the lowest.
    pub(super) fn class(&self, [first, second]: [f64; 2]) -> Option<usize> {
        let step = |axis: usize, value: f64| self.breaks[axis].partition_point(|one| *one <= value);
        (first.is_finite() && second.is_finite()).then(|| step(1, second) * self.columns() + step(0, first))
    }
}

/// The classes of `pairs`, row by row from the lowest, and the breaks between them.
///
/// # Errors
/// As for one number; a palette is no pair of sequential ones.
pub(super) fn classes(
    pairs: &[[f64; 2]],
    options: &ScaleOptions,
    warnings: &mut Diagnostics,
) -> Result<(Vec<Class>, Square)> {
    let axis = |i: usize| {
        let mut values: Vec<f64> = pairs.iter().map(|pair| pair[i]).collect();
        values.sort_by(f64::total_cmp);
        values
    };
    let (first, second) = (axis(0), axis(1));
    let across = numeric::breaks_of(&first, options, warnings)?;
    let given = &options.square.second_breaks;
    let method = match (given.is_empty(), &options.method) {
        (false, _) => Method::Breaks(given.clone()),
        (true, Method::Breaks(_)) => Method::Quantile,
        (true, same) => same.clone(),
    };
    let upwards = numeric::breaks_of(&second, &ScaleOptions { method, ..options.clone() }, warnings)?;
    let number = NumberFormat { prefix: String::new(), suffix: String::new(), ..options.number.clone() };
    let named = |values: &[f64], breaks: &[f64]| match breaks.is_empty() {
        true => vec![labels::whole_range(values, &number)],
        false => labels::labels(values, breaks, &number, &options.words),
    };
    let names = [named(&first, &across), named(&second, &upwards)];
    let square = Square { breaks: [across, upwards], number: number.clone() };
    let paints = paints(square.columns(), square.rows(), options)?;
    let mut counts = vec![0; paints.len()];
    pairs.iter().filter_map(|pair| square.class(*pair)).for_each(|class| counts[class] += 1);
    let class = |(i, (paint, count)): (usize, (Paint, usize))| {
        let (row, column) = (i / square.columns(), i % square.columns());
        Class {
            key: format!("{}-{}", column + 1, row + 1),
            label: format!("{}; {}", names[0][column], names[1][row]),
            paint,
            count,
            bounds: None,
            value: String::new(),
        }
    };
    let classes = paints.into_iter().zip(counts).enumerate().map(class).collect();
    Ok((classes, square))
}

/// The paints of a square, row by row from the lowest.
fn paints(columns: usize, rows: usize, options: &ScaleOptions) -> Result<Vec<Paint>> {
    let share = |i: usize, count: usize| if count > 1 { i as f64 / (count - 1) as f64 } else { 0.5 };
    let at = |i: usize| {
        let turn = |t: f64| if options.reverse { 1.0 - t } else { t };
        [turn(share(i % columns, columns)), turn(share(i / columns, rows))]
    };
    let cells = 0..columns * rows;
    if let Some(fading) = &options.square.fading {
        return faded(columns, rows, fading, options);
    }
    if let Some(name) = &options.palette {
        let [first, second] = pair(name)?;
        let color = |i: usize| {
            let [x, y] = at(i);
            Paint::Solid(laid_over(first.at(shade(x)), second.at(shade(y))))
        };
        return Ok(cells.map(color).collect());
    }
    let [low, first, second, both] = options.square.corners;
    let hatches = &options.square.hatches;
    let paint = |i: usize| {
        let [x, y] = at(i);
        if hatches.is_empty() {
            return Paint::Solid(oklab::mix(oklab::mix(low, first, x), oklab::mix(second, both, x), y));
        }
        let ground = oklab::mix(low, first, x);
        let step = (y * hatches.len() as f64).round() as usize;
        match step.checked_sub(1).and_then(|step| hatches.get(step)) {
            None => Paint::Solid(ground),
            Some(form) => {
                let form = form.clone();
                Paint::Pattern(Pattern { ground, mark: second, form, origin: (0.0, 0.0) })
            }
        }
    };
    Ok(cells.map(paint).collect())
}

/// The colours of the first number, from full in the highest row to faint in the lowest.
fn faded(columns: usize, rows: usize, fading: &Fading, options: &ScaleOptions) -> Result<Vec<Paint>> {
    let hues = match &options.palette {
        Some(_) => ramp::diverging(options, columns)?,
        None => {
            let share = |i: usize| if columns > 1 { i as f64 / (columns - 1) as f64 } else { 0.5 };
            let turned = |t: f64| if options.reverse { 1.0 - t } else { t };
            (0..columns).map(|i| ramp::along(&fading.hues, turned(share(i)))).collect()
        }
    };
    let paint = |i: usize| {
        let (row, hue) = (i / columns, hues[i % columns]);
        let step = if rows > 1 { row as f64 / (rows - 1) as f64 } else { 1.0 };
        let left = fading.faintest + (1.0 - fading.faintest) * step;
        match &fading.lines {
            Some(PatternForm::Hatch { angle, spacing, .. }) if left < 1.0 => Paint::Pattern(Pattern {
                ground: options.absent,
                mark: hue,
                form: PatternForm::Hatch { angle: *angle, spacing: *spacing, width: spacing * left },
                origin: (0.0, 0.0),
            }),
            _ => Paint::Solid(oklab::mix(options.absent, hue, left)),
        }
    };
    Ok((0..columns * rows).map(paint).collect())
}

/// How far along a palette a share of the way is: its dark end, laid over another, would be black.
fn shade(t: f64) -> f64 {
    0.1 + 0.55 * t
}

/// Two colours printed over one another.
fn laid_over(a: Color, b: Color) -> Color {
    let both = |a: u8, b: u8| ((u16::from(a) * u16::from(b) + 127) / 255) as u8;
    Color::rgb(both(a.r, b.r), both(a.g, b.g), both(a.b, b.b))
}

/// The two palettes of a name such as `Blues/Reds`.
fn pair(name: &str) -> Result<[&'static palettes::Palette; 2]> {
    let Some((first, second)) = name.split_once('/') else {
        return Err(Diagnostic::error(format!(
            "a bivariate scale needs two palettes, and \"{name}\" is one"
        ))
        .hint("write two sequential ones, for example `palette = \"Blues/Reds\"`, or leave it out")
        .into());
    };
    Ok([sequential(first)?, sequential(second)?])
}

/// The sequential palette of a name.
fn sequential(name: &str) -> Result<&'static palettes::Palette> {
    let palette = palettes::by_name(name)?;
    match palette.family {
        Family::Sequential => Ok(palette),
        _ => {
            Err(Diagnostic::error(format!("the palette \"{}\" does not go from light to dark", palette.name))
                .hint("choose sequential ones such as \"Blues\" and \"Reds\" (`pressmap palettes`)")
                .into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Scale};
    use super::*;
    use crate::join::Value;

    const CORNERS: [Color; 4] =
        [Color::rgb(230, 230, 230), Color::rgb(0, 0, 255), Color::rgb(255, 0, 0), Color::rgb(9, 9, 9)];

    fn options() -> ScaleOptions {
        let square =
            SquareOptions { corners: CORNERS, hatches: Vec::new(), fading: None, second_breaks: Vec::new() };
        ScaleOptions { kind: Some(Kind::Bivariate), count: 3, square, ..super::super::tests::options() }
    }

    /// Nine places, one in each class.
    fn nine() -> Vec<Value> {
        (0..9).map(|i| Value::Pair([f64::from(i % 3), f64::from(i / 3) * 10.0])).collect()
    }

    fn scale(values: &[Value], options: &ScaleOptions) -> Scale {
        Scale::new(values.iter(), options).unwrap_or_else(|error| panic!("{error}")).value
    }

    #[test]
    fn a_place_is_in_the_cell_of_both_its_numbers() {
        let scale = scale(&nine(), &options());
        let values = nine();
        let keys: Vec<&str> =
            values.iter().map(|value| scale.class(value).map_or("", |class| class.key.as_str())).collect();
        assert_eq!(keys, ["1-1", "2-1", "3-1", "1-2", "2-2", "3-2", "1-3", "2-3", "3-3"]);
        assert!(scale.classes.iter().all(|class| class.count == 1));
        assert_eq!(scale.classes[5].label, "2; 10");
        // a number on a break is in the class above it; what is endless has no class
        let square = scale.square.as_ref().map(|square| square.breaks.clone());
        assert_eq!(square, Some([vec![1.0, 2.0], vec![10.0, 20.0]]));
        assert!(scale.class(&Value::Pair([f64::NAN, 1.0])).is_none());
    }

    #[test]
    fn the_corners_are_those_of_the_style() {
        let paint = |scale: &Scale, at: usize| scale.classes[at].paint.clone();
        let plain = scale(&nine(), &options());
        for (corner, at) in CORNERS.iter().zip([0, 2, 6, 8]) {
            assert_eq!(paint(&plain, at), Paint::Solid(*corner));
        }
        let turned = scale(&nine(), &ScaleOptions { reverse: true, ..options() });
        assert_eq!(paint(&turned, 0), Paint::Solid(CORNERS[3]));
    }

    #[test]
    fn without_colour_the_second_number_is_a_hatch() {
        let form = |width| PatternForm::Hatch { angle: 0.0, spacing: 8.0, width };
        let square = SquareOptions { hatches: vec![form(1.0), form(2.0)], ..options().square };
        let scale = scale(&nine(), &ScaleOptions { square, ..options() });
        assert!(matches!(scale.classes[1].paint, Paint::Solid(_)));
        let width = |at: usize| match &scale.classes[at].paint {
            Paint::Pattern(Pattern { form: PatternForm::Hatch { width, .. }, mark, .. }) => {
                assert_eq!(*mark, CORNERS[2]);
                *width
            }
            _ => 0.0,
        };
        assert_eq!((width(3), width(8)), (1.0, 2.0));
    }

    #[test]
    fn two_palettes_are_laid_over_one_another() {
        let both = ScaleOptions { palette: Some("Blues/Reds".to_owned()), ..options() };
        let scale = scale(&nine(), &both);
        let light: Vec<f64> = [0, 4, 8].map(|at| oklab::lightness(scale.classes[at].paint.ground())).to_vec();
        assert!(light[0] > light[1] && light[1] > light[2] && light[2] > 0.15, "{light:?}");
        let fault = |name: &str| {
            let options = ScaleOptions { palette: Some(name.to_owned()), ..options() };
            Scale::new(nine().iter(), &options).err().map(|all| all.to_string()).unwrap_or_default()
        };
        assert!(fault("Blues").contains("needs two palettes"));
        assert!(fault("Blues/Set1").contains("does not go from light to dark"));
    }

    #[test]
    fn the_second_number_fades_the_colours_of_the_first() {
        let hues = vec![Color::rgb(0, 0, 255), Color::rgb(255, 0, 0)];
        let fading = Fading { hues: hues.clone(), faintest: 0.2, lines: None };
        let of = |fading: &Fading| {
            let square = SquareOptions { fading: Some(fading.clone()), ..options().square };
            scale(&nine(), &ScaleOptions { square, ..options() })
        };
        let full = of(&fading);
        // in full in the highest row, and the fainter the nearer to the land
        assert_eq!(full.classes[6].paint, Paint::Solid(hues[0]));
        assert_eq!(full.classes[8].paint, Paint::Solid(hues[1]));
        let land = options().absent;
        let away = |at: usize| oklab::distance(full.classes[at].paint.ground(), land);
        assert!(away(0) > 0.02 && away(0) < away(3) && away(3) < away(6));
        assert!((away(0) / away(6) - 0.2).abs() < 0.02);
        let line = PatternForm::Hatch { angle: 45.0, spacing: 10.0, width: 1.0 };
        let lines = of(&Fading { lines: Some(line), ..fading });
        assert!(matches!(
            &lines.classes[0].paint,
            Paint::Pattern(Pattern { mark, form: PatternForm::Hatch { width, .. }, .. })
                if *mark == hues[0] && *width == 2.0
        ));
        assert_eq!(lines.classes[6].paint, Paint::Solid(hues[0]));
    }

    #[test]
    fn one_column_is_not_enough() {
        let one = [Value::Number(1.0)];
        let fault = Scale::new(one.iter(), &options()).err().map(|all| all.to_string());
        assert!(fault.unwrap_or_default().starts_with("a bivariate scale needs two columns"));
    }
}
