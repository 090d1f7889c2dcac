//! GeoJSON (RFC 7946, and the `crs` member of its predecessor of 2008).

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_json::Value;

use super::{BordersOptions, Crs, Feature, Layer, RawPolygon, RawRing, fault, topojson};
use crate::diagnostic::{Diagnostic, Place, Result};

/// Coordinates at any depth. A position keeps longitude and latitude, and forgets its height.
#[derive(Clone, Debug)]
pub(super) enum Nested {
    Position([f64; 2]),
    List(Vec<Nested>),
}

impl<'de> Deserialize<'de> for Nested {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        Ok(match Item::deserialize(from)? {
            Item::Number(_) => {
                return Err(serde::de::Error::custom("a list of coordinates should stand here"));
            }
            Item::Nested(nested) => nested,
        })
    }
}

/// An item of a list of coordinates.
enum Item {
    Number(f64),
    Nested(Nested),
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        from.deserialize_any(ItemVisitor)
    }
}

struct ItemVisitor;

impl<'de> Visitor<'de> for ItemVisitor {
    type Value = Item;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a list of coordinates")
    }

    fn visit_f64<E>(self, number: f64) -> std::result::Result<Item, E> {
        Ok(Item::Number(number))
    }

    fn visit_i64<E>(self, number: i64) -> std::result::Result<Item, E> {
        Ok(Item::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> std::result::Result<Item, E> {
        Ok(Item::Number(number as f64))
    }

    // "null" in place of a coordinate is no position
    fn visit_unit<E>(self) -> std::result::Result<Item, E> {
        Ok(Item::Number(f64::NAN))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> std::result::Result<Item, A::Error> {
        let mut position = [f64::NAN; 2];
        let (mut numbers, mut list) = (0, Vec::new());
        while let Some(item) = items.next_element()? {
            match item {
                Item::Number(number) => {
                    if let Some(slot) = position.get_mut(numbers) {
                        *slot = number;
                    }
                    numbers += 1;
                }
                Item::Nested(nested) => list.push(nested),
            }
        }
        Ok(Item::Nested(if numbers > 0 { Nested::Position(position) } else { Nested::List(list) }))
    }
}

impl Nested {
    fn items(&self) -> &[Nested] {
        match self {
            Nested::List(items) => items,
            Nested::Position(_) => &[],
        }
    }

    /// A ring; what is no position in it is no coordinate.
    pub(super) fn ring(&self) -> RawRing {
        let at = |one: &Nested| match one {
            Nested::Position(at) => *at,
            Nested::List(_) => [f64::NAN; 2],
        };
        self.items().iter().map(at).collect()
    }

    fn polygon(&self) -> RawPolygon {
        self.items().iter().map(Nested::ring).collect()
    }
}

/// Anything in a GeoJSON file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Node {
    #[serde(rename = "type")]
    kind: String,
    id: Option<Value>,
    properties: Option<BTreeMap<String, Value>>,
    features: Vec<Node>,
    geometry: Option<Box<Node>>,
    geometries: Vec<Node>,
    coordinates: Option<Nested>,
    crs: Option<Value>,
}

/// The word that says what a JSON file holds.
#[derive(Deserialize)]
struct Kind {
    #[serde(rename = "type", default)]
    kind: Option<Value>,
}

/// Reads GeoJSON, or TopoJSON where the file says that it is.
pub(super) fn read(text: &[u8], options: &BordersOptions) -> Result<Layer> {
    let kind: Kind = serde_json::from_slice(text).map_err(|error| refused(options, &error))?;
    let word = kind.kind.as_ref().and_then(Value::as_str).unwrap_or_default();
    match word {
        "Topology" => topojson::read(text, options),
        "FeatureCollection" | "Feature" | "Polygon" | "MultiPolygon" | "GeometryCollection" => {
            let node: Node = serde_json::from_slice(text).map_err(|error| refused(options, &error))?;
            Ok(layer(node))
        }
        _ => {
            let one = fault(options, "the file is JSON, but neither GeoJSON nor TopoJSON");
            Err(Box::new(one.hint("GeoJSON says `\"type\": \"FeatureCollection\"` at its top")))
        }
    }
}

/// Why serde could not read the file, with the line.
pub(super) fn refused(options: &BordersOptions, error: &serde_json::Error) -> Box<Diagnostic> {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default();
    let mut place = Place::line(options.file.clone(), error.line());
    place.column = error.column();
    let one = Diagnostic::error(format!("the file cannot be read: {what}")).at(place);
    Box::new(if error.is_eof() { one.hint("it ends in its middle; copy it again, whole") } else { one })
}

fn layer(top: Node) -> Layer {
    let crs = top.crs.as_ref().map_or(Crs::Unsaid, crs_member);
    let nodes = if top.kind == "FeatureCollection" { top.features } else { vec![top] };
    Layer { features: nodes.into_iter().map(feature).collect(), crs }
}

fn feature(node: Node) -> Feature {
    let mut feature = Feature {
        id: node.id.as_ref().map(words),
        properties: node
            .properties
            .iter()
            .flatten()
            .map(|(key, value)| (key.clone(), words(value)))
            .collect(),
        ..Feature::default()
    };
    match (&*node.kind, &node.geometry) {
        ("Feature", Some(geometry)) => add(&mut feature, geometry),
        ("Feature", None) => {}
        _ => add(&mut feature, &node),
    }
    feature
}

fn add(feature: &mut Feature, geometry: &Node) {
    let coordinates = geometry.coordinates.as_ref();
    match &*geometry.kind {
        "Polygon" => feature.polygons.extend(coordinates.map(Nested::polygon)),
        "MultiPolygon" => {
            let items = coordinates.map(Nested::items).unwrap_or_default();
            feature.polygons.extend(items.iter().map(Nested::polygon));
        }
        "GeometryCollection" => geometry.geometries.iter().for_each(|one| add(feature, one)),
        "" => {}
        _ => feature.no_area = true,
    }
}

/// A property as text; lists and objects are none.
pub(super) fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => String::new(),
    }
}

/// `{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}`.
fn crs_member(member: &Value) -> Crs {
    match member.pointer("/properties/name").and_then(Value::as_str) {
        Some(name) => super::crs::named(name),
        None if member.is_null() => Crs::Unsaid,
        None => Crs::Other(member.to_string()),
    }
}
