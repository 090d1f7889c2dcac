//! All candidates of a label: on its place, beside it, farther off with a leader.

use super::candidate::Candidate;
use super::ground::Ground;
use super::site::{Site, Sites};
use super::standing::Standing;
use super::{Form, Request, leader, outside, within};
use kurbo::Rect;

/// Cost of a form whose penalty is 1.
pub const FORM: f64 = 0.5;
/// Cost of covering obstacles of weight 1 altogether.
pub const COVERED: f64 = 2.0;
/// Most candidates kept per label at the first look, where many labels want a place and where few do.
const NEAR: [usize; 2] = [16, 24];
/// So many labels are few.
const FEW: usize = 64;
/// The same at another look, where many found no place and where few did.
const FAR: [usize; 2] = [32, 64];
const _: () = assert!(NEAR[1] <= super::problem::MOST && FAR[1] <= super::problem::MOST);
/// Forms that are tried beside a place, and of these with a leader at the first look and later. (More of them make much the same
/// candidates dearer, and leave fewer labels a place.)
const BESIDE_FORMS: usize = 3;
const LEADER_FORMS: [usize; 2] = [1, 2];
/// Cost of words that all but touch the frame.
const AT_EDGE: f64 = 0.25;
/// With so many clean places on the area itself none outside are looked for.
const ENOUGH_WITHIN: usize = 2;
/// At the first look none with a leader are looked for where another place costs no more than this, as they cost more.
const GOOD: f64 = 0.6;

/// Everything on the map that labels have to do with.
pub struct Scene<'a> {
    /// What the labels name.
    pub sites: &'a Sites,
    /// What is in the way.
    pub ground: &'a Ground,
    /// What they must stay in.
    pub frame: Rect,
    /// How many labels there are.
    pub labels: usize,
}

/// What stands already, for a label that looks for places once more; `None` at the first look.
pub type Look<'a> = Option<&'a Standing<'a>>;

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
    pub fn outside_forms(&self, look: Look<'_>) -> Vec<(usize, &Form)> {
        let mut forms: Vec<(usize, &Form)> = self.forms().collect();
        let narrowest = forms.iter().copied().min_by(|a, b| a.1.size.width.total_cmp(&b.1.size.width));
        forms.sort_by(|a, b| a.1.penalty.total_cmp(&b.1.penalty));
        forms.truncate(BESIDE_FORMS);
        if let Some(narrowest) = narrowest.filter(|n| look.is_some() && forms.iter().all(|f| f.0 != n.0)) {
            forms.push(narrowest);
        }
        forms
    }

    /// How many of the forms that are tried outside are tried with a leader.
    pub fn leader_forms(&self, look: Look<'_>) -> usize {
        LEADER_FORMS[usize::from(look.is_some())]
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
    /// At another look: more of them, also outside where there are places on the area itself, and with a leader only where few
    /// labels stand.
    pub fn candidates(&self, look: Look<'_>) -> Vec<Candidate> {
        let most = match look {
            None => NEAR[usize::from(self.scene.labels <= FEW)],
            Some(standing) => FAR[usize::from(standing.is_thorough())],
        };
        let mut out = Vec::new();
        let site = &self.scene.sites.list[self.index];
        let clean = match site {
            Site::Area(area) => within::candidates(self, area, &mut out),
            Site::Point(..) => 0,
            Site::Nowhere => return out,
        };
        let may_leave = self.request.may_lead || matches!(site, Site::Point(..));
        if may_leave && (look.is_some() || clean < ENOUGH_WITHIN) {
            let ways = outside::candidates(self, site, look, &mut out);
            let at_hand = out.iter().map(|one| one.cost).fold(f64::INFINITY, f64::min);
            if self.request.may_lead && (look.is_some() || at_hand > GOOD) {
                leader::candidates(self, site, &ways, most, look, &mut out);
            }
        }
        out.retain(|c| c.cost.is_finite());
        out.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        out.truncate(most);
        out
    }
}
