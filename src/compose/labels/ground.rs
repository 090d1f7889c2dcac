//! What lies under a label: all obstacles of a map in a grid, and what it costs to cover them.
//!
//! The page is cut into rows of a third of an em, as [`Bands`] are, and the rows into cells some words wide. A cell knows
//! the stretches that areas cover of it, exact in x, and the strokes of lines that pass through it, so that a
//! label asks the few cells it stands on.

use super::bands::Bands;
use super::grid::{Cells, Grid};
use super::polygon::{Shape, clip_segment, convex_overlap, polylines};
use super::{BARRED, CLOSED, Land, Obstacle, Request, Target};
use crate::geometry::Path;
use kurbo::{Circle, Line, Point, Rect, Shape as _};
use rayon::prelude::*;
use std::ops::Range;

/// All obstacles of a map.
pub struct Ground {
    things: Vec<Thing>,
    grid: Grid,
    stretches: Cells<Stretch>,
    strokes: Cells<Stroke>,
    /// Half the width of the widest line.
    widest: f64,
    /// Per request, what land is to it.
    land: Vec<Land>,
}

#[derive(Clone, Copy)]
struct Thing {
    weight: f64,
    owner: Option<usize>,
    /// Half the width of a line.
    reach: f64,
}

impl Thing {
    fn is_of(&self, owner: Option<usize>) -> bool {
        owner.is_some() && self.owner == owner
    }

    fn is_land(&self) -> bool {
        self.reach == 0.0 && self.weight < CLOSED
    }
}

/// What an area covers of a cell: what lies wholly inside, or what its outline passes through.
#[derive(Clone, Copy)]
struct Stretch {
    x0: f64,
    x1: f64,
    thing: u32,
    /// The share of it that the area covers.
    share: f32,
}

impl Stretch {
    /// How much of it the area covers from `x0` to `x1`, in px.
    fn covered(&self, x0: f64, x1: f64) -> f64 {
        (self.x1.min(x1) - self.x0.max(x0)) * f64::from(self.share)
    }
}

/// A stroke of a line, in each row that it passes.
#[derive(Clone, Copy)]
struct Stroke {
    line: Line,
    thing: u32,
    /// The first of these rows.
    from: u32,
}

/// What a label or a leader covers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cover {
    /// Something that must not be covered. What else is covered is then not told.
    pub forbidden: bool,
    /// Sum of weight × share of everything else.
    pub cost: f64,
}

/// The share of a stretch that lies wholly inside, and of one that the outline passes through, of which nobody knows.
const WHOLE: f32 = 1.0;
const PART: f32 = 0.5;

const NEVER: Cover = Cover { forbidden: true, cost: 0.0 };

/// How bad it is to cover areas with this share of a label: words half on land and half on water are
/// harder to read than the share says.
fn spoilt(share: f64) -> f64 {
    share + STRADDLING * (5.0 * share).min(1.0) * (1.0 - share)
}

/// What words that straddle an area's edge lose beyond the share that lies on it.
const STRADDLING: f64 = 0.3;
/// Cost of a leader on an area of weight 1, per em of its length; and for how many of these one counts that is barred to words.
const LEADER_ON_AREA: f64 = 0.04;
const LEADER_ON_BARRED: f64 = 3.5;
/// So much of a leader, in em, may graze what is closed.
const GRAZE: f64 = 0.2;
/// Cost of a leader that crosses a line of weight 1.
const LEADER_OVER_LINE: f64 = 0.4;
/// How much an outline is thinned, in em: of what must not be covered, and of what may be.
const FINE: f64 = 0.05;
const COARSE: f64 = 0.15;
/// Thickness of a row in em.
const ROW: f64 = 0.3;

/// An obstacle, measured.
enum Body {
    Area(Shape),
    Line(Vec<Line>),
}

