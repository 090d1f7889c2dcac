//! An arrangement without conflicts, and the ways from one to another: insertion, descent, chains of ejections.

use super::boxes::{NOWHERE, ones, overlap};
use super::optimise::NONE;
use super::problem::{MOST, Neighbour, Problem};
use kurbo::Rect;

/// Most labels that an insertion ejects: to eject a whole crowd is next to never a gain.
const MOST_EJECTED: usize = 3;
/// Most ejections in a row by which a dropped label finds a place at the end, how often a label asks for one meanwhile at most, and
/// how often for all labels of a group together.
const CHAIN: usize = 3;
const MOST_ASKS: usize = 2000;
const ASKS: usize = 4000;

/// What an arrangement has lost: worth of dropped labels first, cost of the placed ones second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loss {
    /// Sum of the worth of dropped labels.
    pub dropped: f64,
    /// Sum of the cost of the chosen candidates.
    pub cost: f64,
}

impl Loss {
    /// Whether this is less than `other`, by more than rounding.
    pub fn below(self, other: Loss) -> bool {
        let slack = 1e-9 * (1.0 + self.dropped.abs());
        self.dropped < other.dropped - slack
            || (self.dropped <= other.dropped + slack && self.cost < other.cost - 1e-9)
    }
}

/// What stands in the way of each candidate of a label.
pub struct Hurdles {
    /// How many labels.
    count: [u8; MOST],
    /// The first of them.
    who: [[u32; MOST_EJECTED]; MOST],
}

impl Hurdles {
    /// The labels in the way of a candidate, unless they are more than [`MOST_EJECTED`]; `None` for [`NONE`].
    pub fn of(&self, number: u32) -> Option<&[u32]> {
        let count = *self.count.get(number as usize)?;
        self.who[number as usize].get(..usize::from(count))
    }
}

/// An arrangement without conflicts.
#[derive(Clone)]
pub struct State<'a> {
    /// The choice to be made.
    pub problem: &'a Problem<'a>,
    /// Per label the number of its candidate or [`NONE`].
    pub chosen: Vec<u32>,
    /// Per label the box around what it takes up, or around nothing.
    stands: Vec<Rect>,
}

impl<'a> State<'a> {
    /// Nothing stands.
    pub fn new(problem: &'a Problem<'a>) -> Self {
        let count = problem.worth.len();
        State { problem, chosen: vec![NONE; count], stands: vec![NOWHERE; count] }
    }

    /// What is shut out of the candidates of `label` by what stands, as bits.
    fn shut_out(&self, label: u32) -> u64 {
        let (count, around) = (self.problem.count(label), self.problem.around(label));
        let all = if count < u64::BITS { (1 << count) - 1 } else { u64::MAX };
        let mut shut = 0;
        for other in self.standing_near(label, around) {
            shut |= self.problem.shut_out(label, other, self.chosen[other.label as usize]);
            if shut == all {
                break;
            }
        }
        shut
    }

    /// The neighbours of `label` that stand, where they may meet `rect`.
    fn standing_near(&self, label: u32, rect: Rect) -> impl Iterator<Item = Neighbour> {
        let near = self.problem.neighbours[label as usize].iter().copied();
        near.filter(move |other| overlap(self.stands[other.label as usize], rect))
    }

    /// The candidates of `label` that nothing is in the way of, the cheapest first.
    pub fn free(&self, label: u32) -> impl Iterator<Item = u32> + use<> {
        let shut_out = self.shut_out(label);
        (0..self.problem.count(label)).filter(move |number| shut_out >> number & 1 == 0)
    }

    /// Puts `label` on a candidate (or drops it) whatever is in the way.
    pub fn put(&mut self, label: u32, number: u32) {
        self.chosen[label as usize] = number;
        self.stands[label as usize] =
            if number == NONE { NOWHERE } else { self.problem.bounds(label, number) };
    }

    /// What the labels of `group` have lost.
    pub fn loss(&self, group: &[u32]) -> Loss {
        let mut loss = Loss { dropped: 0.0, cost: 0.0 };
        for &label in group {
            self.add_loss(label, self.chosen[label as usize], &mut loss);
        }
        loss
    }

    fn add_loss(&self, label: u32, number: u32, loss: &mut Loss) {
        match number {
            NONE => loss.dropped += self.problem.worth[label as usize],
            number => loss.cost += self.problem.cost(label, number),
        }
    }

    /// The free candidate of `label` that costs least.
    fn best_free(&self, label: u32) -> u32 {
        self.free(label).next().unwrap_or(NONE)
    }

    /// Greedy first fit: labels by worth, each on its first candidate that is free.
    pub fn first_fit(&mut self, group: &[u32]) {
        let mut order = group.to_vec();
        let worth = |l: u32| self.problem.worth[l as usize];
        order.sort_by(|&a, &b| worth(b).total_cmp(&worth(a)));
        order.retain(|label| self.chosen[*label as usize] == NONE);
        for label in order {
            self.put(label, self.best_free(label));
        }
    }

