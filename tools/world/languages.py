"""The base table: what CLDR knows of each language, in the few kinds that reading news needs.

A language stands under its own code (`pt`, `zh-Hant`). What its regional locales say otherwise
(Austria's Jänner, the Levant's month names in Arabic) joins the language's forms, since a
text's region is rarely known; script variants stay apart, since a text's script always is.
"""

import re

from adjectives import nationality_adjectives
from countries import iso3_by_iso2
from sources import clean

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS = (("day", "", range(-2, 3)), ("week", "week", range(-1, 2)),
         ("month", "month", range(-1, 2)), ("year", "year", range(-1, 2)))
SCRIPT = re.compile(r"[A-Z][a-z]{3}")
REGION = re.compile(r"[A-Z]{2}|[0-9]{3}")

# The root, two alphabets that no newspaper prints English in, and Haitian Creole, for which
# CLDR has a name and fills in French.
NOT_LANGUAGES = ("und", "en-Dsrt", "en-Shaw", "ht")

# Kinds whose forms stand for one key only: a regional form that already stands for another
# key of the language is left out ("mars" cannot be two months).
EXCLUSIVE = ("country", "month", "weekday")

# Names that CLDR writes as "one (other)" and where the other is a name of the whole
# country too; elsewhere the parentheses hold a sovereign, a part or an explanation.
TWO_NAMES = ("MM", "FK", "NZ", "VA", "CI", "TL")


class Locales:
    """Which locales make up which language, and what can be told from the code alone."""

    def __init__(self, cldr):
        self.cldr = cldr
        self.likely = cldr.supplemental("likelySubtags", "likelySubtags")
        groups = {}
        for locale in cldr.locales():
            parts = locale.split("-")
            language = parts[0]
            if len(parts) > 1 and SCRIPT.fullmatch(parts[1]):
                # The script that a language is written in anyway has the base's data.
                if parts[1] != self.script(language):
                    language += f"-{parts[1]}"
                parts.pop(1)
            if len(parts) > 1 and not REGION.fullmatch(parts[1]):
                # A variant (be-tarask) is one more way of writing its language. Polytonic
                # Greek and Valencian are no news language of their own either.
                parts.pop(1)
            groups.setdefault(language, []).append(locale)
        for locale in NOT_LANGUAGES:
            groups.pop(locale, None)
        # The plain code comes first, so that its forms are the first of each line.
        self.groups = {lang: sorted(all_, key=lambda l: (l.count("-"), l)) for lang, all_ in groups.items()}

    def _full(self, code):
        """The code with its likely script and region, as [language, script, region]."""
        full = self.likely.get(code) or self.likely.get(code.split("-")[0], "")
        return full.split("-")

    def script(self, language):
        """The ISO 15924 code, or nothing where CLDR does not know."""
        if "-" in language:
            return language.split("-")[1]
        full = self._full(language)
        return full[1] if len(full) == 3 else ""

    def region(self, language):
        full = self._full(language)
        return full[2] if len(full) == 3 else ""


class Rows:
    """The rows of one language: distinct forms by kind and key, in the order they came."""

    def __init__(self):
        self.forms = {}
        self.owner = {}

    def add(self, kind, key, form):
        """Adds a form where it is a new one and belongs to no other key of an exclusive kind."""
        form = clean(form)
        if not form:
            return
        if kind in EXCLUSIVE and self.owner.setdefault((kind, form.casefold()), key) != key:
            return
        forms = self.forms.setdefault((kind, str(key)), [])
        if form not in forms:
            forms.append(form)

    def has(self, *kinds):
        return any(kind in kinds for kind, _key in self.forms)


def add_countries(rows, names, codes):
    """Names by country: the display form, then short and variant ones."""
    for suffix in ("", "-alt-short", "-alt-variant"):
        for iso2, iso3 in codes.items():
            name = names.get(iso2 + suffix, "")
            if name and name != iso2:
                rows.add("country", iso3, name)


def split_parentheses(rows, codes):
    """Where a name explains itself in parentheses, adds it without them, if that is
    clear: "Congo (Kinshasa)" and "Congo (Brazzaville)" stay as they are."""
    two = {codes[iso2] for iso2 in TWO_NAMES}
    found = []
    for (kind, key), forms in rows.forms.items():
        if kind == "country":
            for form in forms:
                match = re.fullmatch(r"([^()（）]{3,}?)\s*[(（]([^()（）]{3,})[)）]", form)
                if match:
                    found.append((key, match[1]))
                    if key in two:
                        found.append((key, match[2]))
    owners = {}
    for key, form in found:
        owners.setdefault(form.casefold(), set()).add(key)
    for key, form in found:
        if len(owners[form.casefold()]) == 1:
            rows.add("country", key, form)


def calendar_forms(names, keys):
    """Month or weekday names by key: format wide, stand-alone wide, then abbreviated."""
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            forms = names.get(context, {}).get(width, {})
            for number, key in enumerate(keys, 1):
                form = forms.get(key, "")
                # A bare number, or CLDR's "M01" for want of a name, names nothing.
                if not re.fullmatch(r"(M|L)?\d+\.?", form):
                    yield number, form


def field_order(pattern):
    """The order of day, month and year in a numeric date pattern: dmy, mdy or ymd."""
    order = ""
    for letter in re.sub(r"'[^']*'", "", pattern):
        field = {"d": "d", "M": "m", "L": "m", "y": "y", "r": "y", "u": "y"}.get(letter, "")
        if field and field not in order:
            order += field
    return order if len(order) == 3 else ""


