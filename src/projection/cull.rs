//! Leaves out what is far from the frame before any of it is projected.
//!
//! The frame, brought back to the globe, lies in a cap; a polygon lies in a box of longitudes and
//! latitudes. Where cap and box are apart, the polygon cannot be seen. A frame that shows the edge
//! of the map, or a polygon that goes around a pole or far around the globe, is not worth the care.

use std::f64::consts::FRAC_PI_2;

use kurbo::{Affine, Point, Rect};

use super::clip::Globe;
use super::rotate::wrap_degrees;
use crate::geometry::{LonLat, Polygon, Topology};

/// A cap that holds all that the frame shows.
struct View {
    center: LonLat,
    /// Radians.
    radius: f64,
}

/// Points along each side of the frame.
const PROBES: u32 = 16;

/// The share of the radius by which the frame may reach out between two probes.
const MARGIN: f64 = 1.1;

impl View {
    /// `None` when the frame shows the edge of the map, or so much that little can be left out.
    fn of<G: Globe>(globe: &G, from_page: Affine, frame: Rect) -> Option<Self> {
        let place = |p: Point| globe.unproject(from_page * p).map(|spot| globe.undo(spot));
        let center = place(frame.center())?;
        let mut radius: f64 = 0.0;
        for k in 0..PROBES {
            let t = f64::from(k) / f64::from(PROBES);
            let (x, y) = (frame.x0 + t * frame.width(), frame.y0 + t * frame.height());
            let (u, v) = (frame.x1 - t * frame.width(), frame.y1 - t * frame.height());
            for (x, y) in [(x, frame.y0), (frame.x1, y), (u, frame.y1), (frame.x0, v)] {
                radius = radius.max(center.distance(place(Point::new(x, y))?));
            }
        }
        (radius * MARGIN < FRAC_PI_2).then_some(View { center, radius: radius * MARGIN })
    }

    /// Whether something in `extent` may be seen.
    fn meets(&self, extent: &Extent) -> bool {
        let LonLat { lon, lat } = self.center;
        let apart_lat = (extent.south - lat).max(lat - extent.north).max(0.0) - extent.bulge();
        let middle = (extent.west + extent.east) / 2.0;
        let apart_lon = wrap_degrees(lon - middle).abs() - (extent.east - extent.west) / 2.0;
        let to_meridian = match apart_lon {
            d if d <= 0.0 => 0.0,
            d if d < 90.0 => libm::asin(libm::cos(lat.to_radians()) * libm::sin(d.to_radians())),
            _ => FRAC_PI_2 - lat.to_radians().abs(),
        };
        apart_lat.to_radians().max(to_meridian) <= self.radius
    }
}

/// A box of longitudes and latitudes, degrees.
#[derive(Clone, Copy)]
struct Extent {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
    /// The widest edge.
    step: f64,
    /// Twice the area to the left, square degrees of the flat map.
    left: f64,
}

impl Extent {
    const EMPTY: Extent = Extent {
        west: f64::INFINITY,
        south: f64::INFINITY,
        east: f64::NEG_INFINITY,
        north: f64::NEG_INFINITY,
        step: 0.0,
        left: 0.0,
    };

    fn of(vertices: &[LonLat]) -> Self {
        let mut all = Extent::EMPTY;
        for v in vertices {
            all.west = all.west.min(v.lon);
            all.east = all.east.max(v.lon);
            all.south = all.south.min(v.lat);
            all.north = all.north.max(v.lat);
        }
        for w in vertices.windows(2) {
            all.step = all.step.max((w[1].lon - w[0].lon).abs());
            all.left += w[0].lon * w[1].lat - w[1].lon * w[0].lat;
        }
        all
    }

    fn add(&mut self, other: &Extent, reversed: bool) {
        self.west = self.west.min(other.west);
        self.east = self.east.max(other.east);
        self.south = self.south.min(other.south);
        self.north = self.north.max(other.north);
        self.step = self.step.max(other.step);
        self.left += if reversed { -other.left } else { other.left };
    }

    /// Whether the box says where its content is: it neither goes far around, nor is the content
    /// everything else.
    fn tells(&self) -> bool {
        self.east - self.west <= 180.0 && self.left >= 0.0
    }

    /// By how many degrees a great circle may reach over the latitudes of its ends: Δλ² / 16 rad.
    fn bulge(&self) -> f64 {
        self.step * self.step.to_radians() / 16.0
    }
}

/// Which arcs are worth projecting: those that may be seen, and all of every polygon that may be.
pub(super) fn worth<G: Globe>(
    globe: &G,
    to_page: Affine,
    frame: Rect,
    topology: &Topology,
    shapes: &[&[Polygon]],
) -> Vec<bool> {
    let Some(view) = View::of(globe, to_page.inverse(), frame) else {
        return vec![true; topology.arcs.len()];
    };
    let vertices = |range: &std::ops::Range<u32>| {
        topology.vertices.get(range.start as usize..range.end as usize).unwrap_or_default()
    };
    let extents: Vec<Extent> = topology.arcs.iter().map(|range| Extent::of(vertices(range))).collect();
    let seen = |extent: &Extent| extent.east - extent.west > 180.0 || view.meets(extent);
    let mut worth: Vec<bool> = extents.iter().map(seen).collect();
    for polygon in shapes.iter().copied().flatten() {
        let arcs = || polygon.0.iter().flat_map(|r| &r.0);
        let mut all = Extent::EMPTY;
        for (r, extent) in arcs().filter_map(|r| extents.get(r.arc as usize).map(|e| (r, e))) {
            all.add(extent, r.reversed);
        }
        if !all.tells() || view.meets(&all) {
            arcs().for_each(|r| {
                if let Some(flag) = worth.get_mut(r.arc as usize) {
                    *flag = true
                }
            });
        }
    }
    worth
}
