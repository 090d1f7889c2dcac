//! Which place a position lies in: an index over the polygons of a level.
//!
//! Boxes of polygons stand in an R-tree. The edges of a polygon are sorted into bands of latitude, so that a position
//! is compared with the few edges of its band: it lies inside when a line to the west crosses an odd number of them
//! (Shimrat, "Algorithm 112", 1962). A position on a border belongs to one side of it, and always to the same. For a
//! large table, the globe is cut into cells besides ([`Cells`]), of which most lie in one place whole.

use std::collections::BTreeMap;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::cells::{Cell, Cells};
use super::{Atlas, Borders, Detail, Level, PlaceId};
use crate::geometry::{LonLat, Polygon, Topology, lon_step};

/// Edges that a band holds on average, when they are short.
const PER_BAND: usize = 4;

/// The polygons of a level, indexed.
#[derive(Default)]
pub struct Locator {
    areas: Vec<Area>,
    tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    cells: Option<Cells>,
}

/// A polygon whose longitudes run on beyond 180.
struct Area {
    id: PlaceId,
    south: f64,
    per_degree: f64,
    /// Where the edges of each band begin.
    starts: Vec<u32>,
    /// The edges of each band, each from south to north: longitude and latitude of both ends.
    edges: Vec<[f64; 4]>,
}

impl Atlas {
    /// An index of all places of `level` in full detail.
    pub fn locator(&self, level: Level) -> Locator {
        Locator::new(&self.borders(level, Detail::Fine, 0.0))
    }
}

impl Locator {
    /// An index of `borders`.
    pub(super) fn new(borders: &Borders) -> Locator {
        let mut areas = Vec::new();
        let mut boxes = Vec::new();
        for (id, polygons) in &borders.shapes {
            for polygon in polygons {
                let edges = edges(&borders.topology, polygon);
                let Some((low, high)) = bounds(&edges).filter(|(low, high)| low[1] < high[1]) else {
                    continue;
                };
                boxes.push(GeomWithData::new(Rectangle::from_corners(low, high), areas.len()));
                areas.push(Area::new(*id, edges, low[1], high[1]));
            }
        }
        Locator { areas, tree: RTree::bulk_load(boxes), cells: None }
    }

    /// The same, made ready for very many positions: that takes as long as some ten thousand of them.
    pub fn for_many(mut self) -> Locator {
        let edges = self.areas.iter().flat_map(|area| &area.edges);
        self.cells = Some(Cells::new(edges, |at| self.within(at)));
        self
    }

    /// The place that a position lies in; of several that lie over each other, the one that is drawn last.
    pub fn at(&self, position: LonLat) -> Option<PlaceId> {
        match self.cells.as_ref().map(|cells| cells.at(position)) {
            Some(Cell::Whole(place)) => place,
            Some(Cell::Border) | None => self.within(position),
        }
    }

    fn within(&self, position: LonLat) -> Option<PlaceId> {
        self.around(position).max()
    }

    fn around(&self, position: LonLat) -> impl Iterator<Item = PlaceId> {
        let lap = move |by: f64| {
            let at = [position.lon + by, position.lat];
            let near = self.tree.locate_in_envelope_intersecting(AABB::from_point(at));
            near.filter(move |one| self.areas[one.data].contains(at)).map(|one| self.areas[one.data].id)
        };
        lap(0.0).chain(lap(360.0)).chain(lap(-360.0))
    }

    /// All places that a position lies in.
    pub(super) fn all_at(&self, position: LonLat) -> Vec<PlaceId> {
        self.around(position).collect()
    }

    /// For each place, the box of its polygon that has most edges: its low and its high corner.
    pub(super) fn main_boxes(&self) -> BTreeMap<PlaceId, ([f64; 2], [f64; 2])> {
        let mut main = BTreeMap::<PlaceId, &Area>::new();
        for area in &self.areas {
            let known = main.entry(area.id).or_insert(area);
            if area.edges.len() > known.edges.len() {
                *known = area;
            }
        }
        main.into_iter().filter_map(|(id, area)| Some((id, bounds(&area.edges)?))).collect()
    }

