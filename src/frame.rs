//! What part of the world is shown: which parts of which places count, the projection that suits them,
//! and their extent on the unit plane.
//!
//! Takes [`FrameOptions`], borders and the places with data; gives a [`Frame`]. No page, no paint.

mod far;

pub use far::Far;

use kurbo::{Point, Rect};

use crate::atlas::{Atlas, Borders, Detail, Level, PlaceId};
use crate::diagnostic::{Diagnostic, Result};
use crate::geometry::{LonLat, Polygon, Topology};
use crate::projection::{self, Aspect, ProjectionOptions, Projector, Subject};

/// What to show, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameOptions {
    /// What is fitted into the frame.
    pub fit: Fit,
    /// Name of a projection; `None`: an equal-area one that suits the frame.
    pub projection: Option<String>,
    /// What comes to the middle; `None`: the middle of what is shown.
    pub center: Option<LonLat>,
    /// Standard parallels; `None`: by the one-sixth rule.
    pub parallels: Option<(f64, f64)>,
    /// Turn of the map, degrees clockwise.
    pub rotate: f64,
    /// What only some projections have beside.
    pub aspect: Aspect,
    /// Room around what is fitted, as a share of the frame.
    pub padding: f64,
    /// Degrees between lines of the graticule; `None` for no graticule.
    pub graticule: Option<f64>,
    /// Detail of the borders; `None`: by the size of the map.
    pub detail: Option<Detail>,
    /// Land masses wholly outside the box of the fitted places are left out.
    pub near: bool,
    /// What becomes of places that lie far from the others.
    pub far: Far,
}

/// What is fitted into the frame.
#[derive(Clone, Debug, PartialEq)]
pub enum Fit {
    /// The places that have a row in the table.
    Data,
    /// The whole globe.
    World,
    /// These places.
    Places(Vec<PlaceId>),
    /// West, south, east, north in degrees.
    Box([f64; 4]),
}

/// A frame: a projection made ready, and what of its plane is fitted.
pub struct Frame {
    /// The projection.
    pub projector: Projector,
    /// What was chosen.
    pub projection: ProjectionOptions,
    /// What is fitted into the page's map box, on the unit plane, padding included.
    pub extent: Rect,
    /// The box of the fitted places themselves; land masses that do not reach into it are left out. `None`: all
    /// land is drawn.
    pub near: Option<Rect>,
    /// The whole globe is shown, with its edge.
    pub globe: bool,
    /// Groups of places that were not fitted because they lie far from the others.
    pub far: Vec<Vec<PlaceId>>,
}

/// Polygons are added, largest first, until they hold this share of a place's area; the rest only where it is near.
const MAIN_SHARE: f64 = 0.8;
/// Nearer to a pole than this latitude, no meridian is the upright one.
const UPRIGHT_TO: f64 = 65.0;
/// How far a further part may reach beyond the cap around the main parts, as a multiple of its radius.
const MAIN_REACH: f64 = 1.3;

/// The extent of provinces is that of their borders thinned to so many degrees.
const EXTENT_TOLERANCE: f64 = 0.002;

