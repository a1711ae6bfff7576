"""The migrated database, kept from one run to the next: migrating takes longer than any test.

What is kept is a start and nothing more: every run migrates it on, so a migration that it lacks is applied. A migration that was
changed, or what migrations are made of, gives it another name, and then it is made anew.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
SHELF = ROOT / ".pytest_cache" / "databases"
IMPORTS = re.compile(rb"^(?:from|import) ([\w.]+)", re.MULTILINE)


@cache
def kept() -> Path:
    """Where the migrated database of this engine and of these migrations is, or will be; as they are when the run begins."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(_made_of()):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return SHELF / f"{connection.vendor}-{digest.hexdigest()[:20]}"


def _made_of() -> set[Path]:
    """The migrations, our fields and codes that they use, and the versions of the packages, whose tables are migrated too."""
    migrations = set(ROOT.glob("*/migrations/*.py"))
    used = {name.decode() for path in migrations for name in IMPORTS.findall(path.read_bytes())}
    ours = (ROOT.joinpath(*name.split(".")).with_suffix(".py") for name in used)
    return {*migrations, ROOT / "constraints.txt", *(path for path in ours if path.is_file())}


def is_ours() -> bool:
    """Not the server of somebody's DATABASE_URL: the programs that dump and restore may not suit it."""
    return connection.vendor == "sqlite" or "OWN_POSTGRES" in os.environ


def unfold() -> bool:
    """Put the kept database where Django will look for that of the tests; false when there is none to put."""
    source, name = kept(), connection.settings_dict["TEST"]["NAME"]
    if not is_ours() or not source.exists():
        return False
    if connection.vendor == "sqlite":
        shutil.copyfile(source, name)
    else:
        name = name or f"test_{connection.settings_dict['NAME']}"
        _programs("createdb", name)
        _programs("psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", f"--file={source}", name)
    return True


def keep() -> None:
    """Keep the database as it is now, in place of all older ones; whole or not at all."""
    target = kept()
    if not is_ours() or target.exists():
        return
    with suppress(OSError):  # a tree that cannot be written to migrates each time
        SHELF.mkdir(parents=True, exist_ok=True)
        for old in SHELF.glob(f"{connection.vendor}-*"):
            old.unlink(missing_ok=True)
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(draft)])
        else:
            _programs("pg_dump", "--no-owner", f"--file={draft}", connection.settings_dict["NAME"])
        draft.replace(target)


def _programs(name: str, *arguments: str) -> None:
    """Run a program of the pip-installed PostgreSQL on the server of this run."""
    program = str(Path(os.environ["OWN_POSTGRES"]) / name)
    where = [f"--host={connection.settings_dict['HOST']}", f"--port={connection.settings_dict['PORT'] or 5432}"]
    subprocess.run([program, *where, "--username=postgres", *arguments], check=True, stdout=subprocess.DEVNULL)
