//! What covers the map's box, coarsely: a grid of cells with running sums, so that "how much land lies under
//! this block?" is answered at once for thousands of candidate positions.

use kurbo::{BezPath, PathEl, Point, Rect};

use super::map::Drawn;

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

/// The grid.
pub struct Ground {
    /// The map's box.
    pub rect: Rect,
    cell: f64,
    columns: usize,
    rows: usize,
    /// Running sums for data, land and taken.
    sums: [Vec<f64>; 3],
    cells: [Vec<f64>; 3],
    /// Boxes that stand already, exactly.
    pub boxes: Vec<Rect>,
}

impl Ground {
    /// The ground of a drawn map.
    pub fn new(drawn: &Drawn, rect: Rect) -> Ground {
        let cell = (rect.width().max(rect.height()) / CELLS).max(1.0);
        let columns = (rect.width() / cell).ceil().max(1.0) as usize;
        let rows = (rect.height() / cell).ceil().max(1.0) as usize;
        let empty = || vec![0.0; columns * rows];
        let mut ground = Ground {
            rect,
            cell,
            columns,
            rows,
            sums: [Vec::new(), Vec::new(), Vec::new()],
            cells: [empty(), empty(), empty()],
            boxes: Vec::new(),
        };
        for (id, (path, _)) in &drawn.areas {
            let layer = usize::from(!drawn.with_data.contains(id));
            ground.fill(path, layer);
        }
        for (at, radius) in drawn.markers.values() {
            ground.fill_rect(Rect::from_center_size(*at, (radius * 2.0, radius * 2.0)), 0);
        }
        ground.add_up();
        ground
    }

    /// Marks `rects` as taken.
    pub fn take(&mut self, rects: impl IntoIterator<Item = Rect>) {
        for rect in rects {
            self.boxes.push(rect);
            self.fill_rect(rect, 2);
        }
        self.sums[2] = self.running(2);
    }

    /// What lies under `rect`.
    pub fn under(&self, rect: Rect) -> Cover {
        let (x0, x1) = self.span(rect.x0 - self.rect.x0, rect.x1 - self.rect.x0, self.columns);
        let (y0, y1) = self.span(rect.y0 - self.rect.y0, rect.y1 - self.rect.y0, self.rows);
        let area = ((x1 - x0) * (y1 - y0)).max(1) as f64;
        let share = |layer: usize| {
            let at = |x: usize, y: usize| self.sums[layer][y * (self.columns + 1) + x];
            (at(x1, y1) - at(x0, y1) - at(x1, y0) + at(x0, y0)) / area
        };
        Cover { data: share(0), land: share(1), taken: share(2) }
    }

    /// What lies at a point.
    pub fn at(&self, p: Point) -> Cover {
        let x = ((p.x - self.rect.x0) / self.cell).floor();
        let y = ((p.y - self.rect.y0) / self.cell).floor();
        if x < 0.0 || y < 0.0 || x >= self.columns as f64 || y >= self.rows as f64 {
            return Cover::default();
        }
        let i = y as usize * self.columns + x as usize;
        Cover { data: self.cells[0][i], land: self.cells[1][i], taken: self.cells[2][i] }
    }

    fn span(&self, from: f64, to: f64, count: usize) -> (usize, usize) {
        let a = (from / self.cell).floor().clamp(0.0, count as f64) as usize;
        let b = (to / self.cell).ceil().clamp(0.0, count as f64) as usize;
        (a.min(b), b)
    }

    fn fill_rect(&mut self, rect: Rect, layer: usize) {
        let (x0, x1) = self.span(rect.x0 - self.rect.x0, rect.x1 - self.rect.x0, self.columns);
        let (y0, y1) = self.span(rect.y0 - self.rect.y0, rect.y1 - self.rect.y0, self.rows);
        for y in y0..y1 {
            self.cells[layer][y * self.columns + x0..y * self.columns + x1].fill(1.0);
        }
    }

    /// Even-odd fill through the middles of the cells' rows.
    fn fill(&mut self, path: &BezPath, layer: usize) {
        let mut crossings: Vec<Vec<f64>> = vec![Vec::new(); self.rows];
        for_each_edge(path, |a, b| {
            let (top, foot) = if a.y < b.y { (a, b) } else { (b, a) };
            let row = |y: f64| (y - self.rect.y0) / self.cell - 0.5;
            let first = row(top.y).ceil().max(0.0) as usize;
            let last = row(foot.y).ceil().clamp(0.0, self.rows as f64) as usize;
            for (y, found) in crossings.iter_mut().enumerate().take(last).skip(first) {
                let middle = self.rect.y0 + (y as f64 + 0.5) * self.cell;
                let t = (middle - top.y) / (foot.y - top.y);
                found.push(top.x + (foot.x - top.x) * t);
            }
        });
        for (y, mut found) in crossings.into_iter().enumerate() {
            found.sort_by(f64::total_cmp);
            for pair in found.chunks_exact(2) {
                let to_cell = |x: f64| {
                    ((x - self.rect.x0) / self.cell).round().clamp(0.0, self.columns as f64) as usize
                };
                let (a, b) = (to_cell(pair[0]), to_cell(pair[1]));
                self.cells[layer][y * self.columns + a..y * self.columns + b].fill(1.0);
            }
        }
    }

    fn add_up(&mut self) {
        self.sums = [self.running(0), self.running(1), self.running(2)];
    }

    fn running(&self, layer: usize) -> Vec<f64> {
        let stride = self.columns + 1;
        let mut sums = vec![0.0; stride * (self.rows + 1)];
        for y in 0..self.rows {
            let mut row = 0.0;
            for x in 0..self.columns {
                row += self.cells[layer][y * self.columns + x];
                sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
            }
        }
        sums
    }
}

/// Every straight edge of a path, closing edges included.
pub fn for_each_edge(path: &BezPath, mut edge: impl FnMut(Point, Point)) {
    let (mut start, mut last) = (Point::ZERO, Point::ZERO);
    for element in path.elements() {
        match *element {
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
            areas: BTreeMap::from([(crate::atlas::PlaceId(0), (land, paint))]),
            markers: BTreeMap::new(),
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