    /// What stands in the way of each candidate of `label`.
    pub fn hurdles(&self, label: u32) -> Hurdles {
        let mut hurdles = Hurdles { count: [0; MOST], who: [[NONE; MOST_EJECTED]; MOST] };
        for other in self.standing_near(label, self.problem.around(label)) {
            let shut = self.problem.shut_out(label, other, self.chosen[other.label as usize]);
            for k in ones(shut) {
                let count = &mut hurdles.count[k as usize];
                if let Some(who) = hurdles.who[k as usize].get_mut(usize::from(*count)) {
                    *who = other.label;
                }
                *count = count.saturating_add(1);
            }
        }
        hurdles
    }

    /// Puts `label` on a candidate, ejects those in the way (`ejected`) and puts them on the best place that is free.
    /// `undo` notes what stood where.
    pub fn insert(&mut self, label: u32, number: u32, undo: &mut Vec<(u32, u32)>, ejected: &mut [u32]) {
        undo.clear();
        undo.push((label, self.chosen[label as usize]));
        undo.extend(ejected.iter().map(|&l| (l, self.chosen[l as usize])));
        for &l in ejected.iter() {
            self.put(l, NONE);
        }
        self.put(label, number);
        let worth = |l: u32| self.problem.worth[l as usize];
        ejected.sort_by(|&a, &b| worth(b).total_cmp(&worth(a)));
        for &l in ejected.iter() {
            self.put(l, self.best_free(l));
        }
    }

    /// Descends to an arrangement that no insertion betters.
    pub fn polish(&mut self, group: &[u32]) {
        let (mut undo, mut ejected) = (Vec::new(), Vec::new());
        for _ in 0..8 {
            let mut better = false;
            for &label in group {
                let mut hurdles = self.hurdles(label);
                for number in 0..self.problem.count(label) {
                    let now = self.chosen[label as usize];
                    // A dearer place for itself alone is no gain; blocked ones may be, for a dropped label.
                    if now != NONE && self.problem.cost(label, number) >= self.problem.cost(label, now) {
                        break;
                    }
                    let Some(who) = hurdles.of(number) else { continue };
                    ejected.clear();
                    ejected.extend(who);
                    self.insert(label, number, &mut undo, &mut ejected);
                    if self.loss_of(&undo, true).below(self.loss_of(&undo, false)) {
                        better = true;
                        hurdles = self.hurdles(label);
                    } else {
                        self.restore(&undo);
                    }
                }
            }
            if !better {
                break;
            }
        }
    }

    /// Finds places for dropped labels by longer chains of ejections; whether it found any.
    pub fn fit_in(&mut self, group: &[u32]) -> bool {
        let mut dropped: Vec<u32> = group.to_vec();
        dropped.retain(|label| self.chosen[*label as usize] == NONE);
        let worth = |l: u32| self.problem.worth[l as usize];
        dropped.sort_by(|&a, &b| worth(b).total_cmp(&worth(a)));
        let asks = (ASKS / dropped.len().max(1)).min(MOST_ASKS);
        let mut found = false;
        for label in dropped {
            found |= self.make_room(label, CHAIN, &mut Chain { undo: vec![(label, NONE)], asks });
        }
        found
    }

    /// Puts `label`, which does not stand, on a place, if need be by ejecting others that find one in the same way, by chains of at
    /// most `longest` ejections; whether it did. If not, all stands as before.
    fn make_room(&mut self, label: u32, longest: usize, chain: &mut Chain) -> bool {
        let Some(asks) = chain.asks.checked_sub(1) else { return false };
        chain.asks = asks;
        let free = self.best_free(label);
        if free != NONE {
            self.put(label, free);
            return true;
        }
        if longest == 0 {
            return false;
        }
        let hurdles = self.hurdles(label);
        for number in 0..self.problem.count(label) {
            let Some(who) = hurdles.of(number) else { continue };
            if who.iter().any(|one| chain.moved(*one)) {
                continue;
            }
            let mark = chain.undo.len();
            for &one in who {
                chain.undo.push((one, self.chosen[one as usize]));
                self.put(one, NONE);
            }
            self.put(label, number);
            if who.iter().all(|one| self.make_room(*one, longest - 1, chain)) {
                return true;
            }
            self.put(label, NONE);
            self.restore(&chain.undo[mark..]);
            chain.undo.truncate(mark);
        }
        false
    }

    /// Puts those of `undo` where they stood.
    pub fn restore(&mut self, undo: &[(u32, u32)]) {
        undo.iter().for_each(|&(l, before)| self.put(l, before));
    }

    /// What the labels of `undo` lose as they stand now, or stood before.
    pub fn loss_of(&self, undo: &[(u32, u32)], now: bool) -> Loss {
        let mut loss = Loss { dropped: 0.0, cost: 0.0 };
        for &(label, before) in undo {
            self.add_loss(label, if now { self.chosen[label as usize] } else { before }, &mut loss);
        }
        loss
    }
}

/// A chain of ejections under way.
struct Chain {
    /// Where those moved stood before.
    undo: Vec<(u32, u32)>,
    /// So many times a label may still ask for a place.
    asks: usize,
}

impl Chain {
    fn moved(&self, label: u32) -> bool {
        self.undo.iter().any(|one| one.0 == label)
    }
}
