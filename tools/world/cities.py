"""The table of cities: where they are, how many people live there, what they are called.

Names are of two sorts. Names tagged with a language are those to print in it, first come
first. Names under `*` are other ways in which a text may write the city: other scripts,
for the languages that have no tag of their own, and other spellings in Latin letters.
"""

import re
import unicodedata
from collections import Counter, defaultdict

from countries import capitals, iso3_by_iso2
from hanzi import Simplifier, is_simplified
from languages import Locales
from sources import city_names, clean, corrections, fold

# Languages whose names are tagged for every city they have a name of. English is not among
# them: its usual name is the main one, and others are older or more official.
TAGGED = ("ar", "bg", "de", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "ko", "nl", "pl",
          "pt", "ru", "sw", "th", "tr", "uk", "ur", "vi", "zh", "zh-Hant")
# Those kept for places of fewer people too. The rest have names of small places mostly by
# machine, and their newspapers write about few of them, but for those of their own country.
EVERYWHERE = ("ar", "de", "es", "fa", "fr", "id", "ru", "tr", "uk", "vi", "zh")
# From this size on, all forms in other scripts are kept, and spellings in Latin letters that
# differ only a little.
SMALL = 100_000
# From this size on, every language in Latin letters keeps its own name of a city.
LARGE = 300_000

# Languages that CLDR covers well and hardly any newspaper is written in.
UNPRINTED = {"ak", "dsb", "gd", "hsb", "pcm", "qu", "rm"}

# The catalogues that hold traditional Chinese, best first.
TRADITIONAL = ("zh_TW", "yue")

# A name that begins with two capitals is a code or a transcript ("UEskuedar"); one with digits or
# separators is a note. Small letters at the start are a romanisation by machine.
NOTE = re.compile(r"[\d(){}\[\]/,;=|\"<>_*+:@]")
CODE = re.compile(r"[A-Z]{2}.*|[A-Z]\.?")

# The word for city, and what stands before it where it means a market and belongs to the
# name ("fourth-day market").
CITY_HAN, MARKET = "\u5e02", "\u65e5\u3005"
CITY_KOREAN = " \uc2dc"

# Where the first language is one of these, or is not written in Latin letters, the English
# name goes without marks, as newspapers print it.
PLAIN = ("en", "tr", "vi")
UNDECOMPOSED = {ord(letter): plain for letter, plain in
                zip("\u0110\u0111\u0131\u2019\u2018\u02bb\u02bc\u02be\u02bf", ("D", "d", "i", "'", "", "", "", "", ""))}
# An ending of GeoNames' names that says what sort of place it is: Suwon-si.
ENDINGS = {"KR": "-si"}

# Scripts that Unicode's character names split, under one name.
SCRIPT_NAMES = {"HIRAGANA": "JAPANESE", "KATAKANA": "JAPANESE", "KATAKANA-HIRAGANA": "JAPANESE"}
# The scripts of the languages that newspapers are written in; names in others are left out.
SCRIPTS_OF_LANGUAGES = {"ar": "ARABIC", "fa": "ARABIC", "ur": "ARABIC", "ps": "ARABIC", "sd": "ARABIC",
                        "ug": "ARABIC", "ru": "CYRILLIC", "uk": "CYRILLIC", "be": "CYRILLIC", "bg": "CYRILLIC",
                        "sr": "CYRILLIC", "mk": "CYRILLIC", "kk": "CYRILLIC", "ky": "CYRILLIC", "tg": "CYRILLIC",
                        "mn": "CYRILLIC", "he": "HEBREW", "el": "GREEK", "hy": "ARMENIAN", "ka": "GEORGIAN",
                        "am": "ETHIOPIC", "ti": "ETHIOPIC", "th": "THAI", "lo": "LAO", "km": "KHMER",
                        "my": "MYANMAR", "zh": "CJK", "ja": "JAPANESE", "ko": "HANGUL", "hi": "DEVANAGARI",
                        "mr": "DEVANAGARI", "ne": "DEVANAGARI", "bn": "BENGALI", "pa": "GURMUKHI",
                        "gu": "GUJARATI", "or": "ORIYA", "ta": "TAMIL", "te": "TELUGU", "kn": "KANNADA",
                        "ml": "MALAYALAM", "si": "SINHALA", "dz": "TIBETAN", "dv": "THAANA"}


