//! The table of all projections: name, kind and what it may be told.
//!
//! A further projection is a formula in its family's file and one entry here.

use kurbo::Affine;

use super::azimuthal::{self, Azimuthal};
use super::clip_antimeridian::CutGlobe;
use super::clip_circle::CapGlobe;
use super::formula::Formula;
use super::perspective::{GEOSTATIONARY, Geostationary, Tilted, Vertical};
use super::polyconic::Polyconic;
use super::pseudoazimuthal::{Bertin1953, Hammer, WinkelTripel};
use super::pseudocylindrical::{EqualEarth, Mollweide, NaturalEarth, Sinusoidal, Wagner};
use super::robinson::Robinson;
use super::rotate::Rotation;
use super::{Aspect, ProjectionOptions};
use super::{conic, cylindrical, pseudocylindrical};
use crate::diagnostic::{Diagnostic, Result};
use crate::geometry::LonLat;
use crate::geometry::trigonometry::sincos_degrees;

/// What a projection is made of.
enum Kind {
    /// A cap around the centre.
    Azimuthal(fn(&Aspect) -> Result<Box<dyn Azimuthal>>),
    /// The whole globe; the centre and the turn around it are turns of the globe.
    Whole(fn() -> Box<dyn Formula>),
    /// The same with one standard parallel (radians), and the one it has unless told, degrees.
    Cylinder(fn(f64) -> Box<dyn Formula>, f64),
    /// A cone around the Earth's axis, from its standard parallels (radians), and those it has
    /// unless told, degrees. The globe turns about its axis only; the centre's latitude is the
    /// plane's origin, and the turn around it a turn of the plane.
    Conic(fn(f64, f64) -> Box<dyn Formula>, (f64, f64)),
    /// The whole globe in a pose of its own, whatever the centre: that longitude and latitude
    /// come to the formula's origin.
    Posed(fn() -> Box<dyn Formula>, LonLat),
    /// A cylinder that touches along the centre's meridian.
    Transverse(fn() -> Box<dyn Formula>),
    /// A cylinder that touches along a line through the centre; the turn around it is a turn of the plane.
    Oblique(fn() -> Box<dyn Formula>),
}

use Keeps::{Angles, Area, Distances, FromMeridian, GreatCircles, Look, Meridians, Parallels, Perspective};
use Kind::{Conic, Cylinder, Oblique, Posed, Transverse, Whole};

/// What a projection keeps true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeps {
    /// Areas compare.
    Area,
    /// Angles and small shapes.
    Angles,
    /// Distances from the centre.
    Distances,
    /// Great circles are straight.
    GreatCircles,
    /// Distances along meridians.
    Meridians,
    /// Distances along parallels.
    Parallels,
    /// Distances from the central meridian.
    FromMeridian,
    /// How a globe looks from afar.
    Perspective,
    /// Nothing exactly, and everything nearly.
    Look,
}

impl Keeps {
    /// The same in a word or two.
    pub fn words(self) -> &'static str {
        match self {
            Area => "equal-area",
            Angles => "conformal",
            Distances => "equidistant from the centre",
            GreatCircles => "straight great circles",
            Meridians => "equidistant along meridians",
            Parallels => "equidistant along parallels",
            FromMeridian => "equidistant from the central meridian",
            Perspective => "perspective",
            Look => "compromise",
        }
    }
}

/// A projection.
pub(super) struct Entry {
    pub name: &'static str,
    /// What it keeps true.
    pub keeps: Keeps,
    /// Who made it, and when.
    pub by: &'static str,
    kind: Kind,
}

const fn entry(name: &'static str, keeps: Keeps, by: &'static str, kind: Kind) -> Entry {
    Entry { name, keeps, by, kind }
}

