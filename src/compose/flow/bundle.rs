//! Arrows of amounts that have one origin and go much the same way leave it as one trunk: side by side, in the order of their targets, with
//! one direction at the start.

use kurbo::Vec2;

use super::{Aim, Bend};
use crate::geometry::length;

/// A gap between the directions of two neighbouring targets, in radians, from which on they are in different trunks.
const APART: f64 = 0.8;
/// The directions of a trunk's targets differ by no more than this.
const WIDEST: f64 = 1.25;

/// Which way a trunk goes, and which lane of it an arrow takes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Trunk {
    /// All arrows of a trunk have this number.
    pub number: usize,
    /// The common direction at the start, a unit vector; `None` for an arrow of its own.
    pub along: Option<Vec2>,
    /// How far aside the arrow starts, px.
    pub aside: f64,
    /// Width of all of it, px.
    pub width: f64,
}

/// Gives every arrow its trunk.
pub(super) fn bundle(aims: &mut [Aim]) {
    let mut number = 0;
    let mut done = vec![false; aims.len()];
    for first in 0..aims.len() {
        if done[first] {
            continue;
        }
        let family: Vec<usize> = (first..aims.len()).filter(|i| aims[*i].from == aims[first].from).collect();
        for i in &family {
            done[*i] = true;
        }
        // arrows without an amount are thin enough to fan out from one point
        if family.iter().all(|i| aims[*i].value.is_none()) {
            number += 1;
            for i in &family {
                let width = aims[*i].shaft.start;
                aims[*i].trunk = Trunk { number, width, ..Trunk::default() };
            }
            continue;
        }
        for members in trunks(&family, aims) {
            number += 1;
            join(&members, number, aims);
        }
    }
}

/// The arrows of one origin, parted by direction.
fn trunks(family: &[usize], aims: &[Aim]) -> Vec<Vec<usize>> {
    let heading = |i: &usize| {
        let toward = aims[*i].to - aims[*i].from;
        libm::atan2(toward.y, toward.x)
    };
    let mut round: Vec<(f64, usize)> = family.iter().map(|i| (heading(i), *i)).collect();
    round.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let turn = std::f64::consts::TAU;
    let gap = |k: usize| {
        let next = if k + 1 < round.len() { round[k + 1].0 } else { round[0].0 + turn };
        next - round[k].0
    };
    // begin after the widest gap, so that no trunk lies across the seam
    let seam = (0..round.len()).max_by(|a, b| gap(*a).total_cmp(&gap(*b))).unwrap_or(0);
    let unrolled: Vec<(f64, usize)> = (1..=round.len())
        .map(|k| {
            let at = (seam + k) % round.len();
            (round[at].0 + if at <= seam { turn } else { 0.0 }, round[at].1)
        })
        .collect();
    split(&unrolled)
}

/// Parts a fan at its widest gap until every part is narrow enough.
fn split(fan: &[(f64, usize)]) -> Vec<Vec<usize>> {
    let gap = |k: &usize| fan[k + 1].0 - fan[*k].0;
    let widest = (0..fan.len().saturating_sub(1)).max_by(|a, b| gap(a).total_cmp(&gap(b)));
    let spread = fan.last().map_or(0.0, |last| last.0) - fan.first().map_or(0.0, |first| first.0);
    match widest {
        Some(k) if gap(&k) > APART || spread > WIDEST => {
            let (one, other) = fan.split_at(k + 1);
            let mut parts = split(one);
            parts.extend(split(other));
            parts
        }
        _ => vec![fan.iter().map(|(_, i)| *i).collect()],
    }
}

/// Makes one trunk of arrows: its direction is the mean of those that they have alone.
fn join(members: &[usize], number: usize, aims: &mut [Aim]) {
    let alone = |aim: &Aim| {
        let start = aim.bent(Bend { bow: aim.bend.bow * 0.5, ..aim.bend }).p1 - aim.from;
        start / length(start).max(1e-9)
    };
    let sum = members.iter().fold(Vec2::ZERO, |sum, i| sum + alone(&aims[*i]));
    if members.len() < 2 || length(sum) < 1e-6 {
        for i in members {
            let width = aims[*i].shaft.start;
            aims[*i].trunk = Trunk { number, width, ..Trunk::default() };
        }
        return;
    }
    let along = sum / length(sum);
    let across = Vec2::new(-along.y, along.x);
    let mut lanes: Vec<(f64, usize)> = members
        .iter()
        .map(|i| {
            let toward = aims[*i].to - aims[*i].from;
            (libm::atan2(toward.dot(across), toward.dot(along)), *i)
        })
        .collect();
    lanes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let all: f64 = lanes.iter().map(|(_, i)| aims[*i].shaft.start).sum();
    let mut edge = -all / 2.0;
    for (_, i) in lanes {
        let wide = aims[i].shaft.start;
        aims[i].trunk = Trunk { number, along: Some(along), aside: edge + wide / 2.0, width: all };
        edge += wide;
    }
}
