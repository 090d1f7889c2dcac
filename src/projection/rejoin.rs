//! Joins the loose ends that clipping left, along the clip edge.
//!
//! All places where a polygon's rings meet the clip edge are sorted along it. Between one and the
//! next the edge is inside the polygon or outside, in turn; the inside stretches become part of
//! its outline. Which of the two it begins with follows from the winding: behind a place where a
//! ring goes out, with its interior to its left, the edge is inside. Every such place has one
//! piece and one stretch, so that the outlines always close, whatever the input.
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

/// Adds the closed outlines to `rings`, which may hold rings of the same polygon that meet the
/// clip edge nowhere.
pub(super) fn rejoin(pieces: &Pieces, edge: &Edge, rings: &mut Rings) {
    let meetings = meetings(pieces);
    if meetings.is_empty() {
        return;
    }
    let first = rings.len();
    let votes = votes(&meetings);
    link(pieces, edge, &meetings, usize::from(votes < 0.0), rings);
    // Without a vote (a spike along the clip edge) the areas tell: what is joined the wrong way
    // round comes out as the polygon less the whole map.
    if votes == 0.0 && rings.area() < 0.0 {
        rings.truncate(first);
        link(pieces, edge, &meetings, 1, rings);
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

/// Positive when the stretches behind meetings 0, 2, 4 … are inside. Every stretch between a way
/// out and a way in votes with its length, so that rounding at one place does not matter.
fn votes(meetings: &[Meeting]) -> f64 {
    let sum = |parity: usize| -> f64 {
        let pairs = meetings.windows(2).enumerate().filter(|(i, _)| i % 2 == parity);
        pairs
            .map(|(_, w)| match (w[0].leaves, w[1].leaves) {
                (true, false) => w[1].site - w[0].site,
                (false, true) => w[0].site - w[1].site,
                _ => 0.0,
            })
            .sum()
    };
    sum(0) - sum(1)
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
