//! Composites: countries with far parts, as a main map and insets that the layout knows.
//!
//! The names are those that a projection has in the map file. Which parts belong to a composite follows the usual ones of
//! newsrooms (d3-geo's `geoAlbersUsa`; R. Maigret's d3-composite-projections).

use super::Desk;
use crate::frame::{Far, Fit, FrameOptions};
use crate::geometry::LonLat;
use crate::projection;
use crate::spec::MapSpec;

/// A composite.
pub(super) struct Composite {
    pub name: &'static str,
    /// Projection, and standard parallels, of the main map.
    projection: (&'static str, Option<(f64, f64)>),
    /// Longitude of its middle.
    lon: f64,
    /// West, south, east, north of the main map.
    edges: [f64; 4],
    /// Its far parts.
    pub parts: &'static [FarPart],
}

/// A far part of a country.
pub(super) struct FarPart {
    /// Words above it.
    pub title: &'static str,
    /// West, south, east, north.
    pub edges: [f64; 4],
    /// Its width as a multiple of the style's.
    pub width: f64,
}

const fn part(title: &'static str, edges: [f64; 4], width: f64) -> FarPart {
    FarPart { title, edges, width }
}

/// All composites.
pub(super) const COMPOSITES: [Composite; 6] = [
    Composite {
        name: "albers-usa",
        projection: ("albers", Some((29.5, 45.5))),
        lon: -96.0,
        edges: [-119.5, 24.5, -72.5, 49.4],
        parts: &[
            part("Alaska", [172.0, 52.0, -130.0, 71.5], 1.7),
            part("Hawaii", [-160.5, 18.7, -154.6, 22.4], 1.0),
            part("Puerto Rico", [-67.4, 17.8, -65.1, 18.6], 1.0),
        ],
    },
    Composite {
        name: "france",
        projection: ("albers", Some((43.0, 49.5))),
        lon: 2.5,
        edges: [-4.9, 41.4, 9.4, 51.1],
        parts: &[
            part("Guadeloupe", [-61.85, 15.8, -60.95, 16.55], 1.0),
            part("Martinique", [-61.3, 14.35, -60.75, 14.95], 1.0),
            part("French Guiana", [-54.7, 2.0, -51.5, 5.9], 1.0),
            part("Réunion", [55.15, -21.45, 55.9, -20.8], 1.0),
            part("Mayotte", [44.95, -13.05, 45.35, -12.6], 1.0),
        ],
    },
    Composite {
        name: "spain",
        projection: ("albers", Some((37.5, 42.3))),
        lon: -3.5,
        edges: [-9.4, 35.8, 4.4, 43.8],
        parts: &[part("Canary Islands", [-18.3, 27.5, -13.3, 29.5], 1.0)],
    },
    Composite {
        name: "portugal",
        projection: ("albers", Some((37.8, 41.3))),
        lon: -8.0,
        edges: [-9.6, 36.9, -6.1, 42.2],
        parts: &[
            part("Azores", [-31.4, 36.8, -24.9, 39.9], 1.0),
            part("Madeira", [-17.4, 32.3, -16.1, 33.2], 1.0),
        ],
    },
    Composite {
        name: "chile",
        projection: ("transverse-mercator", None),
        lon: -71.0,
        edges: [-75.8, -55.9, -66.5, -17.4],
        parts: &[
            part("Easter Island", [-109.55, -27.25, -109.15, -27.0], 1.0),
            part("Juan Fernández Islands", [-81.0, -33.9, -78.6, -33.5], 1.0),
        ],
    },
    Composite {
        name: "ecuador",
        projection: ("lambert-azimuthal-equal-area", None),
        lon: -78.4,
        edges: [-81.1, -5.1, -75.1, 1.6],
        parts: &[part("Galápagos Islands", [-91.8, -1.6, -89.1, 0.8], 1.0)],
    },
];

impl Desk<'_> {
    /// The composite that is asked for as the main map's projection.
    pub(super) fn composite(&self, spec: &MapSpec) -> Option<&'static Composite> {
        static ALL: [Composite; COMPOSITES.len()] = COMPOSITES;
        let name = spec.frame.projection.as_deref()?;
        ALL.iter().find(|one| one.name == name)
    }
}

impl Composite {
    /// The frame of its main map; what else the user wished for stays.
    pub(super) fn frame(&self, wished: FrameOptions) -> FrameOptions {
        let (name, parallels) = self.projection;
        let lat = (self.edges[1] + self.edges[3]) / 2.0;
        debug_assert!(projection::NAMES.contains(&name));
        FrameOptions {
            fit: Fit::Box(self.edges),
            projection: Some(name.to_owned()),
            center: wished.center.or(Some(LonLat::new(self.lon, lat))),
            parallels: wished.parallels.or(parallels),
            far: Far::Fit,
            ..wished
        }
    }
}
