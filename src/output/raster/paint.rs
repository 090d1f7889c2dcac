//! Marks onto a band of pixels.

use super::coverage::{Coverage, Rule, Span};
use super::marks::{Clip, Ink, Mark};
use super::outline::{Bounds, Outline};
use super::tiles;
use crate::output::pattern::Tile;
use crate::paint::Color;

/// A band of pixels: `N` bytes each, RGB or RGBA with the colours multiplied by alpha.
pub struct Band<'a, const N: usize> {
    width: i32,
    top: i32,
    bottom: i32,
    clips: &'a [Clip],
    /// The clips that were needed so far, as coverage of the whole band.
    masks: Vec<Option<Vec<u8>>>,
    coverage: Coverage,
    /// The pixels, row by row.
    pub pixels: Vec<u8>,
}

/// A part of the picture: its left, upper, right and lower edge, the last two exclusive.
type Window = (i32, i32, i32, i32);

/// Coverage of a window by which other marks are cut.
struct Mask<'a> {
    window: Window,
    alpha: &'a [u8],
}

impl Mask<'_> {
    /// The coverage of the pixels of `span`, which lies in the window.
    fn row(&self, span: &Span) -> &[u8] {
        let (left, top, right, _) = self.window;
        let start = (span.y - top) as usize * (right - left) as usize + (span.x - left) as usize;
        self.alpha.get(start..start + span.length).unwrap_or_default()
    }
}

impl<'a, const N: usize> Band<'a, N> {
    /// The rows from `top` to `bottom`, exclusive, of a picture of this width, in the colour of the page.
    pub fn new(width: u32, top: u32, bottom: u32, page: Color, clips: &'a [Clip]) -> Self {
        let mut page_rows = vec![0; width as usize * (bottom - top) as usize * N];
        Ink8::<N>::new(page).replace(&mut page_rows);
        Band {
            width: width as i32,
            top: top as i32,
            bottom: bottom as i32,
            clips,
            masks: clips.iter().map(|_| None).collect(),
            coverage: Coverage::default(),
            pixels: page_rows,
        }
    }

    /// Draws `mark` where it touches the band.
    pub fn draw(&mut self, mark: &Mark) {
        let window = self.window(&mark.outline.bounds);
        if window.0 >= window.2 || window.1 >= window.3 {
            return;
        }
        let clip = self.needed_clip(mark);
        if let Some(clip) = clip {
            self.make_mask(clip);
        }
        // The coverage and the masks are lent out while pixels change.
        let mut coverage = std::mem::take(&mut self.coverage);
        let masks = std::mem::take(&mut self.masks);
        let band = (0, self.top, self.width, self.bottom);
        let mask = clip.and_then(|i| masks.get(i)?.as_ref()).map(|alpha| Mask { window: band, alpha });
        match &mark.ink {
            Ink::Solid(color) => {
                self.fill(&mut coverage, &mark.outline, mark.rule, window, *color, mask.as_ref())
            }
            Ink::Tiles(tile, scale) => {
                self.fill(&mut coverage, &mark.outline, mark.rule, window, tile.ground, mask.as_ref());
                self.fill_tiles(&mut coverage, mark, window, (tile, *scale), mask.as_ref());
            }
        }
        self.coverage = coverage;
        self.masks = masks;
    }

    /// The pixels of the band that `bounds` touches.
    fn window(&self, bounds: &Bounds) -> Window {
        let clamp = |value: f32, from: i32, to: i32| (value.clamp(from as f32, to as f32)) as i32;
        (
            clamp(bounds.left.floor(), 0, self.width),
            clamp(bounds.top.floor(), self.top, self.bottom),
            clamp(bounds.right.ceil(), 0, self.width),
            clamp(bounds.bottom.ceil(), self.top, self.bottom),
        )
    }

    fn fill(
        &mut self,
        coverage: &mut Coverage,
        outline: &Outline,
        rule: Rule,
        window: Window,
        color: Color,
        mask: Option<&Mask>,
    ) {
        let ink = Ink8::<N>::new(color);
        let (width, top, pixels) = (self.width, self.top, &mut self.pixels);
        coverage.of(outline, rule, window, |span| {
            let start = ((span.y - top) as usize * width as usize + span.x as usize) * N;
            let Some(to) = pixels.get_mut(start..start + span.length * N) else { return };
            match mask {
                None => ink.blend(to, span.alpha),
                Some(mask) => ink.blend_each(to, span.alpha, mask.row(&span)),
            }
        });
    }