impl Body {
    fn new(obstacle: &Obstacle, em: f64) -> Option<Body> {
        if obstacle.reach > 0.0 {
            let lines = polylines(&obstacle.path);
            let strokes = lines.iter().flat_map(|l| l.windows(2)).map(|w| Line::new(w[0], w[1]));
            let strokes: Vec<Line> = strokes.filter(|s| s.is_finite()).collect();
            return (!strokes.is_empty()).then_some(Body::Line(strokes));
        }
        let coarse = if obstacle.weight < BARRED { COARSE } else { FINE };
        let shape = Shape::new(&obstacle.path, em * coarse);
        (!shape.rings.is_empty()).then_some(Body::Area(shape))
    }

    fn bounds(&self) -> Rect {
        match self {
            Body::Area(shape) => shape.bounds,
            Body::Line(strokes) => {
                let boxes = strokes.iter().map(|s| Rect::from_points(s.p0, s.p1));
                boxes.reduce(|a, b| a.union(b)).unwrap_or_default()
            }
        }
    }
}

impl Ground {
    /// Indexes `obstacles`, and the symbols of the point targets among `requests`, which no other label may
    /// cover. `em` is the smallest text size in px: nothing finer than a fraction of it counts.
    pub fn new(requests: &[Request], obstacles: &[Obstacle], em: f64) -> Self {
        let symbols: Vec<Obstacle> = requests.iter().enumerate().filter_map(symbol).collect();
        let all: Vec<&Obstacle> = obstacles.iter().chain(&symbols).filter(|o| o.weight > 0.0).collect();
        let bodies: Vec<(Thing, Body)> =
            all.par_iter().filter_map(|o| Some((Thing::new(o), Body::new(o, em)?))).collect();
        let bounds =
            bodies.iter().map(|(_, body)| body.bounds()).reduce(|a, b| a.union(b)).unwrap_or_default();
        let grid = Grid::new(bounds, em * ROW);
        let cover = |(thing, body): (usize, &(Thing, Body))| match &body.1 {
            Body::Area(shape) => stretches(&grid, shape, thing as u32),
            Body::Line(_) => Vec::new(),
        };
        let areas: Vec<Vec<(u32, Stretch)>> = bodies.par_iter().enumerate().map(cover).collect();
        let mut passing = Vec::new();
        for (thing, (_, body)) in bodies.iter().enumerate() {
            let Body::Line(strokes) = body else { continue };
            for line in strokes {
                let (low, high) = (line.p0.y.min(line.p1.y), line.p0.y.max(line.p1.y));
                let stroke = Stroke { line: *line, thing: thing as u32, from: grid.row(low) as u32 };
                passing.extend((grid.row(low)..=grid.row(high)).map(|row| (row as u32, stroke)));
            }
        }
        let stretches = Cells::new(&areas, grid.rows * grid.columns);
        let strokes = Cells::new(&[passing], grid.rows);
        let things: Vec<Thing> = bodies.iter().map(|(thing, _)| *thing).collect();
        let widest = things.iter().map(|thing| thing.reach).fold(0.0, f64::max);
        let land = requests.iter().map(|request| request.land).collect();
        Ground { things, grid, stretches, strokes, widest, land }
    }

    /// What land is to the request `own`.
    fn land_of(&self, own: Option<usize>) -> Land {
        own.and_then(|index| self.land.get(index)).copied().unwrap_or_default()
    }

    /// What areas cover of `row` from `x0` to `x1`.
    fn met(&self, row: usize, x0: f64, x1: f64) -> impl Iterator<Item = (&Stretch, &Thing)> {
        self.met_in(row, self.grid.columns(x0, x1), x0, x1)
    }

    /// The same, where the columns of the stretch are at hand.
    fn met_in(
        &self,
        row: usize,
        columns: Range<usize>,
        x0: f64,
        x1: f64,
    ) -> impl Iterator<Item = (&Stretch, &Thing)> {
        let before = row * self.grid.columns;
        let all = self.stretches.get(before + columns.start..before + columns.end.max(columns.start));
        all.iter().filter(move |s| s.x0 < x1 && x0 < s.x1).map(|s| (s, &self.things[s.thing as usize]))
    }

