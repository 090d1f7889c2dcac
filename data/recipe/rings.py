"""Rings on the sphere, in whole ten-thousandths of a degree.

A vertex is an `(x, y)` pair of integers, so that neighbours which share it stay identical through
every step and in the files. A ring is a list of vertices without the closing repetition; the
interior lies to the left of the direction of travel (RFC 7946, exterior counter-clockwise). In the
*sphere form* a ring may step across the antimeridian; seam vertices have x = +UNIT180.
"""

UNIT = 10_000
X180 = 180 * UNIT
X360 = 360 * UNIT
Y90 = 90 * UNIT


def step(x0, x1):
    """The eastward step from x0 to x1 the short way, in (-180°, 180°]."""
    d = (x1 - x0) % X360
    return d - X360 if d > X180 else d


def unwrap(ring):
    """The ring with a continuous x; and how often it winds around the pole (-1, 0, 1)."""
    out = [ring[0]]
    x = ring[0][0]
    for (x0, _), (x1, y1) in zip(ring, ring[1:]):
        x += step(x0, x1)
        out.append((x, y1))
    x += step(ring[-1][0], ring[0][0])
    return out, (x - ring[0][0]) // X360


def area2(ring):
    """Twice the signed planar area of an unwrapped ring (positive: counter-clockwise)."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]))


def without_repeats(ring):
    """Drops vertices that repeat the one before."""
    return [v for k, v in enumerate(ring) if v != ring[k - 1]]


def split_at_touches(ring):
    """Splits a ring that visits a vertex twice into rings that do not; spikes (a b a) vanish.

    No vertex moves, so borders that are shared stay shared.
    """
    out, stack, seen = [], [], {}
    for v in ring:
        if v in seen:
            k = seen[v]
            loop = stack[k:]
            for w in loop[1:]:
                del seen[w]
            del stack[k + 1 :]
            if len(loop) >= 3:
                out.append(loop)
        else:
            seen[v] = len(stack)
            stack.append(v)
    if len(stack) >= 3:
        out.append(stack)
    return out


def inside(point, ring):
    """Whether a point lies inside an unwrapped ring (even-odd rule)."""
    px, py = point
    odd = False
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
        if (y0 > py) != (y1 > py) and px < x0 + (py - y0) * (x1 - x0) / (y1 - y0):
            odd = not odd
    return odd


def polygons_of(rings):
    """Groups rings (sphere form, interior to the left) into polygons: exterior first, then holes."""
    exteriors, holes = [], []
    for ring in rings:
        flat, winding = unwrap(ring)
        if winding or area2(flat) > 0:
            exteriors.append((ring, flat, winding))
        else:
            holes.append((ring, flat))
    polygons = [[ring] for ring, _, _ in exteriors]
    for hole, flat in holes:
        best = None
        for k, (_, outer, winding) in enumerate(exteriors):
            if winding or any(
                holds(outer, [(x + shift, y) for x, y in flat]) for shift in (-X360, 0, X360)
            ):
                size = float("inf") if winding else area2(outer)
                if best is None or size < best[0]:
                    best = (size, k)
        if best is not None:  # a hole outside every exterior is debris of quantisation
            polygons[best[1]].append(hole)
    return polygons


def holds(outer, hole):
    """Whether most of a hole's edge middles lie inside an exterior (it may touch it)."""
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(hole, hole[1:] + hole[:1])]
    return 2 * sum(inside(m, outer) for m in middles) > len(middles)


