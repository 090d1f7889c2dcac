//! Joins the loose ends that clipping left, along the clip edge.
//!
//! All places where a polygon's rings meet the clip edge are sorted along it. Between one and the
//! next the edge is inside the polygon or outside, in turn; the inside stretches become part of
//! its outline. Which of the two it begins with follows from the winding: behind a place where a
//! ring goes out, with its interior to its left, the edge is inside. Every such place has one
//! piece and one stretch, so that the outlines always close, whatever the input.
//!
//! A ring that only touches the edge, or runs along it, meets it several times at one place, in an
//! order that rounding decides. Such places have no say in what is inside: what counts is the
//! length of the stretches between the others, and without any, the caller is asked. It is asked as
//! well when most of the map comes out inside: that may be true, or an island turned inside out.
//! After Weiler & Atherton (1977) and d3-geo `clip/rejoin.js` (ISC licence).

use super::edge::Edge;
use super::rings::{Pieces, Rings};

/// A place where a piece meets the clip edge.
#[derive(Clone, Copy)]
struct Meeting {
    site: f64,
    piece: usize,
    /// The piece ends here, rather than begins.
    leaves: bool,
}

/// Who knows the polygon as it was before clipping.
pub(super) trait Witness {
    /// Whether outlines that fill most of the map are wrong.
    fn refutes(&self, outlines: &Rings) -> bool;
    /// Whether a site on the clip edge, which the polygon no more than touches, is inside it.
    /// `outlines` are its rings as they are.
    fn holds(&self, outlines: &Rings, site: f64) -> bool;
}

/// Adds the closed outlines to `rings`, which may hold rings of the same polygon that meet the
/// clip edge nowhere.
pub(super) fn rejoin(pieces: &Pieces, edge: &Edge, rings: &mut Rings, witness: &impl Witness) {
    let meetings = meetings(pieces);
    if meetings.is_empty() {
        return;
    }
    let Some(inside) = begins_inside(&meetings) else {
        link(pieces, edge, &meetings, shorter(&meetings), rings);
        if witness.holds(rings, far_site(&meetings)) {
            edge.ring(rings);
        }
        return;
    };
    let count = rings.len();
    link(pieces, edge, &meetings, usize::from(inside), rings);
    if rings.area() > edge.area() / 2.0 && witness.refutes(rings) {
        rings.truncate(count);
        link(pieces, edge, &meetings, usize::from(!inside), rings);
    }
}

/// All meetings, sorted along the clip edge.
fn meetings(pieces: &Pieces) -> Vec<Meeting> {
    let mut all = Vec::with_capacity(2 * pieces.list.len());
    for (piece, p) in pieces.list.iter().enumerate() {
        // A piece without both ends comes of arcs that do not join up; it has no outline.
        if let (Some(enters), Some(leaves)) = (p.enters, p.leaves) {
            all.push(Meeting { site: enters, piece, leaves: false });
            all.push(Meeting { site: leaves, piece, leaves: true });
        }
    }
    all.sort_by(|a, b| a.site.total_cmp(&b.site));
    all
}

/// Whether the clip edge is inside before the first meeting; `None` when the meetings do not tell.
///
/// Counted from there, ways out less ways in are 0 or 1 where it begins outside, and 0 or -1 where
/// it begins inside. Every stretch votes with its length.
fn begins_inside(meetings: &[Meeting]) -> Option<bool> {
    let mut depth = 0;
    let (mut outside, mut all) = (0.0, 0.0);
    for pair in meetings.windows(2) {
        depth += if pair[0].leaves { 1 } else { -1 };
        let length = pair[1].site - pair[0].site;
        all += length;
        outside += length * f64::from(depth.clamp(-1, 1));
    }
    (outside.abs() > 1e-9 * all).then_some(outside < 0.0)
}

/// 0 when the stretches behind meetings 0, 2, 4 … are the shorter ones, else 1.
fn shorter(meetings: &[Meeting]) -> usize {
    let mut lengths = [0.0; 2];
    for (i, pair) in meetings.windows(2).enumerate() {
        lengths[i % 2] += pair[1].site - pair[0].site;
    }
    usize::from(lengths[1] < lengths[0])
}

/// The middle of the longest stretch: far from where the rings touch the edge.
fn far_site(meetings: &[Meeting]) -> f64 {
    let (mut from, mut to) = (0.0, meetings[0].site);
    for pair in meetings.windows(2) {
        if pair[1].site - pair[0].site > to - from {
            (from, to) = (pair[0].site, pair[1].site);
        }
    }
    (from + to) / 2.0
}

/// Walks piece, stretch, piece, stretch … until each outline closes.
fn link(pieces: &Pieces, edge: &Edge, meetings: &[Meeting], parity: usize, rings: &mut Rings) {
    let count = meetings.len();
    let mut ends = vec![[0; 2]; pieces.list.len()];
    for (i, m) in meetings.iter().enumerate() {
        ends[m.piece][usize::from(m.leaves)] = i;
    }
    let mut done = vec![false; pieces.list.len()];
    for (start, meeting) in meetings.iter().enumerate() {
        if done[meeting.piece] || meeting.leaves {
            continue;
        }
        let mut at = start;
        loop {
            let m = meetings[at];
            done[m.piece] = true;
            let points = &pieces.points[pieces.list[m.piece].points.clone()];
            if m.leaves {
                rings.extend(points.iter().rev().copied());
            } else {
                rings.extend(points.iter().copied());
            }
            let out = ends[m.piece][usize::from(!m.leaves)];
            let onward = out % 2 == parity;
            at = if onward { (out + 1) % count } else { (out + count - 1) % count };
            stretch(edge, meetings, out, at, onward, rings);
            if at == start {
                break;
            }
        }
        rings.close();
    }
}

/// The stretch of the clip edge from one meeting to its neighbour.
fn stretch(edge: &Edge, meetings: &[Meeting], from: usize, to: usize, onward: bool, rings: &mut Rings) {
    let (a, b) = (meetings[from].site, meetings[to].site);
    if onward {
        edge.walk(a, b, to < from, |p| rings.push(p));
    } else {
        let mut back = Vec::new();
        edge.walk(b, a, from < to, |p| back.push(p));
        rings.extend(back.into_iter().rev());
    }
}
