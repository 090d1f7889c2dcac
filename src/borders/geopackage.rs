//! GeoPackage (OGC 12-128r18): a layer of features in an SQLite file.

use super::sqlite::{Cell, Database};
use super::{BordersOptions, Crs, Feature, Layer, broken, bytes, chosen, fault, wkb};
use crate::diagnostic::Result;

const FORM: &str = "a GeoPackage";

pub(super) fn read(file: &[u8], options: &BordersOptions) -> Result<Layer> {
    let fault_of = |what: String| broken(options, FORM, what);
    let database = Database::open(file).map_err(fault_of)?;
    let geometries = database.table("gpkg_geometry_columns").map_err(|_| {
        fault(options, "the file is an SQLite database, but no GeoPackage")
            .hint("export the layer as a GeoPackage or as GeoJSON")
    })?;
    let mut names: Vec<String> =
        geometries.rows.iter().map(|row| geometries.words(row, "table_name")).collect();
    names.sort();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let name = chosen(options, &names)?;
    let about = geometries.rows.iter().find(|row| geometries.words(row, "table_name") == name);
    let about = |column: &str| about.map(|row| geometries.words(row, column)).unwrap_or_default();
    let table = database.table(name).map_err(fault_of)?;
    let Some(geometry) = table.column(&about("column_name")) else {
        return Err(fault_of(format!("its layer {name} has no column {}", about("column_name"))));
    };
    let mut features = Vec::with_capacity(table.rows.len());
    for (number, row) in table.rows.iter().enumerate() {
        let columns = table.columns.iter().enumerate().filter(|(at, _)| *at != geometry);
        let property = |(at, name): (usize, &String)| Some((name.clone(), row.get(at)?.words()));
        let mut feature =
            Feature { properties: columns.filter_map(property).collect(), ..Feature::default() };
        if let Some(Cell::Blob(blob)) = row.get(geometry) {
            geometry_of(blob, &mut feature)
                .map_err(|what| fault_of(format!("{what} (feature {})", number + 1)))?;
        }
        features.push(feature);
    }
    Ok(Layer { features, crs: crs(&database, &about("srs_id")) })
}

/// A geometry: a header of its own, then well-known binary.
fn geometry_of(blob: &[u8], feature: &mut Feature) -> std::result::Result<(), String> {
    let short = || "a geometry ends in its header".to_owned();
    if !blob.starts_with(b"GP") {
        return Err("a geometry is none of a GeoPackage".to_owned());
    }
    let flags = bytes::u8(blob, 3).ok_or_else(short)?;
    let envelope = match (flags >> 1) & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err("a geometry has a box of no known form".to_owned()),
    };
    let is_empty = flags & 0x10 != 0;
    let body = blob.get(8 + envelope..).ok_or_else(short)?;
    if is_empty { Ok(()) } else { wkb::read(body, feature) }
}

/// The coordinate system of a number, as the file defines it.
fn crs(database: &Database<'_>, id: &str) -> Crs {
    let Ok(systems) = database.table("gpkg_spatial_ref_sys") else { return Crs::Unsaid };
    let Some(row) = systems.rows.iter().find(|row| systems.words(row, "srs_id") == id) else {
        return Crs::Unsaid;
    };
    let organization = systems.words(row, "organization");
    let code = systems.words(row, "organization_coordsys_id").parse();
    match code {
        Ok(code) if organization.eq_ignore_ascii_case("EPSG") => Crs::Epsg(code),
        _ => match systems.words(row, "definition") {
            text if text.contains('[') => Crs::Wkt(text),
            _ => Crs::Unsaid,
        },
    }
}
