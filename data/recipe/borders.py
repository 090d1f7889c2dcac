"""Writes `data/borders/*.geojson` (RFC 7946, one feature a line).

Takes the unpacked packages; gives countries and territories at three levels, U.S. states, the
disputed parts of the borders, and lakes.
"""

import json

import shapefile

from atlas_source import CACHE, DATA, LEVELS, cleaned, countries, ordered, us_states
from disputed import disputed_lines
from measure import ring_area
from nodes import mended
from rings import UNIT, cut_at_antimeridian

LAKE_MIN_KM2 = {"110m": 0, "50m": 0, "10m": 200}


def number(v):
    """A coordinate with at most four decimals, without trailing zeros."""
    sign, v = ("-" if v < 0 else ""), abs(v)
    text = f"{v // UNIT}.{v % UNIT:04d}".rstrip("0").rstrip(".")
    return "0" if text == "0" else sign + text


def position(vertex):
    return f"[{number(vertex[0])},{number(vertex[1])}]"


def line(vertices):
    return "[" + ",".join(map(position, vertices)) + "]"


def area_geometry(polygons):
    cut = [piece for polygon in polygons for piece in cut_at_antimeridian(polygon)]
    texts = ["[" + ",".join(line(r + r[:1]) for r in polygon) + "]" for polygon in cut]
    if len(texts) == 1:
        return f'{{"type":"Polygon","coordinates":{texts[0]}}}'
    return f'{{"type":"MultiPolygon","coordinates":[{",".join(texts)}]}}'


def write(name, features):
    """Writes `[(properties, geometry text)]` as a FeatureCollection."""
    rows = [
        f'{{"type":"Feature","properties":{json.dumps(p, ensure_ascii=False, separators=(",", ":"))},'
        f'"geometry":{geometry}}}'
        for p, geometry in features
    ]
    path = DATA / "borders" / f"{name}.geojson"
    path.parent.mkdir(exist_ok=True)
    head, tail = '{"type":"FeatureCollection","features":[\n', "\n]}\n"
    path.write_text(head + ",\n".join(rows) + tail, encoding="utf-8")
    print(f"{path.name}: {len(rows)} features, {path.stat().st_size:,} bytes")


def lakes(level):
    """The polygons of lakes at one level, largest first."""
    path = CACHE / "magics" / level / f"ne_{level}_ocean"
    found = []
    with shapefile.Reader(str(path), encoding="latin-1") as reader:
        field = [f[0].lower() for f in reader.fields[1:]].index("featurec_2")
        for k, record in enumerate(reader.iterRecords()):
            if not record[field]:
                continue
            shape = reader.shape(k)
            cuts = [*shape.parts, len(shape.points)]
            rings = [
                [(round(x * UNIT), round(y * UNIT)) for x, y in shape.points[a : b - 1]][::-1]
                for a, b in zip(cuts, cuts[1:])
            ]
            polygons = cleaned(rings)
            size = sum(ring_area(r) for p in polygons for r in p)
            if polygons and size >= LAKE_MIN_KM2[level]:
                found.append((-round(size), k, ordered(polygons)))
    named = {f"{k:04d}": polygons for _, k, polygons in found}
    whole = mended(named)
    return [(size, whole[f"{k:04d}"]) for size, k, _ in sorted(found)]


def names_by_code(places):
    return {row["code"]: row["name"] for row in places}


def write_borders(names):
    """Writes all border files; `names` gives the name of each code. Returns the countries at 10m."""
    for level in LEVELS:
        places = {code: ordered(p) for code, p in mended(countries(level)).items()}
        write(f"countries-{level}",
              [({"code": c, "name": names[c]}, area_geometry(p)) for c, p in places.items()])
        write(f"disputed-lines-{level}",
              [({"left": a, "right": b, "class": kind},
                f'{{"type":"LineString","coordinates":{line(chain)}}}')
               for (a, b), kind, chain in disputed_lines(places, level)])
        write(f"lakes-{level}", [({"area_km2": -size}, area_geometry(p)) for size, p in lakes(level)])
    return places


def write_states(codes):
    """Writes U.S. states; `codes` gives code and name by FIPS. Returns them by code."""
    states = {codes[fips][0]: (codes[fips][1], p) for fips, (_, p) in us_states().items()}
    write("us-states", [({"code": c, "name": n}, area_geometry(p)) for c, (n, p) in sorted(states.items())])
    return {c: p for c, (_, p) in states.items()}
