//! Places inside a shape where a box fits: not only the one at the pole of inaccessibility, but the best of
//! all.
//!
//! For every height the stretches in which the box may slide are known exactly ([`Bands::fits`]); along them
//! positions are rated by how near they are to the visual centre and how much air there is around the words.
//! (The same question is asked by van Roessel 1989, "An algorithm for locating candidate labeling boxes
//! within a polygon", American Cartographer 16(3); bands replace his full set of inscribed rectangles.)

use super::bands::{Bands, Span};
use kurbo::{Point, Rect, Size, Vec2};

/// Where in a shape the eye expects its name.
#[derive(Clone, Copy, Debug)]
pub struct Aim {
    /// The visual centre.
    pub centre: Point,
    /// Half the width and height of the shape's main part.
    pub half: Vec2,
}

/// A place for a box.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// The box.
    pub rect: Rect,
    /// Off centre and cramped: 0 is ideal, about 0.5 the worst.
    pub cost: f64,
}

/// The room that a box needs around it in px.
#[derive(Clone, Copy, Debug)]
pub struct Margin {
    /// Left and right.
    pub side: f64,
    /// Above the capitals.
    pub top: f64,
    /// Below the last baseline, descenders included.
    pub bottom: f64,
    /// Beyond those, the air with which a label stops looking cramped.
    pub air: f64,
}

impl Margin {
    /// For text of `em` px.
    pub fn of(em: f64) -> Self {
        Margin { side: 0.14 * em, top: 0.12 * em, bottom: 0.26 * em, air: 0.6 * em }
    }

    /// `rect` with the margin around it.
    pub fn around(&self, rect: Rect) -> Rect {
        Rect::new(rect.x0 - self.side, rect.y0 - self.top, rect.x1 + self.side, rect.y1 + self.bottom)
    }
}

/// Cost of standing as far from the visual centre as the shape's half extent.
const OFF_CENTRE: f64 = 0.3;
/// Cost of touching the outline.
const CRAMPED: f64 = 0.15;
/// Stretches rated, about.
const ROWS: usize = 32;
/// Most positions rated per stretch, left and right of the best one.
const STEPS: i32 = 3;

/// All rated places for a box of `size` inside the shape, best first.
pub fn spots(bands: &Bands, aim: Aim, size: Size, margin: Margin) -> Vec<Spot> {
    let width = size.width + 2.0 * margin.side;
    let height = size.height + margin.top + margin.bottom;
    let mut rows = Vec::new();
    bands
        .fits(width, height, |top, play, span| rows.push((top + margin.top + size.height / 2.0, play, span)));
    // In a roomy shape every few bands are enough; the exact height is found afterwards.
    let stride = rows.len().div_ceil(ROWS).max(1);
    let reach = bands.step * stride as f64 / 2.0;
    let mut spots = Vec::new();
    for &(low, play, span) in rows.iter().step_by(stride) {
        let y = aim.centre.y.max(low).min(low + play);
        for x in across(span, width, aim.centre.x, margin.air) {
            spots.push(rate(bands, aim, Rect::from_center_size((x, y), size), margin, reach));
        }
    }
    spots.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    spots
}

/// Positions of the box's centre along a stretch: the one nearest to `aim` that leaves some air, then to
/// both sides.
fn across(span: Span, width: f64, aim: f64, air: f64) -> impl Iterator<Item = f64> {
    let middle = (span.x0 + span.x1) / 2.0;
    let play = ((span.x1 - span.x0 - width) / 2.0).max(0.0);
    let easy = play - air.min(play);
    let best = middle + (aim - middle).max(-easy).min(easy);
    let step = (play / f64::from(STEPS)).max(width / 3.0);
    let others = (1..=STEPS).flat_map(move |k| [best - step * f64::from(k), best + step * f64::from(k)]);
    std::iter::once(best).chain(others.filter(move |x| (x - middle).abs() <= play))
}

