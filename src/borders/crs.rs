//! Coordinate systems: from what a file or a user calls one to degrees by WGS 84.
//!
//! The formulas are those of `proj4rs`, the definitions of EPSG codes those of `crs-definitions`, packed by `build.rs`;
//! `proj4wkt` reads well-known text.

use proj4rs::Proj;
use rayon::prelude::*;

use super::{BordersOptions, Crs, Layer, fault};
use crate::diagnostic::{Diagnostic, Place, Result};

/// Datums whose shift to WGS 84 the text of a .prj leaves out: a word of the name, and the EPSG code of the
/// geographic system whose definition has it.
const DATUMS: [(&str, u16); 11] = [
    ("OSGB", 4277),
    ("DHDN", 4314),
    ("HAUPTDREIECKSNETZ", 4314),
    ("EUROPEAN_1950", 4230),
    ("ED50", 4230),
    ("AMERSFOORT", 4289),
    ("BELGE_1972", 4313),
    ("CH1903\"", 4149),
    ("TM65", 4299),
    ("TOKYO", 4301),
    ("PULKOVO_1942", 4284),
];

/// Well-known text of so many bytes, and brackets so deep, is no coordinate system.
const LONGEST: usize = 1 << 16;
const DEEPEST: usize = 24;

/// A system by its name: `EPSG:27700`, `urn:ogc:def:crs:EPSG::27700`, `urn:ogc:def:crs:OGC:1.3:CRS84`, a URL, WKT, or
/// a PROJ string.
pub(super) fn named(name: &str) -> Crs {
    let name = name.trim();
    let upper = name.to_uppercase();
    if upper.ends_with("CRS84") {
        return Crs::Degrees;
    }
    if name.contains('[') {
        return Crs::Wkt(name.to_owned());
    }
    let digits = name.rsplit([':', '/', '#']).next().unwrap_or_default();
    match digits.parse() {
        Ok(code) if upper.contains("EPSG") || upper.bytes().all(|byte| byte.is_ascii_digit()) => {
            Crs::Epsg(code)
        }
        _ => Crs::Other(name.to_owned()),
    }
}

/// Takes all positions of `layer` to degrees of longitude and latitude.
pub(super) fn to_degrees(layer: &mut Layer, options: &BordersOptions) -> Result<()> {
    let wished = options.crs.as_deref().map(named);
    let by_user = wished.is_some();
    let definition = match wished.as_ref().unwrap_or(&layer.crs) {
        Crs::Unsaid | Crs::Degrees => None,
        Crs::Epsg(4326 | 4258 | 4269 | 4617 | 4979) => None,
        Crs::Epsg(code) => {
            Some(of_code(*code).ok_or_else(|| unknown(options, &format!("EPSG:{code}"), by_user))?)
        }
        Crs::Wkt(text) => of_text(text).map_err(|_| unknown(options, &short(text), by_user))?,
        Crs::Other(text) if text.starts_with('+') => Some(text.clone()),
        Crs::Other(text) => return Err(unknown(options, &short(text), by_user)),
    };
    if let Some(definition) = definition {
        let from = Proj::from_proj_string(&definition)
            .map_err(|_| unknown(options, &short(&definition), by_user))?;
        if !from.has_inverse() && !from.is_latlong() {
            return Err(unknown(options, &short(&definition), by_user));
        }
        transform(layer, &from, options)?;
    }
    check(layer, options)
}

/// The definition of an EPSG code as a PROJ string.
fn of_code(code: u32) -> Option<String> {
    static DEFINITIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/crs.tsv"));
    let code = code.to_string();
    let of = |line: &str| line.strip_prefix(&code)?.strip_prefix('\t').map(str::to_owned);
    DEFINITIONS.lines().find_map(of)
}

/// The definition that well-known text gives; `Ok(None)`: degrees.
fn of_text(text: &str) -> std::result::Result<Option<String>, ()> {
    let depth = text.bytes().try_fold(0_usize, |depth, byte| match byte {
        b'[' | b'(' if depth >= DEEPEST => None,
        b'[' | b'(' => Some(depth + 1),
        b']' | b')' => Some(depth.saturating_sub(1)),
        _ => Some(depth),
    });
    if text.len() > LONGEST || depth.is_none() {
        return Err(());
    }
    let upper = text.to_uppercase();
    if let Some(definition) = authority(&upper).and_then(of_code) {
        return Ok(Some(definition));
    }
    let is_wgs84 = ["WGS_1984", "WGS 84", "WORLD GEODETIC SYSTEM 1984", "NORTH_AMERICAN_1983", "ETRS_1989"]
        .iter()
        .any(|datum| upper.contains(datum));
    if (upper.starts_with("GEOGCS") || upper.starts_with("GEOGCRS")) && is_wgs84 {
        return Ok(None);
    }
    let mut definition = proj4wkt::wkt_to_projstring(text).map_err(|_| ())?;
    let known = DATUMS.iter().find(|(word, _)| upper.contains(word));
    if let Some(shift) = known.and_then(|(_, code)| shift_of(*code))
        && !upper.contains("TOWGS84")
    {
        let rest = definition.split_whitespace().filter(|part| !part.starts_with("+towgs84"));
        definition = rest.collect::<Vec<_>>().join(" ") + " " + &shift;
    }
    Ok(Some(definition))
}

