//! Simulated annealing of an arrangement, by insertions.

use super::optimise::NONE;
use super::state::State;

/// Where the random numbers of each run start. (Any will do; some leave a name more on crowded maps.)
pub const SEEDS: [u64; 2] = [4, 0];

/// First and last temperature. Costs are about 0 to 2, a dropped label counts [`DROP`] and more.
const HOT: f64 = 1.0;
const COLD: f64 = 0.03;
/// Loss of the least worthy label, and what is added for one of worth 1, the most worthy one.
const DROP: f64 = 3.0;
const DROP_WORTH: f64 = 9.0;
/// What ejecting a label is taken to cost before it is tried, as a share of what dropping it costs.
const REGRET: f64 = 0.2;
/// How far the choice of a candidate strays from the one that seems best, in temperatures.
const STRAYING: f64 = 2.0;

/// One run of simulated annealing.
pub struct Annealing<'s, 'p> {
    state: &'s mut State<'p>,
    group: &'s [u32],
    /// Per label of the problem, what it costs to drop it.
    drop: Vec<f64>,
    random: Random,
}

impl<'s, 'p> Annealing<'s, 'p> {
    /// Of the labels of `group`.
    pub fn new(state: &'s mut State<'p>, group: &'s [u32], seed: u64) -> Self {
        let drop = state.problem.worth.iter().map(|worth| DROP + DROP_WORTH * worth).collect();
        Annealing { state, group, drop, random: Random(seed) }
    }

    /// Makes so many moves, and leaves the best arrangement met.
    pub fn run(mut self, moves: usize) {
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
        for (number, cost) in (0..).zip(self.state.problem.costs(label)) {
            let Some(who) = hurdles.of(number).filter(|_| number != now) else { continue };
            let regret: f64 = who.iter().map(|who| self.drop[*who as usize].min(DROP + DROP_WORTH)).sum();
            let price = cost + REGRET * regret + STRAYING * temperature * self.random.unit();
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
