//! Borders files of others, broken ones, and hostile ones.

use std::path::Path;

use super::*;
use crate::geometry::LonLat;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/borders")
}

fn bytes_of(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

type Read = std::result::Result<Warned<Vec<OwnPlace>>, Diagnostics>;

fn options(file: &str) -> BordersOptions {
    BordersOptions { file: file.to_owned(), ..BordersOptions::default() }
}

/// Reads a file of `tests/borders/`.
fn stored(options: &BordersOptions) -> Read {
    read(options, &mut |name| match std::fs::read(folder().join(name)) {
        Ok(bytes) => Ok(bytes),
        Err(_) => Err(Box::new(Diagnostic::error("there is no such file"))),
    })
}

/// Reads bytes that stand alone.
fn given(bytes: &[u8], options: &BordersOptions) -> Read {
    read(options, &mut |name| match name == options.file {
        true => Ok(bytes.to_vec()),
        false => Err(Box::new(Diagnostic::error("there is no such file"))),
    })
}

fn json(text: &str) -> Read {
    given(text.as_bytes(), &options("a.geojson"))
}

/// GeoJSON with one polygon of these rings.
fn polygon(rings: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"id":"a","name":"Aland"}},"geometry":{{"type":"Polygon","coordinates":[{rings}]}}}}]}}"#
    )
}

fn one(found: Read) -> (OwnPlace, Vec<String>) {
    let found = found.unwrap_or_else(|error| panic!("{error}"));
    let told = found.warnings.0.iter().map(|one| one.message.clone()).collect();
    (found.value.into_iter().next().expect("a place"), told)
}

fn refusal(found: Read) -> String {
    match found {
        Ok(places) => panic!("read as {:?}", places.value),
        Err(faults) => faults.to_string(),
    }
}

fn near(a: LonLat, b: LonLat) -> bool {
    a.distance(b).to_degrees() < 5e-5
}

/// Every vertex of `places` by name.
fn vertices(places: &[OwnPlace], name: &str) -> Vec<LonLat> {
    let place = places.iter().find(|place| place.name == name).unwrap_or_else(|| panic!("no {name}"));
    place.polygons.iter().flatten().flatten().copied().collect()
}

