//! Reads GeoJSON into rings of whole ten-thousandths of a degree.

use crate::grid::{Ring, UNIT, Vertex};
use geojson::{FeatureCollection, GeometryValue, Position};
use serde_json::Value;
use std::collections::BTreeMap;
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

/// One object of a TopoJSON: its features.
pub struct Object {
    pub features: Vec<Feature>,
}

/// All objects of a TopoJSON whose arcs are in whole ten-thousandths of a degree, by name.
pub fn read_topology(path: &Path) -> BTreeMap<String, Object> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let content: Value =
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{} is not TopoJSON: {e}", path.display()));
    let arcs: Vec<Vec<Vertex>> = list(&content["arcs"]).iter().map(decoded).collect();
    let objects = content["objects"].as_object().expect("a TopoJSON has objects");
    let features = |object: &Value| Object {
        features: list(&object["geometries"]).iter().map(|geometry| arc_feature(geometry, &arcs)).collect(),
    };
    objects.iter().map(|(name, object)| (name.clone(), features(object))).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).expect("a list")
}

fn whole(value: &Value) -> i32 {
    value.as_i64().and_then(|number| i32::try_from(number).ok()).expect("a whole number")
}

/// An arc's vertices, each of which is written as the step from the one before.
fn decoded(arc: &Value) -> Vec<Vertex> {
    let (mut x, mut y) = (0, 0);
    let mut vertex = |step: &Value| {
        (x, y) = (x + whole(&step[0]), y + whole(&step[1]));
        (x, y)
    };
    list(arc).iter().map(&mut vertex).collect()
}

fn arc_feature(geometry: &Value, arcs: &[Vec<Vertex>]) -> Feature {
    let line = |references: &Value| {
        let mut out: Vec<Vertex> = Vec::new();
        for reference in list(references).iter().map(whole) {
            let arc = &arcs[if reference < 0 { !reference } else { reference } as usize];
            out.pop();
            if reference < 0 { out.extend(arc.iter().rev()) } else { out.extend(arc) }
        }
        out
    };
    let ring = |references: &Value| line(references)[1..].to_vec();
    let code = geometry["properties"]["code"].as_str().unwrap_or_default().to_owned();
    let mut out = Feature { code, area: String::new(), polygons: Vec::new(), line: Vec::new() };
    if geometry["type"] == "LineString" {
        out.line = line(&geometry["arcs"]);
    } else {
        out.polygons = list(&geometry["arcs"]).iter().map(|p| list(p).iter().map(ring).collect()).collect();
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
