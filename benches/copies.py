#!/usr/bin/env python3
"""Prints N documents made from the samples with names and dates changed, as JSON lines: the input of the speed figures.

usage: benches/copies.py [N] > copies.jsonl      (10,000 by default)
"""
import json
import pathlib
import random
import re
import sys

random.seed(7)
samples = pathlib.Path(__file__).resolve().parent.parent / 'samples'
texts = sorted(samples.glob('*/*.txt'))
for number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000):
    path = texts[number % len(texts)]
    text = path.read_text(encoding='utf-8')
    # Other days and other names, so that no two copies tell one event or are one text.
    text = re.sub(r'\b([12]?\d)\b(?!\d)', lambda m: str(random.randint(1, 28)), text)
    text = re.sub(r'\b(20[12]\d)\b', lambda m: str(random.randint(2010, 2025)), text)
    words = [w for w in set(re.findall(r'\b[A-ZÀ-Ý][a-zà-ÿ]{4,}\b', text))]
    for word in sorted(words)[:6]:
        text = text.replace(word, word[:2] + ''.join(random.choice('aeioulmnrst') for _ in range(len(word) - 2)))
    day = f'{random.randint(2010, 2025)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}'
    print(json.dumps({'id': f'copy-{number}', 'text': text, 'published': day}, ensure_ascii=False))
