//! Names on the map: which, in which forms, and drawn where the placement puts them.

mod forms;
mod pinned;
mod spread;

use std::collections::BTreeMap;
use std::sync::Arc;

use kurbo::{Point, Rect};
use rayon::prelude::*;

use super::ground::Ground;
use super::labels::{Align, BARRED, CLOSED, Land, Obstacle, Placement, Request, Target};
use super::map::{Drawn, MapPart};
use super::pin::LabelPin;
use super::{Parts, circle, group, main_area, polyline, rect_path};
use crate::atlas::{Atlas, Level, PlaceId, Word};
use crate::diagnostic::Diagnostic;
use crate::geometry::Path;
use crate::join::Value;
use crate::page::Block;
use crate::paint::{Color, Paint};
use crate::scene::{Anchor, Group, Halo, Node, Shape, Stroke, Tag, Text, TextLine};
use crate::style::{LabelLook, Style, TextLook};

/// Which places are named, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabelOptions {
    /// Which.
    pub show: LabelChoice,
    /// What a name says, with `{name}`, `{value}` and `{code}`.
    pub text: String,
    /// Those that a user has set by hand.
    pub pins: BTreeMap<PlaceId, LabelPin>,
}

/// Which places are named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LabelChoice {
    /// Those with data; none of them when there are more than `most`.
    Data {
        /// See above; `None` for no bound.
        most: Option<usize>,
    },
    /// All that are seen.
    All,
    /// None.
    #[default]
    None,
    /// These.
    Places(Vec<PlaceId>),
}

/// A name that stands.
pub struct Name {
    /// Whose.
    pub id: PlaceId,
    /// Its words, placed.
    pub text: Text,
    /// Their box.
    pub rect: Rect,
    /// It stands inside its place.
    pub inside: bool,
    /// From the words to the place.
    pub leader: Option<Vec<Point>>,
}

/// Names that stand, and the places for whose names there was no room.
pub struct Names {
    /// Those that stand.
    pub names: Vec<Name>,
    /// Places with data whose names were dropped.
    pub dropped: Vec<PlaceId>,
    /// Where the names of points stand, in the order in which they asked.
    pub points: Vec<Option<Placement>>,
    /// What is wrong with where a user has put names.
    pub misfits: Vec<Diagnostic>,
}

/// The name of a point that wants a place: what it asks for, and the box of its symbol among those that stand.
pub struct PointWish {
    /// Its words and its symbol.
    pub request: Request,
    /// The box.
    pub symbol: Rect,
}

/// A map of the figure on which names stand.
pub struct On<'a> {
    /// What it shows.
    pub part: &'a MapPart<'a>,
    /// The same, drawn.
    pub drawn: &'a Drawn,
    /// What covers it.
    pub ground: &'a Ground,
    /// What keeps its ids apart from those of other maps.
    pub prefix: &'a str,
}

/// How far the leader of a place without data may be, in em.
const CONTEXT_REACH: f64 = 6.5;

/// A name that wants a place: its forms, set.
struct Wish {
    id: PlaceId,
    code: Word,
    forms: Vec<(Block, f64)>,
    request: Request,
    /// Far islands, which are not what the name stands beside.
    rest: Option<Arc<Path>>,
}

/// Names that want a place.
pub struct Wanted {
    /// Those that a hand has put somewhere, and where they stand.
    fixed: Vec<(Wish, Option<Placement>)>,
    free: Vec<Wish>,
    misfits: Vec<Diagnostic>,
    /// What they ask for, the names of places first and then those of points.
    pub requests: Vec<Request>,
    /// What they must keep off.
    pub obstacles: Vec<Obstacle>,
    /// Where they may stand.
    pub room: Rect,
}

impl Wanted {
    /// The request of a place's name.
    pub fn request_of(&self, id: PlaceId) -> Option<usize> {
        self.free.iter().position(|wish| wish.id == id)
    }
}

