//! Scale bar and north arrow, each only where it is true; and the words around the map: title, deck, notes, source
//! and credit.

use std::f64::consts::PI;

use kurbo::{Affine, Point, Rect, Size};

use super::field::Field;
use super::measure::{Sample, samples};
use super::pin::Spot;
use super::{Parts, group, polyline, rect_path};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::geometry::Path;
use crate::page::{Block, Page, Underlined};
use crate::paint::Paint;
use crate::scene::{Anchor, Group, Halo, Node, Shape, Stroke, Tag};
use crate::style::Style;

/// What helps to read the main map as a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Furniture {
    /// Degrees at the ends of the lines of the graticule.
    pub degrees: bool,
    /// A bar of so many of these.
    pub scale_bar: Option<LengthUnit>,
    /// An arrow to the north.
    pub north_arrow: bool,
}

/// A unit of a scale bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LengthUnit {
    /// Kilometres.
    Kilometres,
    /// International miles.
    Miles,
}

impl LengthUnit {
    /// Kilometres to one, and how it is written.
    fn of(self) -> (f64, &'static str) {
        match self {
            LengthUnit::Kilometres => (1.0, "km"),
            LengthUnit::Miles => (1.609344, "mi"),
        }
    }
}

/// A scale bar is true to so much: the largest scale over what is fitted is no more than this share above the smallest.
const SCALE_VARIES: f64 = 0.1;
/// An arrow is true to so many degrees on either side.
const NORTH_VARIES: f64 = 5.0;

/// Scale bar and north arrow side by side, before they have a place.
pub struct Set {
    marks: Vec<Mark>,
    /// The block that they are.
    pub field: Field,
}

/// Makes scale bar and north arrow, each only where it is true.
pub fn set(parts: &Parts<'_>, warnings: &mut Diagnostics) -> Option<Set> {
    let wish = parts.furniture;
    if wish.scale_bar.is_none() && !wish.north_arrow {
        return None;
    }
    let samples = samples(&parts.map);
    let bar = wish.scale_bar.and_then(|unit| told(bar(parts, unit, &samples), warnings));
    let arrow = wish.north_arrow.then(|| arrow(parts, &samples)).and_then(|arrow| told(arrow, warnings));
    let gap = parts.style.page.gap.0;
    let marks: Vec<Mark> = arrow.into_iter().chain(bar).collect();
    let width = marks.iter().map(|mark| mark.size.width + gap).sum::<f64>() - gap;
    let height = marks.iter().map(|mark| mark.size.height).fold(0.0, f64::max);
    let field = Field { size: Size::new(width, height), gap: gap * 0.5, spot: Spot::default() };
    (!marks.is_empty()).then_some(Set { marks, field })
}

impl Set {
    /// Draws them in a box.
    pub fn at(self, whole: Rect, parts: &Parts<'_>) -> Vec<Group> {
        let mut x = whole.x0;
        let draw = |mark: Mark| {
            let at = Point::new(x, whole.y1 - mark.size.height);
            x += mark.size.width + parts.style.page.gap.0;
            mark.at(at, parts)
        };
        self.marks.into_iter().map(draw).collect()
    }
}

/// What was made; or nothing, and why.
fn told<T>(made: Result<T, Diagnostic>, warnings: &mut Diagnostics) -> Option<T> {
    made.map_err(|one| warnings.push(one)).ok()
}

/// A mark with its words, around its top left corner.
struct Mark {
    id: &'static str,
    size: Size,
    path: Path,
    filled: bool,
    words: Block,
    /// Top middle of the words.
    words_at: Point,
}

impl Mark {
    fn at(self, at: Point, parts: &Parts<'_>) -> Group {
        let look = &parts.style.furniture;
        let path = Affine::translate(at.to_vec2()) * self.path;
        let stroke = Stroke { sharp: true, ..Stroke::solid(look.ink, look.line_width.0) };
        let fill = self.filled.then_some(Paint::Solid(look.ink));
        let stroke = (!self.filled).then_some(stroke);
        let shape = Shape { tag: Tag::default(), path: path.into(), fill, stroke };
        let halo = Halo { color: parts.style.map.sea, width: parts.style.labels.halo.0 };
        let words = self.words.text(at + self.words_at.to_vec2(), Anchor::Middle, Some(halo), Tag::default());
        group(self.id, vec![Node::Shape(shape), Node::Text(words)])
    }
}

