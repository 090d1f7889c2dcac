//! Where words go: one optimisation over all labels of a map, against everything that is in the way.
//!
//! Pure geometry in px on the page. Takes [`Request`]s and [`Obstacle`]s, gives a [`Placement`] for each
//! request or drops it. Deterministic.

use kurbo::{BezPath, Point, Rect, Size};

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
    /// Never dropped: placed at the least bad place if nothing is free.
    pub must: bool,
}

/// One way to set a label's words.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Width, and height from the top of the first line's capitals to the last baseline.
    pub size: Size,
    /// How much worse than the first form this one is, 0 to 1.
    pub penalty: f64,
}

/// What a label names.
#[derive(Clone, Debug)]
pub enum Target {
    /// An area: the outline seen on the page (even-odd).
    Area(BezPath),
    /// A point with a symbol of this radius around it.
    Point(Point, f64),
}

/// Something in the way.
#[derive(Clone, Debug)]
pub struct Obstacle {
    /// Its outline, or an open line.
    pub path: BezPath,
    /// Half the width of a line; 0 for an area.
    pub reach: f64,
    /// Cost of covering it: 1 as bad as another label (forbidden), less for what may be covered at need.
    pub weight: f64,
}

/// Where a label stands.
#[derive(Clone, Debug)]
pub struct Placement {
    /// Which of the request's forms.
    pub form: usize,
    /// The box of its words.
    pub rect: Rect,
    /// How its lines are aligned in the box.
    pub align: Align,
    /// From the words to the place, when it stands outside.
    pub leader: Option<Vec<Point>>,
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

/// Places `requests` inside `frame`. The answer has one entry a request, `None` where it was dropped.
pub fn place(_requests: &[Request], _obstacles: &[Obstacle], _frame: Rect) -> Vec<Option<Placement>> {
    todo!()
}
