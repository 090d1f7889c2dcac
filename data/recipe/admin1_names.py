"""Names of states and provinces, and regions that are made of them.

Takes the units of `admin1_source.py`, the English names of CLDR and the reviewed tables; gives the display name of
each unit, its other names with language, and unions of units that have a code of their own. The source took many
names from an encyclopaedia, where a province is easily mistaken for its capital, its region or the city of the same
name: a name that is better known for another unit of the same country, or that two units carry, is left out.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from atlas_source import read_json
from places import reviewed

LANGUAGES = ("ar bn de el en es fa fr he hi hu id it ja ko nl pl pt ru sv tr uk ur vi zh zht").split()
SUBTAGS = {"zht": "zh-Hant"}


@dataclass
class Region:
    """A union of units with a code of its own."""

    code: str
    country: str
    name: str
    type: str
    parts: list


def key(name):
    """A name without case, accents and marks, to find names that are the same."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in folded if c.isalnum() or unicodedata.category(c) == "Mc")


def cldr_english():
    """`{code: name}`; a note in the name (`Bay, Somalia`, `Zombo²`) is taken off."""
    content = read_json("cldr-subdivisions-full", "subdivisions", "en", "en.json")
    names = content["subdivisions"]["localeDisplayNames"]["subdivisions"]
    return {f"{k[:2]}-{k[2:]}".upper(): re.sub(r"[²³]|, Somalia$", "", v) for k, v in names.items()}


def other_codes(unit, english):
    """Codes that a unit had before, where no other unit has them now; postal and FIPS codes of U.S. states."""
    stated = {p["iso_3166_2"].rstrip("~") for _, _, p in unit.features}
    codes = {c for c in stated if c not in english and not c.startswith("-99") and "-X" not in c}
    codes |= {row["alias"] for row in reviewed("admin-1-codes.csv") if row["code"] == unit.code}
    return sorted(codes - {unit.code, "PH-MNL", "GL-UO", "BA-BIH", "BA-SRP", "KZ-ALA"})


def clean(name):
    """A name as the source has it, without notes in brackets and with plain apostrophes."""
    name = re.sub(r"\s*\[.*?\]", "", name or "").replace("’", "'").replace("`", "'")
    return " ".join(name.split()).strip(" ,;|")


def choose_names(found, regions, english):
    """Sets the English display name of each unit that nobody decided."""
    decided = {row["code"]: row["name"] for row in reviewed("admin-1-names.csv") if row["lang"] == "display"}
    by_country = defaultdict(list)
    for unit in found.values():
        by_country[unit.country].append(unit)
    for country, units in by_country.items():
        others = {key(english[c]): c for c in english if c[:2] == units[0].code[:2]}
        others |= {key(r.name): r.code for r in regions.values() if r.country == country}
        counts = defaultdict(int)
        for unit in units:
            counts[key(clean(unit.properties.get("name_en")))] += 1
        for unit in units:
            unit.name = decided.get(unit.code) or best_name(unit, english.get(unit.code, ""), others, counts)


def best_name(unit, cldr, others, counts):
    if unit.name != unit.properties.get("name"):
        return unit.name  # decided in reviewed/admin-1.csv
    local, english = clean(unit.name), clean(unit.properties.get("name_en"))
    if cldr and key(cldr) in (key(local), key(english)):
        return cldr
    if english and counts[key(english)] == 1 and others.get(key(english), unit.code) == unit.code:
        return cldr if cldr and key(cldr) in key(english) else english
    return local


def is_misnamed(unit, regions, english):
    """Whether the source's translations are of another unit or of the region around it."""
    own = clean(unit.properties.get("name_en"))
    if any(row["why"].startswith("the source has code and name") or "name of" in row["why"]
           for row in reviewed("admin-1.csv") if row["adm1_code"] == unit.properties["adm1_code"]):
        return True
    known = {key(english[c]) for c in english if c[:2] == unit.code[:2] and c != unit.code}
    known |= {key(r.name) for r in regions.values() if r.country == unit.country and r.parts != [unit.code]}
    mine = {key(english.get(unit.code, "")), key(clean(unit.name)), key(clean(unit.properties.get("name")))}
    return key(own) in known - mine


