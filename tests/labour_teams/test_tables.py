"""How names came from the workers to the engagements and would go back, and that no column of text has two indexes."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from labour_teams.models import Engagement, Worker
from tests.factories import EngagementFactory

APP, FIRST = "labour_teams", "0001_initial"
WRITTEN = ("name", "name_pinyin", "name_initials", "ethnicity_code", "political_status_code", "native_place", "branch_id")


def move(*, back: bool) -> MigrationLoader:
    """The migrations of this app alone, each with what it stands on. What other apps made since stays: unmaking all of it, and
    knowing all of it, would take half a minute."""
    loader = MigrationLoader(connection)
    names = sorted(name for app, name in loader.disk_migrations if app == APP)
    steps = list(pairwise(names))  # each from the state that the one before it left
    for before, name in reversed(steps) if back else steps:
        migration, state = loader.get_migration(APP, name), loader.project_state((APP, before))
        with connection.schema_editor(atomic=migration.atomic) as editor:
            (migration.unapply if back else migration.apply)(state, editor)
    return loader


@pytest.mark.django_db(transaction=True)
def test_names_move_to_the_engagements_and_back() -> None:
    first = EngagementFactory(name="李建国", of_branch=True, left_on=date(2026, 1, 31), entered_on=date(2026, 1, 1))
    EngagementFactory(worker=first.worker, name="李建围", native_place="", entered_on=date(2026, 3, 1))
    other = EngagementFactory(name="单雅琴", of_branch=True)
    try:
        worker = move(back=True).project_state((APP, FIRST)).apps.get_model(APP, "Worker")
        rows = list(worker.objects.order_by("pk").values_list(*WRITTEN))
        assert rows == [
            ("李建围", "li jian wei", "ljw", "01", "13", "", None),
            ("单雅琴", "shan ya qin", "syq", "01", "13", "湖南长沙", other.branch_id),
        ]
        assert worker.objects.get(pk=first.worker_id).id_number == first.worker.id_number
    finally:
        move(back=False)
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
