//! Where words go: one optimisation over all labels of a map and all that stands beside them, against everything that is in
//! the way.
//!
//! Pure geometry in px on the page. Takes [`Request`]s, [`Piece`]s and [`Obstacle`]s, gives a [`Placement`] for each
//! request or drops it, and a [`Stand`] for each piece. Deterministic.
//!
//! ```text
//! requests  ► site      shape in bands, visual centre, pole     ┐
//! obstacles ► ground    what may not or should not be covered   ├► generate ► problem ► optimise ► arrangement
//!             within, outside, leader   places and their cost   ┘  candidates conflicts  (exact, annealed)
//! pieces    ► their stands ──────────────────────────────────────────►┘          │
//!                                           ▲                                     │
//!                                           └── standing: labels without a place look again
//! ```
//!
//! Candidates and their costs follow Imhof (1975), "Positioning names on maps", American Cartographer 2(2); the
//! choice among them follows Christensen, Marks & Shieber (1995), see `optimise`.
//!
//! What always holds: no two labels overlap, no leader crosses a label or another leader, nothing leaves the frame, an
//! area's name lies wholly inside its outline or wholly outside, and a leader ends inside the area.

mod annealing;
pub mod axis;
pub mod bands;
mod boxes;
mod candidate;
mod exact;
mod generate;
mod grid;
mod ground;
pub mod inside;
mod leader;
mod optimise;
mod outside;
mod piece;
pub mod pole;
pub mod polygon;
mod problem;
mod site;
mod standing;
mod state;
#[cfg(test)]
mod tests;
mod within;

pub use piece::{Piece, Stand};
pub use pole::point_of_inaccessibility;

use std::sync::Arc;

use candidate::Candidate;
use generate::{Scene, Wish};
use ground::Ground;
use kurbo::{Point, Rect, Size};

use crate::geometry::Path;
use optimise::{Choice, Effort, NONE};
use problem::Problem;
use rayon::prelude::*;
use site::Sites;
use standing::Standing;

/// A label that wants a place on the map.
#[derive(Clone, Debug)]
pub struct Request {
    /// The alternatives of its words, best first (one line, two lines, the short name, a smaller
    /// step): the size of each block of words without halo.
    pub forms: Vec<Form>,
    /// What it names.
    pub target: Target,
    /// Higher is placed first and dropped last.
    pub priority: f64,
    /// It may stand outside its shape, tied to it by a leader line.
    pub may_lead: bool,
    /// How far from its place it may stand on a leader, in em.
    pub reach: f64,
    /// What land other than its own is to it.
    pub land: Land,
}

/// What land other than its own is to a label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Land {
    /// What its weight as an obstacle says.
    #[default]
    Weighed,
    /// Nothing: the label names a point, which lies on land itself.
    Free,
    /// Closed: a name there would be taken for that of the land.
    Closed,
}

/// One way to set a label's words.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Width, and height from the top of the first line's capitals to the last baseline.
    pub size: Size,
    /// Number of lines. A single line may follow the axis of a long shape.
    pub lines: usize,
    /// How much worse than the first form this one is, 0 to 1.
    pub penalty: f64,
    /// Its letters are spaced apart: it only stands level on its area, and is preferred there to the same words set
    /// as usual.
    pub spread: bool,
}

impl Form {
    /// The text size in px, from the height: capitals are 0.7 em high, lines 1.2 em apart.
    pub fn em(&self) -> f64 {
        self.size.height / (0.7 + 1.2 * self.lines.saturating_sub(1) as f64)
    }

    /// Whether it has a size that can be placed.
    fn is_sound(&self) -> bool {
        let Size { width, height } = self.size;
        self.size.is_finite() && width > 0.0 && height > 0.0 && self.penalty.is_finite()
    }
}

/// What a label names.
#[derive(Clone, Debug)]
pub enum Target {
    /// An area: the outline seen on the page (even-odd).
    Area(Arc<Path>),
    /// A point with a symbol of this radius around it. No other label covers the symbol.
    Point(Point, f64),
}