impl Frame {
    /// Chooses and fits. `data`: the places that the table names, at `level`.
    pub fn new(options: &FrameOptions, atlas: &Atlas, level: Level, data: &[PlaceId]) -> Result<Frame> {
        let wanted: &[PlaceId] = match &options.fit {
            Fit::Data => data,
            Fit::Places(places) => places,
            Fit::World | Fit::Box(_) => &[],
        };
        let borders = match level {
            Level::Admin1 if !wanted.iter().all(|id| atlas.place(*id).level == Level::Country) => {
                atlas.borders_among(wanted, EXTENT_TOLERANCE)
            }
            // a far rock belongs to the finest borders alone, and should not widen a map of its country
            Level::Admin1 => borders_of(atlas, Level::Country, wanted),
            _ => borders_of(atlas, level, wanted),
        };
        let far = far::far(wanted, options.far, atlas, &borders);
        let kept: Vec<PlaceId>;
        let wanted = match far.is_empty() {
            true => wanted,
            false => {
                kept =
                    wanted.iter().filter(|id| !far.iter().flatten().any(|one| one == *id)).copied().collect();
                &kept
            }
        };
        let parts = parts(&borders, atlas, wanted);
        let shapes: Vec<&[Polygon]> = parts.shapes.iter().map(Vec::as_slice).collect();
        let subject = match options.fit {
            Fit::World => None,
            Fit::Box(edges) => Some(box_subject(edges)),
            _ => parts.subject(&borders.topology, &shapes),
        };
        let projection = decide(options, subject.as_ref());
        let projector = Projector::new(&projection)?;
        let extent = match options.fit {
            Fit::Box([west, south, east, north]) => projector.extent_of_box(west, south, east, north),
            _ if subject.is_none() => None,
            _ => parts.extent(&projector, &borders.topology, &shapes),
        };
        let globe = subject.is_none();
        let extent = match (extent, globe) {
            (Some(extent), _) => extent,
            (None, true) => projector.extent_of_sphere().ok_or_else(|| nothing_seen(options))?,
            (None, false) => return Err(nothing_seen(options)),
        };
        let near =
            (options.near && matches!(options.fit, Fit::Data | Fit::Places(_)) && !globe).then_some(extent);
        let extent = pad(extent, if globe { 0.0 } else { options.padding });
        // what lies aside of a named region is nobody's data
        let far = if options.far == Far::Inset { far } else { Vec::new() };
        Ok(Frame { projector, projection, extent, near, globe, far })
    }

    /// The half of the globe around `center`, as from afar.
    ///
    /// # Errors
    /// The centre is no position.
    pub fn globe(center: LonLat) -> Result<Frame> {
        let projection = ProjectionOptions {
            name: "orthographic".to_owned(),
            center,
            roll: 0.0,
            ..ProjectionOptions::default()
        };
        let projector = Projector::new(&projection)?;
        let extent = Rect::new(-1.0, -1.0, 1.0, 1.0);
        Ok(Frame { projector, projection, extent, near: None, globe: true, far: Vec::new() })
    }

    /// What comes to lie in the middle.
    pub fn middle(&self) -> LonLat {
        self.projector.inverse(self.extent.center()).unwrap_or(self.projection.center)
    }

    /// A position on a page that the frame comes to by `fit`, clipped to `clip`; `None` where it is not seen.
    pub fn locate(&self, at: LonLat, fit: projection::Fit, clip: Rect) -> Option<Point> {
        let p = fit.apply(self.projector.forward(at)?);
        clip.contains(p).then_some(p)
    }

    /// Width over height of what is fitted.
    pub fn aspect(&self) -> f64 {
        self.extent.width() / self.extent.height()
    }
}

/// The borders that a frame is fitted to.
fn borders_of(atlas: &Atlas, level: Level, wanted: &[PlaceId]) -> Borders {
    atlas.borders_where(level, Detail::Coarse, tolerance(level).into(), &|places| {
        let shapes = places.shapes.iter().filter(|(id, _)| wanted.contains(id));
        places.arcs_of(shapes.flat_map(|(_, polygons)| polygons))
    })
}

/// What borders may be thinned by when a frame is fitted to them, degrees. States have no coarse borders.
fn tolerance(level: Level) -> f64 {
    if level == Level::UsState { 0.05 } else { 0.0 }
}

fn nothing_seen(options: &FrameOptions) -> Box<Diagnostic> {
    let name = options.projection.as_deref().unwrap_or("auto");
    let one = Diagnostic::error(format!(
        "nothing of what the frame should show is seen in the projection `{name}`"
    ));
    Box::new(one.hint("move `frame.center`, or leave `frame.projection` out"))
}