/// All projections, equal-area ones of regions and of the world first.
pub(super) const ENTRIES: [Entry; 29] = [
    entry(
        "lambert-azimuthal-equal-area",
        Area,
        "Lambert 1772",
        Kind::Azimuthal(|_| Ok(Box::new(azimuthal::LambertEqualArea))),
    ),
    // Albers' own choice for the United States; `choose` fits them to the subject.
    entry("albers", Area, "Albers 1805", Conic(conic::albers, (29.5, 45.5))),
    entry("equal-earth", Area, "Šavrič, Patterson and Jenny 2018", Whole(|| Box::new(EqualEarth))),
    entry("mercator", Angles, "Mercator 1569", Whole(|| Box::new(cylindrical::Mercator))),
    entry("natural-earth", Look, "Patterson 2008", Whole(|| Box::new(NaturalEarth))),
    entry(
        "orthographic",
        Perspective,
        "Hipparchus, 2nd century BC",
        Kind::Azimuthal(|_| Ok(Box::new(azimuthal::Orthographic))),
    ),
    entry(
        "equirectangular",
        Meridians,
        "Marinus of Tyre, about 100",
        Cylinder(|p| Box::new(cylindrical::Equirectangular(libm::cos(p))), 0.0),
    ),
    entry("robinson", Look, "Robinson 1963", Whole(|| Box::new(Robinson))),
    entry("mollweide", Area, "Mollweide 1805", Whole(|| Box::new(Mollweide))),
    entry("winkel-tripel", Look, "Winkel 1921", Whole(|| Box::new(WinkelTripel))),
    entry("miller", Look, "Miller 1942", Whole(|| Box::new(cylindrical::Miller))),
    entry("patterson", Look, "Patterson 2014", Whole(|| Box::new(cylindrical::Patterson))),
    entry("cylindrical-equal-area", Area, "Lambert 1772", Cylinder(cylindrical::equal_area, 0.0)),
    entry("gall-peters", Area, "Gall 1855, Peters 1967", Cylinder(cylindrical::equal_area, 45.0)),
    entry("sinusoidal", Area, "Cossin 1570, Sanson, Flamsteed", Whole(|| Box::new(Sinusoidal))),
    entry("hammer", Area, "Hammer 1892", Whole(|| Box::new(Hammer))),
    entry("eckert4", Area, "Eckert 1906", Whole(|| Box::new(pseudocylindrical::Eckert4))),
    entry(
        "azimuthal-equidistant",
        Distances,
        "Postel 1581",
        Kind::Azimuthal(|_| Ok(Box::new(azimuthal::Equidistant))),
    ),
    entry(
        "stereographic",
        Angles,
        "Hipparchus, 2nd century BC",
        Kind::Azimuthal(|_| Ok(Box::new(azimuthal::Stereographic))),
    ),
    entry(
        "gnomonic",
        GreatCircles,
        "Thales, about 580 BC",
        Kind::Azimuthal(|_| Ok(Box::new(azimuthal::Gnomonic))),
    ),
    entry("lambert-conformal-conic", Angles, "Lambert 1772", Conic(conic::lambert_conformal, (30.0, 60.0))),
    entry(
        "equidistant-conic",
        Meridians,
        "Ptolemy, about 100; de l'Isle 1745",
        Conic(conic::equidistant, (30.0, 60.0)),
    ),
    entry("transverse-mercator", Angles, "Lambert 1772", Transverse(|| Box::new(cylindrical::Mercator))),
    entry(
        "bertin-1953",
        Look,
        "Bertin 1953, Rivière 2017",
        Posed(|| Box::new(Bertin1953), LonLat::new(16.5, 42.0)),
    ),
    entry("wagner4", Area, "Wagner 1932", Whole(|| Box::new(Wagner::four()))),
    entry("wagner5", Look, "Wagner 1949", Whole(|| Box::new(Wagner::five()))),
    entry("polyconic", Parallels, "Hassler, about 1820", Whole(|| Box::new(Polyconic))),
    entry(
        "cassini",
        FromMeridian,
        "Cassini de Thury 1745",
        Transverse(|| Box::new(cylindrical::Equirectangular(1.0))),
    ),
    entry("perspective", Perspective, "La Hire 1701", Kind::Azimuthal(perspective)),
];

