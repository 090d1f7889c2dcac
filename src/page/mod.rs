//! The sheet of paper: boxes for title, deck, legend, map, charts and notes. No geography.
//!
//! Takes the words, the legend's entries and the aspect of the map, gives a [`Page`] on which everything
//! but the map itself has its final place. One column: all boxes share the left edge. Lengths are px.

mod bar;
mod block;
mod circles;
mod legend;
mod square;
#[cfg(test)]
mod tests;

pub use bar::{BarBox, BarContent};
pub use block::{Block, Underlined};
pub use circles::{CircleBox, CircleContent};
pub use legend::{LegendBox, LegendContent, LegendEntry, LegendForm, LegendMark, Swatch};
pub use square::{SquareBox, SquareContent};

use kurbo::{Point, Rect, Size};

use crate::paint::Paint;
use crate::style::{PageLook, TextLook, TextLooks};
use crate::text::Rich;

/// What stands on a page, apart from the map.
#[derive(Clone, Debug, Default)]
pub struct PageContent {
    /// The title.
    pub title: Option<Rich>,
    /// The sentence under it.
    pub deck: Option<Rich>,
    /// Paints under words of title and deck, by their number.
    pub accents: Vec<Paint>,
    /// The legend.
    pub legend: Option<LegendContent>,
    /// Callouts that stand under the map on a narrow page, each with its place among all.
    pub callouts: Vec<(usize, Rich)>,
    /// Sizes of the charts.
    pub charts: Vec<Size>,
    /// Heights over widths of the insets that stand under the map, with their titles.
    pub insets: Vec<InsetContent>,
    /// The remark at the foot.
    pub note: Option<Rich>,
    /// The source line, left, and the credit, right, at the foot.
    pub source: Option<Rich>,
    /// See `source`.
    pub credit: Option<Rich>,
}

/// An inset that stands under the map.
#[derive(Clone, Debug)]
pub struct InsetContent {
    /// Words above it.
    pub title: Option<Rich>,
    /// Width over height of its map.
    pub aspect: f64,
    /// Its width as a share of the column's.
    pub share: f64,
}

/// Size and looks of a page.
#[derive(Clone, Debug)]
pub struct PageOptions<'a> {
    /// Width.
    pub width: f64,
    /// Height; `None` as the content needs it.
    pub height: Option<f64>,
    /// Looks of the sheet.
    pub look: &'a PageLook,
    /// Looks of the words.
    pub text: &'a TextLooks,
    /// Radius of the numbers before callouts under the map.
    pub number_radius: f64,
}

/// A page laid out.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its size.
    pub size: Size,
    /// Blocks of words with the top left corner of each.
    pub title: Option<(Block, Point)>,
    /// The sentence under the title.
    pub deck: Option<(Block, Point)>,
    /// Paints under their words, by their number.
    pub accents: Vec<Paint>,
    /// The legend with its top left corner.
    pub legend: Option<(LegendBox, Point)>,
    /// Where the map may draw: as wide as the page.
    pub map: Rect,
    /// Where what is fitted comes to lie: inside the margins.
    pub fit: Rect,
    /// Callouts under the map, each with its place among all and its top left corner (of the words, right of the number).
    pub callouts: Vec<(usize, (Block, Point))>,
    /// Insets under the map: title and frame.
    pub insets: Vec<(Option<(Block, Point)>, Rect)>,
    /// Charts.
    pub charts: Vec<Rect>,
    /// Words at the foot.
    pub foot: Vec<(Block, Point)>,
}

/// A column that is filled from the top.
struct Column<'a> {
    left: f64,
    width: f64,
    y: f64,
    options: &'a PageOptions<'a>,
}

impl Column<'_> {
    /// A block at the column's foot, not wider than the style's measure.
    fn block(&mut self, rich: &Rich, look: &TextLook, gap: f64, balance: bool) -> (Block, Point) {
        self.y += gap;
        let measure = (self.options.look.measure * look.size.0).min(self.width);
        let block = Block::set(rich, look, measure, balance);
        let at = Point::new(self.left, self.y);
        self.y += block.size.height;
        (block, at)
    }
}

