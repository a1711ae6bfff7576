"""A post's duties with what speaks for them, and the four givings on the coordinator's page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coordinators.models import Coordinator, PostProvision, TreatmentLevel
from coordinators.provisions import evidence
from coordinators.provisions.givings import givings_of
from core.roles import Role
from tests.factories import CoordinatorFactory, ProvisionEditionFactory, RegionFactory, RightExerciseFactory, person_with
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Coordinator:
    return CoordinatorFactory(region=RegionFactory(), treatment_level=TreatmentLevel.DEPUTY_LEADER, document_no="机械党2026-12")


def duty(number: int) -> PostProvision:
    return PostProvision.objects.get(edition__number=1, kind="duty", number=number)


def test_duties_without_evidence_stand_first(post: Coordinator) -> None:
    today = timezone.localdate()
    for number, on in ((11, today), (11, today - timedelta(days=3)), (2, today)):
        RightExerciseFactory(coordinator=post, duty=duty(number), on=on)
    RightExerciseFactory(coordinator=post)
    RightExerciseFactory(duty=duty(5))
    response = client_for(post.person).get(f"/coordinators/{post.pk}/duties/")
    lines = response.context["lines"]
    assert [line.duty.number for line in lines] == [n for n in range(1, 18) if n not in (2, 11)] + [2, 11]
    assert [(line.count, line.latest_on) for line in lines[-2:]] == [(1, today), (2, today)]
    assert response.context["fulfilled"] == 2


def test_the_link_opens_just_those_records(post: Coordinator) -> None:
    RightExerciseFactory.create_batch(2, coordinator=post, duty=duty(11))
    RightExerciseFactory(coordinator=post, duty=duty(2))
    RightExerciseFactory(duty=duty(11))
    client = client_for(person_with(Role.PARTY_ORGANISATION))
    last = client.get(f"/coordinators/{post.pk}/duties/").context["lines"][-1]
    [piece] = last.pieces
    assert len(client.get(piece.url).context["page"].object_list) == piece.count == 2


def test_a_room_adds_its_evidence(post: Coordinator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "SOURCES", list(evidence.SOURCES))

    @evidence.register
    def of_visits(reader: object, post: Coordinator, duties: object) -> dict[int, evidence.Evidence]:
        return {duty(11).pk: evidence.Evidence(4, date(2026, 5, 1), "/visits/")}

    lines = evidence.lines_of(post.person, post, [duty(10), duty(11)])
    assert [line.count for line in lines] == [0, 4]
    assert lines[1].latest_on == date(2026, 5, 1)


def test_an_older_edition_keeps_its_own_evidence(post: Coordinator) -> None:
    RightExerciseFactory(coordinator=post, duty=duty(11))
    ProvisionEditionFactory(number=2, from_on=timezone.localdate(), texts=5)
    client = client_for(post.person)
    asked = {query: client.get(f"/coordinators/{post.pk}/duties/{query}").context for query in ("", "?edition=1", "?edition=x")}
    assert [(len(context["lines"]), context["fulfilled"]) for context in asked.values()] == [(5, 0), (17, 1), (5, 0)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_is_recorded(post: Coordinator, rows: int) -> None:
    for number in range(1, rows + 1):
        RightExerciseFactory(coordinator=post, duty=duty(number))
    client = client_for(post.person)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/coordinators/{post.pk}/duties/")
    assert len(queries) == 9


def test_the_givings_count_this_year_and_the_duties(post: Coordinator) -> None:
    today = timezone.localdate()
    RightExerciseFactory(coordinator=post, kind="hearing", duty=duty(1))
    RightExerciseFactory(coordinator=post, kind="patrol", on=today.replace(year=today.year - 1))
    given = givings_of(person_with(Role.PARTY_PERSONNEL), post)
    assert given.records is not None
    assert [(key, n) for key, _label, n in given.records.used] == [("hearing", 1), ("patrol", 0), ("proposal", 0)]
    assert (given.records.fulfilled, given.records.duties) == (1, 17)
    assert given.document_no == "机械党2026-12"
    assert len(given.managers) == 2


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.PARTY_PERSONNEL, True),
        (Role.PARTY_ORGANISATION, True),
        (Role.LEADER, True),
        (Role.LABOUR_CENTRE, False),
        (Role.AUDITOR, False),
    ],
)
def test_treatment_is_shown_to_few(post: Coordinator, role: Role, sees: bool) -> None:
    assert (givings_of(person_with(role), post).treatment is not None) is sees


def test_the_system_administrator_sees_the_post_and_nothing_that_was_recorded(post: Coordinator) -> None:
    assert givings_of(person_with(Role.SYSTEM_ADMINISTRATOR), post).records is None


def test_the_givings_stand_on_the_coordinators_page(post: Coordinator) -> None:
    text = client_for(post.person).get(f"/coordinators/{post.pk}/").content.decode()
    assert f"/coordinators/{post.pk}/duties/" in text
    assert "机械党2026-12" in text
