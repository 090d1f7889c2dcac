//! How a shape of a drawing is painted: presentation attributes and `style`, inherited from group to group.
//!
//! Black, `currentColor` and what has no fill of its own take the paint of the point; other colours stay.

use kurbo::Affine;

use super::path::numbers;
use super::{Ink, Line, transform};
use crate::paint::Color;

/// What is inherited.
#[derive(Clone, Debug)]
pub(super) struct Look {
    pub transform: Affine,
    fill: Option<Option<Color>>,
    stroke: Option<Option<Color>>,
    width: f64,
    round: bool,
    fill_opacity: f64,
    stroke_opacity: f64,
    opacity: f64,
    pub even_odd: bool,
    pub hidden: bool,
}

impl Default for Look {
    fn default() -> Self {
        Look {
            transform: Affine::IDENTITY,
            fill: Some(None),
            stroke: None,
            width: 1.0,
            round: false,
            fill_opacity: 1.0,
            stroke_opacity: 1.0,
            opacity: 1.0,
            even_odd: false,
            hidden: false,
        }
    }
}

/// Why an attribute cannot be taken: what is wrong, and how to mend it.
pub(super) type Fault = (String, &'static str);

impl Look {
    /// What fills the shapes.
    pub fn fill(&self) -> Option<Ink> {
        self.fill.map(|own| Ink { own, opacity: self.fill_opacity * self.opacity })
    }

    /// What their outlines are drawn with.
    pub fn line(&self) -> Option<Line> {
        let own = self.stroke.filter(|_| self.width > 0.0)?;
        let ink = Ink { own, opacity: self.stroke_opacity * self.opacity };
        let width = self.width * self.transform.determinant().abs().sqrt();
        Some(Line { ink, width, sharp: !self.round })
    }

    /// Takes one attribute, or one property of a `style`.
    pub fn take(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        let value = value.trim();
        match name {
            "fill" => self.fill = color(value)?,
            "stroke" => self.stroke = color(value)?,
            "stroke-width" => self.width = length(value)?,
            "stroke-linejoin" => self.round = value == "round",
            "stroke-linecap" => self.round |= value == "round",
            "fill-opacity" => self.fill_opacity = opacity(value)?,
            "stroke-opacity" => self.stroke_opacity = opacity(value)?,
            "opacity" => self.opacity *= opacity(value)?,
            "fill-rule" => self.even_odd = value == "evenodd",
            "display" => self.hidden |= value == "none",
            "visibility" => self.hidden = matches!(value, "hidden" | "collapse"),
            "transform" => {
                self.transform *= transform::parse(value).ok_or_else(|| broken("transform", value))?
            }
            "style" => return self.style(value),
            _ => refuse(name, value)?,
        }
        Ok(())
    }

    fn style(&mut self, text: &str) -> Result<(), Fault> {
        for property in text.split(';') {
            match property.split_once(':').map(|(name, value)| (name.trim(), value)) {
                // a style's transform is written in other units
                None | Some(("style" | "transform", _)) => {}
                Some((name, value)) => self.take(name, value)?,
            }
        }
        Ok(())
    }
}

/// Attributes that would bring something in from elsewhere, or act.
fn refuse(name: &str, value: &str) -> Result<(), Fault> {
    let plain = name.rsplit(':').next().unwrap_or(name);
    if plain.len() > 2 && plain.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) {
        return Err((format!("a symbol may not act, and `{name}` is an event"), "take the attribute out"));
    }
    if plain.eq_ignore_ascii_case("href") {
        return Err((
            format!("a symbol may not refer to anything, and `{name}` does"),
            "draw the shapes themselves into the file (in Inkscape: Edit, Clone, Unlink Clone)",
        ));
    }
    if value.to_ascii_lowercase().contains("url(") {
        return Err((format!("`{name}` refers to something else, and a symbol may not"), PLAIN));
    }
    Ok(())
}

const PLAIN: &str = "use plain colours, without gradients, masks, clip paths and filters";

fn broken(name: &str, value: &str) -> Fault {
    let shown: String = value.chars().take(40).collect();
    (format!("`{name}` cannot be read: \"{shown}\""), "save the file once more in a drawing program")
}

fn opacity(value: &str) -> Result<f64, Fault> {
    let share = match value.strip_suffix('%') {
        Some(percent) => numbers(percent).map(|all| all.iter().map(|one| one / 100.0).collect()),
        None => numbers(value),
    };
    match share.as_deref() {
        Some([one]) => Ok(one.clamp(0.0, 1.0)),
        _ => Err(broken("opacity", value)),
    }
}

/// A length in px.
pub(super) fn length(value: &str) -> Result<f64, Fault> {
    match numbers(value.trim_end_matches("px")).as_deref() {
        Some([one]) => Ok(*one),
        _ => Err((
            format!("\"{value}\" is no length in px"),
            "save the file with plain numbers, without units and percentages",
        )),
    }
}

/// `None`: nothing is painted; `Some(None)`: the paint of the point.
fn color(value: &str) -> Result<Option<Option<Color>>, Fault> {
    let folded = value.to_ascii_lowercase();
    if folded.contains("url(") {
        return Err(("a gradient or a pattern is no colour of a symbol".to_owned(), PLAIN));
    }
    let found = match folded.as_str() {
        "none" | "transparent" => return Ok(None),
        "currentcolor" | "inherit" | "black" => return Ok(Some(None)),
        hex if hex.starts_with('#') => Color::parse(hex),
        rgb if rgb.starts_with("rgb(") => rgb_of(rgb),
        name => NAMES.iter().find(|(one, _)| *one == name).map(|(_, [r, g, b])| Color::rgb(*r, *g, *b)),
    };
    let black = Color::rgb(0, 0, 0);
    match found {
        Some(found) => Ok(Some(Some(found).filter(|found| *found != black))),
        None => Err((format!("\"{value}\" is no colour that is known here"), "write it as #rrggbb")),
    }
}

fn rgb_of(text: &str) -> Option<Color> {
    let inside = text.strip_prefix("rgb(")?.strip_suffix(')')?;
    match numbers(inside)?.as_slice() {
        [r, g, b] => {
            let [r, g, b] = [r, g, b].map(|c| c.round().clamp(0.0, 255.0) as u8);
            Some(Color::rgb(r, g, b))
        }
        _ => None,
    }
}

/// The basic colour names (CSS Color 4, §6.1), without black.
const NAMES: [(&str, [u8; 3]); 17] = [
    ("white", [255, 255, 255]),
    ("silver", [192, 192, 192]),
    ("gray", [128, 128, 128]),
    ("grey", [128, 128, 128]),
    ("maroon", [128, 0, 0]),
    ("red", [255, 0, 0]),
    ("purple", [128, 0, 128]),
    ("fuchsia", [255, 0, 255]),
    ("green", [0, 128, 0]),
    ("lime", [0, 255, 0]),
    ("olive", [128, 128, 0]),
    ("yellow", [255, 255, 0]),
    ("navy", [0, 0, 128]),
    ("blue", [0, 0, 255]),
    ("teal", [0, 128, 128]),
    ("aqua", [0, 255, 255]),
    ("orange", [255, 165, 0]),
];
