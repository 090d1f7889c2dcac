//! Candidates right beside the place that is named, without a leader.
//!
//! The words move outwards from the place in sixteen directions until they are clear of it. Directions
//! around a point are ranked as by Imhof (1975), "Positioning names on maps", American Cartographer 2(2):
//! upper right first, then right, the left side, below, above.

use super::candidate::Candidate;
use super::generate::{COVERED, FORM, Look, Wish};
use super::inside::Margin;
use super::site::Site;
use super::{Align, Form};
use kurbo::{Point, Rect, Size, Vec2};

/// Cost of standing beside an area instead of on it.
const BESIDE: f64 = 0.45;
/// Gap in em between a place and words without a leader; nothing else may be nearer than [`NEARER`] em.
const GAP: f64 = 0.3;
const NEARER: f64 = 0.55;
/// Cost of standing no nearer to the symbol that is named than to another.
const DOUBT: f64 = 0.8;
/// Farther from its symbol, in em, a name has a leader if it may.
const FAR_OFF: f64 = 0.9;
/// A point's name may also stand so many em farther off; at a coast that would already be a riddle.
const ASIDE: f64 = 0.35;

/// Cost of the sixteen directions, counter-clockwise from the right: Imhof's order.
const RANK: [f64; 16] =
    [0.03, 0.01, 0.0, 0.06, 0.12, 0.08, 0.05, 0.06, 0.06, 0.07, 0.08, 0.09, 0.1, 0.07, 0.04, 0.04];

/// A direction in which words leave their place.
#[derive(Clone, Copy)]
pub struct Way {
    /// Number of the form.
    pub form: usize,
    /// Unit vector on the page.
    pub direction: Vec2,
    /// Cost of the direction.
    pub rank: f64,
    /// Distance in px from the place's origin at which the words are clear of it.
    pub clear: f64,
    /// Where a leader that comes from there ends.
    pub end: Point,
}

/// Words put next to an anchor.
#[derive(Clone, Copy)]
pub struct Put {
    /// Their box.
    pub rect: Rect,
    /// How their lines are aligned.
    pub align: Align,
    /// Where a leader leaves them.
    pub attach: Point,
}

/// Puts candidates beside `site` into `out`, and tells in which directions the words can leave it.
pub fn candidates(wish: &Wish, site: &Site, look: Look<'_>, out: &mut Vec<Candidate>) -> Vec<Way> {
    let (mut ways, mut meets) = (Vec::new(), Vec::new());
    let forms = wish.outside_forms(look);
    let Some(&(_, first)) = forms.first() else { return ways };
    let rose: [(Vec2, Point, f64); 16] = std::array::from_fn(|k| {
        let (sin, cos) = libm::sincos(k as f64 * std::f64::consts::PI / 8.0);
        let direction = Vec2::new(cos, -sin);
        (direction, site.leader_end(direction, first.em()), RANK[k])
    });
    let leading = wish.leader_forms(look);
    for (k, (index, form)) in forms.into_iter().enumerate() {
        let lost = wish.request.may_lead && is_lost(wish, site, form);
        if lost && k >= leading {
            continue;
        }
        for (direction, end, rank) in rose {
            let Some(clear) = come_clear(wish, site, form, direction, &mut meets) else { continue };
            let way = Way { form: index, direction, rank, clear, end };
            if !lost {
                beside(wish, site, form, way, out);
            }
            if k < leading {
                ways.push(way);
            }
        }
    }
    ways
}

/// How far from the site's origin along `direction` the words and their gap first touch nothing of the place. `meets` is room
/// to work in.
fn come_clear(
    wish: &Wish,
    site: &Site,
    form: &Form,
    direction: Vec2,
    meets: &mut Vec<(f64, f64)>,
) -> Option<f64> {
    let bounds = site.bounds()?;
    let origin = site.origin()?;
    let em = form.em();
    let gap = GAP * em;
    let limit = bounds.width() + bounds.height() + form.size.height + 3.0 * em;
    let start = (site.depth() + gap) * 0.9;
    let words = next_to(origin, direction, form).inflate(gap, gap);
    let swept = words.union(words + direction * limit);
    let mut far = leaves(site.boxes(swept), words, direction, start, meets);
    // where the frame pushes the words aside it is farther
    let step = (0.5 * em).max(limit / 48.0);
    let blocked = |s: f64| {
        let around = wish.put(origin + direction * s, direction, form).rect.inflate(gap - 1e-6, gap - 1e-6);
        site.touches(around)
    };
    while far <= limit {
        if !blocked(far) {
            return Some(far);
        }
        far += step;
    }
    None
}

/// How far `words` move along `direction`, at least `start`, until they meet none of `boxes`. `meets` is room to work in.
fn leaves(
    boxes: impl Iterator<Item = Rect>,
    words: Rect,
    direction: Vec2,
    start: f64,
    meets: &mut Vec<(f64, f64)>,
) -> f64 {
    // while they pass a box's extent in one axis
    let per_px = |step: f64| if step.abs() > 1e-9 { 1.0 / step } else { f64::INFINITY };
    let passes = |per: f64, low: f64, high: f64| match per {
        f64::INFINITY if low < 0.0 && high > 0.0 => (f64::NEG_INFINITY, f64::INFINITY),
        f64::INFINITY => (f64::INFINITY, f64::NEG_INFINITY),
        _ if per > 0.0 => (low * per, high * per),
        _ => (high * per, low * per),
    };
    let (across, down) = (per_px(direction.x), per_px(direction.y));
    let during = |b: Rect| {
        let (x0, x1) = passes(across, b.x0 - words.x1, b.x1 - words.x0);
        let (y0, y1) = passes(down, b.y0 - words.y1, b.y1 - words.y0);
        (x0.max(y0), x1.min(y1))
    };
    meets.clear();
    meets.extend(boxes.map(during).filter(|(from, to)| from < to && *to > start));
    meets.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let mut at = start;
    for &(from, to) in meets.iter() {
        if from >= at {
            break;
        }
        at = at.max(to);
    }
    at
}

