//! A glow along the coasts: the sea changes its colour towards the land, in steps without any transparency.
//!
//! Only maps of countries, and of provinces with the countries around them, know where the sea is: the outer border of the
//! states of the U.S., or of a user's places, may run through land, and so may that of places that are shown alone.
//!
//! It is drawn as lines beneath the land, the widest first, whose inner halves the land covers.

use std::sync::Arc;

use super::map::MapPart;
use super::{group, rect_path};
use crate::atlas::{Level, PlaceId};
use crate::geometry::Path;
use crate::scene::{Group, Node, Shape, Stroke, Tag};
use crate::style::MapLook;

/// Steps from the sea to the coast: from one to the next no eye tells the edge.
const STEPS: usize = 12;

/// The glow along all lines that have land on one side only; `None` where the style has none, or the map knows no sea.
pub fn glow(
    part: &MapPart<'_>,
    lines: &[Path],
    owners: &[[Option<PlaceId>; 2]],
    look: &MapLook,
    prefix: &str,
) -> Option<Group> {
    let width = look.glow_width.0;
    let knows_sea = matches!(part.join.level, Level::Country | Level::Admin1) && part.only.is_empty();
    if width <= 0.0 || !knows_sea {
        return None;
    }
    let mut coasts = Path::new();
    for (line, _) in lines.iter().zip(owners).filter(|(_, sides)| sides.iter().flatten().count() == 1) {
        coasts.append(line);
    }
    let coasts = Arc::new(coasts);
    let step = |i: usize| {
        let near = (i + 1) as f64 / STEPS as f64;
        // slowly from the sea, faster to the coast
        let color = look.sea.mix(look.glow, near * near);
        let stroke = Stroke::solid(color, 2.0 * width * (STEPS - i) as f64 / STEPS as f64);
        Node::Shape(Shape { tag: Tag::default(), path: coasts.clone(), fill: None, stroke: Some(stroke) })
    };
    let glow = group(&format!("{prefix}glow"), (0..STEPS).map(step).collect());
    Some(Group { clip: Some(rect_path(part.clip)), ..glow })
}
