"""Adjectives of nationality, read off the names of currencies.

CLDR has no list of such adjectives, but in most languages a currency is called by one:
«египетский фунт», "livre égyptienne". A word of a currency's name that begins as the
country's own name does is taken for its adjective.
"""

import re

from sources import clean

# Currencies of many countries, and those with a noun that looks like the country's name
# (the leone) or with a longer description in it (the convertible peso).
NOT_NATIONAL = ("USD", "EUR", "ANG", "SLE", "SLL", "CUC")


def words(text):
    return [word for word in re.split(r"[\s()\-–,/.]+", text) if word.isalpha()]


def common_prefix(a, b):
    length = 0
    for x, y in zip(a, b):
        if x != y:
            break
        length += 1
    return length


def is_adjective(word, country_words):
    """Whether the word begins like a word of the country's name and is not that word."""
    word = word.casefold()
    near = False
    for other in country_words:
        if word == other:
            return False
        shared = common_prefix(word, other)
        near = near or shared >= 4 or shared == 3 and len(other) <= 5
    return near


def nationality_adjectives(cldr, locale, forms, codes):
    """(ISO3, adjective) of one language; a word that would stand for two countries is left out."""
    numbers = cldr.part("numbers", locale, "currencies").get("numbers", {})
    # Words of several countries' names ("Republic", "South", "Islands") tell none of them.
    names = {key: {w.casefold() for form in all_ for w in words(form)}
             for (kind, key), all_ in forms.items() if kind == "country"}
    spread = {}
    for key, all_ in names.items():
        for word in all_:
            spread.setdefault(word, set()).add(key)
    found, owners = [], {}
    for code, entry in sorted(numbers.get("currencies", {}).items()):
        iso3 = codes.get(code[:2])
        if code in NOT_NATIONAL or iso3 not in names:
            continue
        own = {word for word in names[iso3] if len(spread[word]) == 1 and len(word) >= 4}
        for key in sorted(entry, key=lambda k: (k != "displayName", k)):
            if not key.startswith("displayName"):
                continue
            for word in words(clean(entry[key])):
                if is_adjective(word, own):
                    found.append((iso3, word))
                    owners.setdefault(word.casefold(), set()).add(iso3)
    first = {(iso3, word.casefold()): word for iso3, word in reversed(found)}
    return [(iso3, word) for iso3, word in found
            if len(owners[word.casefold()]) == 1 and first[iso3, word.casefold()] == word]