PRINTED = frozenset(SCRIPTS_OF_LANGUAGES.values()) | {"LATIN"}


def scripts(text):
    """The scripts of the text's letters, by their names in Unicode."""
    found = set()
    for letter in text:
        if letter.isalpha():
            name = unicodedata.name(letter, "?").split()[0]
            if name != "MODIFIER":
                found.add(SCRIPT_NAMES.get(name, name))
    return found


def trim(name):
    """The name without the district or the explanation that some add: "Springfield, Ohio"."""
    return re.split(r"\s*[,\u060c\uff0c(\uff08]", name.strip())[0]


def usable(name):
    """Whether the name is one that a text would print."""
    found = scripts(name)
    if NOTE.search(name) or not found or not found <= PRINTED or len(found) > 1 and not found <= {"CJK", "JAPANESE"}:
        return False
    if "LATIN" in found:
        return len(name) > 2 and name.lstrip("'’‘ʻʼ`")[:1].isupper() and not CODE.fullmatch(name)
    return len(name) > 1


def comparable(name):
    """What two spellings of a name share. Only Latin letters can do without their marks."""
    return fold(name) if scripts(name) == {"LATIN"} else clean(name.casefold())


def distance_within(a, b, limit):
    """Whether at most `limit` letters have to be changed to turn one word into the other."""
    if abs(len(a) - len(b)) > limit:
        return False
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1] <= limit


def same_with_more(longer, shorter):
    """Whether a name is another one with words around it: "City of Taguig" and "Taguig"."""
    return fold(shorter) != fold(longer) and f" {shorter.casefold()} " in f" {longer.casefold()} "


def without_city(name):
    """The name without the word for city that Chinese, Japanese and Korean put at its end."""
    if len(name) > 2 and name[-1] == CITY_HAN and name[-2] not in MARKET:
        return name[:-1]
    return name.removesuffix(CITY_KOREAN)


class Names:
    """All that the sources call a city, by language."""

    def __init__(self, cldr, geonames, cities):
        # The languages that CLDR covers well and that are written in Latin letters.
        locales = Locales(cldr)
        self.covered = {language for language, level in cldr.coverage().items() if level == "modern"} - UNPRINTED
        self.latin = {language for language in self.covered if locales.script(language) == "Latn"}
        self.by_language = geonames.names_by_language()
        self.simplifier = Simplifier(cldr, cities)
        self.by_hand = city_names()
        self.exemplars = self.zone_cities(cldr, cities)
        # The countries that a name is the name of: in one language, and in any.
        self.countries = defaultdict(set)
        for locale in cldr.locales():
            parts = locale.split("-")
            languages = ["*"] + ["-".join(parts[:length]) for length in range(1, len(parts) + 1)]
            for code, name in cldr.territories(locale).items():
                if code[0].isalpha():
                    for language in languages:
                        self.countries[language, comparable(name)].add(code[:2])

    def is_country(self, name, language="*", besides=""):
        """Whether a country is called so, another one than `besides`."""
        return bool(self.countries.get((language, comparable(name)), set()) - {besides})

    def zone_cities(self, cldr, cities):
        """CLDR names the cities that stand for time zones in every language: {id: {language: name}}."""
        def zones(locale):
            names = cldr.part("dates", locale, "timeZoneNames").get("dates", {}).get("timeZoneNames", {})
            found = {}

            def walk(node, path):
                for key, child in node.items():
                    if isinstance(child, dict):
                        walk(child, (*path, key))
                    elif key == "exemplarCity":
                        found[path] = child
            walk(names.get("zone", {}), ())
            return found

        # English spells out only the names that are not the zone's own.
        english = {path: path[-1].replace("_", " ") for locale in ("de", "ru", "zh") for path in zones(locale)}
        english.update(zones("en"))
        by_name = defaultdict(list)
        for key, city in cities.items():
            for name in {city["name"], self.by_language.get("en", {}).get(key, city["name"])}:
                by_name[fold(name)].append(city)
        ids = {}
        for path, name in english.items():
            near = [c for c in by_name[fold(name)] if c["timezone"].split("/")[0] == path[0]]
            if near:
                ids[path] = max(near, key=lambda c: (c["population"], -c["geonameid"]))["geonameid"]
        # Where a language has no name, CLDR repeats that of its root.
        root = zones("und")
        found = defaultdict(dict)
        for locale in cldr.locales():
            if locale != "en" and locale in self.covered | {*TAGGED}:
                for path, name in zones(locale).items():
                    if path in ids and name not in (root.get(path), path[-1].replace("_", " ")):
                        found[ids[path]][locale] = name
        return found

    def of(self, key, city):
        """[(language, name)] of the city, the better source first."""
        found = list(self.by_hand.get(key, []))
        found += [(language, name) for language, name in sorted(self.exemplars.get(key, {}).items())]
        for language, names in self.by_language.items():
            if key in names and language not in ("en", "zh", "zh_CN", *TRADITIONAL) and "_" not in language:
                name = trim(names[key])
                found += [(language, short) for short in [without_city(name)] if short != name]
                found.append((language, name))
        return found + self.chinese(key, city)

    def chinese(self, key, city):
        """The Chinese names in both scripts, without the word for city at their end."""
        written = []
        for language in ("zh_CN", "zh", *TRADITIONAL):
            name = self.by_language.get(language, {}).get(key)
            if name and scripts(name) == {"CJK"}:
                written.append(name)
        if not written and city["countrycode"] in ("CN", "TW", "HK", "MO"):
            written = [a for a in city["alternatenames"] if scripts(a) == {"CJK"}][:2]
        found = []
        for name in map(without_city, written):
            if is_simplified(name):
                found.append(("zh", name))
            else:
                found.append(("zh-Hant", name))
                found.append(("zh", self.simplifier.simplify(name)))
        return [(language, name) for language, name in found if name]


