//! Many boxes at once: which of them overlap another one, as bits.

use crate::geometry::wide;
use kurbo::Rect;

/// So many boxes are told by one word of bits.
pub const WORD: usize = u64::BITS as usize;

/// A box that meets no other.
pub const NOWHERE: Rect =
    Rect { x0: f64::INFINITY, y0: f64::INFINITY, x1: f64::NEG_INFINITY, y1: f64::NEG_INFINITY };

/// The box around two, either of which may be [`NOWHERE`].
pub fn joined(a: Rect, b: Rect) -> Rect {
    Rect { x0: a.x0.min(b.x0), y0: a.y0.min(b.y0), x1: a.x1.max(b.x1), y1: a.y1.max(b.y1) }
}

/// Whether two boxes have ground in common.
#[inline]
pub fn overlap(a: Rect, b: Rect) -> bool {
    (a.x0 < b.x1) & (b.x0 < a.x1) & (a.y0 < b.y1) & (b.y0 < a.y1)
}

/// Boxes, coordinate by coordinate: x0, y0, x1, y1.
pub struct Boxes {
    sides: [Vec<f64>; 4],
    /// The box around each 64 of them.
    around: Vec<Rect>,
}

impl Boxes {
    /// In the order given: neighbours are found faster where they follow each other.
    pub fn new(rects: impl Iterator<Item = Rect> + Clone) -> Boxes {
        let of = |side: fn(Rect) -> f64| rects.clone().map(side).collect();
        let sides: [Vec<f64>; 4] = [of(|b| b.x0), of(|b| b.y0), of(|b| b.x1), of(|b| b.y1)];
        let around = (0..sides[0].len()).step_by(WORD);
        let around = around.map(|start| rects.clone().skip(start).take(WORD).fold(NOWHERE, joined)).collect();
        Boxes { sides, around }
    }

    /// Which of the first 64 overlap `rect`, as bits.
    pub fn overlapped(&self, rect: Rect) -> u64 {
        self.overlapped_from(0, rect)
    }

    /// The same of 64 others.
    fn overlapped_from(&self, start: usize, rect: Rect) -> u64 {
        wide(
            #[inline(always)]
            || self.overlapped_by_each(start, rect),
        )
    }

    #[inline(always)]
    fn overlapped_by_each(&self, start: usize, rect: Rect) -> u64 {
        let [x0, y0, x1, y1] = &self.sides;
        let end = x0.len().min(start + WORD);
        let all = x0[start..end].iter().zip(&y0[start..end]).zip(x1[start..end].iter().zip(&y1[start..end]));
        all.zip(0_u32..).fold(0, |bits, (((x0, y0), (x1, y1)), k)| {
            let meets = (*x0 < rect.x1) & (rect.x0 < *x1) & (*y0 < rect.y1) & (rect.y0 < *y1);
            bits | u64::from(meets) << k
        })
    }

    /// The places of all that overlap `rect`.
    pub fn near(&self, rect: Rect) -> impl Iterator<Item = usize> {
        let parts = (0..).step_by(WORD).zip(&self.around).filter(move |(_, around)| overlap(**around, rect));
        parts.flat_map(move |(start, _)| {
            ones(self.overlapped_from(start, rect)).map(move |k| start + k as usize)
        })
    }
}

/// The places of the bits that are set, in ascending order.
pub fn ones(mut bits: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let next = bits.trailing_zeros();
        bits &= bits.wrapping_sub(1);
        (next < u64::BITS).then_some(next)
    })
}
