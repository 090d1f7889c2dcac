//! Borders from their packed form (written by `build/pack.rs`, which describes it), thinned while
//! they are decoded: first what there is and where, then the vertices of the arcs that are wanted.

use super::weight::{ALWAYS, distance};
use super::{Borders, Detail, Level, LineKind, Listed, PlaceId, Shaped, Tolerance, Wanted};
use crate::geometry::{ArcRef, LonLat, Polygon, Reach, Ring, Topology};
use rayon::prelude::*;
use std::ops::Range;
use std::sync::LazyLock;

/// The embedded bytes of one packed file. (A constant would be embedded again by each unit of code that uses it.)
macro_rules! packed {
    ($name:literal) => {{
        static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".bin"));
        BYTES
    }};
}

/// Units of the packed coordinates per degree.
const UNIT: f64 = 10_000.0;
/// Units of the packed reaches per degree.
const HUNDREDTHS: f64 = 100.0;
/// So many arcs are decoded at once by one thread.
const ARCS_AT_ONCE: usize = 128;

/// The packed borders of a level and detail; `None` for a level that is not bundled. U.S. states have one detail.
pub(super) fn borders_of(level: Level, detail: Detail) -> Option<&'static [u8]> {
    Some(match (level, detail) {
        (Level::UsState, _) => packed!("us-states"),
        (Level::Country, Detail::Coarse) => packed!("countries-110m"),
        (Level::Country, Detail::Medium) => packed!("countries-50m"),
        (Level::Country, Detail::Fine) => packed!("countries-10m"),
        (Level::Admin1 | Level::Own, _) => return None,
    })
}

/// What the disputed areas of a detail add to the borders of countries: see `view.rs`.
pub(super) fn claims_of(detail: Detail) -> &'static [u8] {
    match detail {
        Detail::Coarse => packed!("claims-110m"),
        Detail::Medium => packed!("claims-50m"),
        Detail::Fine => packed!("claims-10m"),
    }
}

/// The packed provinces of the world, their unions, and the countries that they make.
pub(super) fn province_bytes() -> &'static [u8] {
    packed!("admin-1")
}

/// The packed lakes of a detail.
pub(super) fn lakes_of(detail: Detail) -> &'static [u8] {
    match detail {
        Detail::Coarse => packed!("lakes-110m"),
        Detail::Medium => packed!("lakes-50m"),
        Detail::Fine => packed!("lakes-10m"),
    }
}

/// Packed borders of which the vertices are not read yet.
pub struct Sketch {
    /// The kind of each arc.
    pub kinds: Vec<LineKind>,
    /// How far each arc reaches.
    pub reaches: Vec<Reach>,
    /// The polygons of each place, in the order of `PlaceId`.
    pub shapes: Vec<Shaped>,
    arcs: Vec<PackedArc>,
    /// One weight a vertex, arc after arc.
    weights: &'static [u8],
    /// Their steps, arc after arc.
    steps: &'static [u8],
}

/// Of an arc that is wanted the lowest weight that is kept, and how many vertices have it.
type Kept = Option<(u8, usize)>;

/// Where an arc's vertices are packed.
struct PackedArc {
    first: (i32, i32),
    vertices: Range<usize>,
    steps: Range<usize>,
}