/// The wished-for projection, or the one that suits the subject; centre and parallels as wished for, or as they suit.
fn decide(options: &FrameOptions, subject: Option<&Subject>) -> ProjectionOptions {
    let suited = match (subject, &options.projection) {
        (Some(subject), Some(name)) => projection::suit(name, subject),
        (Some(subject), None) => projection::choose(subject),
        (None, name) => ProjectionOptions {
            name: name.clone().unwrap_or_else(|| "equal-earth".to_owned()),
            center: LonLat::new(0.0, 0.0),
            roll: 0.0,
            ..ProjectionOptions::default()
        },
    };
    ProjectionOptions {
        name: suited.name,
        center: options.center.unwrap_or(suited.center),
        roll: options.rotate,
        parallels: options.parallels.or(suited.parallels),
        aspect: options.aspect,
    }
}

fn box_subject([west, south, east, north]: [f64; 4]) -> Subject {
    let width = if east >= west { east - west } else { east - west + 360.0 };
    let middle = |lat| LonLat::new(wrap(west + width / 2.0), lat);
    // a box around a pole is a cap
    let around = width > 180.0 && south.min(-north) <= -90.0 && south * north > 0.0;
    let center = middle(if around { 90f64.copysign(north) } else { (south + north) / 2.0 });
    let corners = [LonLat::new(west, south), LonLat::new(west, north), middle(south), middle(north)];
    let radius = corners.iter().map(|corner| corner.distance(center)).fold(0.0, f64::max);
    Subject { center, radius, south, north, width }
}

fn wrap(lon: f64) -> f64 {
    if (-180.0..180.0).contains(&lon) {
        return lon;
    }
    let turned = (lon + 180.0) % 360.0;
    if turned < 0.0 { turned + 180.0 } else { turned - 180.0 }
}

fn pad(extent: Rect, share: f64) -> Rect {
    let room = extent.width().max(extent.height()).max(1e-6) * share;
    extent.inflate(
        room.max(extent.height() * 0.15 - extent.width() * 0.5),
        room.max(extent.width() * 0.15 - extent.height() * 0.5),
    )
}

/// The parts that count: polygons, and label points of places that have none.
struct Parts {
    shapes: Vec<Vec<Polygon>>,
    points: Vec<LonLat>,
}

fn parts(borders: &Borders, atlas: &Atlas, wanted: &[PlaceId]) -> Parts {
    let mut parts = Parts { shapes: Vec::new(), points: Vec::new() };
    for id in wanted {
        match borders.shapes.binary_search_by_key(id, |(one, _)| *one) {
            Ok(at) => parts.shapes.push(main_parts(&borders.topology, &borders.shapes[at].1)),
            Err(_) => parts.points.push(atlas.place(*id).label),
        }
    }
    parts
}

impl Parts {
    /// Cap and extent of all parts; `None` when there are none.
    fn subject(&self, topology: &Topology, shapes: &[&[Polygon]]) -> Option<Subject> {
        self.subject_of(projection::subject(topology, shapes)).map(|subject| self.upright(subject, topology))
    }

    /// The subject of shapes, with the points.
    fn subject_of(&self, mut subject: Option<Subject>) -> Option<Subject> {
        for point in &self.points {
            let tiny = Subject {
                center: *point,
                radius: 0.004,
                south: point.lat - 0.2,
                north: point.lat + 0.2,
                width: 0.4,
            };
            subject = Some(match subject {
                None => tiny,
                Some(all) => joined(all, &tiny),
            });
        }
        subject
    }

    /// The same subject with the meridian in the middle of its longitudes: it stands upright on a map.
    fn upright(&self, mut subject: Subject, topology: &Topology) -> Subject {
        if subject.center.lat.abs() > UPRIGHT_TO || subject.width > 180.0 {
            return subject;
        }
        let rings = self.shapes.iter().flatten().flat_map(|polygon| polygon.0.first());
        let vertices = rings.flat_map(|ring| topology.ring(ring)).chain(self.points.iter().copied());
        let (mut west, mut east) = (0.0f64, 0.0f64);
        for vertex in vertices {
            let offset = wrap(vertex.lon - subject.center.lon);
            (west, east) = (west.min(offset), east.max(offset));
        }
        subject.center.lon = wrap(subject.center.lon + (west + east) / 2.0);
        subject
    }

