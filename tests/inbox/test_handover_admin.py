"""Handovers in the admin site: browsed and searched by headquarters, without what was said in confidence, never changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.roles import Role
from tests.factories import HandoverFactory, person_with
from tests.factories.handover import NOTES
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db

LIST = "/admin/inbox/handover/"


def test_the_list_is_searched_and_costs_the_same_however_long() -> None:
    person, counts = person_with(Role.PARTY_ORGANISATION), []
    for number in (1, 2):
        for _again in range(number):
            wanted = HandoverFactory(accepted=True)
            HandoverFactory(of_liaison=True)
        client = client_for(person)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    found = client_for(person).get(LIST, {"q": wanted.post.project.name}).context["cl"].result_list
    assert list(found) == [wanted]


def test_a_row_shows_its_history_and_not_its_notes() -> None:
    handover = HandoverFactory(handed_over=True)
    client = client_for(person_with(Role.PARTY_PERSONNEL))
    text = client.get(f"{LIST}{handover.pk}/change/").content.decode()
    assert handover.post.title in text
    assert NOTES["care"] not in text
    assert client.post(f"{LIST}{handover.pk}/change/", {"status": "accepted"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403