#[test]
fn every_form_and_system_gives_the_same_places() {
    let base = stored(&options("baltic.fgb")).expect("FlatGeobuf").value;
    assert_eq!(base.len(), 3);
    for file in ["baltic-laea.gpkg", "baltic-lks92.shp", "baltic-estonia.geojson"] {
        let found = stored(&options(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(found.warnings.0.is_empty(), "{file}: {}", found.warnings);
        for place in &base {
            let other = found.value.iter().find(|other| other.id == place.id).expect("the same ids");
            assert_eq!(other.name, place.name, "{file}");
            assert!((other.area_km2 / place.area_km2 - 1.0).abs() < 1e-3, "{file}: {}", other.area_km2);
            let (mine, its) = (vertices(&base, &place.name), vertices(&found.value, &place.name));
            let lost = mine.iter().filter(|at| !its.iter().any(|other| near(**at, *other))).count();
            assert_eq!(lost, 0, "{file}: {} vertices of {} are elsewhere", lost, place.name);
        }
    }
    let estonia = base.iter().find(|place| place.name == "Estonia").expect("Estonia");
    assert_eq!(estonia.id, "EST");
    // 45,300 km² by its statistical office, less the islands that the coarse source lacks
    assert!((41_000.0..47_000.0).contains(&estonia.area_km2), "{}", estonia.area_km2);
}

#[test]
fn a_zip_holds_a_shapefile_with_the_datum_that_its_prj_leaves_out() {
    let found = stored(&options("swiss.zip")).expect("a shapefile");
    let (place, told) = one(Ok(found));
    assert!(told.is_empty(), "{told:?}");
    assert_eq!((&*place.id, &*place.name), ("Switzerland", "Switzerland"));
    // by Natural Earth
    assert!(
        vertices(std::slice::from_ref(&place), "Switzerland")
            .iter()
            .any(|at| near(*at, LonLat::new(9.594226, 47.525058))),
        "{:?}",
        place.polygons
    );
}

#[test]
fn a_table_in_an_old_encoding_is_read() {
    assert_eq!(one(stored(&options("latin1.shp"))).0.name, "Ñandú");
}

#[test]
fn positions_come_where_proj_puts_them() {
    let text = std::fs::read_to_string(folder().join("../reference/crs.csv")).expect("reference values");
    let mut tested = 0;
    let mut off = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<f64> = line.split(',').map(|cell| cell.parse().expect("a number")).collect();
        let [code, x, y, lon, lat] = cells[..] else { panic!("{line}") };
        let ring = vec![[x, y], [x + 1.0, y], [x, y + 1.0]];
        let feature = Feature { polygons: vec![vec![ring]], ..Feature::default() };
        let mut layer = Layer { features: vec![feature], crs: Crs::Epsg(code as u32) };
        match crs::to_degrees(&mut layer, &options("a")) {
            Ok(()) => {
                let [x, y] = layer.features[0].polygons[0][0][0];
                let distance = LonLat::new(x, y).distance(LonLat::new(lon, lat)).to_degrees();
                tested += 1;
                // ten metres
                if distance > 1e-4 {
                    off.push(format!("EPSG:{code}: {x}, {y} for {lon}, {lat}"));
                }
            }
            Err(error) => off.push(format!("EPSG:{code}: {error}")),
        }
    }
    assert!(tested > 50, "{tested} values");
    assert!(off.is_empty(), "{}", off.join("\n"));
}

#[test]
fn winding_and_closing_do_not_matter() {
    let ring = "[[0,50],[1,50],[1,51],[0,51],[0,50]]";
    let (as_is, told) = one(json(&polygon(ring)));
    assert!(told.is_empty(), "{told:?}");
    let (reversed, told) = one(json(&polygon("[[0,50],[0,51],[1,51],[1,50],[0,50]]")));
    assert!(told.is_empty(), "{told:?}");
    let (open, told) = one(json(&polygon("[[0,50],[1,50],[1,51],[0,51]]")));
    assert!(told.iter().any(|one| one.contains("closed")), "{told:?}");
    for other in [&reversed, &open] {
        assert!((as_is.area_km2 - other.area_km2).abs() < 1.0, "{} {}", as_is.area_km2, other.area_km2);
        assert!(other.area_km2 > 7_000.0 && other.area_km2 < 8_000.0, "{}", other.area_km2);
    }
    let doubled = polygon("[[0,50],[0,50],[1,50],[1,51],[1,51],[0,51],[0,50]]");
    assert_eq!(one(json(&doubled)).0.polygons, as_is.polygons);
}

#[test]
fn a_ring_that_crosses_itself_is_taken_apart() {
    let (place, told) = one(json(&polygon("[[0,50],[2,52],[2,50],[0,52],[0,50]]")));
    assert!(told.iter().any(|one| one.contains("cross themselves") && one.contains("Aland")), "{told:?}");
    assert_eq!(place.polygons.len(), 2);
    for ring in place.polygons.iter().flatten() {
        let area = sphere::area(ring);
        assert!(area > 5_000.0 && area < 12_000.0, "{area}");
    }
}

#[test]
fn a_loop_inside_is_a_hole_and_a_hole_outside_is_land() {
    let hole = polygon("[[0,50],[4,50],[4,54],[0,54],[0,50]],[[1,51],[2,51],[2,52],[1,52],[1,51]]");
    let (place, told) = one(json(&hole));
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(place.polygons[0].len(), 2);
    assert!(sphere::area(&place.polygons[0][1]) < 0.0);
    let outside = polygon("[[0,50],[1,50],[1,51],[0,51],[0,50]],[[5,50],[6,50],[6,51],[5,51],[5,50]]");
    let (place, told) = one(json(&outside));
    assert!(told.iter().any(|one| one.contains("outside")), "{told:?}");
    assert_eq!(place.polygons.len(), 2);
}

#[test]
fn a_tangle_is_refused() {
    let spikes: Vec<String> = (0..400).map(|k| format!("[{},{}]", (k * 37) % 101, (k * 53) % 83)).collect();
    let text = refusal(json(&polygon(&format!("[{}]", spikes.join(",")))));
    assert!(text.contains("crosses itself") && text.contains("Aland"), "{text}");
}

#[test]
fn places_across_the_antimeridian_and_around_a_pole_are_whole() {
    let found = stored(&options("fiji-antarctica.fgb")).expect("FlatGeobuf");
    assert!(found.warnings.0.is_empty(), "{}", found.warnings);
    let antarctica = found.value.iter().find(|place| place.name == "Antarctica").expect("Antarctica");
    // 13.9 million km² with its ice shelves left out, 12.2 by the coarse source
    assert!((11e6..14.5e6).contains(&antarctica.area_km2), "{}", antarctica.area_km2);
    let edge = vertices(&found.value, "Antarctica").into_iter().filter(|at| at.lat < -89.0).count();
    assert_eq!(edge, 0, "the edge of the sheet is no coast");
    let (both, _) = one(json(&polygon("[[179,-17],[-179,-17],[-179,-16],[179,-16],[179,-17]]")));
    assert!(both.area_km2 < 30_000.0, "{}", both.area_km2);
    assert!(both.label.lon.abs() > 178.9, "{:?}", both.label);
}

#[test]
fn coordinates_that_are_no_degrees_are_refused_with_the_fix() {
    let text = refusal(json(&polygon("[[530000,180000],[531000,180000],[531000,181000],[530000,180000]]")));
    assert!(text.contains("no degrees") && text.contains("crs = \"EPSG:27700\""), "{text}");
    let told = BordersOptions { crs: Some("EPSG:27700".to_owned()), ..options("a.geojson") };
    let london = polygon("[[530000,180000],[531000,180000],[531000,181000],[530000,180000]]");
    let (place, _) = one(given(london.as_bytes(), &told));
    assert!(
        near(place.polygons[0][0][0], LonLat::new(-0.128_6, 51.504_2)) || place.label.lat > 51.5,
        "{place:?}"
    );
    for crs in ["EPSG:1", "somewhere", "PROJCS[\"x\"]", "+proj=nothing"] {
        let told = BordersOptions { crs: Some(crs.to_owned()), ..options("a.geojson") };
        let text = refusal(given(london.as_bytes(), &told));
        assert!(text.contains("not known") && text.contains("borders.crs"), "{crs}: {text}");
    }
}

#[test]
fn ids_and_names_are_found_or_named() {
    let feature = |properties: &str, x: usize| {
        format!(
            r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Polygon","coordinates":[[[{x},0],[{},0],[{x},1],[{x},0]]]}}}}"#,
            x + 1
        )
    };
    let rows = [
        r#""LAD23CD":"E06000001","LAD23NM":"Hartlepool","LAT":54.6,"kind":"unitary""#,
        r#""LAD23CD":"E06000002","LAD23NM":"Middlesbrough","LAT":54.5,"kind":"unitary""#,
    ];
    let all: Vec<String> = rows.iter().zip(0..).map(|(row, x)| feature(row, x)).collect();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, all.join(","));
    let (place, _) = one(json(&text));
    assert_eq!((&*place.id, &*place.name), ("E06000001", "Hartlepool"));
    let told = BordersOptions { id: Some("lad23nm".to_owned()), ..options("a.geojson") };
    assert_eq!(one(given(text.as_bytes(), &told)).0.id, "Hartlepool");
    let told = BordersOptions { id: Some("LAD22CD".to_owned()), ..options("a.geojson") };
    let refused = refusal(given(text.as_bytes(), &told));
    assert!(refused.contains("did you mean \"LAD23CD\"?"), "{refused}");
    let told = BordersOptions { id: Some("kind".to_owned()), ..options("a.geojson") };
    assert_eq!(given(text.as_bytes(), &told).expect("read").value.len(), 1, "one id is one place");
}