impl Sketch {
    /// Reads what comes before the vertices.
    pub(super) fn new(bytes: &'static [u8]) -> Sketch {
        let mut reader = Reader { bytes, at: 0 };
        let (arc_count, vertex_count) = (reader.unsigned(), reader.unsigned());
        let mut arcs: Vec<PackedArc> = Vec::with_capacity(arc_count);
        let (mut kinds, mut reaches) = (Vec::with_capacity(arc_count), Vec::with_capacity(arc_count));
        let (mut x, mut y, mut vertices, mut steps) = (0, 0, 0, 0);
        for _ in 0..arc_count {
            let head = reader.unsigned();
            kinds.push(match head & 3 {
                0 => LineKind::Coast,
                1 => LineKind::Border,
                3 => LineKind::Inner,
                _ => LineKind::Disputed,
            });
            let (after, until) = (vertices + (head >> 2), steps + reader.unsigned());
            x += reader.signed();
            y += reader.signed();
            arcs.push(PackedArc { first: (x, y), vertices: vertices..after, steps: steps..until });
            (vertices, steps) = (after, until);
            reaches.push(reach(&mut reader, position(x, y)));
        }
        let shapes = (0..reader.unsigned())
            .map(|_| {
                let id = PlaceId(reader.unsigned() as u32);
                (id, (0..reader.unsigned()).map(|_| polygon(&mut reader)).collect())
            })
            .collect();
        let weights = reader.take(vertex_count);
        let steps = bytes.get(reader.at..).unwrap_or_default();
        Sketch { kinds, reaches, shapes, arcs, weights, steps }
    }

    /// What is known of them.
    pub(super) fn listed(&mut self) -> Listed<'_> {
        Listed { kinds: &self.kinds, reaches: &self.reaches, shapes: &mut self.shapes }
    }

    /// The borders without the places that `wanted` takes away, with the vertices of the arcs that it wants: see
    /// [`Sketch::borders`].
    pub(super) fn borders_where(mut self, tolerance: Tolerance, wanted: &Wanted<'_>) -> Borders {
        let wanted = wanted(&mut self.listed());
        self.borders(tolerance, Some(&wanted))
    }

    /// The borders with the vertices of the `wanted` arcs, without those that `tolerance` can do without. Arcs that
    /// are not wanted have no vertex.
    pub(super) fn borders(self, tolerance: Tolerance, wanted: Option<&[bool]>) -> Borders {
        let wanted = |k: &usize| wanted.is_none_or(|wanted| wanted.get(*k).copied().unwrap_or(false));
        // of the arcs of a part, the lowest weight that is kept and how many vertices have it
        let keeps = |(part, arcs): (usize, &[PackedArc])| {
            let numbers: Vec<usize> =
                (part * ARCS_AT_ONCE..).take(arcs.len()).filter(|k| wanted(k)).collect();
            let tolerances = tolerance.of(numbers.iter().map(|k| self.reaches[*k]));
            let mut kept: Vec<Kept> = vec![None; arcs.len()];
            for (k, lowest) in numbers.into_iter().zip(tolerances.into_iter().map(first_kept)) {
                let weights = self.weights(&self.arcs[k]);
                let count = weights.iter().filter(|weight| **weight >= lowest).count();
                kept[k - part * ARCS_AT_ONCE] = Some((lowest, count));
            }
            kept
        };
        let kept: Vec<Vec<Kept>> = self.arcs.par_chunks(ARCS_AT_ONCE).enumerate().map(keeps).collect();
        let count = |kept: &Kept| kept.map_or(0, |(_, count)| count);
        let mut arcs: Vec<Range<u32>> = Vec::with_capacity(self.arcs.len());
        for count in kept.iter().flatten().map(count) {
            let start = arcs.last().map_or(0, |last| last.end);
            arcs.push(start..start + count as u32);
        }
        // zeros that the system has at hand: the pages are first touched by the thread that fills them
        let mut vertices: Vec<LonLat> = bytemuck::zeroed_vec(arcs.last().map_or(0, |last| last.end as usize));
        let mut rest = vertices.as_mut_slice();
        let mut parts = Vec::new();
        for (arcs, kept) in self.arcs.chunks(ARCS_AT_ONCE).zip(&kept) {
            let (own, after) = rest.split_at_mut(kept.iter().map(count).sum());
            parts.push((arcs, kept, own));
            rest = after;
        }
        parts.into_par_iter().for_each(|(arcs, kept, own)| self.decode(arcs, kept, own));
        Borders {
            topology: Topology { vertices, arcs },
            kinds: self.kinds,
            reaches: self.reaches,
            shapes: self.shapes,
        }
    }

    /// The weights of an arc's vertices.
    fn weights(&self, arc: &PackedArc) -> &[u8] {
        self.weights.get(arc.vertices.clone()).unwrap_or_default()
    }

    /// Writes the vertices of some arcs that are `kept` into `to`, which has room for just these.
    fn decode(&self, arcs: &[PackedArc], kept: &[Kept], to: &mut [LonLat]) {
        let mut end = 0;
        for (arc, kept) in arcs.iter().zip(kept) {
            let Some((kept, _)) = *kept else { continue };
            let mut reader = Reader { bytes: self.steps, at: arc.steps.start };
            let (mut x, mut y) = arc.first;
            let mut steps = (0, 0);
            // Every vertex is written, and the next one over it where it is not kept: whether it is kept cannot be
            // foreseen, and a branch that is mispredicted costs more than the write. The last of an arc is kept.
            for weight in self.weights(arc) {
                x += steps.0;
                y += steps.1;
                to[end] = position(x, y);
                end += usize::from(*weight >= kept);
                steps = (reader.signed(), reader.signed());
            }
        }
    }
}

