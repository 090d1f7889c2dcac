//! Borders from their packed form (written by `build/pack.rs`, which describes it), thinned while
//! they are decoded.

use super::weight::{ALWAYS, distance};
use super::{Borders, Detail, Level, LineKind, PlaceId};
use crate::geometry::{ArcRef, LonLat, Polygon, Ring, Topology};
use std::ops::Range;

/// The embedded bytes of one packed file.
macro_rules! packed {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".bin"))
    };
}

/// Units of the packed coordinates per degree.
const UNIT: f64 = 10_000.0;

/// The packed borders of a level and detail; `None` for a level that is not bundled. U.S. states have one detail.
pub(super) fn borders_of(level: Level, detail: Detail) -> Option<&'static [u8]> {
    Some(match (level, detail) {
        (Level::UsState, _) => packed!("us-states"),
        (Level::Country, Detail::Coarse) => packed!("countries-110m"),
        (Level::Country, Detail::Medium) => packed!("countries-50m"),
        (Level::Country, Detail::Fine) => packed!("countries-10m"),
        (Level::Own, _) => return None,
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

/// The packed lakes of a detail.
pub(super) fn lakes_of(detail: Detail) -> &'static [u8] {
    match detail {
        Detail::Coarse => packed!("lakes-110m"),
        Detail::Medium => packed!("lakes-50m"),
        Detail::Fine => packed!("lakes-10m"),
    }
}

/// Unpacks `bytes` without the vertices that a tolerance of `tolerance` degrees can do without.
pub(super) fn unpack(bytes: &[u8], tolerance: f64) -> Borders {
    let mut reader = Reader { bytes, at: 0 };
    let (arc_count, vertex_count) = (reader.unsigned(), reader.unsigned());
    let weights = reader.take(vertex_count);
    let (topology, kinds) = arcs(&mut reader, arc_count, weights, first_kept(tolerance));
    let shapes = (0..reader.unsigned())
        .map(|_| {
            let id = PlaceId(reader.unsigned() as u32);
            (id, (0..reader.unsigned()).map(|_| polygon(&mut reader)).collect())
        })
        .collect();
    Borders { topology, kinds, shapes }
}

/// The arcs, without vertices of a weight below `kept`.
fn arcs(reader: &mut Reader, count: usize, weights: &[u8], kept: u8) -> (Topology, Vec<LineKind>) {
    // Every vertex is written, and the next one over it where it is not kept: whether it is kept
    // cannot be foreseen, and a branch that is mispredicted costs more than the write.
    let expected = weights.iter().filter(|w| **w >= kept).count();
    let mut vertices = vec![LonLat::new(0.0, 0.0); expected + 1];
    let mut end = 0;
    let mut arcs: Vec<Range<u32>> = Vec::with_capacity(count);
    let mut kinds = Vec::with_capacity(count);
    let (mut x, mut y) = (0, 0);
    let mut weights = weights.iter();
    for _ in 0..count {
        let head = reader.unsigned();
        kinds.push(match head & 3 {
            0 => LineKind::Coast,
            1 => LineKind::Border,
            _ => LineKind::Disputed,
        });
        let start = end as u32;
        for weight in weights.by_ref().take(head >> 2) {
            x += reader.signed();
            y += reader.signed();
            vertices[end] = LonLat::new(f64::from(x) / UNIT, f64::from(y) / UNIT);
            end += usize::from(*weight >= kept);
        }
        arcs.push(start..end as u32);
    }
    vertices.truncate(end);
    (Topology { vertices, arcs }, kinds)
}

/// The lowest weight that a tolerance of `degrees` keeps: every vertex of a lower weight may go.
fn first_kept(degrees: f64) -> u8 {
    (0..ALWAYS).find(|byte| distance(*byte) > degrees).unwrap_or(ALWAYS)
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
