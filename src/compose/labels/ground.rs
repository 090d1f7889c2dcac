//! What lies under a label: all obstacles of a map in one R-tree, and what it costs to cover them.
//!
//! Areas are kept as [`Bands`] (made when first asked for), lines as their strokes.

use super::bands::Bands;
use super::polygon::{Shape, clip_segment, convex_overlap, polylines};
use super::{Obstacle, Request, Target};
use kurbo::{Circle, Line, Point, Rect};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use std::ops::ControlFlow;
use std::sync::OnceLock;

/// All obstacles of a map.
pub struct Ground {
    things: Vec<Thing>,
    tree: RTree<Entry>,
    /// For each request, the obstacles that are its own.
    own: Vec<Vec<usize>>,
    /// Half the width of the widest line.
    widest: f64,
}

/// A box in the tree: the area, or one stroke of the line, of a thing.
type Entry = GeomWithData<Rectangle<[f64; 2]>, (usize, Option<Line>)>;

/// A box for an R-tree with what it stands for.
pub fn entry<T>(rect: Rect, data: T) -> GeomWithData<Rectangle<[f64; 2]>, T> {
    GeomWithData::new(Rectangle::from_corners([rect.x0, rect.y0], [rect.x1, rect.y1]), data)
}

/// `rect` as a query to an R-tree.
pub fn envelope(rect: Rect) -> AABB<[f64; 2]> {
    AABB::from_corners([rect.x0, rect.y0], [rect.x1, rect.y1])
}

struct Thing {
    weight: f64,
    owner: Option<usize>,
    body: Body,
}

enum Body {
    Area(Area),
    /// A line, and half its width.
    Line(f64),
}

struct Area {
    shape: Shape,
    bands: OnceLock<Bands>,
    step: f64,
}

impl Area {
    fn touches(&self, rect: Rect) -> bool {
        self.shape.bounds.overlaps(rect) && self.bands().touches(rect)
    }

    fn bands(&self) -> &Bands {
        self.bands.get_or_init(|| Bands::new(&self.shape, self.step, 256))
    }
}

/// What a label or a leader covers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cover {
    /// Something that must not be covered.
    pub forbidden: bool,
    /// Sum of weight × share of everything else.
    pub cost: f64,
}

impl Cover {
    fn add_area(&mut self, weight: f64, share: f64) {
        if weight >= FORBIDDEN {
            self.forbidden |= share > 0.0;
        } else {
            self.cost += weight * share;
        }
    }
}

/// How bad it is to cover an area with this share of a label: words half on land and half on water are
/// harder to read than the share says.
fn spoilt(share: f64) -> f64 {
    share + STRADDLING * (5.0 * share).min(1.0) * (1.0 - share)
}

/// What words that straddle an area's edge lose beyond the share that lies on it.
const STRADDLING: f64 = 0.3;
/// An obstacle of this weight or more is never covered.
const FORBIDDEN: f64 = 0.999;
/// Cost of a leader on an area of weight 1, per em of its length.
const LEADER_ON_AREA: f64 = 0.04;
/// Cost of a leader that crosses a line of weight 1.
const LEADER_OVER_LINE: f64 = 0.4;

impl Ground {
    /// Indexes `obstacles`, and the symbols of the point targets among `requests`, which no other label may
    /// cover. `em` is the smallest text size in px: nothing finer than a fraction of it counts.
    pub fn new(requests: &[Request], obstacles: &[Obstacle], em: f64) -> Self {
        let own = vec![Vec::new(); requests.len()];
        let mut ground = Ground { things: Vec::new(), tree: RTree::new(), own, widest: 0.0 };
        let mut entries = Vec::new();
        for obstacle in obstacles.iter().filter(|o| o.weight > 0.0) {
            ground.add(obstacle, em, &mut entries);
        }
        for (index, request) in requests.iter().enumerate() {
            if let Target::Point(centre, radius) = request.target
                && centre.is_finite()
                && radius.is_finite()
                && radius > 0.0
            {
                let path = kurbo::Shape::to_path(&Circle::new(centre, radius), 0.1);
                ground.add(&Obstacle { path, reach: 0.0, weight: 1.0, owner: Some(index) }, em, &mut entries);
            }
        }
        ground.tree = RTree::bulk_load(entries);
        ground
    }

