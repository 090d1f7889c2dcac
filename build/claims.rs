//! Disputed areas as pieces of the countries that hold them: what differs from the countries' own arcs.
//!
//! A line of `claim-lines-*.geojson` runs from a vertex of a country's outline to another, with the area on its left. The
//! pieces are made into arcs of their own; arcs that they have in common with the countries stay those of the countries, so
//! a map that asks for no view pays nothing for them.

use crate::arcs::{Arc, Edge, Topology, edge};
use crate::grid::{Ring, Vertex};
use crate::tables::{Row, id_of};
use crate::{heal, read_rows};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

/// Ids of areas that are no places begin here.
const FIRST_AREA: usize = 1_000_000;

/// A line between vertices of a country's outline, or a point within one of its polygons.
pub struct Claim {
    pub area: String,
    pub code: String,
    pub line: Vec<Vertex>,
}

/// Rings of places by code.
pub type Places = BTreeMap<String, Vec<Vec<Ring>>>;

/// Takes the areas out of the countries that hold them, under names of their own; the edges of the lines are disputed.
pub fn part(places: &mut Places, claims: &[Claim], disputed: &mut HashSet<Edge>) {
    for claim in claims {
        let polygons = places.get_mut(&claim.code).unwrap_or_else(|| panic!("{} is no place", claim.code));
        let line = if claim.line.len() > 1 { heal::densified_line(&claim.line) } else { claim.line.clone() };
        let piece = match line.as_slice() {
            [at] => {
                let found = polygons.iter().position(|polygon| contains(&polygon[0], *at));
                polygons.remove(found.unwrap_or_else(|| panic!("no polygon of {} is there", claim.area)))
            }
            line => {
                disputed.extend(line.windows(2).map(|ends| edge(ends[0], ends[1])));
                vec![cut(polygons, line).unwrap_or_else(|| panic!("{} does not cut", claim.area))]
            }
        };
        places.entry(format!("~{}", claim.area)).or_default().push(piece);
    }
}

/// Cuts the polygon that has both ends of `line` in its exterior; gives what lies on the left.
fn cut(polygons: &mut [Vec<Ring>], line: &[Vertex]) -> Option<Ring> {
    let (first, last) = (*line.first()?, *line.last()?);
    for polygon in polygons {
        let ring = &polygon[0];
        let at = |vertex: Vertex| ring.iter().position(|v| *v == vertex);
        let (Some(start), Some(end)) = (at(first), at(last)) else { continue };
        let inner = &line[1..line.len() - 1];
        let mut piece = run(ring, end, start);
        piece.extend(inner);
        let mut rest = run(ring, start, end);
        rest.extend(inner.iter().rev());
        polygon[0] = rest;
        return Some(piece);
    }
    None
}

/// The vertices of a ring from `from` to `to`, both included.
fn run(ring: &Ring, from: usize, to: usize) -> Ring {
    let count = (to + ring.len() - from) % ring.len();
    (0..=count).map(|k| ring[(from + k) % ring.len()]).collect()
}

/// Whether a point lies in a ring (crossings of a ray to the east).
fn contains(ring: &Ring, (x, y): Vertex) -> bool {
    let sides = ring.iter().zip(ring.iter().cycle().skip(1));
    let crosses = |(a, b): &(&Vertex, &Vertex)| {
        (a.1 > y) != (b.1 > y)
            && f64::from(x)
                < f64::from(b.0 - a.0) * f64::from(y - a.1) / f64::from(b.1 - a.1) + f64::from(a.0)
    };
    sides.filter(crosses).count() % 2 == 1
}

/// What `parted` has and `base` has not: its own arcs, counted on from those of `base`, and the shapes that use them
/// or have lost a polygon.
pub fn patch(base: &Topology<String>, parted: Topology<String>) -> Topology<String> {
    let mut known: HashMap<&[Vertex], usize> = HashMap::new();
    for (index, arc) in base.arcs.iter().enumerate() {
        known.entry(&arc.vertices).or_insert(index);
    }
    let mut arcs: Vec<Arc> = Vec::new();
    let index_of: Vec<usize> = parted
        .arcs
        .into_iter()
        .map(|arc| {
            known.get(arc.vertices.as_slice()).copied().unwrap_or_else(|| {
                arcs.push(arc);
                base.arcs.len() + arcs.len() - 1
            })
        })
        .collect();
    let mut shapes = parted.shapes;
    for reference in shapes.values_mut().flatten().flatten().flatten() {
        reference.arc = index_of[reference.arc];
    }
    shapes.retain(|code, shape| base.shapes.get(code) != Some(shape));
    Topology { arcs, shapes }
}

/// The number of a piece: that of a place, or of an area.
pub fn id(areas: &[String], places: &[Row], code: &str) -> usize {
    match code.strip_prefix('~') {
        Some(area) => {
            let found = areas.iter().position(|one| one == area);
            FIRST_AREA + found.unwrap_or_else(|| panic!("{area} is not in disputes.csv"))
        }
        None => id_of(places, code),
    }
}

/// Names of the areas, in the order of `disputes.csv`.
pub fn areas(data: &Path) -> Vec<String> {
    read_rows(&data.join("disputes.csv")).iter().map(|row| row["area"].clone()).collect()
}

/// Both tables for the program: `a TAB area TAB name TAB place TAB holder TAB lon TAB lat TAB between` and
/// `v TAB view TAB area TAB shows TAB lines`.
pub fn lines(data: &Path) -> String {
    let mut out = String::new();
    for row in read_rows(&data.join("disputes.csv")) {
        let cells =
            ["area", "name", "place", "holder", "lon", "lat", "between"].map(|column| row[column].as_str());
        out += &format!("a\t{}\n", cells.join("\t"));
    }
    for row in read_rows(&data.join("views.csv")) {
        let cells = ["view", "area", "shows", "lines"].map(|column| row[column].as_str());
        out += &format!("v\t{}\n", cells.join("\t"));
    }
    out
}
