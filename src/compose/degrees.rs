//! Degrees at the ends of the graticule's lines: parallels at the left, meridians at the foot, where they leave the
//! map's box or the globe.

use kurbo::{PathEl, Point, Rect, Size};

use super::furniture::{box_below, plain};
use super::ground::Ground;
use super::{Parts, group};
use crate::geometry::Path;
use crate::page::Block;
use crate::projection::GraticuleLine;
use crate::scene::{Anchor, Group, Halo, Node, Tag};

/// An end within this of a side of the box lies on it, px.
const ON_SIDE: f64 = 0.6;
/// Latitude at which ordinary meridians end, degrees.
const SHORT: f64 = 80.0;

/// The labels, as a layer; the ground keeps other words away from them.
pub fn place(parts: &Parts<'_>, ground: &mut Ground) -> Group {
    let map = &parts.map;
    let lines = map.graticule.map(|step| map.frame.projector.graticule_lines(step, map.fit, map.clip));
    let halo = Some(Halo { color: parts.style.map.sea, width: parts.style.labels.halo.0 });
    let pad = parts.style.furniture.gap.0;
    let (mut nodes, mut taken): (Vec<Node>, Vec<Rect>) = (Vec::new(), Vec::new());
    for (line, path) in lines.into_iter().flatten() {
        let Some(end) = end(line, &path, map.clip, parts) else { continue };
        let block = Block::line(&written(line, parts), &parts.style.text.context);
        let rect = beside(end, block.size, pad, map.clip);
        if !map.clip.contains_rect(rect) || taken.iter().any(|other| overlap(*other, rect.inflate(pad, 0.0)))
        {
            continue;
        }
        let at = Point::new(rect.center().x, rect.y0);
        nodes.push(Node::Text(block.text(at, Anchor::Middle, halo, Tag::default())));
        taken.push(rect);
    }
    ground.take(taken);
    group("degrees", nodes)
}

fn overlap(a: Rect, b: Rect) -> bool {
    let both = a.intersect(b);
    both.width() > 0.0 && both.height() > 0.0
}

/// Where a line ends.
#[derive(Clone, Copy)]
enum End {
    /// On a side of the box, by which side.
    Left(Point),
    Right(Point),
    Top(Point),
    Foot(Point),
    /// Within the box: where the globe ends.
    Limb(Point),
    /// Within the globe: where a meridian ends before the pole.
    Short(Point),
}

/// The end of a line that its label stands at.
fn end(line: GraticuleLine, path: &Path, clip: Rect, parts: &Parts<'_>) -> Option<End> {
    let ends: Vec<End> = ends(path).into_iter().map(|p| side(p, clip)).collect();
    let find = |wanted: fn(&End) -> bool| ends.iter().copied().find(wanted);
    let (left, right) = (find(|end| matches!(end, End::Left(_))), find(|end| matches!(end, End::Right(_))));
    let (top, foot) = (find(|end| matches!(end, End::Top(_))), find(|end| matches!(end, End::Foot(_))));
    let limbs = ends.iter().filter_map(|end| match end {
        End::Limb(p) => Some(*p),
        _ => None,
    });
    match line {
        GraticuleLine::Parallel(_) => {
            let limb = limbs.min_by(|a, b| a.x.total_cmp(&b.x)).map(End::Limb);
            left.or(limb).or(right).or(foot).or(top)
        }
        GraticuleLine::Meridian(_) => {
            // a meridian that ends before the pole ends at no limb; on a map of the whole globe its southern end will do
            let lat = |p: &Point| {
                let at = parts.map.frame.projector.inverse(parts.map.fit.invert(*p));
                at.map_or(0.0, |at| at.lat)
            };
            let southern = |a: &Point, b: &Point| a.y.total_cmp(&b.y);
            let limb = limbs.clone().filter(|p| lat(p).abs() < SHORT - 0.01).max_by(southern);
            let end = || limbs.filter(|p| parts.map.frame.globe && lat(p) < 0.0).max_by(southern);
            let limb = limb.map(End::Limb).or_else(|| end().map(End::Short));
            foot.or(limb).or(top).or(left).or(right)
        }
    }
}

/// First and last point of each part of an open path.
fn ends(path: &Path) -> Vec<Point> {
    let mut all = Vec::new();
    let mut last = None;
    for element in path.elements() {
        if let PathEl::MoveTo(p) = element {
            all.extend(last);
            all.push(p);
        }
        last = element.end_point();
    }
    all.extend(last);
    all
}

fn side(p: Point, clip: Rect) -> End {
    if p.x <= clip.x0 + ON_SIDE {
        End::Left(p)
    } else if p.x >= clip.x1 - ON_SIDE {
        End::Right(p)
    } else if p.y >= clip.y1 - ON_SIDE {
        End::Foot(p)
    } else if p.y <= clip.y0 + ON_SIDE {
        End::Top(p)
    } else {
        End::Limb(p)
    }
}

/// The box of a label of `size` at an end: inside the map's box, on its line; outside the globe.
fn beside(end: End, size: Size, pad: f64, clip: Rect) -> Rect {
    let corner = |x: f64, y: f64| Rect::from_origin_size((x, y), size);
    match end {
        End::Left(p) => corner(p.x + pad, p.y - size.height / 2.0),
        End::Right(p) => corner(p.x - pad - size.width, p.y - size.height / 2.0),
        End::Top(p) => box_below(Point::new(p.x, p.y + pad), size),
        End::Foot(p) => box_below(Point::new(p.x, p.y - pad - size.height), size),
        End::Short(p) => box_below(p, size),
        End::Limb(p) => {
            let out = p - clip.center();
            if out.y.abs() > out.x.abs() {
                let y = if out.y > 0.0 { p.y + pad } else { p.y - pad - size.height };
                box_below(Point::new(p.x, y), size)
            } else {
                let x = if out.x > 0.0 { p.x + pad } else { p.x - pad - size.width };
                corner(x, p.y - size.height / 2.0)
            }
        }
    }
}

/// `30°N`, `0°`, `180°`, in the letters of the figure's language.
fn written(line: GraticuleLine, parts: &Parts<'_>) -> String {
    let [north, south, east, west] = parts.words.compass;
    let (degrees, letter) = match line {
        GraticuleLine::Parallel(lat) => (lat, if lat > 0.0 { north } else { south }),
        GraticuleLine::Meridian(lon) => (lon, if lon > 0.0 { east } else { west }),
    };
    let letter = if degrees == 0.0 || degrees.abs() == 180.0 { "" } else { letter };
    format!("{}°{letter}", plain((degrees.abs() * 1e6).round() / 1e6, parts))
}
