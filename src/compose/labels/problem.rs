//! The choice to be made: for each label one of its candidates or none, no two of which conflict.
//!
//! Thousands of candidates make millions of pairs, of which a search asks for few. So only which labels have to do
//! with each other is found beforehand; what a candidate shuts out of another label's is found when it is first asked
//! for, and kept.

use super::boxes::{Boxes, NOWHERE, WORD, joined, ones, overlap};
use super::candidate::{Candidate, Footprint};
use kurbo::{Point, Rect};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// Most candidates of a label: one for each bit of what a candidate shuts out.
pub const MOST: usize = WORD;

/// A choice to be made.
pub struct Problem<'a> {
    /// Per label, its candidates, the cheapest first.
    candidates: &'a [Vec<Candidate>],
    /// Per label, what is lost when it is dropped, above 0.
    pub worth: Vec<f64>,
    /// Per label, those that could come into conflict with it, the nearest first.
    pub neighbours: Vec<Vec<Neighbour>>,
    /// Per label and candidate, what it costs and the box around what it takes up, as a search asks for them most.
    costs: Vec<Vec<f64>>,
    bounds: Vec<Vec<Rect>>,
    /// Per label, where its rows start in `shut_out`, one a candidate, and their columns, one a neighbour.
    rows: Vec<(usize, usize)>,
    shut_out: Vec<AtomicU64>,
    /// Per label, what its candidates take up.
    extents: Vec<Extents>,
}

/// What the candidates of a label take up: boxes around their words, and around their leaders.
struct Extents {
    words: Boxes,
    leaders: Boxes,
    /// Those whose words are not all of their box, as bits.
    bent: u64,
    /// The boxes around all that they take up, and around all leaders.
    around: Rect,
    around_leaders: Rect,
}

impl Extents {
    fn new(candidates: &[Candidate]) -> Extents {
        let prints = candidates.iter().map(|one| &one.footprint);
        let bent = |bits: u64, (one, k): (&Footprint, u32)| bits | u64::from(!one.is_level()) << k;
        Extents {
            words: Boxes::new(prints.clone().map(|one| one.words)),
            leaders: Boxes::new(prints.clone().map(|one| one.leads)),
            bent: prints.clone().zip(0..).fold(0, bent),
            around: prints.clone().map(|one| one.bounds).fold(NOWHERE, joined),
            around_leaders: prints.map(|one| one.leads).fold(NOWHERE, joined),
        }
    }

    /// Which of the candidates conflict with `other`, as bits.
    fn met(&self, candidates: &[Candidate], other: &Footprint) -> u64 {
        let of = |k: u32| &candidates[k as usize].footprint;
        let over = self.words.overlapped(other.words);
        let mut met = if other.is_level() { over & !self.bent } else { 0 };
        let add = |met: u64, among: u64, meets: &dyn Fn(&Footprint) -> bool| {
            ones(among & !met).fold(met, |met, k| met | u64::from(meets(of(k))) << k)
        };
        met = add(met, over, &|one| one.covers_words(other));
        let leads = other.has_leader();
        if leads {
            met = add(met, self.words.overlapped(other.leads), &|one| other.strikes(one));
        }
        if overlap(self.around_leaders, other.bounds) {
            met = add(met, self.leaders.overlapped(other.words), &|one| one.strikes(other));
            if leads {
                met = add(met, self.leaders.overlapped(other.leads), &|one| one.crosses(other));
            }
        }
        met
    }
}

/// A label that could come into conflict with another one.
#[derive(Clone, Copy)]
pub struct Neighbour {
    /// Which.
    pub label: u32,
    /// The place of that other one among its own neighbours.
    back: u32,
}

/// What a candidate shuts out is not known yet (or is everything, and found again).
const UNKNOWN: u64 = u64::MAX;

impl<'a> Problem<'a> {
    /// From the candidates of all labels, at most [`MOST`] each, and the labels' worth. Of labels that are `kin` neither minds the
    /// other.
    pub fn new(
        candidates: &'a [Vec<Candidate>],
        worth: Vec<f64>,
        kin: impl Fn(usize, usize) -> bool + Sync,
    ) -> Self {
        let extents: Vec<Extents> = candidates.iter().map(|own| Extents::new(own)).collect();
        let mut pairs = pairs(candidates, &extents, kin);
        // the nearest shut out most, and then there is no need to ask the others
        let at = |label: u32| candidates[label as usize].first().map_or(Point::ZERO, |c| c.rect.center());
        pairs.sort_by_cached_key(|&(a, b)| (at(a).distance_squared(at(b)).to_bits(), a, b));
        let mut neighbours: Vec<Vec<Neighbour>> = vec![Vec::new(); candidates.len()];
        for (a, b) in pairs {
            let (at, back) = (neighbours[a as usize].len() as u32, neighbours[b as usize].len() as u32);
            neighbours[a as usize].push(Neighbour { label: b, back });
            neighbours[b as usize].push(Neighbour { label: a, back: at });
        }
        let mut rows = Vec::with_capacity(candidates.len());
        let mut count = 0;
        for (own, near) in candidates.iter().zip(&neighbours) {
            rows.push((count, near.len()));
            count += own.len() * near.len();
        }
        let costs = candidates.iter().map(|own| own.iter().map(|one| one.cost).collect()).collect();
        let bounds =
            candidates.iter().map(|own| own.iter().map(|one| one.footprint.bounds).collect()).collect();
        let shut_out = (0..count).map(|_| AtomicU64::new(UNKNOWN)).collect();
        Problem { candidates, worth, neighbours, costs, bounds, rows, shut_out, extents }
    }

