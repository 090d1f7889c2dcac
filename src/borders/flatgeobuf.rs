//! FlatGeobuf 3 (flatgeobuf.org): a header and features as FlatBuffers, one after the other.
//!
//! FlatBuffers: a table begins with the distance back to its list of fields, which holds the place of each field in
//! the table, or 0 where it is left out.

use super::{BordersOptions, Crs, Feature, Layer, RawPolygon, RawRing, broken, bytes};
use crate::diagnostic::Result;

const FORM: &str = "FlatGeobuf";
/// Geometries may hold geometries so deep.
const DEEPEST: usize = 4;

/// A table in a buffer.
#[derive(Clone, Copy)]
struct Flat<'a> {
    buffer: &'a [u8],
    at: usize,
}

impl<'a> Flat<'a> {
    /// The table that a buffer holds.
    fn root(buffer: &'a [u8]) -> Option<Flat<'a>> {
        Some(Flat { buffer, at: bytes::u32(buffer, 0)? as usize })
    }

    /// Where field `index` stands; `None` where it is left out.
    fn field(self, index: usize) -> Option<usize> {
        let back = i64::from(bytes::u32(self.buffer, self.at)? as i32);
        let fields = usize::try_from(i64::try_from(self.at).ok()? - back).ok()?;
        let size = usize::from(bytes::u16(self.buffer, fields)?);
        let slot = 4 + 2 * index;
        let place = if slot + 2 <= size { bytes::u16(self.buffer, fields.checked_add(slot)?)? } else { 0 };
        if place == 0 { None } else { self.at.checked_add(usize::from(place)) }
    }

    fn byte(self, index: usize) -> Option<u8> {
        bytes::u8(self.buffer, self.field(index)?)
    }

    /// Where the offset in field `index` points to.
    fn target(self, index: usize) -> Option<usize> {
        let at = self.field(index)?;
        at.checked_add(bytes::u32(self.buffer, at)? as usize)
    }

    fn table(self, index: usize) -> Option<Flat<'a>> {
        Some(Flat { at: self.target(index)?, ..self })
    }

    /// The items of a list of items of `size` bytes.
    fn list(self, index: usize, size: usize) -> Option<&'a [u8]> {
        let at = self.target(index)?;
        let count = bytes::u32(self.buffer, at)? as usize;
        bytes::slice(self.buffer, at + 4, count.checked_mul(size)?)
    }

    fn text(self, index: usize) -> Option<&'a str> {
        std::str::from_utf8(self.list(index, 1)?).ok()
    }

    fn tables(self, index: usize) -> Vec<Flat<'a>> {
        let (Some(list), Some(at)) = (self.list(index, 4), self.target(index)) else { return Vec::new() };
        let item = |k: usize| {
            let at = at + 4 + 4 * k;
            Some(Flat { at: at.checked_add(bytes::u32(self.buffer, at)? as usize)?, ..self })
        };
        (0..list.len() / 4).filter_map(item).collect()
    }
}

pub(super) fn read(file: &[u8], options: &BordersOptions) -> Result<Layer> {
    let short = |what: &str| broken(options, FORM, what);
    if bytes::u8(file, 3) != Some(3) {
        return Err(short("it is of another version than 3"));
    }
    let size = bytes::u32(file, 8).map(|size| size as usize);
    let header = size.and_then(|size| Flat::root(bytes::slice(file, 12, size)?));
    let (Some(size), Some(header)) = (size, header) else { return Err(short("it ends in its header")) };
    let columns: Vec<(String, u8)> = header
        .tables(7)
        .into_iter()
        .map(|column| (column.text(0).unwrap_or_default().to_owned(), column.byte(1).unwrap_or_default()))
        .collect();
    let kind = header.byte(2).unwrap_or_default();
    let index = index_size(header).ok_or_else(|| short("its index has no possible size"))?;
    let mut at = size.checked_add(12).and_then(|at| at.checked_add(index)).unwrap_or(usize::MAX);
    let mut features = Vec::new();
    while at < file.len() {
        let body = bytes::u32(file, at).and_then(|size| bytes::slice(file, at + 4, size as usize));
        let read = body.and_then(|body| feature(body, kind, &columns).map(|feature| (body.len(), feature)));
        let Some((size, feature)) = read else {
            return Err(short(&format!("feature {} is not whole", features.len() + 1)));
        };
        features.push(feature);
        at += 4 + size;
    }
    Ok(Layer { features, crs: crs(header) })
}

