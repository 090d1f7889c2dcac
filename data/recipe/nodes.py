"""Mends rings that quantisation made touch or cross themselves, without parting shared borders.

A vertex that lies on an edge becomes a vertex of that edge, and two edges that cross get a common
vertex (moved by at most half a ten-thousandth of a degree) - in every ring of every place that has
the edge. Then rings are divided where they visit a vertex twice, and loops that lie on the wrong
side of their own ring are dropped.
"""

import shapely

from rings import area2, holds, merged, polygons_of, split_at_touches, unwrap, X180, X360

PASSES = 4


def mended(places):
    """`{code: [polygon]}` with as few invalid places as can be had."""
    rings = {code: [r for p in polygons for r in p] for code, polygons in places.items()}
    for _ in range(PASSES):
        inserts = {}
        for parts in rings.values():
            find_nodes(parts, inserts)
        if not inserts:
            break
        for code, parts in rings.items():
            parts = [loop for ring in parts for loop in loops(noded(ring, inserts))]
            rings[code] = merged(parts) if has_common_edge(parts) else parts
    return {code: polygons_of(parts) for code, parts in rings.items()}


def has_common_edge(parts):
    edges = {(a, b) for r in parts for a, b in zip(r, r[1:] + r[:1])}
    return any((b, a) in edges for a, b in edges)


def edge_key(a, b):
    return (a, b) if a < b else (b, a)


def find_nodes(parts, inserts):
    """Collects in `inserts` the vertices that edges of one place must get."""
    edges = []
    for ring in parts:
        flat, _ = unwrap(ring)
        edges += zip(flat, flat[1:] + flat[:1])
    lines = shapely.linestrings([[a, b] for a, b in edges])
    first, second = shapely.STRtree(lines).query(lines, predicate="intersects")
    for i, j in zip(first.tolist(), second.tolist()):
        if i >= j:
            continue
        for edge, vertex in nodes_of(edges[i], edges[j]):
            home = lambda v: ((v[0] + X180 - 1) % X360 - X180 + 1, v[1])
            inserts.setdefault(edge_key(home(edge[0]), home(edge[1])), set()).add(home(vertex))


def nodes_of(p, q):
    """The vertices that two edges must get where they meet other than in a common end."""
    (a, b), (c, d) = p, q
    if {a, b} == {c, d}:
        return
    found = False
    for edge, ends, other in ((p, (a, b), (c, d)), (q, (c, d), (a, b))):
        for v in other:
            if v not in ends and turn(*ends, v) == 0 and between(v, *ends):
                found = True
                yield edge, v
    if found or {a, b} & {c, d}:
        return
    t, s = turn(c, d, a), turn(c, d, b)
    x = round(a[0] + (b[0] - a[0]) * t / (t - s))
    y = round(a[1] + (b[1] - a[1]) * t / (t - s))
    for edge, ends in ((p, (a, b)), (q, (c, d))):
        if (x, y) not in ends:
            yield edge, (x, y)


def turn(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def between(v, a, b):
    return (v[0] - a[0]) * (v[0] - b[0]) + (v[1] - a[1]) * (v[1] - b[1]) < 0


def noded(ring, inserts):
    """The ring with the vertices that its edges must get, in order along each edge."""
    out = []
    for a, b in zip(ring, ring[1:] + ring[:1]):
        out.append(a)
        more = inserts.get(edge_key(a, b))
        if more:
            out += sorted(more, key=lambda v: (v[0] - a[0]) ** 2 + (v[1] - a[1]) ** 2)
    return out


def loops(ring):
    """The loops of a ring that touches itself, without those on the wrong side of the largest."""
    parts = split_at_touches(ring)
    if len(parts) < 2:
        return parts
    flats = [unwrap(p)[0] for p in parts]
    sizes = [area2(f) for f in flats]
    main = max(range(len(parts)), key=lambda k: abs(sizes[k]))
    keep = [
        k == main or (sizes[k] > 0) != (holds(flats[main], flats[k]) == (sizes[main] > 0))
        for k in range(len(parts))
    ]
    return [p for p, k in zip(parts, keep) if k]
