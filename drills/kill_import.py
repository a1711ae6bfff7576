"""kill −9 during an 8,000-row import, at random moments, on both engines: drills/README.md says what is looked at.

.venv/bin/python -m drills.kill_import [--rows N] [--kills N] [--engine sqlite|postgresql]
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/roster_import/test_killed.py")
ENGINES = ("sqlite", "postgresql")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m drills.kill_import")
    parser.add_argument("--rows", type=int, default=8_000)
    parser.add_argument("--kills", type=int, default=10, help="of the command; a third as many of the background worker")
    parser.add_argument("--engine", choices=ENGINES, help="default: one after the other")
    options = parser.parse_args()
    size = {"KILL_ROWS": str(options.rows), "KILLS": str(options.kills)}
    engines = [options.engine] if options.engine else ENGINES
    failed = [engine for engine in engines if _drill({**size, "TEST_ENGINE": engine})]
    sys.exit(f"failed on {', '.join(failed)}" if failed else 0)


def _drill(facts: dict[str, str]) -> int:
    return subprocess.call([sys.executable, *TEST], cwd=ROOT, env={**os.environ, **facts})  # noqa: S603  our own test


if __name__ == "__main__":
    main()
