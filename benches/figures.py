#!/usr/bin/env python3
"""Measures Tidings on the sets that stand beside the repository and holds the figures to their floors.

usage: benches/figures.py [--binary target/release/tidings] [--only NAME] [--shared ../shared]
       benches/figures.py --quality

--quality measures each full language on what the repository holds, and on the dates of the sets beside it where they are to
be had, and writes data/languages/quality.tsv, which `tidings languages` prints.

Prints a line a set, and exits 1 where a figure falls short of its floor in tests/quality/floors.toml. Where the sets are
not to be had it says so in a line and exits 0.
"""
import argparse
import datetime
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

root = pathlib.Path(__file__).resolve().parent.parent
options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument('--binary', default=str(root / 'target/release/tidings'))
options.add_argument('--shared', default=str(root.parent / 'shared'))
options.add_argument('--only')
options.add_argument('--quality', action='store_true')
options = options.parse_args()
shared = pathlib.Path(options.shared)
score = shared / 'bench/score'

def run(command, **more):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, **more).stdout


QUALITY = '''\
# How well each full language does, as measured; nothing here is estimated. `tidings languages` prints it.
# Made by the Tidings authors: `python3 benches/figures.py --quality` writes it anew. Licence: MIT OR Apache-2.0.
# Columns: language, figure, value, of how many, on what, measured on which day, by which command.
# examples: the share that holds of the examples and cases that the pack carries itself.
# type, day, place, states, together: of samples/ in this language alone, the share of articles whose event has the right PLOVER type, day and
# place, F1 of the parties' states, and how well articles of one event are put together (BCubed F1).
# dates: the share of dates in spoken sentences of another project's tests whose days are right.
'''


def measured():
    """Rows of the table: language, figure, value, of how many, on what, command."""
    def cargo(test):
        command = ['cargo', 'test', '--quiet', '-p', 'tidings', '--test', test]
        result = subprocess.run(command, cwd=root, capture_output=True, text=True)
        return result.stdout, f'cargo test --test {test}'

    out, command = cargo('languages')
    for code, cases, gaps in re.findall(r'^(\S+): (\d+) examples and cases, (\d+) known gaps', out, re.M):
        yield code, 'examples', 1 - int(gaps) / int(cases), cases, 'its own examples and cases', command
    out, command = cargo('samples')
    for code, figures in re.findall(r'^samples (?!all)(\S+) (.*)', out, re.M):
        figures = dict(figure.split('=') for figure in figures.split())
        for figure, name in (('type', 'type'), ('day', 'day'), ('place', 'place'), ('states', 'states'), ('b3', 'together')):
            if figure in figures:
                yield code, name, float(figures[figure]), int(float(figures['articles'])), 'samples', command
    gold = shared / 'bench/times/phrases.jsonl'
    if gold.is_file():
        with tempfile.NamedTemporaryFile(suffix='.jsonl') as file:
            file.write(run([options.binary, 'interpret', '-'], input=run(['python3', score / 'input.py', gold])))
            file.flush()
            told = run(['python3', score / 'times.py', 'phrases', gold, file.name]).decode()
        texts = gold.read_text(encoding='utf-8').splitlines()
        for code, value in re.findall(r'\b([a-z]{2})=([0-9.]+)', told):
            count = sum(f'"lang": "{code}"' in line or f'"lang":"{code}"' in line for line in texts)
            if (root / 'data/languages' / code / 'language.toml').is_file():
                yield code, 'dates', float(value), count, 'phrases with dates', 'benches/figures.py --only times'


if options.quality:
    today = datetime.date.today().isoformat()
    rows = sorted(measured(), key=lambda row: row[0])
    text = ''.join(f'{c}\t{f}\t{v:.3f}\t{n}\t{on}\t{today}\t{by}\n' for c, f, v, n, on, by in rows)
    (root / 'data/languages/quality.tsv').write_text(QUALITY + text, encoding='utf-8')
    print(f'figures: {len(rows)} of {len({row[0] for row in rows})} languages written')
    sys.exit()
