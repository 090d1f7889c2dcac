//! The choice to be made: for each label one of its candidates or none, no two of which conflict.

use super::candidate::Candidate;
use kurbo::Rect;
use rayon::prelude::*;
use std::ops::Range;

/// A choice to be made.
pub struct Problem {
    /// Per label, its candidates' numbers.
    pub candidates: Vec<Range<u32>>,
    /// Per candidate, its label.
    pub label_of: Vec<u32>,
    /// Per candidate, its cost.
    pub cost: Vec<f64>,
    /// Per label, what is lost when it is dropped, above 0.
    pub worth: Vec<f64>,
    /// Per candidate, where its adversaries in `adversaries` end.
    ends: Vec<u32>,
    adversaries: Vec<u32>,
}

impl Problem {
    /// From the candidates of all labels and the labels' worth.
    pub fn new(labels: &[Vec<Candidate>], worth: Vec<f64>) -> Self {
        let all: Vec<&Candidate> = labels.iter().flatten().collect();
        let mut candidates = Vec::new();
        let mut label_of = Vec::new();
        for (label, own) in labels.iter().enumerate() {
            let start = label_of.len() as u32;
            label_of.resize(label_of.len() + own.len(), label as u32);
            candidates.push(start..label_of.len() as u32);
        }
        let pairs = conflicting_pairs(&all, &label_of);
        Problem::from_pairs(candidates, all.iter().map(|c| c.cost).collect(), worth, &pairs)
    }

    /// From bare numbers: each label's candidates, their costs, and the pairs that conflict.
    pub fn from_pairs(
        candidates: Vec<Range<u32>>,
        cost: Vec<f64>,
        worth: Vec<f64>,
        pairs: &[(u32, u32)],
    ) -> Self {
        let mut label_of = vec![0; cost.len()];
        for (label, own) in candidates.iter().enumerate() {
            own.clone().for_each(|c| label_of[c as usize] = label as u32);
        }
        let mut ends = vec![0_u32; cost.len() + 1];
        for &(a, b) in pairs {
            ends[a as usize + 1] += 1;
            ends[b as usize + 1] += 1;
        }
        for k in 1..ends.len() {
            ends[k] += ends[k - 1];
        }
        let mut adversaries = vec![0; 2 * pairs.len()];
        let mut next = ends.clone();
        for &(a, b) in pairs {
            for (from, to) in [(a, b), (b, a)] {
                adversaries[next[from as usize] as usize] = to;
                next[from as usize] += 1;
            }
        }
        Problem { candidates, label_of, cost, worth, ends, adversaries }
    }

    /// The candidates that cannot stand together with `candidate`.
    pub fn adversaries(&self, candidate: u32) -> &[u32] {
        let at = candidate as usize;
        &self.adversaries[self.ends[at] as usize..self.ends[at + 1] as usize]
    }

    /// Groups of labels that have nothing to do with each other, each in ascending order.
    pub fn components(&self) -> Vec<Vec<u32>> {
        let mut group: Vec<Option<usize>> = vec![None; self.candidates.len()];
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for start in 0..self.candidates.len() {
            if group[start].is_some() {
                continue;
            }
            let number = groups.len();
            let mut members = vec![start as u32];
            group[start] = Some(number);
            let mut done = 0;
            while let Some(&label) = members.get(done) {
                done += 1;
                let others = self.candidates[label as usize].clone().flat_map(|c| self.adversaries(c));
                for &other in others {
                    let other = self.label_of[other as usize];
                    if group[other as usize].is_none() {
                        group[other as usize] = Some(number);
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

/// All pairs of candidates of different labels that conflict, found by a sweep over their boxes from left to right. (Leaders
/// make the boxes long and deeply overlapping; a tree of them only costs time.)
fn conflicting_pairs(all: &[&Candidate], label_of: &[u32]) -> Vec<(u32, u32)> {
    let mut order: Vec<u32> = (0..all.len() as u32).collect();
    let bounds = |i: u32| all[i as usize].footprint.bounds;
    order.sort_by(|&a, &b| bounds(a).x0.total_cmp(&bounds(b).x0));
    let boxes: Vec<(Rect, u32)> = order.iter().map(|&i| (bounds(i), label_of[i as usize])).collect();
    let of = |k: usize| {
        let (rect, label) = boxes[k];
        let reached = boxes[k + 1..].iter().take_while(move |(b, _)| b.x0 < rect.x1);
        let near = move |(other, other_label): &(Rect, u32)| {
            other.y0 < rect.y1 && rect.y0 < other.y1 && label != *other_label
        };
        let near = (k + 1..).zip(reached).filter(move |(_, one)| near(one));
        let pairs = near.map(|(l, _)| (order[k], order[l]));
        let meet = |&(a, b): &(u32, u32)| all[a as usize].footprint.conflicts(&all[b as usize].footprint);
        pairs.filter(meet).collect::<Vec<_>>()
    };
    let found: Vec<Vec<(u32, u32)>> = (0..boxes.len()).into_par_iter().with_min_len(64).map(of).collect();
    found.concat()
}
