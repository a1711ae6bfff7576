"""The wizard speaks of what is imported: of posts it says nothing that holds for the roster alone."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coordinators.coordinator_import.sheet import COORDINATORS
from coordinators.coordinator_import.target import COORDINATOR_TARGET
from coordinators.liaison_import.sheet import LIAISONS
from coordinators.liaison_import.target import LIAISON_TARGET
from core.roles import Role
from imports import workflow
from imports.models import ImportJob
from imports.registry import Target
from imports.sheets import SheetDefinition
from imports.wording import PLAIN
from labour_teams.models import WorkCrew
from labour_teams.roster_import.target import ROSTER_TARGET
from tests.factories import CoordinatorFactory, LiaisonFactory, WorkCrewFactory, person_with, phone
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")
NOT_OF_POSTS = ("名册", "退场", "进场", "roster", "Roster")
FIRST = 9_700


@pytest.fixture
def crew() -> WorkCrew:
    return WorkCrewFactory(name="钢筋一班")


@pytest.fixture
def client(crew: WorkCrew) -> Client:
    return client_for(person_with(Role.PARTY_ORGANISATION))


def sheet(definition: SheetDefinition, rows: list[dict[str, Any]]) -> bytes:
    lines = [[definition.column(name).header for name in rows[0]], *(list(map(str, row.values())) for row in rows)]
    return "\n".join(",".join(line) for line in lines).encode("utf-8-sig")


def row(target: Target, crew: WorkCrew, n: int) -> dict[str, Any]:
    common = {"name": "向春生", "phone": phone(FIRST + n), "from_on": date(2026, 3, 1), "document_no": "党工委2026年3号"}
    if target is LIAISON_TARGET:
        return {**common, "labour_team": crew.team.name, "work_crew": crew.name}
    return {**common, "main_job": "工会干事"}


def words_on(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    found = MAIN.search(response.content.decode())
    assert found
    return TAGS.sub(" ", found.group())


@pytest.mark.parametrize(("target", "definition"), [(LIAISON_TARGET, LIAISONS), (COORDINATOR_TARGET, COORDINATORS)])
def test_no_page_of_the_wizard_speaks_of_the_roster(
    target: Target, definition: SheetDefinition, crew: WorkCrew, client: Client, django_user_model: Any
) -> None:
    project = crew.team.project
    gone = LiaisonFactory(crew=crew) if target is LIAISON_TARGET else CoordinatorFactory(part_time=True, project=project)
    by = django_user_model.objects.get(pk=client.session["_auth_user_id"])
    pages = [reverse(target.upload_page, args=[project.code]), reverse("imports", args=[project.code])]
    said = {address: words_on(client, address) for address in pages}
    job = workflow.receive(
        project, target.key, name="名单.csv".replace("名单", "list"), data=sheet(definition, [row(target, crew, 1)]), by=by
    )
    job = workflow.read(job, by=by)
    assert (job.status, job.leavers["ids"]) == (ImportJob.Status.PREVIEWED, [gone.pk])
    job = workflow.tick_leavers(job, [gone.pk], date(2026, 6, 15), by=by)
    for name in ("import-job", "import-leavers", "import-columns"):
        said[name] = words_on(client, reverse(name, args=[job.pk]))
    said["row"] = words_on(client, reverse("import-row", args=[job.pk, 2]))
    job = workflow.write(job, by=by)
    for name in ("import-job", "import-undo"):
        said[f"{name} written"] = words_on(client, reverse(name, args=[job.pk]))
    job = workflow.undo(job, by=by)
    said["undone"] = words_on(client, reverse("import-job", args=[job.pk]))
    found = {(page, word) for page, words in said.items() for word in NOT_OF_POSTS if word in words}
    assert found == set()


def test_each_target_says_where_it_writes() -> None:
    written = [str(target.words.written) for target in (ROSTER_TARGET, LIAISON_TARGET, COORDINATOR_TARGET)]
    assert len({*written, str(PLAIN.written)}) == 4
