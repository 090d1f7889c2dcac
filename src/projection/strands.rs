//! Arcs on the page: projected, cut at the clip edge and resampled, each once.
//!
//! A *strand* is a visible stretch of an arc. Areas and lines are put together from strands, so
//! that a border has the same coordinates, bit for bit, in both neighbours and in its line.

use std::ops::Range;

use kurbo::{Point, Rect};
use rayon::prelude::*;

use super::clip::{End, Globe, Passage};
use super::cull::Worth;
use super::resample::{Page, resample};
use super::rings::bounds;
use crate::geometry::{ArcRef, LonLat, Polygon, Topology};

/// A visible stretch of an arc.
pub(super) struct Strand {
    /// In the points of its sheaf.
    points: Range<usize>,
    /// The site on the clip edge where it begins, unless at the arc's own first vertex.
    pub enters: Option<f64>,
    /// The site where it ends, unless at the arc's own last vertex.
    pub leaves: Option<f64>,
    /// The smallest rectangle that holds it.
    pub bounds: Rect,
    /// Its share of the area of a ring, px²: positive to the left of the direction of travel.
    pub area: f64,
}

impl Strand {
    /// How many points it has.
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// Whether it meets the clip edge nowhere.
    pub fn whole(&self) -> bool {
        self.enters.is_none() && self.leaves.is_none()
    }

    /// Whether it is worth a line. Where an arc touches the clip edge, what comes out on the other
    /// side of the map is a point, and a pen with a round tip would leave a dot there.
    pub fn drawable(&self) -> bool {
        const DOT: f64 = 0.01;
        let large = self.bounds.width() > DOT || self.bounds.height() > DOT;
        self.points.len() > 1 && (self.whole() || large)
    }
}

/// So many arcs are projected by one thread.
const ARCS: usize = 48;

/// The strands of many arcs.
#[derive(Default)]
pub(super) struct Strands {
    /// Those of [`ARCS`] arcs each.
    sheaves: Vec<Sheaf>,
}

/// The strands of some arcs.
#[derive(Default)]
struct Sheaf {
    points: Vec<Point>,
    list: Vec<Strand>,
    of_arc: Vec<Range<usize>>,
    /// For arcs that are hidden as a whole, their share of the area behind the horizon, px²:
    /// positive for rings that keep the clip edge outside.
    behind: Vec<f64>,
    /// Arcs that were not wanted.
    left_out: Vec<bool>,
}

impl Sheaf {
    fn of_arcs<G: Globe>(
        globe: &G,
        page: &Page,
        topology: &Topology,
        worth: &Worth,
        arcs: Range<usize>,
    ) -> Self {
        let mut sheaf = Sheaf::default();
        let wanted = || arcs.clone().map(|arc| worth.wants(arc));
        let ranges = &topology.arcs[arcs.clone()];
        let count: usize =
            ranges.iter().zip(wanted()).filter(|(_, wanted)| *wanted).map(|(r, _)| r.len()).sum();
        sheaf.points.reserve(count + count / 8);
        let mut tracer = Tracer::new(globe, page, &mut sheaf);
        for (i, range) in arcs.clone().zip(ranges) {
            let vertices = topology.vertices.get(range.start as usize..range.end as usize);
            let vertices = vertices.filter(|_| worth.wants(i)).unwrap_or_default();
            tracer.arc(vertices.first(), worth.stretches(i, vertices));
        }
        sheaf.left_out = wanted().map(|wanted| !wanted).collect();
        sheaf
    }
}

impl Strands {
    /// The arcs of `topology` that are worth it; the others have no strands.
    pub fn of_topology<G: Globe>(globe: &G, page: &Page, topology: &Topology, worth: &Worth) -> Self {
        let count = topology.arcs.len();
        let sheaf =
            |start: usize| Sheaf::of_arcs(globe, page, topology, worth, start..(start + ARCS).min(count));
        Strands { sheaves: (0..count).into_par_iter().step_by(ARCS).map(sheaf).collect() }
    }

    /// A single line.
    pub fn of_line<G: Globe>(globe: &G, page: &Page, positions: &[LonLat]) -> Self {
        let mut sheaf = Sheaf::default();
        Tracer::new(globe, page, &mut sheaf).arc(positions.first(), std::iter::once((positions, false)));
        Strands { sheaves: vec![sheaf] }
    }

    /// The strands of one arc, in its own direction; none for an arc that does not exist.
    pub fn of(&self, arc: usize) -> &[Strand] {
        self.found(arc, |sheaf, k| sheaf.list.get(sheaf.of_arc.get(k)?.clone())).unwrap_or_default()
    }

    /// The points of a strand of `arc`.
    pub fn points(&self, arc: usize, strand: &Strand) -> &[Point] {
        self.found(arc, |sheaf, _| sheaf.points.get(strand.points.clone())).unwrap_or_default()
    }

    /// Whether all arcs of `polygon` were wanted.
    pub fn hold(&self, polygon: &Polygon) -> bool {
        let left_out = |r: &ArcRef| {
            self.found(r.arc as usize, |sheaf, k| sheaf.left_out.get(k)).copied().unwrap_or(false)
        };
        !polygon.0.iter().flat_map(|r| &r.0).any(left_out)
    }

    /// See `behind`.
    pub fn area_behind(&self, arc: usize) -> f64 {
        self.found(arc, |sheaf, k| sheaf.behind.get(k)).copied().unwrap_or(0.0)
    }