/// The names that are wanted on a map, with those of `points`.
pub fn wanted(
    on: &On<'_>,
    options: &LabelOptions,
    parts: &Parts<'_>,
    look: &TextLook,
    points: &[PointWish],
) -> Wanted {
    let (part, drawn, ground) = (on.part, on.drawn, on.ground);
    let mut chosen = chosen(part, options, drawn);
    chosen.retain(|id| options.pins.get(id).is_none_or(|pin| !pin.hide));
    let crowd = &parts.style.labels;
    let crowded = chosen.len() as f64 >= crowd.crowd;
    let look = &if crowded { look.sized(crowd.crowded) } else { look.clone() };
    let wishes = chosen.into_par_iter().filter_map(|id| wish(id, part, options, parts, look, drawn));
    let wishes: Vec<Wish> = wishes.collect();
    let (fixed, free): (Vec<Wish>, Vec<Wish>) =
        wishes.into_iter().partition(|wish| wish.pinned(options).is_some());
    let room = part.clip.inset(-look.size.0 * 0.35);
    let stand = pinned::stand(&fixed, part, options, parts, drawn);
    let misfits = pinned::misfits(&fixed, &stand, options, parts, ground, room);
    let all = free.iter().map(|wish| &wish.request).chain(points.iter().map(|point| &point.request));
    let requests: Vec<Request> = all.cloned().collect();
    let mut obstacles = obstacles(&free, points, drawn, ground, parts.style);
    obstacles.extend(stand.iter().flatten().flat_map(|one| pinned::obstacles(one, parts.style)));
    Wanted { fixed: fixed.into_iter().zip(stand).collect(), free, misfits, requests, obstacles, room }
}

/// The names as `placed`, one entry a request.
pub fn names(wanted: &Wanted, mut placed: Vec<Option<Placement>>, on: &On<'_>, parts: &Parts<'_>) -> Names {
    let points = placed.split_off(wanted.free.len());
    let mut dropped = Vec::new();
    let mut names = Vec::new();
    let fixed = wanted.fixed.iter().map(|(wish, placement)| (wish, placement.clone()));
    for (wish, placement) in fixed.chain(wanted.free.iter().zip(placed)) {
        match placement {
            Some(placement) => names.push(name(wish, &placement, on, parts.style)),
            None if on.drawn.with_data.contains(&wish.id) => dropped.push(wish.id),
            None => {}
        }
    }
    names.sort_by_key(|name| name.id);
    Names { names, dropped, points, misfits: wanted.misfits.clone() }
}

impl Names {
    /// The dropped names, in one warning.
    pub fn no_room(&self, atlas: &Atlas) -> Option<Diagnostic> {
        let dropped: Vec<&str> = self.dropped.iter().map(|id| &*atlas.place(*id).name).collect();
        let shown = dropped.iter().take(8).copied().collect::<Vec<_>>().join(", ");
        let more = if dropped.len() > 8 { format!(" and {} more", dropped.len() - 8) } else { String::new() };
        let what = if dropped.len() == 1 { "name" } else { "names" };
        let one = Diagnostic::warning(format!("no room for the {what} of {shown}{more}"));
        (!dropped.is_empty())
            .then(|| one.hint("make the figure larger, or list fewer places in `labels.show`"))
    }
}

fn chosen(part: &MapPart<'_>, options: &LabelOptions, drawn: &Drawn) -> Vec<PlaceId> {
    match &options.show {
        LabelChoice::None => Vec::new(),
        LabelChoice::Places(ids) => ids.clone(),
        LabelChoice::All => {
            let mut all: Vec<PlaceId> = drawn.areas.keys().chain(drawn.markers.keys()).copied().collect();
            all.sort_unstable();
            all.dedup();
            all
        }
        LabelChoice::Data { most } => {
            let all: Vec<PlaceId> = part
                .join
                .values
                .iter()
                .filter(|(id, _)| drawn.seen.contains(id))
                .map(|(id, _)| *id)
                .collect();
            if most.is_some_and(|most| all.len() > most) { Vec::new() } else { all }
        }
    }
}

fn wish(
    id: PlaceId,
    part: &MapPart<'_>,
    options: &LabelOptions,
    parts: &Parts<'_>,
    look: &TextLook,
    drawn: &Drawn,
) -> Option<Wish> {
    let disc = drawn.circles.get(&id);
    let mut rest = None;
    let target = match (drawn.markers.get(&id), drawn.areas.get(&id)) {
        (Some((at, radius)), _) => Target::Point(*at, *radius),
        (None, Some((path, _))) => {
            let (main, far) = main_area(path);
            rest = far;
            Target::Area(main)
        }
        (None, None) => Target::Point(disc?.at, 0.0),
    };
    let place = parts.atlas.place(id);
    let with_data = drawn.with_data.contains(&id);
    // on a map without data no name stands back behind others
    let told = with_data || part.join.values.is_empty();
    let look = if told { look } else { &parts.style.text.context };
    let value = part.join.values.get(&id);
    let pin = options.pins.get(&id);
    let template = pin.and_then(|pin| pin.text.as_deref()).unwrap_or(&options.text);
    let words = |name: &str| fill(template, name, &place.code, value, parts);
    let mut variants = vec![(words(&place.name), 0.0)];
    if place.short_name != place.name {
        variants.push((words(&place.short_name), 0.42));
    }
    if place.level == Level::UsState && !place.alpha2.is_empty() {
        variants.push((words(&place.alpha2), 0.8));
    }
    let wrap = pin.and_then(|pin| pin.wrap);
    let wide = match &target {
        Target::Area(path) if disc.is_none() => Some(&**path),
        _ => None,
    };
    let (forms, sizes) = forms::forms(&variants, look, wrap, wide, &parts.style.labels);
    let mut request = Request {
        forms: sizes,
        target,
        priority: if with_data { 10.0 } else { 1.0 } + (place.area_km2.max(1.0).sqrt() / 1000.0).min(5.0),
        may_lead: true,
        // far from its place a name says more than one that is only there for orientation should
        reach: if with_data { f64::INFINITY } else { CONTEXT_REACH },
        // beside others that say something, a name on foreign land would be taken for its name
        land: if told { Land::Weighed } else { Land::Closed },
    };
    if let Some(disc) = disc {
        request.target = disc.target(&request.forms);
        request.priority += disc.radius;
    }
    Some(Wish { id, code: place.code.clone(), forms, request, rest })
}

