//! A group at another place of the page, under other names: one scene as a part of a larger one.

use std::sync::Arc;

use kurbo::{Affine, Vec2};

use super::{Group, Node, Shape, Tag, Text};
use crate::paint::Paint;

impl Group {
    /// The same, moved by so many px, with `prefix` before each id.
    #[must_use]
    pub fn moved(self, by: Vec2, prefix: &str) -> Group {
        let place = Affine::translate(by);
        let node = |node: Node| match node {
            Node::Group(group) => Node::Group(group.moved(by, prefix)),
            Node::Shape(shape) => Node::Shape(Shape {
                tag: named(shape.tag, prefix),
                path: (place * Arc::unwrap_or_clone(shape.path)).into(),
                fill: shape.fill.map(|paint| painted(paint, by)),
                stroke: shape.stroke,
            }),
            Node::Text(text) => Node::Text(words(text, by, prefix)),
        };
        Group {
            id: format!("{prefix}{}", self.id),
            clip: self.clip.map(|path| place * path),
            nodes: self.nodes.into_iter().map(node).collect(),
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
