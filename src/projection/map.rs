//! The pipeline itself: strands → rings on the sphere's map → the frame → paths.

use std::sync::OnceLock;

use kurbo::Rect;
use rayon::prelude::*;

use super::clip::Globe;
use super::cull::Worth;
use super::edge::Edge;
use super::inside::{Home, inside};
use super::rectangle::{Frame, Scratch};
use super::rejoin::{Witness, rejoin};
use super::resample::{Page, TOLERANCE};
use super::rings::{Pieces, Rings};
use super::strands::{Strand, Strands};
use super::{Fit, ProjectedMap};
use crate::geometry::{ArcRef, LonLat, Path, Polygon, Ring, Topology};

/// A globe, laid onto a page with a frame.
pub(super) struct Sheet<'a, G: Globe> {
    globe: &'a G,
    page: Page,
    /// `None` when the frame shows nothing.
    frame: Option<Frame>,
    edge: OnceLock<Edge>,
}

/// A polygon that encloses less than this, px², with its interior on the wrong side, is taken for
/// an island that thinning turned inside out, and not for everything but a speck.
const SPECK: f64 = 16.0;

/// So many shapes or lines are worth handing to another thread.
const AT_ONCE: usize = 8;

/// What is left of an empty map of `count` items.
fn blank(count: usize) -> Vec<Path> {
    vec![Path::new(); count]
}

impl<'a, G: Globe> Sheet<'a, G> {
    pub fn new(globe: &'a G, fit: Fit, frame: Rect) -> Self {
        let affine = fit.affine() * globe.plane();
        let shown = match globe.bounds() {
            Some(bounds) => frame.intersect(fit.affine().transform_rect_bbox(bounds)),
            None => frame,
        };
        let sound = frame.is_finite() && affine.is_finite() && fit.scale > 0.0;
        let frame = Frame::new(shown).filter(|_| sound);
        let page = Page { affine, scale: fit.scale };
        Sheet { globe, page, frame, edge: OnceLock::new() }
    }

    fn edge(&self) -> &Edge {
        self.edge.get_or_init(|| {
            Edge::of_globe(
                self.globe,
                self.page.affine,
                self.frame.as_ref().map(Frame::rect),
                TOLERANCE / 4.0,
            )
        })
    }

    pub fn project(&self, topology: &Topology, shapes: &[&[Polygon]]) -> ProjectedMap {
        let Some(frame) = &self.frame else {
            return ProjectedMap { areas: blank(shapes.len()), lines: blank(topology.arcs.len()) };
        };
        let worth = Worth::new(self.globe, self.page.affine, frame.rect(), topology, shapes);
        let strands = Strands::of_topology(self.globe, &self.page, topology, &worth);
        let lines = (0..topology.arcs.len()).into_par_iter().with_min_len(AT_ONCE);
        let (areas, lines) = rayon::join(
            || self.areas(frame, &strands, topology, shapes),
            || lines.map(|arc| line(frame, &strands, arc)).collect(),
        );
        ProjectedMap { areas, lines }
    }

    /// Only the areas; arcs that no shape uses are left out.
    pub fn areas_of(&self, topology: &Topology, shapes: &[&[Polygon]]) -> Vec<Path> {
        let Some(frame) = &self.frame else { return blank(shapes.len()) };
        let mut used = vec![false; topology.arcs.len()];
        for arc in shapes.iter().copied().flatten().flat_map(|p| &p.0).flat_map(|r| &r.0) {
            if let Some(flag) = used.get_mut(arc.arc as usize) {
                *flag = true;
            }
        }
        let strands = Strands::of_topology(self.globe, &self.page, topology, &Worth::whole(used));
        self.areas(frame, &strands, topology, shapes)
    }

