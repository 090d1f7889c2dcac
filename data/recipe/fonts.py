"""Subsets the bundled fonts: fonts.py CACHE OUT.

Libre Franklin keeps every character it has (Latin with Vietnamese, Cyrillic, punctuation, currency); Inter, the
second family, only those it adds: Greek, the remaining Latin and Cyrillic letters, arrows and signs. Both keep
kerning and mark positioning. Features that a browser does not apply by itself, and `locl` and `rvrn`, which
depend on things that the figure's own measure does not know, are left out, so that both measure alike.
Hints, glyph names and style tables are dropped. The fonts keep their names: neither reserves one.
"""

import sys
from fontTools import subset
from fontTools.ttLib import TTFont

PRIMARY = ["400Regular", "500Medium", "600SemiBold", "700Bold", "400Regular_Italic", "600SemiBold_Italic"]
SECONDARY = ["400Regular", "600SemiBold"]
# What the second family adds, in Unicode blocks and single signs.
ADDED = [
    (0x0180, 0x024F),  # Latin Extended-B
    (0x0253, 0x0254),  # letters of African alphabets, here and below
    (0x0256, 0x0257),
    (0x0259, 0x025B),
    (0x0260, 0x0269),
    (0x0272, 0x0272),
    (0x0289, 0x028B),
    (0x0294, 0x0294),
    (0x02B0, 0x02FF),  # modifier letters (ʻokina and its kin)
    (0x0300, 0x036F),  # combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic and its supplement
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2010, 0x205F),  # punctuation
    (0x2070, 0x209C),  # superiors and inferiors
    (0x20A0, 0x20BF),  # currency
    (0x2103, 0x2109),  # degrees
    (0x2150, 0x215F),  # fractions
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x25A0, 0x25EF),  # geometric shapes
    (0x2605, 0x2606),  # stars
    (0x2713, 0x2717),  # ticks and crosses
]
FEATURES = ["ccmp", "liga", "kern", "mark", "mkmk"]
# Without a Cyrillic entry of its own every script takes the same rules, Latin kerning included.
SCRIPTS = ["DFLT", "latn"]


def characters(path):
    return set(TTFont(path).getBestCmap())


def write(source, target, unicodes):
    options = subset.Options(
        layout_features=FEATURES,
        layout_scripts=SCRIPTS,
        hinting=False,
        glyph_names=False,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17],
        name_languages=[0x409],
        recalc_timestamp=False,
    )
    options.drop_tables += ["STAT", "gasp"]
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(unicodes))
    subsetter.subset(font)
    subset.save_font(font, target, options)


def main(cache, out):
    has = characters(f"{cache}/libre-franklin/400Regular/LibreFranklin_400Regular.ttf")
    for cut in PRIMARY:
        source = f"{cache}/libre-franklin/{cut}/LibreFranklin_{cut}.ttf"
        write(source, f"{out}/LibreFranklin-{cut.replace('_', '')}.ttf", has)
    added = {c for first, last in ADDED for c in range(first, last + 1)} - has
    for cut in SECONDARY:
        source = f"{cache}/inter/{cut}/Inter_{cut}.ttf"
        write(source, f"{out}/Inter-{cut}.ttf", added & characters(source))


main(*sys.argv[1:])
