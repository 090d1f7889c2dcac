//! PROJ strings (`+proj=aea +lat_1=29.5 +lat_2=45.5 +lon_0=-96`) as the projections of this program.
//!
//! They are drawn on the sphere, clipped and cut like all others. What only moves or scales the plane (`+x_0`, `+k`,
//! `+units`) or belongs to an ellipsoid changes nothing that a map of this size shows, and is passed over.
//! Source: PROJ 9 documentation, *Projections*.

use super::{Aspect, NAMES, ProjectionOptions};
use crate::diagnostic::{Diagnostic, Result, nearest};
use crate::geometry::LonLat;

/// PROJ's names and ours.
const PROJECTIONS: [(&str, &str); 41] = [
    ("aea", "albers"),
    ("aeqd", "azimuthal-equidistant"),
    ("bertin1953", "bertin-1953"),
    ("cass", "cassini"),
    ("cea", "cylindrical-equal-area"),
    ("eck4", "eckert4"),
    ("eqc", "equirectangular"),
    ("eqdc", "equidistant-conic"),
    ("eqearth", "equal-earth"),
    ("etmerc", "transverse-mercator"),
    ("geos", "geostationary"),
    ("gnom", "gnomonic"),
    ("hammer", "hammer"),
    ("krovak", "krovak"),
    ("laea", "lambert-azimuthal-equal-area"),
    ("latlong", "equirectangular"),
    ("lcc", "lambert-conformal-conic"),
    ("leac", "albers"),
    ("longlat", "equirectangular"),
    ("merc", "mercator"),
    ("mill", "miller"),
    ("moll", "mollweide"),
    ("natearth", "natural-earth"),
    ("nsper", "perspective"),
    ("omerc", "oblique-mercator"),
    ("ortho", "orthographic"),
    ("patterson", "patterson"),
    ("poly", "polyconic"),
    ("robin", "robinson"),
    ("sinu", "sinusoidal"),
    ("somerc", "mercator"),
    ("stere", "stereographic"),
    ("sterea", "stereographic"),
    ("tmerc", "transverse-mercator"),
    ("tpers", "perspective"),
    ("utm", "transverse-mercator"),
    ("wag4", "wagner4"),
    ("wag5", "wagner5"),
    ("webmerc", "mercator"),
    ("wintri", "winkel-tripel"),
    ("ups", "stereographic"),
];

/// Those whose middle has a latitude.
const TURNED: [&str; 12] = [
    "lambert-azimuthal-equal-area",
    "azimuthal-equidistant",
    "orthographic",
    "stereographic",
    "gnomonic",
    "albers",
    "lambert-conformal-conic",
    "equidistant-conic",
    "transverse-mercator",
    "cassini",
    "oblique-mercator",
    "perspective",
];

/// Whether `text` is meant as a PROJ string.
pub fn is_proj_string(text: &str) -> bool {
    text.trim_start().starts_with('+')
}

/// The words of a PROJ string, `+key=value` or `+key`.
struct Words<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Words<'a> {
        let words = text.split_whitespace().map(|word| word.trim_start_matches('+'));
        Words(words.map(|word| word.split_once('=').unwrap_or((word, ""))).collect())
    }

    fn value(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(name, _)| *name == key).map(|(_, value)| *value)
    }

    fn number(&self, key: &str) -> Result<Option<f64>> {
        let Some(text) = self.value(key) else { return Ok(None) };
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => {
                let one = Diagnostic::error(format!("`+{key}={text}` is no number"));
                Err(one.hint(format!("write +{key}=45")).into())
            }
        }
    }

    fn number_or(&self, key: &str, other: f64) -> Result<f64> {
        Ok(self.number(key)?.unwrap_or(other))
    }
}

