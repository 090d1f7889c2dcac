"""Areas and label points of polygons on the WGS84 ellipsoid.

Area: the ellipsoid is mapped to the sphere of equal area (authalic latitude, Snyder 1987, eq. 3-11
and 3-12), where the area left of an edge follows from the spherical excess. Label point: the pole
of inaccessibility of the largest polygon, in the Lambert azimuthal equal-area plane around it.
"""

import math

import shapely

from rings import UNIT, inside, unwrap

A = 6378.137  # km, WGS84
E2 = 0.00669437999014
E = math.sqrt(E2)


def q(sin_lat):
    return (1 - E2) * (
        sin_lat / (1 - E2 * sin_lat**2) - math.log((1 - E * sin_lat) / (1 + E * sin_lat)) / (2 * E)
    )


QP = q(1.0)
R2 = A * A * QP / 2  # squared radius of the authalic sphere, km²


def authalic(y):
    """Authalic latitude in radians of an integer latitude."""
    return math.asin(max(-1.0, min(1.0, q(math.sin(math.radians(y / UNIT))) / QP)))


def ring_area(ring):
    """Area in km² to the left of a ring in sphere form."""
    flat, winding = unwrap(ring)
    total = 0.0
    for (x0, y0), (x1, y1) in zip(flat, flat[1:] + [(flat[0][0] + winding * 3600000, flat[0][1])]):
        half = math.radians((x1 - x0) / UNIT) / 2
        t0, t1 = math.tan(authalic(y0) / 2), math.tan(authalic(y1) / 2)
        total += 2 * math.atan(math.tan(half) * (t0 + t1) / (1 + t0 * t1))
    if winding:  # the sum is relative to the equator; a cap ends at its pole
        return R2 * (2 * math.pi - abs(total))
    return R2 * -total


def area(polygons):
    return sum(ring_area(r) for p in polygons for r in p)


def plane(lon0, lat0):
    """Lambert azimuthal equal-area on the unit sphere and its inverse (Snyder 1987, eq. 24-2 … 20-14)."""
    lam0, phi0 = math.radians(lon0), math.radians(lat0)

    def forward(x, y):
        lam, phi = math.radians(x / UNIT) - lam0, math.radians(y / UNIT)
        c = math.sin(phi0) * math.sin(phi) + math.cos(phi0) * math.cos(phi) * math.cos(lam)
        k = math.sqrt(2 / max(1e-9, 1 + c))
        return (
            k * math.cos(phi) * math.sin(lam),
            k * (math.cos(phi0) * math.sin(phi) - math.sin(phi0) * math.cos(phi) * math.cos(lam)),
        )

    def inverse(px, py):
        rho = math.hypot(px, py)
        if rho == 0:
            return lon0, lat0
        c = 2 * math.asin(min(1.0, rho / 2))
        lat = math.asin(math.cos(c) * math.sin(phi0) + py * math.sin(c) * math.cos(phi0) / rho)
        lon = lam0 + math.atan2(
            px * math.sin(c),
            rho * math.cos(phi0) * math.cos(c) - py * math.sin(phi0) * math.sin(c),
        )
        return math.degrees((lon + math.pi) % (2 * math.pi) - math.pi), math.degrees(lat)

    return forward, inverse


def label_point(polygons):
    """Longitude and latitude of the pole of inaccessibility of the largest polygon, 3 decimals."""
    largest = max(polygons, key=lambda p: sum(ring_area(r) for r in p))
    flat, winding = unwrap(largest[0])
    if winding:
        lon0, lat0 = 0.0, -90.0
    else:
        xs, ys = [x for x, _ in flat], [y for _, y in flat]
        lon0, lat0 = (min(xs) + max(xs)) / 2 / UNIT, (min(ys) + max(ys)) / 2 / UNIT
    forward, inverse = plane(lon0, lat0)
    rings = [[forward(x, y) for x, y in r] for r in largest]
    shape = shapely.Polygon(rings[0], rings[1:])
    size = math.sqrt(shape.area)
    circle = shapely.maximum_inscribed_circle(shape, tolerance=size / 2000)
    lon, lat = inverse(*shapely.get_coordinates(circle)[0])
    return round(lon, 3), round(lat, 3)