def candidates(unit, regions, english):
    """`(tier, language, name)` for all names of a unit; a lower tier is better known."""
    yield 0, "en", unit.name
    if unit.code in english:
        yield 1, "en", english[unit.code]
    properties = unit.properties
    misnamed = is_misnamed(unit, regions, english)
    if not misnamed:
        yield 1, "", properties.get("name")
        for language in LANGUAGES:
            yield 2, SUBTAGS.get(language, language), properties.get(f"name_{language}")
        for column in ("name_alt", "name_local", "woe_name", "gns_name"):
            for name in (properties.get(column) or "").split("|"):
                yield 2, "", name
    if properties["adm1_code"] == max(unit.features)[1]:
        yield 2, "", properties.get("gn_name")


def unit_names(found, regions):
    """Rows of code, name and language: names besides the display name, without those that are in doubt."""
    english = cldr_english()
    rows = defaultdict(list)
    for unit in found.values():
        for tier, language, name in candidates(unit, regions, english):
            rows[unit.country].append((tier, unit.code, language, clean(name)))
    for region in regions.values():
        rows[region.country].append((0, region.code, "en", region.name))
    for row in reviewed("admin-1-names.csv"):
        if row["lang"] == "type":
            continue
        owner = found.get(row["code"]) or regions.get(row["code"])
        if owner is None:
            raise ValueError(f"reviewed/admin-1-names.csv: no unit {row['code']}")
        for name in row["name"].split("|"):
            rows[owner.country].append((0, row["code"], row["lang"], name))
    out, dropped = [], 0
    for country in sorted(rows):
        kept, lost = without_doubt(rows[country])
        out += kept
        dropped += lost
    display = {(u.code, u.name) for u in [*found.values(), *regions.values()]}
    out = sorted({row for row in out if (row[0], row[1]) not in display and row[2] != "display"})
    print(f"admin-1: {dropped} names in doubt are left out")
    return once(out)


def without_doubt(rows):
    """The names that belong to one unit: `(code, name, language)`."""
    best = {}
    for tier, code, _, name in rows:
        best.setdefault(key(name), {}).setdefault(code, tier)
        best[key(name)][code] = min(tier, best[key(name)][code])
    kept, lost = [], 0
    for _, code, language, name in rows:
        owners = best[key(name)]
        if not key(name) or len(key(name)) == 1 or (name.isascii() and len(name) < 3):
            continue
        first = min(owners.values())
        # two names that are equally well known stay, and are ambiguous
        if owners[code] == first and (first < 2 or list(owners.values()).count(first) == 1):
            kept.append((code, name, language))
        else:
            lost += 1
    return kept, lost


def once(rows):
    """Each name of a unit once, with the first of its languages."""
    seen, out = set(), []
    for code, name, language in sorted(rows, key=lambda r: (r[0], r[1], r[2] == "", r[2])):
        if (code, name) not in seen:
            seen.add((code, name))
            out.append([code, name, language])
    return out


def regions_of(found):
    """Unions of units by code, from `reviewed/admin-1-regions.csv`: by a property of the source, or by a list."""
    english, out = cldr_english(), {}
    for row in reviewed("admin-1-regions.csv"):
        units = [u for u in found.values() if u.country == row["country"]]
        if row["property"]:
            parts = [u.code for u in units if u.properties.get(row["property"]) in row["values"].split("|")]
        else:
            parts = row["values"].split()
        unknown = set(parts) - set(found)
        if unknown or not parts:
            raise ValueError(f"reviewed/admin-1-regions.csv: {row['code']}: no parts, or unknown {unknown}")
        name = row["name"] or english[row["code"]]
        out[row["code"]] = Region(row["code"], row["country"], name, row["type"], sorted(parts))
    return dict(sorted(out.items()))
