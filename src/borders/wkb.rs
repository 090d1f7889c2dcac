//! Well-known binary (OGC 06-103r4, and the variant of PostGIS with flags for Z, M and SRID).

use super::{Feature, RawPolygon, RawRing, bytes};

/// Collections may stand in collections so deep.
const DEEPEST: usize = 8;

const POLYGON: u32 = 3;
const COLLECTIONS: [u32; 4] = [4, 5, 6, 7];
/// Curves, and what is made of them.
const CURVES: [u32; 7] = [8, 9, 10, 11, 12, 13, 14];

/// Adds the polygons of a geometry to `feature`.
///
/// # Errors
/// What is wrong with the bytes, as the end of a sentence.
pub(super) fn read(wkb: &[u8], feature: &mut Feature) -> Result<(), String> {
    Reader { bytes: wkb, at: 0, big: false }
        .geometry(feature, 0)
        .map_err(|fault| fault.unwrap_or("a geometry ends in its middle").to_owned())
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    big: bool,
}

/// A fault with words, or the end of the bytes.
type Fault = Option<&'static str>;

impl Reader<'_> {
    fn count(&mut self) -> Option<u32> {
        let read = if self.big { bytes::u32_big } else { bytes::u32 };
        let number = read(self.bytes, self.at)?;
        self.at += 4;
        Some(number)
    }

    fn number(&mut self) -> Option<f64> {
        let read = if self.big { bytes::f64_big } else { bytes::f64 };
        let number = read(self.bytes, self.at)?;
        self.at += 8;
        Some(number)
    }

    fn geometry(&mut self, feature: &mut Feature, depth: usize) -> Result<(), Fault> {
        if depth > DEEPEST {
            return Err(Some("its collections stand in collections too deep"));
        }
        self.big = bytes::u8(self.bytes, self.at).ok_or(None)? == 0;
        self.at += 1;
        let code = self.count().ok_or(None)?;
        let kind = (code & 0x0fff_ffff) % 1000;
        let dimensions = match (code & 0x0fff_ffff) / 1000 {
            _ if code & 0xc000_0000 == 0xc000_0000 => 4,
            _ if code & 0xc000_0000 != 0 => 3,
            0 => 2,
            1 | 2 => 3,
            3 => 4,
            _ => return Err(Some("a geometry is of no known type")),
        };
        if code & 0x2000_0000 != 0 {
            self.at += 4;
        }
        match kind {
            POLYGON => feature.polygons.push(self.polygon(dimensions).ok_or(None)?),
            kind if COLLECTIONS.contains(&kind) => {
                for _ in 0..self.count().ok_or(None)? {
                    self.geometry(feature, depth + 1)?;
                }
            }
            1 => {
                self.at += 8 * dimensions;
                feature.no_area = true;
            }
            2 => {
                let points = self.count().ok_or(None)? as usize;
                self.at = points
                    .checked_mul(8 * dimensions)
                    .and_then(|size| self.at.checked_add(size))
                    .ok_or(None)?;
                feature.no_area = true;
            }
            kind if CURVES.contains(&kind) => {
                return Err(Some("a geometry is made of curves; export it with straight segments"));
            }
            _ => return Err(Some("a geometry is of no known type")),
        }
        Ok(())
    }

    fn polygon(&mut self, dimensions: usize) -> Option<RawPolygon> {
        (0..self.count()?).map(|_| self.ring(dimensions)).collect()
    }

    fn ring(&mut self, dimensions: usize) -> Option<RawRing> {
        let points = self.count()? as usize;
        // the bytes must be there before memory is
        bytes::slice(self.bytes, self.at, points.checked_mul(8 * dimensions)?)?;
        (0..points)
            .map(|_| {
                let at = [self.number()?, self.number()?];
                self.at += 8 * (dimensions - 2);
                Some(at)
            })
            .collect()
    }
}
