//! TopoJSON (Bostock & Metcalf, specification 1.0): arcs that geometries share, as steps of whole numbers.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::geojson::{Nested, refused, words};
use super::{BordersOptions, Crs, Feature, Layer, RawPolygon, RawRing, broken, chosen};
use crate::diagnostic::Result;

#[derive(Deserialize)]
struct File {
    objects: BTreeMap<String, Geometry>,
    #[serde(default)]
    arcs: Vec<Nested>,
    #[serde(default)]
    transform: Option<Transform>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Geometry {
    #[serde(rename = "type")]
    kind: Option<String>,
    id: Option<Value>,
    properties: Option<BTreeMap<String, Value>>,
    arcs: Option<Uses>,
    geometries: Vec<Geometry>,
}

/// Indices of arcs, at the depth that a geometry has.
#[derive(Deserialize)]
#[serde(untagged)]
enum Uses {
    Arc(i64),
    List(Vec<Uses>),
}

impl Uses {
    fn items(&self) -> &[Uses] {
        match self {
            Uses::List(items) => items,
            Uses::Arc(_) => &[],
        }
    }
}

pub(super) fn read(text: &[u8], options: &BordersOptions) -> Result<Layer> {
    let file: File = serde_json::from_slice(text).map_err(|error| refused(options, &error))?;
    let names: Vec<&str> = file.objects.keys().map(String::as_str).collect();
    let name = chosen(options, &names)?;
    let arcs: Vec<RawRing> = file.arcs.iter().map(|arc| positions(arc, file.transform.as_ref())).collect();
    let mut features = Vec::new();
    let room = super::MOST_VERTICES;
    if let Some(object) = file.objects.get(name) {
        let mut reader = Reader { arcs: &arcs, left: room };
        reader.features(object, &mut features).map_err(|what| broken(options, "TopoJSON", what))?;
    }
    Ok(Layer { features, crs: Crs::Unsaid })
}

/// The vertices of an arc: sums of steps where the file is quantised.
fn positions(arc: &Nested, transform: Option<&Transform>) -> RawRing {
    let mut ring = arc.ring();
    let Some(Transform { scale, translate }) = transform else { return ring };
    let (mut x, mut y) = (0.0, 0.0);
    for at in &mut ring {
        (x, y) = (x + at[0], y + at[1]);
        *at = [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    }
    ring
}

struct Reader<'a> {
    arcs: &'a [RawRing],
    /// Vertices that may still be copied: a short file can use a long arc many times.
    left: usize,
}

impl Reader<'_> {
    fn features(&mut self, object: &Geometry, out: &mut Vec<Feature>) -> std::result::Result<(), String> {
        if object.kind.as_deref() != Some("GeometryCollection") {
            out.push(self.feature(object)?);
            return Ok(());
        }
        object.geometries.iter().try_for_each(|one| self.features(one, out))
    }

    fn feature(&mut self, geometry: &Geometry) -> std::result::Result<Feature, String> {
        let properties = geometry.properties.iter().flatten();
        let mut feature = Feature {
            id: geometry.id.as_ref().map(words),
            properties: properties.map(|(key, value)| (key.clone(), words(value))).collect(),
            ..Feature::default()
        };
        let uses = geometry.arcs.as_ref();
        match geometry.kind.as_deref() {
            Some("Polygon") => {
                feature.polygons.extend(uses.map(|uses| self.polygon(uses)).transpose()?);
            }
            Some("MultiPolygon") => {
                for polygon in uses.map(Uses::items).unwrap_or_default() {
                    feature.polygons.push(self.polygon(polygon)?);
                }
            }
            None => {}
            Some(_) => feature.no_area = true,
        }
        Ok(feature)
    }

    fn polygon(&mut self, uses: &Uses) -> std::result::Result<RawPolygon, String> {
        uses.items().iter().map(|ring| self.ring(ring)).collect()
    }

    fn ring(&mut self, uses: &Uses) -> std::result::Result<RawRing, String> {
        let mut ring = RawRing::new();
        for one in uses.items() {
            let Uses::Arc(index) = one else { return Err("a ring is no list of arcs".to_owned()) };
            let (at, reversed) = if *index < 0 { (!*index, true) } else { (*index, false) };
            let arc = usize::try_from(at).ok().and_then(|at| self.arcs.get(at));
            let arc = arc.ok_or_else(|| format!("it uses arc {index}, and has {} arcs", self.arcs.len()))?;
            self.left =
                self.left.checked_sub(arc.len()).ok_or("its arcs are used more often than can be drawn")?;
            // the end of one arc is the beginning of the next
            ring.pop();
            if reversed { ring.extend(arc.iter().rev()) } else { ring.extend(arc) }
        }
        Ok(ring)
    }
}