if not score.is_dir():
    print(f'figures: {shared} is not here, skipped')
    sys.exit()
floors = tomllib.load(open(root / 'tests/quality/floors.toml', 'rb'))['figures']
seeds = sorted(map(str, (shared / 'seeds').glob('*.txt')))


def lines_of(gold):
    """The input lines that a gold file stands for, without its answers."""
    return run(['python3', score / 'input.py', gold])


def tidings(*arguments, **more):
    return run([options.binary, *arguments], **more)


# Each set: how its output is made, and how the scorer is called on the file that holds it.
sets = {
    'seeds': (lambda: tidings('digest', '--format', 'jsonl', *seeds), lambda f: ['seeds.py', shared / 'seeds', f]),
    'seeds-articles': (lambda: tidings('extract', *seeds), lambda f: ['seeds.py', shared / 'seeds', '--articles', f]),
    'news': (
        lambda: tidings('digest', '--format', 'jsonl', '-', input=run(['python3', score / 'news.py', shared / 'news', '--input'])),
        lambda f: ['news.py', shared / 'news', f],
    ),
}
for name in ('itn', 'twins'):
    gold = shared / f'bench/merging/{name}.jsonl'
    sets[name] = (
        lambda gold=gold: tidings('digest', '--format', 'jsonl', '-', input=lines_of(gold)),
        lambda f, gold=gold: ['merging.py', gold, f],
    )
copies = shared / 'bench/lineage/copies.jsonl.gz'
sets['copies'] = (lambda: tidings('lineage', '-', input=lines_of(copies)), lambda f: ['lineage.py', copies, f])
for name in ('articles', 'segments', 'dates'):
    gold = shared / f'bench/reading/{name}.jsonl.gz'
    sets[f'reading-{name}'] = (
        lambda gold=gold: tidings('extract', '-', input=lines_of(gold)),
        lambda f, gold=gold, name=name: ['reading.py', name, gold, f],
    )
languages = shared / 'bench/reading/languages.jsonl'
sets['reading-languages'] = (
    lambda: tidings('extract', '-', input=lines_of(languages)),
    lambda f: ['reading.py', 'languages', languages, f],
)
phrases = shared / 'bench/times/phrases.jsonl'
sets['times'] = (
    lambda: tidings('interpret', '-', input=lines_of(phrases)),
    lambda f: ['times.py', 'phrases', phrases, f],
)
for name, gold, more in (
    ('events-en', 'en_plv_train', ['--pair', '--yield']),
    ('events-vi', 'vi_bkee_dev', []),
    ('events-ar-protest', 'ar_protest_detect', ['--only', 'PROTEST']),
    ('events-ar-assault', 'ar_assault_detect', ['--only', 'ASSAULT']),
):
    gold = shared / f'bench/events/{gold}.jsonl'
    sets[name] = (
        lambda gold=gold: tidings('interpret', '-', input=lines_of(gold)),
        lambda f, gold=gold, more=more: ['events.py', gold, f, *more],
    )

failed = False
for name, (make, call) in sets.items():
    if options.only not in (None, name):
        continue
    held = [f'{figure}={floor}' for figure, floor in floors.get(name, {}).items()]
    if not held and options.only is None:
        continue
    with tempfile.NamedTemporaryFile(suffix='.jsonl') as file:
        file.write(make())
        file.flush()
        command = call(file.name)
        result = subprocess.run(['python3', score / command[0], *command[1:], *held], capture_output=True, text=True)
    told = result.stdout.strip().splitlines() or [result.stderr.strip()]
    if result.returncode and told[-1].startswith('falls short'):
        told = told[-2:]
    print(f'{name}: ' + '; '.join(told[-2:] if result.returncode else told[-1:]))
    failed |= result.returncode != 0
sys.exit(failed)
