"""Writes the tables of places, names, aggregates and regions.

Takes the codes of i18n-iso-countries, names and regions of CLDR, the reviewed tables in `reviewed/`,
and the 10m polygons for areas and label points.
"""

import csv

from atlas_source import DATA, HERE, read_json
from measure import area, label_point

LANGUAGES = ["en", "es", "fr", "pt", "pt-PT", "de", "it", "nl", "ru", "ar", "zh", "zh-Hant", "ja", "hi", "tr"]

# UN M49 names of regions and subregions.
CONTINENTS = {"002": "Africa", "019": "Americas", "142": "Asia", "150": "Europe", "009": "Oceania"}
SUBREGIONS = {
    "015": "Northern Africa", "014": "Eastern Africa", "017": "Middle Africa", "018": "Southern Africa",
    "011": "Western Africa", "021": "Northern America", "013": "Central America", "029": "Caribbean",
    "005": "South America", "143": "Central Asia", "030": "Eastern Asia", "035": "South-eastern Asia",
    "034": "Southern Asia", "145": "Western Asia", "151": "Eastern Europe", "154": "Northern Europe",
    "039": "Southern Europe", "155": "Western Europe", "053": "Australia and New Zealand",
    "054": "Melanesia", "057": "Micronesia (region)", "061": "Polynesia",
}
# Places that CLDR does not know, or puts nowhere.
SUBREGION_OF = {
    "CPT": "013", "XAK": "145", "XDK": "145", "XNC": "145", "XSO": "014", "XSG": "034",
    "XSP": "035", "XSR": "035", "XSB": "029", "XBN": "029",
}
# Further unions of subregions that CLDR states, with the names under which they are asked for.
GROUPINGS = [
    (["North America"], "003", "UN M49: Northern and Central America and the Caribbean"),
    (["Sub-Saharan Africa"], "202", "UN M49: Africa without Northern Africa"),
    (["Latin America", "Latin America and the Caribbean", "Latin America & Caribbean"], "419",
     "UN M49: South and Central America and the Caribbean"),
    (["EU", "E.U.", "European Union", "EU-27", "EU27"], "EU", "members of the European Union since 2020"),
    (["Eurozone", "Euro area", "Euro zone"], "EZ", "states whose currency is the euro since 2026"),
    (["UN", "UN members", "United Nations"], "UN", "member states of the United Nations"),
]
EURO_SINCE_CLDR = ["HR", "BG"]  # 2023 and 2026; not yet in CLDR 48
REGION_ALIASES = {
    "South-eastern Asia": ["Southeast Asia", "South East Asia"], "Eastern Asia": ["East Asia"],
    "Southern Asia": ["South Asia"], "Western Asia": ["West Asia"], "Northern Africa": ["North Africa"],
    "Eastern Africa": ["East Africa"], "Western Africa": ["West Africa"], "Middle Africa": ["Central Africa (region)"],
    "Australia and New Zealand": ["Australasia"], "Caribbean": ["West Indies"],
}


