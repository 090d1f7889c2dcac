//! A grid over the page, and things in its cells.

use kurbo::Rect;
use std::ops::Range;

/// Width of a cell in rows.
const WIDE: f64 = 16.0;
/// Most rows, and most columns, so that no page is too large.
const MOST_ROWS: f64 = 4096.0;
const MOST_COLUMNS: f64 = 512.0;

/// Rows and columns of cells, and the number of the first of either as counted from the origin of the page.
pub struct Grid {
    pub height: f64,
    pub width: f64,
    /// 1 / width.
    per_width: f64,
    pub first_row: f64,
    first_column: f64,
    pub rows: usize,
    pub columns: usize,
}

impl Grid {
    /// Cells for all that lies within `bounds`, `height` px high and some words wide, or larger where that would be too
    /// many.
    pub fn new(bounds: Rect, height: f64) -> Grid {
        let least = (bounds.height() / MOST_ROWS).max(bounds.width() / WIDE / MOST_COLUMNS).max(1e-3);
        let height = height.max(least);
        let width = height * WIDE;
        let (first_row, first_column) = ((bounds.y0 / height).floor(), (bounds.x0 / width).floor());
        let rows = ((bounds.y1 / height).floor() - first_row) as usize + 1;
        let columns = ((bounds.x1 / width).floor() - first_column) as usize + 1;
        Grid { height, width, per_width: 1.0 / width, first_row, first_column, rows, columns }
    }

    /// The rows from `y0` to `y1`.
    pub fn rows(&self, y0: f64, y1: f64) -> Range<usize> {
        let at = |y: f64| (y / self.height - self.first_row).clamp(0.0, self.rows as f64);
        let end = at(y1 - 1e-9);
        // above the grid there is none
        let end = if end > 0.0 { (end as usize + 1).min(self.rows) } else { 0 };
        at(y0 + 1e-9) as usize..end
    }

    /// The columns from `x0` to `x1`.
    pub fn columns(&self, x0: f64, x1: f64) -> Range<usize> {
        let at = |x: f64| (x * self.per_width - self.first_column).clamp(0.0, self.columns as f64);
        at(x0) as usize..(at(x1) as usize + 1).min(self.columns)
    }

    /// The row of `y`.
    pub fn row(&self, y: f64) -> usize {
        ((y / self.height).floor() - self.first_row).clamp(0.0, self.rows as f64 - 1.0) as usize
    }

    /// Where a row starts.
    pub fn top(&self, row: usize) -> f64 {
        (self.first_row + row as f64) * self.height
    }

    /// Where a column starts.
    pub fn left(&self, column: usize) -> f64 {
        (self.first_column + column as f64) * self.width
    }
}

/// Things in the order of their cells.
pub struct Cells<T> {
    items: Vec<T>,
    /// Where the items of each cell start, and last where all end.
    starts: Vec<u32>,
}

impl<T: Copy> Cells<T> {
    /// A counting sort of all in `lists`, each with its cell.
    pub fn new(lists: &[Vec<(u32, T)>], count: usize) -> Self {
        let mut starts = vec![0_u32; count + 1];
        lists.iter().flatten().for_each(|(cell, _)| starts[*cell as usize + 1] += 1);
        for cell in 0..count {
            starts[cell + 1] += starts[cell];
        }
        let mut items: Vec<T> = Vec::with_capacity(starts[count] as usize);
        lists.iter().for_each(|list| items.extend(list.iter().map(|(_, item)| *item)));
        let mut next = starts.clone();
        for (cell, item) in lists.iter().flatten() {
            let slot = &mut next[*cell as usize];
            items[*slot as usize] = *item;
            *slot += 1;
        }
        Cells { items, starts }
    }

    /// Whether there is nothing in any of them.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// What is in neighbouring cells.
    pub fn get(&self, cells: Range<usize>) -> &[T] {
        &self.items[self.starts[cells.start] as usize..self.starts[cells.end] as usize]
    }
}
