//! What covers the map's box, coarsely: a grid of cells with running sums, so that "how much land lies under
//! this block?" is answered at once for thousands of candidate positions.

use std::sync::OnceLock;

use kurbo::{Point, Rect};

use super::map::Drawn;
use crate::geometry::Path;

/// Cells along the longer side of the box.
const CELLS: f64 = 260.0;

/// What covers a cell, as shares of an area.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cover {
    /// Land of places with data.
    pub data: f64,
    /// Other land.
    pub land: f64,
    /// Boxes that stand already.
    pub taken: f64,
}

/// What a cell can be covered by.
#[derive(Clone, Copy)]
enum Layer {
    Data,
    Land,
    Taken,
}

impl Layer {
    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Bits that each layer has in a sum: enough for all cells of a grid, so that the layers never mix.
const LANE: u32 = 21;

/// What a cell adds to a sum, by its bits.
const ADDS: [u64; 8] = {
    let mut adds = [0; 8];
    let mut bits = 0;
    while bits < adds.len() {
        adds[bits] = spread([bits as u64 & 1, bits as u64 >> 1 & 1, bits as u64 >> 2 & 1]);
        bits += 1;
    }
    adds
};

/// The counts of the layers side by side.
const fn spread([data, land, taken]: [u64; 3]) -> u64 {
    data | land << LANE | taken << (2 * LANE)
}

/// Cells from one column or row to another, the second not included.
pub type Span = (usize, usize);

/// The grid.
#[derive(Clone)]
pub struct Ground {
    /// The map's box.
    pub rect: Rect,
    cell: f64,
    /// Cells in a px.
    fine: f64,
    columns: usize,
    rows: usize,
    /// A bit for each layer that covers the cell.
    cells: Vec<u8>,
    /// How many cells above and to the left of a corner each layer covers, side by side in one number (see [`LANE`]): added up
    /// when they are first asked for.
    sums: OnceLock<Vec<u64>>,
    /// Boxes that stand already, exactly.
    pub boxes: Vec<Rect>,
}

impl Ground {
    /// The ground of a drawn map.
    pub fn new(drawn: &Drawn, rect: Rect) -> Ground {
        let cell = (rect.width().max(rect.height()) / CELLS).max(1.0);
        let columns = (rect.width() / cell).ceil().max(1.0) as usize;
        let rows = (rect.height() / cell).ceil().max(1.0) as usize;
        let mut ground = Ground {
            rect,
            cell,
            fine: 1.0 / cell,
            columns,
            rows,
            cells: vec![0; columns * rows],
            sums: OnceLock::new(),
            boxes: Vec::new(),
        };
        let mut crossings = Vec::new();
        for (id, (path, _)) in &drawn.areas {
            // of a place with a circle, that is what must be seen
            let data = drawn.with_data.contains(id) && !drawn.circles.contains_key(id);
            ground.fill(path, if data { Layer::Data } else { Layer::Land }, &mut crossings);
        }
        for disc in drawn.circles.values() {
            ground.fill(&disc.outline(), Layer::Data, &mut crossings);
        }
        for (at, radius) in drawn.markers.values() {
            ground.fill_rect(Rect::from_center_size(*at, (radius * 2.0, radius * 2.0)), Layer::Data);
        }
        for at in drawn.islets.values().flatten() {
            ground.fill_rect(Rect::from_center_size(*at, (cell, cell)), Layer::Data);
        }
        ground
    }

    /// Marks `rects` as taken.
    pub fn take(&mut self, rects: impl IntoIterator<Item = Rect>) {
        for rect in rects {
            self.boxes.push(rect);
            self.fill_rect(rect, Layer::Taken);
        }
        self.sums.take();
    }

    /// What lies under `rect`.
    pub fn under(&self, rect: Rect) -> Cover {
        self.within(self.columns_of(rect.x0, rect.x1), self.rows_of(rect.y0, rect.y1))
    }

    /// Whether more than half of `rect` is land, counted cell by cell: for single questions.
    pub fn is_mostly_land(&self, rect: Rect) -> bool {
        let (columns, rows) = (self.columns_of(rect.x0, rect.x1), self.rows_of(rect.y0, rect.y1));
        let row = |y: usize| &self.cells[y * self.columns + columns.0..y * self.columns + columns.1];
        let land = (rows.0..rows.1).flat_map(row).filter(|cell| **cell & Layer::Land.bit() != 0).count();
        2 * land > (columns.1 - columns.0) * (rows.1 - rows.0)
    }

    /// The columns that a stretch of px touches.
    pub fn columns_of(&self, x0: f64, x1: f64) -> Span {
        self.span(x0 - self.rect.x0, x1 - self.rect.x0, self.columns)
    }

    /// The rows that a stretch of px touches.
    pub fn rows_of(&self, y0: f64, y1: f64) -> Span {
        self.span(y0 - self.rect.y0, y1 - self.rect.y0, self.rows)
    }

    /// What lies in some columns of some rows.
    pub fn within(&self, (x0, x1): Span, (y0, y1): Span) -> Cover {
        let area = ((x1 - x0) * (y1 - y0)).max(1) as f64;
        let sums = self.sums.get_or_init(|| self.added_up());
        let at = |x: usize, y: usize| sums[y * (self.columns + 1) + x];
        let counts = (at(x1, y1) + at(x0, y0)) - at(x0, y1) - at(x1, y0);
        let share = |layer: Layer| (counts >> (LANE * layer as u32) & ((1 << LANE) - 1)) as f64 / area;
        Cover { data: share(Layer::Data), land: share(Layer::Land), taken: share(Layer::Taken) }
    }

