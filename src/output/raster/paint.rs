//! Marks onto a band of pixels.

use tiny_skia::{FillRule, Mask, Paint, Pixmap, PixmapPaint, Rect, Transform};

use super::marks::{Clip, Ink, Mark};
use super::tiles;
use crate::output::pattern::Tile;
use crate::paint::Color;

/// Draws `marks` onto `pixmap`, whose first row is row `top` of the picture.
pub fn band(pixmap: &mut Pixmap, top: u32, marks: &[Mark], clips: &[Clip]) {
    let mut band = Band { top: top as f32, masks: clips.iter().map(|_| None).collect(), pixmap, clips };
    for mark in marks {
        if band.touches(mark.bounds) {
            band.draw(mark);
        }
    }
}

/// `color` as tiny-skia's.
pub fn color(color: Color) -> tiny_skia::Color {
    tiny_skia::Color::from_rgba8(color.r, color.g, color.b, color.a)
}

/// A paint of one colour.
pub fn ink(ink: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(color(ink));
    paint.anti_alias = true;
    paint
}

struct Band<'a> {
    top: f32,
    pixmap: &'a mut Pixmap,
    clips: &'a [Clip],
    /// The clips that were needed so far, as coverage.
    masks: Vec<Option<Mask>>,
}

impl Band<'_> {
    fn touches(&self, bounds: Rect) -> bool {
        bounds.bottom() >= self.top
            && bounds.top() <= self.top + self.pixmap.height() as f32
            && bounds.right() >= 0.0
            && bounds.left() <= self.pixmap.width() as f32
    }

    fn shift(&self) -> Transform {
        Transform::from_translate(0.0, -self.top)
    }

    fn draw(&mut self, mark: &Mark) {
        let clip = self.needed_clip(mark);
        if let Some(clip) = clip {
            self.make_mask(clip);
        }
        let shift = self.shift();
        let mask = clip.and_then(|clip| self.masks.get(clip)?.as_ref());
        match &mark.ink {
            Ink::Solid(color) => self.pixmap.fill_path(&mark.path, &ink(*color), mark.rule, shift, mask),
            Ink::Tiles(tile, scale) => {
                self.pixmap.fill_path(&mark.path, &ink(tile.ground), mark.rule, shift, mask);
                self.draw_tiles(mark, tile, *scale, clip);
            }
        }
    }

    /// Draws the marks of `tile` inside `mark`, on a sheet of their own no larger than they need.
    fn draw_tiles(&mut self, mark: &Mark, tile: &Tile, scale: f64, clip: Option<usize>) -> Option<()> {
        let (width, height) = (self.pixmap.width() as f32, self.pixmap.height() as f32);
        let left = mark.bounds.left().clamp(0.0, width).floor();
        let right = mark.bounds.right().clamp(0.0, width).ceil();
        let above = (mark.bounds.top() - self.top).clamp(0.0, height).floor();
        let below = (mark.bounds.bottom() - self.top).clamp(0.0, height).ceil();
        let mut sheet = Pixmap::new((right - left) as u32, (below - above) as u32)?;
        let mut inside = Mask::new(sheet.width(), sheet.height())?;
        let shift = Transform::from_translate(-left, -self.top - above);
        inside.fill_path(&mark.path, mark.rule, true, shift);
        if let Some(outer) = clip.and_then(|clip| self.masks.get(clip)?.as_ref()) {
            multiply(&mut inside, outer, left as usize, above as usize);
        }
        tiles::draw(&mut sheet, &inside, (f64::from(left), f64::from(self.top + above)), tile, scale);
        let plain = PixmapPaint::default();
        self.pixmap.draw_pixmap(
            left as i32,
            above as i32,
            sheet.as_ref(),
            &plain,
            Transform::identity(),
            None,
        );
        Some(())
    }

    /// The innermost clip that cuts something of `mark` off.
    fn needed_clip(&self, mark: &Mark) -> Option<usize> {
        let mut at = mark.clip;
        while let Some(clip) = at.and_then(|i| self.clips.get(i)) {
            if !(clip.is_box && contains(clip.bounds, mark.bounds)) {
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
        let Some(mut mask) = Mask::new(self.pixmap.width(), self.pixmap.height()) else { return };
        let mut at = Some(index);
        let mut first = true;
        while let Some(clip) = at.and_then(|i| self.clips.get(i)) {
            if first {
                mask.fill_path(&clip.path, FillRule::EvenOdd, true, self.shift());
            } else {
                mask.intersect_path(&clip.path, FillRule::EvenOdd, true, self.shift());
            }
            first = false;
            at = clip.outer;
        }
        self.masks[index] = Some(mask);
    }
}

fn contains(outer: Rect, inner: Rect) -> bool {
    outer.left() <= inner.left()
        && outer.top() <= inner.top()
        && outer.right() >= inner.right()
        && outer.bottom() >= inner.bottom()
}

/// Multiplies `mask` by the part of `outer` that starts at column `left` and row `top`.
fn multiply(mask: &mut Mask, outer: &Mask, left: usize, top: usize) {
    let (width, outer_width) = (mask.width() as usize, outer.width() as usize);
    let rows = outer.data().chunks_exact(outer_width).skip(top);
    for (row, outer_row) in mask.data_mut().chunks_exact_mut(width).zip(rows) {
        for (to, &by) in row.iter_mut().zip(&outer_row[left..]) {
            *to = (u16::from(*to) * u16::from(by) / 255) as u8;
        }
    }
}