    /// Draws the marks of a pattern's tiles inside `mark`.
    fn fill_tiles(
        &mut self,
        coverage: &mut Coverage,
        mark: &Mark,
        window: Window,
        (tile, scale): (&Tile, f64),
        mask: Option<&Mask>,
    ) {
        let alpha = alpha_of(coverage, &mark.outline, mark.rule, window, mask);
        let inside = Mask { window, alpha: &alpha };
        for (outline, color) in tiles::marks(tile, scale, window) {
            self.fill(coverage, &outline, Rule::NonZero, window, color, Some(&inside));
        }
    }

    /// The innermost clip that cuts something of `mark` off.
    fn needed_clip(&self, mark: &Mark) -> Option<usize> {
        let mut at = mark.clip;
        while let Some(clip) = at.and_then(|i| self.clips.get(i)) {
            if !(clip.is_box && clip.outline.bounds.contains(&mark.outline.bounds)) {
                return at;
            }
            at = clip.outer;
        }
        None
    }

    /// Draws clip `index` and those around it as a mask.
    fn make_mask(&mut self, index: usize) {
        if self.masks.get(index).is_none_or(Option::is_some) {
            return;
        }
        let window = (0, self.top, self.width, self.bottom);
        let mut found: Option<Vec<u8>> = None;
        let mut at = Some(index);
        while let Some(clip) = at.and_then(|i| self.clips.get(i)) {
            let inner = found.take();
            let mask = inner.as_ref().map(|alpha| Mask { window, alpha });
            found = Some(alpha_of(&mut self.coverage, &clip.outline, Rule::EvenOdd, window, mask.as_ref()));
            at = clip.outer;
        }
        self.masks[index] = found;
    }
}

/// What `outline` covers of `window`, a byte a pixel, as far as `mask` lets it be seen.
fn alpha_of(
    coverage: &mut Coverage,
    outline: &Outline,
    rule: Rule,
    window: Window,
    mask: Option<&Mask>,
) -> Vec<u8> {
    let (left, top, right, bottom) = window;
    let width = (right - left) as usize;
    let mut alpha = vec![0; width * (bottom - top) as usize];
    coverage.of(outline, rule, window, |span| {
        let start = (span.y - top) as usize * width + (span.x - left) as usize;
        let Some(to) = alpha.get_mut(start..start + span.length) else { return };
        match mask {
            None => to.fill(span.alpha),
            Some(mask) => {
                to.iter_mut().zip(mask.row(&span)).for_each(|(to, &by)| *to = times(span.alpha, by))
            }
        }
    });
    alpha
}

/// `a` × `b` / 255, rounded.
fn times(a: u8, b: u8) -> u8 {
    // Exact for all bytes (Blinn, "Three wrongs make a right", 1995).
    let product = u32::from(a) * u32::from(b) + 128;
    ((product + (product >> 8)) >> 8) as u8
}

/// `color` as a pixel, multiplied by its alpha.
fn pixel<const N: usize>(color: Color) -> [u8; N] {
    let all = [times(color.r, color.a), times(color.g, color.a), times(color.b, color.a), color.a];
    std::array::from_fn(|i| all[i.min(3)])
}

/// A colour ready for blending.
struct Ink8<const N: usize> {
    pixel: [u8; N],
    alpha: u8,
    /// Whole pixels in a row, to be copied at once.
    block: [u8; BLOCK],
}

/// A length that holds whole pixels of three bytes and of four.
const BLOCK: usize = 192;

impl<const N: usize> Ink8<N> {
    fn new(color: Color) -> Self {
        let pixel = pixel::<N>(color);
        Ink8 { pixel, alpha: color.a, block: std::array::from_fn(|i| pixel[i % N]) }
    }

    /// In the place of all pixels of `to`.
    fn replace(&self, to: &mut [u8]) {
        for to in to.chunks_mut(BLOCK) {
            to.copy_from_slice(&self.block[..to.len()]);
        }
    }

    /// Over all pixels of `to`, each covered by `alpha`.
    fn blend(&self, to: &mut [u8], alpha: u8) {
        if alpha == 255 && self.alpha == 255 {
            return self.replace(to);
        }
        let own = self.pixel.map(|c| times(c, alpha));
        let rest = 255 - times(self.alpha, alpha);
        for to in to.chunks_exact_mut(N) {
            for (to, own) in to.iter_mut().zip(own) {
                *to = own.saturating_add(times(*to, rest));
            }
        }
    }

    /// Over all pixels of `to`, each covered by `alpha` and its own share.
    fn blend_each(&self, to: &mut [u8], alpha: u8, shares: &[u8]) {
        for (to, &share) in to.chunks_exact_mut(N).zip(shares) {
            if share > 0 {
                self.blend(to, times(alpha, share));
            }
        }
    }
}
