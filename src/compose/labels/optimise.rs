//! The choice among candidates: keep as much worth as possible, then spend as little cost as possible.
//!
//! Point-feature label placement is NP-hard (Formann & Wagner 1991). Labels whose candidates have nothing to
//! do with each other are solved apart. A small group is solved exactly by branch and bound. A large one
//! starts from greedy first fit and is improved by simulated annealing (Christensen, Marks & Shieber 1995,
//! "An empirical study of algorithms for point-feature label placement", ACM Transactions on Graphics
//! 14(3)), the better of two runs side by side, with two differences. A move never leaves an overlap: it puts a label on a candidate, ejects those
//! in the way, and puts them on the best free candidate they have (an ejection chain of length two, after
//! Glover 1996). And the candidate is not drawn blindly: what stands in the way of each is known, and one that costs
//! little and ejects little is likely. Longer chains are tried at the end for labels that are still dropped. Temperatures and
//! seed are fixed, so the outcome is a function of the input alone.

use super::annealing::{Annealing, SEEDS};
use super::exact;
use super::problem::Problem;
use super::state::State;

/// No candidate: the label is dropped.
pub const NONE: u32 = u32::MAX;

/// Groups of up to so many labels are tried exactly.
const EXACT: usize = 12;
/// Moves per label of a run, to see where labels will likely stand and to the end.
const ROUGH_MOVES: usize = 3;
const MOVES: usize = 20;

/// How long to look for a good arrangement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Until it is known where labels will likely stand.
    Rough,
    /// To the end.
    Full,
}

/// A candidate per label (its number), [`NONE`] where it is dropped.
pub struct Choice {
    /// One entry a label.
    pub chosen: Vec<u32>,
    /// There is none better.
    pub is_best: bool,
}

/// Chooses, beginning with the arrangement `start`, which holds no conflict.
pub fn choose(problem: &Problem, start: &[u32], effort: Effort) -> Choice {
    let mut state = State::new(problem);
    (0..).zip(start).for_each(|(label, number)| state.put(label, *number));
    let mut is_best = true;
    for group in problem.components() {
        if group.len() <= EXACT && exact::solve(&mut state, &group) {
            continue;
        }
        is_best = false;
        state.first_fit(&group);
        let run = |seed: u64, moves: usize| {
            let mut own = state.clone();
            Annealing::new(&mut own, &group, seed).run(moves * group.len());
            own
        };
        if effort == Effort::Rough {
            state = run(SEEDS[0], ROUGH_MOVES);
            continue;
        }
        let (one, other) = rayon::join(|| run(SEEDS[0], MOVES), || run(SEEDS[1], MOVES));
        state = if other.loss(&group).below(one.loss(&group)) { other } else { one };
        state.polish(&group);
        if state.fit_in(&group) {
            state.polish(&group);
        }
    }
    Choice { chosen: state.chosen, is_best }
}

/// Greedy first fit: labels by worth, each on its first candidate that is free. The baseline.
#[cfg(test)]
pub fn first_fit(problem: &Problem) -> Vec<u32> {
    let mut state = State::new(problem);
    let all: Vec<u32> = (0..problem.worth.len() as u32).collect();
    state.first_fit(&all);
    state.chosen
}
