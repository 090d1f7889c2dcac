"""Which country borders are disputed, indefinite or lines of control, as edges of our own borders.

The classes come from the 10m boundary lines of Natural Earth (libmagics++-data). An edge of our
borders takes the class of a line between the same two places that runs beside it, at every level
alike, so that a border does not change its status with the size of a map. `EXCLUDED` and `ADDED`
are reviewed departures from the source; data/README.md gives the reasons.
"""

import shapefile
import shapely

from atlas_source import CACHE
from rings import UNIT

CLASSES = {
    "Disputed (please verify)": "disputed",
    "Indefinite (please verify)": "indefinite",
    "Indeterminant frontier": "indefinite",
    "Line of control (please verify)": "line of control",
    "ForgetMagics": "disputed",  # the berm in Western Sahara; the packager renamed the class
}
# "International boundary (Magics)" (Morocco-Algeria) is an ordinary border under a new name.

OUR_CODE = {
    "SDS": "SSD", "PSX": "PSE", "SOL": "XSO", "KOS": "XKX", "SAH": "ESH", "KAS": "XSG",
    "CYN": "XNC", "CNM": "CYP", "ESB": "XDK",
}
OUR_PAIR = {("FRA", "SUR"): ("GUF", "SUR")}

EXCLUDED = {("BOL", "CHL"), ("BOL", "PER"), ("CAN", "USA"), ("ESP", "PRT")}

# (pair, class, west, south, east, north): all edges of the pair inside the box.
ADDED = [
    (("RUS", "UKR"), "disputed", 32, 45, 36, 46.5),
    (("EGY", "SDN"), "disputed", 33, 21, 38, 24),
    (("CYP", "XNC"), "line of control", 32, 34, 35, 36),
    (("XDK", "XNC"), "line of control", 32, 34, 35, 36),
    (("KEN", "SSD"), "disputed", 33, 4, 36, 6),
    (("ETH", "SSD"), "disputed", 34.9, 4.4, 36, 5.55),
    (("SOM", "XSO"), "disputed", 47, 7, 50, 12),
    (("SRB", "XKX"), "disputed", 20, 41, 22, 44),
    (("ESH", "MAR"), "disputed", -18, 20, -8, 28),
    (("BLZ", "GTM"), "indefinite", -90, 15, -88, 18),
    (("GUY", "VEN"), "disputed", -62, 0, -59, 9),
]

TOLERANCE = {"110m": 0.7, "50m": 0.12, "10m": 0.02}  # degrees


def lines():
    """`{pair: [(class, line)]}` from the 10m boundary lines."""
    found = {}
    path = CACHE / "magics" / "10m" / "ne_10m_admin_0_boundary_lines_land"
    with shapefile.Reader(str(path), encoding="cp1252") as reader:
        names = [field[0].lower() for field in reader.fields[1:]]
        for k, record in enumerate(reader.iterRecords()):
            row = dict(zip(names, record))
            if row["featurecla"] not in CLASSES:
                continue
            pair = tuple(sorted(OUR_CODE.get(row[f], row[f]) for f in ("adm0_a3_l", "adm0_a3_r")))
            pair = OUR_PAIR.get(pair, pair)
            if pair in EXCLUDED or pair[0] == pair[1]:
                continue
            shape = reader.shape(k)
            cuts = [*shape.parts, len(shape.points)]
            for a, b in zip(cuts, cuts[1:]):
                line = shapely.linestrings(shape.points[a:b])
                found.setdefault(pair, []).append((CLASSES[row["featurecla"]], line))
    return found


def shared_edges(places):
    """`{pair: [edge]}`: the edges that two places have in common, each once."""
    owner = {}
    for code, polygons in places.items():
        for ring in (r for p in polygons for r in p):
            for a, b in zip(ring, ring[1:] + ring[:1]):
                owner[a, b] = code
    shared = {}
    for (a, b), code in owner.items():
        other = owner.get((b, a))
        if other and code < other:
            shared.setdefault((code, other), []).append((a, b))
    return shared


def disputed_lines(places, level):
    """`[(pair, class, [vertex])]`: the disputed lines of one level, along our own edges."""
    known, out = lines(), []
    for pair, edges in sorted(shared_edges(places).items()):
        classes = {}
        for edge in edges:
            kind = added_class(pair, edge) or nearest_class(known.get(pair, []), edge, level)
            if kind:
                classes.setdefault(kind, []).append(edge)
        for kind in sorted(classes):
            out += [(pair, kind, chain) for chain in chained(classes[kind])]
    return out


def added_class(pair, edge):
    x, y = ((edge[0][k] + edge[1][k]) / 2 / UNIT for k in (0, 1))
    for wanted, kind, west, south, east, north in ADDED:
        if pair == wanted and west <= x <= east and south <= y <= north:
            return kind
    return None


def nearest_class(candidates, edge, level):
    """The class of the nearest line that the whole edge runs beside."""
    (x0, y0), (x1, y1) = edge
    points = shapely.points([(x / UNIT, y / UNIT) for x, y in
                             ((x0, y0), ((x0 + x1) / 2, (y0 + y1) / 2), (x1, y1))])
    best = None
    for kind, line in candidates:
        gap = shapely.distance(points, line).max()
        if gap <= TOLERANCE[level] and (best is None or gap < best[0]):
            best = (gap, kind)
    return best and best[1]


def chained(edges):
    """Edges linked into lines, in a fixed order."""
    after = {}
    for a, b in edges:
        after.setdefault(a, []).append(b)
    ends = {b for _, b in edges}
    chains = []
    for start in sorted(v for v in after if v not in ends) + sorted(after):
        while after.get(start):
            chain, v = [start], start
            while after.get(v):
                v = after[v].pop(0)
                chain.append(v)
            chains.append(chain)
    return chains