    fn add(&mut self, obstacle: &Obstacle, em: f64, entries: &mut Vec<Entry>) {
        let index = self.things.len();
        let before = entries.len();
        let body = if obstacle.reach > 0.0 {
            let lines = polylines(&obstacle.path);
            let strokes = lines.iter().flat_map(|l| l.windows(2)).map(|w| Line::new(w[0], w[1]));
            let sound = strokes.filter(|s| s.is_finite());
            entries.extend(sound.map(|s| entry(Rect::from_points(s.p0, s.p1), (index, Some(s)))));
            self.widest = self.widest.max(obstacle.reach);
            Body::Line(obstacle.reach)
        } else {
            let shape = Shape::new(&obstacle.path, em * 0.05);
            if !shape.rings.is_empty() {
                entries.push(entry(shape.bounds, (index, None)));
            }
            Body::Area(Area { shape, bands: OnceLock::new(), step: em * 0.3 })
        };
        if entries.len() == before {
            return;
        }
        if let Some(own) = obstacle.owner.and_then(|o| self.own.get_mut(o)) {
            own.push(index);
        }
        self.things.push(Thing { weight: obstacle.weight, owner: obstacle.owner, body });
    }

    fn near(&self, rect: Rect, mut visit: impl FnMut(usize, &Thing, Option<Line>)) {
        let around = envelope(rect.inflate(self.widest, self.widest));
        let visited = self.tree.locate_in_envelope_intersecting_int(around, |e| {
            visit(e.data.0, &self.things[e.data.0], e.data.1);
            ControlFlow::<()>::Continue(())
        });
        debug_assert!(visited.is_continue());
    }

    /// What a label on `rect` covers, but for the obstacles that `ignoring` owns.
    pub fn under(&self, rect: Rect, ignoring: Option<usize>) -> Cover {
        let mut cover = Cover::default();
        let mut lines: Vec<(usize, f64)> = Vec::new();
        self.near(rect, |index, thing, stroke| match (&thing.body, stroke) {
            _ if ignoring.is_some() && thing.owner == ignoring => {}
            (Body::Area(area), _) if thing.weight >= FORBIDDEN => cover.forbidden |= area.touches(rect),
            (Body::Area(area), _) => cover.cost += thing.weight * spoilt(area.bands().share(rect)),
            (&Body::Line(reach), Some(stroke)) => {
                let share = stroke_share(stroke, rect, reach);
                match lines.iter_mut().find(|l| l.0 == index) {
                    Some(line) => line.1 += share,
                    None if share > 0.0 => lines.push((index, share)),
                    None => {}
                }
            }
            _ => {}
        });
        for (index, share) in lines {
            cover.add_area(self.things[index].weight, share.min(1.0));
        }
        cover
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
        let mut cover = Cover::default();
        let mut crossed: Vec<usize> = Vec::new();
        self.near(Rect::from_points(a, b), |index, thing, stroke| match (&thing.body, stroke) {
            _ if ignoring.is_some() && thing.owner == ignoring => {}
            (Body::Area(area), _) if clip_segment(a, b, area.shape.bounds).is_some() => {
                let length = area.bands().covered_length(a, b);
                cover.add_area(thing.weight, LEADER_ON_AREA * length / em);
            }
            (Body::Line(_), Some(s))
                if !crossed.contains(&index) && convex_overlap(&[a, b], &[s.p0, s.p1]) =>
            {
                crossed.push(index);
                cover.add_area(thing.weight, LEADER_OVER_LINE);
            }
            _ => {}
        });
        cover
    }

    /// Whether `rect` touches an obstacle that `owner` owns: its marker, its ring.
    pub fn touches_own(&self, rect: Rect, owner: usize) -> bool {
        let own = self.own.get(owner).map_or(&[][..], Vec::as_slice);
        own.iter().any(|&i| matches!(&self.things[i].body, Body::Area(area) if area.touches(rect)))
    }

    /// Whether `rect` touches an area that is not `owner`'s.
    pub fn touches_other_area(&self, rect: Rect, owner: usize) -> bool {
        let mut touched = false;
        self.near(rect, |_, thing, _| {
            let foreign = thing.owner != Some(owner);
            touched |= foreign && matches!(&thing.body, Body::Area(area) if area.touches(rect));
        });
        touched
    }
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
    use kurbo::BezPath;

    fn obstacle(svg: &str, reach: f64, weight: f64, owner: Option<usize>) -> Obstacle {
        Obstacle { path: BezPath::from_svg(svg).unwrap(), reach, weight, owner }
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
