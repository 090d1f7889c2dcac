//! The words around the map: title, deck, notes, source and credit.

use super::group;
use crate::page::{Block, Page};
use crate::scene::{Anchor, Group, Node, Tag};

/// All of them as one layer.
pub fn draw(page: &Page) -> Group {
    let node = |(block, at): &(Block, kurbo::Point), id: String| {
        Node::Text(block.text(*at, Anchor::Start, None, Tag { id, ..Tag::default() }))
    };
    let mut nodes = Vec::new();
    nodes.extend(page.title.iter().map(|one| node(one, "title".to_owned())));
    nodes.extend(page.deck.iter().map(|one| node(one, "deck".to_owned())));
    nodes.extend(page.foot.iter().enumerate().map(|(i, one)| node(one, format!("foot-{}", i + 1))));
    group("words", nodes)
}
