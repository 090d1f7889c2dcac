//! Places that a user brought stand beside the bundled ones.

use super::super::{Atlas, Detail, Level, LineKind, Lookup, Own, OwnPlace, PlaceId, Via};
use crate::geometry::LonLat;

/// A square of `size` degrees whose south-west corner is at `x`, `y`, with `steps` vertices a side.
fn square(id: &str, name: &str, [x, y, size]: [f64; 3], steps: usize) -> OwnPlace {
    let side = |from: (f64, f64), to: (f64, f64)| {
        (0..steps).map(move |k| {
            let t = k as f64 / steps as f64;
            LonLat::new(from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t)
        })
    };
    let corners = [(x, y), (x + size, y), (x + size, y + size), (x, y + size)];
    let ring = (0..4).flat_map(|k| side(corners[k], corners[(k + 1) % 4])).collect();
    OwnPlace {
        id: id.to_owned(),
        name: name.to_owned(),
        polygons: vec![vec![ring]],
        label: LonLat::new(x + size / 2.0, y + size / 2.0),
        area_km2: size * size * 1e4,
    }
}

fn districts() -> Atlas {
    Atlas::with(Own::new(vec![
        square("01", "Old Town", [7.0, 50.0, 0.1], 10),
        square("02", "Harbour", [7.1, 50.0, 0.1], 10),
        square("03", "Mill", [7.2, 50.0, 0.2], 1),
        square("04", "Mill", [8.0, 50.0, 0.1], 1),
    ]))
}

fn code(atlas: &Atlas, found: &Lookup) -> String {
    match found {
        Lookup::One(id, _) => atlas.place(*id).code.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn own_places_are_found_by_id_and_name() {
    let atlas = districts();
    for (text, wanted, via) in [
        ("02", "02", Via::Id),
        ("2", "02", Via::Id),
        ("2.0", "02", Via::Id),
        ("harbour", "02", Via::Name),
        ("OLD TOWN", "01", Via::Name),
    ] {
        let found = atlas.lookup(text, Level::Own);
        assert_eq!(code(&atlas, &found), wanted, "{text}");
        assert!(matches!(found, Lookup::One(_, by) if by == via), "{text}: {found:?}");
    }
    assert!(matches!(atlas.lookup("Mill", Level::Own), Lookup::Many(ids) if ids.len() == 2));
    assert_eq!(atlas.lookup("Harbor", Level::Own), Lookup::Unknown);
    let near: Vec<String> =
        atlas.suggest("Harbor", Level::Own).iter().map(|id| atlas.place(*id).name.to_string()).collect();
    assert_eq!(near, ["Harbour"]);
    assert_eq!(atlas.lookup("Peru", Level::Own), Lookup::Unknown);
}

#[test]
fn the_bundled_places_stay_as_they_are() {
    let (own, bundled) = (districts(), Atlas::bundled());
    assert_eq!(own.lookup("Peru", Level::Country), bundled.lookup("Peru", Level::Country));
    assert_eq!(own.places(Level::Country).len(), bundled.places(Level::Country).len());
    assert!(bundled.places(Level::Own).is_empty());
    let sizes: Vec<&str> = own.places(Level::Own).iter().map(|place| &*place.code).collect();
    assert_eq!(sizes, ["03", "01", "02", "04"], "large places come first");
    assert!(own.places(Level::Own)[0].id > bundled.places(Level::UsState)[0].id);
}

#[test]
fn neighbours_share_their_border_and_straight_sides_lose_their_vertices() {
    let atlas = districts();
    let borders = atlas.borders(Level::Own, Detail::Fine, 0.0);
    assert_eq!(borders.kinds.iter().filter(|kind| **kind == LineKind::Border).count(), 1);
    let all = borders.topology.vertices.len();
    let thinned = atlas.borders(Level::Own, Detail::Fine, 0.001).topology.vertices.len();
    assert!(thinned < all / 2, "{thinned} of {all}");
    let ids: Vec<PlaceId> = borders.shapes.iter().map(|(id, _)| *id).collect();
    assert!(ids.is_sorted() && ids.len() == 4);
}
