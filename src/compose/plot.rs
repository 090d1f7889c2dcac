//! plotters draws onto the Scene: a drawing backend whose pixel is a small fraction of a px.
//!
//! plotters 0.3 has whole coordinates only; [`SUB`] of them make one px, so that bars and ticks stand
//! where they belong.

use kurbo::Point;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_backend::{FontStyle, FontTransform};

use super::{circle, polyline};
use crate::geometry::Path;
use crate::paint::{Color, Paint};
use crate::scene::{Anchor, Node, Shape, Span, Stroke, Tag, Text, TextLine};
use crate::style::TextLook;
use crate::text;

/// Backend units per px.
pub const SUB: f64 = 64.0;

/// Where plotters draws: nodes of a scene.
pub struct SceneBackend<'a> {
    nodes: &'a mut Vec<Node>,
    origin: Point,
    size: (u32, u32),
    look: &'a TextLook,
}

/// The backend cannot fail.
#[derive(Debug)]
pub struct Never;

impl std::fmt::Display for Never {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("drawing onto the scene failed")
    }
}

impl std::error::Error for Never {}

type Drawn = Result<(), DrawingErrorKind<Never>>;

impl<'a> SceneBackend<'a> {
    /// A backend that draws into a box at `origin` of `width` × `height` px, words in `look`.
    pub fn new(nodes: &'a mut Vec<Node>, origin: Point, width: f64, height: f64, look: &'a TextLook) -> Self {
        let units = |length: f64| (length * SUB).round().max(1.0) as u32;
        SceneBackend { nodes, origin, size: (units(width), units(height)), look }
    }

    fn point(&self, (x, y): BackendCoord) -> Point {
        Point::new(self.origin.x + f64::from(x) / SUB, self.origin.y + f64::from(y) / SUB)
    }

    fn shape(&mut self, path: Path, fill: Option<Paint>, stroke: Option<Stroke>) {
        self.nodes.push(Node::Shape(Shape { tag: Tag::default(), path: path.into(), fill, stroke }));
    }

    fn area(&mut self, path: Path, style: &impl BackendStyle, fill: bool) {
        let color = color(style.color());
        let fill_paint = fill.then_some(Paint::Solid(color));
        let stroke = (!fill).then(|| stroke(style));
        self.shape(path, fill_paint, stroke);
    }
}

fn color(from: BackendColor) -> Color {
    let (r, g, b) = from.rgb;
    Color { r, g, b, a: (from.alpha * 255.0).round().clamp(0.0, 255.0) as u8 }
}

fn stroke(style: &impl BackendStyle) -> Stroke {
    let width = f64::from(style.stroke_width()) / SUB;
    Stroke { sharp: true, ..Stroke::solid(color(style.color()), width) }
}

fn polygon(points: impl Iterator<Item = Point>, close: bool) -> Path {
    let mut path = polyline(points);
    if close && !path.is_empty() {
        path.close_path();
    }
    path
}

impl DrawingBackend for SceneBackend<'_> {
    type ErrorType = Never;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, with: BackendColor) -> Drawn {
        let side = 1.0 / SUB;
        let p = self.point(at);
        let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
        let path = polygon(corners.into_iter().map(|(dx, dy)| Point::new(p.x + dx, p.y + dy)), true);
        self.shape(path, Some(Paint::Solid(color(with))), None);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        let path = polygon([self.point(from), self.point(to)].into_iter(), false);
        self.shape(path, None, Some(stroke(style)));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let corners = [a, (b.0, a.1), b, (a.0, b.1)];
        let path = polygon(corners.into_iter().map(|corner| self.point(corner)), true);
        self.area(path, style, fill);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let path = polygon(path.into_iter().map(|at| self.point(at)), false);
        self.shape(path, None, Some(stroke(style)));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        at: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let path = circle(self.point(at), f64::from(radius) / SUB);
        self.area(path, style, fill);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let path = polygon(path.into_iter().map(|at| self.point(at)), true);
        self.area(path, style, true);
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, words: &str, style: &S, at: BackendCoord) -> Drawn {
        let size = style.size() / SUB;
        let mut font = self.look.font();
        font.italic = matches!(style.style(), FontStyle::Italic | FontStyle::Oblique);
        if matches!(style.style(), FontStyle::Bold) {
            font.weight = 700;
        }
        let metrics = text::metrics(&font, size);
        let anchor = style.anchor();
        let p = self.point(at);
        let down = match anchor.v_pos {
            VPos::Top => metrics.cap_height,
            VPos::Center => metrics.cap_height / 2.0,
            VPos::Bottom => 0.0,
        };
        debug_assert!(matches!(style.transform(), FontTransform::None), "charts have no turned words");
        let span = Span {
            text: words.to_owned(),
            font,
            size,
            tracking: self.look.tracking * size,
            color: color(style.color()),
        };
        let line = TextLine { at: Point::new(p.x, p.y + down), along: None, spans: vec![span] };
        let anchor = match anchor.h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        self.nodes.push(Node::Text(Text { tag: Tag::default(), anchor, lines: vec![line], halo: None }));
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        words: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Never>> {
        let size = style.size() / SUB;
        let font = self.look.font();
        let shaped = text::shape(words, &font, size, self.look.tracking * size);
        let height = text::metrics(&font, size).cap_height;
        Ok(((shaped.width * SUB).ceil() as u32, (height * SUB).ceil() as u32))
    }

    fn blit_bitmap(&mut self, _: BackendCoord, _: (u32, u32), _: &[u8]) -> Drawn {
        // a display list holds no pictures; no chart of ours asks for one
        Ok(())
    }
}
