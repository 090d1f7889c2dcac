"""Checks the written borders: planar validity, winding, and that neighbours neither overlap nor gape."""

import json

import shapely

from atlas_source import DATA, LEVELS


def check(name):
    content = json.loads((DATA / "borders" / f"{name}.geojson").read_text(encoding="utf-8"))
    invalid, clockwise = [], 0
    for feature in content["features"]:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        if not shape.is_valid:
            invalid.append(feature["properties"])
        for part in shapely.get_parts(shape):
            clockwise += not part.exterior.is_ccw
            clockwise += sum(ring.is_ccw for ring in part.interiors)
    if clockwise:
        raise ValueError(f"{name}: {clockwise} rings wound the wrong way")
    print(f"{name}: {len(content['features'])} features, {len(invalid)} invalid {invalid or ''}")


# Laid over a neighbour on purpose: Vatican City (at 10m) and Gaza (at 110m), see data/README.md.
OVERLAID_DEGREES2 = {"110m": 0.002, "50m": 1e-6, "10m": 1e-4}
SLIVER_DEGREES2 = 1e-5


def check_coverage(level):
    """Countries must tile the land: no overlap, and no hole between them that is a sliver."""
    content = json.loads((DATA / "borders" / f"countries-{level}.geojson").read_text(encoding="utf-8"))
    shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in content["features"]]
    land = shapely.union_all(shapes)
    overlap = sum(shape.area for shape in shapes) - land.area
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(land) for ring in part.interiors]
    slivers = [hole.centroid.wkt for hole in holes if hole.area < SLIVER_DEGREES2]
    print(f"countries-{level}: overlap {overlap:.6f} square degrees, {len(slivers)} slivers {slivers or ''}")
    if overlap > OVERLAID_DEGREES2[level]:
        raise ValueError(f"countries-{level}: neighbours overlap")


def check_topology(name):
    """Validity of every level, that the units tile the land, and that countries are exactly their units."""
    content = json.loads((DATA / "borders" / f"{name}.topojson").read_text(encoding="utf-8"))
    unit = content["transform"]["scale"][0]
    arcs = []
    for arc in content["arcs"]:
        x = y = 0
        arcs.append([(x := x + dx, y := y + dy) for dx, dy in arc])

    def ring(references):
        vertices = [v for k in references for v in (arcs[k] if k >= 0 else arcs[~k][::-1])[:-1]]
        return [(x * unit, y * unit) for x, y in vertices + vertices[:1]]

    for level in ("admin-1", "regions", "countries"):
        geometries = content["objects"][level]["geometries"]
        shapes = [shapely.MultiPolygon([(ring(p[0]), [ring(h) for h in p[1:]]) for p in g["arcs"]]) for g in geometries]
        invalid = [g["properties"]["code"] for g, s in zip(geometries, shapes) if not s.is_valid]
        whole = [shapely.make_valid(s) for s in shapes]
        overlap = sum(s.area for s in whole) - shapely.union_all(whole).area
        total = sum(s.area for s in whole)
        print(f"{name}, {level}: {len(shapes)} features, invalid {invalid}, {total:.5f} square degrees, overlap {overlap:.7f}")
        if overlap > OVERLAID_DEGREES2["10m"]:
            raise ValueError(f"{name}, {level}: neighbours overlap")


if __name__ == "__main__":
    for level in LEVELS:
        check(f"countries-{level}")
        check(f"lakes-{level}")
        check_coverage(level)
    check("us-states")
    check_topology("admin-1-10m")
