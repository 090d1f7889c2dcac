//! PROJ strings (`+proj=aea +lat_1=29.5 +lat_2=45.5 +lon_0=-96`) as the projections of this program.
//!
//! They are drawn on the sphere, clipped and cut like all others. What only moves or scales the plane (`+x_0`, `+k`,
//! `+units`) or belongs to an ellipsoid changes nothing that a map of this size shows, and is passed over.
//! Source: PROJ 9 documentation, *Projections*.

use super::NAMES;
use crate::diagnostic::{Diagnostic, Result, nearest};
use crate::geometry::LonLat;

/// What a PROJ string asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// A name of [`NAMES`].
    pub name: &'static str,
    /// Longitude and latitude of its middle.
    pub center: LonLat,
    /// Turn around it, degrees clockwise.
    pub roll: f64,
    /// Standard parallels, where it names any.
    pub parallels: Option<(f64, f64)>,
}

/// PROJ's names and ours.
const PROJECTIONS: [(&str, &str); 31] = [
    ("aea", "albers"),
    ("aeqd", "azimuthal-equidistant"),
    ("bertin1953", "bertin-1953"),
    ("cea", "cylindrical-equal-area"),
    ("eck4", "eckert4"),
    ("eqc", "equirectangular"),
    ("eqdc", "equidistant-conic"),
    ("eqearth", "equal-earth"),
    ("etmerc", "transverse-mercator"),
    ("gnom", "gnomonic"),
    ("hammer", "hammer"),
    ("laea", "lambert-azimuthal-equal-area"),
    ("latlong", "equirectangular"),
    ("lcc", "lambert-conformal-conic"),
    ("longlat", "equirectangular"),
    ("merc", "mercator"),
    ("mill", "miller"),
    ("moll", "mollweide"),
    ("natearth", "natural-earth"),
    ("ortho", "orthographic"),
    ("patterson", "patterson"),
    ("robin", "robinson"),
    ("sinu", "sinusoidal"),
    ("somerc", "mercator"),
    ("stere", "stereographic"),
    ("sterea", "stereographic"),
    ("tmerc", "transverse-mercator"),
    ("utm", "transverse-mercator"),
    ("webmerc", "mercator"),
    ("wintri", "winkel-tripel"),
    ("ups", "stereographic"),
];

/// Those whose middle has a latitude.
const TURNED: [&str; 9] = [
    "lambert-azimuthal-equal-area",
    "azimuthal-equidistant",
    "orthographic",
    "stereographic",
    "gnomonic",
    "albers",
    "lambert-conformal-conic",
    "equidistant-conic",
    "transverse-mercator",
];

/// Whether `text` is meant as a PROJ string.
pub fn is_proj_string(text: &str) -> bool {
    text.trim_start().starts_with('+')
}

/// Reads a PROJ string.
///
/// # Errors
/// It names no projection, one that is not known here, or a parameter that is no number.
pub fn read(text: &str) -> Result<Asked> {
    let words = text.split_whitespace().map(|word| word.trim_start_matches('+'));
    let pairs: Vec<(&str, &str)> = words.map(|word| word.split_once('=').unwrap_or((word, ""))).collect();
    let value = |key: &str| pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
    let number = |key: &str| match value(key) {
        None => Ok(None),
        Some(text) => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(Diagnostic::error(format!("`+{key}={text}` is no number of degrees"))
                .hint(format!("write +{key}=45"))),
        },
    };
    let proj = value("proj").unwrap_or_default();
    let name = PROJECTIONS.iter().find(|(theirs, _)| *theirs == proj).map(|(_, ours)| *ours);
    let name = name.ok_or_else(|| unknown(proj))?;
    let (mut lon, mut lat) = (number("lon_0")?.unwrap_or(0.0), number("lat_0")?.unwrap_or(0.0));
    let (first, second, truth) = (number("lat_1")?, number("lat_2")?, number("lat_ts")?);
    match proj {
        "utm" => {
            let zone = number("zone")?.unwrap_or(0.0);
            if !(1.0..=60.0).contains(&zone) {
                return Err(Diagnostic::error("a UTM zone is a number from 1 to 60")
                    .hint("write +proj=utm +zone=33")
                    .into());
            }
            lon = zone.floor() * 6.0 - 183.0;
        }
        "ups" => lat = if value("south").is_some() { -90.0 } else { 90.0 },
        "somerc" => {}
        // maps of the whole globe stand upright: a latitude of origin only moves the plane
        _ if !TURNED.contains(&name) => lat = 0.0,
        _ => {}
    }
    let parallels = match name {
        "albers" | "lambert-conformal-conic" | "equidistant-conic" => {
            first.map(|first| (first, second.unwrap_or(first)))
        }
        "cylindrical-equal-area" | "equirectangular" => truth.map(|truth| (truth, truth)),
        _ => None,
    };
    Ok(Asked { name, center: LonLat::new(lon, lat), roll: number("gamma")?.unwrap_or(0.0), parallels })
}

