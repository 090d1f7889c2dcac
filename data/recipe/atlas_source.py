"""Reads the TopoJSON of world-atlas and us-atlas, and gives every feature one of our codes.

Takes the unpacked packages below `cache/unpacked/`; gives `{code: [polygon]}` in the sphere form of
`rings.py`. The decisions on features without an ISO code stand in the tables below.
"""

import json
from pathlib import Path

from rings import UNIT, heal_seam, merged, polygons_of, split_at_touches, unwrap

HERE = Path(__file__).parent
CACHE = HERE / "cache" / "unpacked"
DATA = HERE.parent
LEVELS = ("110m", "50m", "10m")

# Features of world-atlas without an id (and the second use of id 036): their own code, or the code
# of the place that they become part of. See data/README.md, "Polygons without an ISO code".
WITHOUT_ID = {
    "Kosovo": "XKX",
    "Somaliland": "XSO",
    "N. Cyprus": "XNC",
    "Siachen Glacier": "XSG",
    "Akrotiri": "XAK",
    "Dhekelia": "XDK",
    "Spratly Is.": "XSP",
    "Scarborough Reef": "XSR",
    "Serranilla Bank": "XSB",
    "Bajo Nuevo Bank": "XBN",
    "Clipperton I.": "CPT",
    "Ashmore and Cartier Is.": "AUS",
    "Coral Sea Is.": "AUS",
    "Baikonur": "KAZ",
    "USNB Guantanamo Bay": "CUB",
    "Cyprus U.N. Buffer Zone": "CYP",
    "Indian Ocean Ter.": "AUS",  # then divided by PARTS
}

# Whole polygons that Natural Earth counts to a state, but ISO 3166-1 codes apart:
# state -> [(code, west, south, east, north)].
PARTS = {
    "FRA": [
        ("GUF", -55, 2, -51, 6),
        ("GLP", -62, 15.7, -60.9, 16.6),
        ("MTQ", -61.3, 14.3, -60.7, 15),
        ("REU", 55, -22, 56, -20),
        ("MYT", 44.9, -13.1, 45.4, -12.6),
    ],
    "NOR": [("SJM", 10, 74, 34, 81), ("SJM", -10, 70.5, -7, 72), ("BVT", 3, -55, 4, -54)],
    "NLD": [("BES", -69, 12, -68, 13), ("BES", -63.5, 17, -62.8, 18)],
    "NZL": [("TKL", -173, -10, -171, -8)],
    "AUS": [("CXR", 105, -11, 106, -10), ("CCK", 96, -13, 97, -11)],
}


def read_json(*path):
    return json.loads(CACHE.joinpath(*path).read_text(encoding="utf-8"))


def iso_alpha3():
    """ISO 3166-1 numeric -> alpha-3."""
    return {numeric: alpha3 for _, alpha3, numeric, _ in read_json("i18n-iso-countries", "codes.json")}


def decoded(topology):
    """The arcs of a quantised topology as integer vertices."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        vertices = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            vertices.append((round((x * sx + tx) * UNIT), round((y * sy + ty) * UNIT)))
        arcs.append(vertices)
    return arcs


def rings_of(geometry, arcs):
    """All rings of a geometry, wound counter-clockwise (world-atlas winds clockwise)."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        for references in polygon:
            ring = []
            for k in references:
                vertices = arcs[k] if k >= 0 else arcs[~k][::-1]
                ring += vertices[:-1]
            yield ring[::-1]


def cleaned(rings):
    """Polygons without seam, spikes and self-touching rings."""
    return polygons_of([part for ring in heal_seam(rings) for part in split_at_touches(ring)])


def middle(polygon):
    flat, _ = unwrap(polygon[0])
    xs, ys = [x for x, _ in flat], [y for _, y in flat]
    return (min(xs) + max(xs)) / 2 / UNIT, (min(ys) + max(ys)) / 2 / UNIT


def countries(level):
    """The countries and territories of one level: `{code: [polygon]}`, sorted by code."""
    topology = read_json("world-atlas", f"countries-{level}.json")
    arcs, alpha3 = decoded(topology), iso_alpha3()
    rings = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = WITHOUT_ID[name] if name in WITHOUT_ID else alpha3[geometry["id"]]
        rings.setdefault(code, []).append(list(rings_of(geometry, arcs)))
    places = {}
    for code, parts in rings.items():
        polygons = cleaned([r for part in parts for r in part])
        if len(parts) > 1:
            polygons = polygons_of(merged([r for p in polygons for r in p]))
        for polygon in polygons:
            places.setdefault(owner(code, polygon), []).append(polygon)
    if level == "110m":
        places["PSE"] += gaza()
    if level == "10m":
        places["VAT"] = countries("50m")["VAT"]  # smaller than the grid of the 10m file
    return {code: ordered(places[code]) for code in sorted(places)}


def owner(code, polygon):
    """The place that a polygon of `code` belongs to by ISO 3166-1."""
    lon, lat = middle(polygon)
    for part, west, south, east, north in PARTS.get(code, []):
        if west <= lon <= east and south <= lat <= north:
            return part
    return code


def gaza():
    """Gaza as drawn at 50m: at 110m there is none, and a part of a state must not vanish."""
    return [p for p in countries("50m")["PSE"] if middle(p)[0] < 34.7]


def ordered(polygons):
    """Polygons in a fixed order (by their westernmost vertex), rings starting there."""
    def start(ring):
        k = ring.index(min(ring))
        return ring[k:] + ring[:k]

    turned = [[start(p[0])] + sorted(start(h) for h in p[1:]) for p in polygons]
    return sorted(turned)


def us_states():
    """U.S. states and territories by FIPS code: `{fips: (name, [polygon])}`."""
    topology = read_json("us-atlas", "states-10m.json")
    arcs = decoded(topology)
    return {
        g["id"]: (g["properties"]["name"], ordered(cleaned(rings_of(g, arcs))))
        for g in sorted(topology["objects"]["states"]["geometries"], key=lambda g: g["id"])
    }
