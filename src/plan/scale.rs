//! Decisions about the scale: classes, method, palette, patterns at the style's sizes.

use super::Desk;
use crate::diagnostic::Diagnostic;
use crate::paint::{Paint, Pattern, PatternForm};
use crate::scale::{ClassOptions, Fading, Kind, Method, RangeWords, ScaleOptions, SquareOptions};
use crate::spec::{ClassSpec, DataSpec, KindSpec, MethodSpec, PatternSpec, ScaleSpec, ValueSpec};
use crate::style::{ScaleLook, Style};
use crate::words::Words;

impl Desk<'_> {
    /// The scale of a map.
    pub(super) fn scale(
        &mut self,
        spec: &ScaleSpec,
        data: &DataSpec,
        style: &Style,
        fixed: &'static Words,
    ) -> ScaleOptions {
        let look = &style.scale;
        let bivariate = spec.kind.is_some_and(KindSpec::is_of_two);
        let (usual, most) = if bivariate { (3, 4.0) } else { (5, 9.0) };
        let count = spec.classes.unwrap_or(usual);
        self.within("scale.classes", count as f64, 2.0..=most);
        let method = match (spec.method, &spec.breaks) {
            (None | Some(MethodSpec::Breaks), Some(breaks)) => Method::Breaks(breaks.clone()),
            (Some(MethodSpec::Breaks), None) => {
                let one = Diagnostic::error("the method `breaks` needs the breaks");
                self.fault("scale.method", one.hint("add `breaks = [10, 20, 50]`"));
                Method::Quantile
            }
            (Some(_), Some(_)) => {
                let one = Diagnostic::error("`breaks` are given, so no other method can find them");
                self.fault("scale.method", one.hint("leave `method` or `breaks` out"));
                Method::Quantile
            }
            (None | Some(MethodSpec::Quantile), None) => Method::Quantile,
            (Some(MethodSpec::Equal), None) => Method::Equal,
            (Some(MethodSpec::Jenks), None) => Method::Jenks,
            (Some(MethodSpec::Pretty), None) => Method::Pretty,
            (Some(MethodSpec::Log), None) => Method::Log,
            (Some(MethodSpec::Continuous), None) => Method::Continuous,
            (Some(MethodSpec::ContinuousLog), None) => Method::ContinuousLog,
        };
        let no_data_label = spec.no_data.clone().unwrap_or_else(|| fixed.no_data.to_owned());
        ScaleOptions {
            kind: spec.kind.map(kind),
            classes: self.class_options(spec, look),
            order: match &data.value {
                Some(ValueSpec::Memberships(names)) => names.iter().map(|name| name.0.clone()).collect(),
                // a flag writes several columns as a list
                Some(ValueSpec::Column(names)) => names.0.split(',').map(str::to_owned).collect(),
                None => Vec::new(),
            },
            method,
            count: count.clamp(2, 9),
            palette: spec.palette.clone(),
            reverse: spec.reverse.unwrap_or(false),
            square: square(spec, count.clamp(2, 4), style),
            midpoint: spec.midpoint.unwrap_or(0.0),
            ramp: look.ramp.clone(),
            categories: look.categories.clone(),
            no_data: Paint::Pattern(Pattern {
                ground: look.no_data,
                mark: look.no_data_mark,
                form: thin_hatch(look),
                origin: (0.0, 0.0),
            }),
            no_data_label,
            absent: style.map.land,
            doubt: hatch(look),
            // across the hatches, which then keep their direction within a stripe; the first class comes first from the left
            stripe_angle: look.hatch_angle - 90.0,
            stripe_width: look.stripe_width.0,
            words: RangeWords {
                under: fixed.under.to_owned(),
                over: fixed.over.to_owned(),
                only: fixed.only.to_owned(),
            },
            number: fixed.number(spec.prefix.as_deref(), spec.suffix.as_deref()),
        }
    }

    /// The classes that are named; faults in their patterns.
    fn class_options(&mut self, spec: &ScaleSpec, look: &ScaleLook) -> Vec<ClassOptions> {
        for (i, class) in spec.class.iter().enumerate() {
            let key = |name: &str| format!("scale.class.{i}.{name}");
            if let Some(angle) = class.angle {
                self.within(&key("angle"), angle, -180.0..=180.0);
                if class.colors.is_none() && matches!(class.pattern, None | Some(PatternSpec::Dots)) {
                    let one = Diagnostic::error("`angle` turns lines, and the class has none");
                    self.fault(&key("angle"), one.hint("write `pattern = \"hatch\"`, or leave it out"));
                }
            }
            let Some(colors) = &class.colors else { continue };
            if !(2..=4).contains(&colors.len()) {
                let one = Diagnostic::error(format!(
                    "stripes have two to four colours, and here are {}",
                    colors.len()
                ));
                self.fault(&key("colors"), one.hint("of more, none can be told from the others"));
            }
            if class.color.is_some() || !matches!(class.pattern, None | Some(PatternSpec::Stripes)) {
                let one = Diagnostic::error("a class with `colors` is striped in them");
                self.fault(&key("colors"), one.hint("leave `color` and `pattern` out"));
            }
        }
        spec.class.iter().map(|class| class_of(class, look)).collect()
    }
}

