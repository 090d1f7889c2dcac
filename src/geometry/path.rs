//! Paths on the page: outlines, borders, arrows.
//!
//! The same as a [`kurbo::BezPath`] in a third of the memory, as almost all segments of a map are
//! straight: a byte for the kind of each element, and its points apart.

use kurbo::{Affine, BezPath, ParamCurveArea as _, ParamCurveExtrema as _, PathEl, PathSeg, Point, Rect};

/// What an element does; it says how many points it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Move,
    Line,
    Quad,
    Curve,
    Close,
}

impl Verb {
    fn points(self) -> usize {
        match self {
            Verb::Close => 0,
            Verb::Move | Verb::Line => 1,
            Verb::Quad => 2,
            Verb::Curve => 3,
        }
    }
}

/// A path in px, y downwards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    verbs: Vec<Verb>,
    points: Vec<Point>,
}

impl Path {
    /// An empty path.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty path with room for `points` straight segments.
    pub fn with_capacity(points: usize) -> Self {
        Path { verbs: Vec::with_capacity(points), points: Vec::with_capacity(points) }
    }

    /// SVG path data.
    ///
    /// # Errors
    /// What is not path data.
    pub fn from_svg(data: &str) -> Result<Self, kurbo::SvgParseError> {
        BezPath::from_svg(data).map(Path::from)
    }

    /// Whether nothing is there.
    pub fn is_empty(&self) -> bool {
        self.verbs.is_empty()
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        self.verbs.len()
    }

    /// Adds an element.
    pub fn push(&mut self, element: PathEl) {
        let (verb, points): (Verb, &[Point]) = match &element {
            PathEl::MoveTo(p) => (Verb::Move, &[*p]),
            PathEl::LineTo(p) => (Verb::Line, &[*p]),
            PathEl::QuadTo(p, q) => (Verb::Quad, &[*p, *q]),
            PathEl::CurveTo(p, q, r) => (Verb::Curve, &[*p, *q, *r]),
            PathEl::ClosePath => (Verb::Close, &[]),
        };
        self.verbs.push(verb);
        self.points.extend_from_slice(points);
    }

    /// Starts a subpath at `p`.
    pub fn move_to(&mut self, p: impl Into<Point>) {
        self.push(PathEl::MoveTo(p.into()));
    }

    /// A straight segment to `p`.
    pub fn line_to(&mut self, p: impl Into<Point>) {
        self.push(PathEl::LineTo(p.into()));
    }

    /// A quadratic curve to `q`.
    pub fn quad_to(&mut self, p: impl Into<Point>, q: impl Into<Point>) {
        self.push(PathEl::QuadTo(p.into(), q.into()));
    }

    /// A cubic curve to `r`.
    pub fn curve_to(&mut self, p: impl Into<Point>, q: impl Into<Point>, r: impl Into<Point>) {
        self.push(PathEl::CurveTo(p.into(), q.into(), r.into()));
    }

    /// Closes the subpath.
    pub fn close_path(&mut self) {
        self.push(PathEl::ClosePath);
    }

    /// A subpath of straight segments through `points`, one at least.
    pub fn polyline(&mut self, points: impl Iterator<Item = Point>) {
        let before = self.points.len();
        self.points.extend(points);
        let count = self.points.len() - before;
        if count > 0 {
            self.verbs.push(Verb::Move);
            self.verbs.resize(self.verbs.len() + count - 1, Verb::Line);
        }
    }

    /// A closed subpath of straight segments through the points that `add` appends; nothing if they are fewer than
    /// `least`.
    pub fn closed(&mut self, least: usize, add: impl FnOnce(&mut Vec<Point>)) {
        let before = self.points.len();
        add(&mut self.points);
        let count = self.points.len() - before;
        if count < least.max(1) {
            return self.points.truncate(before);
        }
        self.verbs.push(Verb::Move);
        self.verbs.resize(self.verbs.len() + count - 1, Verb::Line);
        self.verbs.push(Verb::Close);
    }

    /// Adds a copy of all of `other`.
    pub fn append(&mut self, other: &Path) {
        self.verbs.extend_from_slice(&other.verbs);
        self.points.extend_from_slice(&other.points);
    }