    /// The strokes near `rect`, each once.
    fn strokes_near(&self, rect: Rect) -> impl Iterator<Item = (&Stroke, &Thing)> {
        let rows = self.grid.rows(rect.y0 - self.widest, rect.y1 + self.widest);
        let rows = if self.strokes.is_empty() { 0..0 } else { rows };
        let start = rows.start;
        let of = move |row: usize| {
            let all = self.strokes.get(row..row + 1).iter();
            all.filter(move |s| (s.from as usize).max(start) == row)
        };
        rows.flat_map(of).map(|s| (s, &self.things[s.thing as usize]))
    }

    /// What a label on `rect` covers, but for the obstacles that it owns, and land that it may stand on.
    pub fn under(&self, rect: Rect, own: Option<usize>) -> Cover {
        self.beneath(rect, own, own)
    }

    /// The same for a label of `own` that does not stand on its place: what it owns counts like anything else.
    pub fn under_outside(&self, rect: Rect, own: usize) -> Cover {
        self.beneath(rect, None, Some(own))
    }

    fn beneath(&self, rect: Rect, ignoring: Option<usize>, own: Option<usize>) -> Cover {
        let (mut share, mut weighted) = (0.0, 0.0);
        let land = self.land_of(own);
        let columns = self.grid.columns(rect.x0, rect.x1);
        for row in self.grid.rows(rect.y0, rect.y1) {
            let top = self.grid.top(row);
            let height = rect.y1.min(top + self.grid.height) - rect.y0.max(top);
            for (stretch, thing) in self.met_in(row, columns.clone(), rect.x0, rect.x1) {
                if thing.is_of(ignoring) {
                    continue;
                }
                match land {
                    Land::Free if thing.is_land() => continue,
                    Land::Closed if thing.is_land() && stretch.share == WHOLE && !thing.is_of(own) => {
                        return NEVER;
                    }
                    _ => {}
                }
                if thing.weight < BARRED {
                    let covered = stretch.covered(rect.x0, rect.x1) * height;
                    share += covered;
                    weighted += thing.weight * covered;
                } else {
                    return NEVER;
                }
            }
        }
        let mut cost = 0.0;
        if share > 0.0 {
            cost = weighted / share * spoilt((share / rect.area().max(1e-9)).min(1.0));
        }
        let mut lines: Vec<(u32, f64)> = Vec::new();
        for (stroke, thing) in self.strokes_near(rect) {
            let share =
                if thing.is_of(ignoring) { 0.0 } else { stroke_share(stroke.line, rect, thing.reach) };
            match lines.iter_mut().find(|l| l.0 == stroke.thing) {
                Some(line) => line.1 += share,
                None if share > 0.0 => lines.push((stroke.thing, share)),
                None => {}
            }
        }
        for (thing, share) in lines {
            let weight = self.things[thing as usize].weight;
            if weight >= BARRED {
                return NEVER;
            }
            cost += weight * share.min(1.0);
        }
        Cover { forbidden: false, cost }
    }

    /// As [`Ground::under`], for a label that follows an axis: its letters in a chain of small boxes.
    /// A line that crosses the words anywhere strikes them through, so the worst box counts half.
    pub fn under_chain(&self, boxes: &[Rect], ignoring: Option<usize>) -> Cover {
        let covers: Vec<Cover> = boxes.iter().map(|&b| self.under(b, ignoring)).collect();
        let worst = covers.iter().map(|c| c.cost).fold(0.0, f64::max);
        let mean = covers.iter().map(|c| c.cost).sum::<f64>() / boxes.len().max(1) as f64;
        Cover { forbidden: covers.iter().any(|c| c.forbidden), cost: (worst + mean) / 2.0 }
    }