    /// What `neighbour`, standing on its candidate `number`, shuts out of the candidates of `label`: bit k stands for the k-th.
    pub fn shut_out(&self, label: u32, neighbour: Neighbour, number: u32) -> u64 {
        let (start, columns) = self.rows[neighbour.label as usize];
        let known = &self.shut_out[start + number as usize * columns + neighbour.back as usize];
        match known.load(Ordering::Relaxed) {
            UNKNOWN => {
                let footprint = &self.candidates[neighbour.label as usize][number as usize].footprint;
                let met = self.extents[label as usize].met(&self.candidates[label as usize], footprint);
                known.store(met, Ordering::Relaxed);
                met
            }
            shut_out => shut_out,
        }
    }

    /// The box around what a candidate takes up.
    pub fn bounds(&self, label: u32, number: u32) -> Rect {
        self.bounds[label as usize][number as usize]
    }

    /// The box around all that a label's candidates take up.
    pub fn around(&self, label: u32) -> Rect {
        self.extents[label as usize].around
    }

    /// How many candidates a label has.
    pub fn count(&self, label: u32) -> u32 {
        self.costs(label).len() as u32
    }

    /// What a candidate costs.
    pub fn cost(&self, label: u32, number: u32) -> f64 {
        self.costs(label)[number as usize]
    }

    /// What the candidates of a label cost, in ascending order.
    pub fn costs(&self, label: u32) -> &[f64] {
        &self.costs[label as usize]
    }

    /// Groups of labels that have nothing to do with each other, each in ascending order.
    pub fn components(&self) -> Vec<Vec<u32>> {
        let mut seen = vec![false; self.worth.len()];
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for start in 0..self.worth.len() as u32 {
            if std::mem::replace(&mut seen[start as usize], true) {
                continue;
            }
            let mut members = vec![start];
            let mut done = 0;
            while let Some(&label) = members.get(done) {
                done += 1;
                for other in self.neighbours[label as usize].iter().map(|one| one.label) {
                    if !std::mem::replace(&mut seen[other as usize], true) {
                        members.push(other);
                    }
                }
            }
            members.sort_unstable();
            groups.push(members);
        }
        groups
    }
}

/// All pairs of labels of which some candidates conflict, found by a sweep from left to right over what all candidates of a
/// label take up together.
fn pairs(
    labels: &[Vec<Candidate>],
    extents: &[Extents],
    kin: impl Fn(usize, usize) -> bool + Sync,
) -> Vec<(u32, u32)> {
    let mut order: Vec<(Rect, u32)> = extents.iter().map(|one| one.around).zip(0..).collect();
    order.retain(|&(_, label)| !labels[label as usize].is_empty());
    order.sort_by(|a, b| a.0.x0.total_cmp(&b.0.x0).then(a.1.cmp(&b.1)));
    let of = |k: usize| {
        let (rect, label) = order[k];
        let reached = order[k + 1..].iter().take_while(move |(other, _)| other.x0 < rect.x1);
        let near = reached.filter(move |(other, _)| other.y0 < rect.y1 && rect.y0 < other.y1);
        let near = near.filter(|(_, other)| !kin(label as usize, *other as usize));
        let own = &labels[label as usize];
        let real = near.filter(|&&(bounds, other)| {
            let there = own.iter().filter(|c| overlap(c.footprint.bounds, bounds));
            let (extents, others) = (&extents[other as usize], &labels[other as usize]);
            there.into_iter().any(|one| extents.met(others, &one.footprint) != 0)
        });
        real.map(|&(_, other)| (label, other)).collect::<Vec<_>>()
    };
    let found: Vec<Vec<(u32, u32)>> = (0..order.len()).into_par_iter().map(of).collect();
    let mut all = found.concat();
    all.iter_mut().for_each(|pair| *pair = (pair.0.min(pair.1), pair.0.max(pair.1)));
    all
}