def reviewed(name):
    """The rows of a reviewed table; a row with the wrong number of cells is an error."""
    with open(HERE / "reviewed" / name, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise ValueError(f"reviewed/{name}:{number}: {len(row)} cells, expected {len(rows[0])}")
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def write_table(path, header, rows):
    path = DATA / path
    path.parent.mkdir(exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{path.name}: {len(rows)} rows")


def territories(language):
    content = read_json("cldr-localenames-full", "main", language, "territories.json")
    return content["main"][language]["localeDisplayNames"]["territories"]


def plain(name):
    """A CLDR name as a newspaper prints it."""
    return name.replace(" & ", " and ").replace("’", "'")


def iso():
    """`{alpha-3: (alpha-2, numeric)}` of ISO 3166-1, and the user-assigned codes in use."""
    codes = {a3: (a2, n) for a2, a3, n, _ in read_json("i18n-iso-countries", "codes.json") if a2 != "XK"}
    return codes | {"XKX": ("XK", ""), "CPT": ("CP", "")}


def containment():
    groups = read_json("cldr-core", "supplemental", "territoryContainment.json")
    return {k: v["_contains"] for k, v in groups["supplemental"]["territoryContainment"].items()}


def countries():
    """Rows of countries and territories without measures, by code."""
    english, codes, groups = territories("en"), iso(), containment()
    sub = {a2: m49 for m49 in SUBREGIONS for a2 in groups[m49]}
    continent = {m49: c for c in CONTINENTS for m49 in groups[c]}
    rows = {}
    for row in reviewed("countries.csv"):
        code = row["code"]
        alpha2, numeric = codes.pop(code, ("", ""))
        m49 = sub.get(alpha2) or SUBREGION_OF.get(code, "")
        short = english.get(f"{alpha2}-alt-short", "")
        name = row["name"] or plain(short if code in ("HKG", "MAC", "MMR", "PCN") else english[alpha2])
        rows[code] = {
            "code": code, "level": "country", "alpha2": alpha2, "numeric": numeric, "name": name,
            "short_name": row["short_name"] or name, "official": row["official"] or name,
            "kind": row["kind"], "sovereign": row["sovereign"] or code,
            "continent": CONTINENTS.get(continent.get(m49, ""), ""), "region": SUBREGIONS.get(m49, ""),
        }
    if codes:
        raise ValueError(f"not in reviewed/countries.csv: {sorted(codes)}")
    return rows


def states():
    """Rows of U.S. states and territories without measures, by code."""
    rows = {}
    for row in reviewed("us-states.csv"):
        code = f"US-{row['postal']}"
        rows[code] = {
            "code": code, "level": "us-state", "alpha2": row["postal"], "numeric": row["fips"],
            "name": row["name"], "short_name": row["short_name"] or row["name"], "official": row["name"],
            "kind": "state" if row["census_region"] and row["postal"] != "DC" else
                    "district" if row["postal"] == "DC" else "territory",
            "sovereign": "USA", "continent": "", "region": row["census_region"],
        }
    return rows


def write_places(rows, polygons):
    """`places.csv`: every place with its codes, names, regions, label point and area."""
    header = ["code", "level", "alpha2", "numeric", "name", "short_name", "official", "kind", "sovereign",
              "continent", "region", "label_lon", "label_lat", "area_km2"]
    out = []
    for code, row in sorted(rows.items(), key=lambda item: (item[1]["level"], item[0])):
        size = area(polygons[code])
        lon, lat = label_point(polygons[code])
        measures = {"label_lon": f"{lon:g}", "label_lat": f"{lat:g}",
                    "area_km2": f"{size:.0f}" if size >= 1000 else f"{size:.3g}"}
        out.append([{**row, **measures}[h] for h in header])
    write_table("places.csv", header, out)


def write_names(rows):
    """`names.csv`: other names by which a place is called, with language and source."""
    dropped = {(r["source"], r["lang"], r["code"], r["name"]) for r in reviewed("corrections.csv")}
    by_alpha2 = {r["alpha2"]: c for c, r in rows.items() if r["level"] == "country" and r["alpha2"]}
    out, seen = [], set()

    def add(code, name, language, source):
        name = name.strip()
        if (source, language, code, name) not in dropped and (code, name) not in seen and name:
            seen.add((code, name))
            out.append([code, name, language, source])

    for row in reviewed("names.csv"):
        for name in row["names"].split("|"):
            add(row["code"], name, "en", row["kind"])
    for row in reviewed("us-states.csv"):
        for name in filter(None, row["aliases"].split("|")):
            add(f"US-{row['postal']}", name, "en", "press")
    for language in LANGUAGES:
        for key, name in territories(language).items():
            if key[:2] in by_alpha2 and (len(key) == 2 or key[2:6] == "-alt"):
                add(by_alpha2[key[:2]], name, language, "cldr")
    for alpha2, names in read_json("i18n-iso-countries", "langs", "en.json")["countries"].items():
        for name in names if isinstance(names, list) else [names]:
            add(by_alpha2[alpha2], name, "en", "i18n-iso-countries")
    unknown = {row[0] for row in out} - set(rows)
    if unknown:
        raise ValueError(f"names of unknown places: {unknown}")
    write_table("names.csv", ["code", "name", "lang", "source"], sorted(out))


def write_regions(rows):
    """`regions.csv`: groups of places, with definition and members."""
    groups = containment()
    by_alpha2 = {r["alpha2"]: c for c, r in rows.items() if r["alpha2"] and r["level"] == "country"}
    countries = {c: r for c, r in rows.items() if r["level"] == "country"}
    out = []

    def add(names, definition, members, source):
        unknown = set(members) - set(rows)
        if unknown:
            raise ValueError(f"{names}: unknown members {unknown}")
        out.append(["|".join(names), definition, " ".join(sorted(members)), source])

    add(["World"], "every place", countries, "reviewed")
    for name in CONTINENTS.values():
        aliases = ["The Americas"] if name == "Americas" else []
        add([name, *aliases], "UN M49 region", [c for c, r in countries.items() if r["continent"] == name], "cldr")
    for name in SUBREGIONS.values():
        members = [c for c, r in countries.items() if r["region"] == name]
        add([name, *REGION_ALIASES.get(name, [])], "UN M49 subregion", members, "cldr")
    for names, key, definition in GROUPINGS:
        alpha2 = groups[key] + (EURO_SINCE_CLDR if key == "EZ" else [])
        regions = [SUBREGIONS[k] for m in alpha2 if m.isdigit() for k in (groups[m] if m not in SUBREGIONS else [m])
                   if k in SUBREGIONS]
        members = {by_alpha2[a] for a in alpha2 if not a.isdigit()}
        members |= {c for c, r in countries.items() if r["region"] in regions}
        add(names, definition, members, "cldr")
    for row in reviewed("regions.csv"):
        add(row["names"].split("|"), row["definition"], row["members"].split(), "reviewed")
    write_table("regions.csv", ["names", "definition", "members", "source"], out)


def write_groups():
    """`aggregates.csv`, `historical.csv` and `ambiguous.csv`: names that are no single present place."""
    rows = [[name, row["kind"]] for row in reviewed("aggregates.csv") for name in row["names"].split("|")]
    write_table("aggregates.csv", ["name", "kind"], sorted(set(map(tuple, rows))))
    rows = [[name, row["successors"], row["ended"]]
            for row in reviewed("historical.csv") for name in row["names"].split("|")]
    write_table("historical.csv", ["name", "successors", "ended"], sorted(rows))
    rows = [[row["name"], row["codes"], row["why"]] for row in reviewed("ambiguous.csv")]
    write_table("ambiguous.csv", ["name", "codes", "why"], rows)
