"""Writes the tables of places, names, aggregates and regions.

Takes the codes of i18n-iso-countries, names and regions of CLDR, the reviewed tables in `reviewed/`,
and the 10m polygons for areas and label points.
"""

import csv
import gzip
import unicodedata
from collections import Counter

from atlas_source import CACHE, DATA, HERE, read_json
from measure import area, label_point
from upstream import LANGUAGES, names as upstream_names, territories

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
# Entries of ISO 3166-1 that FIPS 10-4 has no code for: parts of their states, and outlying islands coded one by one.
WITHOUT_FIPS = {"AX", "BQ", "UM", "GZ"}
EURO_SINCE_CLDR = ["HR", "BG"]  # 2023 and 2026; not yet in CLDR 48
REGION_ALIASES = {
    "South-eastern Asia": ["Southeast Asia", "South East Asia"], "Eastern Asia": ["East Asia"],
    "Southern Asia": ["South Asia"], "Western Asia": ["West Asia"], "Northern Africa": ["North Africa"],
    "Eastern Africa": ["East Africa"], "Western Africa": ["West Africa"], "Middle Africa": ["Central Africa (region)", "Central Africa"],
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


def is_code_like(name):
    """A name that is two letters without accents, or somebody's code of another place, when it is compared."""
    folded = unicodedata.normalize("NFKD", name.lower())
    bare = "".join(c for c in folded if c.isalnum() and not unicodedata.combining(c))
    return bare.isascii() and bare.isalpha() and len(bare) <= 2


def write_names(rows):
    """`names.csv`: other names by which a place is called, with language and source.

    Each name is kept once; `upstream.csv` of the tests holds all that the sources say, so that a name which is left
    out must stand in `corrections.csv`.
    """
    corrections = reviewed("corrections.csv")
    # iso-codes is not bundled: a test alone reads it, and what is wrong there is listed with the rest
    decisions = {(r["code"], r["name"]): r for r in corrections if r["source"] != "iso-codes"}
    used, out, seen, raw = set(), [], set(), {}

    def add(code, name, language, source):
        if (code, name) not in seen and name:
            seen.add((code, name))
            out.append([code, name, language, source])

    for row in reviewed("names.csv"):
        for name in row["names"].split("|"):
            add(row["code"], name.strip(), row["lang"] or "en", row["kind"])
    for row in reviewed("us-states.csv"):
        for name in filter(None, row["aliases"].split("|")):
            add(f"US-{row['postal']}", name, "en", "press")
    kept = {name for _, name in seen}
    by_alpha2 = {r["alpha2"]: c for c, r in rows.items() if r["level"] == "country" and r["alpha2"]}
    for source, language, code, name in upstream_names(by_alpha2):
        raw.setdefault((code, name), (language, source))
        if (code, name) in decisions:
            used.add((code, name))
        elif is_code_like(name) and name not in kept:
            raise ValueError(f"not in corrections.csv: {source},{language},{code},{name} can be taken for a code")
        else:
            add(code, name, language, source)
    unknown = {row[0] for row in out} - set(rows)
    if unknown or used != set(decisions):
        raise ValueError(f"names of unknown places: {unknown}; not found: {set(decisions) - used}")
    write_table("names.csv", ["code", "name", "lang", "source"], sorted(out))
    lines = "".join(f"{code}\t{name}\t{lang}\t{source}\n" for (code, name), (lang, source) in sorted(raw.items()))
    write_compressed("../tests/names/upstream.tsv.gz", lines)
    header = list(corrections[0])
    write_table("../tests/names/reviewed.csv", header, sorted([list(r.values()) for r in corrections]))


def write_compressed(path, text):
    """A gzip without a time, so that a second run gives the same bytes."""
    path = DATA / path
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{path.name}: {text.count(chr(10))} rows")


def write_codes(rows):
    """`codes.csv`: codes of other systems than ISO 3166-1; FIPS 10-4 from CLDR, the rest reviewed."""
    out = [[r["system"], r["code"], r["place"]] for r in reviewed("codes.csv")]
    mapping = read_json("cldr-core", "supplemental", "codeMappings.json")["supplemental"]["codeMappings"]
    known = {(system, place) for system, _, place in out}
    for code, row in rows.items():
        alpha2 = row["alpha2"]
        if row["level"] == "country" and alpha2 and ("fips", code) not in known and alpha2 not in WITHOUT_FIPS:
            out.append(["fips", mapping.get(alpha2, {}).get("_fips10", alpha2), code])
    for code, row in rows.items():
        if row["level"] == "country" and row["alpha2"]:
            out.append(["eurostat", {"GRC": "EL", "GBR": "UK"}.get(code, row["alpha2"]), code])
    unknown = {place for _, _, place in out} - set(rows) - {"-"}
    twice = {k for k, n in Counter((s, c) for s, c, _ in out).items() if n > 1}
    if unknown or twice:
        raise ValueError(f"codes.csv: unknown {unknown}, twice {twice}")
    write_table("codes.csv", ["system", "code", "place"], sorted(out))


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
    for language in LANGUAGES:
        # CLDR names the regions of M49, the European Union, the euro area and the United Nations
        for key, name in territories(language).items():
            if (key.isdigit() or key[:2] in ("EU", "EZ", "UN")) and name != key and not (name.isascii() and len(name) < 4):
                rows.append([name.strip(), "cldr"])
    write_table("aggregates.csv", ["name", "kind"], sorted(set(map(tuple, rows))))
    rows = [[name, row["successors"], row["ended"]]
            for row in reviewed("historical.csv") for name in row["names"].split("|")]
    write_table("historical.csv", ["name", "successors", "ended"], sorted(rows))
    rows = [[row["name"], row["codes"], row["why"]] for row in reviewed("ambiguous.csv")]
    write_table("ambiguous.csv", ["name", "codes", "why"], rows)
    rows = [[name, row["within"], row["what"]] for row in reviewed("parts.csv") for name in row["names"].split("|")]
    write_table("parts.csv", ["name", "within", "what"], rows)
    for name in ("forms.csv", "groups.csv"):
        table = reviewed(name)
        write_table(name, list(table[0]), [list(row.values()) for row in table])
