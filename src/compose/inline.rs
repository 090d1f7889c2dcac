//! Words in place of a legend: those of title and deck that name a class stand in its colour, or its name stands on the
//! map.

use super::direct::Direct;
use super::legend::{LegendOptions, LegendWish};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Warned};
use crate::paint::{Color, Paint};
use crate::scale::{Class, Scale};
use crate::style::{Style, TextLook};
use crate::text::{Accent, Named, Rich};

/// Smallest contrast of large and of other words with the page (WCAG 2.2, 1.4.3).
const CONTRAST: [f64; 2] = [3.0, 4.5];
/// From so many px on bold words are large (14 pt, WCAG 2.2).
const LARGE: f64 = 18.66;

/// Title and deck as they are set.
#[derive(Clone, Debug, Default)]
pub struct Sentences {
    /// The title.
    pub title: Option<Rich>,
    /// The sentence under it.
    pub deck: Option<Rich>,
    /// Paints under words whose class has no colour that can be read as ink, by their number.
    pub swatches: Vec<Paint>,
    /// Names of classes that stand on the map.
    pub direct: Vec<Direct>,
    /// Keys of the classes that are told.
    pub told: Vec<String>,
}

/// Title and deck, with the words in colour that name a class where the legend is asked to be inline; or the names
/// that stand on the map. On a `narrow` page those would stand in the way, so the legend stays.
pub fn sentences(
    [title, deck]: [Option<Rich>; 2],
    scale: &Scale,
    options: &LegendOptions,
    style: &Style,
    narrow: bool,
) -> Warned<Sentences> {
    let mut warnings = Diagnostics::default();
    let mut made = Sentences { title, deck, ..Sentences::default() };
    match options.wish {
        _ if !options.show => {}
        LegendWish::Inline => inline(&mut made, scale, style, &mut warnings),
        LegendWish::Direct => direct(&mut made, scale, narrow, &mut warnings),
        LegendWish::Steps | LegendWish::Gradient | LegendWish::Histogram => {
            warnings.extend(no_numbers(options.wish, scale))
        }
        LegendWish::Auto | LegendWish::List => {}
    }
    Warned { value: made, warnings }
}

/// Names on the map.
fn direct(made: &mut Sentences, scale: &Scale, narrow: bool, warnings: &mut Diagnostics) {
    let classes: Vec<&Class> = scale.entries().filter(|class| class.count > 0).collect();
    let many = if scale.continuous.is_some() || scale.square.is_some() { usize::MAX } else { classes.len() };
    if many > 2 {
        let what = match many {
            usize::MAX => "of numbers has none".to_owned(),
            many => format!("has {many}"),
        };
        let one = Diagnostic::warning(format!("names on the map can tell two classes, and this one {what}"));
        warnings.push(one.hint("choose another `form` in [legend]").at(key()));
    } else if !narrow {
        let name = |class: &&Class| Direct { key: class.key.clone(), words: class.label.clone() };
        made.direct = classes.iter().map(name).collect();
        made.told = classes.iter().map(|class| class.key.clone()).collect();
    }
}

fn no_numbers(wish: LegendWish, scale: &Scale) -> Option<Diagnostic> {
    let name = match wish {
        LegendWish::Steps => "steps",
        LegendWish::Histogram => "histogram",
        _ => "gradient",
    };
    let numeric = scale.classes.iter().all(|class| class.bounds.is_some());
    let one = Diagnostic::warning(format!("a legend of the form `{name}` needs numbers, so it stays a list"));
    (!numeric).then(|| one.at(key()))
}

/// Names in the sentences.
fn inline(made: &mut Sentences, scale: &Scale, style: &Style, warnings: &mut Diagnostics) {
    let classes: Vec<&Class> = scale.entries().chain(&scale.no_data).collect();
    made.swatches = classes.iter().map(|class| class.paint.clone()).collect();
    let page = style.page.background;
    let (title, deck) = (&style.text.title, &style.text.deck);
    let mut told = Vec::new();
    for (sentence, look) in [(&mut made.title, title), (&mut made.deck, deck)] {
        let Some(rich) = sentence else { continue };
        let named = |(i, class): (usize, &&Class)| Named {
            names: vec![class.label.clone(), class.value.clone()],
            accent: accent(i, &class.paint, page, look),
        };
        let all: Vec<Named> = classes.iter().enumerate().map(named).collect();
        let found = rich.accented(&all);
        warnings.extend(found.unknown.iter().map(|name| unknown(name, &classes)));
        told.extend(found.told);
        *rich = found.rich;
    }
    made.told = told.into_iter().map(|i| classes[i].key.clone()).collect();
    if made.told.is_empty() {
        let one =
            Diagnostic::warning("neither title nor subtitle names a class, so the legend stays as it is");
        warnings.push(one.hint("write the name of a class in braces: `{Established}`").at(key()));
    }
}

fn unknown(name: &str, classes: &[&Class]) -> Diagnostic {
    let known: Vec<&str> = classes.iter().map(|class| class.label.as_str()).collect();
    Diagnostic::warning(format!("no class is called \"{name}\", so these words stay as the others"))
        .hint(format!("the classes are {}", known.join(", ")))
        .at(key())
}

fn key() -> Place {
    Place::default().key("legend.form")
}

/// How words of a class are set apart: by its colour where that can be read on the page, else by a swatch under them.
fn accent(index: usize, paint: &Paint, page: Color, look: &TextLook) -> Accent {
    let large = look.size.0 >= LARGE;
    let [least, small] = CONTRAST;
    match paint {
        Paint::Solid(color) if color.contrast(page) >= if large { least } else { small } => {
            Accent::Ink([color.r, color.g, color.b])
        }
        _ => Accent::Swatch(index),
    }
}
