//! The room against PROJ, against the sphere, and against itself.

mod against_proj;
mod decisions;
mod invariants;
mod outlines;

use kurbo::{PathEl, Point, Rect, Vec2};
use smallvec::smallvec;

use super::{Fit, ProjectionOptions, Projector};
use crate::geometry::{ArcRef, LonLat, Path, Polygon, Ring, Topology};

/// A projection by name, centre and roll.
fn projector(name: &str, lon: f64, lat: f64, roll: f64) -> Projector {
    let center = LonLat::new(lon, lat);
    Projector::new(&ProjectionOptions { name: name.into(), center, roll, ..ProjectionOptions::default() })
        .unwrap()
}

/// 400 px to the radius, the origin in the middle of a frame that holds everything.
fn large() -> (Fit, Rect) {
    (Fit { scale: 400.0, offset: Vec2::ZERO }, Rect::new(-4e3, -4e3, 4e3, 4e3))
}

/// Rings as polygons' arcs, one arc a ring. Rings are given without their closing repetition.
#[derive(Default)]
struct World {
    topology: Topology,
}

impl World {
    fn arc(&mut self, vertices: &[LonLat]) -> u32 {
        let start = self.topology.vertices.len() as u32;
        self.topology.vertices.extend(vertices);
        self.topology.arcs.push(start..self.topology.vertices.len() as u32);
        self.topology.arcs.len() as u32 - 1
    }

    fn ring(&mut self, vertices: &[LonLat]) -> Ring {
        let mut closed = vertices.to_vec();
        closed.push(vertices[0]);
        Ring(smallvec![ArcRef { arc: self.arc(&closed), reversed: false }])
    }

    fn polygon(&mut self, rings: &[Vec<LonLat>]) -> Polygon {
        Polygon(rings.iter().map(|r| self.ring(r)).collect())
    }
}

/// The rim of a cap, its inside to the left; radius in degrees.
fn cap(lon: f64, lat: f64, radius: f64) -> Vec<LonLat> {
    let rotation = super::rotate::Rotation::new(LonLat::new(lon, lat), 0.0);
    let (sin, cos) = libm::sincos(radius.to_radians());
    let at = |k: i32| {
        let (s, c) = libm::sincos(f64::from(k).to_radians());
        rotation.undo_unit([cos, sin * c, sin * s])
    };
    (0..360).map(at).collect()
}

/// The same with its inside to the right: everything but the cap.
fn all_but(lon: f64, lat: f64, radius: f64) -> Vec<LonLat> {
    cap(lon, lat, radius).into_iter().rev().collect()
}

/// Vertices of a closed ring from lon, lat pairs.
fn ring(pairs: &[(f64, f64)]) -> Vec<LonLat> {
    pairs.iter().map(|&(lon, lat)| LonLat::new(lon, lat)).collect()
}

/// The area of the cap on the sphere.
fn cap_area(radius: f64) -> f64 {
    2.0 * std::f64::consts::PI * (1.0 - libm::cos(radius.to_radians()))
}

/// All points of a path.
fn points(path: &Path) -> impl Iterator<Item = Point> + '_ {
    path.elements().filter_map(|e| match e {
        PathEl::MoveTo(p) | PathEl::LineTo(p) => Some(p),
        _ => None,
    })
}

/// The area of a path in radii², by its winding.
fn area(path: &Path, fit: Fit) -> f64 {
    path.area().abs() / fit.scale / fit.scale
}
