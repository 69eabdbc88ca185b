#!/usr/bin/env python3
"""Compares scores with the floors kept in floors.json; ends non-zero when one is below. Floors only ever rise.

    floors.py EVAL_FOLDER PREDICTIONS_FOLDER floors.json [OWN_FOLDER]

Data whose name begins with "own-" lies in OWN_FOLDER; the scorers are EVAL_FOLDER's.
"""
import json, pathlib, subprocess, sys

EVAL, PREDICTIONS, FLOORS = (pathlib.Path(a) for a in sys.argv[1:4])
OWN = pathlib.Path(sys.argv[4] if len(sys.argv) > 4 else "tests/gold")


def scores(kind, name):
    folder = OWN if name.startswith("own-") else EVAL
    gold = next((folder / kind).glob(f"{name}.jsonl*"))
    pred = PREDICTIONS / f"{name}.pred.jsonl"
    run = subprocess.run([sys.executable, str(EVAL / kind / "score.py"), str(gold), str(pred), "--json"],
                         stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)


def value(tree, path):
    for key in path.split("/"):
        tree = tree[int(key)] if isinstance(tree, list) else tree[key]
    return tree


failed = passed = 0
for entry in json.loads(FLOORS.read_text()):
    got = value(scores(entry["kind"], entry["data"]), entry["path"])
    low = got < entry["floor"] if entry.get("better", "higher") == "higher" else got > entry["floor"]
    failed, passed = failed + low, passed + (not low)
    print(f"{'BELOW' if low else 'ok   '} {entry['data']:18} {entry['path']:28} {got:.3f} (floor {entry['floor']})")
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