    fn areas(
        &self,
        frame: &Frame,
        strands: &Strands,
        topology: &Topology,
        shapes: &[&[Polygon]],
    ) -> Vec<Path> {
        let shape = |(scratch, outline): &mut (Scratch, Outline), polygons: &&[Polygon]| {
            let mut path = Path::with_capacity(length(strands, polygons));
            for polygon in polygons.iter().filter(|p| strands.hold(p)) {
                if untouched(frame, strands, polygon, self.ample()) {
                    draw_rings(strands, polygon, &mut path);
                    continue;
                }
                self.trace(strands, topology, polygon, outline);
                frame.area(&outline.rings, scratch, &mut path);
            }
            path
        };
        shapes.par_iter().with_min_len(AT_ONCE).map_init(Default::default, shape).collect()
    }

    /// The outline of a polygon on the map of the whole globe.
    fn trace(&self, strands: &Strands, topology: &Topology, polygon: &Polygon, outline: &mut Outline) {
        outline.clear();
        for ring in &polygon.0 {
            outline.ring(strands, ring);
        }
        let native = Native { sheet: self, topology, polygon };
        let Outline { rings, pieces } = outline;
        if !pieces.list.is_empty() {
            return rejoin(pieces, self.edge(), rings, &native);
        }
        let area = if rings.is_empty() { area_behind(strands, polygon) } else { rings.area() };
        if native.encloses(area, 1.0) {
            self.edge().ring(rings);
        } else if area > self.ample() && area > self.edge().area() / 2.0 && native.refutes(rings) {
            self.edge().hole(rings);
        }
    }

    /// More than any country but the largest, px²: a radius squared. What is larger is looked at
    /// twice.
    fn ample(&self) -> f64 {
        self.page.scale * self.page.scale
    }

    /// The outline of the whole map.
    pub fn sphere(&self) -> Path {
        let mut path = Path::new();
        if let Some(frame) = &self.frame {
            let mut rings = Rings::default();
            self.edge().ring(&mut rings);
            frame.area(&rings, &mut Scratch::default(), &mut path);
        }
        path
    }

    /// Open lines along great circles.
    pub fn lines<'b>(&self, lines: impl Iterator<Item = &'b [LonLat]>) -> Path {
        let mut path = Path::new();
        if let Some(frame) = &self.frame {
            for positions in lines {
                let strands = Strands::of_line(self.globe, &self.page, positions);
                draw_line(frame, &strands, 0, &mut path);
            }
        }
        path
    }
}

/// The polygon on the globe itself, where nothing is stretched.
struct Native<'a, G: Globe> {
    sheet: &'a Sheet<'a, G>,
    topology: &'a Topology,
    polygon: &'a Polygon,
}

impl<G: Globe> Native<'_, G> {
    /// Whether a site on the clip edge, which the polygon does not cross, is inside it. `area` is
    /// that of its rings on the page: only where it comes out negative this may be so, or else it
    /// is a sliver of less than the accuracy of its outline, and the globe itself is asked.
    fn encloses(&self, area: f64, site: f64) -> bool {
        let globe = self.sheet.globe;
        let place = || globe.undo(globe.at_site(site));
        area < -SPECK
            && inside(self.topology, self.polygon, place())
            && !self.home().is_some_and(|home| home.is_far_from(place()))
    }

    fn home(&self) -> Option<Home> {
        let scale = self.sheet.page.scale;
        Home::of(self.topology, self.polygon, SPECK / (scale * scale))
    }
}

impl<G: Globe> Witness for Native<'_, G> {
    fn refutes(&self, outlines: &Rings) -> bool {
        let Sheet { globe, page, .. } = self.sheet;
        let seen = |home: &Home| home.far_places().map(|p| globe.turn(p)).find(|&s| globe.visible(s));
        let far = self.home().and_then(|home| seen(&home));
        far.is_some_and(|spot| outlines.contain(page.place(*globe, spot)))
    }

    fn holds(&self, outlines: &Rings, site: f64) -> bool {
        self.encloses(outlines.area(), site)
    }
}

fn line(frame: &Frame, strands: &Strands, arc: usize) -> Path {
    let mut path = Path::new();
    draw_line(frame, strands, arc, &mut path);
    path
}

fn draw_line(frame: &Frame, strands: &Strands, arc: usize, path: &mut Path) {
    for strand in strands.of(arc).iter().filter(|s| s.drawable()) {
        let points = strands.points(arc, strand);
        if frame.holds(strand.bounds) {
            path.polyline(points.iter().copied());
        } else if !frame.misses(strand.bounds) {
            frame.line(points, path);
        }
    }
}

