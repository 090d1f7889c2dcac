"""The lines that cut disputed areas out of the countries that hold them, as arcs between vertices of our own outlines.

The lines are Natural Earth's "disputed borders" (qgis-common, layer `disputed_borders`). At each scale a line is
thinned, kept where it runs inside its country, and led to the nearest vertices of that country's outline: so the area and
the rest of the country share every vertex with each other and with their neighbours. Where an area is too small for a
scale, there is no line.
"""

import json
import sqlite3

import shapely
import shapely.ops

from atlas_source import CACHE, DATA

# area: (country that holds it, numbers of the lines, a point within the area)
CUTS = {
    "western-sahara-west": ("MAR", [33], (-13.0, 25.5)),
    "golan": ("ISR", [22], (35.78, 33.0)),
    "kashmir-pakistan": ("PAK", [28, 26, 27, 16], (75.5, 35.6)),
    "kashmir-india": ("IND", [24, 23], (76.5, 34.0)),
    "aksai-chin": ("CHN", [21], (79.3, 35.2)),
    "shaksgam": ("CHN", [15], (76.6, 36.0)),
    "arunachal-pradesh": ("IND", [20], (94.5, 28.1)),
    "abkhazia": ("GEO", [8], (41.2, 43.1)),
    "south-ossetia": ("GEO", [9], (44.0, 42.4)),
    "essequibo": ("GUY", [31], (-59.8, 5.5)),
}
# Areas that are polygons of their own already: (country, a point within).
POLYGONS = {"crimea": ("RUS", (34.3, 45.3))}
THIN = {"110m": 0.15, "50m": 0.03, "10m": 0.004}  # degrees


def line_of(numbers):
    """The lines of these numbers, joined where they meet, nearly meeting ends too."""
    path = CACHE / "qgis" / "world_map.gpkg"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as table:
        blobs = [table.execute("select geom from disputed_borders where fid = ?", (n,)).fetchone()[0] for n in numbers]
    # a GeoPackage geometry: 8 bytes, an envelope of a length that its flags tell, then WKB
    lines = [shapely.from_wkb(b[8 + (0, 32, 48, 48, 64)[b[3] >> 1 & 7]:]) for b in blobs]
    parts = [list(part.coords) for line in lines for part in shapely.get_parts(shapely.line_merge(line))]
    chain = parts.pop(0)
    while parts:
        gaps = [(shapely.distance(shapely.Point(chain[end]), shapely.Point(part[side])), k, end, side)
                for k, part in enumerate(parts) for end in (0, -1) for side in (0, -1)]
        gap, k, end, side = min(gaps)
        if gap > 0.2:
            break  # a piece apart, such as an enclave
        part = parts.pop(k)
        part = part if side == 0 else part[::-1]
        chain = chain + part if end == -1 else part[::-1] + chain
    return shapely.LineString(chain)


def fitted(line, polygon, point, thin):
    """The line from vertex to vertex of the polygon's exterior with the area on its left; `None` if there is no room."""
    ring = list(polygon.exterior.coords)[:-1]
    inside = shapely.intersection(shapely.simplify(line, thin), shapely.buffer(polygon, -thin / 4))
    parts = [p for p in shapely.get_parts(shapely.line_merge(inside)) if p.geom_type == "LineString" and p.length > 0]
    if not parts:
        return None
    along = sorted((line.project(shapely.Point(p.coords[k])), p, k) for p in parts for k in (0, -1))
    # from where it first runs inside to where it last does, by its own vertices
    first, last = along[0][0], along[-1][0]
    core = shapely.ops.substring(line, first, last)
    core = list(shapely.simplify(core, thin).coords)
    shapely.prepare(polygon)
    core = [v for v in core if polygon.contains(shapely.Point(v))]
    if len(core) < 1:
        return None

    room = shapely.buffer(polygon, 1e-9)
    shapely.prepare(room)

    def nearest(vertex, other):
        squared = [((x - vertex[0]) ** 2 + (y - vertex[1]) ** 2, (x, y)) for x, y in ring if (x, y) != other]
        near = (at for _, at in sorted(squared)[:60] if room.covers(shapely.LineString([vertex, at])))
        return next(near, None)

    start = nearest(core[0], None)
    end = start and nearest(core[-1], start)
    if not end:
        return None
    core = [tuple(round(c, 4) for c in v) for v in core]
    chain = [start] + [v for v in core if v not in (start, end)] + [end]
    chain = [v for k, v in enumerate(chain) if k == 0 or v != chain[k - 1]]
    drawn = shapely.LineString(chain)
    if not drawn.is_simple or drawn.crosses(polygon.exterior) and drawn.difference(polygon).length > 1e-6:
        return None
    for candidate in (chain, chain[::-1]):
        i, j = ring.index(candidate[-1]), ring.index(candidate[0])
        rest = ring[i:j + 1] if i <= j else ring[i:] + ring[:j + 1]
        piece = shapely.Polygon(candidate + rest[1:-1])
        if piece.is_valid and piece.contains(shapely.Point(point)) and piece.area > 40 * thin * thin:
            return candidate
    return None


def write_claim_lines():
    for level, thin in THIN.items():
        features = json.loads((DATA / "borders" / f"countries-{level}.geojson").read_text("utf-8"))["features"]
        shapes = {f["properties"]["code"]: shapely.from_geojson(json.dumps(f["geometry"])) for f in features}
        out = []
        for area, (code, numbers, point) in CUTS.items():
            at = shapely.Point(point)
            whole = min(shapely.get_parts(shapes[code]), key=lambda part: part.distance(at))
            # a polygon that an earlier line has cut keeps its outline: the ends of both are vertices of it
            chain = fitted(line_of(numbers), whole, point, thin)
            if chain is None:
                print(f"claim-lines-{level}: {area} is too small")
                continue
            out.append((area, code, {"type": "LineString", "coordinates": [list(v) for v in chain]}))
        for area, (code, point) in POLYGONS.items():
            if any(part.contains(shapely.Point(point)) for part in shapely.get_parts(shapes[code])):
                out.append((area, code, {"type": "Point", "coordinates": list(point)}))
        write(level, out)


def write(level, rows):
    path = DATA / "borders" / f"claim-lines-{level}.geojson"
    lines = [json.dumps({"type": "Feature", "properties": {"area": area, "code": code}, "geometry": geometry},
                        ensure_ascii=False, separators=(",", ":")) for area, code, geometry in rows]
    path.write_text('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n", "utf-8")
    print(f"{path.name}: {len(rows)} features, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    write_claim_lines()
