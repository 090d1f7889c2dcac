//! Forward values against PROJ (`tests/reference/projections.py`), and inverse of forward.

use crate::geometry::LonLat;
use crate::projection::{NAMES, ProjectionOptions, Projector};

const REFERENCE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/projections.csv"));

/// A row of the reference.
struct Row {
    options: ProjectionOptions,
    at: LonLat,
    /// y up; `None` where the position is not shown.
    xy: Option<(f64, f64)>,
}

fn rows() -> impl Iterator<Item = Row> {
    REFERENCE.lines().skip(1).map(|line| {
        let fields: Vec<&str> = line.split(',').collect();
        let number = |i: usize| fields[i].parse::<f64>().ok();
        let pair = |i: usize| number(i).zip(number(i + 1));
        let position = |i: usize| pair(i).map(|(lon, lat)| LonLat::new(lon, lat)).unwrap();
        let name = fields[0].to_string();
        let options = ProjectionOptions {
            name,
            center: position(1),
            parallels: pair(3),
            ..ProjectionOptions::default()
        };
        Row { options, at: position(5), xy: pair(7) }
    })
}

#[test]
fn forward_is_that_of_proj() {
    let faults: Vec<String> = rows().filter_map(forward_fault).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn forward_fault(Row { options, at, xy }: Row) -> Option<String> {
    // Robinson is a table, and PROJ rounds the coefficients of its splines.
    let tolerance = if options.name == "robinson" { 1e-6 } else { 1e-9 };
    let found = Projector::new(&options).unwrap().forward(at);
    let agree = match (found, xy) {
        (None, None) => true,
        (Some(p), Some((x, y))) => (p.x - x).abs().max((-p.y - y).abs()) <= tolerance,
        _ => false,
    };
    (!agree).then(|| format!("{options:?} {at:?}: {found:?}, PROJ {xy:?}"))
}

#[test]
fn inverse_of_forward_is_the_position() {
    let faults: Vec<String> = rows().filter_map(inverse_fault).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn inverse_fault(Row { options, at, .. }: Row) -> Option<String> {
    let projector = Projector::new(&options).unwrap();
    let p = projector.forward(at)?;
    let Some(back) = projector.inverse(p) else {
        return Some(format!("{options:?} {at:?}: no inverse of {p:?}"));
    };
    // On a limb or along a pole the plane's last bit is more than 1e-9 on the globe: there the
    // inverse is right when it leads to the same point of the plane.
    let off = back.distance(at);
    let same = projector.forward(back).is_some_and(|q| p.distance_squared(q).sqrt() < 1e-15);
    (off >= 1e-9 && !same).then(|| format!("{options:?} {at:?}: {back:?}, {off:e} away"))
}

#[test]
fn every_projection_but_the_posed_one_has_reference_values() {
    for name in NAMES.iter().filter(|n| **n != "bertin-1953") {
        assert!(rows().any(|row| row.options.name == *name && row.xy.is_some()), "{name}");
    }
}