/// Something in the way.
#[derive(Clone, Debug)]
pub struct Obstacle {
    /// Its outline, or an open line.
    pub path: Arc<Path>,
    /// Half the width of a line; 0 for an area.
    pub reach: f64,
    /// Cost of covering it: less than [`BARRED`] for what may be covered at need.
    pub weight: f64,
    /// The request (its index) to which it belongs: an area's own outline, its marker or ring, a point's
    /// symbol. The words may lie on it when they stand on their place, and their leader may enter it. Words
    /// that stand outside their place keep off it, and count as close by when they are beside it.
    pub owner: Option<usize>,
}

/// The weight of what no words may cover, though a leader may cross it: another place's data.
pub const BARRED: f64 = 1.0;
/// The weight of what no leader may cross either: symbols, legends, other words.
pub const CLOSED: f64 = 2.0;

/// Where a label stands.
#[derive(Clone, Debug)]
pub struct Placement {
    /// Which of the request's forms.
    pub form: usize,
    /// The box of its words; for words along an axis, the box around them.
    pub rect: Rect,
    /// How its lines are aligned in the box.
    pub align: Align,
    /// From the words to the place, when it stands outside: two points, or three with an elbow.
    pub leader: Option<Vec<Point>>,
    /// The baseline in reading direction, when the words follow the axis of a long shape: one
    /// quadratic curve as long as the form is wide.
    pub along: Option<Path>,
}

impl Placement {
    /// The outline of the words: the box, or the curved band along the baseline.
    pub fn outline(&self, form: &Form) -> Vec<Point> {
        match self.along.as_ref().and_then(axis::curve_of) {
            Some(curve) => axis::outline(curve, form.size.height),
            None => polygon::corners(self.rect).to_vec(),
        }
    }
}

/// How lines of words are aligned in their box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Left.
    Start,
    /// Middle.
    Middle,
    /// Right.
    End,
}

/// How often whoever found no place looks for one: at first, farther off among those that stand, and once more where only few are
/// left to look.
const LOOKS: usize = 3;

/// Places `requests` inside `frame`. The answer has one entry a request, `None` where it was dropped.
pub fn place(requests: &[Request], obstacles: &[Obstacle], frame: Rect) -> Vec<Option<Placement>> {
    arrange(requests, Vec::new(), obstacles, frame, |_| Vec::new()).labels
}

/// Where everything stands.
#[derive(Debug)]
pub struct Arrangement {
    /// One entry a request, `None` where it was dropped.
    pub labels: Vec<Option<Placement>>,
    /// One entry a piece: the number of its stand, `None` where it has none that is free.
    pub pieces: Vec<Option<usize>>,
}

/// Places `requests` inside `frame`, and `pieces` on one of their stands, by one choice. No piece is left out for labels, however
/// many. `later` is asked once for further pieces, when it is known where the labels will likely stand.
pub fn arrange(
    requests: &[Request],
    mut pieces: Vec<Piece>,
    obstacles: &[Obstacle],
    frame: Rect,
    later: impl FnOnce(Vec<Option<Placement>>) -> Vec<Piece>,
) -> Arrangement {
    let setting = (!requests.is_empty()).then(|| Setting::new(requests, obstacles));
    let (frame, count) = (frame.abs(), requests.len());
    let scene = setting.as_ref().map(|setting| Scene {
        sites: &setting.sites,
        ground: &setting.ground,
        frame,
        labels: count,
    });
    let wish = |scene| {
        let of = move |(index, request)| Wish { index, request, scene };
        requests.iter().enumerate().map(of).collect::<Vec<_>>()
    };
    let wishes: Vec<Wish> = scene.as_ref().map(wish).unwrap_or_default();
    let mut all: Vec<Vec<Candidate>> = wishes.par_iter().map(|wish| wish.candidates(None)).collect();
    all.extend(pieces.iter_mut().map(Piece::take_candidates));
    let choose = |all: &[Vec<Candidate>], pieces: &[Piece], start: &[u32], effort: Effort| {
        let problem = Problem::new(all, worth(requests, pieces), |a, b| kin(a, b, count, pieces));
        optimise::choose(&problem, start, effort)
    };
    let Choice { mut chosen, is_best } = choose(&all, &pieces, &vec![NONE; all.len()], Effort::Rough);
    let likely = all.iter().zip(&chosen).take(count).map(|(own, number)| own.get(*number as usize));
    let mut more = later(likely.map(|one| one.map(Candidate::placement)).collect());
    all.extend(more.iter_mut().map(Piece::take_candidates));
    chosen.resize(all.len(), NONE);
    let mut changed = !more.is_empty() || !is_best;
    pieces.extend(more);
    for look in 1..LOOKS {
        changed |= look_again(&wishes, &mut all, &chosen, look);
        if !std::mem::take(&mut changed) {
            break;
        }
        chosen = choose(&all, &pieces, &chosen, Effort::Full).chosen;
    }
    let mut standing = all.into_iter().zip(chosen).map(|(own, number)| own.into_iter().nth(number as usize));
    let labels = standing.by_ref().take(count).map(|one| one.as_ref().map(Candidate::placement)).collect();
    Arrangement { labels, pieces: standing.map(|one| one.map(|one| one.form)).collect() }
}

