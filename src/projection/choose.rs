//! The equal-area projection that suits a subject.
//!
//! The rules are those of Projection Wizard (Šavrič, Jenny & Jenny 2016, *Projection Wizard – an
//! online map projection selection tool*, The Cartographic Journal 53(2), 177–185), which refines
//! Snyder (1987), USGS PP 1395, pp. 33–35, for equal-area maps:
//!
//! | subject | projection |
//! | --- | --- |
//! | the world | Equal Earth |
//! | a hemisphere | Lambert azimuthal |
//! | smaller, around a pole | Lambert azimuthal, polar |
//! | smaller, wide, near the equator | cylindrical equal-area |
//! | smaller, wide, elsewhere | Albers, parallels by the one-sixth rule |
//! | smaller, square or tall | Lambert azimuthal |
//!
//! For tall subjects Projection Wizard has the transverse cylindrical equal-area projection; the
//! azimuthal one departs from it by less than a line's width up to the size of South America, and
//! keeps the shape of the neighbours better.

use super::registry::{self, Follows};
use super::{ProjectionOptions, Subject};
use crate::geometry::LonLat;

/// A cap of this radius, degrees, or a width of `WORLD_WIDTH` over it is the world.
const WORLD_RADIUS: f64 = 100.0;
/// See [`WORLD_RADIUS`].
const WORLD_WIDTH: f64 = 200.0;
/// A cap larger than this, degrees, is a hemisphere: conics and cylinders bend it too much.
const HEMISPHERE_RADIUS: f64 = 55.0;
/// A centre beyond this latitude is near a pole (Projection Wizard).
const POLAR: f64 = 75.0;
/// A centre within this latitude is near the equator (Projection Wizard).
const EQUATORIAL: f64 = 15.0;
/// A subject that holds a pole and is wider than this, degrees, goes round it.
const HALF_ROUND: f64 = 180.0;
/// A subject is wide when its width is more than this times its height (Projection Wizard).
const WIDE: f64 = 1.25;
/// Below this height and width, degrees, no projection differs from another: the azimuthal one.
const SMALL: f64 = 5.0;

/// The equal-area projection that suits `subject` best.
/// Source: Šavrič, Jenny & Jenny (2016), *Projection Wizard*; Snyder (1987), USGS PP 1395.
pub fn choose(subject: &Subject) -> ProjectionOptions {
    let radius = subject.radius.to_degrees();
    let center = subject.center;
    // what goes round a pole is cut open by any cone
    let around = subject.width > HALF_ROUND && (subject.north >= 90.0 || subject.south <= -90.0);
    let polar = (center.lat.abs() > POLAR || around) && radius <= HEMISPHERE_RADIUS;
    if radius > WORLD_RADIUS || (subject.width > WORLD_WIDTH && radius > HEMISPHERE_RADIUS) {
        return world(subject);
    }
    if polar {
        let pole = 90f64.copysign(center.lat);
        return options("lambert-azimuthal-equal-area", LonLat::new(center.lon, pole), None);
    }
    let middle = (subject.south + subject.north) / 2.0;
    let height = subject.north - subject.south;
    let wide = subject.width * libm::cos(middle.to_radians()) > WIDE * height;
    let cone = wide && radius <= HEMISPHERE_RADIUS && subject.width > SMALL && middle.abs() <= POLAR;
    if !cone {
        return options("lambert-azimuthal-equal-area", center, None);
    }
    let (south, north) = (subject.south + height / 6.0, subject.north - height / 6.0);
    if middle.abs() <= EQUATORIAL {
        // The parallel that halves the errors of a band about the equator, by the same rule.
        let parallel = south.abs().max(north.abs());
        let center = LonLat::new(center.lon, 0.0);
        return options("cylindrical-equal-area", center, Some((parallel, parallel)));
    }
    options("albers", LonLat::new(center.lon, middle), Some((south, north)))
}

/// The projection `name` as it suits `subject` best: its centre, and the parallels of a cone.
pub fn suit(name: &str, subject: &Subject) -> ProjectionOptions {
    let suited = choose(subject);
    if suited.name == name {
        return suited;
    }
    let middle = (subject.south + subject.north) / 2.0;
    let sixth = (subject.north - subject.south) / 6.0;
    let lon = if subject.width > 300.0 { 0.0 } else { subject.center.lon };
    match registry::follows(name) {
        Follows::Center => options(name, subject.center, None),
        Follows::Meridian => options(name, LonLat::new(lon, 0.0), None),
        // opposite parallels make no cone
        Follows::Cone if middle.abs() < 2.0 => {
            options(name, LonLat::new(lon, middle), Some((0.0, sixth.max(4.0))))
        }
        Follows::Cone => {
            options(name, LonLat::new(lon, middle), Some((subject.south + sixth, subject.north - sixth)))
        }
    }
}

/// Equal Earth, centred on the subject's meridian; on Greenwich when it goes all the way round.
fn world(subject: &Subject) -> ProjectionOptions {
    let lon = if subject.width > 300.0 { 0.0 } else { subject.center.lon };
    options("equal-earth", LonLat::new(lon, 0.0), None)
}

fn options(name: &str, center: LonLat, parallels: Option<(f64, f64)>) -> ProjectionOptions {
    // A centre that reads well says the same.
    let tidy = |degrees: f64| (degrees * 10.0).round() / 10.0;
    let center = LonLat::new(tidy(center.lon), tidy(center.lat));
    let parallels = parallels.map(|(south, north)| (tidy(south), tidy(north)));
    ProjectionOptions { name: name.into(), center, parallels, ..ProjectionOptions::default() }
}