/// A bar of a round length.
fn bar(parts: &Parts<'_>, unit: LengthUnit, samples: &[Sample]) -> Result<Mark, Diagnostic> {
    let scale = |sample: &Sample| sample.km[0].max(sample.km[1]);
    let finest = samples.iter().min_by(|a, b| scale(a).total_cmp(&scale(b)));
    let coarsest = samples.iter().max_by(|a, b| scale(a).total_cmp(&scale(b)));
    let place = || Place::default().key("furniture.scale_bar");
    let (Some(finest), Some(coarsest)) = (finest, coarsest) else {
        return Err(Diagnostic::warning("there is no room for a scale bar").at(place()));
    };
    // the least of any direction against the largest of any direction
    let least = samples.iter().flat_map(|sample| sample.km).fold(f64::INFINITY, f64::min);
    let varies = scale(coarsest) / least - 1.0;
    if varies > SCALE_VARIES {
        let where_at =
            |sample: &Sample| format!("{:.0}°{}", sample.lat.abs(), if sample.lat < 0.0 { "S" } else { "N" });
        let one = Diagnostic::warning(format!(
            "a scale bar would lie on this map, and is left out: the scale varies by {:.0} %, a px is {:.1} km near {} and {:.1} km near {}",
            varies * 100.0,
            least,
            where_at(finest),
            scale(coarsest),
            where_at(coarsest),
        ));
        let hint =
            format!("a map of a smaller part of the world can have one: up to {:.0} %", SCALE_VARIES * 100.0);
        return Err(one.at(place()).hint(hint));
    }
    let look = &parts.style.furniture;
    let mean = samples.iter().flat_map(|sample| sample.km).sum::<f64>() / (2 * samples.len()) as f64;
    let (km, name) = unit.of();
    let most = parts.page.fit.width() * look.share.0 * mean / km;
    let count = round_below(most);
    let across = count * km / mean;
    let words = Block::line(&format!("{}\u{a0}{name}", plain(count, parts)), &parts.style.text.context);
    let width = across.max(words.size.width);
    let left = (width - across) / 2.0;
    let (top, foot) = (words.size.height + look.gap.0, words.size.height + look.gap.0 + look.tick.0);
    let ends = [(left, top), (left, foot), (left + across, foot), (left + across, top)];
    Ok(Mark {
        id: "scale-bar",
        size: Size::new(width, foot + look.line_width.0),
        path: polyline(ends.map(Point::from)),
        filled: false,
        words,
        words_at: Point::new(width / 2.0, 0.0),
    })
}

/// The largest of 1, 2 and 5 times a power of ten that is no more than `most`.
fn round_below(most: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(most)));
    let times = [5.0, 2.0].into_iter().find(|times| times * power <= most * (1.0 + 1e-9));
    times.unwrap_or(1.0) * power
}

