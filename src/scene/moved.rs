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
