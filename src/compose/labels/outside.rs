//! Candidates beside the place that is named: at the coast or the symbol without a leader, farther off with one.
//!
//! The words move outwards from the place in sixteen directions until they are clear of it. Directions around a
//! point are ranked as by Imhof (1975), "Positioning names on maps", American Cartographer 2(2): upper right
//! first, then right, the left side, below, above.

use super::Align;
use super::Form;
use super::candidate::Candidate;
use super::generate::{COVERED, FORM, Wish};
use super::inside::Margin;
use super::site::Site;
use kurbo::{Point, Rect, Size, Vec2};

/// Cost of standing beside an area instead of on it.
const BESIDE: f64 = 0.45;
/// Cost of having a leader, of each em of its length, and of its elbow.
const LEADER: f64 = 0.7;
const LENGTH: f64 = 0.03;
const ELBOW: f64 = 0.06;
/// Distances from the place in em at which words with a leader are tried.
const DISTANCES: [f64; 11] = [0.9, 1.6, 2.4, 3.4, 4.7, 6.5, 9.0, 12.0, 16.0, 22.0, 30.0];
/// Once so many places that cover nothing are known, no longer leaders are tried.
const ENOUGH: usize = 12;
/// Gap in em between a place and words without a leader; nothing else may be nearer than [`NEARER`] em.
const GAP: f64 = 0.3;
const NEARER: f64 = 0.55;
/// Clean: covers next to nothing.
const CLEAN: f64 = 0.02;

/// Cost of the sixteen directions, counter-clockwise from the right: Imhof's order.
const RANK: [f64; 16] =
    [0.03, 0.01, 0.0, 0.06, 0.12, 0.08, 0.05, 0.06, 0.06, 0.07, 0.08, 0.09, 0.1, 0.07, 0.04, 0.04];

/// Unit vectors of the sixteen directions on the page, in the order of [`RANK`].
fn rose() -> [Vec2; 16] {
    std::array::from_fn(|k| {
        let (sin, cos) = libm::sincos(k as f64 * std::f64::consts::PI / 8.0);
        Vec2::new(cos, -sin)
    })
}

/// Words put next to an anchor.
#[derive(Clone, Copy)]
struct Put {
    rect: Rect,
    align: Align,
    /// Where a leader leaves them.
    attach: Point,
}

/// All candidates beside `site`.
pub fn candidates(wish: &Wish, site: &Site, out: &mut Vec<Candidate>) {
    let rose = rose();
    let mut clean = 0;
    let forms: Vec<(usize, &Form)> = wish.forms().collect();
    // Distance along each direction at which the words come clear of the place.
    let mut clear = Vec::new();
    for &(index, form) in &forms {
        for (direction, rank) in rose.into_iter().zip(RANK) {
            let start = come_clear(wish, site, form, direction);
            if let Some(start) = start {
                clean += beside(wish, site, (index, form), (direction, rank, start), out);
            }
            clear.push(start);
        }
    }
    if !wish.request.may_lead {
        return;
    }
    for distance in DISTANCES {
        if clean >= ENOUGH {
            break;
        }
        let starts = clear.chunks(rose.len());
        for (&(index, form), starts) in forms.iter().zip(starts) {
            for ((direction, rank), start) in rose.into_iter().zip(RANK).zip(starts) {
                let Some(start) = *start else { continue };
                let way = (direction, rank, start + distance * form.em());
                clean += usize::from(led(wish, site, (index, form), way, out));
            }
        }
    }
}

/// How far from the site's origin along `direction` the words and their gap first touch nothing of the place.
fn come_clear(wish: &Wish, site: &Site, form: &Form, direction: Vec2) -> Option<f64> {
    let bounds = site.bounds()?;
    let origin = site.origin()?;
    let em = form.em();
    let gap = GAP * em;
    let blocked = |s: f64| {
        let put = put(origin + direction * s, direction, form.size, em, wish.scene.frame);
        site.touches(put.rect.inflate(gap, gap))
            || wish.scene.ground.touches_own(put.rect.inflate(gap, gap), wish.index)
    };
    let limit = bounds.width() + bounds.height() + form.size.height + 3.0 * em;
    let step = (0.5 * em).max(limit / 48.0);
    let mut far = (site.depth() + gap) * 0.9;
    while blocked(far) {
        far += step;
        if far > limit {
            return None;
        }
    }
    let mut near = (far - step).max(0.0);
    for _ in 0..4 {
        let middle = (near + far) / 2.0;
        if blocked(middle) { near = middle } else { far = middle }
    }
    Some(far)
}

/// Puts words of `size` with the middle of the side that faces back along `direction` at `anchor`; they slide along
/// that side to stay in the frame.
fn put(anchor: Point, direction: Vec2, size: Size, em: f64, frame: Rect) -> Put {
    let Size { width, height } = size;
    let slide = |low: f64, length: f64, from: f64, to: f64| low.min(to - length).max(from);
    if direction.x.abs() > 0.5 {
        let right = direction.x > 0.0;
        let x = if right { anchor.x } else { anchor.x - width };
        let lean = anchor.y - height / 2.0 + direction.y * height / 2.0;
        let y = slide(lean, height, frame.y0, frame.y1);
        let rect = Rect::new(x, y, x + width, y + height);
        let side = if right { rect.x0 - 0.2 * em } else { rect.x1 + 0.2 * em };
        let align = if right { Align::Start } else { Align::End };
        return Put { rect, align, attach: Point::new(side, rect.center().y) };
    }
    let above = direction.y < 0.0;
    let y = if above { anchor.y - height } else { anchor.y };
    let lean = anchor.x - width / 2.0 + direction.x * width / 2.0;
    let x = slide(lean, width, frame.x0, frame.x1);
    let rect = Rect::new(x, y, x + width, y + height);
    // Descenders stand between the last line and a leader below.
    let side = if above { rect.y1 + 0.35 * em } else { rect.y0 - 0.25 * em };
    let inset = (0.5 * em).min(width / 2.0);
    Put {
        rect,
        align: Align::Middle,
        attach: Point::new(anchor.x.clamp(rect.x0 + inset, rect.x1 - inset), side),
    }
}

