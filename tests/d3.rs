//! Outlines of all countries against those of d3-geo, in twelve projections and twelve turns of the globe, at 1:110
//! million and 1:50 million: as large, none missing and none too many.
//!
//! `tests/reference/d3.mjs` makes the reference and says how; it reads our outlines too, and records the area of the
//! symmetric difference.

mod support;

use std::fs;
use std::io::Read as _;

use kurbo::{PathEl, Rect, Vec2};
use pressmap::atlas::{Atlas, Borders, Detail, Level};
use pressmap::geometry::{LonLat, Path, Polygon, Ring};
use pressmap::projection::{Fit, ProjectionOptions, Projector};
use support::root;

const PROJECTIONS: [&str; 12] = [
    "equal-earth",
    "natural-earth",
    "mercator",
    "equirectangular",
    "orthographic",
    "lambert-azimuthal-equal-area",
    "azimuthal-equidistant",
    "stereographic",
    "gnomonic",
    "mollweide",
    "winkel-tripel",
    "hammer",
];
/// Longitude and latitude of the centre, and the turn around it.
const TURNS: [[f64; 3]; 12] = [
    [0.0, 0.0, 0.0],
    [11.0, 0.0, 0.0],
    [150.0, 0.0, 0.0],
    [-170.0, 0.0, 0.0],
    [-70.0, 40.0, 0.0],
    [20.0, -35.0, 0.0],
    [90.0, 60.0, 0.0],
    [0.0, 90.0, 0.0],
    [45.0, -90.0, 0.0],
    [-100.0, 20.0, 35.0],
    [133.0, -25.0, -120.0],
    [179.0, 66.0, 90.0],
];
const DETAILS: [(&str, Detail); 2] = [("coarse", Detail::Coarse), ("medium", Detail::Medium)];
/// Px to the globe's radius.
const SCALE: f64 = 300.0;
/// What outlines may differ by, as a share of the disc.
const APART: f64 = 0.0002;

fn borders(detail: Detail) -> Borders {
    Atlas::bundled().borders(Level::Country, detail, 0.0)
}

/// The outline of each country.
fn outlines(borders: &Borders, name: &str, [lon, lat, roll]: [f64; 3]) -> Vec<Path> {
    let options = ProjectionOptions {
        name: name.into(),
        center: LonLat::new(lon, lat),
        roll,
        ..ProjectionOptions::default()
    };
    let projector = Projector::new(&options).expect("a projection of the list");
    let shapes: Vec<&[Polygon]> = borders.shapes.iter().map(|(_, polygons)| polygons.as_slice()).collect();
    let fit = Fit { scale: SCALE, offset: Vec2::ZERO };
    projector.project(&borders.topology, &shapes, fit, Rect::new(-1e5, -1e5, 1e5, 1e5)).areas
}

fn codes(borders: &Borders) -> Vec<String> {
    borders.shapes.iter().map(|(id, _)| Atlas::bundled().place(*id).code.to_string()).collect()
}

#[test]
fn every_country_is_as_large_as_d3_draws_it() {
    let packed = fs::read(root().join("tests/reference/d3.tsv.gz")).expect("the reference");
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut text).expect("text");
    let mut faults = Vec::new();
    let mut compared = 0;
    for (detail, of) in DETAILS {
        let borders = borders(of);
        let codes = codes(&borders);
        let head = text.lines().find(|line| line.starts_with(&format!("codes\t{detail}\t"))).expect("codes");
        assert_eq!(
            head.split('\t').skip(2).collect::<Vec<_>>(),
            codes,
            "{detail}: run tests/reference/d3.mjs"
        );
        for line in text.lines().filter(|line| line.starts_with(&format!("{detail}\t"))) {
            let fields: Vec<&str> = line.split('\t').collect();
            let number = |i: usize| fields[i].parse::<f64>().expect("a number");
            let (name, turn, disc) = (fields[1], [number(2), number(3), number(4)], number(5));
            let apart = number(6) / 1e6;
            if apart >= APART {
                faults.push(format!(
                    "{detail} {name} {turn:?}: {apart} of the disc apart when it was measured"
                ));
            }
            compared += 1;
            for ((path, code), millionths) in
                outlines(&borders, name, turn).iter().zip(&codes).zip(&fields[8..])
            {
                let theirs = millionths.parse::<f64>().expect("a number") / 1e6;
                let ours = path.area().abs() / disc;
                // what is less than a millionth of the disc may be seen or not
                let lost = (ours == 0.0) != (theirs == 0.0) && ours.max(theirs) > 3e-6;
                if (ours - theirs).abs() > APART || lost {
                    faults.push(format!("{detail} {name} {turn:?} {code}: {ours:.7}, d3 {theirs:.7}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert_eq!(compared, DETAILS.len() * PROJECTIONS.len() * TURNS.len());
}

/// Writes what `tests/reference/d3.mjs` reads.
#[test]
#[ignore = "writes our outlines for tests/reference/d3.mjs"]
fn outlines_are_written_for_d3() {
    let folder = root().join("target/d3");
    fs::create_dir_all(&folder).expect("a folder");
    let cases: Vec<(&str, [f64; 3])> =
        PROJECTIONS.iter().flat_map(|name| TURNS.map(|turn| (*name, turn))).collect();
    let told: Vec<_> =
        cases.iter().map(|(name, turn)| serde_json::json!({ "name": name, "turn": turn })).collect();
    let details = DETAILS.map(|(name, _)| name);
    let head = serde_json::json!({ "scale": SCALE, "cases": told, "details": details });
    fs::write(folder.join("cases.json"), head.to_string()).expect("written");
    for (detail, of) in DETAILS {
        let borders = borders(of);
        // d3 has the interior to the right
        let ring = |ring: &Ring| {
            let mut all: Vec<[f64; 2]> = borders.topology.ring(ring).map(|v| [v.lon, v.lat]).collect();
            all.push(all[0]);
            all.reverse();
            all
        };
        let polygon = |polygon: &Polygon| polygon.0.iter().map(ring).collect::<Vec<_>>();
        let shapes: Vec<Vec<_>> =
            borders.shapes.iter().map(|(_, polygons)| polygons.iter().map(polygon).collect()).collect();
        let world = serde_json::json!({ "codes": codes(&borders), "shapes": shapes });
        fs::write(folder.join(format!("{detail}.json")), world.to_string()).expect("written");
        for (number, (name, turn)) in cases.iter().enumerate() {
            let bytes: Vec<u8> = outlines(&borders, name, *turn).iter().flat_map(packed).collect();
            fs::write(folder.join(format!("{detail}-{number}.bin")), bytes).expect("written");
        }
    }
}

/// The rings of a path: their number, and of each the number of points and the points.
fn packed(path: &Path) -> Vec<u8> {
    let mut rings: Vec<Vec<[f32; 2]>> = Vec::new();
    for element in path.elements() {
        match element {
            PathEl::MoveTo(p) => rings.push(vec![[p.x as f32, p.y as f32]]),
            PathEl::LineTo(p) => rings.last_mut().expect("begun").push([p.x as f32, p.y as f32]),
            _ => {}
        }
    }
    let mut bytes = (rings.len() as u32).to_le_bytes().to_vec();
    for ring in rings {
        bytes.extend((ring.len() as u32).to_le_bytes());
        bytes.extend(ring.iter().flatten().flat_map(|c| c.to_le_bytes()));
    }
    bytes
}