/// Those that only a PROJ string can ask for, as they say little without its numbers.
const FURTHER: [Entry; 3] = [
    entry("oblique-mercator", Angles, "Rosenmund 1903", Oblique(|| Box::new(cylindrical::Mercator))),
    entry("geostationary", Perspective, "CGMS 1999", Kind::Azimuthal(geostationary)),
    // a cone about 59°42'42.7\"N 24°50'E, on the sphere that touches there
    entry(
        "krovak",
        Angles,
        "Křovák 1922",
        Posed(
            || conic::lambert_conformal(78.5f64.to_radians(), 78.5f64.to_radians()),
            LonLat::new(24.0 + 50.0 / 60.0, 59.0 + (42.0 + 42.696_89 / 60.0) / 60.0 - 90.0),
        ),
    ),
];

/// The eye's height above the globe, radii.
fn height(aspect: &Aspect) -> Result<f64> {
    let height = if aspect.height == 0.0 { GEOSTATIONARY } else { aspect.height };
    if (1e-7..=1e10).contains(&height) {
        return Ok(height);
    }
    let message = format!("no globe is seen from a height of {height:e} of its radii");
    Err(Box::new(Diagnostic::error(message).hint("write a height above the ground in metres, `+h=35785831`")))
}

fn perspective(aspect: &Aspect) -> Result<Box<dyn Azimuthal>> {
    let distance = 1.0 + height(aspect)?;
    if aspect.tilt == 0.0 {
        return Ok(Box::new(Vertical(distance)));
    }
    match Tilted::new(distance, aspect.azimuth, aspect.tilt) {
        Some(tilted) => Ok(Box::new(tilted)),
        None => {
            let limit = Tilted::limit(distance);
            let message =
                format!("tilted by {}°, the camera has a part of the horizon behind it", aspect.tilt);
            let hint = format!("from this height a tilt lies between -{limit:.1} and {limit:.1} degrees");
            Err(Box::new(Diagnostic::error(message).hint(hint)))
        }
    }
}

fn geostationary(aspect: &Aspect) -> Result<Box<dyn Azimuthal>> {
    Ok(Box::new(Geostationary { height: height(aspect)?, sweep_x: aspect.sweep_x }))
}

/// A turned globe with its formula.
pub(super) enum AnyGlobe {
    Cut(CutGlobe),
    Cap(CapGlobe),
}

/// The globe that `options` ask for.
pub(super) fn globe(options: &ProjectionOptions) -> Result<AnyGlobe> {
    let entry = find(&options.name)?;
    let center = center(options)?;
    let roll = options.roll;
    let parallels = parallels(entry, options)?;
    Ok(match entry.kind {
        Kind::Azimuthal(make) => {
            AnyGlobe::Cap(CapGlobe::new(Rotation::new(center, roll), make(&options.aspect)?))
        }
        Whole(make) => cut(Rotation::new(center, roll), make(), Affine::FLIP_Y),
        Cylinder(make, _) => cut(Rotation::new(center, roll), make(parallels.0), Affine::FLIP_Y),
        Posed(make, pose) => cut(Rotation::new(pose, 0.0), make(), Affine::FLIP_Y),
        Transverse(make) => {
            // The globe is laid on its side, and the picture set up again.
            let upright = Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]);
            cut(Rotation::new(center, roll + 90.0), make(), upright * Affine::FLIP_Y)
        }
        Conic(make, _) => {
            let formula = make(parallels.0, parallels.1);
            let (_, y) = formula.forward(0.0, center.lat.to_radians());
            let to_origin = Affine::translate((0.0, y)) * Affine::FLIP_Y;
            cut(Rotation::new(LonLat::new(center.lon, 0.0), 0.0), formula, turned(roll) * to_origin)
        }
        Oblique(make) => {
            // The line is laid along the formula's equator, and the picture set up again.
            let azimuth = options.aspect.azimuth;
            let plane = turned(roll + azimuth - 90.0) * Affine::FLIP_Y;
            cut(Rotation::new(center, 90.0 - azimuth), make(), plane)
        }
    })
}

/// A turn of the plane, degrees clockwise.
fn turned(degrees: f64) -> Affine {
    let (sin, cos) = sincos_degrees(degrees);
    Affine::new([cos, sin, -sin, cos, 0.0, 0.0])
}

fn cut(rotation: Rotation, formula: Box<dyn Formula>, plane: Affine) -> AnyGlobe {
    AnyGlobe::Cut(CutGlobe { rotation, formula, plane })
}