/// Whether two of the candidates' owners, `count` labels and then the pieces, do not mind each other.
fn kin(a: usize, b: usize, count: usize, pieces: &[Piece]) -> bool {
    let (one, other) = (a.min(b), a.max(b));
    let piece = |k: usize| k.checked_sub(count).and_then(|k| pieces.get(k));
    match (piece(one), piece(other)) {
        (Some(one), Some(other)) => one.is_arrow && other.is_arrow,
        (None, Some(piece)) => piece.spares.contains(&one),
        _ => false,
    }
}

/// Gives those that found no place other candidates, where few stand already; whether it did.
fn look_again(wishes: &[Wish<'_>], labels: &mut [Vec<Candidate>], chosen: &[u32], look: usize) -> bool {
    let looking = chosen.iter().take(wishes.len()).filter(|choice| **choice == NONE).count();
    if looking == 0 {
        return false;
    }
    let stands = labels.iter().zip(chosen).filter_map(|(own, choice)| own.get(*choice as usize));
    let standing = Standing::new(stands.map(|one| &one.footprint).collect(), looking);
    if look > 1 && !standing.is_thorough() {
        return false;
    }
    let of = |(wish, choice): (&Wish, &u32)| (*choice == NONE).then(|| wish.candidates(Some(&standing)));
    let found: Vec<Option<Vec<Candidate>>> = wishes.par_iter().zip(chosen).map(of).collect();
    for (own, found) in labels.iter_mut().zip(found) {
        if let Some(found) = found {
            *own = found;
        }
    }
    true
}

/// Targets and obstacles, measured.
struct Setting {
    sites: Sites,
    ground: Ground,
}

impl Setting {
    fn new(requests: &[Request], obstacles: &[Obstacle]) -> Self {
        let sizes = requests.iter().flat_map(|r| &r.forms).filter(|f| f.is_sound()).map(Form::em);
        let em = sizes.reduce(f64::min).unwrap_or(10.0);
        let (sites, ground) = rayon::join(|| Sites::new(requests), || Ground::new(requests, obstacles, em));
        Setting { sites, ground }
    }
}

/// What is lost with a piece: no number of labels makes up for it.
const PIECE: f64 = 1000.0;

/// What is lost with each label, its priority as a share of the highest, and with each piece.
fn worth(requests: &[Request], pieces: &[Piece]) -> Vec<f64> {
    let sound = |p: f64| if p.is_finite() { p.max(0.0) } else { 0.0 };
    let most = requests.iter().map(|r| sound(r.priority)).fold(0.0, f64::max);
    let share = |p: f64| if most > 0.0 { (sound(p) / most).max(1e-6) } else { 1.0 };
    requests.iter().map(|r| share(r.priority)).chain(pieces.iter().map(|_| PIECE)).collect()
}
