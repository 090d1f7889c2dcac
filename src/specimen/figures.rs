//! A sheet of finished figures, each under its name and a sentence.

use kurbo::{Point, Size, Vec2};

use crate::page::Block;
use crate::scene::{Anchor, Group, Node, Scene, Tag};
use crate::style::Style;
use crate::text::Rich;

/// A figure of a sheet.
pub struct Sample {
    /// Its name, a part of an XML name.
    pub name: String,
    /// What it shows.
    pub about: String,
    /// Every mark of it.
    pub scene: Scene,
    /// The empty rim at its left and right edge, px, by which it stands out of its column.
    pub rim: f64,
}

/// How many columns a sheet of that width has, and how wide a column is, px.
pub fn columns(width: f64, style: &Style) -> (usize, f64) {
    let (margin, gap) = (style.page.margin.0, style.specimen.gap.0);
    let room = (width - 2.0 * margin).max(1.0);
    let count = (((room + gap) / (style.specimen.figure + gap)) as usize).max(1);
    (count, (room - gap * (count - 1) as f64) / count as f64)
}

/// Lays the figures out on a sheet of that width, called `title`.
pub fn figures(title: &str, samples: Vec<Sample>, width: f64, style: &Style) -> Scene {
    let (margin, gap) = (style.page.margin.0, style.specimen.gap.0);
    let (count, wide) = columns(width, style);
    let description = samples.iter().map(|sample| sample.name.as_str()).collect::<Vec<_>>().join(", ");
    let (mut layers, mut top, mut foot) = (Vec::new(), margin, margin);
    for (i, sample) in samples.into_iter().enumerate() {
        if i > 0 && i % count == 0 {
            top = foot + gap;
        }
        let at = Point::new(margin + (i % count) as f64 * (wide + gap), top);
        let (layer, height) = placed(sample, at, wide, style);
        layers.push(layer);
        foot = foot.max(top + height);
    }
    Scene {
        size: Size::new(width, (foot + margin).ceil()),
        lang: "en".to_owned(),
        title: title.to_owned(),
        description: format!("{title}: {description}"),
        metadata: Vec::new(),
        background: style.page.background,
        layers,
    }
}

/// A figure under its words, and the height of both.
fn placed(sample: Sample, at: Point, wide: f64, style: &Style) -> (Group, f64) {
    let mut nodes = Vec::new();
    let mut below = at;
    let words =
        [("name", &sample.name, &style.text.legend_title), ("about", &sample.about, &style.text.source)];
    for (part, words, look) in words {
        let block = Block::set(&Rich::plain(words), look, wide, true);
        let tag = Tag { id: format!("{}-{part}", sample.name), ..Tag::default() };
        nodes.push(Node::Text(block.text(below, Anchor::Start, None, tag)));
        below.y += block.size.height;
    }
    below.y += style.page.gap.0 * 0.5;
    let by = below.to_vec2() - Vec2::new(sample.rim, 0.0);
    let prefix = format!("{}-", sample.name);
    nodes.extend(sample.scene.layers.into_iter().map(|layer| Node::Group(layer.moved(by, &prefix))));
    let height = below.y - at.y + sample.scene.size.height - sample.rim;
    (Group { id: sample.name, clip: None, nodes }, height)
}