def plain(name):
    """A romanised name without its marks: "Şalālah" as "Salalah", "Đà Nẵng" as "Da Nang"."""
    letters = unicodedata.normalize("NFKD", name.translate(UNDECOMPOSED))
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return letters if letters.isascii() else name


def main_name(key, city, english, local, latin, fixed):
    """The usual English name: GeoNames' own, or the one it tags as English where that is plainer."""
    name = city["name"]
    if (str(key), "name") in fixed:
        return fixed[str(key), "name"]
    if english and usable(english) and not same_with_more(english, name):
        if english.isascii() and not name.isascii() or same_with_more(name, english):
            name = english
    name = name.removesuffix(ENDINGS.get(city["countrycode"], "\0"))
    return plain(name) if local[0] in PLAIN or local[0] not in latin else name


class Entry:
    """The names of one city as they go into the table."""

    def __init__(self, main):
        self.main = main
        self.tags = defaultdict(list)
        self.others = []

    def add(self, language, name):
        name = clean(name)
        forms = self.tags[language]
        if name and name != self.main and name not in forms:
            forms.append(name)

    def other(self, name):
        name = clean(name)
        if name and name != self.main and name not in self.others:
            self.others.append(name)

    def field(self):
        parts = [f"{language}={'|'.join(forms)}" for language, forms in sorted(self.tags.items()) if forms]
        if self.others:
            parts.append(f"*={'|'.join(sorted(self.others))}")
        return ";".join(parts)


def names_field(key, city, names, main, english, local):
    """The `names` column of one city."""
    entry = Entry(main)
    large = city["population"] >= SMALL or city["capital"]
    found = [(language, name) for language, name in names.of(key, city) if usable(name)]
    shared = Counter(name for _language, name in found)
    # GeoNames' own name, where it is not the usual English one, is the local one.
    if local[0] in names.latin and local[0] != "en" and usable(city["name"]):
        entry.add(local[0], city["name"])
    for name in (city["name"], english):
        name = name if local[0] in names.latin else plain(name)
        if usable(name) and fold(name) != fold(main) and not names.is_country(name):
            entry.other(name)
    for language, name in found:
        # A town named after a country would be taken for it; a capital is worth the doubt.
        if not city["capital"] and names.is_country(name, language, besides=city["countrycode"]):
            continue
        latin = scripts(name) == {"LATIN"}
        if language in TAGGED and (language in EVERYWHERE or large or language in local):
            entry.add(language, name)
        elif language not in TAGGED and latin:
            if language in names.latin and (city["population"] >= LARGE or city["capital"]):
                entry.add(language, name)
        elif language not in TAGGED and not names.is_country(name):
            entry.other(name)
        if latin and shared[name] >= 3 and not names.is_country(name):
            entry.other(name)
    add_alternates(entry, city, names, local, large)
    return entry.field()


