"""What must hold of the committed tables. Run: python3 -m unittest discover -s tools/world"""

import unicodedata
import unittest
import zlib
from pathlib import Path

WORLD = Path(__file__).resolve().parents[2] / "data" / "world"
TABLES = {"countries": 7, "base": 4, "cities": 8}
MOST_BYTES = {"countries": 50_000, "base": 2_700_000, "cities": 4_000_000}
MOST_DEFLATED = 3_500_000
NO_CAPITAL = {"ATA", "BVT", "EUU", "HMD", "TKL", "UMI"}
REGIONS = {"Africa", "Asia", "Europe", "North America", "South America", "Oceania"}


def text(table):
    return (WORLD / f"{table}.tsv").read_text(encoding="utf-8")


def rows(table):
    return [line.split("\t") for line in text(table).splitlines() if not line.startswith("#")]


def names(row):
    """The names of a city's row, by language."""
    parts = (part.split("=", 1) for part in row[7].split(";") if part)
    return {language: forms.split("|") for language, forms in parts}


class Tables(unittest.TestCase):
    def test_lines_have_all_columns_and_the_head_names_a_licence(self):
        for table, columns in TABLES.items():
            with self.subTest(table):
                self.assertEqual({len(row) for row in rows(table)}, {columns})
                head = "".join(line for line in text(table).splitlines(True) if line.startswith("#"))
                self.assertRegex(head, "Unicode-3.0|CC BY 4.0")

    def test_sizes_stay_under_their_limits(self):
        for table, most in MOST_BYTES.items():
            self.assertLess(len(text(table).encode()), most, table)
        packed = sum(len(zlib.compress(text(table).encode(), 9)) for table in TABLES)
        self.assertLess(packed, MOST_DEFLATED)

    def test_no_control_or_invisible_characters(self):
        for table in TABLES:
            found = {c for c in text(table) if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn")}
            self.assertEqual(found - set("\t\n"), set(), table)

    def test_text_is_composed_and_trimmed(self):
        for table in TABLES:
            self.assertTrue(unicodedata.is_normalized("NFC", text(table)), table)
            for row in rows(table):
                self.assertTrue(all(field == field.strip() for field in row), row)

    def test_rows_are_sorted_and_keys_stand_once(self):
        iso3 = [row[0] for row in rows("countries")]
        self.assertEqual(iso3, sorted(set(iso3)))
        cities = [int(row[0]) for row in rows("cities")]
        self.assertEqual(cities, sorted(set(cities)))
        base = [tuple(row[:3]) for row in rows("base")]
        self.assertEqual(len(base), len(set(base)))
        languages = [row[0] for row in rows("base")]
        self.assertEqual(languages, sorted(languages))


class Countries(unittest.TestCase):
    def test_every_code_is_there_with_its_region(self):
        table = {row[0]: row for row in rows("countries")}
        self.assertEqual(len(table), 251)
        for iso3 in ("KOS", "PSE", "HKG", "ATA", "EUU", "TWN", "ESH"):
            self.assertIn(iso3, table)
        self.assertNotIn("XKX", table)
        self.assertEqual({row[6] for row in table.values()}, REGIONS)

    def test_every_capital_is_a_city_of_its_country(self):
        cities = {row[0]: row for row in rows("cities")}
        for iso3, _iso2, name, capital, latitude, longitude, _region in rows("countries"):
            self.assertTrue(abs(float(latitude)) <= 90 and abs(float(longitude)) <= 180, name)
            self.assertEqual(capital == "", iso3 in NO_CAPITAL, name)
            if capital:
                self.assertEqual((cities[capital][1], cities[capital][6]), (iso3, "capital"), name)


class Base(unittest.TestCase):
    def setUp(self):
        self.forms = {tuple(row[:3]): row[3].split("|") for row in rows("base")}

    def test_forms_are_distinct_and_stand_for_one_key(self):
        owner = {}
        for (language, kind, key), forms in self.forms.items():
            self.assertEqual(len(forms), len(set(forms)), (language, kind, key))
            if kind in ("country", "month", "weekday"):
                for form in forms:
                    first = owner.setdefault((language, kind, form.casefold()), key)
                    self.assertEqual(first, key, (language, form))

    def test_known_values(self):
        self.assertEqual(self.forms["fa", "calendar", "-"], ["persian"])
        self.assertEqual(self.forms["ar", "direction", "-"], ["rtl"])
        self.assertEqual(self.forms["en", "order", "-"], ["mdy"])
        self.assertEqual(self.forms["uk", "month", "11"][:2], ["листопада", "листопад"])
        self.assertLessEqual({"يوليو", "تموز", "جويلية", "يوليوز"}, set(self.forms["ar", "month", "7"]))
        self.assertIn("Jänner", self.forms["de", "month", "1"])
        self.assertEqual(self.forms["vi", "country", "EGY"], ["Ai Cập"])
        self.assertIn("єгипетський", self.forms["uk", "currencyadjective", "EGY"])

    def test_a_language_has_all_months_and_weekdays_or_none(self):
        for kind, count in (("month", 12), ("weekday", 7)):
            held = {}
            for language, its_kind, key in self.forms:
                if its_kind == kind:
                    held.setdefault(language, set()).add(int(key))
            for language, keys in held.items():
                # Kako has one word for two of its months, which then names neither for sure.
                self.assertGreaterEqual(len(keys), count - (language == "kkj"), (language, kind))


class Cities(unittest.TestCase):
    def setUp(self):
        self.cities = {row[0]: row for row in rows("cities")}

    def test_places_and_kinds(self):
        codes = {row[0] for row in rows("countries")}
        for row in self.cities.values():
            self.assertIn(row[1], codes)
            self.assertIn(row[6], ("capital", "admin", "city"))
            self.assertTrue(abs(float(row[3])) <= 90 and abs(float(row[4])) <= 180, row)
            self.assertTrue(int(row[5]) >= 15_000 or row[6] == "capital", row)

    def test_names_are_well_formed(self):
        for row in self.cities.values():
            for language, forms in names(row).items():
                self.assertRegex(language, r"^(\*|[a-z]{2,3}(-[A-Z][a-z]{3})?)$")
                self.assertEqual(len(forms), len(set(forms)), row)
                for form in forms:
                    self.assertNotIn(form, ("", row[2]), row)
                    self.assertNotRegex(form.replace("\\u200c", "").replace("\\u200d", ""), r"[=;0-9()\\]")

    def test_well_known_names(self):
        known = {
            "360630": {"ar": "القاهرة", "fr": "Le Caire", "tr": "Kahire", "zh": "开罗", "hi": "कायरो"},
            "1581130": {"vi": "Hà Nội", "zh": "河内", "zh-Hant": "河內", "uk": "Ханой"},
            "1283240": {"zh": "加德满都", "ru": "Катманду", "fa": "کاتماندو"},
            "703448": {"uk": "Київ", "ar": "كييف"},
            "323786": {"ar": "أنقرة", "fa": "آنکارا"},
            "4140963": {"ar": "واشنطن", "zh": "华盛顿"},
        }
        for key, forms in known.items():
            for language, form in forms.items():
                self.assertIn(form, names(self.cities[key])[language])

    def test_no_town_bears_another_countrys_name(self):
        countries = {}
        for language, kind, key, forms in rows("base"):
            if kind == "country":
                for form in forms.split("|"):
                    countries[language, form.casefold()] = key
        for row in self.cities.values():
            if row[6] != "capital":
                for language, forms in names(row).items():
                    for form in forms:
                        self.assertIn(countries.get((language, form.casefold())), (None, row[1]), row)


if __name__ == "__main__":
    unittest.main()
