"""The first edition, which edition is in force on a day, and that an edition in force stays as it is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coordinators.models import PostProvision, ProvisionEdition
from coordinators.provisions.workflow import copy_edition
from core.models import AuditEvent
from core.refusals import Refused
from core.roles import Role
from tests.factories import PostProvisionFactory, ProvisionEditionFactory, person_with
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
Kind = PostProvision.Kind


@pytest.fixture
def first() -> ProvisionEdition:
    return ProvisionEdition.objects.get(number=1)


@pytest.mark.parametrize(("kind", "count", "drafts"), [(Kind.RIGHT, 6, 3), (Kind.DUTY, 17, 17), (Kind.OBLIGATION, 4, 4)])
def test_the_first_edition_has_its_rights_duties_and_obligations(
    first: ProvisionEdition, kind: str, count: int, drafts: int
) -> None:
    texts = first.provisions.filter(kind=kind).order_by("number")
    assert [text.number for text in texts] == list(range(1, count + 1))
    assert sum(text.is_draft for text in texts) == drafts


def test_the_rights_that_the_company_names_are_no_drafts(first: ProvisionEdition) -> None:
    named = first.provisions.filter(kind=Kind.RIGHT, is_draft=False).order_by("number").values_list("number", "text")
    assert list(named) == [(1, "参与劳务队伍管理听政"), (2, "工地一线检查巡视"), (3, "劳务队伍管理建言献策")]


def test_every_draft_is_marked_on_the_page(first: ProvisionEdition) -> None:
    text = client_for(person_with(Role.PROJECT_CLERK)).get("/provisions/").content.decode()
    assert text.count('class="lx-pill"><svg') == 3 + 17 + 4
    assert "廉洁自律，不得利用参与单价、验工等谋利" in text


def test_a_day_finds_the_edition_that_was_in_force(first: ProvisionEdition) -> None:
    today = timezone.localdate()
    ProvisionEditionFactory(number=2, from_on=today - timedelta(days=10), texts=1)
    client = client_for(person_with(Role.REGIONAL_COORDINATOR))
    asked = {
        day: client.get("/provisions/", {"on": f"{day}"}).context["edition"]
        for day in (today, today - timedelta(days=10), today - timedelta(days=11), first.from_on - timedelta(days=1))
    }
    assert [edition and edition.number for edition in asked.values()] == [2, 2, 1, None]
    assert client.get("/provisions/", {"on": "yesterday"}).context["edition"].number == 2


def test_an_edition_to_come_is_read_by_those_who_prepare_it_alone() -> None:
    ProvisionEditionFactory(number=2, from_on=timezone.localdate() + timedelta(days=1))
    seen = {
        role: client_for(person_with(role)).get("/provisions/2/").status_code for role in (Role.PARTY_ORGANISATION, Role.LEADER)
    }
    assert seen == {Role.PARTY_ORGANISATION: 200, Role.LEADER: 404}


def test_a_copy_has_the_same_texts_and_begins_on_a_first_to_come(first: ProvisionEdition) -> None:
    person = person_with(Role.PARTY_ORGANISATION)
    copies = [copy_edition(first, by=person) for _again in range(2)]
    facts = [sorted(each.provisions.values_list("kind", "number", "text", "is_draft")) for each in (first, *copies)]
    assert facts[0] == facts[1] == facts[2]
    assert [copy.number for copy in copies] == [2, 3]
    assert all(copy.from_on > timezone.localdate() and copy.from_on.day == 1 for copy in copies)
    assert copies[0].from_on < copies[1].from_on
    assert AuditEvent.objects.get(subject_id=str(copies[0].pk)).details == {"what": "copy", "copied": 1}


def test_others_copy_nothing(first: ProvisionEdition) -> None:
    with pytest.raises(Refused):
        copy_edition(first, by=person_with(Role.LABOUR_CENTRE))
    assert ProvisionEdition.objects.count() == 1


def _page(edition: ProvisionEdition) -> str:
    return reverse("admin:coordinators_provisionedition_change", args=[edition.pk])


def test_the_administration_changes_no_edition_in_force(first: ProvisionEdition) -> None:
    client = client_for(person_with(Role.PARTY_ORGANISATION))
    assert client.post(_page(first), {"number": 1, "from_on": "2031-01-01"}).status_code == 403
    assert client.post(reverse("admin:coordinators_provisionedition_delete", args=[first.pk]), {"post": "yes"}).status_code == 403
    assert client.get(_page(first)).context["has_change_permission"] is False


def test_the_administration_changes_an_edition_to_come_text_by_text() -> None:
    edition = ProvisionEditionFactory(number=2, from_on=timezone.localdate() + timedelta(days=40))
    text = PostProvisionFactory(edition=edition, number=1, is_draft=True)
    client = client_for(person_with(Role.PARTY_ORGANISATION))
    inline = {
        "provisions-TOTAL_FORMS": 1, "provisions-INITIAL_FORMS": 1, "provisions-0-id": text.pk,
        "provisions-0-edition": edition.pk,
        "provisions-0-kind": "duty", "provisions-0-number": 1, "provisions-0-text": "定稿的职责",
    }  # fmt: skip
    later = timezone.localdate() + timedelta(days=50)
    assert client.post(_page(edition), {"number": 2, "from_on": f"{later}", **inline}).status_code == 302
    text.refresh_from_db()
    edition.refresh_from_db()
    assert (text.text, text.is_draft, edition.from_on) == ("定稿的职责", False, later)
    answer = client.post(_page(edition), {"number": 2, "from_on": f"{timezone.localdate()}", **inline})
    assert answer.status_code == 200
    edition.refresh_from_db()
    assert edition.from_on == later


def test_the_action_leads_to_the_copy(first: ProvisionEdition) -> None:
    client = client_for(person_with(Role.PARTY_ORGANISATION))
    chosen = {"action": "copy_as_new", "_selected_action": [first.pk]}
    answer = client.post(reverse("admin:coordinators_provisionedition_changelist"), chosen)
    copy = ProvisionEdition.objects.get(number=2)
    assert answer.headers["Location"] == _page(copy)
    assert client.get(_page(copy)).context["has_change_permission"] is True
