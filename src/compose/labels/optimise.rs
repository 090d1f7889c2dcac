//! The choice among candidates: keep as much worth as possible, then spend as little cost as possible.
//!
//! Point-feature label placement is NP-hard (Formann & Wagner 1991). Labels whose candidates have nothing to
//! do with each other are solved apart. A small group is solved exactly by branch and bound. A large one
//! starts from greedy first fit and is improved by simulated annealing (Christensen, Marks & Shieber 1995,
//! "An empirical study of algorithms for point-feature label placement", ACM Transactions on Graphics
//! 14(3)), with two differences. A move never leaves an overlap: it puts a label on a candidate, ejects those
//! in the way, and puts them on the best free candidate they have (an ejection chain of length two, after
//! Glover 1996). And the candidate is not drawn blindly: what stands in the way of each is known, and one that costs
//! little and ejects little is likely. Temperatures and seed are fixed, so the outcome is a function of the input alone.

use super::boxes::{NOWHERE, ones, overlap};
use super::exact;
use super::problem::{MOST, Neighbour, Problem};
use kurbo::Rect;

/// No candidate: the label is dropped.
pub const NONE: u32 = u32::MAX;

/// Groups of up to so many labels are tried exactly.
const EXACT: usize = 12;
/// Moves that a large group is arranged by, per label.
const MOVES: usize = 20;

/// First and last temperature. Costs are about 0 to 2, a dropped label counts [`DROP`] and more.
const HOT: f64 = 1.0;
const COLD: f64 = 0.03;
/// Most labels that a move ejects: to eject a whole crowd is next to never a gain.
const MOST_EJECTED: usize = 3;
/// While annealing: loss of the least worthy label, and what is added for one of worth 1, the most worthy one.
const DROP: f64 = 3.0;
const DROP_WORTH: f64 = 9.0;
/// What ejecting a label is taken to cost before it is tried, as a share of what dropping it costs.
const REGRET: f64 = 0.2;
/// How far the choice of a candidate strays from the one that seems best, in temperatures.
const STRAYING: f64 = 2.0;

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

/// Chooses a candidate per label (its number), [`NONE`] where it is dropped, beginning with the arrangement `start`, which
/// holds no conflict.
pub fn choose(problem: &Problem, start: &[u32]) -> Vec<u32> {
    let mut state = State::new(problem);
    (0..).zip(start).for_each(|(label, number)| state.put(label, *number));
    for group in problem.components() {
        if group.len() <= EXACT && exact::solve(&mut state, &group) {
            continue;
        }
        state.first_fit(&group);
        Annealing::new(&mut state, &group).run(MOVES * group.len());
        state.polish(&group);
    }
    state.chosen
}

/// Greedy first fit: labels by worth, each on its first candidate that is free. The baseline.
#[cfg(test)]
pub fn first_fit(problem: &Problem) -> Vec<u32> {
    let mut state = State::new(problem);
    let all: Vec<u32> = (0..problem.candidates.len() as u32).collect();
    state.first_fit(&all);
    state.chosen
}

/// What stands in the way of each candidate of a label.
struct Hurdles {
    /// How many labels.
    count: [u8; MOST],
    /// The first of them.
    who: [[u32; MOST_EJECTED]; MOST],
}

impl Hurdles {
    /// The labels in the way of a candidate, unless they are more than [`MOST_EJECTED`]; `None` for [`NONE`].
    fn of(&self, number: u32) -> Option<&[u32]> {
        let count = *self.count.get(number as usize)?;
        self.who[number as usize].get(..usize::from(count))
    }
}

/// An arrangement without conflicts.
pub struct State<'a> {
    /// The choice to be made.
    pub problem: &'a Problem<'a>,
    /// Per label the number of its candidate or [`NONE`].
    pub chosen: Vec<u32>,
    /// Per label the box around what it takes up, or around nothing.
    stands: Vec<Rect>,
}