/// Reads a PROJ string.
///
/// # Errors
/// It names no projection, one that is not known here, or a parameter that is no number.
pub fn read(text: &str) -> Result<ProjectionOptions> {
    let words = Words::of(text);
    let proj = words.value("proj").unwrap_or_default();
    let name = PROJECTIONS.iter().find(|(theirs, _)| *theirs == proj).map(|(_, ours)| *ours);
    let name = name.ok_or_else(|| unknown(proj))?;
    let (mut lon, mut lat) = (words.number_or("lon_0", 0.0)?, words.number_or("lat_0", 0.0)?);
    let pole = if words.value("south").is_some() { -90.0 } else { 90.0 };
    match proj {
        "utm" => {
            let zone = words.number_or("zone", 0.0)?;
            if !(1.0..=60.0).contains(&zone) {
                return Err(Diagnostic::error("a UTM zone is a number from 1 to 60")
                    .hint("write +proj=utm +zone=33")
                    .into());
            }
            lon = zone.floor() * 6.0 - 183.0;
        }
        "ups" => lat = pole,
        "somerc" => {}
        // maps of the whole globe stand upright: a latitude of origin only moves the plane
        _ if !TURNED.contains(&name) => lat = 0.0,
        _ => {}
    }
    let (first, second) = (words.number("lat_1")?, words.number("lat_2")?);
    let parallels = match name {
        // its cone ends in a pole
        "albers" if proj == "leac" => Some((first.unwrap_or(0.0), pole)),
        "albers" | "lambert-conformal-conic" | "equidistant-conic" => {
            first.map(|first| (first, second.unwrap_or(first)))
        }
        "cylindrical-equal-area" | "equirectangular" => words.number("lat_ts")?.map(|truth| (truth, truth)),
        _ => None,
    };
    let (center, roll) = (LonLat::new(lon, lat), words.number_or("gamma", 0.0)?);
    let options =
        ProjectionOptions { name: name.to_owned(), center, roll, parallels, aspect: Aspect::default() };
    Ok(match name {
        "perspective" | "geostationary" => ProjectionOptions { aspect: eye(&words, proj)?, ..options },
        "oblique-mercator" => {
            let line = line(&words, lat)?;
            let rectified = if words.value("no_rot").is_some() { 90.0 } else { line.rectified };
            let aspect = Aspect { azimuth: line.azimuth, ..Aspect::default() };
            ProjectionOptions { center: line.at, roll: rectified - line.azimuth, aspect, ..options }
        }
        _ => options,
    })
}

/// Where the eye of a perspective stands, and how it looks.
fn eye(words: &Words, proj: &str) -> Result<Aspect> {
    // PROJ's own radius, unless told
    let radius = words.number("R")?.or(words.number("a")?).unwrap_or(6_378_137.0);
    let height = words.number("h")?;
    if height.is_some_and(|height| height <= 0.0) || radius <= 0.0 {
        let one = Diagnostic::error("the eye of a perspective stands above the ground");
        return Err(one.hint("write its height in metres, +h=35785831").into());
    }
    let mut eye = Aspect { sweep_x: words.value("sweep") == Some("x"), ..Aspect::default() };
    eye.height = height.map_or(0.0, |height| height / radius);
    if proj == "tpers" {
        (eye.azimuth, eye.tilt) = (words.number_or("azi", 0.0)?, words.number_or("tilt", 0.0)?);
    }
    Ok(eye)
}

/// The line of an oblique cylinder, by its direction at a centre of latitude `lat` or as it leaves the equator, or by
/// two points.
fn line(words: &Words, lat: f64) -> Result<Line> {
    let (alpha, gamma) = (words.number("alpha")?, words.number("gamma")?);
    let Some(rectified) = gamma.or(alpha) else {
        let end =
            |lon: &str, lat: &str| Ok::<_, Box<Diagnostic>>((words.number_or(lon, 0.0)?, words.number(lat)?));
        return through(end("lon_1", "lat_1")?, end("lon_2", "lat_2")?, lat);
    };
    let azimuth = match alpha {
        Some(alpha) => alpha,
        None => {
            let sine = libm::sin(rectified.to_radians()) / libm::cos(lat.to_radians());
            if sine.abs() > 1.0 {
                let what = format!("no line at latitude {lat} leaves the equator at {rectified}°");
                let hint = "write the line's direction at the centre, +alpha=30";
                return Err(Diagnostic::error(what).hint(hint).into());
            }
            libm::asin(sine).to_degrees()
        }
    };
    Ok(Line { at: LonLat::new(words.number_or("lonc", 0.0)?, lat), azimuth, rectified })
}

