//! All candidates of a label: on its place, beside it, farther off with a leader.

use super::candidate::Candidate;
use super::ground::Ground;
use super::site::{Site, Sites};
use super::{Align, Form, Request, leader, outside, within};
use kurbo::{Point, Rect, Vec2};

/// Cost of a form whose penalty is 1.
pub const FORM: f64 = 0.5;
/// Cost of covering obstacles of weight 1 altogether.
pub const COVERED: f64 = 2.0;
/// Most candidates kept per label at first; for a label that must make room for others; for one that found no place.
pub const NEAR: usize = 24;
pub const MORE: usize = 24;
pub const MOST: usize = 64;
/// Forms that are tried outside a place.
const OUTSIDE_FORMS: usize = 3;
/// Cost of words that all but touch the frame.
const AT_EDGE: f64 = 0.25;
/// With so many clean places on the area itself none outside are looked for.
const ENOUGH_WITHIN: usize = 2;
/// Cost of a place that is only taken because the label must stand somewhere.
const LAST_RESORT: f64 = 5.0;

/// Everything on the map that labels have to do with.
pub struct Scene<'a> {
    /// What the labels name.
    pub sites: &'a Sites,
    /// What is in the way.
    pub ground: &'a Ground,
    /// What they must stay in.
    pub frame: Rect,
}

/// A label that looks for places.
pub struct Wish<'a> {
    /// Its index among the requests.
    pub index: usize,
    /// What is asked for.
    pub request: &'a Request,
    /// Where.
    pub scene: &'a Scene<'a>,
}

impl Wish<'_> {
    /// The forms that can be set at all, with their indices.
    pub fn forms(&self) -> impl Iterator<Item = (usize, &Form)> {
        self.request.forms.iter().enumerate().filter(|(_, f)| f.is_sound())
    }

    /// The forms that are tried outside, the least penalised ones.
    pub fn outside_forms(&self) -> Vec<(usize, &Form)> {
        let mut forms: Vec<(usize, &Form)> = self.forms().collect();
        forms.sort_by(|a, b| a.1.penalty.total_cmp(&b.1.penalty));
        forms.truncate(OUTSIDE_FORMS);
        forms
    }

    /// What standing at the frame's edge costs; `None` outside the frame.
    pub fn at_edge(&self, rect: Rect, em: f64) -> Option<f64> {
        let air = self.frame_air(em);
        let frame = self.scene.frame;
        let cramped = if frame.contains_rect(rect.inflate(air, air)) { 0.0 } else { AT_EDGE };
        frame.contains_rect(rect).then_some(cramped)
    }

    /// The distance that words like to keep from the frame, in px.
    pub fn frame_air(&self, em: f64) -> f64 {
        0.35 * em
    }

    /// The candidates, best first. None of them leaves the frame, none stands on what is forbidden unless
    /// the label must stand and has no other place. At most `most` of them,
    /// and more if it must stand. A large number also looks outside where there are places on the area itself.
    pub fn candidates(&self, most: usize) -> Vec<Candidate> {
        let mut out = Vec::new();
        let site = &self.scene.sites.list[self.index];
        let clean = match site {
            Site::Area(area) => within::candidates(self, area, &mut out),
            Site::Point(..) => 0,
            Site::Nowhere => return out,
        };
        let may_leave = self.request.may_lead || matches!(site, Site::Point(..));
        if may_leave && (most > NEAR || clean < ENOUGH_WITHIN) {
            let ways = outside::candidates(self, site, &mut out);
            if self.request.may_lead {
                leader::candidates(self, site, &ways, most, &mut out);
            }
        }
        out.retain(|c| c.cost.is_finite());
        out.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        out.truncate(most);
        if self.request.must {
            self.last_resorts(site, &mut out);
        }
        out
    }

    /// On the place and around it whatever is there, as near as the frame allows.
    fn last_resorts(&self, site: &Site, out: &mut Vec<Candidate>) {
        let Some(origin) = site.origin() else { return };
        for (index, form) in self.forms() {
            let size = form.size;
            let steps = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)];
            for (k, (across, down)) in steps.into_iter().enumerate() {
                let off =
                    Vec2::new(f64::from(across) * size.width * 0.6, f64::from(down) * size.height * 1.5);
                let Some(rect) = self.pushed_in(Rect::from_center_size(origin + off, size)) else { continue };
                let cover = self.scene.ground.under(rect, Some(self.index));
                let forbidden = if cover.forbidden { LAST_RESORT } else { 0.0 };
                let cost =
                    LAST_RESORT + forbidden + COVERED * cover.cost + FORM * form.penalty + 0.1 * k as f64;
                out.push(Candidate::level(index, rect, Align::Middle, cost, form.em()));
            }
        }
    }

    /// `rect` moved into the frame, if it is not larger.
    fn pushed_in(&self, rect: Rect) -> Option<Rect> {
        let frame = self.scene.frame;
        let fits = rect.width() <= frame.width() && rect.height() <= frame.height();
        let x = rect.x0.min(frame.x1 - rect.width()).max(frame.x0);
        let y = rect.y0.min(frame.y1 - rect.height()).max(frame.y0);
        let moved = Rect::from_origin_size(Point::new(x, y), rect.size());
        (fits && frame.contains_rect(moved)).then_some(moved)
    }
}
