//! Shapefiles (ESRI Shapefile Technical Description, 1998): the .shp with its .dbf, .prj and .cpg beside it, or all in
//! a .zip.

use std::io::{Cursor, Read as _};

use super::plane::{bounds, encloses, signed_area, within};
use super::{BordersOptions, Crs, Feature, Layer, RawPolygon, RawRing, broken, bytes, chosen, dbf, fault};
use crate::diagnostic::Result;

const FORM: &str = "a shapefile";
/// A member of an archive may unpack to so many bytes.
const MOST_BYTES: u64 = 1 << 30;
/// So many pairs of hole and exterior are compared.
const MOST_PAIRS: usize = 200_000_000;

/// The parts of a shapefile.
struct Parts {
    shapes: Vec<u8>,
    table: Option<Vec<u8>>,
    projection: Option<Vec<u8>>,
    code_page: Option<Vec<u8>>,
}

/// A .shp whose other parts lie beside it.
pub(super) fn beside(
    shapes: &[u8],
    options: &BordersOptions,
    open: &mut dyn FnMut(&str) -> Result<Vec<u8>>,
) -> Result<Layer> {
    let stem = match options.file.rsplit_once('.') {
        Some((stem, _)) => stem,
        None => &options.file,
    };
    let upper = options.file.ends_with("SHP");
    let mut part = |ending: &str| {
        let ending = if upper { ending.to_uppercase() } else { ending.to_owned() };
        open(&format!("{stem}.{ending}")).ok()
    };
    let parts = Parts {
        table: part("dbf"),
        projection: part("prj"),
        code_page: part("cpg"),
        shapes: shapes.to_vec(),
    };
    parts.layer(options)
}

/// The one shapefile of an archive, or the one that is named.
pub(super) fn from_zip(bytes: &[u8], options: &BordersOptions) -> Result<Layer> {
    let fault_of = |what: String| broken(options, "a .zip", what);
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault_of(error.to_string()))?;
    let members: Vec<String> =
        archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let is_shape = |name: &&String| name.to_lowercase().ends_with(".shp") && !name.starts_with("__MACOSX");
    let mut shapes: Vec<&str> = members.iter().filter(is_shape).map(|name| &name[..name.len() - 4]).collect();
    shapes.sort_unstable();
    if shapes.is_empty() {
        let one = fault(options, "the archive holds no shapefile");
        return Err(Box::new(one.hint("it should hold a .shp with its .dbf and .prj")));
    }
    let stem = chosen(options, &shapes)?;
    let mut part = |ending: &str| -> Result<Option<Vec<u8>>> {
        let wanted = format!("{stem}.{ending}");
        let Some(name) = members.iter().find(|name| name.eq_ignore_ascii_case(&wanted)) else {
            return Ok(None);
        };
        let member = archive.by_name(name).map_err(|error| fault_of(error.to_string()))?;
        let mut unpacked = Vec::new();
        member
            .take(MOST_BYTES + 1)
            .read_to_end(&mut unpacked)
            .map_err(|error| fault_of(format!("{name} cannot be unpacked: {error}")))?;
        if unpacked.len() as u64 > MOST_BYTES {
            return Err(Box::new(fault(options, format!("{name} unpacks to more than a gigabyte"))));
        }
        Ok(Some(unpacked))
    };
    let parts = Parts {
        shapes: part("shp")?.unwrap_or_default(),
        table: part("dbf")?,
        projection: part("prj")?,
        code_page: part("cpg")?,
    };
    parts.layer(options)
}