impl<'a> State<'a> {
    fn new(problem: &'a Problem<'a>) -> Self {
        let count = problem.candidates.len();
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

    fn first_fit(&mut self, group: &[u32]) {
        let mut order = group.to_vec();
        let worth = |l: u32| self.problem.worth[l as usize];
        order.sort_by(|&a, &b| worth(b).total_cmp(&worth(a)));
        order.retain(|label| self.chosen[*label as usize] == NONE);
        for label in order {
            self.put(label, self.best_free(label));
        }
    }

    /// What stands in the way of each candidate of `label`.
    fn hurdles(&self, label: u32) -> Hurdles {
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
    fn insert(&mut self, label: u32, number: u32, undo: &mut Vec<(u32, u32)>, ejected: &mut [u32]) {
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
    fn polish(&mut self, group: &[u32]) {
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

    fn restore(&mut self, undo: &[(u32, u32)]) {
        undo.iter().for_each(|&(l, before)| self.put(l, before));
    }

    /// What the labels of `undo` lose as they stand now, or stood before.
    fn loss_of(&self, undo: &[(u32, u32)], now: bool) -> Loss {
        let mut loss = Loss { dropped: 0.0, cost: 0.0 };
        for &(label, before) in undo {
            self.add_loss(label, if now { self.chosen[label as usize] } else { before }, &mut loss);
        }
        loss
    }
}

/// One run of simulated annealing.
struct Annealing<'s, 'p> {
    state: &'s mut State<'p>,
    group: &'s [u32],
    /// Per label of the problem, what it costs to drop it.
    drop: Vec<f64>,
    random: Random,
}

impl<'s, 'p> Annealing<'s, 'p> {
    fn new(state: &'s mut State<'p>, group: &'s [u32]) -> Self {
        let drop = state.problem.worth.iter().map(|worth| DROP + DROP_WORTH * worth).collect();
        Annealing { state, group, drop, random: Random(0x9E37_79B9_7F4A_7C15) }
    }

    fn run(mut self, moves: usize) {
        let mut best = (self.state.loss(self.group), self.snapshot());
        let mut loss = best.0;
        let cooling = libm::pow(COLD / HOT, 1.0 / (moves as f64 / 64.0));
        let mut temperature = HOT;
        let (mut undo, mut ejected) = (Vec::new(), Vec::new());
        for step in 0..moves {
            if step % 64 == 0 {
                temperature *= cooling;
            }
            let Some((label, number)) = self.pick(temperature, &mut ejected) else { continue };
            self.state.insert(label, number, &mut undo, &mut ejected);
            let change = self.energy(&undo, true) - self.energy(&undo, false);
            if change > 0.0 && self.random.unit() >= libm::exp(-change / temperature) {
                self.state.restore(&undo);
                continue;
            }
            let (after, before) = (self.state.loss_of(&undo, true), self.state.loss_of(&undo, false));
            loss.dropped += after.dropped - before.dropped;
            loss.cost += after.cost - before.cost;
            if loss.below(best.0) {
                best = (loss, self.snapshot());
            }
        }
        for (&label, number) in self.group.iter().zip(best.1) {
            self.state.put(label, number);
        }
    }

    fn snapshot(&self) -> Vec<u32> {
        self.group.iter().map(|&l| self.state.chosen[l as usize]).collect()
    }

    /// A label, dropped ones more often, and another candidate for it, with those that stand in its way: more likely one that
    /// costs little and has little in its way.
    fn pick(&mut self, temperature: f64, ejected: &mut Vec<u32>) -> Option<(u32, u32)> {
        let mut label = self.group[self.random.below(self.group.len())];
        if self.state.chosen[label as usize] != NONE {
            let second = self.group[self.random.below(self.group.len())];
            if self.state.chosen[second as usize] == NONE {
                label = second;
            }
        }
        let hurdles = self.state.hurdles(label);
        let now = self.state.chosen[label as usize];
        let mut best = (f64::INFINITY, NONE);
        for (number, one) in (0..).zip(&self.state.problem.candidates[label as usize]) {
            let Some(who) = hurdles.of(number).filter(|_| number != now) else { continue };
            let regret: f64 = who.iter().map(|who| self.drop[*who as usize].min(DROP + DROP_WORTH)).sum();
            let price = one.cost + REGRET * regret + STRAYING * temperature * self.random.unit();
            if price < best.0 {
                best = (price, number);
            }
        }
        let number = best.1;
        ejected.clear();
        ejected.extend(hurdles.of(number)?);
        Some((label, number))
    }

    fn energy(&self, undo: &[(u32, u32)], now: bool) -> f64 {
        let of = |&(label, before): &(u32, u32)| match if now {
            self.state.chosen[label as usize]
        } else {
            before
        } {
            NONE => self.drop[label as usize],
            number => self.state.problem.cost(label, number),
        };
        undo.iter().map(of).sum()
    }
}

/// SplitMix64 (Steele, Lea & Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 to below 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// 0 to below `count`, which must not be 0.
    fn below(&mut self, count: usize) -> usize {
        (((self.next() >> 32) * count as u64) >> 32) as usize
    }
}
