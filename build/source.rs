//! Reads GeoJSON into rings of whole ten-thousandths of a degree.

use crate::grid::{Ring, UNIT, Vertex};
use geojson::{FeatureCollection, GeometryValue, Position};
use std::{fs, path::Path};

/// One feature: the values of its `code` and `area` (or an empty text), and its polygons, its line or its point.
pub struct Feature {
    pub code: String,
    pub area: String,
    pub polygons: Vec<Vec<Ring>>,
    pub line: Vec<Vertex>,
}

/// All features of a file.
pub fn read(path: &Path) -> Vec<Feature> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let collection: FeatureCollection =
        text.parse().unwrap_or_else(|e| panic!("{} is not GeoJSON: {e}", path.display()));
    collection.features.into_iter().map(feature).collect()
}

fn feature(feature: geojson::Feature) -> Feature {
    let text = |name: &str| feature.property(name).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let (code, area) = (text("code"), text("area"));
    let mut out = Feature { code, area, polygons: Vec::new(), line: Vec::new() };
    match feature.geometry.map(|g| g.value) {
        Some(GeometryValue::Polygon { coordinates }) => out.polygons.push(rings(coordinates)),
        Some(GeometryValue::MultiPolygon { coordinates }) => {
            out.polygons.extend(coordinates.into_iter().map(rings));
        }
        Some(GeometryValue::LineString { coordinates }) => {
            out.line = coordinates.iter().map(vertex).collect();
        }
        Some(GeometryValue::Point { coordinates }) => out.line = vec![vertex(&coordinates)],
        _ => panic!("feature {} is neither an area nor a line nor a point", out.code),
    }
    out
}

fn rings(polygon: Vec<Vec<Position>>) -> Vec<Ring> {
    polygon.iter().map(|ring| ring[1..].iter().map(vertex).collect()).collect()
}

fn vertex(position: &Position) -> Vertex {
    let slice = position.as_slice();
    ((slice[0] * UNIT).round() as i32, (slice[1] * UNIT).round() as i32)
}