    /// What a leader from `a` to `b` covers; `em` is the label's text size in px.
    pub fn across(&self, a: Point, b: Point, ignoring: Option<usize>, em: f64) -> Cover {
        let (upper, lower) = if a.y <= b.y { (a, b) } else { (b, a) };
        let (run, rise, length) = (lower.x - upper.x, lower.y - upper.y, a.distance(b));
        let per_rise = (rise >= 1e-6).then(|| 1.0 / rise);
        let share = |y: f64, per_rise: f64| ((y - upper.y) * per_rise).clamp(0.0, 1.0);
        let (mut cost, mut grazed) = (0.0, 0.0);
        let land = self.land_of(ignoring);
        for row in self.grid.rows(upper.y - 1e-6, lower.y + 1e-6) {
            let top = self.grid.top(row);
            let within = |per: f64| (share(top, per), share(top + self.grid.height, per));
            let (from, to) = per_rise.map_or((0.0, 1.0), within);
            let (p, q) = (upper.x + run * from, upper.x + run * to);
            let (x0, x1) = (p.min(q), p.max(q).max(p.min(q) + 1e-6));
            let (mut weighted, mut closed) = (0.0, 0.0);
            for (stretch, thing) in self.met(row, x0, x1) {
                if thing.is_of(ignoring) || (land == Land::Free && thing.is_land()) {
                    continue;
                }
                let covered = stretch.covered(x0, x1);
                weighted += covered * if thing.weight >= BARRED { LEADER_ON_BARRED } else { thing.weight };
                closed += if thing.weight >= CLOSED { covered } else { 0.0 };
            }
            if weighted > 0.0 {
                let per_px = length * (to - from) / (x1 - x0);
                cost += LEADER_ON_AREA * weighted * per_px / em;
                grazed += closed * per_px;
            }
            if grazed > GRAZE * em {
                return NEVER;
            }
        }
        let mut crossed: Vec<u32> = Vec::new();
        for (stroke, thing) in self.strokes_near(Rect::from_points(a, b)) {
            let met = |s: Line| convex_overlap(&[a, b], &[s.p0, s.p1]);
            if thing.is_of(ignoring) || crossed.contains(&stroke.thing) || !met(stroke.line) {
                continue;
            }
            if thing.weight >= BARRED {
                return NEVER;
            }
            crossed.push(stroke.thing);
            cost += thing.weight * LEADER_OVER_LINE;
        }
        Cover { forbidden: false, cost }
    }

    /// Whether `rect` touches a symbol that is not `owner`'s.
    pub fn touches_other_symbol(&self, rect: Rect, owner: usize) -> bool {
        self.touches(rect, |thing| thing.owner != Some(owner) && thing.weight >= CLOSED)
    }

    /// Whether `rect` touches an area that is not `owner`'s.
    pub fn touches_other_area(&self, rect: Rect, owner: usize) -> bool {
        self.touches(rect, |thing| thing.owner != Some(owner))
    }

    fn touches(&self, rect: Rect, which: impl Fn(&Thing) -> bool) -> bool {
        let touched = |row| self.met(row, rect.x0, rect.x1).any(|(_, thing)| which(thing));
        self.grid.rows(rect.y0, rect.y1).any(touched)
    }
}

impl Thing {
    fn new(obstacle: &Obstacle) -> Thing {
        Thing { weight: obstacle.weight, owner: obstacle.owner, reach: obstacle.reach.max(0.0) }
    }
}

/// The symbol of a point that is to be named.
fn symbol((index, request): (usize, &Request)) -> Option<Obstacle> {
    let Target::Point(centre, radius) = request.target else { return None };
    let sound = centre.is_finite() && radius.is_finite() && radius > 0.0;
    let path = || Circle::new(centre, radius).path_elements(0.1).collect::<Path>();
    sound.then(|| Obstacle { path: path().into(), reach: 0.0, weight: CLOSED, owner: Some(index) })
}

/// What an area covers, each stretch with its cell.
fn stretches(grid: &Grid, shape: &Shape, thing: u32) -> Vec<(u32, Stretch)> {
    let (start, bands) = Bands::aligned(shape, grid.height);
    let mut all = Vec::new();
    for band in 0..bands.len() {
        let row = (start - grid.first_row) as usize + band;
        let mut add = |from: f64, to: f64, share: f32| {
            let piece = |column: usize| {
                let left = grid.left(column);
                let (x0, x1) = (from.max(left), to.min(left + grid.width));
                ((row * grid.columns + column) as u32, Stretch { x0, x1, thing, share })
            };
            all.extend(grid.columns(from, to).map(piece).filter(|(_, piece)| piece.x0 < piece.x1));
        };
        // each inner stretch lies in one of the outer ones
        let mut inner = bands.inner(band).iter().peekable();
        for outer in bands.outer(band) {
            let mut from = outer.x0;
            while let Some(span) = inner.next_if(|span| span.x0 < outer.x1) {
                add(from, span.x0, PART);
                add(span.x0, span.x1, WHOLE);
                from = span.x1;
            }
            add(from, outer.x1, PART);
        }
    }
    all
}

