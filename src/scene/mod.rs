//! The display list: every mark of a finished figure, in drawing order, with nothing left to decide.
//!
//! `compose` writes a [`Scene`]; the outputs read it and nothing else. All lengths are px at scale
//! 1, y downwards, origin at the top left of the page. A scene has no style, no place and no degree in
//! it, and no back end.

mod moved;

use std::sync::Arc;

use kurbo::{Point, Size};

use crate::geometry::Path;
use crate::paint::{Color, Paint};
use crate::text::Font;

/// A finished figure.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Width and height of the page.
    pub size: Size,
    /// BCP 47 tag of the language of its words.
    pub lang: String,
    /// A short name for the figure (the title's words).
    pub title: String,
    /// The alternative text.
    pub description: String,
    /// Facts that travel in a file's metadata (`Source`, `Input-SHA256` …), in this order.
    pub metadata: Vec<(String, String)>,
    /// The colour of the page.
    pub background: Color,
    /// The layers, drawn first to last.
    pub layers: Vec<Group>,
}

/// A named group: a layer of the figure or a part of one.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Unique in the scene; a valid XML name (`map`, `places`, `labels`).
    pub id: String,
    /// Nothing of the group is seen outside this path.
    pub clip: Option<Path>,
    /// Its parts, drawn first to last.
    pub nodes: Vec<Node>,
}

impl Group {
    /// An empty group.
    pub fn new(id: impl Into<String>) -> Self {
        Group { id: id.into(), ..Group::default() }
    }
}

/// A part of a group.
#[derive(Clone, Debug)]
pub enum Node {
    /// A group inside a group.
    Group(Group),
    /// An area or a line.
    Shape(Shape),
    /// Words.
    Text(Text),
}

/// What a mark stands for, carried into the SVG.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// Unique in the scene, a valid XML name; empty for none.
    pub id: String,
    /// A tooltip and accessible name; empty for none.
    pub title: String,
    /// `data-*` attributes without the `data-` (`("code", "VEN")`), in this order.
    pub data: Vec<(&'static str, String)>,
}

/// An area or a line.
#[derive(Clone, Debug)]
pub struct Shape {
    /// What it stands for.
    pub tag: Tag,
    /// Its outline. Areas are filled by the even-odd rule.
    pub path: Arc<Path>,
    /// How it is filled.
    pub fill: Option<Paint>,
    /// How its outline is drawn.
    pub stroke: Option<Stroke>,
}

/// How a line is drawn. Joins and caps are round unless `sharp`.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: Color,
    /// Its width.
    pub width: f64,
    /// Lengths of dashes and gaps in turn; empty for a solid line.
    pub dash: Vec<f64>,
    /// Mitre joins and butt caps, for frames and ticks.
    pub sharp: bool,
}

impl Stroke {
    /// A solid line with round joins.
    pub fn solid(color: Color, width: f64) -> Self {
        Stroke { color, width, dash: Vec::new(), sharp: false }
    }
}

/// One or more lines of words that belong together.
#[derive(Clone, Debug)]
pub struct Text {
    /// What they stand for.
    pub tag: Tag,
    /// Which end of each line stands at its point.
    pub anchor: Anchor,
    /// The lines, top to bottom.
    pub lines: Vec<TextLine>,
    /// A rim in the colour beneath, so that the words stay readable.
    pub halo: Option<Halo>,
}

/// A line of words.
#[derive(Clone, Debug)]
pub struct TextLine {
    /// On the baseline, at the end that the anchor names.
    pub at: Point,
    /// A curve that the baseline follows instead of the horizontal through `at`; the words are centred
    /// on it.
    pub along: Option<Path>,
    /// Spans set one after the other.
    pub spans: Vec<Span>,
}

/// Words in one font and colour.
#[derive(Clone, Debug)]
pub struct Span {
    /// The words; a space at an end counts.
    pub text: String,
    /// Their font.
    pub font: Font,
    /// Font size.
    pub size: f64,
    /// Extra space after every letter.
    pub tracking: f64,
    /// Their colour.
    pub color: Color,
}

/// Which end of a line of words stands at its point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// The left end.
    #[default]
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// A rim around letters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Halo {
    /// Its colour.
    pub color: Color,
    /// How far it reaches beyond the letters.
    pub width: f64,
}
