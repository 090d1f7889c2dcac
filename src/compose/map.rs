//! The map itself: sea, land, places in their paint, lakes, borders by kind, markers for tiny places.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kurbo::{Point, Rect};

use super::{circle, coast, context, group, main_box, marker, parts_of, rect_path, symbol};
use crate::atlas::{Atlas, Borders, Level, LineKind, Listed, PlaceId, Shaped};
use crate::frame::Frame;
use crate::geometry::{Path, Polygon, Topology};
use crate::join::{Join, Value};
use crate::paint::{Color, Paint};
use crate::projection::Fit;
use crate::scale::Scale;
use crate::scene::{Group, Node, Shape, Stroke, Tag};
use crate::style::{MapLook, Style};

/// A map to draw: borders, values, and the step from degrees to px.
pub struct MapPart<'a> {
    /// Borders at the detail that the size needs.
    pub borders: &'a Borders,
    /// Borders of what lies around and beneath these places.
    pub context: Option<&'a Borders>,
    /// Lakes.
    pub lakes: Option<(&'a Topology, &'a [Polygon])>,
    /// The joined table.
    pub join: &'a Join,
    /// Values into paint.
    pub scale: &'a Scale,
    /// The projection.
    pub frame: &'a Frame,
    /// Unit plane to page.
    pub fit: Fit,
    /// Nothing is drawn outside this box.
    pub clip: Rect,
    /// Degrees between lines of the graticule.
    pub graticule: Option<f64>,
    /// Only these places are drawn; empty for all.
    pub only: Vec<PlaceId>,
}

/// A drawn map, and where its places came to lie.
pub struct Drawn {
    /// Its layers in drawing order.
    pub layers: Vec<Group>,
    /// The outline of each place that is seen, and the paint it has.
    pub areas: BTreeMap<PlaceId, (Arc<Path>, Paint)>,
    /// Places drawn as a marker: its middle and radius.
    pub markers: BTreeMap<PlaceId, (Point, f64)>,
    /// The further islands of these places, drawn as dots.
    pub islets: BTreeMap<PlaceId, Vec<Point>>,
    /// Circles of amounts.
    pub circles: BTreeMap<PlaceId, symbol::Disc>,
    /// Places with data that are seen, as an area or a marker.
    pub seen: BTreeSet<PlaceId>,
    /// Places that have a row.
    pub with_data: BTreeSet<PlaceId>,
    /// The boxes of the lakes that are seen.
    pub lakes: Vec<Rect>,
}

impl MapPart<'_> {
    /// A position on the page; `None` where it is not seen.
    pub fn locate(&self, at: crate::geometry::LonLat) -> Option<Point> {
        self.frame.locate(at, self.fit, self.clip)
    }

    /// How the globe's edge stands to the box: where it is seen, the sea is a disc on the page.
    fn sea(&self, look: &MapLook, page: Color, prefix: &str) -> Option<Group> {
        if look.sea == page && !self.frame.globe {
            return None;
        }
        let edge = self.frame.projector.shows_edge(self.fit, self.clip);
        if look.sea == page && !edge {
            return None;
        }
        let path = if edge { self.frame.projector.sphere(self.fit, self.clip) } else { rect_path(self.clip) };
        let stroke = (edge && self.frame.globe).then(|| Stroke::solid(look.globe, look.globe_width.0));
        let shape =
            Shape { tag: Tag::default(), path: path.into(), fill: Some(Paint::Solid(look.sea)), stroke };
        Some(group(&format!("{prefix}sea"), vec![Node::Shape(shape)]))
    }

    fn graticule(&self, look: &MapLook, prefix: &str) -> Option<Group> {
        let path = self.frame.projector.graticule(self.graticule?, self.fit, self.clip);
        let stroke = Some(Stroke::solid(look.graticule, look.graticule_width.0));
        let shape = Shape { tag: Tag::default(), path: path.into(), fill: None, stroke };
        Some(group(&format!("{prefix}graticule"), vec![Node::Shape(shape)]))
    }
}

