//! Candidates farther off, tied to their place by a leader line: straight, or with one elbow of 45°.
//!
//! Of the hundreds of places around a place only the best are wanted. A queue ordered by what a place costs
//! at least looks at the ground under the words, and then along the leader, only when its turn comes.

use super::Align;
use super::candidate::Candidate;
use super::generate::{FORM, Wish};
use super::inside::Margin;
use super::outside::{Put, Way, ground};
use super::site::Site;
use kurbo::{Point, Rect};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Cost of having a leader, of its length in em and of that squared (a long one is lost sight of), and of
/// its elbow.
const LEADER: f64 = 0.7;
const LENGTH: f64 = 0.03;
const LENGTH_SQUARED: f64 = 0.0012;
const ELBOW: f64 = 0.06;
/// Cost up to which a straight leader counts as free: no elbow is tried.
const FREE: f64 = 0.02;
/// Distances from the place in em at which the words are tried.
const DISTANCES: [f64; 10] = [0.9, 1.6, 2.4, 3.4, 4.7, 6.5, 9.0, 12.0, 16.0, 22.0];

/// A place in the queue.
struct Trial {
    /// What it costs at least; all of it once `stage` is `Done`.
    cost: f64,
    way: usize,
    distance: usize,
    stage: Stage,
}

enum Stage {
    /// Nothing looked at.
    New,
    /// The ground under the words is in the cost.
    Stands(Put),
    /// So is the leader.
    Done(Put, Vec<Point>),
}

/// The best `count` candidates with a leader, for words that leave the place in `ways`.
pub fn candidates(wish: &Wish, site: &Site, ways: &[Way], count: usize, out: &mut Vec<Candidate>) {
    let trials = (0..ways.len()).flat_map(|way| (0..DISTANCES.len()).map(move |distance| (way, distance)));
    let new = |(way, distance): (usize, usize)| {
        let penalty = wish.request.forms[ways[way].form].penalty;
        let cost = LEADER + ways[way].rank + FORM * penalty + length_cost(DISTANCES[distance]);
        Trial { cost, way, distance, stage: Stage::New }
    };
    let mut queue: BinaryHeap<Trial> = trials.map(new).collect();
    let mut found = 0;
    while let Some(trial) = queue.pop() {
        let way = &ways[trial.way];
        match trial.stage {
            Stage::New => queue.extend(stand(wish, site, way, trial)),
            Stage::Stands(put) => queue.extend(lead(wish, way, put, trial)),
            Stage::Done(put, line) => {
                if out.iter().any(|c| c.form == way.form && alike(c.rect, put.rect)) {
                    continue;
                }
                let em = wish.request.forms[way.form].em();
                let words = Candidate::level(way.form, put.rect, put.align, trial.cost, em);
                out.push(words.with_leader(line));
                found += 1;
                if found == count {
                    return;
                }
            }
        }
    }
}

/// Whether two places are no real alternatives to each other.
fn alike(a: Rect, b: Rect) -> bool {
    let off = a.center() - b.center();
    off.x.abs() < 0.4 * a.width() && off.y.abs() < 0.9 * a.height()
}

/// With what the words cover.
fn stand(wish: &Wish, site: &Site, way: &Way, trial: Trial) -> Option<Trial> {
    let form = &wish.request.forms[way.form];
    let em = form.em();
    let away = way.clear + DISTANCES[trial.distance] * em;
    let put = wish.put(site.origin()? + way.direction * away, way.direction, form);
    let edge = wish.at_edge(put.rect, em)?;
    if site.touches(Margin::of(em).around(put.rect)) {
        return None;
    }
    let cover = ground(wish, site, put.rect, em)?;
    Some(Trial { cost: trial.cost + edge + cover, stage: Stage::Stands(put), ..trial })
}

/// With the better of the straight and the bent leader.
fn lead(wish: &Wish, way: &Way, put: Put, trial: Trial) -> Option<Trial> {
    let em = wish.request.forms[way.form].em();
    let end = way.end;
    let straight = vec![put.attach, end];
    let crossed = crossing_cost(wish, &straight, em);
    let least = length_cost(DISTANCES[trial.distance]);
    let whole = |line: &[Point], crossed: f64| trial.cost - least + length_cost(length(line) / em) + crossed;
    let mut best = crossed.map(|c| (whole(&straight, c), straight));
    if crossed.is_none_or(|c| c > FREE)
        && let Some(bent) = elbow(put, end)
        && let Some(c) = crossing_cost(wish, &bent, em)
    {
        let cost = whole(&bent, c) + ELBOW;
        if best.as_ref().is_none_or(|b| cost < b.0) {
            best = Some((cost, bent));
        }
    }
    let (cost, line) = best?;
    Some(Trial { cost: cost.max(trial.cost), stage: Stage::Done(put, line), ..trial })
}

fn length(line: &[Point]) -> f64 {
    line.windows(2).map(|w| w[0].distance(w[1])).sum()
}

fn length_cost(em: f64) -> f64 {
    LENGTH * em + LENGTH_SQUARED * em * em
}

/// What a leader crosses; `None` if that is forbidden or outside the frame.
fn crossing_cost(wish: &Wish, line: &[Point], em: f64) -> Option<f64> {
    let mut cost = 0.0;
    for w in line.windows(2) {
        let cover = wish.scene.ground.across(w[0], w[1], Some(wish.index), em);
        if cover.forbidden || !wish.scene.frame.contains_rect(Rect::from_points(w[0], w[1])) {
            return None;
        }
        cost += cover.cost;
    }
    Some(cost)
}

/// Straight out of the words, then at 45° to the place; not where it lies too steeply for that.
fn elbow(put: Put, end: Point) -> Option<Vec<Point>> {
    let d = end - put.attach;
    let (bend, run, rise) = if put.align == Align::Middle {
        (Point::new(put.attach.x, end.y - d.x.abs().copysign(d.y)), d.y, d.x)
    } else {
        (Point::new(end.x - d.y.abs().copysign(d.x), put.attach.y), d.x, d.y)
    };
    (run.abs() > rise.abs() && rise.abs() > 1.0).then(|| vec![put.attach, bend, end])
}

impl Ord for Trial {
    /// The cheapest first out of the heap, ties in order of the directions and distances.
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |t: &Trial| (t.way, t.distance);
        other.cost.total_cmp(&self.cost).then_with(|| key(other).cmp(&key(self)))
    }
}
impl PartialOrd for Trial {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Trial {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Trial {}
