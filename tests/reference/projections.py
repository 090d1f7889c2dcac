"""Writes projections.csv: forward values of PROJ, against which the projections are tested.

    pip install pyproj==3.7.2
    python tests/reference/projections.py

Unit sphere, y up as in PROJ. A row: projection, centre, standard parallels (empty for none),
position, x and y (empty where the projection does not show the position).
"""
import csv
import math
import pathlib

import pyproj

LON = [-180, -179.999999, -135.5, -61.25, -0.001, 3.7, 89.999999, 120.5, 180]
LAT = [-90, -89.999, -71.3, -23.4, 0, 33.3, 60, 80.2, 89.9999, 90]

# name, PROJ's parameters, centres, parallels, latitudes shown
WORLD = [(0, 0), (150, 0), (-70.5, 0)]
OBLIQUE = [(0, 0), (150, -35.5), (-70, 12), (10, 90), (-30, -90)]
CASES = [
    ("lambert-azimuthal-equal-area", "+proj=laea +lat_0={lat}", OBLIQUE, [None]),
    ("orthographic", "+proj=ortho +lat_0={lat}", OBLIQUE, [None]),
    ("azimuthal-equidistant", "+proj=aeqd +lat_0={lat}", OBLIQUE, [None]),
    ("stereographic", "+proj=stere +lat_0={lat} +k_0=1", OBLIQUE, [None]),
    ("gnomonic", "+proj=gnom +lat_0={lat}", OBLIQUE, [None]),
    ("equal-earth", "+proj=eqearth", WORLD, [None]),
    ("natural-earth", "+proj=natearth", WORLD, [None]),
    ("robinson", "+proj=robin", WORLD, [None]),
    ("mollweide", "+proj=moll", WORLD, [None]),
    ("winkel-tripel", "+proj=wintri +lat_1=" + repr(math.degrees(math.acos(2 / math.pi))), WORLD, [None]),
    ("sinusoidal", "+proj=sinu", WORLD, [None]),
    ("hammer", "+proj=hammer", WORLD, [None]),
    ("eckert4", "+proj=eck4", WORLD, [None]),
    ("miller", "+proj=mill", WORLD, [None]),
    ("patterson", "+proj=patterson", WORLD, [None]),
    ("mercator", "+proj=merc", WORLD, [None]),
    ("equirectangular", "+proj=eqc +lat_ts={p1}", WORLD, [None, (35, 35)]),
    ("cylindrical-equal-area", "+proj=cea +lat_ts={p1}", WORLD, [None, (37.5, 37.5)]),
    ("gall-peters", "+proj=cea +lat_ts=45", WORLD, [None]),
    ("albers", "+proj=aea +lat_0={lat} +lat_1={p1} +lat_2={p2}", [(0, 0), (100, 40), (-60, -30)],
     [(29.5, 45.5), (-5, -42), (10, -3)]),
    ("lambert-conformal-conic", "+proj=lcc +lat_0={lat} +lat_1={p1} +lat_2={p2}", [(0, 0), (100, 40), (-60, -30)],
     [(33, 45), (-5, -42), (49, 49)]),
    ("equidistant-conic", "+proj=eqdc +lat_0={lat} +lat_1={p1} +lat_2={p2}", [(0, 0), (100, 40), (-60, -30)],
     [(33, 45), (-5, -42), (49, 49)]),
    ("transverse-mercator", "+proj=tmerc +approx", WORLD, [None]),
    ("wagner4", "+proj=wag4", WORLD, [None]),
    ("wagner5", "+proj=wag5", WORLD, [None]),
    ("polyconic", "+proj=poly", WORLD, [None]),
    ("cassini", "+proj=cass", WORLD, [None]),
    ("perspective", "+proj=nsper +lat_0={lat} +h=" + repr(35785.831 / 6378.137), OBLIQUE, [None]),
]

