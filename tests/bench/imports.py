"""`python3 dev.py bench import`: our import beside the floor and beside stock django-import-export, in one run.

    python -m tests.bench.imports [--rows N] [--runs R] [--json]

The contenders take turns, so that whatever else the machine does meets all of them; of each the median counts.
"""

import argparse
import json
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from tests import postgres
from tests.bench import traffic
from tests.bench.process import Process
from tests.bench.summary import as_table, summary

STOCK_ROWS = 100
PREVIEW_ROWS = 2_000
WARM_UP = 50
Laps = dict[str, list[dict[str, Any]]]


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="lianxin-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        embedded = f"sqlite:///{folder / 'site.sqlite3'}"
        database = _started_quietly()
        web, others, office = (stack.enter_context(Process(url)) for url in (database, database, embedded))
        _say("making two sites")
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda process: process.ask("make"), (web, office)))
        laps = race(web, others, folder, options)
        reading = others.ask("reading", path=folder / "roster.xlsx")
        _say("other requests during an import on SQLite")
        requests = 100 if options.rows >= traffic.ROWS else 50
        during = traffic.measure(office, embedded, partial(_workbook, others, folder), requests=requests)
    found = summary(options.rows, laps, reading, during)
    sys.stdout.write((json.dumps(found, ensure_ascii=False) if options.json else as_table(found)) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench import")
    parser.add_argument("--rows", type=int, default=100_000, help="people in the roster (default: 100000)")
    parser.add_argument("--runs", type=int, default=3, help="how often each contender runs; the median counts (default: 3)")
    parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")
    options = parser.parse_args()
    if options.rows < 1 or options.runs < 1:
        parser.error("at least one row and one run")
    return options


def _started_quietly() -> str:
    """A PostgreSQL of our own. What it prints on its way goes where progress goes: standard output is for the result."""
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        return postgres.start()
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


def race(web: Process, others: Process, folder: Path, options: argparse.Namespace) -> Laps:
    rows = options.rows
    roster = _workbook(others, folder, rows, 0, name="roster")
    sample = _workbook(others, folder, min(rows, STOCK_ROWS), 0, name="sample")
    half_known = _workbook(others, folder, PREVIEW_ROWS, max(0, rows - PREVIEW_ROWS // 2), name="preview")
    _warm_up(web, others, _workbook(others, folder, WARM_UP, 0, name="warm-up"))
    laps: Laps = {name: [] for name in ("floor", "first", "again", "preview", "stock")}
    for lap in range(1, options.runs + 1):
        _say(f"lap {lap} of {options.runs}")
        for contender, process, path in (("floor", others, roster), ("stock", others, sample), ("first", web, roster)):
            others.ask("clear")
            laps[contender].append(process.ask(contender, path=path))
        for contender, path in (("again", roster), ("preview", half_known)):
            others.ask("settle")
            laps[contender].append(web.ask(contender, path=path))
    return laps


def _warm_up(web: Process, others: Process, path: str) -> None:
    """Everything is imported, every cache is filled, every file of the database has been touched."""
    for process, contender in ((web, "first"), (others, "floor"), (others, "stock")):
        others.ask("clear")
        process.ask(contender, path=path)


def _workbook(scribe: Process, folder: Path, rows: int, first: int, *, name: str = "") -> str:
    return str(scribe.ask("workbook", path=folder / f"{name or first}.xlsx", rows=rows, first=first)["path"])


def _say(text: str) -> None:
    sys.stderr.write(f"… {text}\n")


if __name__ == "__main__":
    main()
