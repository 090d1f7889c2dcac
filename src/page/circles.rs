//! The legend of circles: a few round values nested in one another, each with a line to its words.

use kurbo::{Point, Size};

use super::Block;
use crate::style::{SymbolLook, TextLooks};
use crate::symbol::Symbol;
use crate::text::Rich;

/// What the legend of circles says.
#[derive(Clone, Debug)]
pub struct CircleContent {
    /// Words above it.
    pub title: Option<Rich>,
    /// Radius in px and words of each, the largest first.
    pub examples: Vec<(f64, String)>,
    /// What is as large: a circle, or another symbol of its area.
    pub symbol: Symbol,
    /// Looks.
    pub look: SymbolLook,
    /// Room between a line and its words.
    pub gap: f64,
}

/// Nested circles laid out, relative to their top left corner.
#[derive(Clone, Debug)]
pub struct CircleBox {
    /// Its size.
    pub size: Size,
    /// Words above it.
    pub title: Option<(Block, Point)>,
    /// What is nested.
    pub symbol: Symbol,
    /// Middle and radius, the largest first. All stand on one line.
    pub circles: Vec<(Point, f64)>,
    /// From the top of each circle to its words.
    pub leaders: Vec<[Point; 3]>,
    /// The words with their top left corner.
    pub words: Vec<(Block, Point)>,
}

impl CircleBox {
    /// Lays `content` out in a column of `width`; `None` where there is no circle to show.
    pub fn set(content: &CircleContent, text: &TextLooks, width: f64) -> Option<CircleBox> {
        let (largest, _) = content.examples.first()?;
        let title = content.title.as_ref().map(|rich| Block::set(rich, &text.legend_title, width, true));
        let head = title.as_ref().map_or(0.0, |block| block.size.height + content.gap * 0.5);
        let words: Vec<Block> =
            content.examples.iter().map(|(_, words)| Block::line(words, &text.legend)).collect();
        let rim = content.look.legend_line_width.0;
        let unit = content.symbol.bounds();
        let (left, right) = (rim / 2.0 - largest * unit.x0, rim + largest * unit.width());
        let tall = largest * unit.height();
        let tops: Vec<f64> =
            content.examples.iter().map(|(radius, _)| tall - radius * unit.height()).collect();
        let levels = spread(&tops, text.legend.line_height(), tall);
        // the first words may stand higher than their circle
        let over = (text.legend.line_height() / 2.0 - levels[0] - rim / 2.0).max(0.0);
        let down = head + over + rim / 2.0;
        let foot = down + tall;
        let edge = right + content.gap;
        let mut laid = CircleBox {
            size: Size::ZERO,
            title: title.map(|block| (block, Point::ZERO)),
            symbol: content.symbol.clone(),
            circles: content
                .examples
                .iter()
                .map(|(r, _)| (Point::new(left, foot - r * unit.y1), *r))
                .collect(),
            leaders: Vec::new(),
            words: Vec::new(),
        };
        let side = right;
        let (mut right, mut bottom) = (edge, foot + rim / 2.0);
        for ((top, level), block) in tops.iter().zip(&levels).zip(words) {
            let (top, level) = (down + top, down + level);
            let bend = Point::new(side + if top == level { content.gap } else { 0.0 }, top);
            laid.leaders.push([Point::new(left, top), bend, Point::new(edge, level)]);
            let corner = Point::new(edge + content.gap * 0.5, level - block.step / 2.0);
            right = right.max(corner.x + block.size.width);
            bottom = bottom.max(corner.y + block.size.height);
            laid.words.push((block, corner));
        }
        let titled = laid.title.as_ref().map_or(0.0, |(block, _)| block.size.width);
        laid.size = Size::new(right.max(titled), bottom);
        Some(laid)
    }
}

/// `tops`, ascending, moved apart to at least `step`: the lowest stays above `foot` by half a step, the others make
/// room upwards.
fn spread(tops: &[f64], step: f64, foot: f64) -> Vec<f64> {
    let mut levels = tops.to_vec();
    let mut most = foot - step / 2.0;
    for level in levels.iter_mut().rev() {
        *level = level.min(most);
        most = *level - step;
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style;

    fn set(radii: &[f64], width: f64) -> CircleBox {
        let open = |_: &str| Ok(String::new());
        let style = style::load("newsroom", width, &[], &open).expect("a style");
        let content = CircleContent {
            title: Some(Rich::plain("Population")),
            examples: radii.iter().map(|radius| (*radius, format!("{radius} people"))).collect(),
            symbol: Symbol::CIRCLE,
            look: style.symbols.clone(),
            gap: style.legend.gap.0,
        };
        CircleBox::set(&content, &style.text, width).expect("circles")
    }

    #[test]
    fn circles_are_nested_and_words_stand_apart() {
        for (radii, width) in [(&[67.0, 30.0, 15.0][..], 1600.0), (&[20.0, 9.0, 2.0], 390.0), (&[5.0], 390.0)]
        {
            let laid = set(radii, width);
            let foot = |(at, radius): &(Point, f64)| at.y + radius;
            for pair in laid.circles.windows(2) {
                assert_eq!(pair[0].0.x, pair[1].0.x);
                assert!((foot(&pair[0]) - foot(&pair[1])).abs() < 1e-9 && pair[0].1 > pair[1].1);
            }
            for (pair, leader) in laid.words.windows(2).zip(&laid.leaders) {
                assert!(pair[0].1.y + pair[0].0.step <= pair[1].1.y + 1e-9, "words overlap");
                assert!(leader[2].x < pair[0].1.x);
            }
            let title = laid.title.as_ref().map_or(0.0, |(block, at)| at.y + block.size.height);
            assert!(
                laid.words.iter().all(|(block, at)| {
                    at.y >= title && at.y + block.size.height <= laid.size.height + 1e-9
                })
            );
            let [(at, radius), ..] = laid.circles.as_slice() else { panic!("no circle") };
            assert!(at.y - radius >= title && at.y + radius <= laid.size.height);
        }
    }
}
