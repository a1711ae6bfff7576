"""Where the benchmark imports to: an empty site with one project, its teams and crews, and the clerk who may."""

from collections.abc import Iterable
from typing import Any

from django.core.management import call_command
from django.db import connection

from accounts.models import User
from core.roles import Role
from imports.models import ImportBlock, ImportEvent, ImportFile, ImportJob, ImportTrace
from labour_teams.models import Engagement, Worker
from regions.models import Project
from tests.bench import roster
from tests.bench.process import CLERK, CODE
from tests.factories import LabourTeamFactory, ProjectFactory, WorkCrewFactory, person_with


def make() -> None:
    call_command("migrate", verbosity=0)
    fill()


def fill() -> None:
    """The same units for every contender."""
    project: Any = ProjectFactory(code=CODE)
    for team in roster.TEAMS:
        made = LabourTeamFactory(project=project, name=team)
        for crew in roster.CREWS:
            WorkCrewFactory(team=made, name=crew)
    clerk = person_with(Role.PROJECT_CLERK, project=project)
    User.objects.filter(pk=clerk.pk).update(username=CLERK)


def project() -> Project:
    return Project.objects.select_related("region").get(code=CODE)


def clerk() -> User:
    return User.objects.get(username=CLERK)


def clear() -> None:
    """Nobody on the roster, no import; on PostgreSQL as if the tables had just been made, and nothing left to flush."""
    if connection.vendor == "postgresql":
        names = ", ".join(model._meta.db_table for model in (Engagement, Worker, ImportJob))
        _run((f"TRUNCATE {names} CASCADE", "CHECKPOINT"))
        return
    for model in (ImportTrace, ImportBlock, ImportFile, ImportEvent, ImportJob, Engagement, Worker):
        model._base_manager.all()._raw_delete(connection.alias)


def settle() -> None:
    """What an earlier contender left to be flushed is not the next one's."""
    if connection.vendor == "postgresql":
        _run(("CHECKPOINT",))


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
