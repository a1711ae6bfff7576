"""Settings of the tests: the project's own, in demonstration mode, on the engine that TEST_ENGINE names.

Nothing here depends on a developer's `.env`: every value that matters is set before the project's settings read the environment.
The PostgreSQL server is started here and not in conftest.py, because pytest-django reads the settings first; the workers of a
parallel run find the address in the environment they inherit, so there is one server.
"""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

# Each process of a parallel run reads every module and rewrites the assertions of every test: that is done once and written down,
# also where the machine asks for no bytecode (it is ignored by git).
sys.dont_write_bytecode = False

TEST_ENGINE = os.environ.get("TEST_ENGINE", "sqlite")
SCRATCH = Path(tempfile.mkdtemp(prefix="lianxin-tests-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

if TEST_ENGINE == "sqlite":
    os.environ["DATABASE_URL"] = f"sqlite:///{SCRATCH / 'unused.sqlite3'}"
elif not os.environ.get("DATABASE_URL", "").startswith(("postgres:", "postgresql:")):
    from tests import postgres

    os.environ["DATABASE_URL"] = postgres.start()

os.environ.update(
    DEMO="1",
    DEBUG="0",
    DEMO_PASSWORD="lianxin-demo-2026",
    SECRET_KEY="a-key-for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz",
    PERSONAL_DATA_KEYS="test:dGVzdHMtb25seS1rZXktb2YtMzItYnl0ZXMtbG9uZyE=",
    PERSONAL_DATA_HASH_KEY="a-hash-key-for-tests-only",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

if TEST_ENGINE == "sqlite":
    # A file, not memory: threads and browsers then meet the same locks as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;"

STORAGES["default"]["OPTIONS"]["location"] = SCRATCH / "files"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; strength is Django's business
CODE_COST = 2  # the same; what production takes is asserted in tests/feedback/voice/test_codes.py
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