/// How much of a label a stroke spoils: all of it when the stroke crosses it from side to side.
fn stroke_share(stroke: Line, rect: Rect, reach: f64) -> f64 {
    let wide = rect.inflate(reach, reach);
    let Some((t0, t1)) = clip_segment(stroke.p0, stroke.p1, wide) else { return 0.0 };
    let length = stroke.p0.distance(stroke.p1) * (t1 - t0);
    (length / wide.width().min(wide.height()).max(1e-6)).max(1e-6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn obstacle(svg: &str, reach: f64, weight: f64, owner: Option<usize>) -> Obstacle {
        Obstacle { path: Path::from_svg(svg).unwrap().into(), reach, weight, owner }
    }

    #[test]
    fn areas_cost_their_share_and_full_weight_forbids() {
        let land = obstacle("M0 0H100V100H0Z", 0.0, 0.4, None);
        let legend = obstacle("M200 0H300V100H200Z", 0.0, 1.0, None);
        let ground = Ground::new(&[], &[land, legend], 10.0);
        let half = ground.under(Rect::new(80.0, 40.0, 120.0, 60.0), None);
        assert!(!half.forbidden && (half.cost - 0.4 * spoilt(0.5)).abs() < 1e-9);
        assert!(ground.under(Rect::new(290.0, 40.0, 320.0, 60.0), None).forbidden);
        assert_eq!(ground.under(Rect::new(301.0, 40.0, 320.0, 60.0), None), Cover::default());
    }

    #[test]
    fn a_line_through_a_label_costs_its_whole_weight_and_a_near_one_nothing() {
        let flow = obstacle("M50 -100L50 100", 3.0, 0.6, None);
        let ground = Ground::new(&[], &[flow], 10.0);
        assert!((ground.under(Rect::new(0.0, 0.0, 100.0, 10.0), None).cost - 0.6).abs() < 1e-9);
        assert_eq!(ground.under(Rect::new(60.0, 0.0, 100.0, 10.0), None).cost, 0.0);
        assert!(ground.under(Rect::new(52.0, 0.0, 100.0, 10.0), None).cost > 0.0);
    }

    #[test]
    fn what_lies_above_or_below_everything_covers_nothing() {
        let wall = obstacle("M0 50H100V80H0Z", 0.0, 1.0, None);
        let ground = Ground::new(&[], &[wall], 10.0);
        for (y, forbidden) in [(20.0, false), (45.0, true), (70.0, true), (90.0, false)] {
            let rect = Rect::new(10.0, y, 60.0, y + 10.0);
            assert_eq!(ground.under(rect, None).forbidden, forbidden, "at {y}");
        }
    }

    #[test]
    fn the_owner_may_lie_on_its_own() {
        let own = obstacle("M0 0H100V100H0Z", 0.0, 1.0, Some(3));
        let ground = Ground::new(&[], &[own], 10.0);
        let rect = Rect::new(10.0, 10.0, 20.0, 20.0);
        assert!(ground.under(rect, Some(2)).forbidden && ground.under(rect, None).forbidden);
        assert!(!ground.under(rect, Some(3)).forbidden);
    }

    #[test]
    fn a_leader_pays_for_what_it_crosses() {
        let things = [obstacle("M0 0H100V100H0Z", 0.0, 0.5, None), obstacle("M200 -10V10", 2.0, 0.5, None)];
        let ground = Ground::new(&[], &things, 10.0);
        let cover = ground.across(Point::new(-50.0, 5.0), Point::new(250.0, 5.0), None, 10.0);
        let expected = 0.5 * LEADER_ON_AREA * 10.0 + 0.5 * LEADER_OVER_LINE;
        assert!((cover.cost - expected).abs() < 1e-6, "{cover:?}");
    }
}