    /// The sum of what the layers at some points weigh.
    pub fn weighed(&self, points: impl Iterator<Item = Point>, weights: Cover) -> f64 {
        let of = |bits: usize| {
            let part =
                |layer: Layer, weight: f64| if bits & usize::from(layer.bit()) == 0 { 0.0 } else { weight };
            part(Layer::Data, weights.data)
                + part(Layer::Land, weights.land)
                + part(Layer::Taken, weights.taken)
        };
        let table: [f64; 8] = std::array::from_fn(of);
        points.filter_map(|p| self.cell_at(p)).map(|cell| table[usize::from(cell & 7)]).sum()
    }

    /// Whether a point lies on land.
    pub fn is_land(&self, p: Point) -> bool {
        let land = Layer::Data.bit() | Layer::Land.bit();
        self.cell_at(p).is_some_and(|cell| cell & land != 0)
    }

    /// The bits of the cell at a point; `None` outside the box.
    fn cell_at(&self, p: Point) -> Option<u8> {
        let x = (p.x - self.rect.x0) * self.fine;
        let y = (p.y - self.rect.y0) * self.fine;
        let within = x >= 0.0 && y >= 0.0 && x < self.columns as f64 && y < self.rows as f64;
        within.then(|| self.cells[y as usize * self.columns + x as usize])
    }

    /// The cells that a stretch of px touches.
    fn span(&self, from: f64, to: f64, count: usize) -> Span {
        let a = (from * self.fine).clamp(0.0, count as f64) as usize;
        let end = (to * self.fine).clamp(0.0, count as f64);
        let whole = end as usize;
        let b = whole + usize::from(end > whole as f64);
        (a.min(b), b)
    }

    /// Fills a box.
    fn fill_rect(&mut self, rect: Rect, layer: Layer) {
        let (x0, x1) = self.columns_of(rect.x0, rect.x1);
        let (y0, y1) = self.rows_of(rect.y0, rect.y1);
        for y in y0..y1 {
            self.fill_row(y, x0, x1, layer);
        }
    }

    fn fill_row(&mut self, y: usize, from: usize, to: usize, layer: Layer) {
        let start = y * self.columns;
        self.cells[start + from..start + to].iter_mut().for_each(|cell| *cell |= layer.bit());
    }

    /// Even-odd fill through the middles of the cells' rows.
    fn fill(&mut self, path: &Path, layer: Layer, crossings: &mut Vec<(u32, f64)>) {
        crossings.clear();
        // the first row whose middle is not above a height
        let row = |y: f64| {
            let at = ((y - self.rect.y0) * self.fine - 0.5).clamp(0.0, self.rows as f64);
            at as usize + usize::from(at > (at as usize) as f64)
        };
        let mut last = (f64::NAN, 0);
        path.for_each_edge(|a, b| {
            let of_a = if a.y == last.0 { last.1 } else { row(a.y) };
            let of_b = row(b.y);
            last = (b.y, of_b);
            // most edges are shorter than a cell
            if of_a == of_b {
                return;
            }
            let (top, foot) = if a.y < b.y { (a, b) } else { (b, a) };
            for y in of_a.min(of_b)..of_a.max(of_b) {
                let middle = self.rect.y0 + (y as f64 + 0.5) * self.cell;
                let t = (middle - top.y) / (foot.y - top.y);
                crossings.push((y as u32, top.x + (foot.x - top.x) * t));
            }
        });
        crossings.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let to_cell =
            |x: f64| ((x - self.rect.x0) * self.fine + 0.5).clamp(0.0, self.columns as f64) as usize;
        for pair in crossings.chunk_by(|a, b| a.0 == b.0).flat_map(|row| row.chunks_exact(2)) {
            let (from, to) = (to_cell(pair[0].1), to_cell(pair[1].1));
            let start = pair[0].0 as usize * self.columns;
            self.cells[start + from..start + to].iter_mut().for_each(|cell| *cell |= layer.bit());
        }
    }

    fn added_up(&self) -> Vec<u64> {
        let stride = self.columns + 1;
        let mut sums = vec![0; stride * (self.rows + 1)];
        for y in 0..self.rows {
            let (above, below) = sums[y * stride..].split_at_mut(stride);
            let mut row = 0;
            let cells = &self.cells[y * self.columns..(y + 1) * self.columns];
            for ((sum, above), cell) in below[1..stride].iter_mut().zip(&above[1..]).zip(cells) {
                row += ADDS[usize::from(*cell & 7)];
                *sum = above + row;
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn half_a_box_under_land_is_half_covered() {
        let rect = Rect::new(0.0, 0.0, 260.0, 260.0);
        let land = super::super::rect_path(Rect::new(0.0, 0.0, 130.0, 260.0));
        let paint = crate::paint::Paint::Solid(crate::paint::Color::rgb(0, 0, 0));
        let drawn = Drawn {
            layers: Vec::new(),
            areas: BTreeMap::from([(crate::atlas::PlaceId(0), (land.into(), paint))]),
            markers: BTreeMap::new(),
            islets: BTreeMap::new(),
            circles: BTreeMap::new(),
            seen: BTreeSet::new(),
            with_data: BTreeSet::new(),
            lakes: Vec::new(),
        };
        let mut ground = Ground::new(&drawn, rect);
        let cover = ground.under(Rect::new(80.0, 10.0, 180.0, 60.0));
        assert!((cover.land - 0.5).abs() < 0.03 && cover.data == 0.0, "{cover:?}");
        ground.take([Rect::new(200.0, 200.0, 260.0, 260.0)]);
        assert!(ground.under(Rect::new(210.0, 210.0, 250.0, 250.0)).taken > 0.99);
    }
}
