"""Rings as chains of shared arcs, and arcs simplified so that neighbours stay neighbours.

Takes rings in the sphere form of `rings.py`. A vertex where two rings part is a junction; rings are cut at
junctions, and arcs that are the same but for their direction become one (Bostock, "How to Infer Topology", 2013).
Arcs are simplified by elimination of the vertex with the smallest triangle (Visvalingam and Whyatt, 1993); an arc
that then meets another one elsewhere than at its ends gets its vertices back.
"""

import heapq
import math

import shapely

from rings import UNIT, step, unwrap


class Arcs:
    """Arcs by number, and for each ring that was cut the list of `(arc, is reversed)`."""

    def __init__(self, rings):
        self.lines, self.known = [], {}
        junctions = junctions_of(rings)
        self.rings = [self.cut(ring, junctions) for ring in rings]

    def cut(self, ring, junctions):
        cuts = [k for k, v in enumerate(ring) if v in junctions] or [ring.index(min(ring))]
        ring = ring[cuts[0]:] + ring[:cuts[0]]
        ends = [k - cuts[0] for k in cuts] + [len(ring)]
        loop = ring + ring[:1]
        return [self.refer(tuple(loop[a:b + 1])) for a, b in zip(ends, ends[1:])]

    def refer(self, line):
        is_reversed = line[::-1] < line
        line = line[::-1] if is_reversed else line
        if line not in self.known:
            self.known[line] = len(self.lines)
            self.lines.append(line)
        return self.known[line], is_reversed

    def ring(self, references, lines):
        """A ring put together again from `lines`, one for each arc."""
        out = []
        for arc, is_reversed in references:
            out += (lines[arc][::-1] if is_reversed else lines[arc])[:-1]
        return out


def junctions_of(rings):
    neighbours, junctions = {}, set()
    for ring in rings:
        for a, v, b in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1]):
            pair = (a, b) if a < b else (b, a)
            if neighbours.setdefault(v, pair) != pair:
                junctions.add(v)
    return junctions


def simplified(lines, limits):
    """All arcs without vertices whose triangle is below the limit of each in km²; none meets another but at its ends."""
    lines, limits = [list(line) for line in lines], list(limits)
    out = [thinned(line, limit) for line, limit in zip(lines, limits)]
    while bad := {k for k in conflicts(out) if limits[k]}:
        for k in bad:
            limits[k] = limits[k] / 8 if limits[k] > 1e-4 else 0
            out[k] = thinned(lines[k], limits[k])
    return out


def thinned(line, smallest):
    """The line without vertices of small triangles; a closed one keeps at least four."""
    left = len(line) - (5 if line[0] == line[-1] else 2)
    points = plane(line)
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    sizes = [0.0] * len(line)

    def size(k):
        (x0, y0), (x1, y1), (x2, y2) = points[before[k]], points[k], points[after[k]]
        return abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)) / 2

    heap = []
    for k in range(1, len(line) - 1):
        sizes[k] = size(k)
        heap.append((sizes[k], k))
    heapq.heapify(heap)
    gone = bytearray(len(line))
    while heap and left > 0:
        area, k = heapq.heappop(heap)
        if gone[k] or area != sizes[k]:
            continue
        if area >= smallest:
            break
        gone[k] = 1
        left -= 1
        a, b = before[k], after[k]
        after[a], before[b] = b, a
        for n in (a, b):
            if 0 < n < len(line) - 1:
                sizes[n] = max(size(n), area)
                heapq.heappush(heap, (sizes[n], n))
    return [v for v, g in zip(line, gone) if not g]


def plane(line):
    """Vertices in km, true to area around each."""
    km = 111.2 / UNIT
    x, out = line[0][0], []
    for (x0, _), (x1, y1) in zip(line[:1] + line, line):
        x += step(x0, x1)
        out.append((x * km * math.cos(math.radians(line[0][1] / UNIT)), y1 * km))
    return out


def conflicts(lines):
    """Arcs that meet another one, or themselves, elsewhere than at a common vertex."""
    ends, owner = [], []
    for k, line in enumerate(lines):
        flat = unwrap(line)[0]
        ends += zip(flat, flat[1:])
        owner += [k] * (len(flat) - 1)
    segments = shapely.linestrings([[a, b] for a, b in ends])
    first, second = shapely.STRtree(segments).query(segments, predicate="intersects")
    bad = set()
    for i, j in zip(first.tolist(), second.tolist()):
        if i < j and meets(ends[i], ends[j]):
            bad |= {owner[i], owner[j]}
    return bad


def meets(p, q):
    """Whether two edges that touch do so other than in one common end."""
    common = set(p) & set(q)
    if len(common) != 1:
        return True
    (c,) = common
    (a,) = set(p) - common
    (b,) = set(q) - common
    cross = (a[0] - c[0]) * (b[1] - c[1]) - (a[1] - c[1]) * (b[0] - c[0])
    return cross == 0 and (a[0] - c[0]) * (b[0] - c[0]) + (a[1] - c[1]) * (b[1] - c[1]) > 0
