"""A project with a board, seen by somebody who has scanned its code."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from coordinators.models import Coordinator, Liaison, NoticeBoard
from regions.models import Project
from tests.factories import CoordinatorFactory, LiaisonFactory, PhotoFactory, ProjectFactory, UserFactory

AGREED = "2026-05-01"
MARK = "ABCD2345"


@pytest.fixture
def board(db: None) -> NoticeBoard:
    return NoticeBoard.objects.create(project=ProjectFactory(), place="大门口", created_by=UserFactory())


@pytest.fixture
def project(board: NoticeBoard) -> Project:
    return board.project


def in_post(project: Project, *, photo: bool = False, agreed: bool = True, **person: Any) -> dict[str, Any]:
    facts = {"disclosure_agreed_on": AGREED if agreed else None, **person}
    return {"person": UserFactory(**facts, **({"photo": PhotoFactory()} if photo else {}))}


Placed = Callable[..., Coordinator | Liaison]


@pytest.fixture
def coordinator(project: Project) -> Placed:
    """`coordinator(photo=True)` is the project's; with `region=` the region's."""

    def placed(*, region: Any = None, duties: str = "", **more: Any) -> Coordinator:
        unit = {"region": region} if region else {"project": project}
        return CoordinatorFactory(**unit, duties=duties, **in_post(project, **more))

    return placed


@pytest.fixture
def visitor() -> Client:
    return Client(enforce_csrf_checks=True)


def liaison_of(team: Any, crew: Any = None, **more: Any) -> Liaison:
    return LiaisonFactory(team=team, crew=crew, **in_post(team.project, **more))