/// Draws `part`; `prefix` keeps the ids of several maps apart.
pub fn draw(part: &MapPart<'_>, atlas: &Atlas, style: &Style, prefix: &str) -> Drawn {
    let look = &style.map;
    let wanted: Vec<&Shaped> =
        part.borders.shapes.iter().filter(|(id, _)| part.only.is_empty() || part.only.contains(id)).collect();
    let owners = owners(part.borders.reaches.len(), wanted.iter().copied());
    let shapes: Vec<&[Polygon]> = wanted.iter().map(|(_, polygons)| polygons.as_slice()).collect();
    let projector = &part.frame.projector;
    let (map, lakes) = rayon::join(
        || projector.project(&part.borders.topology, &shapes, part.fit, part.clip),
        || lakes(part),
    );
    let mut drawn = Drawn {
        layers: Vec::new(),
        areas: BTreeMap::new(),
        markers: BTreeMap::new(),
        islets: BTreeMap::new(),
        circles: BTreeMap::new(),
        seen: BTreeSet::new(),
        with_data: part.join.values.keys().copied().collect(),
        lakes: Vec::new(),
    };
    let ids: Vec<PlaceId> = wanted.iter().map(|(id, _)| *id).collect();
    for (id, path) in ids.iter().zip(map.areas) {
        if !path.is_empty() {
            // on a map of provinces, the countries around are plain land and not places without data
            let is_ground = part.join.level == Level::Admin1 && atlas.place(*id).level != Level::Admin1;
            let value = part.join.values.get(id);
            let paint = match &part.scale.sizes {
                _ if is_ground => Cow::Borrowed(&part.scale.land),
                Some(_) => Cow::Borrowed(symbol::ground(part, *id)),
                None => part.scale.paint(value),
            };
            drawn.areas.insert(*id, (path.into(), paint.into_owned()));
        }
    }
    drawn.leave_far_land(part, &owners);
    if part.scale.sizes.is_some() {
        (drawn.circles, drawn.seen) = symbol::find(part, atlas, &drawn.areas);
    } else {
        let seen = marker::find(part, atlas, look, &drawn.areas);
        (drawn.markers, drawn.islets, drawn.seen) = (seen.markers, seen.islets, seen.places);
    }
    let owners = owners_seen(owners, &drawn);
    let mut layers = Vec::new();
    layers.extend(part.sea(look, style.page.background, prefix));
    layers.extend(coast::glow(part, &map.lines, &owners, look, prefix));
    layers.extend(part.graticule(look, prefix));
    let around = context::draw(part, look, prefix);
    if let (Some(path), None) = (&lakes, &around) {
        drawn.lakes = parts_of(path).iter().map(|part| part.bounds).collect();
    }
    // lakes lie over the land around, but under places that have borders of their own
    let lakes = lakes.map(|path| context::lakes(path, look, prefix));
    let (beneath, above) = if around.is_some() { (lakes, None) } else { (None, lakes) };
    layers.extend(around.into_iter().flatten().chain(beneath));
    let (land, places) = drawn.areas(part, atlas, prefix);
    layers.push(land);
    layers.push(places);
    layers.extend(above);
    layers.push(borders(part, &drawn, &owners, &map.lines, look, prefix));
    layers.push(drawn.marker_layer(part, atlas, look, prefix));
    layers.push(symbol::layer(part, atlas, &drawn, style, prefix));
    drawn.layers = layers;
    drawn
}

/// The box of the fitted places on the page.
fn near(frame: &Frame, fit: Fit) -> Option<Rect> {
    let near = frame.near?;
    Some(Rect::from_points(fit.apply(near.origin()), fit.apply(Point::new(near.x1, near.y1))))
}

/// Keeps the places of land masses that [`Drawn::leave_far_land`] may keep: the others need be neither read nor projected.
pub(crate) fn keep_nearby(places: &mut Listed<'_>, (frame, fit): (&Frame, Fit), join: &Join) {
    let Some(near) = near(frame, fit) else { return };
    let shapes: Vec<&[Polygon]> = places.shapes.iter().map(|(_, polygons)| polygons.as_slice()).collect();
    let reach = frame.projector.may_reach(places.reaches, &shapes, fit, near);
    let counts = |(id, reaches): (PlaceId, bool)| (reaches || join.values.contains_key(&id)).then_some(id);
    let ids = places.shapes.iter().map(|(id, _)| *id);
    let owners = owners(places.reaches.len(), places.shapes.iter());
    let kept = joined_by_land(ids.zip(reach).filter_map(counts).collect(), &owners);
    places.shapes.retain(|(id, _)| kept.contains(id));
}

/// `kept` with all places of the same land masses.
fn joined_by_land(mut kept: BTreeSet<PlaceId>, owners: &[[Option<PlaceId>; 2]]) -> BTreeSet<PlaceId> {
    let pairs = owners.iter().filter_map(|[a, b]| Some(((*a)?, (*b)?)));
    let mut borders: Vec<(PlaceId, PlaceId)> = pairs.flat_map(|(a, b)| [(a, b), (b, a)]).collect();
    borders.sort_unstable();
    borders.dedup();
    let mut from: Vec<PlaceId> = kept.iter().copied().collect();
    while let Some(one) = from.pop() {
        let first = borders.partition_point(|(a, _)| *a < one);
        let beside = borders[first..].iter().take_while(|(a, _)| *a == one);
        from.extend(beside.filter(|(_, b)| kept.insert(*b)).map(|(_, b)| *b));
    }
    kept
}