fn find(name: &str) -> Result<&'static Entry> {
    static ALL: [Entry; ENTRIES.len()] = ENTRIES;
    static MORE: [Entry; FURTHER.len()] = FURTHER;
    if let Some(entry) = ALL.iter().chain(&MORE).find(|e| e.name == name) {
        return Ok(entry);
    }
    let near = |e: &&Entry| strsim::jaro_winkler(e.name, &name.to_lowercase());
    let nearest = ALL.iter().max_by(|a, b| near(a).total_cmp(&near(b)));
    let mut error = Diagnostic::error(format!("there is no projection {name:?}"));
    if let Some(entry) = nearest.filter(|e| near(e) > 0.75) {
        error = error.hint(format!("did you mean {:?}?", entry.name));
    }
    Err(Box::new(error.hint(format!("projections: {}", super::NAMES.join(", ")))))
}

fn center(options: &ProjectionOptions) -> Result<LonLat> {
    let LonLat { lon, lat } = options.center;
    if !(lon.is_finite() && options.roll.is_finite() && lat.abs() <= 90.0) {
        let message = format!("a map cannot be centred on longitude {lon}, latitude {lat}");
        let hint = "longitude and turn are numbers of degrees, latitude lies from -90 to 90";
        return Err(Box::new(Diagnostic::error(message).hint(hint)));
    }
    Ok(LonLat { lon, lat })
}

/// The standard parallels in radians; (0, 0) for a projection that has none.
fn parallels(entry: &Entry, options: &ProjectionOptions) -> Result<(f64, f64)> {
    let name = entry.name;
    let own = match entry.kind {
        Conic(_, own) => own,
        Cylinder(_, own) => (own, own),
        _ if options.parallels.is_none() => (0.0, 0.0),
        _ => {
            let message = format!("{name} has no standard parallels");
            let hint = "leave `parallels` out, or choose a conic projection such as \"albers\"";
            return Err(Box::new(Diagnostic::error(message).hint(hint)));
        }
    };
    let (south, north) = options.parallels.unwrap_or(own);
    // A cone or a cylinder on a pole has no width, but for the two cones that become a disc.
    let limit = if matches!(name, "albers" | "equidistant-conic") { 90.0 } else { 89.9 };
    if !(south.abs() <= limit && north.abs() <= limit) {
        let message = format!("{name} cannot have the standard parallels {south} and {north}");
        let hint = "both lie between -90 and 90 degrees";
        return Err(Box::new(Diagnostic::error(message).hint(hint)));
    }
    Ok((south.to_radians(), north.to_radians()))
}

/// What is known of the projection `name`.
pub(super) fn about(name: &str) -> Option<About> {
    let entry = find(name).ok()?;
    let (surface, parallels) = match entry.kind {
        Kind::Azimuthal(_) => ("azimuthal", None),
        Whole(_) | Posed(..) => ("world", None),
        Cylinder(_, own) => ("cylindrical", Some((own, own))),
        Conic(_, own) => ("conic", Some(own)),
        Transverse(_) | Oblique(_) => ("transverse", None),
    };
    Some(About { keeps: entry.keeps, by: entry.by, surface, parallels })
}

/// What is known of a projection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct About {
    /// What it keeps true.
    pub keeps: Keeps,
    /// Who made it, and when.
    pub by: &'static str,
    /// `azimuthal`, `conic`, `cylindrical`, `transverse`, or `world` for one that is drawn upright and whole.
    pub surface: &'static str,
    /// The standard parallels it has unless told, degrees; `None` for one that has none.
    pub parallels: Option<(f64, f64)>,
}

/// What of a subject's middle a projection's centre takes over.
pub(super) enum Follows {
    /// Longitude and latitude.
    Center,
    /// The longitude; the map stays upright on the equator.
    Meridian,
    /// Longitude and latitude, with standard parallels.
    Cone,
}

/// How the projection `name` follows a subject; an unknown one is refused later.
pub(super) fn follows(name: &str) -> Follows {
    match find(name).map(|entry| &entry.kind) {
        Ok(Kind::Azimuthal(_) | Transverse(_) | Oblique(_)) => Follows::Center,
        Ok(Conic(..)) => Follows::Cone,
        _ => Follows::Meridian,
    }
}