/// An arrow in the one direction that north has.
fn arrow(parts: &Parts<'_>, samples: &[Sample]) -> Result<Mark, Diagnostic> {
    let (x, y) = samples.iter().fold((0.0, 0.0), |(x, y), sample| {
        let (sin, cos) = libm::sincos(sample.north);
        (x + sin, y + cos)
    });
    let mean = libm::atan2(x, y);
    let off = |sample: &Sample| {
        let turn = sample.north - mean;
        (turn - 2.0 * PI * (turn / (2.0 * PI)).round()).abs().to_degrees()
    };
    let worst = samples.iter().map(off).fold(0.0, f64::max);
    if samples.is_empty() || worst > NORTH_VARIES {
        let one = Diagnostic::warning(format!(
            "a north arrow would lie on this map, and is left out: north turns by up to {worst:.0}° from its mean direction"
        ));
        let hint = format!(
            "lines of longitude tell where north is (`frame.graticule`); an arrow is true up to {NORTH_VARIES:.0}°"
        );
        return Err(one.at(Place::default().key("furniture.north_arrow")).hint(hint));
    }
    let look = &parts.style.furniture;
    let words = Block::line(parts.words.compass[0], &parts.style.text.context);
    let long = look.arrow.0;
    let (half, notch) = (long * 0.24, long * 0.3);
    let mut path = Path::new();
    path.move_to((0.0, -long / 2.0));
    path.line_to((half, long / 2.0));
    path.line_to((0.0, long / 2.0 - notch));
    path.line_to((-half, long / 2.0));
    path.close_path();
    let side = long.max(words.size.width);
    let (sin, cos) = libm::sincos(mean);
    let middle = Point::new(side / 2.0, words.size.height + long / 2.0);
    let turn = Affine::new([cos, sin, -sin, cos, middle.x, middle.y]);
    // the letter stands beyond the tip, wherever that points
    let reach = long / 2.0 + words.size.height / 2.0;
    let words_at = Point::new(middle.x + sin * reach, middle.y - cos * reach - words.size.height / 2.0);
    Ok(Mark {
        id: "north-arrow",
        size: Size::new(side, words.size.height + long),
        path: turn * path,
        filled: true,
        words,
        words_at,
    })
}

/// The words around the map as one layer.
pub fn words(page: &Page, style: &Style) -> Group {
    let node = |(block, at): &(Block, Point), id: String| {
        Node::Text(block.text(*at, Anchor::Start, None, Tag { id, ..Tag::default() }))
    };
    let mut nodes = Vec::new();
    for (block, at) in page.title.iter().chain(&page.deck) {
        nodes.extend(block.underlined.iter().filter_map(|one| underline(one, block, *at, page, style)));
    }
    nodes.extend(page.title.iter().map(|one| node(one, "title".to_owned())));
    nodes.extend(page.deck.iter().map(|one| node(one, "deck".to_owned())));
    nodes.extend(page.foot.iter().enumerate().map(|(i, one)| node(one, format!("foot-{}", i + 1))));
    group("words", nodes)
}

/// The swatch under words of the title or the deck.
fn underline(one: &Underlined, block: &Block, at: Point, page: &Page, style: &Style) -> Option<Node> {
    let paint = page.accents.get(one.swatch)?;
    let size = block.lines.get(one.line)?.0.first()?.size;
    let top = at.y + block.first + block.step * one.line as f64 + size * UNDER;
    let tall = size * style.legend.underline;
    let rect = Rect::new(at.x + one.reach.0, top, at.x + one.reach.1, top + tall);
    // what hardly differs from the page has a rim
    let pale = paint.ground().contrast(style.page.background) < PALE;
    let rim = Stroke { sharp: true, ..Stroke::solid(style.text.legend.color, style.legend.tick_width.0) };
    let shape = Shape {
        tag: Tag::default(),
        path: rect_path(rect).into(),
        fill: Some(paint.clone()),
        stroke: pale.then_some(rim),
    };
    Some(Node::Shape(shape))
}

/// Contrast with the page below which a swatch has a rim.
const PALE: f64 = 1.6;
/// How far below the baseline a swatch begins, as a share of the words' size.
const UNDER: f64 = 0.1;

/// A number with the decimals it has, without the units of the data.
pub(super) fn plain(number: f64, parts: &Parts<'_>) -> String {
    let decimals = number.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
    parts.words.number(None, None).format(number, decimals)
}

/// The box that words of size `size` take when the middle of their top stands at `at`.
pub(super) fn box_below(at: Point, size: Size) -> Rect {
    Rect::new(at.x - size.width / 2.0, at.y, at.x + size.width / 2.0, at.y + size.height)
}

#[cfg(test)]
mod tests {
    use super::round_below;

    #[test]
    fn a_bar_has_a_round_length() {
        for (most, round) in
            [(999.0, 500.0), (500.0, 500.0), (499.0, 200.0), (19.9, 10.0), (0.3, 0.2), (1000.0, 1000.0)]
        {
            assert!((round_below(most) - round).abs() < 1e-9, "{most}: {}", round_below(most));
        }
    }
}
