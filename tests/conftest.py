"""What every test shares: which engine runs, which tests belong to it, where the browser is, and that nothing skips in CI."""

import gc
import os
import shutil
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from pytest_django.plugin import blocking_manager_key

from tests import flushing, migrated, shared_world
from tests.engines import ASKED_ENGINE, belongs_elsewhere, further_rows

SKIPPED: list[str] = []


def find_chromium() -> str | None:
    """The system's Chromium: CHROMIUM in the environment, or the first known name on the path."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


CHROMIUM = find_chromium()


# How long an example takes says how busy the machine is.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_configure() -> None:
    if CHROMIUM:
        # Playwright keeps an event loop running in this thread, and Django would refuse every query beside one.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Name the engine that is really connected (even under -q), and stop when it is not the one asked for."""
    config = session.config
    with config.stash[blocking_manager_key].unblock(), connection.cursor() as cursor:
        cursor.execute("SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        version = cursor.fetchone()[0]
        connection.close()
    if connection.vendor != ASKED_ENGINE:
        pytest.exit(f"asked for {ASKED_ENGINE}, connected to {connection.vendor}", returncode=3)
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        reporter.write_line(f"database engine: {connection.vendor} {version}")
        reporter.write_line(f"browser: {CHROMIUM or 'no Chromium found (CHROMIUM may name one), browser tests are skipped'}")


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool, django_db_modify_db_settings: None, django_db_blocker: Any) -> bool:
    """Whether there is a database to go on with: one asked for by --reuse-db, or the migrated one of an earlier run."""
    with django_db_blocker.unblock():
        return django_db_keepdb or migrated.unfold()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        migrated.keep()
        flushing.only_what_is_filled()


def pytest_collection_finish() -> None:
    """What is imported stays: the collector need not look through it again and again, which took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what belongs to the other engine; skip, with the reason, what needs a browser that is not there."""
    kept = [item for item in items if not belongs_elsewhere(item)]
    further = further_rows(kept)
    kept = [item for item in kept if item not in further]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=list(set(items) - set(kept)))
        items[:] = kept
    if not CHROMIUM:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium found"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    shared_world.undo_before(item)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _note_skip(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    _note_skip(report)


def _note_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        SKIPPED.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skip is a failure: what does not run there proves nothing."""
    if os.environ.get("CI") and SKIPPED and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("CI") and SKIPPED:
        terminalreporter.section("skipped, which CI forbids", red=True)
        for nodeid in sorted(set(SKIPPED)):
            terminalreporter.write_line(nodeid)
