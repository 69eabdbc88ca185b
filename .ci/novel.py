#!/usr/bin/env python3
"""Speakers over a whole novel, against those that a reader marked; ends non-zero below the floor, which only ever rises.

    novel.py BINARY emma.txt tests/gold/emma-speakers.tsv

Each line of the marked file: where the quote's words begin, in code points, a tab, the names that are right, parted by `|`.
Marked by hand over five stretches of the book.
"""
import json, subprocess, sys

FLOORS = {"all": 0.935, "cue with a name": 0.96, "cue with a pronoun": 0.80, "no cue": 0.94, "sure": 0.98}

binary, novel, marked = sys.argv[1:4]
run = subprocess.run([binary, "extract", "--format", "jsonl", novel], stdout=subprocess.PIPE, check=True)
found = json.loads(run.stdout)
text = found["text"]
by_start = {q["content"][0][0]: q for q in found["quotes"]}
counts, missing = {}, 0


def count(row, right):
    ok, of = counts.get(row, (0, 0))
    counts[row] = (ok + right, of + 1)


for line in open(marked, encoding="utf-8"):
    start, names = line.rstrip("\n").split("\t")
    quote = by_start.get(int(start))
    if quote is None:
        missing += 1
        continue
    speaker = quote["speaker"] or {"name": "", "mention": None, "confidence": 0.0}
    right = speaker["name"] in names.split("|")
    mention = speaker["mention"] and text[slice(*speaker["mention"])].lower()
    row = "no cue" if not mention else "cue with a pronoun" if mention in ("he", "she") else "cue with a name"
    for name in ("all", row, *(["sure"] if speaker["confidence"] >= 0.9 else [])):
        count(name, right)

low = missing > 0
for row, floor in FLOORS.items():
    right, of = counts.get(row, (0, 0))
    below = of == 0 or right / of < floor
    low |= below
    print(f"{'BELOW' if below else 'ok   '} {row:20} {right:4} of {of:4}  {right / max(of, 1):.3f} (floor {floor})")
print(f"{missing} marked quotes not found")
sys.exit(1 if low else 0)