/// The line of an oblique cylinder, degrees.
struct Line {
    at: LonLat,
    /// Its direction there, clockwise from north.
    azimuth: f64,
    /// The direction that it has on the map.
    rectified: f64,
}

/// The great circle through two points, on the map as it crosses latitude `lat`.
fn through((lon_1, lat_1): (f64, Option<f64>), (lon_2, lat_2): (f64, Option<f64>), lat: f64) -> Result<Line> {
    let fault = || {
        let one = Diagnostic::error("the line of `+proj=omerc` is not told");
        one.hint("write +lonc=10 +lat_0=46 +alpha=30, or two points with +lon_1, +lat_1, +lon_2 and +lat_2")
    };
    let (one, other) =
        (LonLat::new(lon_1, lat_1.ok_or_else(fault)?), LonLat::new(lon_2, lat_2.ok_or_else(fault)?));
    let [(sin_1, cos_1), (sin_2, cos_2)] = [one, other].map(|p| libm::sincos(p.lat.to_radians()));
    let (sin, cos) = libm::sincos((lon_2 - lon_1).to_radians());
    let (east, north) = (sin * cos_2, cos_1 * sin_2 - sin_1 * cos_2 * cos);
    if libm::hypot(east, north) < 1e-9 || lat.abs() >= 90.0 {
        return Err(fault().into());
    }
    // northwards, as PROJ has it
    let azimuth = libm::atan2(east, north);
    let azimuth = if north < 0.0 { azimuth - std::f64::consts::PI.copysign(azimuth) } else { azimuth };
    // sin α cos φ is the same all along a great circle (Clairaut)
    let crossing = libm::sin(azimuth) * cos_1 / libm::cos(lat.to_radians());
    let rectified = libm::asin(crossing.clamp(-1.0, 1.0)).to_degrees();
    Ok(Line { at: one, azimuth: azimuth.to_degrees(), rectified })
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
    use crate::projection::Projector;

    /// Where `text`, with `globe`, puts positions around its centre: ours and proj4rs's, y up, in radii.
    fn compared(text: &str, globe: &str, radius: f64, lat: Option<f64>) -> Vec<(LonLat, [f64; 2], [f64; 2])> {
        let options = read(&format!("{text} {globe}")).expect("known");
        let ours = Projector::new(&options).expect("sound");
        let theirs = proj4rs::Proj::from_proj_string(&format!("{text} {globe} +no_defs")).expect("known");
        let degrees =
            proj4rs::Proj::from_proj_string(&format!("+proj=longlat {globe} +no_defs")).expect("known");
        let around = (-8..=8).flat_map(|i| (-4..=4).map(move |j| (f64::from(i) * 4.0, f64::from(j) * 5.0)));
        let middle = lat.unwrap_or(options.center.lat);
        let both = around.filter_map(|(east, north)| {
            let at = LonLat::new(options.center.lon + east, (middle + north).clamp(-85.0, 85.0));
            let mut point = (at.lon.to_radians(), at.lat.to_radians(), 0.0);
            proj4rs::transform::transform(&degrees, &theirs, &mut point).ok()?;
            let p = ours.forward(at)?;
            Some((at, [p.x, -p.y], [point.0 / radius, point.1 / radius]))
        });
        both.collect()
    }

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
            "+proj=cass +lat_0=52 +lon_0=13",
            "+proj=poly +lat_0=0 +lon_0=-54",
            "+proj=wag4 +lon_0=11",
            "+proj=wag5 +lon_0=11",
            "+proj=leac +lat_1=20 +lon_0=60 +lat_0=0",
            "+proj=leac +lat_1=-20 +lon_0=60 +lat_0=0 +south",
            "+proj=nsper +h=0.8 +lat_0=40 +lon_0=-75",
            "+proj=tpers +h=0.8 +tilt=20 +azi=30 +lat_0=40 +lon_0=-75",
            "+proj=tpers +h=3 +tilt=-12 +azi=200 +lat_0=-40 +lon_0=75",
            "+proj=geos +h=5.6 +lon_0=-75",
            "+proj=geos +h=5.6 +lon_0=-75 +sweep=x",
        ];
        for text in strings {
            let both = compared(text, "+R=1", 1.0, None);
            for (at, ours, theirs) in &both {
                let off = (ours[0] - theirs[0]).abs().max((ours[1] - theirs[1]).abs());
                assert!(off < 2e-6, "{text} at {at:?}: {ours:?}, {theirs:?}");
            }
            assert!(both.len() > 50, "{text}: {}", both.len());
        }
    }

    /// The same where PROJ counts from another origin, and where it knows no sphere.
    #[test]
    fn oblique_strings_are_drawn_as_proj_draws_them_but_for_their_origin() {
        let sphere = ("+R=1", 1.0, None, 2e-6);
        // the sphere that touches Bessel's ellipsoid there; latitudes on it differ by a few minutes
        let bessel = ("+ellps=bessel", 6_377_397.155 * 0.9999 * 1.000_52, Some(45.0), 4e-3);
        let strings = [
            ("+proj=omerc +lat_0=4 +lonc=102.25 +alpha=-37", sphere),
            ("+proj=omerc +lat_0=46 +lonc=8 +alpha=30 +gamma=50", sphere),
            ("+proj=omerc +lat_0=-40 +lonc=170 +gamma=25", sphere),
            ("+proj=omerc +lat_0=40 +lon_1=-80 +lat_1=30 +lon_2=-60 +lat_2=50", sphere),
            ("+proj=omerc +lat_0=30 +lon_1=-80 +lat_1=50 +lon_2=-120 +lat_2=20", sphere),
            ("+proj=krovak +lat_0=49.5 +lon_0=24.8333333333", bessel),
        ];
        for (text, (globe, radius, lat, tolerance)) in strings {
            let both = compared(text, globe, radius, lat);
            let middle = both.len() / 2;
            let (_, from, their_from) = both[middle];
            // north of its pole PROJ's Krovak folds over: an arcsine loses its side
            let sound = |at: &LonLat| !text.contains("krovak") || at.lat < 56.0;
            for (at, ours, theirs) in both.iter().filter(|(at, ..)| sound(at)) {
                let off = |i: usize| (ours[i] - from[i] - theirs[i] + their_from[i]).abs();
                assert!(off(0).max(off(1)) < tolerance, "{text} at {at:?}: {ours:?}, {theirs:?}");
            }
            assert!(both.len() > 50, "{text}: {}", both.len());
        }
    }

    #[test]
    fn wrong_strings_are_told() {
        let fault = |text: &str| read(text).err().map(|one| one.to_string()).unwrap_or_default();
        assert!(fault("+proj=aae").contains("+proj=aea"), "{}", fault("+proj=aae"));
        assert!(fault("+lon_0=3").contains("names no projection"));
        assert!(fault("+proj=aea +lat_1=north").contains("is no number"));
        assert!(fault("+proj=utm +zone=99").contains("1 to 60"));
        assert!(fault("+proj=nsper +h=-3").contains("above the ground"));
        assert!(fault("+proj=omerc +lat_0=3").contains("line of"));
        assert!(fault("+proj=omerc +lat_0=80 +gamma=60").contains("leaves the equator"));
        let tilted = read("+proj=tpers +h=1000000 +tilt=60").expect("read");
        let fault = Projector::new(&tilted).err().map(|one| one.to_string()).unwrap_or_default();
        assert!(fault.contains("behind it"), "{fault}");
    }
}
