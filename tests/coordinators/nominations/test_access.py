"""A post opens and closes access by its dates alone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from coordinators.models import Coordinator
from coordinators.nominations import workflow
from coordinators.posts_workflow import end_post
from core.roles import Role
from regions.models import Project, Region
from tests.coordinators.nominations.acts import act, appointment
from tests.factories import NominationFactory, person_with
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 4, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def at_noon(offset: int) -> time_machine.travel:
    return time_machine.travel(NOON + timedelta(days=offset), tick=False)


def opens(person: User, address: str) -> bool:
    account = User.objects.get(pk=person.pk)
    account.must_change_password = False
    account.save(update_fields=["must_change_password"])
    client: Client = client_for(account)
    return client.get(address).status_code == 200


def test_access_begins_on_the_first_day_and_ends_after_the_last(region: Region) -> None:
    """Appointed today for ten days from the day after tomorrow; nobody does anything else."""
    page = f"/regions/{region.code}/"
    with at_noon(0):
        personnel = person_with(Role.PARTY_PERSONNEL)
        nomination = NominationFactory(full_time=True, region=region, inducted=True)
        first = timezone.localdate() + timedelta(days=2)
        said = appointment(first, to_on=first + timedelta(days=9))
        workflow.decide(nomination, by=personnel, appointment=said)
    person = Coordinator.objects.get().person
    seen = {}
    for offset in (0, 1, 2, 11, 12):
        with at_noon(offset):
            seen[offset] = opens(person, page)
    assert seen == {0: False, 1: False, 2: True, 11: True, 12: False}


def test_an_ended_post_closes_with_its_last_day(project: Project) -> None:
    page = f"/projects/{project.code}/"
    with at_noon(0):
        sides = [person_with(Role.REGIONAL_COORDINATOR, region=project.region)]
        sides.append(person_with(Role.PROJECT_COMMITTEE, project=project))
        nomination = NominationFactory(project=project, inducted=True, from_on=timezone.localdate())
        for person in sides:
            act("approve", nomination, person)
        post = Coordinator.objects.get(project=project)
        assert opens(post.person, page)
        end_post(post, by=sides[0], last_day=timezone.localdate() + timedelta(days=1), reason="调走")
    seen = []
    for offset in (1, 2):
        with at_noon(offset):
            seen.append(opens(post.person, page))
    assert seen == [True, False]