/// Bytes of the packed R-tree between header and features: forty for each node of each level.
fn index_size(header: Flat<'_>) -> Option<usize> {
    let count = header.field(8).and_then(|at| bytes::u64(header.buffer, at)).unwrap_or_default();
    let fan = header.field(9).map_or(Some(16), |at| bytes::u16(header.buffer, at))?;
    let mut level = usize::try_from(count).ok()?;
    if fan < 2 || level == 0 {
        return Some(0);
    }
    let mut nodes = level;
    while level > 1 {
        level = level.div_ceil(usize::from(fan));
        nodes = nodes.checked_add(level)?;
    }
    nodes.checked_mul(40)
}

fn crs(header: Flat<'_>) -> Crs {
    let Some(crs) = header.table(10) else { return Crs::Unsaid };
    let code = crs.field(1).and_then(|at| bytes::u32(crs.buffer, at)).unwrap_or_default();
    let organization = crs.text(0).unwrap_or("EPSG");
    match (code, crs.text(4)) {
        (1.., _) if organization.eq_ignore_ascii_case("EPSG") => Crs::Epsg(code),
        (_, Some(wkt)) => Crs::Wkt(wkt.to_owned()),
        _ => Crs::Unsaid,
    }
}

fn feature(body: &[u8], kind: u8, columns: &[(String, u8)]) -> Option<Feature> {
    let flat = Flat::root(body)?;
    let mut feature = Feature::default();
    // a feature may bring columns of its own
    let own: Vec<(String, u8)> = flat
        .tables(2)
        .into_iter()
        .map(|column| (column.text(0).unwrap_or_default().to_owned(), column.byte(1).unwrap_or_default()))
        .collect();
    let columns = if own.is_empty() { columns } else { &own };
    if flat.field(1).is_some() {
        properties(flat.list(1, 1)?, columns, &mut feature)?;
    }
    if let Some(geometry) = flat.table(0) {
        add(geometry, kind, &mut feature, 0)?;
    }
    Some(feature)
}

/// Pairs of a column's number and a value.
fn properties(list: &[u8], columns: &[(String, u8)], feature: &mut Feature) -> Option<()> {
    let mut at = 0;
    while at < list.len() {
        let (name, kind) = columns.get(usize::from(bytes::u16(list, at)?))?;
        at += 2;
        let size = match kind {
            0..=2 => 1,
            3 | 4 => 2,
            5 | 6 | 9 => 4,
            7 | 8 | 10 => 8,
            _ => {
                at += 4;
                bytes::u32(list, at - 4)? as usize
            }
        };
        let value = bytes::slice(list, at, size)?;
        at += size;
        let text = match kind {
            0 => (value[0] as i8).to_string(),
            1 => value[0].to_string(),
            2 => (value[0] != 0).to_string(),
            3 => (bytes::u16(value, 0)? as i16).to_string(),
            4 => bytes::u16(value, 0)?.to_string(),
            5 => (bytes::u32(value, 0)? as i32).to_string(),
            6 => bytes::u32(value, 0)?.to_string(),
            7 => (bytes::u64(value, 0)? as i64).to_string(),
            8 => bytes::u64(value, 0)?.to_string(),
            9 => f32::from_bits(bytes::u32(value, 0)?).to_string(),
            10 => bytes::f64(value, 0)?.to_string(),
            14 => continue,
            _ => String::from_utf8_lossy(value).trim().to_owned(),
        };
        feature.properties.insert(name.clone(), text);
    }
    Some(())
}

fn add(geometry: Flat<'_>, kind: u8, feature: &mut Feature, depth: usize) -> Option<()> {
    let kind = geometry.byte(6).filter(|own| *own != 0).unwrap_or(kind);
    match kind {
        3 => feature.polygons.push(polygon(geometry)?),
        6 | 7 if depth < DEEPEST => {
            // a MultiPolygon's parts are polygons
            let part = if kind == 6 { 3 } else { 0 };
            for one in geometry.tables(7) {
                add(one, part, feature, depth + 1)?;
            }
        }
        _ => feature.no_area = true,
    }
    Some(())
}

fn polygon(geometry: Flat<'_>) -> Option<RawPolygon> {
    if geometry.field(1).is_none() {
        return Some(RawPolygon::new());
    }
    let xy = geometry.list(1, 8)?;
    let positions: RawRing = xy
        .chunks_exact(16)
        .map(|at| Some([bytes::f64(at, 0)?, bytes::f64(at, 8)?]))
        .collect::<Option<_>>()?;
    if geometry.field(0).is_none() {
        return Some(vec![positions]);
    }
    let mut start = 0;
    let mut rings = RawPolygon::new();
    for end in geometry.list(0, 4)?.chunks_exact(4) {
        let end = bytes::u32(end, 0)? as usize;
        rings.push(positions.get(start..end)?.to_vec());
        start = end;
    }
    Some(rings)
}
