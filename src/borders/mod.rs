//! Borders files: GeoJSON, TopoJSON, shapefiles, GeoPackage and FlatGeobuf into sound places.
//!
//! Takes the bytes of a file, gives [`OwnPlace`]s: in degrees of longitude and latitude, with rings that are closed,
//! wound counter-clockwise and do not cross themselves, with an id and a name each. What had to be mended is told,
//! and what cannot be mended is refused. The form of a file is known by its first bytes, not by its name.
//!
//! The readers are our own: a size that a file states is checked before memory is set aside for it.

mod bytes;
mod crs;
mod dbf;
mod flatgeobuf;
mod geojson;
mod geopackage;
mod loops;
mod names;
mod plane;
mod repair;
mod shapefile;
mod sphere;
mod sqlite;
#[cfg(test)]
mod tests;
mod topojson;
mod wkb;

use std::collections::BTreeMap;

use crate::atlas::OwnPlace;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Result, Warned, nearest};

/// How to read a borders file. `None`: found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BordersOptions {
    /// The file.
    pub file: String,
    /// The property that holds ids.
    pub id: Option<String>,
    /// The property that holds names.
    pub name: Option<String>,
    /// The layer, where there are several.
    pub layer: Option<String>,
    /// The coordinate system: `EPSG:27700`, a PROJ string or WKT.
    pub crs: Option<String>,
}

/// A file may hold so many vertices: some hundred times the most detailed borders that a figure can show.
const MOST_VERTICES: usize = 20_000_000;

/// Positions as the file has them.
type RawRing = Vec<[f64; 2]>;

/// Rings of one polygon, exterior first.
type RawPolygon = Vec<RawRing>;

/// A feature as the file has it.
#[derive(Debug, Default)]
struct Feature {
    /// The id that the format itself gives, beside the properties.
    id: Option<String>,
    properties: BTreeMap<String, String>,
    polygons: Vec<RawPolygon>,
    /// It has a geometry that is no area (points, lines).
    no_area: bool,
}

/// A coordinate system as a file names it.
#[derive(Clone, Debug, Default, PartialEq)]
enum Crs {
    /// The file says nothing.
    #[default]
    Unsaid,
    /// Degrees by WGS 84, as the format prescribes.
    Degrees,
    /// A code, in words and number.
    Epsg(u32),
    /// Well-known text.
    Wkt(String),
    /// What is written cannot be read.
    Other(String),
}

/// What a reader gives.
#[derive(Debug, Default)]
struct Layer {
    features: Vec<Feature>,
    crs: Crs,
}

/// Reads `options.file`; `open` gives the bytes of files.
///
/// # Errors
/// The file is of no known form or broken; it has several layers and none is named; its coordinate system is unknown
/// or cannot be read; a named property is missing; a coordinate is no position on the globe.
pub fn read(
    options: &BordersOptions,
    open: &mut dyn FnMut(&str) -> Result<Vec<u8>>,
) -> std::result::Result<Warned<Vec<OwnPlace>>, Diagnostics> {
    let bytes = open(&options.file)?;
    let mut layer = layer(options, &bytes, open)?;
    drop(bytes);
    let vertices: usize = layer.features.iter().flat_map(|one| &one.polygons).flatten().map(Vec::len).sum();
    if vertices > MOST_VERTICES {
        let one = fault(options, format!("the file has {vertices} vertices, more than can be drawn"));
        return Err(one.hint(SIMPLIFY).into());
    }
    let mut warnings = Diagnostics::default();
    if layer.features.iter().all(|feature| feature.polygons.is_empty()) {
        return Err(no_areas(options, &layer).into());
    }
    crs::to_degrees(&mut layer, options)?;
    let named = names::named(layer.features, options, &mut warnings)?;
    let value = repair::sound(named, options, &mut warnings)?;
    Ok(Warned { value, warnings })
}

/// How to make a file smaller.
const SIMPLIFY: &str = "simplify it first, for instance by `mapshaper -simplify 10%` or in QGIS";

fn layer(
    options: &BordersOptions,
    bytes: &[u8],
    open: &mut dyn FnMut(&str) -> Result<Vec<u8>>,
) -> Result<Layer> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match bytes {
        [b'P', b'K', 3 | 5, ..] => shapefile::from_zip(bytes, options),
        [b'f', b'g', b'b', ..] => flatgeobuf::read(bytes, options),
        [0, 0, 0x27, 0x0a, ..] => shapefile::beside(bytes, options, open),
        _ if bytes.starts_with(b"SQLite format 3\0") => geopackage::read(bytes, options),
        _ if text.trim_ascii_start().starts_with(b"{") => geojson::read(text, options),
        _ => {
            let one = fault(options, "the file is none of the forms of borders that are known");
            Err(Box::new(one.hint(
                "they are GeoJSON, TopoJSON, a shapefile (the .shp, or a .zip with all its parts), GeoPackage and FlatGeobuf",
            )))
        }
    }
}

/// A fault of the borders file.
fn fault(options: &BordersOptions, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(message).at(Place::file(options.file.clone()))
}

/// The file ends, or contradicts itself, where it should not.
fn broken(options: &BordersOptions, form: &str, what: impl std::fmt::Display) -> Box<Diagnostic> {
    let one = fault(options, format!("the file is broken: {what}"));
    Box::new(one.hint(format!("it begins as {form}; export or copy it again, whole")))
}

/// The one layer of a file, or the one that is named.
fn chosen<'l>(options: &BordersOptions, layers: &[&'l str]) -> Result<&'l str> {
    let listed = || layers.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    match (&options.layer, layers) {
        (Some(wanted), _) => layers.iter().copied().find(|name| name == wanted).ok_or_else(|| {
            let one = fault(options, format!("the file has no layer \"{wanted}\""));
            Box::new(match nearest(wanted, layers) {
                Some(near) => one.hint(format!("did you mean \"{near}\"?")),
                None => one.hint(format!("its layers are {}", listed())),
            })
        }),
        (None, [one]) => Ok(one),
        (None, []) => Err(Box::new(fault(options, "the file has no layer of places"))),
        (None, [first, ..]) => {
            let one = fault(options, format!("the file has {} layers: {}", layers.len(), listed()));
            Err(Box::new(one.hint(format!("name one: `layer = \"{first}\"` in [borders]"))))
        }
    }
}

fn no_areas(options: &BordersOptions, layer: &Layer) -> Diagnostic {
    let one = fault(options, "the file holds no areas");
    if layer.features.iter().any(|feature| feature.no_area) {
        return one
            .hint("its features are points or lines; borders are polygons")
            .hint("rows with a longitude and a latitude are a table: `lon` and `lat` in [data]");
    }
    if layer.features.is_empty() {
        return one.hint("it has no features at all");
    }
    one.hint("every feature is without a geometry; export it with its polygons")
}