HORIZON = {
    "orthographic": 90.0,
    "stereographic": 142.0,
    "gnomonic": 60.0,
    "lambert-azimuthal-equal-area": 179.999,
    "azimuthal-equidistant": 179.999,
    "perspective": math.degrees(math.acos(1 / (1 + 35785.831 / 6378.137))),
}


def unit(lon, lat):
    l, p = math.radians(lon), math.radians(lat)
    return math.cos(p) * math.cos(l), math.cos(p) * math.sin(l), math.sin(p)


def angle(a, b):
    u, v = unit(*a), unit(*b)
    across = math.dist(u, v) / 2
    return math.degrees(2 * math.asin(min(1, across)))


def turned_radians(degrees):
    return math.radians((degrees + 180) % 360 - 180)


def wagner(name, lam, phi):
    """PROJ's constants of Wagner IV and V (moll.cpp), iterated to the end; PROJ's own values lie within 1e-6 of them."""
    if name == "wagner4":
        sine = math.sin(math.pi / 3)
        p = 2 * math.pi / 3 + math.sin(2 * math.pi / 3)
        r = math.sqrt(2 * math.pi * sine / p)
        c_x, c_y = 2 * r / math.pi, r / sine
    else:
        c_x, c_y, p = 0.90977, 1.65014, 3.00896
    double = p * math.sin(phi) / 2
    for _ in range(100):
        double -= (double + math.sin(double) - p * math.sin(phi)) / (1 + math.cos(double))
    return c_x * lam * math.cos(double / 2), c_y * math.sin(double / 2)


def limits(name, x, y):
    if name in ("mercator", "transverse-mercator"):
        return max(abs(x), abs(y)) <= math.pi
    return True


def rows():
    for name, definition, centers, parallels in CASES:
        for clon, clat in centers:
            for pair in parallels:
                p1, p2 = pair or (0, 0)
                text = definition.format(lat=clat, p1=p1, p2=p2)
                proj = pyproj.Proj(f"{text} +lon_0={clon} +R=1")
                for lon in LON:
                    for lat in LAT:
                        yield row(name, proj, (clon, clat), pair, (lon, lat))


def row(name, proj, center, pair, position):
    head = [name, *center, *(pair or ("", "")), *position]
    horizon = HORIZON.get(name)
    if horizon is not None:
        off = angle(center, position) - horizon
        # On the rim itself rounding decides.
        if abs(off) < 1e-7:
            return None
        if off > 0:
            return [*head, "", ""]
    # The cut itself belongs to both sides of the map.
    turned = (position[0] - center[0] + 180) % 360
    if horizon is None and min(turned, 360 - turned) < 1e-9:
        return None
    x, y = proj(*position)
    if not (math.isfinite(x) and math.isfinite(y)):
        return None
    # PROJ stops the iterations of these at 1e-7.
    if name in ("wagner4", "wagner5"):
        return [*head, *map(repr, wagner(name, turned_radians(position[0] - center[0]), math.radians(position[1])))]
    if name in ("mollweide", "eckert4") and abs(position[1]) > 89 and (name, abs(position[1])) != ("eckert4", 90):
        return None
    # The transverse Mercator is cut along the far half of the equator, and on the near half PROJ's
    # arccosine loses half of its digits; so does its arcsine in Cassini's.
    if name in ("transverse-mercator", "cassini") and position[1] == 0:
        return None
    # A conformal conic's far pole lies at infinity, and beyond 4 radii nothing is compared.
    if name == "lambert-conformal-conic" and math.hypot(x, y) > 4:
        return None
    if not limits(name, x, y):
        return [*head, "", ""]
    return [*head, repr(x), repr(y)]


def main():
    path = pathlib.Path(__file__).with_name("projections.csv")
    with path.open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["projection", "center_lon", "center_lat", "parallel_1", "parallel_2", "lon", "lat", "x", "y"])
        out.writerows(r for r in rows() if r is not None)


main()
