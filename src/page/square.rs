//! The legend of two numbers: a square of their classes, the first across, the second upwards, with the breaks at the
//! edges and the words beside two arrows.

use kurbo::{Point, Rect, Size};

use super::{Block, LegendEntry};
use crate::style::{SquareLook, TextLooks};
use crate::text::Rich;

/// What the legend of two numbers says.
#[derive(Clone, Debug)]
pub struct SquareContent {
    /// Words above it.
    pub title: Option<Rich>,
    /// Its classes, row by row from the lowest.
    pub cells: Vec<LegendEntry>,
    /// How many classes a row has.
    pub columns: usize,
    /// Words of the first number and of the second.
    pub axes: [Rich; 2],
    /// Breaks of the first number and of the second, in words.
    pub breaks: [Vec<String>; 2],
    /// Looks.
    pub look: SquareLook,
    /// Room between the square and words.
    pub gap: f64,
}

/// A square laid out, relative to its top left corner.
#[derive(Clone, Debug)]
pub struct SquareBox {
    /// Its size.
    pub size: Size,
    /// Words above it.
    pub title: Option<(Block, Point)>,
    /// The box of each class, in the order of the classes.
    pub cells: Vec<Rect>,
    /// The classes.
    pub entries: Vec<LegendEntry>,
    /// Words of both numbers, with the top left corner.
    pub axes: [(Block, Point); 2],
    /// Arrows towards more of the first number and of the second.
    pub arrows: [[Point; 2]; 2],
    /// Breaks of the first number: top middle.
    pub across: Vec<(Block, Point)>,
    /// Breaks of the second: top right corner.
    pub upwards: Vec<(Block, Point)>,
}

impl SquareBox {
    /// Lays `content` out in a column of `width`.
    pub fn set(content: &SquareContent, text: &TextLooks, width: f64) -> SquareBox {
        let gap = content.gap;
        let columns = content.columns.max(1);
        let rows = content.cells.len() / columns;
        let small = text.legend.sized(0.86);
        let line = |words: &String| Block::line(words, &small);
        let across: Vec<Block> = content.breaks[0].iter().map(line).collect();
        // breaks side by side do not touch
        let apart = across.windows(2).map(|pair| (pair[0].size.width + pair[1].size.width) / 2.0 + gap * 0.5);
        let cell = apart.fold(content.look.cell.0, f64::max);
        let upwards: Vec<Block> = content.breaks[1].iter().map(line).collect();
        let margin = upwards.iter().map(|block| block.size.width).fold(0.0, f64::max);
        let left = if margin > 0.0 { margin + gap * 0.5 } else { 0.0 };
        let arrow = text.legend.size.0 * 1.1;
        let title = content.title.as_ref().map(|rich| Block::set(rich, &text.legend_title, width, true));
        let head = title.as_ref().map_or(0.0, |block| block.size.height + gap * 0.5);
        let words = |axis: usize| Block::set(&content.axes[axis], &text.legend, width - arrow - gap, true);
        let (first, second) = (words(0), words(1));
        let square = Rect::from_origin_size(
            (left, head + second.size.height + gap * 0.6),
            (cell * columns as f64, cell * rows as f64),
        );
        let edge = |i: usize| i as f64 * cell;
        let cells = (0..content.cells.len()).map(|i| {
            let corner = Point::new(square.x0 + edge(i % columns), square.y1 - edge(i / columns + 1));
            Rect::from_origin_size(corner, (cell, cell))
        });
        let across: Vec<(Block, Point)> = across
            .into_iter()
            .zip(1..)
            .map(|(block, i)| (block, Point::new(square.x0 + edge(i), square.y1 + gap * 0.25)))
            .collect();
        let upwards: Vec<(Block, Point)> = upwards
            .into_iter()
            .zip(1..)
            .map(|(block, i)| {
                let middle = square.y1 - edge(i);
                let top = middle - block.size.height / 2.0;
                (block, Point::new(square.x0 - gap * 0.5, top))
            })
            .collect();
        let under = across.first().map_or(square.y1, |(block, at)| at.y + block.size.height) + gap * 0.3;
        let arrows = [
            {
                let (x, y) = (square.x0 + first.size.width + gap * 0.6, under + first.step / 2.0);
                [Point::new(x, y), Point::new(x + arrow, y)]
            },
            {
                let (x, y) = (square.x0 + arrow * 0.3, head + second.step / 2.0);
                [Point::new(x, y + arrow * 0.45), Point::new(x, y - arrow * 0.45)]
            },
        ];
        let second_at = Point::new(square.x0 + arrow * 0.6 + gap * 0.5, head);
        let right = [
            title.as_ref().map_or(0.0, |block| block.size.width),
            square.x1,
            arrows[0][1].x,
            second_at.x + second.size.width,
            across.last().map_or(0.0, |(block, at)| at.x + block.size.width / 2.0),
        ];
        SquareBox {
            size: Size::new(right.into_iter().fold(0.0, f64::max), under + first.size.height),
            title: title.map(|block| (block, Point::ZERO)),
            cells: cells.collect(),
            entries: content.cells.clone(),
            axes: [(first, Point::new(square.x0, under)), (second, second_at)],
            arrows,
            across,
            upwards,
        }
    }
}
