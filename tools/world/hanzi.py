"""Telling simplified from traditional Chinese, and turning the latter into the former.

GeoNames tags both as `zh`. Which one a name is, the two old character sets tell (GB 2312
holds the simplified characters, Big5 the traditional ones); which character stands for
which is learned from CLDR, which names the same things in both, and from hanzi.tsv.
"""

from collections import Counter, defaultdict

from sources import HERE


def encodable(text, charset):
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def is_simplified(text):
    return encodable(text, "gb2312")


def is_traditional(text):
    return encodable(text, "big5") and not is_simplified(text)


def strings(value, path=()):
    """All strings below a JSON value, by their path."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from strings(child, (*path, key))
    elif isinstance(value, str):
        yield path, value


class Simplifier:
    def __init__(self, cldr, cities):
        votes = defaultdict(Counter)
        for simple, other in self.pairs(cldr, cities):
            different = [(a, b) for a, b in zip(simple, other) if a != b]
            # Where most characters differ, the two are other words and not other spellings.
            if len(simple) == len(other) and len(different) * 2 <= len(simple) + 1:
                for a, b in different:
                    if is_simplified(a) and is_traditional(b):
                        votes[b][a] += 1
        self.table = {}
        for old, counts in votes.items():
            new, count = max(counts.items(), key=lambda item: (item[1], item[0]))
            # A single vote may come from two different words, and so may votes that disagree.
            if count >= 2 and count * 2 > sum(counts.values()):
                self.table[old] = new
        with open(HERE / "hanzi.tsv", encoding="utf-8") as lines:
            self.table.update(line.split() for line in lines if not line.startswith("#"))

    @staticmethod
    def pairs(cldr, cities):
        for package, file in (("localenames", "languages"), ("localenames", "territories"),
                              ("localenames", "scripts"), ("dates", "timeZoneNames"),
                              ("dates", "dateFields"), ("numbers", "currencies")):
            simple = dict(strings(cldr.part(package, "zh", file)))
            for other in ("zh-Hant", "zh-Hant-HK"):
                part = {tuple("zh" if step == other else step for step in path): text
                        for path, text in strings(cldr.part(package, other, file))}
                for path in sorted(simple.keys() & part.keys()):
                    yield simple[path], part[path]
        # A city's own alternate names hold many in both spellings.
        for key in sorted(cities):
            names = cities[key]["alternatenames"]
            old = [name for name in names if is_traditional(name)]
            new = [name for name in names if name and ord(name[0]) > 0x2E80 and is_simplified(name)]
            for a in new:
                for b in old:
                    if len(a) == len(b) >= 2:
                        yield a, b

    def simplify(self, text):
        """The text in simplified characters, or nothing where one is not known."""
        text = "".join(self.table.get(c, c) for c in text)
        return text if is_simplified(text) else ""