impl Drawn {
    /// Takes away land masses that lie wholly outside the box of the fitted places: an edge of Africa beside the
    /// Americas says nothing and takes room. A land mass is what borders join, whatever it has data or not.
    fn leave_far_land(&mut self, part: &MapPart<'_>, owners: &[[Option<PlaceId>; 2]]) {
        let Some(near) = near(part.frame, part.fit) else { return };
        // the Azores do not make Portugal a neighbour of the Americas
        let reaches = |path: &Path| {
            let both = main_box(path).intersect(near);
            both.width() > 0.0 && both.height() > 0.0
        };
        let kept = self
            .areas
            .iter()
            .filter(|(id, (path, _))| self.with_data.contains(id) || reaches(path))
            .map(|(id, _)| *id);
        let kept = joined_by_land(kept.collect(), owners);
        self.areas.retain(|id, _| kept.contains(id));
    }

    /// The land without data, and the places with data, each a shape of its own.
    fn areas(&self, part: &MapPart<'_>, atlas: &Atlas, prefix: &str) -> (Group, Group) {
        let (mut land, mut places) = (Vec::new(), Vec::new());
        for (id, (path, paint)) in &self.areas {
            if self.markers.contains_key(id) {
                continue;
            }
            let value = part.join.values.get(id);
            let circled = self.circles.contains_key(id);
            let value = value.filter(|_| part.scale.sizes.is_none() || !circled);
            let tag = tag(atlas, *id, value, part.scale, prefix);
            let shape = Shape { tag, path: path.clone(), fill: Some(paint.clone()), stroke: None };
            if value.is_some() { &mut places } else { &mut land }.push(Node::Shape(shape));
        }
        (group(&format!("{prefix}land"), land), group(&format!("{prefix}places"), places))
    }

    fn marker_layer(&self, part: &MapPart<'_>, atlas: &Atlas, look: &MapLook, prefix: &str) -> Group {
        let rim = Stroke::solid(look.marker_rim, look.marker_rim_width.0);
        let nodes = self.markers.iter().map(|(id, (at, radius))| {
            let value = part.join.values.get(id);
            let mut path = circle(*at, *radius);
            let islets = self.islets.get(id).into_iter().flatten();
            islets.for_each(|at| path.append(&circle(*at, look.marker_islet.0)));
            Node::Shape(Shape {
                tag: tag(atlas, *id, value, part.scale, prefix),
                path: path.into(),
                fill: Some(part.scale.paint(value).on_disc((at.x, at.y), *radius)),
                stroke: Some(rim.clone()),
            })
        });
        group(&format!("{prefix}markers"), nodes.collect())
    }
}

/// What a place's shape carries: its code, its value, and a tooltip of both in words.
fn tag(atlas: &Atlas, id: PlaceId, value: Option<&Value>, scale: &Scale, prefix: &str) -> Tag {
    let place = atlas.place(id);
    let mut tag = Tag {
        id: format!("{prefix}{}", place.code),
        title: place.name.to_string(),
        data: vec![("code", place.code.to_string())],
    };
    let Some(value) = value else { return tag };
    let written = |value: &Value| match value {
        Value::Number(number) => Some(number.to_string()),
        Value::Text(text) => Some(text.to_string()),
        Value::Pair([one, other]) => Some(format!("{one}; {other}")),
        Value::Missing | Value::Several(_) => None,
    };
    let values: Vec<String> = scale.in_order(value).into_iter().filter_map(written).collect();
    if !values.is_empty() {
        tag.data.push(("value", values.join("; ")));
    }
    if let Some(class) = scale.shown(value) {
        tag.data.push(("class", class.key.clone()));
        tag.title = format!("{}: {}", place.name, class.label);
    }
    tag
}

fn lakes(part: &MapPart<'_>) -> Option<Path> {
    let (topology, polygons) = part.lakes?;
    let map = part.frame.projector.project(topology, &[polygons], part.fit, part.clip);
    map.areas.into_iter().next().filter(|path| !path.is_empty())
}

/// The places on both sides of each of so many arcs.
pub(super) fn owners<'a>(arcs: usize, wanted: impl Iterator<Item = &'a Shaped>) -> Vec<[Option<PlaceId>; 2]> {
    let mut owners = vec![[None; 2]; arcs];
    for (id, polygons) in wanted {
        let uses = polygons.iter().flat_map(|polygon| &polygon.0).flat_map(|ring| &ring.0);
        for one in uses {
            let slots = &mut owners[one.arc as usize];
            let free = usize::from(slots[0].is_some());
            slots[free] = Some(*id);
        }
    }
    owners
}