def add_dates(rows, cldr, locale, base):
    """Months, weekdays, halves of the day and words for days near today."""
    gregorian = cldr.gregorian(locale)
    months = [str(n) for n in range(1, 13)]
    for number, form in calendar_forms(gregorian.get("months", {}), months):
        rows.add("month", number, form)
    # CLDR's root says "Mon" to every language that has no names of its own.
    days = gregorian.get("days", {})
    if days.get("format", {}).get("wide", {}).get("mon") not in (None, "Mon"):
        for number, form in calendar_forms(days, WEEKDAYS):
            rows.add("weekday", number, form)
    if not base:
        return
    if rows.has("month", "weekday"):
        for half in ("am", "pm"):
            for width in ("wide", "abbreviated"):
                periods = gregorian.get("dayPeriods", {}).get("format", {}).get(width, {})
                for suffix in ("", "-alt-variant"):
                    rows.add(half, "-", periods.get(half + suffix, ""))
        formats = gregorian.get("dateFormats", {})
        for width in ("long", "short"):
            pattern = formats.get(width, "")
            # A pattern with digits of its own comes with their name beside it.
            pattern = pattern["_value"] if isinstance(pattern, dict) else pattern
            rows.add("datepattern", width, pattern)
            if width == "short":
                rows.add("order", "-", field_order(pattern))


def relative_words(cldr, locale):
    fields = cldr.part("dates", locale, "dateFields").get("dates", {}).get("fields", {})
    for unit, prefix, offsets in UNITS:
        for offset in offsets:
            word = fields.get(unit, {}).get(f"relative-type-{offset}", "")
            key = f"{prefix}{offset}" if offset < 0 or not prefix else f"{prefix}+{offset}"
            yield key, clean(word)


def native_digits(cldr, locale):
    """The ten digits that the language has beside 0-9, where it has any."""
    numbers = cldr.part("numbers", locale, "numbers").get("numbers", {})
    system = numbers.get("otherNumberingSystems", {}).get("native", "latn")
    known = cldr.supplemental("numberingSystems", "numberingSystems").get(system, {})
    return known.get("_digits", "") if system != "latn" else ""


def own_name(cldr, locale, language):
    languages = cldr.part("localenames", locale, "languages")
    names = languages.get("localeDisplayNames", {}).get("languages", {})
    return names.get(language, names.get(language.split("-")[0], ""))


def language_rows(cldr, locales, language, codes, root):
    rows = Rows()
    members = locales.groups[language]
    for locale in members:
        add_countries(rows, cldr.territories(locale), codes)
        add_dates(rows, cldr, locale, locale == members[0])
    split_parentheses(rows, codes)
    for locale in members:
        for key, word in relative_words(cldr, locale):
            if word != root.get(key):
                rows.add("relative", key, word)
    rows.add("name", "endonym", own_name(cldr, members[0], language))
    if not rows.has("country", "month", "weekday", "relative", "name"):
        return None
    rows.add("name", "english", own_name(cldr, "en", language))
    script = locales.script(language)
    rows.add("script", "-", script)
    rtl = cldr.scripts().get(script, {}).get("rtl") == "YES"
    rows.add("direction", "-", "rtl" if rtl else "ltr")
    rows.add("digits", "-", native_digits(cldr, members[0]))
    preferred = cldr.supplemental("calendarPreferenceData", "calendarPreferenceData")
    calendar = preferred.get(locales.region(language), ["gregorian"])[0]
    if calendar != "gregorian":
        rows.add("calendar", "-", calendar)
    for key, form in nationality_adjectives(cldr, members[0], rows.forms, codes):
        rows.add("currencyadjective", key, form)
    return rows.forms


def by_kind_and_key(entry):
    """Sorts the entries of one language; keys that are numbers by value, before words."""
    kind, key = entry
    number = key.lstrip("-").isdigit()
    return (kind, 0, int(key), "") if number else (kind, 1, 0, key)


def rows(cldr, geonames):
    """The table's rows, sorted by language, kind and key."""
    locales = Locales(cldr)
    codes = iso3_by_iso2(cldr, geonames)
    root = dict(relative_words(cldr, "und"))
    table = []
    for language in sorted(locales.groups):
        found = language_rows(cldr, locales, language, codes, root)
        for kind, key in sorted(found or {}, key=by_kind_and_key):
            table.append((language, kind, key, "|".join(found[kind, key])))
    return table


def head(cldr):
    return [
        "What CLDR knows of each language: its name, script, digits, countries, months, weekdays and relative days.",
        "Generated by tools/world/build.py for the Tidings authors; not to be edited: a language pack adds or overrides.",
        f"Source: Unicode CLDR {cldr.version}. Licence: Unicode-3.0.",
        "Forms are separated by |, the usual one first; \\u200c, \\u200d, \\u180e are the invisible characters of these codes.",
        "name endonym, name english; script (ISO 15924); direction ltr|rtl; digits: the ten native digits, 0 first;",
        "country ISO3 (KOS, EUU, UNO the United Nations); month 1-12; weekday 1-7, 1 is Monday; am, pm; calendar: the",
        "usual one where it is not the Gregorian; order: dmy, mdy, ymd of numeric dates; datepattern long and short, in",
        "CLDR's letters; relative -2..2 in days, and week-1, week+0, week+1, month.., year..; currencyadjective ISO3:",
        "adjectives of nationality, taken from the names of currencies. A key of - means that the kind has one entry.",
        "language\tkind\tkey\tforms",
    ]