    /// Places within about `km` of a position, the nearest first.
    pub fn near(&self, position: LonLat, km: f64) -> Vec<PlaceId> {
        const KM_PER_DEGREE: f64 = 111.2;
        let mut found = Vec::new();
        for step in 1..=4 {
            let reach = km * f64::from(step) / 4.0 / KM_PER_DEGREE;
            for turn in 0..16 {
                let (sin, cos) = libm::sincos(f64::from(turn) * std::f64::consts::PI / 8.0);
                let stretch = libm::cos(position.lat.to_radians()).max(0.01);
                let lat = position.lat + reach * sin;
                let at = LonLat::new(position.lon + reach * cos / stretch, lat.clamp(-90.0, 90.0));
                found.extend(self.at(at).filter(|id| !found.contains(id)));
            }
        }
        found
    }
}

/// All edges of a polygon, from south to north. A ring around a pole is closed over it.
fn edges(topology: &Topology, polygon: &Polygon) -> Vec<[f64; 4]> {
    let mut edges = Vec::new();
    for ring in &polygon.0 {
        let mut vertices = topology.ring(ring);
        let Some(first) = vertices.next() else { continue };
        let (mut lon, mut last) = (first.lon, first);
        for vertex in vertices.chain([first]) {
            let next = lon + lon_step(last.lon, vertex.lon);
            push(&mut edges, [lon, last.lat, next, vertex.lat]);
            (lon, last) = (next, vertex);
        }
        if (lon - first.lon).abs() > 180.0 {
            // eastwards, the north pole lies to the left, which is inside
            let pole = if lon > first.lon { 90.0 } else { -90.0 };
            push(&mut edges, [lon, first.lat, lon, pole]);
            push(&mut edges, [first.lon, pole, first.lon, first.lat]);
        }
    }
    edges
}

fn push(edges: &mut Vec<[f64; 4]>, [ax, ay, bx, by]: [f64; 4]) {
    // a line to the west never crosses a level edge, but a level edge is a border
    edges.push(if ay <= by { [ax, ay, bx, by] } else { [bx, by, ax, ay] });
}

fn bounds(edges: &[[f64; 4]]) -> Option<([f64; 2], [f64; 2])> {
    let corners = |edge: &[f64; 4]| ([edge[0].min(edge[2]), edge[1]], [edge[0].max(edge[2]), edge[3]]);
    edges.iter().map(corners).reduce(|(low, high), (a, b)| {
        ([low[0].min(a[0]), low[1].min(a[1])], [high[0].max(b[0]), high[1].max(b[1])])
    })
}

impl Area {
    fn new(id: PlaceId, edges: Vec<[f64; 4]>, south: f64, north: f64) -> Area {
        let height = north - south;
        // edges that span many bands stand in each of them: long edges make few bands
        let spans: f64 = edges.iter().map(|edge| (edge[3] - edge[1]) / height).sum();
        let by_length = (edges.len() as f64 * 3.0 / spans.max(1.0)) as usize;
        let count = (edges.len() / PER_BAND).min(by_length).clamp(1, 1 << 16);
        let per_degree = count as f64 / height;
        let band = |lat: f64| (((lat - south) * per_degree) as usize).min(count - 1);
        let mut starts = vec![0_u32; count + 1];
        for edge in &edges {
            (band(edge[1])..=band(edge[3])).for_each(|k| starts[k + 1] += 1);
        }
        for k in 0..count {
            starts[k + 1] += starts[k];
        }
        let mut next = starts.clone();
        let mut sorted = vec![[0.0; 4]; starts[count] as usize];
        for edge in &edges {
            for k in band(edge[1])..=band(edge[3]) {
                sorted[next[k] as usize] = *edge;
                next[k] += 1;
            }
        }
        Area { id, south, per_degree, starts, edges: sorted }
    }

    fn contains(&self, [x, y]: [f64; 2]) -> bool {
        let last = self.starts.len() - 2;
        let band = (((y - self.south) * self.per_degree) as usize).min(last);
        let edges = &self.edges[self.starts[band] as usize..self.starts[band + 1] as usize];
        let crossed = edges
            .iter()
            .filter(|[ax, ay, bx, by]| *ay <= y && y < *by && *ax + (y - ay) / (by - ay) * (bx - ax) <= x);
        crossed.count() % 2 == 1
    }
}