/// Whether a polygon lies inside the frame and meets no clip edge, as most do: then its strands
/// are its outline as they are.
fn untouched(frame: &Frame, strands: &Strands, polygon: &Polygon, ample: f64) -> bool {
    let mut area = 0.0;
    for arc in polygon.0.iter().flat_map(|r| &r.0) {
        match strands.of(arc.arc as usize) {
            [strand] if strand.whole() && frame.holds(strand.bounds) => {
                area += if arc.reversed { -strand.area } else { strand.area };
            }
            _ => return false,
        }
    }
    // With its interior on the outside it holds the clip edge.
    (-SPECK..=ample).contains(&area)
}

/// The path elements that the shape has without clipping.
fn length(strands: &Strands, polygons: &[Polygon]) -> usize {
    let arcs = polygons.iter().flat_map(|p| &p.0).flat_map(|r| &r.0);
    let own = |r: &ArcRef| strands.of(r.arc as usize).iter().map(Strand::len).sum::<usize>();
    arcs.map(own).sum::<usize>() + polygons.iter().map(|p| p.0.len()).sum::<usize>()
}

/// The rings of a polygon that lies inside the frame.
fn draw_rings(strands: &Strands, polygon: &Polygon, path: &mut Path) {
    for ring in &polygon.0 {
        let of = |r: &ArcRef| {
            let (arc, reversed) = (r.arc as usize, r.reversed);
            strands.of(arc).iter().map(move |strand| (reversed, strands.points(arc, strand)))
        };
        path.closed(3, |to| {
            for (reversed, points) in ring.0.iter().flat_map(of) {
                // The last point is the next arc's first.
                match points {
                    [_, rest @ ..] if reversed => to.extend(rest.iter().rev()),
                    [rest @ .., _] => to.extend_from_slice(rest),
                    [] => {}
                }
            }
        });
    }
}

/// The outline of one polygon on the map of the whole globe, before the frame.
#[derive(Default)]
struct Outline {
    rings: Rings,
    pieces: Pieces,
}

impl Outline {
    fn clear(&mut self) {
        self.rings.clear();
        self.pieces.clear();
    }

    fn ring(&mut self, strands: &Strands, ring: &Ring) {
        let arcs = || ring.0.iter().map(|r| (r, strands.of(r.arc as usize)));
        if arcs().all(|(_, of)| matches!(of, [strand] if strand.whole())) {
            for (arc, of) in arcs() {
                // The last point is the next arc's first.
                let count = of[0].len() - 1;
                self.rings.extend(points(strands, arc, &of[0]).take(count));
            }
            return self.rings.close();
        }
        for (arc, of) in arcs() {
            for k in 0..of.len() {
                let strand = &of[if arc.reversed { of.len() - 1 - k } else { k }];
                let (enters, leaves) = if arc.reversed {
                    (strand.leaves, strand.enters)
                } else {
                    (strand.enters, strand.leaves)
                };
                self.pieces.add(points(strands, arc, strand), enters, leaves);
            }
        }
        self.pieces.end_ring(&mut self.rings);
    }
}

/// The area behind the horizon of a polygon that is hidden as a whole, px²: negative when the
/// horizon is inside.
fn area_behind(strands: &Strands, polygon: &Polygon) -> f64 {
    let share = |r: &ArcRef| {
        let area = strands.area_behind(r.arc as usize);
        if r.reversed { -area } else { area }
    };
    polygon.0.iter().flat_map(|r| &r.0).map(share).sum()
}

/// The points of a strand in the direction of its use.
fn points<'s>(
    strands: &'s Strands,
    arc: &ArcRef,
    strand: &Strand,
) -> impl Iterator<Item = kurbo::Point> + use<'s> {
    let (points, reversed) = (strands.points(arc.arc as usize, strand), arc.reversed);
    let count = points.len();
    (0..count).map(move |k| points[if reversed { count - 1 - k } else { k }])
}