/// Unpacks `bytes` without the vertices that `tolerance` can do without.
pub(super) fn unpack(bytes: &'static [u8], tolerance: Tolerance) -> Borders {
    Sketch::new(bytes).borders(tolerance, None)
}

#[inline]
fn position(x: i32, y: i32) -> LonLat {
    LonLat::new(f64::from(x) / UNIT, f64::from(y) / UNIT)
}

/// How far an arc reaches that begins at `first`.
fn reach(reader: &mut Reader, first: LonLat) -> Reach {
    let mut far = || reader.unsigned() as f64 / HUNDREDTHS;
    let (west, east) = (first.lon - far(), first.lon + far());
    let (south, north) = (first.lat - far(), first.lat + far());
    let step = far();
    Reach { west, east, south, north, step, turn: f64::from(reader.signed()) / HUNDREDTHS }
}

/// The lowest weight that a tolerance of `degrees` keeps: every vertex of a lower weight may go.
fn first_kept(degrees: f64) -> u8 {
    static DISTANCES: LazyLock<Vec<f64>> = LazyLock::new(|| (0..ALWAYS).map(distance).collect());
    DISTANCES.partition_point(|distance| *distance <= degrees) as u8
}

fn polygon(reader: &mut Reader) -> Polygon {
    let ring = |reader: &mut Reader| {
        let reference = |reader: &mut Reader| {
            let code = reader.unsigned();
            ArcRef { arc: (code >> 1) as u32, reversed: code & 1 == 1 }
        };
        Ring((0..reader.unsigned()).map(|_| reference(reader)).collect())
    };
    Polygon((0..reader.unsigned()).map(|_| ring(reader)).collect())
}

/// Reads LEB128 varints. Past the end it reads zeros: the bytes are our own.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> u8 {
        let byte = self.bytes.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        byte
    }

    #[inline]
    fn unsigned(&mut self) -> usize {
        let first = self.byte();
        if first < 0x80 {
            return usize::from(first);
        }
        let mut value = usize::from(first & 0x7f);
        let mut shift = 7;
        loop {
            let byte = self.byte();
            value |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return value;
            }
            shift += 7;
        }
    }

    #[inline]
    fn signed(&mut self) -> i32 {
        let value = self.unsigned() as u32;
        (value >> 1) as i32 ^ -((value & 1) as i32)
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let taken = self.bytes.get(self.at..self.at + count).unwrap_or_default();
        self.at += count;
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tolerance_keeps_what_is_heavier_only() {
        assert_eq!(first_kept(0.0), 0);
        assert_eq!(first_kept(f64::INFINITY), ALWAYS);
        let kept = first_kept(0.1);
        assert!(distance(kept) > 0.1 && distance(kept - 1) <= 0.1);
    }
}