type Numbered<'a> = (usize, &'a Form);
/// A direction, its rank, and the distance along it.
type Way = (Vec2, f64, f64);

/// Words right beside the place, if nothing else is nearer to them.
fn beside(wish: &Wish, site: &Site, (index, form): Numbered, way: Way, out: &mut Vec<Candidate>) -> usize {
    let (direction, rank, start) = way;
    let Some(origin) = site.origin() else { return 0 };
    let em = form.em();
    let is_point = matches!(site, Site::Point(..));
    let base = if is_point { 0.0 } else { BESIDE };
    let mut clean = 0;
    // A point's name may stand a little farther off; at a coast that would already be a riddle.
    let steps = if is_point { &[0.0, 0.35][..] } else { &[0.0][..] };
    for &step in steps {
        let put = put(origin + direction * (start + step * em), direction, form.size, em, wish.scene.frame);
        let near = put.rect.inflate(NEARER * em, NEARER * em);
        let foreign = || {
            wish.scene.sites.touches_other(near, wish.index)
                || wish.scene.ground.touches_other_area(near, wish.index)
        };
        let belongs = is_point
            || ((site.touches(near) || wish.scene.ground.touches_own(near, wish.index)) && !foreign());
        if !wish.in_frame(put.rect) || !belongs {
            continue;
        }
        let Some(cover) = ground(wish, site, put.rect, em) else { continue };
        let cost = base + rank * if is_point { 2.0 } else { 1.0 } + step * 0.25 + FORM * form.penalty + cover;
        out.push(Candidate::level(index, put.rect, put.align, cost, em));
        clean += usize::from(cover <= COVERED * CLEAN);
    }
    clean
}

/// What words outside cover, weighted; `None` where that is forbidden. An area's own obstacles count as well: its
/// name stands on it or beside it, never half and half.
fn ground(wish: &Wish, site: &Site, rect: Rect, em: f64) -> Option<f64> {
    let ignoring = matches!(site, Site::Point(..)).then_some(wish.index);
    let cover = wish.scene.ground.under(Margin::of(em).around(rect), ignoring);
    (!cover.forbidden).then_some(COVERED * cover.cost)
}

/// Words farther off, with a leader; whether they cover nothing.
fn led(wish: &Wish, site: &Site, (index, form): Numbered, way: Way, out: &mut Vec<Candidate>) -> bool {
    let (direction, rank, distance) = way;
    let Some(origin) = site.origin() else { return false };
    let em = form.em();
    let put = put(origin + direction * distance, direction, form.size, em, wish.scene.frame);
    if !wish.in_frame(put.rect) || site.touches(Margin::of(em).around(put.rect)) {
        return false;
    }
    let Some(cover) = ground(wish, site, put.rect, em) else { return false };
    let end = site.leader_end(put.attach, em);
    let base = LEADER + rank + FORM * form.penalty + cover;
    let mut best: Option<(f64, Vec<Point>)> = None;
    for (line, extra) in [(vec![put.attach, end], 0.0), (elbow(put, end), ELBOW)] {
        let Some(cost) = leader_cost(wish, &line, em) else { continue };
        // An elbow is for what a straight line cannot pass.
        let passes = cost <= LENGTH * length(&line) / em + CLEAN;
        if best.as_ref().is_none_or(|b| cost + extra < b.0) {
            best = Some((cost + extra, line));
        }
        if passes {
            break;
        }
    }
    let Some((cost, line)) = best else { return false };
    out.push(Candidate::level(index, put.rect, put.align, base + cost, em).with_leader(line));
    cover <= COVERED * CLEAN
}

fn length(line: &[Point]) -> f64 {
    line.windows(2).map(|w| w[0].distance(w[1])).sum()
}

fn leader_cost(wish: &Wish, line: &[Point], em: f64) -> Option<f64> {
    let mut cost = LENGTH * length(line) / em;
    for w in line.windows(2) {
        let cover = wish.scene.ground.across(w[0], w[1], Some(wish.index), em);
        if cover.forbidden || !wish.scene.frame.contains_rect(Rect::from_points(w[0], w[1])) {
            return None;
        }
        cost += cover.cost;
    }
    Some(cost)
}

/// Straight out of the words, then at 45° to the place; just straight where it lies too steeply.
fn elbow(put: Put, end: Point) -> Vec<Point> {
    let d = end - put.attach;
    let level = put.align != Align::Middle;
    let bend = if level {
        Point::new(end.x - d.y.abs().copysign(d.x), put.attach.y)
    } else {
        Point::new(put.attach.x, end.y - d.x.abs().copysign(d.y))
    };
    let bends = if level {
        d.x.abs() > d.y.abs() && d.y.abs() > 1.0
    } else {
        d.y.abs() > d.x.abs() && d.x.abs() > 1.0
    };
    if bends { vec![put.attach, bend, end] } else { vec![put.attach, end] }
}