/// A label's template with its fields filled in.
fn fill(template: &str, name: &str, code: &str, value: Option<&Value>, parts: &Parts<'_>) -> String {
    let one = |value: &Value| match value {
        Value::Number(number) => parts.number.shortest(*number),
        Value::Text(text) => text.to_string(),
        Value::Pair(pair) => pair.map(|number| parts.number.shortest(number)).join("; "),
        Value::Missing | Value::Several(_) => String::new(),
    };
    let all = value.map(|value| parts.map.scale.in_order(value)).unwrap_or_default();
    let told: Vec<String> = all.into_iter().map(one).collect();
    let value = parts.words.list(&told.iter().map(String::as_str).collect::<Vec<_>>());
    template.replace("{name}", name).replace("{code}", code).replace("{value}", &value).replace("\\n", "\n")
}

/// Everything that a name must keep off.
fn obstacles(
    wishes: &[Wish],
    points: &[PointWish],
    drawn: &Drawn,
    ground: &Ground,
    style: &Style,
) -> Vec<Obstacle> {
    let owner = |id: &PlaceId| wishes.iter().position(|wish| wish.id == *id);
    let mut all = Vec::new();
    for (id, (path, _)) in &drawn.areas {
        // the land beneath circles is no hindrance
        if drawn.markers.contains_key(id) || drawn.circles.contains_key(id) {
            continue;
        }
        let weight = if drawn.with_data.contains(id) { BARRED } else { 0.3 };
        let of = |path: &Arc<Path>, owner| Obstacle { path: path.clone(), reach: 0.0, weight, owner };
        match owner(id).map(|own| (own, &wishes[own])) {
            Some((own, Wish { request: Request { target: Target::Area(main), .. }, rest, .. })) => {
                all.push(of(main, Some(own)));
                all.extend(rest.iter().map(|rest| of(rest, None)));
            }
            _ => all.push(of(path, None)),
        }
    }
    let closed = |path: Path, owner| Obstacle { path: path.into(), reach: 0.0, weight: CLOSED, owner };
    all.extend(drawn.markers.iter().map(|(id, (at, radius))| closed(circle(*at, *radius), owner(id))));
    let islets = drawn.islets.iter().flat_map(|(id, islets)| islets.iter().map(move |at| (id, at)));
    all.extend(islets.map(|(id, at)| closed(circle(*at, style.map.marker_islet.0), owner(id))));
    for (id, disc) in &drawn.circles {
        all.extend(disc.obstacles(owner(id), &style.text.label));
    }
    for rect in &ground.boxes {
        let owner = points.iter().position(|point| point.symbol == *rect).map(|point| wishes.len() + point);
        all.push(closed(rect_path(*rect), owner));
    }
    all
}