def add_alternates(entry, city, names, local, large):
    """Adds the names that GeoNames has without a language, where they are worth their place."""
    own_scripts = {SCRIPTS_OF_LANGUAGES.get(language) for language in local}
    tagged = {form for forms in entry.tags.values() for form in forms}
    written = [scripts(form) for form in (*tagged, *entry.others)]
    known = {fold(entry.main)} | {fold(form) for form in tagged if form.isascii()}
    for name in map(trim, city["alternatenames"]):
        if not usable(name) or clean(name) in tagged or names.is_country(name):
            continue
        kind = scripts(name)
        if kind != {"LATIN"}:
            # For a small place one form is enough, and only in a script of its country.
            if large or kind & own_scripts and not any(kind <= other for other in written):
                entry.other(name)
                written.append(kind)
        elif large and len(name) > 4 and fold(name) not in known:
            if distance_within(fold(name), fold(entry.main), max(1, len(name) // 4)):
                known.add(fold(name))
                entry.other(name)


def kinds(cities, capital_ids):
    """`capital`, `admin` for the largest city of a first-level division, else `city`."""
    largest = {}
    for key, city in sorted(cities.items(), key=lambda item: (-item[1]["population"], item[0])):
        if city["admin1code"]:
            largest.setdefault((city["countrycode"], city["admin1code"]), key)
    admin = set(largest.values())
    return {key: "capital" if key in capital_ids else "admin" if key in admin else "city" for key in cities}


def rows(cldr, geonames):
    """The table's rows, sorted by GeoNames id."""
    codes = iso3_by_iso2(cldr, geonames)
    # The list holds a few smaller places, some of them by mistake.
    cities = {key: city for key, city in geonames.cities(15000).items() if city["population"] >= 15000}
    capital_rows = capitals(geonames)
    cities.update({city["geonameid"]: city for city in capital_rows.values()})
    kind = kinds(cities, {city["geonameid"] for city in capital_rows.values()})
    countries = geonames.countries()
    local = {iso2: [tag.split("-")[0] for tag in row["languages"].split(",")] for iso2, row in countries.items()}
    names = Names(cldr, geonames, cities)
    english = names.by_language.get("en", {})
    fixed = corrections()
    table = []
    for key, city in sorted(cities.items()):
        city["capital"] = kind[key] == "capital"
        first = english.get(key, "")
        languages = local[city["countrycode"]]
        main = clean(main_name(key, city, first, languages, names.latin, fixed))
        table.append((
            str(key),
            codes[city["countrycode"]],
            main,
            f"{city['latitude']:.3f}",
            f"{city['longitude']:.3f}",
            str(city["population"]),
            kind[key],
            names_field(key, city, names, main, first, languages),
        ))
    return table


def head(cldr):
    return [
        "Cities of 15,000 people and more, and all capitals: where they are and what they are called.",
        "Generated by tools/world/build.py for the Tidings authors; corrections go into tools/world/corrections.tsv.",
        f"Source: GeoNames, CC BY 4.0, changed: names chosen and cleaned. Some names: Unicode CLDR {cldr.version}, Unicode-3.0.",
        "id is GeoNames'; name is the usual English one; latitude and longitude are in degrees; kind is capital, admin",
        "(the largest city of a first-level division) or city. names: LANGUAGE=form|form;...;*=form|form. The first form of a",
        "language is the one to print; a language without a form prints the name. * are more forms, of no one language:",
        "other scripts and spellings. A form equal to the name is left out. \\u200c is the invisible character of that code.",
        "id\tiso3\tname\tlatitude\tlongitude\tpopulation\tkind\tnames",
    ]
