"""Which tests run on which engine (docs/adr/0019).

What both engines must agree on runs on both: SQL, constraints, locks, aggregates, searches and orders, imports, migrations,
lifecycles. A page says the same words whatever database gave it its rows, so what is named here runs once, on SQLite. That
PostgreSQL understands the statements behind every page too is seen by tests/house/test_every_page_opens.py. Of a test with a
table of parameters PostgreSQL gets the first row, unless each row is another question to the database (EACH_ROW).
TEST_EVERYTHING=1 runs everything on both, and asks what the matrix and other long tables leave out.
"""

import os
from collections.abc import Iterable

import pytest

from tests.covering import EVERYTHING

ASKED_ENGINE = os.environ.get("TEST_ENGINE", "sqlite")
# The browser and the full URL × role matrix run once, on SQLite; what only one engine can show runs on that one.
OTHER_ENGINE_MARKERS = {"sqlite": {"postgresql_only"}, "postgresql": {"sqlite_only", "browser", "matrix"}}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}

VERBS = "a table of verbs × states × roles; the rows of each verb are tried on both in test_verbs.py"
WIZARD = "pages of the wizard; what is behind them runs on both: test_workflow.py, test_compare.py, test_deciding.py"
# How a test's name begins → why one engine is enough. Never a file that tries a statement, a constraint or a lock.
ONCE = {
    "tests/accounts/test_sign_in.py": "sessions, passwords, what a form says",
    "tests/admin/test_access.py::test_readers_change": "who may; every table's list, search and history run on both",
    "tests/admin/test_access.py::test_tables_open_by_role": "who may; every table's list, search and history run on both",
    "tests/admin/test_access.py::test_to_everybody_else": "an admin site that is not there",
    "tests/coordinators/nominations/test_moves.py": VERBS,
    "tests/coordinators/nominations/test_pages.py": "pages",
    "tests/coordinators/paper/test_pages.py": "pages",
    "tests/coordinators/profile/test_profile.py": "pages, forms, photos",
    "tests/coordinators/provisions/test_rights.py": "pages and forms",
    "tests/coordinators/provisions/test_tables.py": "who may in the admin site",
    "tests/coordinators/public/": "public pages",
    "tests/coordinators/test_pages.py": "pages",
    "tests/feedback/hotline/test_calls.py::test_the_line_of_a_call": "whole pages",
    "tests/feedback/hotline/test_pages.py": "pages",
    "tests/feedback/intake/test_new.py": "pages and forms",
    "tests/feedback/intake/test_recusal.py": "whole pages, byte for byte; who sees a case is asked of both in test_reach.py",
    "tests/feedback/page/test_confidential.py": "pages",
    "tests/feedback/page/test_verbs.py": "forms and refusals; what the moves write runs on both in tests/feedback/rules",
    "tests/feedback/revisits/test_pages.py": "pages",
    "tests/feedback/rules/test_moves.py": "a table of verbs × states × roles; what each verb writes runs on both beside it",
    "tests/feedback/survey/test_pages.py": "pages",
    "tests/feedback/voice/test_going_wrong.py": "a server whose database is away",
    "tests/feedback/voice/test_page.py": "public pages",
    "tests/feedback/wall/test_pages.py": "pages",
    "tests/handbook/tasks/test_moves.py": VERBS,
    "tests/inbox/test_handover_pages.py": "pages; the moves run on both in test_handover_moves.py",
    "tests/overview/test_seed_demo.py": "days and refusals; the whole demonstration is made on both in the files beside it",
    "tests/overview_pages/test_navigation.py": "links and who sees them",
    "tests/overview_pages/test_units.py": "pages; what they count runs on both in tests/figures",
    "tests/reports/test_moves.py": VERBS,
    "tests/reports/test_reach.py": "a table of states × roles",
    "tests/reports/test_reading.py::test_a_page_offers": "a table of states × roles",
    "tests/roster_import/test_wizard": WIZARD,
    "tests/wages/ledger/test_moves.py": VERBS,
    "tests/wages/workers/test_house.py": "the doorkeeper before any database",
}


# How a test's name begins → why each of its parameters runs on both: it makes another statement, or meets another constraint.
EACH_ROW = {
    "tests/admin/": "each table's list, search and filters",
    "tests/coordinators/test_directory.py": "searches and orders",
    "tests/core/": "the tools that everything stands on",
    "tests/feedback/rules/test_ladder.py": "each step is a query of its own",
    "tests/figures/": "each figure's rows, counted by the database",
    "tests/handbook/test_admin.py": "each table's list and filters",
    "tests/handbook/test_reach.py": "each table's reach",
    "tests/labour_teams/test_lists.py": "searches and orders",
    "tests/overview_pages/test_measures.py": "each figure's months",
    "tests/roster_import/test_compare.py": "rows compared by the database",
}


def belongs_elsewhere(item: pytest.Item) -> bool:
    """Marked for the other engine; or, in the second run, a test to which the engine makes no difference."""
    marks = {mark.name for mark in item.iter_markers()}
    if marks & OTHER_ENGINE_MARKERS[ASKED_ENGINE]:
        return True
    if ASKED_ENGINE == "sqlite" or "postgresql_only" in marks:
        return False
    touches_database = "django_db" in marks or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    runs_once = item.nodeid.startswith(tuple(ONCE)) and not EVERYTHING
    return runs_once or not touches_database


def further_rows(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """In the second run, all but the first row of a table of parameters whose rows put the same questions to the database."""
    if ASKED_ENGINE == "sqlite" or EVERYTHING:
        return set()
    met, further = set(), set()
    for item in items:
        test = item.nodeid.partition("[")[0]
        if test in met and not test.startswith(tuple(EACH_ROW)) and not item.get_closest_marker("postgresql_only"):
            further.add(item)
        met.add(test)
    return further
