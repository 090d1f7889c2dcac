//! All candidates of a label: on its place, beside it, farther off with a leader.

use super::candidate::Candidate;
use super::ground::Ground;
use super::site::{Site, Sites};
use super::{Form, Request, leader, outside, within};
use kurbo::Rect;

/// Cost of a form whose penalty is 1.
pub const FORM: f64 = 0.5;
/// Cost of covering obstacles of weight 1 altogether.
pub const COVERED: f64 = 2.0;
/// Most candidates kept per label at first, and for one that found no place.
const NEAR: usize = 24;
const FAR: usize = 64;
const _: () = assert!(NEAR <= super::problem::MOST && FAR <= super::problem::MOST);
/// Forms that are tried beside a place, and of these with a leader at first. (More of them make much the same candidates dearer, and
/// leave fewer labels a place.)
const BESIDE_FORMS: usize = 3;
const LEADER_FORMS: usize = 1;
/// Cost of words that all but touch the frame.
const AT_EDGE: f64 = 0.25;
/// With so many clean places on the area itself none outside are looked for.
const ENOUGH_WITHIN: usize = 2;

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
        self.request.forms.iter().enumerate().filter(|(_, f)| f.is_sound() && !f.spread)
    }

    /// Those whose letters are spaced apart.
    pub fn spread_forms(&self) -> impl Iterator<Item = (usize, &Form)> {
        self.request.forms.iter().enumerate().filter(|(_, f)| f.is_sound() && f.spread)
    }

    /// The forms that are tried outside, the least penalised ones; and last, for a label that finds no place, the narrowest.
    pub fn outside_forms(&self, far: bool) -> Vec<(usize, &Form)> {
        let mut forms: Vec<(usize, &Form)> = self.forms().collect();
        let narrowest = forms.iter().copied().min_by(|a, b| a.1.size.width.total_cmp(&b.1.size.width));
        forms.sort_by(|a, b| a.1.penalty.total_cmp(&b.1.penalty));
        forms.truncate(BESIDE_FORMS);
        if let Some(narrowest) = narrowest.filter(|n| far && forms.iter().all(|f| f.0 != n.0)) {
            forms.push(narrowest);
        }
        forms
    }

    /// How many of the forms that are tried outside are tried with a leader.
    pub fn leader_forms(&self, far: bool) -> usize {
        if far { usize::MAX } else { LEADER_FORMS }
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

    /// The candidates, best first. None of them leaves the frame, none stands on what is forbidden.
    /// `far`: more of them, and outside even where there are places on the area itself.
    pub fn candidates(&self, far: bool) -> Vec<Candidate> {
        let most = if far { FAR } else { NEAR };
        let mut out = Vec::new();
        let site = &self.scene.sites.list[self.index];
        let clean = match site {
            Site::Area(area) => within::candidates(self, area, &mut out),
            Site::Point(..) => 0,
            Site::Nowhere => return out,
        };
        let may_leave = self.request.may_lead || matches!(site, Site::Point(..));
        if may_leave && (far || clean < ENOUGH_WITHIN) {
            let ways = outside::candidates(self, site, far, &mut out);
            if self.request.may_lead {
                leader::candidates(self, site, &ways, most, &mut out);
            }
        }
        out.retain(|c| c.cost.is_finite());
        out.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        out.truncate(most);
        out
    }
}
