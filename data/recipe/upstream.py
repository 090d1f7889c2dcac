"""Names that published packages give to countries: CLDR, i18n-iso-countries, django-countries.

Each comes with its source and language, as it stands there; what is wrong is decided in `reviewed/corrections.csv`.
"""

import gettext
import re

from atlas_source import CACHE, read_json

# The languages of CLDR's "modern" coverage, and a few of their regional forms that differ.
LANGUAGES = (
    "en es fr pt pt-PT de it nl ru ar zh zh-Hant ja hi tr "
    "af am as az be bg bn bs ca cs cy da el en-GB es-419 es-MX et eu fa fi fil fr-CA ga gl gu he hr hu hy id is ka "
    "kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nn or pa pl ps ro sd si sk sl so sq sr sr-Latn sv sw ta te th tk "
    "uk ur uz vi yue zh-Hant-HK zu"
).split()

# Catalogues of django-countries, by the language tag under which their names are kept.
CATALOGUES = {
    "es": "es", "fr": "fr", "pt-PT": "pt_PT", "pt": "pt_BR", "de": "de", "it": "it", "nl": "nl", "ru": "ru", "ar": "ar",
    "zh": "zh_Hans", "zh-Hant": "zh_Hant", "ja": "ja", "tr": "tr_TR",
}


def territories(language):
    content = read_json("cldr-localenames-full", "main", language, "territories.json")
    return content["main"][language]["localeDisplayNames"]["territories"]


def names(by_alpha2):
    """Every name that the sources give to one of the alpha-2 codes: `(source, language, place, name)`."""
    for language in LANGUAGES:
        for key, name in territories(language).items():
            # a key without a translation stands for itself
            if key[:2] in by_alpha2 and (len(key) == 2 or key[2:6] == "-alt") and name != key:
                yield "cldr", language, by_alpha2[key[:2]], name.strip()
    for path in sorted((CACHE / "i18n-iso-countries" / "langs").glob("*.json")):
        for alpha2, names in read_json("i18n-iso-countries", "langs", path.name)["countries"].items():
            for name in names if isinstance(names, list) else [names]:
                if alpha2 in by_alpha2 and name.strip():
                    yield "i18n-iso-countries", path.stem, by_alpha2[alpha2], name.strip()
    for language, alpha2, name in django_names():
        if alpha2 in by_alpha2:
            yield "django-countries", language, by_alpha2[alpha2], name


def django_names():
    """Translations of the names of ISO 3166-1, of common and of older names, in django-countries."""
    package = CACHE / "django-countries" / "django_countries"
    english = [pair for file in ("data.py", "base.py") for pair in english_names((package / file).read_text("utf-8"))]
    for language, folder in CATALOGUES.items():
        with open(package / "locale" / folder / "LC_MESSAGES" / "django.mo", "rb") as file:
            catalogue = gettext.GNUTranslations(file)
        for alpha2, name in english:
            translated = catalogue.gettext(name).strip()
            if translated and translated != name:
                yield language, alpha2, translated


def english_names(text):
    """Pairs of code and name of lines such as `"NL": _("Netherlands"),` and `"TR": [_("Turkey")],`."""
    for line in re.findall(r'^\s*"[A-Z]{2}":.*$', text, re.MULTILINE):
        for name in re.findall(r'_\("([^"]+)"\)', line):
            yield line.strip()[1:3], name
