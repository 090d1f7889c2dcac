"""Writes the example tables in `data/indicators/`: real figures, with the gaps that they have."""

import csv

from atlas_source import CACHE, read_json
from measure import area
from places import write_table

# CLDR carries estimates for these that are years older than the rest, or none: left empty.
UNRELIABLE_GDP = {"ERI", "PRK", "SYR", "YEM", "VEN", "SSD", "CUB", "ESH"}


def write_world(rows):
    """GDP (PPP) and population of states from CLDR's territory information."""
    info = read_json("cldr-core", "supplemental", "territoryInfo.json")["supplemental"]["territoryInfo"]
    out = []
    for code, row in sorted(rows.items(), key=lambda item: item[1]["name"]):
        if row["level"] != "country" or row["kind"] not in ("state", "de facto state") or code in ("XNC", "XSO"):
            continue
        entry = info.get(row["alpha2"], {})
        people, gdp = float(entry.get("_population", 0)), float(entry.get("_gdp", 0))
        known = gdp > 0 and people > 0 and code not in UNRELIABLE_GDP
        out.append([row["name"], code, f"{people:.0f}" if people else "",
                    f"{gdp / 1e9:.6g}" if known else "", f"{round(gdp / people, -1):.0f}" if known else ""])
    write_table("indicators/gdp-per-person.csv",
                ["country", "code", "population", "gdp_ppp_billion_usd", "gdp_per_person_ppp_usd"], out)


def write_us(rows, polygons):
    """Population of U.S. states (Census estimate, July 2016) and people per km²."""
    path = CACHE / "vega-datasets" / "data" / "population_engineers_hurricanes.csv"
    with open(path, encoding="utf-8", newline="") as file:
        people = {int(r["id"]): int(r["population"]) for r in csv.DictReader(file)}
    out = []
    for code, row in sorted(rows.items(), key=lambda item: item[1]["name"]):
        if row["level"] == "us-state" and int(row["numeric"]) in people:
            number = people[int(row["numeric"])]
            out.append([row["name"], row["alpha2"], number, f"{number / area(polygons[code]):.3g}"])
    write_table("indicators/us-states-population.csv",
                ["state", "postal", "population_2016", "people_per_km2"], out)
