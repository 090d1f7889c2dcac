//! Candidates on the area that is named: level where the words fit, along its axis where they do not.

use super::axis::{axis, bounds, samples};
use super::candidate::Candidate;
use super::generate::{COVERED, FORM, Wish};
use super::inside::{Margin, Spot, spots};
use super::site::AreaSite;
use super::{Align, Form};
use kurbo::Rect;

/// Cost of leaving the horizontal, in a shape that is hardly longer than wide, and in one whose course the eye follows,
/// with the elongations (times longer than wide) that count as these.
const ALONG: [f64; 2] = [0.35, 0.0];
const ELONGATION: [f64; 2] = [2.5, 4.0];
/// Different spots kept per form.
const SPOTS: usize = 5;
/// Spots whose ground is looked at per form, best first.
const LOOKED_AT: usize = 64;
/// Cost of words as usual where the same words with their letters spaced apart stand clean.
const UNSPREAD: f64 = 0.05;
/// Cover cost up to which a spot counts as clean.
const CLEAN: f64 = 0.02;

/// The candidates on `area`, and how many of them cover nothing.
pub fn candidates(wish: &Wish, area: &AreaSite, out: &mut Vec<Candidate>) -> usize {
    let mut clean = 0;
    let mut hopeless: Vec<f64> = Vec::new();
    for (index, form) in wish.forms() {
        let found = level(wish, area, index, form, out);
        clean += found;
        if found == 0 && clean == 0 && form.lines <= 1 && may_follow(wish, area, form, &mut hopeless) {
            clean += along(wish, area, index, form, out);
        }
        // More forms only help where this one is hemmed in.
        if found >= 3 {
            break;
        }
    }
    for (index, form) in wish.spread_forms() {
        let usual = out.len();
        let found = level(wish, area, index, form, out);
        if found > 0 {
            out[..usual].iter_mut().for_each(|candidate| candidate.cost += UNSPREAD);
            clean += found;
        }
    }
    clean
}

/// Whether the same words can follow the area's axis in their smallest form: if not, no larger form is tried.
/// `hopeless`: the proportions of words that cannot.
fn may_follow(wish: &Wish, area: &AreaSite, form: &Form, hopeless: &mut Vec<f64>) -> bool {
    if !area.is_thick(form.size.height) {
        return false;
    }
    let proportion = |form: &Form| form.size.width / form.size.height;
    let same = |one: f64| (one - proportion(form)).abs() < 1e-6 * one;
    if hopeless.iter().any(|one| same(*one)) {
        return false;
    }
    let alike = wish.forms().map(|(_, one)| one).filter(|one| one.lines <= 1 && same(proportion(one)));
    let smallest = alike.min_by(|a, b| a.size.height.total_cmp(&b.size.height)).unwrap_or(form);
    let fits =
        smallest.size.height >= form.size.height || axis(&area.shape, smallest.size, smallest.em()).is_some();
    if !fits {
        hopeless.push(proportion(form));
    }
    fits
}

fn level(wish: &Wish, area: &AreaSite, index: usize, form: &Form, out: &mut Vec<Candidate>) -> usize {
    let margin = Margin::of(form.em());
    if !area.may_hold(form.size.width + 2.0 * margin.side, form.size.height) {
        return 0;
    }
    let mut kept: Vec<(Rect, bool)> = Vec::new();
    let mut looked_at = 0;
    for Spot { rect, cost } in spots(&area.bands, area.aim, form.size, margin) {
        if kept.iter().any(|&(other, clean)| alike(rect, other, clean)) {
            continue;
        }
        let Some(edge) = wish.at_edge(rect, form.em()) else { continue };
        looked_at += 1;
        let cover = wish.scene.ground.under(margin.around(rect), Some(wish.index));
        if !cover.forbidden {
            let cost = cost + edge + FORM * form.penalty + COVERED * cover.cost;
            out.push(Candidate::level(index, rect, Align::Middle, cost, form.em()));
            kept.push((rect, cover.cost <= CLEAN));
        }
        if looked_at >= LOOKED_AT || kept.iter().filter(|k| k.1).count() >= SPOTS {
            break;
        }
    }
    kept.iter().filter(|k| k.1).count()
}

/// Whether a spot is no real alternative to one that is kept: near a clean one, or on top of a spoilt one.
fn alike(rect: Rect, other: Rect, clean: bool) -> bool {
    let (across, down) = if clean { (0.3, 1.0) } else { (0.1, 0.4) };
    let off = rect.center() - other.center();
    off.x.abs() < across * rect.width() && off.y.abs() < down * rect.height()
}

fn along(wish: &Wish, area: &AreaSite, index: usize, form: &Form, out: &mut Vec<Candidate>) -> usize {
    let Some(found) = axis(&area.shape, form.size, form.em()) else { return 0 };
    let squares = samples(found.baseline, form.size.height);
    let cover = wish.scene.ground.under_chain(&squares, Some(wish.index));
    let outline = bounds(found.baseline, form.size.height);
    if cover.forbidden || !wish.scene.frame.contains_rect(outline) {
        return 0;
    }
    let long = ((found.elongation - ELONGATION[0]) / (ELONGATION[1] - ELONGATION[0])).clamp(0.0, 1.0);
    let cost =
        ALONG[0] + (ALONG[1] - ALONG[0]) * long + found.cost + FORM * form.penalty + COVERED * cover.cost;
    out.push(Candidate::along(index, found.baseline, form.size.height, cost, form.em()));
    usize::from(cover.cost <= CLEAN)
}