/// The code at the very end of a text: `…,AUTHORITY["EPSG","27700"]]` or `…,ID["EPSG",27700]]`.
fn authority(upper: &str) -> Option<u32> {
    let tail = upper.trim_end().strip_suffix(']')?.trim_end().strip_suffix(']')?;
    let (_, last) = tail.rsplit_once('[')?;
    let (organization, code) = last.split_once(',')?;
    let word = |text: &str| text.trim().trim_matches('"').to_owned();
    if word(organization) == "EPSG" { word(code).parse().ok() } else { None }
}

/// The shift to WGS 84 in the definition of a geographic system.
fn shift_of(code: u16) -> Option<String> {
    let definition = of_code(u32::from(code))?;
    definition.split_whitespace().find(|part| part.starts_with("+towgs84")).map(str::to_owned)
}

fn transform(layer: &mut Layer, from: &Proj, options: &BordersOptions) -> Result<()> {
    let Ok(to) = Proj::from_proj_string("+proj=longlat +datum=WGS84 +no_defs") else { return Ok(()) };
    let degrees = |at: &mut [f64; 2]| -> bool {
        let scale = if from.is_latlong() { std::f64::consts::PI / 180.0 } else { 1.0 };
        let mut position = (at[0] * scale, at[1] * scale, 0.0);
        let done = proj4rs::transform::transform(from, &to, &mut position).is_ok();
        *at = [position.0.to_degrees(), position.1.to_degrees()];
        done && at[0].is_finite() && at[1].is_finite()
    };
    let lost: Option<(usize, [f64; 2])> = layer
        .features
        .par_iter_mut()
        .enumerate()
        .filter_map(|(number, feature)| {
            let mut positions = feature.polygons.iter_mut().flatten().flatten();
            positions.find_map(|at| {
                let was = *at;
                (was[0].is_finite() && was[1].is_finite() && !degrees(at)).then_some((number, was))
            })
        })
        .min_by_key(|(number, _)| *number);
    let Some((number, [x, y])) = lost else { return Ok(()) };
    let what = format!(
        "feature {} has the position {x}, {y}, which its coordinate system does not reach",
        number + 1
    );
    Err(Box::new(fault(options, what).hint(SAY)))
}

/// How to name a coordinate system.
const SAY: &str =
    "name their system by `crs` in [borders], such as `crs = \"EPSG:27700\"`; the publisher tells it";

/// Every position must be one of the globe.
fn check(layer: &Layer, options: &BordersOptions) -> Result<()> {
    for (number, feature) in layer.features.iter().enumerate() {
        for [x, y] in feature.polygons.iter().flatten().flatten() {
            if !x.is_finite() || !y.is_finite() {
                let what = format!("feature {} has a coordinate that is no number", number + 1);
                return Err(Box::new(
                    fault(options, what).hint("export the file again, or repair the feature"),
                ));
            }
            if x.abs() > 360.0 + 1e-6 || y.abs() > 90.0 + 1e-6 {
                let what = format!(
                    "the coordinates of feature {} are no degrees of longitude and latitude: {x}, {y}",
                    number + 1
                );
                return Err(Box::new(fault(options, what).hint(SAY)));
            }
        }
    }
    Ok(())
}

fn unknown(options: &BordersOptions, system: &str, by_user: bool) -> Box<Diagnostic> {
    let what = format!("the coordinate system {system} is not known here");
    let one = Diagnostic::error(what);
    let one = match by_user {
        true => one.at(Place::default().key("borders.crs")),
        false => one.at(Place::file(options.file.clone())).hint(SAY),
    };
    Box::new(one.hint("or export the file in longitude and latitude: EPSG:4326"))
}

/// The beginning of a long text.
fn short(text: &str) -> String {
    let words: String = text.chars().take(60).collect();
    if words.len() < text.len() { format!("`{words}…`") } else { format!("`{words}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_systems() {
        for name in ["EPSG:27700", "epsg:27700", "urn:ogc:def:crs:EPSG::27700", "27700"] {
            assert_eq!(named(name), Crs::Epsg(27700), "{name}");
        }
        assert_eq!(named("http://www.opengis.net/def/crs/EPSG/0/3035"), Crs::Epsg(3035));
        assert_eq!(named("urn:ogc:def:crs:OGC:1.3:CRS84"), Crs::Degrees);
        assert_eq!(named("somewhere"), Crs::Other("somewhere".to_owned()));
        assert_eq!(
            authority(r#"PROJCS["A",GEOGCS["B",AUTHORITY["EPSG","4277"]],AUTHORITY["EPSG","27700"]]"#),
            Some(27700)
        );
        assert_eq!(authority(r#"PROJCRS["A",ID["EPSG",27700]]"#), Some(27700));
        assert_eq!(authority(r#"PROJCS["A",UNIT["metre",1]]"#), None);
    }

    #[test]
    fn text_that_nests_without_end_is_refused() {
        assert_eq!(of_text(&"A[".repeat(100_000)), Err(()));
        assert_eq!(of_text(&"A[".repeat(100)), Err(()));
    }
}