/// The square of paints of two numbers.
fn square(spec: &ScaleSpec, count: usize, style: &Style) -> SquareOptions {
    let look = &style.bivariate;
    SquareOptions {
        corners: look.corners,
        hatches: if look.hatch { denser(count - 1, &style.scale) } else { Vec::new() },
        second_breaks: spec.second_breaks.clone().unwrap_or_default(),
        fading: (spec.kind == Some(KindSpec::ValueByAlpha)).then(|| fading(style)),
    }
}

/// How colours fade with the second number.
fn fading(style: &Style) -> Fading {
    let (look, scale) = (&style.bivariate, &style.scale);
    // one ink does not fade: its lines grow thinner
    let lines = look.hatch.then(|| hatch(scale));
    Fading { hues: look.hues.clone(), faintest: look.faintest, lines }
}

/// So many hatches, each darker than the one before; the last has lines in both directions.
fn denser(count: usize, look: &ScaleLook) -> Vec<PatternForm> {
    let (angle, spacing, width) = (look.hatch_angle, look.hatch_spacing.0, look.hatch_width.0);
    let hatch = |i: usize| match i + 1 == count {
        true => PatternForm::Cross { angle, spacing: spacing * 0.8, width: width * 0.8 },
        false => PatternForm::Hatch { angle, spacing, width: width * (0.55 + 0.45 * i as f64) },
    };
    (0..count).map(hatch).collect()
}

fn kind(spec: KindSpec) -> Kind {
    match spec {
        KindSpec::Ordered => Kind::Ordered,
        KindSpec::Nominal => Kind::Nominal,
        KindSpec::Sequential => Kind::Sequential,
        KindSpec::Diverging => Kind::Diverging,
        KindSpec::Bivariate | KindSpec::ValueByAlpha => Kind::Bivariate,
    }
}

/// A class as it was asked for.
fn class_of(spec: &ClassSpec, look: &ScaleLook) -> ClassOptions {
    let colors = spec.colors.as_deref().unwrap_or_default();
    let stripes = || PatternForm::Stripes {
        angle: spec.angle.unwrap_or(look.hatch_angle - 90.0),
        width: look.stripe_width.0,
        bands: colors.iter().map(|color| Paint::Solid(*color)).collect(),
    };
    let form = spec.pattern.map(|pattern| pattern_form(pattern, look, spec.angle));
    ClassOptions {
        value: spec.value.clone(),
        label: spec.label.clone().unwrap_or_else(|| spec.value.clone()),
        color: colors.first().copied().or(spec.color),
        pattern: if colors.is_empty() { form } else { Some(stripes()) },
    }
}

fn pattern_form(spec: PatternSpec, look: &ScaleLook, angle: Option<f64>) -> PatternForm {
    let (spacing, width) = (look.hatch_spacing.0, look.hatch_width.0);
    let angle = angle.unwrap_or(look.hatch_angle);
    match spec {
        PatternSpec::Hatch => PatternForm::Hatch { angle, spacing, width },
        PatternSpec::Cross => PatternForm::Cross { angle, spacing, width: width * 0.8 },
        PatternSpec::Dots => PatternForm::Dots { spacing: look.dot_spacing.0, radius: look.dot_radius.0 },
        PatternSpec::Stripes => {
            PatternForm::Hatch { angle, spacing: look.stripe_width.0 * 2.0, width: look.stripe_width.0 }
        }
    }
}

fn hatch(look: &ScaleLook) -> PatternForm {
    PatternForm::Hatch { angle: look.hatch_angle, spacing: look.hatch_spacing.0, width: look.hatch_width.0 }
}

/// Missing data is hatched the other way and thinner, so that it never looks like a class.
fn thin_hatch(look: &ScaleLook) -> PatternForm {
    PatternForm::Hatch {
        angle: -look.hatch_angle,
        spacing: look.hatch_spacing.0 * 0.8,
        width: look.hatch_width.0 * 0.45,
    }
}
