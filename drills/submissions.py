"""kill −9 of the web server's workers while a site is speaking, on both engines: drills/README.md says what is looked at.

.venv/bin/python -m drills.submissions [--people N] [--kills N] [--engine sqlite|postgresql]
"""

import argparse
import os
import random
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEST = ("-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "tests/feedback/voice/test_killed.py")
ENGINES = ("sqlite", "postgresql")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m drills.submissions")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))  # noqa: S311 - which page is sent twice
    parser.add_argument("--engine", choices=ENGINES, help="default: one after the other")
    options = parser.parse_args()
    size = {"SPEAKERS": str(options.people), "WORKER_KILLS": str(options.kills), "SPEAKERS_SEED": str(options.seed)}
    engines = [options.engine] if options.engine else ENGINES
    failed = [engine for engine in engines if _drill({**size, "TEST_ENGINE": engine})]
    sys.exit(f"failed on {', '.join(failed)} (seed {options.seed})" if failed else 0)


def _drill(facts: dict[str, str]) -> int:
    return subprocess.call([sys.executable, *TEST], cwd=ROOT, env={**os.environ, **facts})  # noqa: S603  our own test


if __name__ == "__main__":
    main()
