//! Candidates farther off, tied to their place by a leader line: straight, or with one elbow of 45°.
//!
//! Of the hundreds of places around a place only the best are wanted. A queue ordered by what a place costs
//! at least looks at the ground under the words, and then along the leader, only when its turn comes.

use super::Align;
use super::candidate::{Candidate, Footprint};
use super::generate::{FORM, Look, Wish};
use super::inside::Margin;
use super::outside::{Put, Way, ground};
use super::site::Site;
use super::standing::Standing;
use kurbo::{Point, Rect};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Cost of having a leader, of its length in em and of that squared (a long one is lost sight of), and of
/// its elbow.
const LEADER: f64 = 0.7;
const LENGTH: f64 = 0.03;
const LENGTH_SQUARED: f64 = 0.002;
const ELBOW: f64 = 0.06;
/// Cost up to which a straight leader counts as free: no elbow is tried.
const FREE: f64 = 0.02;
/// Distances from the place in em at which the words are tried.
const DISTANCES: [f64; 10] = [0.9, 1.6, 2.4, 3.4, 4.7, 6.5, 9.0, 12.0, 16.0, 22.0];

/// A place in the queue.
#[derive(Clone, Copy)]
struct Trial {
    /// What it costs at least.
    cost: f64,
    way: u32,
    distance: u32,
    /// What is known of it, as an index: the ground under the words, and the leader.
    put: Option<u32>,
    line: Option<u32>,
}

/// The best `count` candidates with a leader, for words that leave the place in `ways`.
pub fn candidates(
    wish: &Wish,
    site: &Site,
    ways: &[Way],
    count: usize,
    look: Look<'_>,
    out: &mut Vec<Candidate>,
) {
    let (mut puts, mut lines): (Vec<Put>, Vec<Vec<Point>>) = (Vec::new(), Vec::new());
    let mut queue: BinaryHeap<Trial> = all(wish, ways).collect();
    let mut found = 0;
    while let Some(mut trial) = queue.pop() {
        let way = &ways[trial.way as usize];
        let form = &wish.request.forms[way.form];
        let away = DISTANCES[trial.distance as usize];
        let Some(put) = trial.put.map(|k| puts[k as usize]) else {
            if let Some((put, cost)) = stand(wish, site, way, away, look) {
                trial.put = Some(puts.len() as u32);
                trial.cost += cost;
                puts.push(put);
                queue.push(trial);
            }
            continue;
        };
        let Some(line) = trial.line else {
            if let Some((line, cost)) = lead(wish, way, put, look) {
                trial.line = Some(lines.len() as u32);
                trial.cost += (cost - length_cost(away)).max(0.0);
                lines.push(line);
                queue.push(trial);
            }
            continue;
        };
        if out.iter().any(|c| !c.leader.is_empty() && alike(c.rect, put.rect)) {
            continue;
        }
        let words = Candidate::level(way.form, put.rect, put.align, trial.cost, form.em());
        out.push(words.with_leader(std::mem::take(&mut lines[line as usize])));
        found += 1;
        if found == count {
            return;
        }
    }
}

/// Every form in every direction at every distance, with what that alone costs.
fn all<'a>(wish: &'a Wish, ways: &'a [Way]) -> impl Iterator<Item = Trial> + 'a {
    let near = DISTANCES.iter().zip(0..).take_while(|(away, _)| **away <= wish.request.reach);
    let pairs = ways.iter().zip(0..).flat_map(move |(w, way)| near.clone().map(move |d| (w, way, d)));
    pairs.map(|(w, way, (&away, distance))| {
        let cost = LEADER + w.rank + FORM * wish.request.forms[w.form].penalty + length_cost(away);
        Trial { cost, way, distance, put: None, line: None }
    })
}

/// Whether two places are no real alternatives to each other.
fn alike(a: Rect, b: Rect) -> bool {
    let off = a.center() - b.center();
    off.x.abs() < 0.25 * a.width() && off.y.abs() < 0.6 * a.height()
}

/// The words `away` em beyond where they are clear of their place, and what they cover.
fn stand(wish: &Wish, site: &Site, way: &Way, away: f64, look: Look<'_>) -> Option<(Put, f64)> {
    let form = &wish.request.forms[way.form];
    let em = form.em();
    let put = wish.put(site.origin()? + way.direction * (way.clear + away * em), way.direction, form);
    let edge = wish.at_edge(put.rect, em)?;
    let around = Margin::of(em).around(put.rect);
    if look.is_some_and(|standing| standing.crowds_out(&Footprint::of_words(around))) || site.touches(around)
    {
        return None;
    }
    Some((put, edge + ground(wish, site, put.rect, em)?))
}

/// The better of the straight and the bent leader, and its cost.
fn lead(wish: &Wish, way: &Way, put: Put, look: Look<'_>) -> Option<(Vec<Point>, f64)> {
    let em = wish.request.forms[way.form].em();
    let words = Margin::of(em).around(put.rect);
    let crosses = |line: &[Point]| {
        let crowded = |standing: &Standing| standing.crowds_out(&Footprint::of_words(words).led(line));
        if look.is_some_and(crowded) { None } else { crossing_cost(wish, line, em) }
    };
    let whole = |line: &[Point], crossed: f64| length_cost(length(line) / em) + crossed;
    let straight = [put.attach, way.end];
    let crossed = crosses(&straight);
    let cost = crossed.map(|c| whole(&straight, c));
    if crossed.is_none_or(|c| c > FREE)
        && let Some(bent) = elbow(put, way.end)
        && let Some(c) = crosses(&bent)
    {
        let bent_cost = whole(&bent, c) + ELBOW;
        if cost.is_none_or(|cost| bent_cost < cost) {
            return Some((bent.to_vec(), bent_cost));
        }
    }
    cost.map(|cost| (straight.to_vec(), cost))
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
fn elbow(put: Put, end: Point) -> Option<[Point; 3]> {
    let d = end - put.attach;
    let (bend, run, rise) = if put.align == Align::Middle {
        (Point::new(put.attach.x, end.y - d.x.abs().copysign(d.y)), d.y, d.x)
    } else {
        (Point::new(end.x - d.y.abs().copysign(d.x), put.attach.y), d.x, d.y)
    };
    (run.abs() > rise.abs() && rise.abs() > 1.0).then_some([put.attach, bend, end])
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