    fn extent(&self, projector: &Projector, topology: &Topology, shapes: &[&[Polygon]]) -> Option<Rect> {
        let points = self.points.iter().filter_map(|point| projector.forward(*point));
        let points = points.map(|p| Rect::from_center_size(p, (0.002, 0.002)));
        projector.extent(topology, shapes).into_iter().chain(points).reduce(|a, b| a.union(b))
    }
}

fn joined(a: Subject, b: &Subject) -> Subject {
    let reach = a.center.distance(b.center) + b.radius;
    let gap = wrap(b.center.lon - a.center.lon).abs();
    Subject {
        radius: a.radius.max(reach),
        south: a.south.min(b.south),
        north: a.north.max(b.north),
        width: a.width.max(2.0 * gap),
        ..a
    }
}

/// A polygon's size and place on the globe.
struct Part<'a> {
    polygon: &'a Polygon,
    area: f64,
    center: [f64; 3],
    /// As unit vectors.
    vertices: Vec<[f64; 3]>,
}

/// The parts of a place that a map of it must show: without far islands and distant lands.
///
/// The largest polygons that together hold [`MAIN_SHARE`] of the area, and those that reach not
/// beyond [`MAIN_REACH`] times the cap around them: the contiguous United States, Chile with Tierra del
/// Fuego but without Easter Island, Ecuador without Galápagos.
fn main_parts(topology: &Topology, polygons: &[Polygon]) -> Vec<Polygon> {
    let mut parts: Vec<Part<'_>> = polygons.iter().map(|polygon| part(topology, polygon)).collect();
    parts.sort_by(|a, b| b.area.total_cmp(&a.area));
    let total: f64 = parts.iter().map(|part| part.area).sum();
    let (mut held, mut main) = (0.0, 0);
    while main < parts.len() && held < total * MAIN_SHARE {
        held += parts[main].area;
        main += 1;
    }
    let sum = parts[..main].iter().fold([0.0; 3], |sum, part| add(sum, part.center, part.area));
    let center = unit(sum);
    let reach = |part: &Part<'_>| {
        let least = part.vertices.iter().map(|v| dot(*v, center)).fold(1.0, f64::min);
        libm::acos(least.max(-1.0))
    };
    let radius = parts[..main].iter().map(reach).fold(0.0, f64::max);
    let near = |(i, part): &(usize, Part<'_>)| *i < main || reach(part) <= radius * MAIN_REACH;
    parts.into_iter().enumerate().filter(near).map(|(_, part)| part.polygon.clone()).collect()
}

fn part<'a>(topology: &Topology, polygon: &'a Polygon) -> Part<'a> {
    let ring: Vec<LonLat> = polygon.0.first().into_iter().flat_map(|ring| topology.ring(ring)).collect();
    let vertices: Vec<[f64; 3]> = ring.iter().map(|v| v.to_unit()).collect();
    let center = vertices.iter().fold([0.0; 3], |sum, v| add(sum, *v, 1.0));
    Part { polygon, area: sphere_area(&ring, &vertices), center: unit(center), vertices }
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn add(sum: [f64; 3], v: [f64; 3], weight: f64) -> [f64; 3] {
    [sum[0] + v[0] * weight, sum[1] + v[1] * weight, sum[2] + v[2] * weight]
}

fn unit(v: [f64; 3]) -> [f64; 3] {
    let length = (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]).sqrt().max(1e-300);
    [v[0] / length, v[1] / length, v[2] / length]
}

/// Area of a small ring in steradians: ∮ (1 − sin φ) dλ by the trapezium rule, the sign dropped. `units`: its
/// vertices as unit vectors, whose z is sin φ.
fn sphere_area(ring: &[LonLat], units: &[[f64; 3]]) -> f64 {
    let mut sum = 0.0;
    for (i, (a, unit)) in ring.iter().zip(units).enumerate() {
        let next = (i + 1) % ring.len();
        let step = wrap(ring[next].lon - a.lon).to_radians();
        sum += step * (2.0 - unit[2] - units[next][2]) / 2.0;
    }
    let full = 4.0 * std::f64::consts::PI;
    let area = sum.abs();
    area.min((full - area).abs())
}
