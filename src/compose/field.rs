//! Blocks that stand where the map is empty: legend, insets, furniture. And what of many positions is worth a choice.

use kurbo::{Rect, Size};

use super::ground::Ground;
use super::labels::{Piece, Stand};
use super::pin::Spot;

/// A block without a place.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its size, px.
    pub size: Size,
    /// What it keeps free around it, px.
    pub gap: f64,
    /// Where a hand wants it.
    pub spot: Spot,
}

/// Where a block may stand, each with what that costs.
pub type Seats = Vec<(f64, Rect)>;

/// Positions that are tried along each side of the room.
const STEPS: usize = 40;

impl Field {
    /// Where it may stand in `room`, the emptiest first.
    pub fn seats(&self, ground: &Ground, room: Rect) -> Seats {
        let Size { width, height } = self.size;
        let pad = room.width().min(room.height()) * 0.02;
        let at = |k: usize| {
            let (row, column) = (k / (STEPS + 1), k % (STEPS + 1));
            let x = room.x0 + (room.width() - width).max(0.0) * column as f64 / STEPS as f64;
            let y = room.y0 + (room.height() - height).max(0.0) * row as f64 / STEPS as f64;
            let rect = Rect::new(x, y, x + width, y + height);
            let cover = ground.under(rect.inflate(pad, pad));
            let aside = (x - room.x0).min(room.x1 - width - x).max(0.0) / room.width();
            let up = (y - room.y0).min(room.y1 - height - y).max(0.0) / room.height();
            let down = (y - room.y0) / room.height();
            let covers = cover.data * 40.0 + cover.taken * 80.0 + cover.land * 4.0;
            (covers + aside * 0.8 + up * 0.6 + down * 0.3, rect)
        };
        choice((0..(STEPS + 1) * (STEPS + 1)).map(at).collect(), |one| one.1)
    }

    /// Where it stands if a hand has put it somewhere.
    pub fn fixed(&self, ground: &Ground, room: Rect) -> Option<Rect> {
        let free = || self.seats(ground, room).first().map_or(Rect::ZERO, |one| one.1);
        (self.spot != Spot::default()).then(|| self.spot.rect(room, self.size, free))
    }

    /// What it takes up at `rect`.
    pub fn taken(&self, rect: Rect) -> Rect {
        rect.inflate(self.gap, self.gap)
    }

    /// The same as a part of the arrangement: of the air between two blocks each brings its half.
    pub fn piece(&self, seats: &Seats) -> Piece {
        let stand =
            |(cost, rect): &(f64, Rect)| Stand::block(rect.inflate(self.gap / 2.0, self.gap / 2.0), *cost);
        Piece { stands: seats.iter().map(stand).collect(), ..Piece::default() }
    }
}

/// Positions kept at each distance from those kept before, as shares of their width and height: many about the best, a few
/// everywhere.
const KEPT: [(usize, f64); 3] = [(24, 0.1), (20, 0.3), (20, 0.7)];

/// Of positions with their cost the cheapest, in their order, but few that are much the same.
pub fn choice<T>(mut all: Vec<(f64, T)>, rect: impl Fn(&(f64, T)) -> Rect) -> Vec<(f64, T)> {
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut kept: Vec<(f64, T)> = Vec::new();
    let mut all = all.into_iter();
    for (count, apart) in KEPT {
        let most = kept.len() + count;
        while kept.len() < most
            && let Some(one) = all.next()
        {
            let own = rect(&one);
            let near = |other: &(f64, T)| {
                let by = rect(other).center() - own.center();
                by.x.abs() < apart * own.width() && by.y.abs() < apart * own.height()
            };
            if !kept.iter().any(near) {
                kept.push(one);
            }
        }
    }
    kept
}
