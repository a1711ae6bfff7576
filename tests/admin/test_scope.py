"""What the base of every ModelAdmin promises: rows, choices and filters in reach, nothing deleted that has a history."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from django.utils.text import capfirst

from core.admin import ScopedAdmin, ScopedChecks
from core.audit import AuditKind
from core.models import AuditEvent
from core.roles import Role
from handbook.models import TrainingAttendance
from labour_teams.models import Engagement, LabourTeam, WorkCrew
from regions.models import Project, Region
from tests.factories import (
    EngagementFactory,
    LabourTeamFactory,
    ProjectFactory,
    RegionFactory,
    TrainingAttendanceFactory,
    WageLineFactory,
    WorkCrewFactory,
    WorkerFactory,
    person_with,
)
from tests.house.crawl import client_for
from wages.models import WageLine

pytestmark = pytest.mark.django_db


def request_by(person: Any) -> Any:
    request = RequestFactory().get("/")
    request.user = person
    return request


def test_rows_and_choices_stay_in_reach() -> None:
    """Nobody confined to a region opens the admin site; if one ever did, he would still see his region only."""
    ours, theirs = ProjectFactory(), ProjectFactory()
    own_team, foreign_team = LabourTeamFactory(project=ours), LabourTeamFactory(project=theirs)
    request = request_by(person_with(Role.REGIONAL_COORDINATOR, region=ours.region))
    teams = admin.site._registry[LabourTeam]
    assert set(teams.get_queryset(request)) == {own_team}
    choices = teams.formfield_for_foreignkey(LabourTeam._meta.get_field("project"), request)
    assert set(choices.queryset) == {ours}
    crews = admin.site._registry[WorkCrew]
    assert foreign_team not in crews.formfield_for_foreignkey(WorkCrew._meta.get_field("team"), request).queryset


def test_filters_in_the_sidebar_offer_what_is_in_reach() -> None:
    ours = ProjectFactory()
    ProjectFactory()
    request = request_by(person_with(Role.REGIONAL_COORDINATOR, region=ours.region))
    roster = admin.site._registry[Engagement]
    filters = dict(entry for entry in roster.get_list_filter(request) if isinstance(entry, tuple))
    field = Engagement._meta.get_field("project")
    spec = filters["project"](field, request, {}, Engagement, roster, "project")
    assert spec.lookup_choices == [(ours.pk, ours.name)]


def test_a_filter_that_would_offer_everything_fails_the_check() -> None:
    class Careless(ScopedAdmin):
        list_filter = (("project", admin.RelatedFieldListFilter),)

    found = ScopedChecks().check(Careless(LabourTeam, admin.site))
    assert [error.id for error in found] == ["core.E001"]


def test_a_unit_with_history_is_not_deleted() -> None:
    engagement = EngagementFactory()
    client = client_for(person_with(Role.LABOUR_CENTRE))
    for row in (engagement.team, engagement.project, engagement.project.region):
        place = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_delete", args=[row.pk])
        response = client.post(place, {"post": "yes"})
        assert response.status_code == 403 or response.context["protected"], place
    assert Engagement.objects.filter(pk=engagement.pk, team=engagement.team_id).exists()


def test_an_empty_unit_is_deleted_and_leaves_a_trace() -> None:
    region = RegionFactory()
    person = person_with(Role.LABOUR_CENTRE)
    client_for(person).post(reverse("admin:regions_region_delete", args=[region.pk]), {"post": "yes"})
    assert not Region.objects.filter(pk=region.pk).exists()
    event = AuditEvent.objects.get(kind=AuditKind.DELETE)
    assert (event.by, event.subject_id, event.subject_name) == (person, str(region.pk), region.name)


@pytest.mark.parametrize("table", ["labour_teams_worker", "labour_teams_engagement", "accounts_user", "reports_monthlyreport"])
def test_people_and_records_are_never_deleted_here(table: str) -> None:
    row = EngagementFactory()
    pk = row.worker_id if table.endswith("worker") else row.pk
    response = client_for(person_with(Role.PARTY_PERSONNEL)).post(reverse(f"admin:{table}_delete", args=[pk]), {"post": "yes"})
    assert response.status_code in {302, 403} or response.context["protected"]
    assert Engagement.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(("role", "lines"), [(Role.LABOUR_CENTRE, 2), (Role.PARTY_PERSONNEL, 0)])
def test_the_page_before_somebody_is_deleted_says_what_hangs_on_him(role: Role, lines: int) -> None:
    """Each kind by number for whoever sees its table; what he does not see is not told apart."""
    row = EngagementFactory(name="单雅琴")
    WageLineFactory.create_batch(2, engagement=row)
    TrainingAttendanceFactory(engagement=row)
    response = client_for(person_with(role)).get(reverse("admin:labour_teams_engagement_delete", args=[row.pk]))
    never, *kinds = response.context["protected"]
    assert (response.status_code, "单雅琴" in never) == (200, True)
    wages, trainings = capfirst(str(WageLine._meta.verbose_name)), capfirst(str(TrainingAttendance._meta.verbose_name))
    assert [kind[-1] for kind in kinds if kind.startswith(wages)] == [str(lines)] * bool(lines)
    assert [kind[-1] for kind in kinds if kind.startswith(trainings)] == ["1"]
    assert len(kinds) == 2


def test_the_numbers_of_a_person_cannot_be_posted() -> None:
    engagement = EngagementFactory()
    before = Engagement.objects.values().get(pk=engagement.pk)
    other = LabourTeamFactory()
    data = {
        "name": "单雅琴",
        "trade": "木工",
        "employment_type": "labour_team",
        "team": other.pk,
        "worker": WorkerFactory().pk,
        "phone": "15400000001",
        "bank_card": "1",
        "left_on": "2020-01-01",
    }
    place = reverse("admin:labour_teams_engagement_change", args=[engagement.pk])
    assert client_for(person_with(Role.LABOUR_CENTRE)).post(place, data).status_code == 302
    after = Engagement.objects.values().get(pk=engagement.pk)
    assert {name for name in after if after[name] != before[name]} == {
        *("name", "name_pinyin", "name_initials", "trade", "updated_at"),
        *("ethnicity_code", "political_status_code", "education_code", "native_place"),
    }
    assert (after["name_initials"], after["ethnicity_code"]) == ("syq", "")


def test_a_worker_is_found_by_every_name_that_a_project_wrote_down() -> None:
    first = EngagementFactory(name="李建国")
    second = EngagementFactory(worker=first.worker, name="李建围")
    EngagementFactory(name="王五")
    client = client_for(person_with(Role.LABOUR_CENTRE))
    for typed in ("李建国", "ljw", str(second.phone)[-4:]):
        found = client.get(reverse("admin:labour_teams_worker_changelist"), {"q": typed}).context["cl"].queryset
        assert list(found) == [first.worker]
    text = client.get(reverse("admin:labour_teams_worker_change", args=[first.worker_id])).content.decode()
    assert "李建国" in text
    assert "李建围" in text
    assert f"{first.worker.born_on:%Y}" not in text


def test_a_crew_is_not_posted_under_a_team_that_does_not_exist() -> None:
    place = reverse("admin:labour_teams_workcrew_add")
    response = client_for(person_with(Role.LABOUR_CENTRE)).post(place, {"team": 987_654, "name": "钢筋班", "is_active": "on"})
    assert response.status_code == 200
    assert not WorkCrew.objects.exists()


def test_autocomplete_asks_the_table_that_it_completes_from() -> None:
    crew = WorkCrewFactory()
    query = {"term": crew.team.name, "app_label": "labour_teams", "model_name": "workcrew", "field_name": "team"}
    found = client_for(person_with(Role.LABOUR_CENTRE)).get("/admin/autocomplete/", query).json()
    assert [result["text"] for result in found["results"]] == [crew.team.name]


def test_a_project_keeps_its_stages_on_its_page() -> None:
    project = ProjectFactory()
    stage = project.stages.get()
    data = {
        "code": project.code, "name": project.name, "region": project.region_id, "sector": "railway",
        "stages-TOTAL_FORMS": "2", "stages-INITIAL_FORMS": "1",
        "stages-0-id": stage.pk, "stages-0-project": project.pk, "stages-0-stage": "active", "stages-0-from_on": "2020-01-01",
        "stages-1-project": project.pk, "stages-1-stage": "wrap_up", "stages-1-from_on": "2026-01-01",
    }  # fmt: skip
    response = client_for(person_with(Role.LABOUR_CENTRE)).post(reverse("admin:regions_project_change", args=[project.pk]), data)
    assert response.status_code == 302
    assert list(Project.objects.get(pk=project.pk).stages.order_by("from_on").values_list("stage", flat=True)) == [
        "active",
        "wrap_up",
    ]