fn unknown(proj: &str) -> Diagnostic {
    let known = PROJECTIONS.map(|(theirs, _)| theirs);
    if proj.is_empty() {
        return Diagnostic::error("the PROJ string names no projection")
            .hint("write +proj=laea +lon_0=10 +lat_0=52");
    }
    let one = Diagnostic::error(format!("the projection `+proj={proj}` is not known"));
    match nearest(proj, &known) {
        Some(near) => one.hint(format!("did you mean `+proj={near}`?")),
        None => one.hint(format!("those of PROJ that are known: {}", known.join(", "))),
    }
    .hint(format!("by our own names: {}", NAMES.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::projection::{ProjectionOptions, Projector};

    /// Each string against proj4rs, on the sphere of radius 1.
    #[test]
    fn strings_are_drawn_as_proj_draws_them() {
        let strings = [
            "+proj=aea +lat_0=23 +lat_1=29.5 +lat_2=45.5 +lon_0=-96",
            "+proj=lcc +lat_0=46.5 +lat_1=49 +lat_2=44 +lon_0=3",
            "+proj=eqdc +lat_0=39 +lat_1=33 +lat_2=45 +lon_0=-96",
            "+proj=laea +lat_0=52 +lon_0=10",
            "+proj=aeqd +lat_0=-30 +lon_0=25",
            "+proj=ortho +lat_0=20 +lon_0=-60",
            "+proj=stere +lat_0=90 +lon_0=-45",
            "+proj=gnom +lat_0=40 +lon_0=0",
            "+proj=tmerc +lat_0=0 +lon_0=9",
            "+proj=merc +lon_0=150",
            "+proj=cea +lat_ts=30 +lon_0=11",
            "+proj=eqc +lat_ts=40 +lon_0=0",
            "+proj=moll +lon_0=10",
            "+proj=sinu +lon_0=-70",
            "+proj=eqearth +lon_0=150",
            "+proj=robin +lon_0=0",
            "+proj=mill +lon_0=20",
        ];
        for text in strings {
            let Asked { name, center, roll, parallels } = read(text).expect("known");
            let options = ProjectionOptions { name: name.to_owned(), center, roll, parallels };
            let ours = Projector::new(&options).expect("sound");
            let theirs = proj4rs::Proj::from_proj_string(&format!("{text} +R=1 +no_defs")).expect("known");
            let degrees = proj4rs::Proj::from_proj_string("+proj=longlat +R=1 +no_defs").expect("known");
            let mut compared = 0;
            for (lon, lat) in
                (-8..=8).flat_map(|i| (-4..=4).map(move |j| (f64::from(i) * 4.0, f64::from(j) * 5.0)))
            {
                let at = LonLat::new(center.lon + lon, (center.lat + lat).clamp(-85.0, 85.0));
                let mut point = (at.lon.to_radians(), at.lat.to_radians(), 0.0);
                if proj4rs::transform::transform(&degrees, &theirs, &mut point).is_err() {
                    continue;
                }
                let Some(p) = ours.forward(at) else { continue };
                let off = (p.x - point.0).abs().max((-p.y - point.1).abs());
                assert!(off < 2e-6, "{text} at {at:?}: {p:?}, {point:?}");
                compared += 1;
            }
            assert!(compared > 50, "{text}: {compared}");
        }
    }

    #[test]
    fn wrong_strings_are_told() {
        let fault = |text: &str| read(text).err().map(|one| one.to_string()).unwrap_or_default();
        assert!(fault("+proj=aae").contains("+proj=aea"), "{}", fault("+proj=aae"));
        assert!(fault("+lon_0=3").contains("names no projection"));
        assert!(fault("+proj=aea +lat_1=north").contains("is no number"));
        assert!(fault("+proj=utm +zone=99").contains("1 to 60"));
    }
}