    /// What the sheaf of `arc` has of it, by the arc's number in the sheaf.
    fn found<'s, T: ?Sized>(
        &'s self,
        arc: usize,
        of: impl FnOnce(&'s Sheaf, usize) -> Option<&'s T>,
    ) -> Option<&'s T> {
        of(self.sheaves.get(arc / ARCS)?, arc % ARCS)
    }
}

/// Follows arcs and writes their strands.
struct Tracer<'a, G: Globe> {
    globe: &'a G,
    page: &'a Page,
    out: &'a mut Sheaf,
    /// Where the strand that is being written begins, and how.
    from: usize,
    enters: Option<f64>,
    /// The vertices of a stretch on the turned globe, and on the formula's plane.
    stretch: (Vec<G::Spot>, Vec<Point>),
}

impl<'a, G: Globe> Tracer<'a, G> {
    fn new(globe: &'a G, page: &'a Page, out: &'a mut Sheaf) -> Self {
        Tracer { globe, page, out, from: 0, enters: None, stretch: Default::default() }
    }

    /// One arc: its first vertex, and its stretches, each from the last vertex of the one before; those that are
    /// far from the frame may be one edge.
    fn arc<'v>(&mut self, first: Option<&LonLat>, stretches: impl Iterator<Item = (&'v [LonLat], bool)>) {
        let start = self.out.list.len();
        let mut behind = 0.0;
        if let Some(&first) = first {
            behind = self.follow(self.globe.turn(first), stretches);
        }
        self.out.of_arc.push(start..self.out.list.len());
        self.out.behind.push(if self.out.list.len() > start { 0.0 } else { behind });
    }

    /// Writes the arc's strands, and gives its share of the area behind.
    fn follow<'v>(&mut self, start: G::Spot, stretches: impl Iterator<Item = (&'v [LonLat], bool)>) -> f64 {
        let globe = self.globe;
        let mut doubled = 0.0;
        let mut a = (start, Point::ZERO);
        if globe.visible(start) {
            a.1 = self.begin(start, None);
        }
        for (vertices, far) in stretches {
            let last = vertices.last().filter(|_| far).map(|&v| globe.turn(v));
            // What crosses the clip edge is followed closely: its sites must keep their order.
            let last = last.filter(|&b| matches!(globe.passage(a.0, b), Passage::Within | Passage::Outside));
            match last {
                Some(b) => a = self.step(a, (b, self.page.place(globe, b)), &mut doubled),
                None => {
                    let (mut spots, mut points) = std::mem::take(&mut self.stretch);
                    globe.turn_all(vertices.get(1..).unwrap_or_default(), &mut spots);
                    globe.project_all(&spots, &mut points);
                    for (spot, point) in spots.drain(..).zip(points.drain(..)) {
                        a = self.step(a, (spot, self.page.affine * point), &mut doubled);
                    }
                    self.stretch = (spots, points);
                }
            }
        }
        if globe.visible(a.0) {
            self.end(None);
        }
        // Seen through the globe, left and right are exchanged.
        -doubled / 2.0 * self.page.scale * self.page.scale
    }

    /// One edge; adds to twice its share of the area behind. Of `b` the point counts only where it is visible.
    #[inline]
    fn step(&mut self, a: (G::Spot, Point), b: (G::Spot, Point), doubled: &mut f64) -> (G::Spot, Point) {
        let globe = self.globe;
        match globe.passage(a.0, b.0) {
            Passage::Within => self.run(a, b),
            Passage::Outside => {
                let ((x, y), (u, v)) = (globe.behind(a.0), globe.behind(b.0));
                *doubled += x * v - u * y;
                b
            }
            Passage::Leaves(end) => {
                self.leave(a, end);
                b
            }
            Passage::Enters(end) => self.enter(end, b),
            Passage::Cut { leaves, enters } => {
                self.leave(a, leaves);
                self.enter(enters, b)
            }
            Passage::Glimpse { enters, leaves } => {
                let point = self.begin(enters.spot, Some(enters.site));
                self.leave((enters.spot, point), leaves);
                b
            }
        }
    }

    /// Begins a strand.
    fn begin(&mut self, spot: G::Spot, enters: Option<f64>) -> Point {
        self.from = self.out.points.len();
        self.enters = enters;
        let point = self.page.place(self.globe, spot);
        self.out.points.push(point);
        point
    }

    /// Goes on from `a` to `b`.
    #[inline]
    fn run(&mut self, a: (G::Spot, Point), b: (G::Spot, Point)) -> (G::Spot, Point) {
        if !self.page.straight(self.globe, a, b) {
            resample(self.globe, self.page, a, b, &mut self.out.points);
        }
        self.out.points.push(b.1);
        b
    }

    fn enter(&mut self, end: End<G::Spot>, b: (G::Spot, Point)) -> (G::Spot, Point) {
        let point = self.begin(end.spot, Some(end.site));
        self.run((end.spot, point), b)
    }

    fn leave(&mut self, a: (G::Spot, Point), end: End<G::Spot>) {
        self.run(a, (end.spot, self.page.place(self.globe, end.spot)));
        self.end(Some(end.site));
    }

    /// Ends the strand.
    fn end(&mut self, leaves: Option<f64>) {
        let points = self.from..self.out.points.len();
        let own = &self.out.points[points.clone()];
        let (bounds, area) = (bounds(own), area(own));
        self.out.list.push(Strand { points, enters: self.enters, leaves, bounds, area });
    }
}

/// A line's share of the area of a ring, px²: positive to the left of the direction of travel.
fn area(points: &[Point]) -> f64 {
    let doubled: f64 = points.windows(2).map(|w| w[1].to_vec2().cross(w[0].to_vec2())).sum();
    doubled / 2.0
}
