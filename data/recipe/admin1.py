"""Writes the states and provinces of the world: borders, places and names.

`borders/admin-1-10m.topojson` holds one set of arcs and four objects made of them: `admin-1`, the units; `regions`,
unions of units that have a code of their own; `countries`, which are dissolved from the units, so that the levels
nest exactly; and `disputed`, the parts of borders that are disputed.
"""

import json

from admin1_names import choose_names, cldr_english, other_codes, regions_of, unit_names
from admin1_source import units
from arcs import Arcs, simplified
from atlas_source import DATA, ordered
from disputed import disputed_lines
from measure import area, label_point
from places import reviewed, write_table
from rings import UNIT, cut_at_antimeridian, merged, polygons_of

# The smallest triangle (Visvalingam and Whyatt, 1993) that a vertex may make: so many parts of the smallest country
# beside the arc, and never more than so many km². On a map of that country of 1,600 px by as many, that is about five
# square pixels spread along the line, which is below a third of a pixel across it.
SMALLEST_PART = 2e-6
SMALLEST_KM2 = 1.0


def write_admin1(rows):
    """Writes all files; `rows` are those of the countries. Returns the polygons by code."""
    found = units()
    regions = regions_of(found)
    choose_names(found, regions, cldr_english())
    unknown = {unit.country for unit in found.values()} - set(rows)
    if unknown:
        raise ValueError(f"admin-1: countries that are not in places.csv: {sorted(unknown)}")
    measures = {c: (area(u.polygons), label_point(u.polygons)) for c, u in found.items()}
    simplify(found)
    shapes = {code: unit.polygons for code, unit in found.items()}
    joined = {code: dissolved([shapes[part] for part in region.parts]) for code, region in regions.items()}
    by_country = {}
    for unit in found.values():
        by_country.setdefault(unit.country, []).append(unit.polygons)
    countries = {country: dissolved(several) for country, several in sorted(by_country.items())}
    write_topology({"admin-1": shapes, "regions": joined, "countries": countries}, disputed_lines(countries, "10m"))
    write_places(found, regions, measures, joined)
    write_areas(found, measures, "VEN", "venezuela-states-area.csv")
    names = unit_names(found, regions)
    write_table("admin-1-names.csv", ["code", "name", "lang"], names)


def dissolved(several):
    """The union of areas that share edges."""
    return ordered(polygons_of(merged([r for polygons in several for p in polygons for r in p])))


def simplify(found):
    """Simplifies the polygons of all units in place, by shared arcs."""
    size = {}
    for unit in found.values():
        size[unit.country] = size.get(unit.country, 0) + area(unit.polygons)
    rings = [r for u in found.values() for p in u.polygons for r in p]
    owners = [u.country for u in found.values() for p in u.polygons for _ in p]
    arcs = Arcs(rings)
    limits = [SMALLEST_KM2] * len(arcs.lines)
    for references, country in zip(arcs.rings, owners):
        for k, _ in references:
            limits[k] = min(limits[k], SMALLEST_PART * size[country])
    lines = simplified(arcs.lines, limits)
    print(f"admin-1: {sum(map(len, lines)):,} of {sum(map(len, arcs.lines)):,} vertices in {len(lines):,} arcs")
    rings = iter(arcs.ring(references, lines) for references in arcs.rings)
    for unit in found.values():
        unit.polygons = ordered([[next(rings) for _ in p] for p in unit.polygons])


def write_topology(objects, disputed):
    """Writes a TopoJSON; rings are cut at ±180° as RFC 7946 wants it for GeoJSON."""
    cut = {
        name: {code: [piece for p in polygons for piece in cut_at_antimeridian(p)] for code, polygons in shapes.items()}
        for name, shapes in objects.items()
    }
    arcs = Arcs([r for shapes in cut.values() for polygons in shapes.values() for p in polygons for r in p])
    references = iter(arcs.rings)
    number = lambda r: [~k if is_reversed else k for k, is_reversed in r]
    geometries = {
        name: [
            {"type": "MultiPolygon", "properties": {"code": code}, "arcs": [[number(next(references)) for _ in p] for p in ps]}
            for code, ps in shapes.items()
        ]
        for name, shapes in cut.items()
    }
    lines = [
        {"type": "LineString", "properties": {"left": a, "right": b, "class": kind}, "arcs": [arcs.refer(tuple(chain))]}
        for (a, b), kind, chain in disputed
    ]
    for line in lines:
        line["arcs"] = number(line["arcs"])
    geometries["disputed"] = lines
    topology = {
        "type": "Topology",
        "transform": {"scale": [1 / UNIT, 1 / UNIT], "translate": [0, 0]},
        "objects": {n: {"type": "GeometryCollection", "geometries": g} for n, g in geometries.items()},
    }
    head = json.dumps(topology, separators=(",", ":"))[:-1]
    head = head.replace('{"type":"MultiPolygon"', '\n{"type":"MultiPolygon"').replace('{"type":"LineString"', '\n{"type":"LineString"')
    steps = [
        [line[0], *((b[0] - a[0], b[1] - a[1]) for a, b in zip(line, line[1:]))] for line in arcs.lines
    ]
    body = ",\n".join(json.dumps(line, separators=(",", ":")) for line in steps)
    path = DATA / "borders" / "admin-1-10m.topojson"
    path.write_text(f'{head},"arcs":[\n{body}\n]}}\n', encoding="utf-8")
    print(f"{path.name}: {len(arcs.lines)} arcs, {path.stat().st_size:,} bytes")


def write_areas(found, measures, country, name):
    """A table for an example: the area of each state of one country."""
    rows = [[u.name, f"{measures[c][0]:.0f}"] for c, u in found.items() if u.country == country]
    write_table(f"indicators/{name}", ["state", "area_km2"], sorted(rows, key=lambda row: -float(row[1])))


def write_places(found, regions, measures, joined):
    """`admin-1.csv`: every unit and region with its codes, type, country, label point and area."""
    out, english = [], cldr_english()
    types = {row["code"]: row["name"] for row in reviewed("admin-1-names.csv") if row["lang"] == "type"}
    for code, unit in found.items():
        size, (lon, lat) = measures[code]
        out.append([code, unit.country, unit.name, types.get(code) or unit.properties.get("type_en") or "", " ".join(other_codes(unit, english)),
                    "", f"{lon:g}", f"{lat:g}", f"{size:.0f}" if size >= 1000 else f"{size:.3g}"])
    for code, region in regions.items():
        size = sum(measures[part][0] for part in region.parts)
        lon, lat = label_point(joined[code])
        out.append([code, region.country, region.name, region.type, "", " ".join(region.parts), f"{lon:g}", f"{lat:g}",
                    f"{size:.0f}" if size >= 1000 else f"{size:.3g}"])
    header = ["code", "country", "name", "type", "codes", "parts", "label_lon", "label_lat", "area_km2"]
    write_table("admin-1.csv", header, sorted(out))
