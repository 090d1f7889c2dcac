//! A group at another place of the page, under other names: one scene as a part of a larger one.

use std::sync::Arc;

use kurbo::{Affine, Vec2};

use super::{Group, Node, Shape, Tag, Text};
use crate::paint::Paint;

impl Group {
    /// The same, moved by so many px, with `prefix` before each id; patterns move with what they fill.
    #[must_use]
    pub fn moved(self, by: Vec2, prefix: &str) -> Group {
        Move { by, prefix, patterns: by }.of_group(self)
    }

    /// The same, moved by so many px on its page; patterns stay, as all of a page run on.
    #[must_use]
    pub fn shifted(self, by: Vec2) -> Group {
        Move { by, prefix: "", patterns: Vec2::ZERO }.of_group(self)
    }
}

/// A move of a part of a scene.
struct Move<'a> {
    by: Vec2,
    /// What comes before each id.
    prefix: &'a str,
    /// How far patterns move.
    patterns: Vec2,
}

impl Move<'_> {
    fn of_group(&self, group: Group) -> Group {
        let place = Affine::translate(self.by);
        let node = |node: Node| match node {
            Node::Group(group) => Node::Group(self.of_group(group)),
            Node::Shape(shape) => Node::Shape(Shape {
                tag: named(shape.tag, self.prefix),
                path: (place * Arc::unwrap_or_clone(shape.path)).into(),
                fill: shape.fill.map(|paint| painted(paint, self.patterns)),
                stroke: shape.stroke,
            }),
            Node::Text(text) => Node::Text(words(text, self.by, self.prefix)),
        };
        Group {
            id: format!("{}{}", self.prefix, group.id),
            clip: group.clip.map(|path| place * path),
            nodes: group.nodes.into_iter().map(node).collect(),
        }
    }
}

fn words(mut text: Text, by: Vec2, prefix: &str) -> Text {
    for line in &mut text.lines {
        line.at += by;
        line.along = line.along.take().map(|path| Affine::translate(by) * path);
    }
    Text { tag: named(text.tag, prefix), ..text }
}

/// Patterns move with what they fill.
fn painted(paint: Paint, by: Vec2) -> Paint {
    match paint {
        Paint::Pattern(mut pattern) => {
            pattern.origin = (pattern.origin.0 + by.x, pattern.origin.1 + by.y);
            Paint::Pattern(pattern)
        }
        solid => solid,
    }
}

fn named(mut tag: Tag, prefix: &str) -> Tag {
    if !tag.id.is_empty() {
        tag.id.insert_str(0, prefix);
    }
    tag
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Path;
    use crate::paint::{Color, Pattern, PatternForm};

    fn hatched() -> Group {
        let (ground, mark) = (Color::rgb(255, 255, 255), Color::rgb(0, 0, 0));
        let form = PatternForm::Hatch { angle: 45.0, spacing: 6.0, width: 2.0 };
        let paint = Paint::Pattern(Pattern { ground, mark, form, origin: (0.0, 0.0) });
        let path = Path::from_svg("M0 0H10V10H0Z").unwrap();
        let tag = Tag { id: "a".to_owned(), ..Tag::default() };
        let shape = Shape { tag, path: path.into(), fill: Some(paint), stroke: None };
        Group { id: "g".to_owned(), clip: None, nodes: vec![Node::Shape(shape)] }
    }

    fn seen(group: &Group) -> (String, Vec2, (f64, f64)) {
        let Node::Shape(Shape { tag, path, fill: Some(Paint::Pattern(pattern)), .. }) = &group.nodes[0]
        else {
            panic!("a hatched shape")
        };
        (format!("{} {}", group.id, tag.id), path.bounding_box().origin().to_vec2(), pattern.origin)
    }

    #[test]
    fn patterns_move_with_a_part_of_another_scene_and_stay_on_the_same_page() {
        let by = Vec2::new(30.0, 7.0);
        assert_eq!(seen(&hatched().moved(by, "x-")), ("x-g x-a".to_owned(), by, (30.0, 7.0)));
        assert_eq!(seen(&hatched().shifted(by)), ("g a".to_owned(), by, (0.0, 0.0)));
    }
}
