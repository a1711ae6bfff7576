"""How names came from the workers to the engagements and would go back, and that no column of text has two indexes."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from labour_teams.models import Engagement, Worker
from tests.factories import EngagementFactory

APP, FIRST = "labour_teams", "0001_initial"
WRITTEN = ("name", "name_pinyin", "name_initials", "ethnicity_code", "political_status_code", "native_place", "branch_id")


def go_back() -> Any:
    """The models as they were at first. What other apps made since stays: unmaking all of it would take half a minute."""
    executor = MigrationExecutor(connection)
    later = [node for node in executor.loader.graph.forwards_plan(executor.loader.graph.leaf_nodes(APP)[0]) if node[0] == APP]
    plan = [(executor.loader.graph.nodes[node], True) for node in reversed(later) if node[1] != FIRST]
    executor.migrate([(APP, FIRST)], plan=plan)
    return MigrationExecutor(connection).loader.project_state([(APP, FIRST)]).apps


def go_on() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
def test_names_move_to_the_engagements_and_back() -> None:
    first = EngagementFactory(name="李建国", of_branch=True, left_on=date(2026, 1, 31), entered_on=date(2026, 1, 1))
    EngagementFactory(worker=first.worker, name="李建围", native_place="", entered_on=date(2026, 3, 1))
    other = EngagementFactory(name="单雅琴", of_branch=True)
    try:
        worker = go_back().get_model(APP, "Worker")
        rows = list(worker.objects.order_by("pk").values_list(*WRITTEN))
        assert rows == [
            ("李建围", "li jian wei", "ljw", "01", "13", "", None),
            ("单雅琴", "shan ya qin", "syq", "01", "13", "湖南长沙", other.branch_id),
        ]
        assert worker.objects.get(pk=first.worker_id).id_number == first.worker.id_number
    finally:
        go_on()
    assert list(Engagement.objects.order_by("pk").values_list(*WRITTEN)) == [rows[0], rows[0], rows[1]]
    addresses = set(Worker.objects.values_list("public_id", flat=True))
    assert len(addresses) == 2
    assert addresses.isdisjoint({first.worker.public_id, other.worker.public_id, None})


@pytest.mark.postgresql_only
@pytest.mark.django_db
@pytest.mark.parametrize("model", [Worker, Engagement])
def test_no_column_is_indexed_twice(model: type[Worker | Engagement]) -> None:
    with connection.cursor() as cursor:
        indexes = connection.introspection.get_constraints(cursor, model._meta.db_table).values()
    columns = Counter(tuple(index["columns"]) for index in indexes if index["index"] or index["unique"])
    assert {names for names, number in columns.items() if number > 1} == set()
    leading = Counter(names[0] for names in columns if names)
    # A worker's own index, and the one that allows him one open engagement a project.
    assert {name for name, number in leading.items() if number > 1} <= {"worker_id"}