    /// Its elements in order.
    pub fn elements(&self) -> Elements<'_> {
        Elements { verbs: self.verbs.iter(), points: &self.points }
    }

    /// Its segments in order, with those that close subpaths.
    pub fn segments(&self) -> impl Iterator<Item = PathSeg> + '_ {
        kurbo::segments(self.elements())
    }

    /// The points of all elements, those that curves are pulled to among them.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Whether all segments are straight.
    pub fn is_straight(&self) -> bool {
        !self.verbs.iter().any(|verb| matches!(verb, Verb::Quad | Verb::Curve))
    }

    /// The straight edges between the ends of its elements, with those that close subpaths.
    pub fn for_each_edge(&self, mut edge: impl FnMut(Point, Point)) {
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        for element in self.elements() {
            match element {
                PathEl::MoveTo(p) => (start, last) = (p, p),
                PathEl::LineTo(p) | PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => {
                    edge(last, p);
                    last = p;
                }
                PathEl::ClosePath => {
                    edge(last, start);
                    last = start;
                }
            }
        }
    }

    /// Whether `p` lies inside, as the even-odd rule has it, curves taken as straight.
    pub fn contains(&self, p: Point) -> bool {
        let mut inside = false;
        self.for_each_edge(|a, b| {
            if (a.y <= p.y) != (b.y <= p.y) {
                let (d, along) = (p - a, b - a);
                inside ^= (along.cross(d) > 0.0) == (along.y > 0.0);
            }
        });
        inside
    }

    /// The area that it encloses, px²: positive when clockwise on the page.
    pub fn area(&self) -> f64 {
        if self.is_straight() {
            let mut area = 0.0;
            self.for_each_edge(|a, b| area += a.to_vec2().cross(b.to_vec2()) * 0.5);
            return area;
        }
        self.segments().map(|segment| segment.signed_area()).sum()
    }

    /// The box around its segments; of no size at the origin without any.
    pub fn bounding_box(&self) -> Rect {
        if self.is_straight() {
            let nothing = Rect::new(f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY);
            let mut all = nothing;
            self.for_each_edge(|a, b| all = all.union_pt(a).union_pt(b));
            return if all == nothing { Rect::ZERO } else { all };
        }
        let boxes = self.segments().map(|segment| segment.bounding_box());
        boxes.reduce(|a, b| a.union(b)).unwrap_or_default()
    }

    /// Its subpaths, each from one move to the next.
    pub fn subpaths(&self) -> impl Iterator<Item = Subpath<'_>> {
        let (mut verbs, mut points) = (&*self.verbs, &*self.points);
        std::iter::from_fn(move || {
            let (first, rest) = verbs.split_first()?;
            let length = 1 + rest.iter().position(|v| *v == Verb::Move).unwrap_or(rest.len());
            let count = first.points() + verbs[1..length].iter().map(|v| v.points()).sum::<usize>();
            let of;
            (of, verbs) = verbs.split_at(length);
            let own;
            (own, points) = points.split_at(count);
            Some(Subpath { verbs: of, points: own })
        })
    }

    /// Adds a subpath of another path.
    pub fn push_subpath(&mut self, subpath: Subpath<'_>) {
        self.verbs.extend_from_slice(subpath.verbs);
        self.points.extend_from_slice(subpath.points);
    }
}

/// A part of a path that is drawn in one go.
#[derive(Clone, Copy, Debug)]
pub struct Subpath<'a> {
    verbs: &'a [Verb],
    points: &'a [Point],
}

impl<'a> Subpath<'a> {
    /// Its elements in order.
    pub fn elements(self) -> Elements<'a> {
        Elements { verbs: self.verbs.iter(), points: self.points }
    }

    /// Whether it ends where it began.
    pub fn is_closed(self) -> bool {
        self.verbs.last() == Some(&Verb::Close)
    }

    /// The points of all its elements.
    pub fn points(self) -> &'a [Point] {
        self.points
    }

    /// Its points where straight segments lead from each to the next and nothing follows after it is closed.
    pub fn chain(self) -> Option<&'a [Point]> {
        let (first, rest) = self.verbs.split_first()?;
        let lines = rest.strip_suffix(&[Verb::Close]).unwrap_or(rest);
        (*first == Verb::Move && lines.iter().all(|verb| *verb == Verb::Line)).then_some(self.points)
    }
}

/// The elements of a path.
#[derive(Clone, Debug)]
pub struct Elements<'a> {
    verbs: std::slice::Iter<'a, Verb>,
    points: &'a [Point],
}

impl Iterator for Elements<'_> {
    type Item = PathEl;

    #[inline]
    fn next(&mut self) -> Option<PathEl> {
        let verb = *self.verbs.next()?;
        let (own, rest) = self.points.split_at(verb.points());
        self.points = rest;
        Some(match (verb, own) {
            (Verb::Move, &[p]) => PathEl::MoveTo(p),
            (Verb::Line, &[p]) => PathEl::LineTo(p),
            (Verb::Quad, &[p, q]) => PathEl::QuadTo(p, q),
            (Verb::Curve, &[p, q, r]) => PathEl::CurveTo(p, q, r),
            _ => PathEl::ClosePath,
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.verbs.size_hint()
    }
}

impl ExactSizeIterator for Elements<'_> {}

impl Extend<PathEl> for Path {
    fn extend<I: IntoIterator<Item = PathEl>>(&mut self, elements: I) {
        elements.into_iter().for_each(|element| self.push(element));
    }
}

impl FromIterator<PathEl> for Path {
    fn from_iter<I: IntoIterator<Item = PathEl>>(elements: I) -> Self {
        let mut path = Path::new();
        path.extend(elements);
        path
    }
}

impl From<BezPath> for Path {
    fn from(path: BezPath) -> Self {
        path.into_iter().collect()
    }
}

impl std::ops::Mul<Path> for Affine {
    type Output = Path;

    fn mul(self, mut path: Path) -> Path {
        path.points.iter_mut().for_each(|p| *p = self * *p);
        path
    }
}
