//! Branch and bound for a small group of labels.

use super::optimise::NONE;
use super::state::{Loss, State};

/// A bound on the work; an unlucky group is left to the heuristic.
const MOST_NODES: usize = 20_000;

/// Puts the labels of `group` on the best arrangement there is, or, where that would take too long, leaves
/// them as they stand and returns false.
pub fn solve(state: &mut State, group: &[u32]) -> bool {
    let before: Vec<u32> = group.iter().map(|&l| state.chosen[l as usize]).collect();
    group.iter().for_each(|&l| state.put(l, NONE));
    let worth = |l: u32| state.problem.worth[l as usize];
    let mut order = group.to_vec();
    order.sort_by(|&a, &b| worth(b).total_cmp(&worth(a)));
    let least: Vec<f64> = order.iter().map(|&l| least_cost(state, l)).collect();
    // What the labels from k on cost at least.
    let mut rest = vec![0.0; order.len() + 1];
    for k in (0..order.len()).rev() {
        rest[k] = rest[k + 1] + least[k];
    }
    let worst = Loss { dropped: f64::INFINITY, cost: f64::INFINITY };
    let mut search = Search { state, order, rest, best: worst, chosen: Vec::new(), nodes: 0 };
    search.descend(0, Loss { dropped: 0.0, cost: 0.0 });
    let Search { order, chosen, nodes, .. } = search;
    if nodes > MOST_NODES {
        group.iter().zip(before).for_each(|(&l, number)| state.put(l, number));
        return false;
    }
    for (label, number) in order.into_iter().zip(chosen) {
        state.put(label, number);
    }
    true
}

/// Of the cheapest candidate; nothing if there is none, as the label is then dropped.
fn least_cost(state: &State, label: u32) -> f64 {
    state.problem.costs(label).first().copied().unwrap_or(0.0)
}

struct Search<'s, 'p> {
    state: &'s mut State<'p>,
    order: Vec<u32>,
    rest: Vec<f64>,
    best: Loss,
    chosen: Vec<u32>,
    nodes: usize,
}

impl Search<'_, '_> {
    fn descend(&mut self, depth: usize, loss: Loss) {
        self.nodes += 1;
        if self.nodes > MOST_NODES || !self.may_better(depth, loss) {
            return;
        }
        let Some(&label) = self.order.get(depth) else {
            self.best = loss;
            self.chosen = self.order.iter().map(|&l| self.state.chosen[l as usize]).collect();
            return;
        };
        for number in self.state.free(label) {
            self.state.put(label, number);
            let cost = loss.cost + self.state.problem.cost(label, number);
            self.descend(depth + 1, Loss { cost, ..loss });
            self.state.put(label, NONE);
        }
        let dropped = loss.dropped + self.state.problem.worth[label as usize];
        self.descend(depth + 1, Loss { dropped, ..loss });
    }

    /// Dropping a label saves its cost, so the bound on the cost holds only while nothing more is dropped;
    /// where it is, more worth is lost than in the best arrangement or as much.
    fn may_better(&self, depth: usize, loss: Loss) -> bool {
        let bound = Loss { cost: loss.cost + self.rest[depth], ..loss };
        bound.below(self.best) || loss.dropped < self.best.dropped - 1e-9 * (1.0 + loss.dropped)
    }
}
