"""What the page of an entry tells of its kind, to whom, and of how many people it speaks without naming them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from core.roles import Role
from feedback.cases.intake import Place
from handbook.kinds.customs import number_said, roster_counts
from handbook.kinds.details import ROWS, detail_for
from handbook.models import EntryKind
from tests.factories import (
    CampaignActivityFactory,
    CareDistributionFactory,
    EngagementFactory,
    EthnicCustomNoteFactory,
    EthnicFestivalFactory,
    GuidanceRecordFactory,
    HandbookEntryFactory,
    HazardRecordFactory,
    HealthCheckBatchFactory,
    InspectionFindingFactory,
    LabourActFactory,
    MedicalSpendingFactory,
    MeetingRecordFactory,
    PhotoFactory,
    TrainingAttendanceFactory,
    VisitRecordFactory,
    person_with,
)
from tests.handbook.kinds.conftest import Site
from tests.handbook.kinds.writing import fresh
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db

MAKE: dict[str, tuple[Callable[[Site], Any], str]] = {
    # A row in the project, and what its page says of it.
    EntryKind.VISIT: (lambda site: VisitRecordFactory(entry__project=site.project), "家里老人病了"),
    EntryKind.MEETING: (lambda site: MeetingRecordFactory(entry__project=site.project), "每周三收一次意见"),
    EntryKind.TRAINING: (lambda site: TrainingAttendanceFactory(session__entry__project=site.project).session, "周铁生"),
    EntryKind.ACTIVITY: (lambda site: CampaignActivityFactory(entry__project=site.project), "劳动竞赛第"),
    EntryKind.HAZARD: (lambda site: HazardRecordFactory(entry__project=site.project, group=None), ""),
    EntryKind.CARE: (lambda site: CareDistributionFactory(event__entry__project=site.project, team=site.teams[0]).event, "毛巾"),
    EntryKind.HEALTH_CHECK: (lambda site: HealthCheckBatchFactory(entry__project=site.project, doctor="何医生"), "何医生"),
    EntryKind.MEDICAL: (lambda site: MedicalSpendingFactory(service__entry__project=site.project).service, "氧气瓶"),
    EntryKind.CUSTOMS: (lambda site: EthnicCustomNoteFactory(entry__project=site.project), "提前安排调休"),
    EntryKind.INSPECTION: (lambda site: InspectionFindingFactory(inspection__entry__team=site.teams[0]).inspection, "盖板"),
    EntryKind.GUIDANCE: (lambda site: GuidanceRecordFactory(entry__project=site.project), "走访记录要及时"),
    EntryKind.LABOUR_ACT: (lambda site: LabourActFactory(entry__region=site.project.region, company="山河劳务"), "山河劳务"),
}


def test_every_kind_with_a_row_is_told() -> None:
    assert set(MAKE) == set(ROWS) == set(EntryKind) - {"rights", "counselling"}


@pytest.mark.parametrize("kind", MAKE)
def test_the_page_tells_what_only_its_kind_has(kind: str, site: Site) -> None:
    make, words = MAKE[kind]
    entry = make(site).entry
    page = client_for(site.coordinator).get(reverse("entry", args=[entry.pk]))
    assert page.status_code == 200
    assert words in page.content.decode()


def test_kinds_without_a_row_have_none(site: Site) -> None:
    for kind in ("rights", "counselling"):
        entry = HandbookEntryFactory(kind=kind, project=site.project)
        assert detail_for(entry, fresh(site.coordinator)) is None
        assert client_for(site.coordinator).get(reverse("entry", args=[entry.pk])).status_code == 200


@pytest.mark.parametrize("kind", MAKE)
def test_it_costs_the_same_however_much_belongs_to_it(kind: str, site: Site, django_assert_max_num_queries: Any) -> None:
    entry, user = MAKE[kind][0](site).entry, fresh(site.coordinator)
    detail_for(entry, user)
    with django_assert_max_num_queries(7):
        detail = detail_for(entry, user)
    assert detail.entry == entry


def test_whoever_may_not_read_a_talk_sees_that_there_was_one(site: Site) -> None:
    entry = VisitRecordFactory(entry__project=site.project).entry
    committee = person_with(Role.PROJECT_COMMITTEE, project=site.project)
    assert detail_for(entry, committee) is None
    page = client_for(committee).get(reverse("entry", args=[entry.pk])).content.decode()
    assert "家里老人病了" not in page
    assert entry.title in page


def test_the_link_to_results_is_the_officers(site: Site) -> None:
    entry = HealthCheckBatchFactory(entry__project=site.project).entry
    place = reverse("health-results", args=[entry.pk])
    shown = {
        role: place in client_for(person).get(reverse("entry", args=[entry.pk])).content.decode()
        for role, person in {
            Role.REGIONAL_COORDINATOR: site.coordinator,
            Role.HEALTH_OFFICER: person_with(Role.HEALTH_OFFICER, project=site.project),
            Role.PROJECT_CLERK: person_with(Role.PROJECT_CLERK, project=site.project),
            Role.PARTY_ORGANISATION: person_with(Role.PARTY_ORGANISATION),
        }.items()
    }
    assert {role for role, there in shown.items() if there} == {Role.HEALTH_OFFICER}


def test_each_finding_to_be_put_right_leads_to_a_matter(site: Site) -> None:
    finding = InspectionFindingFactory(inspection__entry__team=site.teams[0])
    InspectionFindingFactory(inspection=finding.inspection, is_in_order=True, note="")
    detail = detail_for(finding.inspection.entry, fresh(site.coordinator))
    assert detail.may_open_matter
    assert not detail_for(finding.inspection.entry, person_with(Role.AUDITOR)).may_open_matter


def test_people_of_a_festival_are_counts_and_small_groups_not_even_exact(site: Site) -> None:
    EngagementFactory.create_batch(4, team=site.teams[0], ethnicity_code="04", name="旦增多吉")
    EngagementFactory(team=site.teams[1], ethnicity_code="04", left=True)
    today, whole = timezone.localdate(), Place(site.project.region, site.project)
    small, nobody = number_said(4), number_said(0)
    assert roster_counts(whole, today, ["04", "03"]) == [("藏族", small), ("回族", nobody)]
    assert "4" not in small
    EngagementFactory(team=site.teams[1], ethnicity_code="04", name="旦增多吉")
    assert roster_counts(whole, today, ["04"]) == [("藏族", number_said(5))]
    assert roster_counts(Place(site.project.region, site.project, site.teams[1]), today, ["04"]) == [("藏族", small)]
    festival = EthnicFestivalFactory(ethnicities=["04"])
    entry = EthnicCustomNoteFactory(entry__project=site.project, festival=festival).entry
    page = client_for(site.coordinator).get(reverse("entry", args=[entry.pk])).content.decode()
    assert "藏族" in page
    assert "旦增多吉" not in page


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_one_to_four_are_said_alike(number: int) -> None:
    assert number_said(number) == number_said(1) != number_said(5)


def test_the_document_of_a_labour_act_is_served_to_whoever_sees_the_act(site: Site) -> None:
    act = LabourActFactory(entry__region=site.project.region, document=PhotoFactory())
    place = reverse("labour-document", args=[act.pk])
    answer = client_for(site.coordinator).get(place)
    assert answer["Content-Type"] == "image/jpeg"
    assert client_for(person_with(Role.PROJECT_COORDINATOR, project=site.project)).get(place).status_code == 404
    without = LabourActFactory(entry__region=site.project.region)
    assert client_for(site.coordinator).get(reverse("labour-document", args=[without.pk])).status_code == 404


def test_names_on_the_page_are_those_within_reach(site: Site) -> None:
    crew_less = person_with(Role.LIAISON, team=site.teams[0])
    session = TrainingAttendanceFactory(
        session__entry__team=site.teams[0], engagement=EngagementFactory(team=site.teams[0], name="欧阳本队")
    ).session
    TrainingAttendanceFactory(session=session, engagement=EngagementFactory(team=site.teams[1], name="欧阳外队"))
    detail = detail_for(session.entry, fresh(crew_less))
    assert detail.named_count == 2
    assert [person.name for person in detail.named] == ["欧阳本队"]
