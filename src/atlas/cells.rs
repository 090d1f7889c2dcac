//! The globe in small cells of longitude and latitude, each with the place that covers it whole.
//!
//! Most of a million positions lie far from any border; for them, one look into a table says where. A cell that a
//! border passes is [`Cell::Border`], and its positions are compared with polygons.

use super::PlaceId;
use crate::geometry::LonLat;

/// Cells of a degree: of 28 km at the equator.
const PER_DEGREE: usize = 4;
const COLUMNS: usize = 360 * PER_DEGREE;
const ROWS: usize = 180 * PER_DEGREE;

/// What a cell lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// This place, or none.
    Whole(Option<PlaceId>),
    /// A border passes it.
    Border,
}

/// All cells, from the south, each row from longitude -180.
pub(super) struct Cells(Vec<Cell>);

impl Cells {
    /// Of `edges`, of which each has longitude and latitude of both ends, the lower first; `at` says where a position
    /// lies.
    pub(super) fn new<'e>(
        edges: impl Iterator<Item = &'e [f64; 4]>,
        at: impl Fn(LonLat) -> Option<PlaceId>,
    ) -> Cells {
        let mut cells = vec![Cell::Whole(None); COLUMNS * ROWS];
        // a cell holds its western and southern side, so an edge along a side belongs to one cell
        for [ax, ay, bx, by] in edges {
            for row in row(*ay)..=row(*by) {
                let (west, east) = (step(ax.min(*bx)), step(ax.max(*bx)));
                for column in west..=east.min(west + COLUMNS as i64) {
                    cells[row * COLUMNS + column.rem_euclid(COLUMNS as i64) as usize] = Cell::Border;
                }
            }
        }
        for row in 0..ROWS {
            for column in 0..COLUMNS {
                let here = row * COLUMNS + column;
                if cells[here] == Cell::Border {
                    continue;
                }
                // where no border lies between two cells, both lie in the same place
                let beside = if column > 0 { cells[here - 1] } else { Cell::Border };
                let below = if row > 0 { cells[here - COLUMNS] } else { Cell::Border };
                cells[here] = match (beside, below) {
                    (Cell::Border, Cell::Border) => Cell::Whole(at(centre(row, column))),
                    (Cell::Border, known) | (known, _) => known,
                };
            }
        }
        Cells(cells)
    }

    /// The cell of a position.
    pub(super) fn at(&self, position: LonLat) -> Cell {
        let column = step(position.lon).rem_euclid(COLUMNS as i64) as usize;
        self.0[row(position.lat) * COLUMNS + column]
    }
}

/// The column of a longitude, counted on beyond 180.
fn step(lon: f64) -> i64 {
    libm::floor((lon + 180.0) * PER_DEGREE as f64) as i64
}

fn row(lat: f64) -> usize {
    (((lat + 90.0) * PER_DEGREE as f64) as usize).min(ROWS - 1)
}

fn centre(row: usize, column: usize) -> LonLat {
    let middle = |cell: usize| (cell as f64 + 0.5) / PER_DEGREE as f64;
    LonLat::new(middle(column) - 180.0, middle(row) - 90.0)
}

#[cfg(test)]
mod tests {
    use crate::atlas::{Atlas, Level};
    use crate::geometry::LonLat;

    /// A third of the positions lie near enough to a border to be compared with polygons, and the two ways agree.
    #[test]
    fn cells_and_polygons_agree() {
        let plain = Atlas::bundled().locator(Level::Country);
        let quick = Atlas::bundled().locator(Level::Country).for_many();
        for step in 0..40_000 {
            // the golden ratio spreads positions evenly
            let lon = (f64::from(step) * 222.492_235_949_962_15) % 360.0 - 180.0;
            let lat = f64::from(step) / 40_000.0 * 180.0 - 90.0;
            let at = LonLat::new(lon, lat);
            assert_eq!(plain.at(at), quick.at(at), "{lon} {lat}");
        }
        for (lon, lat) in
            [(180.0, 66.5), (-180.0, 66.5), (0.0, 90.0), (0.0, -90.0), (-180.0, -90.0), (-110.0, 49.0)]
        {
            let at = LonLat::new(lon, lat);
            assert_eq!(plain.at(at), quick.at(at), "{lon} {lat}");
        }
    }
}