impl Parts {
    fn layer(self, options: &BordersOptions) -> Result<Layer> {
        let mut features = shapes(&self.shapes, options)?;
        let Some(table) = &self.table else {
            let one = fault(options, "the .dbf of the shapefile is missing: its places have no names");
            return Err(Box::new(one.hint("put the .dbf and the .prj beside the .shp, or give the .zip")));
        };
        let rows = dbf::rows(table, self.code_page.as_deref());
        let rows = rows.ok_or_else(|| broken(options, FORM, "its .dbf ends in its middle"))?;
        if rows.len() != features.len() {
            let what = format!("it has {} shapes, but {} rows in the .dbf", features.len(), rows.len());
            return Err(broken(options, FORM, what));
        }
        for (feature, row) in features.iter_mut().zip(rows) {
            feature.properties = row.unwrap_or_default();
        }
        let wkt = self.projection.map(|text| String::from_utf8_lossy(&text).trim().to_owned());
        let crs = wkt.filter(|text| !text.is_empty()).map_or(Crs::Unsaid, Crs::Wkt);
        Ok(Layer { features, crs })
    }
}

/// The records of a .shp.
fn shapes(shp: &[u8], options: &BordersOptions) -> Result<Vec<Feature>> {
    let mut features = Vec::new();
    let mut at = 100;
    while at < shp.len() {
        let content = bytes::u32_big(shp, at + 4)
            .and_then(|words| bytes::slice(shp, at + 8, (words as usize).checked_mul(2)?));
        let number = features.len() + 1;
        let Some(content) = content else {
            return Err(broken(options, FORM, format!("it ends within shape {number}")));
        };
        let mut feature = Feature::default();
        match bytes::u32(content, 0) {
            Some(5 | 15 | 25) => {
                let rings = rings(content);
                let rings =
                    rings.ok_or_else(|| broken(options, FORM, format!("shape {number} is not whole")))?;
                feature.polygons = polygons(rings).ok_or_else(|| {
                    fault(options, format!("shape {number} has too many rings")).hint(super::SIMPLIFY)
                })?;
            }
            Some(0) => {}
            _ => feature.no_area = true,
        }
        features.push(feature);
        at += 8 + content.len();
    }
    Ok(features)
}

fn rings(content: &[u8]) -> Option<Vec<RawRing>> {
    let (parts, points) = (bytes::u32(content, 36)? as usize, bytes::u32(content, 40)? as usize);
    let first = 44_usize.checked_add(parts.checked_mul(4)?)?;
    let positions = bytes::slice(content, first, points.checked_mul(16)?)?;
    let start = |part: usize| bytes::u32(content, 44 + 4 * part).map(|at| at as usize);
    (0..parts)
        .map(|part| {
            let end = if part + 1 < parts { start(part + 1)? } else { points };
            let ring = positions.get(start(part)?.checked_mul(16)?..end.checked_mul(16)?)?;
            ring.chunks_exact(16).map(|at| Some([bytes::f64(at, 0)?, bytes::f64(at, 8)?])).collect()
        })
        .collect()
}

/// Rings into polygons: exteriors are wound clockwise here, holes the other way. A hole that lies in no exterior is
/// one itself, wound wrongly. `None`: too many to compare.
fn polygons(rings: Vec<RawRing>) -> Option<Vec<RawPolygon>> {
    let (exteriors, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|ring| signed_area(ring) <= 0.0);
    if exteriors.len().checked_mul(holes.len())? > MOST_PAIRS {
        return None;
    }
    let boxes: Vec<[f64; 4]> = exteriors.iter().map(|ring| bounds(ring)).collect();
    let mut polygons: Vec<RawPolygon> = exteriors.into_iter().map(|ring| vec![ring]).collect();
    let mut stray = Vec::new();
    for hole in holes {
        let Some(at) = hole.first().copied() else { continue };
        let holder = (0..boxes.len()).filter(|k| within(&boxes[*k], at) && encloses(&polygons[*k][0], &hole));
        // of several that lie in each other, the innermost
        let holder = holder.min_by(|a, b| size(&boxes[*a]).total_cmp(&size(&boxes[*b])));
        match holder {
            Some(k) => polygons[k].push(hole),
            None => stray.push(vec![hole]),
        }
    }
    polygons.extend(stray);
    Some(polygons)
}

fn size(b: &[f64; 4]) -> f64 {
    (b[2] - b[0]) * (b[3] - b[1])
}
