"""Writes the borders and the numbers of examples/own-borders.toml from two unpacked packages.

    npm pack us-atlas@3.0.1 vega-datasets@3.2.1        # unpack each into a folder of its name
    python3 data/recipe/own_borders.py us-atlas/package vega-datasets/package examples
"""
import csv
import json
import pathlib
import sys

atlas, tables, out = map(pathlib.Path, sys.argv[1:4])
MICHIGAN = "26"

topology = json.loads((atlas / "counties-10m.json").read_text())
counties = [g for g in topology["objects"]["counties"]["geometries"] if g["id"].startswith(MICHIGAN)]
used = {}


def renumbered(arcs):
    """The same arcs by their place among those that are kept."""
    if isinstance(arcs, list):
        return [renumbered(arc) for arc in arcs]
    at = used.setdefault(arcs if arcs >= 0 else ~arcs, len(used))
    return at if arcs >= 0 else ~at


for county in counties:
    county["arcs"] = renumbered(county["arcs"])
kept = {
    "type": "Topology",
    "transform": topology["transform"],
    "objects": {"counties": {"type": "GeometryCollection", "geometries": counties}},
    "arcs": [topology["arcs"][at] for at in used],
}
text = json.dumps(kept, separators=(",", ":"), ensure_ascii=False)
(out / "michigan-counties.topojson").write_text(text + "\n")

names = {county["id"]: county["properties"]["name"] for county in counties}
with open(tables / "data/unemployment.tsv") as file:
    rates = {row["id"].zfill(5): float(row["rate"]) for row in csv.DictReader(file, delimiter="\t")}
lines = [f"{fips},{names[fips]},{round(rates[fips] * 100, 1)}" for fips in sorted(names)]
(out / "michigan-unemployment.csv").write_text("fips,county,unemployment\n" + "\n".join(lines) + "\n")