def heal_seam(rings):
    """Rings whose edges along the antimeridian or a pole are gone: chains are joined across."""
    whole, chains = [], []
    for ring in rings:
        ring = without_repeats([(X180, y) if abs(x) >= X180 else (x, y) for x, y in ring])
        if len(ring) < 3 or all(abs(y) > Y90 - UNIT // 10 for _, y in ring):
            continue  # Antarctica's degenerate ring at the pole
        seam = [a[0] == b[0] == X180 for a, b in zip(ring, ring[1:] + ring[:1])]
        if not any(seam):
            if any(x == X180 for x, _ in ring):
                start = next(k for k, (x, _) in enumerate(ring) if x == X180)
                ring = ring[start:] + ring[:start]
                cuts = [k for k, (x, _) in enumerate(ring) if x == X180] + [len(ring)]
                loop = ring + ring[:1]
                chains += [loop[a : b + 1] for a, b in zip(cuts, cuts[1:])]
            else:
                whole.append(ring)
            continue
        start = seam.index(True) + 1
        ring = ring[start:] + ring[:start]
        loop = ring + ring[:1]
        cuts = [k for k, (x, _) in enumerate(loop) if x == X180]
        if cuts[0] != 0:
            cuts.insert(0, 0)
        for a, b in zip(cuts, cuts[1:]):
            if b - a > 1:
                chains.append(loop[a : b + 1])
    return whole + join(chains)


def join(chains):
    """Joins chains that start and end on the antimeridian, each end to the nearest start beyond."""
    east = lambda chain, k: chain[k][0] > 0  # the neighbour of an end lies in the eastern hemisphere
    free = list(range(len(chains)))
    pairs = sorted(
        (abs(chains[a][-1][1] - chains[b][0][1]), a, b)
        for a in free
        for b in free
        if east(chains[a], -2) != east(chains[b], 1)
    )
    after, taken = {}, set()
    for gap, a, b in pairs:
        if a not in after and b not in taken and gap < UNIT // 10:
            after[a] = b
            taken.add(b)
    if len(after) != len(chains):
        raise ValueError(f"open ends on the antimeridian: {[(c[0], c[-1]) for c in chains]}")
    rings = []
    while free:
        first = k = free[0]
        ring = []
        while k in free:
            free.remove(k)
            ring += chains[k][:-1]
            chains[after[k]][0] = chains[k][-1]  # where they meet: the end's latitude wins
            k = after[k]
        ring[0] = chains[first][0]
        rings.append(without_repeats(ring))
    return rings


def cut_at_antimeridian(polygon):
    """The polygons of RFC 7946 §3.1.9: cut at ±180°, closed along the pole where one is inside."""
    flats = [unwrap(ring) for ring in polygon]
    if not any(w or min(x for x, _ in f) < -X180 or max(x for x, _ in f) > X180 or
               any(abs(x) == X180 for x, _ in f) for f, w in flats):
        return [polygon]
    whole, pieces = [], []
    for ring, (flat, _) in zip(polygon, flats):
        found = pieces_between_crossings(ring)
        if found is None:
            whole.append(ring)
        else:
            pieces += found
    if not pieces:
        return [polygon]
    return polygons_of_plane(close_along_edge(pieces) + whole)


def pieces_between_crossings(ring):
    """The parts of a ring between antimeridian crossings, or None where it has none."""
    loop = []
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
        loop.append((x0, y0))
        d = step(x0, x1)
        if abs(x0) != X180 and abs(x1) != X180 and not -X180 <= x0 + d <= X180:
            edge = X180 if d > 0 else -X180
            loop.append((X180, round(y0 + (y1 - y0) * (edge - x0) / d)))
    on = [k for k, (x, _) in enumerate(loop) if abs(x) == X180]
    if not on:
        return None
    loop = loop[on[0] :] + loop[: on[0]]
    on = [k - on[0] for k in on] + [len(loop)]
    loop.append(loop[0])
    pieces = []
    for a, b in zip(on, on[1:]):
        inner = loop[a + 1 : b]
        start = (X180 if inner[0][0] > 0 else -X180, loop[a][1])
        pieces.append([start] + inner + [(X180 if inner[-1][0] > 0 else -X180, loop[b][1])])
    return pieces


def close_along_edge(pieces):
    """Links pieces counter-clockwise along the edge of the plane: south edge, +180, north, -180."""

    def along(vertex):
        x, y = vertex
        return y + Y90 if x > 0 else 2 * Y90 + (Y90 - y)

    lap = 4 * Y90
    starts = sorted((along(p[0]), k) for k, p in enumerate(pieces))
    rings, free = [], set(range(len(pieces)))
    while free:
        first = k = min(free)
        ring = []
        while True:
            free.discard(k)
            ring += pieces[k]
            at = along(pieces[k][-1])
            gap, nxt = min(((s - at) % lap, n) for s, n in starts)
            end = at + gap
            for corner, vertex in ((2 * Y90, [(X180, Y90), (-X180, Y90)]),
                                   (lap, [(-X180, -Y90), (X180, -Y90)])):
                if at < corner < end:
                    ring += vertex
            k = nxt
            if k == first:
                break
        rings.append(without_repeats(ring))
    return rings


def polygons_of_plane(rings):
    """Groups planar rings (already cut) into polygons."""
    exteriors = [r for r in rings if area2(r) > 0]
    polygons = [[r] for r in exteriors]
    for hole in (r for r in rings if area2(r) < 0):
        owner = min((k for k, r in enumerate(exteriors) if holds(r, hole)),
                    key=lambda k: area2(exteriors[k]), default=None)
        if owner is not None:
            polygons[owner].append(hole)
    return polygons


def merged(rings):
    """The union of areas that touch along common edges: edges used in both directions vanish."""
    edges = {}
    for ring in rings:
        for a, b in zip(ring, ring[1:] + ring[:1]):
            if b in edges and a in edges[b]:
                edges[b].remove(a)
            else:
                edges.setdefault(a, []).append(b)
    out = []
    for start in [v for ring in rings for v in ring]:
        while edges.get(start):
            ring, v = [start], edges[start].pop()
            while v != start:
                ring.append(v)
                v = edges[v].pop()
            out += split_at_touches(ring)
    return out