/// Lays out a page around a map whose width over height is `aspect`.
pub fn layout(content: &PageContent, options: &PageOptions<'_>, aspect: f64) -> Page {
    let look = options.look;
    let margin = look.margin.0;
    let width = options.width - 2.0 * margin;
    let column = |y: f64| Column { left: margin, width, y, options };
    let ((head, top), (mut foot, below)) = rayon::join(
        || {
            let mut column = column(margin);
            (Head::set(content, &mut column), column.y)
        },
        || {
            let mut column = column(0.0);
            (Foot::set(content, &mut column), column.y)
        },
    );
    let top = if top > margin { top + look.map_gap.0 } else { 0.0 };
    let bottom = below + if below > 0.0 { look.map_gap.0 + margin } else { 0.0 };

    let map_height = match options.height {
        Some(height) => (height - top - bottom).max(1.0),
        None => {
            let (flattest, tallest) = (look.flattest * options.width, look.tallest.0 * options.width);
            (width / aspect).min(tallest).max(flattest).round()
        }
    };
    let height = options.height.unwrap_or_else(|| (top + map_height + bottom).ceil());
    let map = Rect::new(0.0, top, options.width, top + map_height);
    let side = if top == 0.0 { margin } else { 0.0 };
    let fit = Rect::new(
        margin,
        map.y0 + side,
        options.width - margin,
        map.y1 - if bottom == 0.0 { margin } else { 0.0 },
    );
    foot.shift(if bottom > 0.0 { map.y1 + look.map_gap.0 } else { 0.0 });
    Page {
        size: Size::new(options.width, height),
        title: head.title,
        deck: head.deck,
        accents: content.accents.clone(),
        legend: head.legend,
        map,
        fit,
        callouts: foot.callouts,
        insets: foot.insets,
        charts: foot.charts,
        foot: foot.words,
    }
}

/// What stands above the map.
struct Head {
    title: Option<(Block, Point)>,
    deck: Option<(Block, Point)>,
    legend: Option<(LegendBox, Point)>,
}

impl Head {
    fn set(content: &PageContent, column: &mut Column<'_>) -> Head {
        let (text, look, start) = (column.options.text, column.options.look, column.y);
        let gap = |column: &Column<'_>| if column.y > start { look.gap.0 } else { 0.0 };
        let title = content.title.as_ref().map(|rich| column.block(rich, &text.title, 0.0, true));
        let deck_gap = gap(column);
        let deck = content.deck.as_ref().map(|rich| column.block(rich, &text.deck, deck_gap, true));
        let legend = content.legend.as_ref().map(|legend| {
            column.y += gap(column) * 1.3;
            let laid = LegendBox::set(legend, text, column.width);
            let at = Point::new(column.left, column.y);
            column.y += laid.size.height;
            (laid, at)
        });
        Head { title, deck, legend }
    }
}

/// What stands under the map, first laid out from 0 downwards.
#[derive(Default)]
struct Foot {
    callouts: Vec<(usize, (Block, Point))>,
    insets: Vec<(Option<(Block, Point)>, Rect)>,
    charts: Vec<Rect>,
    words: Vec<(Block, Point)>,
}

impl Foot {
    fn set(content: &PageContent, column: &mut Column<'_>) -> Foot {
        let mut foot = Foot::default();
        foot.set_callouts(content, column);
        foot.set_insets(content, column);
        foot.set_charts(content, column);
        foot.set_words(content, column);
        foot
    }

    fn set_callouts(&mut self, content: &PageContent, column: &mut Column<'_>) {
        let (text, look) = (column.options.text, column.options.look);
        let indent = column.options.number_radius * 2.0 + look.gap.0;
        for (index, rich) in &content.callouts {
            let gap = if column.y > 0.0 { look.gap.0 } else { 0.0 };
            let (left, width) = (column.left, column.width);
            (column.left, column.width) = (left + indent, width - indent);
            self.callouts.push((*index, column.block(rich, &text.callout, gap, false)));
            (column.left, column.width) = (left, width);
        }
    }