fn rate(bands: &Bands, aim: Aim, rect: Rect, margin: Margin, play: f64) -> Spot {
    let need = margin.around(rect);
    let reach = margin.air + play;
    let (up, down) = (room(bands, need, reach, -1.0), room(bands, need, reach, 1.0));
    // Between the rated heights the box is free to move towards the visual centre.
    let shift = (aim.centre.y - rect.center().y).max(-up.min(play)).min(down.min(play));
    let rect = rect + Vec2::new(0.0, shift);
    let air = (up + shift).min(down - shift).min(side_room(bands, need, margin.air));
    let off = rect.center() - aim.centre;
    let off = libm::hypot(off.x / aim.half.x.max(1.0), off.y / aim.half.y.max(1.0));
    let cramped = 1.0 - (air / margin.air).clamp(0.0, 1.0);
    Spot { rect, cost: OFF_CENTRE * off.min(1.5) + CRAMPED * cramped }
}

/// How far `need` can move up (`way` −1) or down (1) before it leaves the shape, up to about `most`.
fn room(bands: &Bands, need: Rect, most: f64, way: f64) -> f64 {
    let edge = if way < 0.0 { need.y0 } else { need.y1 };
    let start = (edge - bands.top) / bands.step;
    // The free rest of the band in which the edge lies.
    let mut row = if way < 0.0 { (start + 1e-6).floor() } else { (start - 1e-6).ceil() };
    let mut room = (row - start).abs() * bands.step;
    while room < most {
        let next = if way < 0.0 { row - 1.0 } else { row };
        if next < 0.0 || !bands.row_holds(next as usize, need.x0, need.x1) {
            break;
        }
        row += way;
        room += bands.step;
    }
    room
}

/// The room left and right of `need` in its middle band, up to `most`.
fn side_room(bands: &Bands, need: Rect, most: f64) -> f64 {
    let rows = [need.y0 + bands.step / 2.0, need.center().y, need.y1 - bands.step / 2.0];
    let room = rows.into_iter().filter_map(|y| {
        let row = ((y - bands.top) / bands.step).max(0.0) as usize;
        let span = bands.inner(row).iter().find(|s| s.x0 <= need.x0 && need.x1 <= s.x1)?;
        Some((need.x0 - span.x0).min(span.x1 - need.x1))
    });
    room.fold(most, f64::min)
}

#[cfg(test)]
mod tests {
    use super::super::polygon::Shape;
    use super::*;
    use crate::geometry::Path;

    fn bands(svg: &str) -> Bands {
        Bands::new(&Shape::new(&Path::from_svg(svg).unwrap(), 0.1), 2.0, 500)
    }

    fn best(svg: &str, aim: (f64, f64), size: (f64, f64)) -> Option<Spot> {
        let aim = Aim { centre: aim.into(), half: Vec2::new(50.0, 50.0) };
        spots(&bands(svg), aim, size.into(), Margin::of(10.0)).first().copied()
    }

    #[test]
    fn in_a_box_it_is_the_middle() {
        let spot = best("M0 0H100V60H0Z", (50.0, 30.0), (40.0, 7.0)).unwrap();
        assert!(spot.rect.center().distance(Point::new(50.0, 30.0)) < 1e-6, "{spot:?}");
        assert!(spot.cost < 1e-6);
    }

    #[test]
    fn a_wide_label_finds_the_foot_of_an_l() {
        // The pole lies in the corner; 80 px of words fit only along the foot.
        let spot = best("M0 0H30V70H100V90H0Z", (15.0, 75.0), (80.0, 7.0)).unwrap();
        assert!(spot.rect.y0 > 70.0 && spot.rect.x1 < 100.0);
    }

    #[test]
    fn it_never_reaches_over_a_hole_or_an_edge() {
        let ring = "M0 0H100V100H0Z M20 20H80V80H20Z";
        let b = bands(ring);
        let margin = Margin::of(10.0);
        let aim = Aim { centre: Point::new(50.0, 50.0), half: Vec2::new(50.0, 50.0) };
        let all = spots(&b, aim, Size::new(30.0, 7.0), margin);
        assert!(all.len() > 8);
        assert!(all.iter().all(|s| b.holds(margin.around(s.rect))));
        assert!(best(ring, (50.0, 50.0), (98.0, 7.0)).is_none());
    }

    #[test]
    fn cramped_costs_more_than_airy() {
        let airy = best("M0 0H100V60H0Z", (50.0, 30.0), (40.0, 7.0)).unwrap();
        let cramped = best("M0 0H43V60H0Z", (21.5, 30.0), (40.0, 7.0)).unwrap();
        assert!(cramped.cost > airy.cost);
    }
}