/// The same, for places that are drawn.
fn owners_seen(owners: Vec<[Option<PlaceId>; 2]>, drawn: &Drawn) -> Vec<[Option<PlaceId>; 2]> {
    let seen = |id: &PlaceId| drawn.areas.contains_key(id);
    owners.into_iter().map(|pair| pair.map(|owner| owner.filter(seen))).collect()
}

/// A kind of line that is drawn alike.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    Province,
    ProvinceOnPale,
    Coast,
    Border,
    BorderOnPale,
    Disputed,
    DisputedOnPale,
}

/// Borders and coasts: each arc once, in the colour that is told apart from what lies beside it.
fn borders(
    part: &MapPart<'_>,
    drawn: &Drawn,
    owners: &[[Option<PlaceId>; 2]],
    lines: &[Path],
    look: &MapLook,
    prefix: &str,
) -> Group {
    let absent = Apart::of(&part.scale.absent, look);
    let apart: BTreeMap<PlaceId, Apart> =
        drawn.areas.iter().map(|(id, (_, paint))| (*id, Apart::of(paint, look))).collect();
    let mut kinds: BTreeMap<Line, Vec<&Path>> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate() {
        // a seam within one place is no border, unless a view dashes it
        let seam = matches!(owners[i], [Some(a), Some(b)] if a == b);
        if line.is_empty() || (seam && part.borders.kinds[i] != LineKind::Disputed) {
            continue;
        }
        let side = |owner: Option<PlaceId>| Some(apart.get(&owner?).copied().unwrap_or(absent));
        if let Some(kind) = line_kind(part.borders.kinds[i], owners[i].map(side)) {
            kinds.entry(kind).or_default().push(line);
        }
    }
    let nodes = kinds.into_iter().map(|(kind, lines)| {
        let mut path = Path::with_capacity(lines.iter().map(|line| line.len()).sum());
        lines.into_iter().for_each(|line| path.append(line));
        Node::Shape(line_shape(kind, path, look, prefix))
    });
    group(&format!("{prefix}borders"), nodes.collect())
}

/// Which lines are told apart from a place's paint, in all its colours.
#[derive(Clone, Copy)]
struct Apart {
    sea: bool,
    border: bool,
}

impl Apart {
    fn of(paint: &Paint, look: &MapLook) -> Apart {
        let apart = |line: Color| {
            let mut grounds = paint.bands().iter().map(Paint::ground);
            grounds.all(|ground| line.contrast(ground) >= look.contrast)
        };
        Apart { sea: apart(look.sea), border: apart(look.border) }
    }
}

fn line_kind(kind: LineKind, sides: [Option<Apart>; 2]) -> Option<Line> {
    let all = |is: fn(&Apart) -> bool| sides.iter().flatten().all(is);
    let on = |plain: Line, pale: Line| if all(|one| one.border) { plain } else { pale };
    match (kind, sides) {
        (_, [None, None]) => None,
        (LineKind::Coast, _) | (_, [Some(_), None] | [None, Some(_)]) => {
            (!all(|one| one.sea)).then_some(Line::Coast)
        }
        (LineKind::Inner, _) => Some(on(Line::Province, Line::ProvinceOnPale)),
        (LineKind::Border, _) => Some(on(Line::Border, Line::BorderOnPale)),
        (LineKind::Disputed, _) => Some(on(Line::Disputed, Line::DisputedOnPale)),
    }
}

fn line_shape(kind: Line, path: Path, look: &MapLook, prefix: &str) -> Shape {
    let (id, color, width) = match kind {
        Line::Province => ("borders-provinces", look.border, look.province_width.0),
        Line::ProvinceOnPale => ("borders-provinces-on-pale", look.border_dark, look.province_width.0 * 0.7),
        Line::Coast => ("coasts", look.coast, look.coast_width.0),
        Line::Border => ("borders-agreed", look.border, look.border_width.0),
        Line::BorderOnPale => ("borders-agreed-on-pale", look.border_dark, look.border_width.0 * 0.7),
        Line::Disputed => ("borders-disputed", look.border, look.border_width.0),
        Line::DisputedOnPale => ("borders-disputed-on-pale", look.border_dark, look.border_width.0 * 0.7),
    };
    let dash = match kind {
        Line::Disputed | Line::DisputedOnPale => look.disputed_dash.iter().map(|part| part * width).collect(),
        _ => Vec::new(),
    };
    let tag = Tag { id: format!("{prefix}{id}"), ..Tag::default() };
    Shape { tag, path: path.into(), fill: None, stroke: Some(Stroke { dash, ..Stroke::solid(color, width) }) }
}
