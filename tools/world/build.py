#!/usr/bin/env python3
"""Builds the generated tables of data/world/ from CLDR and GeoNames.

Usage: build.py --source FOLDER [TABLE...]

FOLDER holds the unpacked packages that README.md names. TABLE is any of
countries, base and cities; without one, all are built.
"""

import argparse
from pathlib import Path

import cities
import countries
import languages
from sources import Cldr, GeoNames, write_table

WORLD = Path(__file__).resolve().parents[2] / "data" / "world"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, required=True, help="folder of the unpacked packages")
    parser.add_argument("--out", type=Path, default=WORLD, help="folder to write to")
    parser.add_argument("tables", nargs="*", metavar="TABLE", help="countries, base, cities")
    options = parser.parse_args()
    wanted = options.tables or ["countries", "base", "cities"]
    cldr, geonames = Cldr(options.source), GeoNames(options.source)
    if "countries" in wanted:
        write_table(options.out / "countries.tsv", countries.head(cldr), countries.rows(cldr, geonames))
    if "base" in wanted:
        write_table(options.out / "base.tsv", languages.head(cldr), languages.rows(cldr, geonames))
    if "cities" in wanted:
        write_table(options.out / "cities.tsv", cities.head(cldr), cities.rows(cldr, geonames))


if __name__ == "__main__":
    main()
