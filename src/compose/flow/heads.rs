//! Heads of arrows that end at one place: the wider comes nearest to it, and the others stop where their heads lie on none.

use kurbo::Point;

use super::Way;
use super::arrow::{line_length, walk};
use crate::style::FlowLook;

/// An arrow is made shorter by so much of its head's length at a time, and by at most that share of its own length.
const STEP: f64 = 0.2;
const MOST: f64 = 0.4;
/// Heads taper, so that two are apart when their middle lines are so much of their mean width from each other.
const APART: f64 = 0.75;

/// Shortens arrows until no two heads at one target lie on each other.
pub(super) fn part(ways: &mut [Way], look: &FlowLook) {
    let mut order: Vec<usize> = (0..ways.len()).collect();
    order.sort_by(|a, b| ways[*b].shaft.end.total_cmp(&ways[*a].shaft.end));
    for (rank, &index) in order.iter().enumerate() {
        let way = &ways[index];
        let (long, wide) = way.shaft.head(look);
        let before: Vec<&Way> = order[..rank]
            .iter()
            .map(|other| &ways[*other])
            .filter(|other| shares(way, other, long))
            .collect();
        if before.is_empty() {
            continue;
        }
        let total = line_length(&way.points);
        let clear = |points: &[Point]| {
            before.iter().all(|other| {
                let (theirs, width) = other.shaft.head(look);
                gap(&head(points, long), &head(&other.points, theirs)) >= (wide + width) / 2.0 * APART
            })
        };
        let steps = (total * MOST / (long * STEP).max(1e-9)) as usize;
        let shorter = |k: usize| shortened(&way.points, total - k as f64 * long * STEP);
        if let Some(points) = (0..=steps).map(shorter).find(|points| clear(points)) {
            ways[index].points = points;
        }
    }
}

/// Whether two arrows end at one place, or at one point.
fn shares(way: &Way, other: &Way, near: f64) -> bool {
    let tip = |way: &Way| way.points.last().copied().unwrap_or_default();
    (way.to.is_some() && way.to == other.to) || tip(way).distance(tip(other)) < near
}

/// Points along the middle line of a head of that length.
fn head(points: &[Point], long: f64) -> Vec<Point> {
    let total = line_length(points);
    (0..=4).map(|k| walk(points, total - long * f64::from(k) / 4.0).0).collect()
}

/// The least distance between points of two lines.
fn gap(a: &[Point], b: &[Point]) -> f64 {
    a.iter().flat_map(|p| b.iter().map(|q| p.distance(*q))).fold(f64::INFINITY, f64::min)
}

/// The same way up to that length of it, in as many stretches.
fn shortened(points: &[Point], long: f64) -> Vec<Point> {
    let last = points.len().saturating_sub(1).max(1);
    (0..points.len()).map(|k| walk(points, long * k as f64 / last as f64).0).collect()
}

#[cfg(test)]
mod tests {
    use super::super::arrow::Shaft;
    use super::*;
    use crate::paint::Color;
    use crate::style;

    #[test]
    fn heads_at_one_target_stand_apart_and_the_wider_reaches_it() {
        let look = style::load("newsroom", 1200.0, &[], &|_| Ok(String::new())).expect("a style").flow;
        let way = |from: (f64, f64), width: f64| Way {
            points: (0..=40).map(|k| Point::from(from).lerp(Point::ORIGIN, f64::from(k) / 40.0)).collect(),
            to: None,
            shaft: Shaft { start: width, end: width },
            color: Color::rgb(0, 0, 0),
            value: Some(width),
            bundle: 0,
        };
        let mut ways = vec![way((-300.0, 10.0), 4.0), way((-300.0, -10.0), 12.0), way((0.0, 300.0), 4.0)];
        part(&mut ways, &look);
        let tip = |k: usize| ways[k].points[40];
        assert!(tip(1).distance(Point::ORIGIN) < 1e-9 && tip(0).x < -10.0, "{:?}", tip(0));
        for (a, b) in [(0, 1), (0, 2), (1, 2)] {
            let line = |k: usize| head(&ways[k].points, ways[k].shaft.head(&look).0);
            assert!(gap(&line(a), &line(b)) > 5.0);
        }
    }
}
