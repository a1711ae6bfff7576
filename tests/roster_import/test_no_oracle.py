"""Whoever imports somebody whom another region knows sees, before and after, what he would see of somebody unknown."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.roles import Role
from imports import workflow
from labour_teams.models import Engagement, LabourTeam
from tests.factories import DepartmentFactory, LabourTeamFactory, bank_card, id_number, person_with
from tests.house.crawling import steady
from tests.house.test_url_matrix import client_for
from tests.roster_import.rosters import FIRST, as_csv, engaged, person

pytestmark = pytest.mark.django_db

# The last of the sheet: any order by when somebody was first known would put him first.
KNOWN, SOMEBODY_ELSE = 3, 50
# What is drawn at random or counts rows: another draw and another count each time, whoever is imported.
DRAWN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=phone-)\d+|(?<=bank_card-)\d+|(?<=/imports/)\d+")


class Undo(Exception):
    """Ends a world."""


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-06-30 10:00:00+08:00", tick=False)


def seen_after_import(team: LabourTeam, clerk: User, looks: User, known_elsewhere: int) -> dict[str, str]:
    """Every page about three people of one name, one after the other in the sheet; afterwards nothing of it has happened."""
    seen: dict[str, str] = {}
    try:
        with transaction.atomic():
            known(known_elsewhere)
            people = [person(n, team.name, political_status_code="群众") for n in (1, 2, KNOWN)]
            job = workflow.receive(team.project, "roster", name="六月花名册.csv", data=as_csv(*people), by=clerk)
            workflow.read(job, by=clerk)
            seen["preview"] = page(client_for(looks), "import-job", job.pk)
            job.refresh_from_db()
            workflow.write(job, by=clerk)
            seen |= pages(client_for(looks), team, job.pk)
            raise Undo
    except Undo:
        return seen


def known(n: int) -> None:
    """Somebody of another region, under another name, with everything that can be known."""
    engaged(
        n,
        LabourTeamFactory(name="海边一队"),
        name="周文俊",
        ethnicity_code="06",
        political_status_code="01",
        education_code="05",
        native_place="福建泉州",
        bank_card=bank_card(7),
        branch=DepartmentFactory(branch=True),
        trade="爆破工",
    )


def pages(client: Client, team: LabourTeam, job: int) -> dict[str, str]:
    here = Engagement.objects.filter(project=team.project).select_related("worker").order_by("pk")
    persons = {f"person {place}": page(client, "worker", each.worker.public_id) for place, each in enumerate(here)}
    found = client.post(reverse("worker-search"), {"number": id_number(FIRST + KNOWN)})
    export = client.post(reverse("roster-export"), {"format": "csv"})
    return persons | {
        "job": page(client, "import-job", job),
        "roster": page(client, "workers"),
        "roster searched": page(client, "workers", q="zwj"),
        "roster searched for the other name": page(client, "workers", q="周文俊"),
        "team": page(client, "team", team.pk),
        "figure": page(client, "figure-rows", "workers_on_site", "project", team.project.code, "2026-06"),
        "looked up": DRAWN.sub("*", found.headers["Location"]),
        "export": export.content.decode("utf-8-sig"),
    }


def page(client: Client, name: str, *args: Any, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, name
    return DRAWN.sub("*", steady(response.content).decode())


WHO: dict[str, Callable[[LabourTeam], User]] = {
    "clerk": lambda team: person_with(Role.PROJECT_CLERK, project=team.project),
    "region": lambda team: person_with(Role.REGIONAL_COORDINATOR, region=team.project.region),
}


@pytest.mark.parametrize("who", WHO)
def test_somebody_known_elsewhere_looks_like_somebody_unknown_on_every_page(team: LabourTeam, who: str) -> None:
    clerk = WHO["clerk"](team)
    looks = clerk if who == "clerk" else WHO[who](team)
    unknown = seen_after_import(team, clerk, looks, SOMEBODY_ELSE)
    assert len(unknown["export"].splitlines()) == 4
    assert seen_after_import(team, clerk, looks, KNOWN) == unknown


def test_what_another_project_wrote_down_stays_with_it(team: LabourTeam) -> None:
    clerk = WHO["clerk"](team)
    known(KNOWN)
    job = workflow.receive(team.project, "roster", name="六月.csv", data=as_csv(person(KNOWN, team.name)), by=clerk)
    workflow.write(workflow.read(job, by=clerk), by=clerk)
    here, there = Engagement.objects.order_by("-pk")
    assert here.worker == there.worker
    assert (here.name, here.ethnicity_code, here.native_place, here.branch) == ("周文军", "", "", None)
    text = client_for(person_with(Role.LABOUR_CENTRE)).get(f"/workers/{here.worker.public_id}/").content.decode()
    assert "周文军" in text
    assert "周文俊" in text
