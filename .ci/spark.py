#!/usr/bin/env python3
"""Runs `sayso extract --input jsonl` as a filter under Apache Spark's `pipe` and compares it with one process.

    python3 .ci/spark.py target/release/sayso [ARTICLES] [WORKERS…]

Needs Java; installs pyspark and duckdb from PyPI into a temporary environment. Articles are made from templates, each with another
name, number and day, so that the same call makes the same input. Every worker count must give the same lines in the same order as
one process; the figures are printed. Then DuckDB answers who said how much, by month, from the JSON lines alone.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import venv

FIRST = ["Ann", "Bo", "Cyr", "Dana", "Eli", "Fay", "Gus", "Hana", "Ivo", "June"]
LAST = ["Lee", "Ray", "Wald", "Quill", "Reyes", "Okafor", "Lund", "Marsh", "Novak", "Ortiz"]
TEMPLATE = (
    "{a} speaks of the mill\n\nThe mill on river {n} may close, said {a} on Monday. “We have sworn an oath to keep it open,” {a} "
    "told the council. “It is not for sale.”\n\n{b} disagreed. She said the owners had not paid {n} workers. According to {b}, the "
    "mill will be sold by spring.\n\nInsiders claim that {n} offers were made. “That is impossible,” said {c}.\n"
)


def articles(count):
    for number in range(count):
        names = [f"{FIRST[(number + k) % 10]} {LAST[(number // 10 + 3 * k) % 10]}" for k in range(3)]
        text = TEMPLATE.format(a=names[0], b=names[1], c=names[2], n=number)
        yield json.dumps({"id": f"2026-{number % 12 + 1:02d}/{number}", "text": text, "threads": []}, ensure_ascii=False)


def digest(lines):
    whole = hashlib.sha256()
    count = 0
    for line in lines:
        whole.update(line.rstrip("\n").encode() + b"\n")
        count += 1
    return whole.hexdigest(), count


def one_process(binary, source, target):
    start = time.monotonic()
    with open(source, "rb") as given, open(target, "wb") as out:
        subprocess.run([binary, "extract", "--input", "jsonl", "-"], stdin=given, stdout=out, check=True)
    return time.monotonic() - start


JOB = """
import sys, time
from pyspark.sql import SparkSession
binary, source, target, workers = sys.argv[1:5]
spark = (SparkSession.builder.master(f"local[{workers}]").appName("sayso").config("spark.ui.enabled", "false")
         .config("spark.driver.memory", "1g").getOrCreate())
spark.sparkContext.setLogLevel("ERROR")
start = time.monotonic()
lines = spark.sparkContext.textFile(source, int(workers) * 4).pipe(f"{binary} extract --input jsonl -")
lines.saveAsTextFile(target)
print(time.monotonic() - start)
spark.stop()
"""

MONTHS = """
select substr(id, 1, 7) as month, q.speaker.name as speaker, count(*) as quotes
from read_json_auto('{lines}', format='newline_delimited', maximum_object_size=16777216), unnest(quotes) as t(q)
where q.speaker is not null group by all order by quotes desc, month, speaker limit 5
"""


def environment(folder):
    venv.create(folder, with_pip=True)
    python = os.path.join(folder, "bin", "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "pyspark", "duckdb"], check=True)
    return python


def parts(folder):
    for name in sorted(os.listdir(folder)):
        if name.startswith("part-"):
            with open(os.path.join(folder, name), encoding="utf-8") as lines:
                yield from lines


def main():
    binary = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    workers = sys.argv[3:] or ["1", "2"]
    with tempfile.TemporaryDirectory() as work:
        source, target = os.path.join(work, "articles.jsonl"), os.path.join(work, "one.jsonl")
        with open(source, "w", encoding="utf-8") as out:
            out.writelines(line + "\n" for line in articles(count))
        seconds = one_process(binary, source, target)
        with open(target, encoding="utf-8") as lines:
            wanted = digest(lines)
        print(f"one process: {count} articles in {seconds:.1f} s, {count / seconds:.0f} a second")
        python = environment(os.path.join(work, "env"))
        for number in workers:
            folder = os.path.join(work, f"spark-{number}")
            run = subprocess.run([python, "-c", JOB, binary, source, folder, number], check=True, capture_output=True, text=True)
            seconds = float(run.stdout.split()[-1])
            same = digest(parts(folder)) == wanted
            print(f"spark, {number} workers: {seconds:.1f} s, {count / seconds:.0f} a second, {'the same lines' if same else 'OTHER LINES'}")
            if not same:
                sys.exit(1)
        query = f"import duckdb; print(duckdb.sql({MONTHS.format(lines=target)!r}))"
        start = time.monotonic()
        print(subprocess.run([python, "-c", query], check=True, capture_output=True, text=True).stdout, end="")
        print(f"duckdb: {time.monotonic() - start:.1f} s")


if __name__ == "__main__":
    main()