/// Words right beside the place, if nothing else is nearer to them.
fn beside(wish: &Wish, site: &Site, form: &Form, way: Way, out: &mut Vec<Candidate>) {
    let Some(origin) = site.origin() else { return };
    let em = form.em();
    let is_point = matches!(site, Site::Point(..));
    let (base, rank) = if is_point { (0.0, 2.0 * way.rank) } else { (BESIDE, 0.5 * way.rank) };
    let steps = if is_point { &[0.0, ASIDE][..] } else { &[0.0][..] };
    for &step in steps {
        let put = wish.put(origin + way.direction * (way.clear + step * em), way.direction, form);
        if !is_point && !belongs(wish, site, put.rect.inflate(NEARER * em, NEARER * em)) {
            continue;
        }
        let (Some(edge), Some(cover)) = (wish.at_edge(put.rect, em), ground(wish, site, put.rect, em)) else {
            continue;
        };
        let gap = site.gap(put.rect);
        if wish.request.may_lead && gap.is_some_and(|gap| gap > FAR_OFF * em) {
            continue;
        }
        let doubt = gap.is_some_and(|gap| {
            wish.scene.ground.touches_other_symbol(put.rect.inflate(gap, gap), wish.index)
        });
        let base = if doubt { base + DOUBT } else { base };
        let cost = base + rank + step * 0.25 + FORM * form.penalty + edge + cover;
        out.push(Candidate::level(way.form, put.rect, put.align, cost, em));
    }
}

/// Whether words beside an area would leave in doubt which of the areas there they name: it is smaller than they are,
/// and others adjoin it.
fn is_lost(wish: &Wish, site: &Site, form: &Form) -> bool {
    let Site::Area(area) = site else { return false };
    let main = area.shape.main_ring();
    main.is_some_and(|main| {
        let near = main.bounds.inflate(1.0, 1.0);
        main.area < form.size.area() && wish.scene.ground.touches_other_area(near, wish.index)
    })
}

/// Whether what is near the words is the place they name, and nothing else.
fn belongs(wish: &Wish, site: &Site, near: Rect) -> bool {
    site.touches(near)
        && !wish.scene.sites.touches_other(near, wish.index)
        && !wish.scene.ground.touches_other_area(near, wish.index)
}

/// What words outside cover, weighted; `None` where that is forbidden. An area's own obstacles count as
/// well: its name stands on it or beside it, never half and half.
pub fn ground(wish: &Wish, site: &Site, rect: Rect, em: f64) -> Option<f64> {
    let (around, ground) = (Margin::of(em).around(rect), &wish.scene.ground);
    let cover = match site {
        Site::Point(..) => ground.under(around, Some(wish.index)),
        _ => ground.under_outside(around, wish.index),
    };
    (!cover.forbidden).then_some(COVERED * cover.cost)
}

/// Words with the middle of the side that faces back along `direction` at `anchor`; they lean to where they go.
fn next_to(anchor: Point, direction: Vec2, form: &Form) -> Rect {
    let Size { width, height } = form.size;
    let (x, y) = if direction.x.abs() > 0.5 {
        let x = if direction.x > 0.0 { anchor.x } else { anchor.x - width };
        (x, anchor.y - height / 2.0 + direction.y * height / 2.0)
    } else {
        let y = if direction.y < 0.0 { anchor.y - height } else { anchor.y };
        (anchor.x - width / 2.0 + direction.x * width / 2.0, y)
    };
    Rect::new(x, y, x + width, y + height)
}

impl Wish<'_> {
    /// Puts words next to `anchor`; they slide along the side that faces it to stay in the frame.
    pub fn put(&self, anchor: Point, direction: Vec2, form: &Form) -> Put {
        let em = form.em();
        let frame = self.scene.frame.inset(-self.frame_air(em));
        let rect = next_to(anchor, direction, form);
        let slide = |low: f64, length: f64, from: f64, to: f64| low.min(to - length).max(from) - low;
        if direction.x.abs() > 0.5 {
            let rect = rect + Vec2::new(0.0, slide(rect.y0, rect.height(), frame.y0, frame.y1));
            let right = direction.x > 0.0;
            let side = if right { rect.x0 - 0.2 * em } else { rect.x1 + 0.2 * em };
            let align = if right { Align::Start } else { Align::End };
            return Put { rect, align, attach: Point::new(side, rect.center().y) };
        }
        let rect = rect + Vec2::new(slide(rect.x0, rect.width(), frame.x0, frame.x1), 0.0);
        // Descenders stand between the last line and a leader below.
        let side = if direction.y < 0.0 { rect.y1 + 0.35 * em } else { rect.y0 - 0.25 * em };
        let inset = (0.5 * em).min(rect.width() / 2.0);
        let attach = Point::new(anchor.x.max(rect.x0 + inset).min(rect.x1 - inset), side);
        Put { rect, align: Align::Middle, attach }
    }
}
