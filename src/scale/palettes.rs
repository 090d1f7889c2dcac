//! Palettes by name: ColorBrewer (Brewer, Harrower and Penn State, <https://colorbrewer2.org>) and the viridis
//! family (van der Walt, Smith and Firing), from the crate `colorous`.
//!
//! Rainbows and hue circles are left out: they have no order that an eye or a grey print can see.

use colorous::Gradient;

use crate::diagnostic::{Diagnostic, Result, nearest};
use crate::paint::Color;

/// A named palette.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    /// Its name, as its authors write it.
    pub name: &'static str,
    /// What it is for.
    pub family: Family,
    source: Source,
}

/// What a palette is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// From low to high.
    Sequential,
    /// On two sides of a middle.
    Diverging,
    /// Categories.
    Categorical,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    /// A gradient, and whether its first colour is the light one.
    Gradient(Gradient, bool),
    List(&'static [colorous::Color]),
}

const fn light_first(name: &'static str, gradient: Gradient) -> Palette {
    Palette { name, family: Family::Sequential, source: Source::Gradient(gradient, true) }
}

const fn dark_first(name: &'static str, gradient: Gradient) -> Palette {
    Palette { name, family: Family::Sequential, source: Source::Gradient(gradient, false) }
}

const fn diverging(name: &'static str, gradient: Gradient) -> Palette {
    Palette { name, family: Family::Diverging, source: Source::Gradient(gradient, true) }
}

const fn list(name: &'static str, colors: &'static [colorous::Color]) -> Palette {
    Palette { name, family: Family::Categorical, source: Source::List(colors) }
}

const PALETTES: [Palette; 42] = [
    light_first("Blues", colorous::BLUES),
    light_first("Greens", colorous::GREENS),
    light_first("Greys", colorous::GREYS),
    light_first("Oranges", colorous::ORANGES),
    light_first("Purples", colorous::PURPLES),
    light_first("Reds", colorous::REDS),
    light_first("BuGn", colorous::BLUE_GREEN),
    light_first("BuPu", colorous::BLUE_PURPLE),
    light_first("GnBu", colorous::GREEN_BLUE),
    light_first("OrRd", colorous::ORANGE_RED),
    light_first("PuBuGn", colorous::PURPLE_BLUE_GREEN),
    light_first("PuBu", colorous::PURPLE_BLUE),
    light_first("PuRd", colorous::PURPLE_RED),
    light_first("RdPu", colorous::RED_PURPLE),
    light_first("YlGnBu", colorous::YELLOW_GREEN_BLUE),
    light_first("YlGn", colorous::YELLOW_GREEN),
    light_first("YlOrBr", colorous::YELLOW_ORANGE_BROWN),
    light_first("YlOrRd", colorous::YELLOW_ORANGE_RED),
    dark_first("viridis", colorous::VIRIDIS),
    dark_first("magma", colorous::MAGMA),
    dark_first("inferno", colorous::INFERNO),
    dark_first("plasma", colorous::PLASMA),
    dark_first("cividis", colorous::CIVIDIS),
    diverging("BrBG", colorous::BROWN_GREEN),
    diverging("PRGn", colorous::PURPLE_GREEN),
    diverging("PiYG", colorous::PINK_GREEN),
    diverging("PuOr", colorous::PURPLE_ORANGE),
    diverging("RdBu", colorous::RED_BLUE),
    diverging("RdGy", colorous::RED_GREY),
    diverging("RdYlBu", colorous::RED_YELLOW_BLUE),
    diverging("RdYlGn", colorous::RED_YELLOW_GREEN),
    diverging("Spectral", colorous::SPECTRAL),
    list("Accent", &colorous::ACCENT),
    list("Dark2", &colorous::DARK2),
    list("Paired", &colorous::PAIRED),
    list("Pastel1", &colorous::PASTEL1),
    list("Pastel2", &colorous::PASTEL2),
    list("Set1", &colorous::SET1),
    list("Set2", &colorous::SET2),
    list("Set3", &colorous::SET3),
    list("Category10", &colorous::CATEGORY10),
    list("Tableau10", &colorous::TABLEAU10),
];

/// The palette of a diverging scale that names none.
pub const DIVERGING: &str = "RdBu";

/// All palettes, sequential ones first.
pub fn all() -> &'static [Palette] {
    &PALETTES
}

/// The names of all palettes.
pub fn names() -> impl Iterator<Item = &'static str> {
    PALETTES.iter().map(|palette| palette.name)
}

/// The palette called `name`, without regard to case.
pub fn by_name(name: &str) -> Result<&'static Palette> {
    let found = PALETTES.iter().find(|palette| palette.name.eq_ignore_ascii_case(name.trim()));
    found.ok_or_else(|| {
        let error = Diagnostic::error(format!("there is no palette \"{name}\""));
        let known: Vec<&str> = names().collect();
        let error = match nearest(name, &known) {
            Some(near) => error.hint(format!("did you mean \"{near}\"?")),
            None => error,
        };
        error.hint(format!("palettes are {}", known.join(", "))).into()
    })
}

impl Palette {
    /// `count` colours: of a sequential palette from light to dark, of a diverging one from its first end,
    /// of a categorical one the first so many (fewer when it has fewer). ColorBrewer's own choice for
    /// 3 to 9 colours (diverging: 11), sampled evenly beyond.
    pub fn colors(&self, count: usize) -> Vec<Color> {
        match self.source {
            Source::Gradient(gradient, light_first) => {
                let at = |i: usize| color(gradient.eval_rational(i, count));
                let mut colors: Vec<Color> = (0..count).map(at).collect();
                if !light_first {
                    colors.reverse();
                }
                colors
            }
            Source::List(colors) => colors.iter().take(count).map(|one| color(*one)).collect(),
        }
    }

    /// The colour at `t`, 0 (light, or the first end) to 1; of a categorical palette the first or last.
    pub fn at(&self, t: f64) -> Color {
        match self.source {
            Source::Gradient(gradient, light_first) => {
                color(gradient.eval_continuous(if light_first { t } else { 1.0 - t }))
            }
            Source::List(colors) => color(colors[if t < 0.5 { 0 } else { colors.len() - 1 }]),
        }
    }

    /// How many colours a categorical palette has; `None` for one that has any number.
    pub fn limit(&self) -> Option<usize> {
        match self.source {
            Source::Gradient(..) => None,
            Source::List(colors) => Some(colors.len()),
        }
    }
}

fn color(color: colorous::Color) -> Color {
    Color::rgb(color.r, color.g, color.b)
}
