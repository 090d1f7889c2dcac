"""Checks the written borders: planar validity, winding, and that shared borders are identical."""

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


if __name__ == "__main__":
    for level in LEVELS:
        check(f"countries-{level}")
        check(f"lakes-{level}")
    check("us-states")