#[test]
fn layers_are_named_or_asked_for() {
    let topology = r#"{"type":"Topology","objects":{"a":{"type":"Polygon","arcs":[[0]]},"b":{"type":"Polygon","arcs":[[-1]]}},"arcs":[[[0,0],[1,0],[1,1],[0,0]]]}"#;
    let refused = refusal(json(topology));
    assert!(refused.contains("2 layers: \"a\", \"b\"") && refused.contains("layer = \"a\""), "{refused}");
    let told = BordersOptions { layer: Some("b".to_owned()), ..options("a.json") };
    assert_eq!(one(given(topology.as_bytes(), &told)).0.polygons[0][0].len(), 3);
    let told = BordersOptions { layer: Some("c".to_owned()), ..options("a.json") };
    assert!(refusal(given(topology.as_bytes(), &told)).contains("no layer \"c\""));
}

#[test]
fn what_is_no_area_is_refused() {
    let points = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}]}"#;
    assert!(refusal(json(points)).contains("no areas"));
    assert!(refusal(json(r#"{"type":"FeatureCollection","features":[]}"#)).contains("no areas"));
    assert!(refusal(json(&polygon(""))).contains("no areas"));
    assert!(refusal(json(&polygon("[[0,0],[0,0],[0,0]]"))).contains("no areas"));
    assert!(refusal(json(&polygon("[[0,0],[null,1],[1,1],[0,0]]"))).contains("no number"));
    assert!(refusal(json("{\"a\":1}")).contains("neither GeoJSON nor TopoJSON"));
    assert!(refusal(json("<kml/>")).contains("none of the forms"));
    assert!(refusal(json(&"[".repeat(100_000))).contains("none of the forms"));
    assert!(refusal(json(&polygon(&"[".repeat(100_000)))).contains("cannot be read"));
    let curves = refusal(stored(&options("curve.gpkg")));
    assert!(curves.contains("curves"), "{curves}");
}

/// Broken in every way that a byte or an end can break it, a file is refused or read, and never more.
#[test]
fn no_broken_file_is_more_than_refused() {
    for file in ["baltic.fgb", "baltic-laea.gpkg", "swiss.zip", "baltic-estonia.geojson"] {
        let whole = bytes_of(file);
        let step = (whole.len() / 400).max(1);
        for cut in (0..whole.len()).step_by(step) {
            let _ = given(&whole[..cut], &options(file));
        }
        let mut noise = 0x9e37_79b9_u32;
        for at in (0..whole.len().min(4_000)).step_by(3) {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let mut bytes = whole.clone();
            bytes[at] = [0xff, 0x7f, 0x80, 0x00, (noise >> 24) as u8][(noise >> 8) as usize % 5];
            let _ = given(&bytes, &options(file));
        }
    }
    let (shp, dbf) = (bytes_of("baltic-lks92.shp"), bytes_of("baltic-lks92.dbf"));
    for at in 0..shp.len().max(dbf.len()) {
        let broken = |bytes: &[u8]| {
            let mut bytes = bytes.to_vec();
            bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = 0xff);
            bytes
        };
        let _ = read(&options("a.shp"), &mut |name| match name {
            "a.shp" => Ok(broken(&shp)),
            "a.dbf" => Ok(broken(&dbf)),
            _ => Err(Box::new(Diagnostic::error("there is no such file"))),
        });
    }
    let text = refusal(stored(&options("corrupt_too_long.shp")));
    assert!(!text.is_empty());
}

/// A short file that promises much is refused before memory is set aside for it.
#[test]
fn promises_are_not_believed() {
    let mut wkb = vec![1, 3, 0, 0, 0, 1, 0, 0, 0];
    wkb.extend(u32::MAX.to_le_bytes());
    assert!(wkb::read(&wkb, &mut Feature::default()).is_err());
    let nested: Vec<u8> = std::iter::repeat_n([1, 7, 0, 0, 0, 1, 0, 0, 0], 100_000).flatten().collect();
    assert!(wkb::read(&nested, &mut Feature::default()).is_err());
    // a thousand rings of one long arc each, a hundred thousand times
    let arc: Vec<String> = (0..1000).map(|k| format!("[{k},0]")).collect();
    let uses = vec!["[0]"; 100_000].join(",");
    let bomb = format!(
        r#"{{"type":"Topology","objects":{{"a":{{"type":"Polygon","arcs":[{uses}]}}}},"arcs":[[{}]]}}"#,
        arc.join(",")
    );
    assert!(refusal(json(&bomb)).contains("more often"), "a bomb of arcs");
}