    /// Insets side by side, in as many rows as they need.
    fn set_insets(&mut self, content: &PageContent, column: &mut Column<'_>) {
        let (text, look) = (column.options.text, column.options.look);
        let gap = look.gap.0 * 2.0;
        let (mut x, mut row) = (column.left, 0.0f64);
        if !content.insets.is_empty() && column.y > 0.0 {
            column.y += gap;
        }
        for inset in &content.insets {
            let width = column.width * inset.share - gap * (1.0 - inset.share);
            if x > column.left && x + width > column.left + column.width + 0.5 {
                column.y += row + gap;
                (x, row) = (column.left, 0.0);
            }
            let measure = (look.measure * text.inset_title.size.0).min(width);
            let title = inset.title.as_ref().map(|rich| Block::set(rich, &text.inset_title, measure, false));
            let head = title.as_ref().map_or(0.0, |block| block.size.height + look.gap.0 * 0.6);
            let (at, height) = (Point::new(x, column.y), (width / inset.aspect).min(width));
            let frame = Rect::new(x, at.y + head, x + width, at.y + head + height);
            self.insets.push((title.map(|block| (block, at)), frame));
            x += width + gap;
            row = row.max(head + height);
        }
        column.y += row;
    }

    /// Charts side by side, in as many rows as they need.
    fn set_charts(&mut self, content: &PageContent, column: &mut Column<'_>) {
        let gap = column.options.look.gap.0 * 2.0;
        let (mut x, mut row) = (column.left, 0.0f64);
        if !content.charts.is_empty() && column.y > 0.0 {
            column.y += gap;
        }
        for size in &content.charts {
            let width = size.width.min(column.width);
            if x > column.left && x + width > column.left + column.width {
                column.y += row + gap;
                (x, row) = (column.left, 0.0);
            }
            self.charts.push(Rect::new(x, column.y, x + width, column.y + size.height));
            x += width + gap;
            row = row.max(size.height);
        }
        column.y += row;
    }

    fn set_words(&mut self, content: &PageContent, column: &mut Column<'_>) {
        let (text, look) = (column.options.text, column.options.look);
        if let Some(rich) = &content.note {
            let gap = if column.y > 0.0 { look.gap.0 * 1.5 } else { 0.0 };
            self.words.push(column.block(rich, &text.note, gap, false));
        }
        let gap = if column.y > 0.0 { look.gap.0 * 0.9 } else { 0.0 };
        let credit = content.credit.as_ref().map(|rich| Block::set(rich, &text.source, column.width, false));
        let room = credit
            .as_ref()
            .map_or(column.width, |credit| column.width - credit.size.width - look.gap.0 * 2.0);
        let source = content.source.as_ref().map(|rich| {
            // beside the credit where it leaves the source two thirds of the column
            let beside = room >= column.width * 0.6;
            (Block::set(rich, &text.source, if beside { room } else { column.width }, false), beside)
        });
        let top = column.y + gap;
        column.y = match (source, credit) {
            (None, None) => column.y,
            (Some((source, true)), Some(credit)) => {
                let right = column.left + column.width - credit.size.width;
                let (a, b) = (source.size.height, credit.size.height);
                let foot = top + a.max(b);
                self.words.push((source, Point::new(column.left, foot - a)));
                self.words.push((credit, Point::new(right, foot - b)));
                foot
            }
            (source, credit) => {
                let mut y = top;
                for block in source.map(|(block, _)| block).into_iter().chain(credit) {
                    let at = Point::new(column.left, y);
                    y += block.size.height;
                    self.words.push((block, at));
                }
                y
            }
        };
    }

    fn shift(&mut self, dy: f64) {
        let down = |at: &mut Point| at.y += dy;
        self.callouts.iter_mut().for_each(|(_, (_, at))| down(at));
        self.words.iter_mut().for_each(|(_, at)| down(at));
        self.charts.iter_mut().for_each(|rect| *rect = *rect + kurbo::Vec2::new(0.0, dy));
        for (title, rect) in &mut self.insets {
            *rect = *rect + kurbo::Vec2::new(0.0, dy);
            if let Some((_, at)) = title {
                down(at);
            }
        }
    }
}