/// A placed name as text.
fn name(wish: &Wish, placement: &Placement, on: &On<'_>, style: &Style) -> Name {
    let (drawn, ground, prefix) = (on.drawn, on.ground, on.prefix);
    let (block, _) = &wish.forms[placement.form];
    let disc = drawn.circles.get(&wish.id).map(|disc| &disc.ground);
    let paint = disc.or(drawn.areas.get(&wish.id).map(|(_, paint)| paint));
    let inside = placement.leader.is_none() && paint.is_some() && is_inside(wish, placement);
    let (ink, halo) = ink(paint.filter(|_| inside), placement.rect, ground, style, drawn, wish.id);
    let color =
        ink.unwrap_or_else(|| block.lines.first().map_or(style.labels.on_light, |(spans, _)| spans[0].color));
    let block = block.clone().colored(color);
    let rect = placement.rect;
    let (anchor, x) = match placement.align {
        Align::Start => (Anchor::Start, rect.x0),
        Align::Middle => (Anchor::Middle, rect.center().x),
        Align::End => (Anchor::End, rect.x1),
    };
    let cap = rect.height() - block.step * (block.lines.len() as f64 - 1.0);
    let last = block.lines.len().saturating_sub(1);
    let lines = block.lines.iter().enumerate().map(|(i, (spans, _))| TextLine {
        at: Point::new(x, rect.y0 + cap + block.step * i as f64),
        along: placement.along.clone().filter(|_| last == 0),
        spans: spans.clone(),
    });
    let text = Text {
        tag: Tag { id: format!("{prefix}label-{}", wish.code), ..Tag::default() },
        anchor,
        lines: lines.collect(),
        halo,
    };
    Name { id: wish.id, text, rect, inside, leader: placement.leader.clone() }
}

fn is_inside(wish: &Wish, placement: &Placement) -> bool {
    match &wish.request.target {
        Target::Area(path) => placement.along.is_some() || path.contains(placement.rect.center()),
        Target::Point(..) => false,
    }
}

/// The ink that reads on what lies under the words, and a rim in the colour beneath where it is uneven.
fn ink(
    paint: Option<&Paint>,
    rect: Rect,
    ground: &Ground,
    style: &Style,
    drawn: &Drawn,
    id: PlaceId,
) -> (Option<Color>, Option<Halo>) {
    let look = &style.labels;
    let story = drawn.with_data.contains(&id);
    let beneath: Vec<Color> = match paint {
        Some(paint) => paint.bands().iter().map(Paint::ground).collect(),
        None if ground.is_mostly_land(rect) => vec![style.map.land],
        None => vec![style.map.sea],
    };
    let best = best_ink(&beneath, look);
    let color = (story || paint.is_some_and(|paint| paint.ground() != style.map.land)).then_some(best);
    // of several stripes the rim takes the one that the ink reads best on
    let clearest = beneath.iter().copied().max_by(|a, b| best.contrast(*a).total_cmp(&best.contrast(*b)));
    let beneath = clearest.unwrap_or(style.map.land);
    let wet = |lake: &Rect| lake.x0 < rect.x1 && rect.x0 < lake.x1 && lake.y0 < rect.y1 && rect.y0 < lake.y1;
    let even = matches!(paint, Some(Paint::Solid(_))) && !drawn.lakes.iter().any(wet);
    (color, (!even).then_some(Halo { color: beneath, width: look.halo.0 }))
}

/// The ink that reads best on the least favourable of `grounds`.
fn best_ink(grounds: &[Color], look: &LabelLook) -> Color {
    let worst = |ink: Color| grounds.iter().map(|ground| ink.contrast(*ground)).fold(f64::INFINITY, f64::min);
    if worst(look.on_light) >= worst(look.on_dark) { look.on_light } else { look.on_dark }
}

/// Leaders and names as two layers. A leader has an edge in the colour of the page, so that it shows on dark places.
pub fn layers(names: &[Name], style: &Style, prefix: &str) -> Vec<Group> {
    let look = &style.labels;
    let (width, edge) = (look.leader_width.0, look.leader_edge.0);
    let mut leaders = Vec::new();
    for name in names {
        let Some(points) = &name.leader else { continue };
        let shape =
            |path: Path, tag, fill, stroke| Node::Shape(Shape { tag, path: path.into(), fill, stroke });
        let line = || polyline(points.iter().copied());
        let dot = |more| points.last().map(|end| circle(*end, look.leader_dot.0 + more));
        let (ink, ground) = (look.leader, style.page.background);
        let tag = Tag { id: name.text.tag.id.replacen("label-", "leader-", 1), ..Tag::default() };
        if edge > 0.0 {
            let around = Stroke::solid(ground, width + 2.0 * edge);
            leaders.push(shape(line(), Tag::default(), None, Some(around)));
            leaders.extend(dot(edge).map(|dot| shape(dot, Tag::default(), Some(Paint::Solid(ground)), None)));
        }
        leaders.push(shape(line(), tag, None, Some(Stroke::solid(ink, width))));
        leaders.extend(dot(0.0).map(|dot| shape(dot, Tag::default(), Some(Paint::Solid(ink)), None)));
    }
    let words = names.iter().map(|name| Node::Text(name.text.clone())).collect();
    vec![group(&format!("{prefix}leaders"), leaders), group(&format!("{prefix}labels"), words)]
}
