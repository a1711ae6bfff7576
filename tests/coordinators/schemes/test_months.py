"""The schemes as they come, a month's sheet of a project, and the projects side by side."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from coordinators.models import Scheme, SchemeCheck
from coordinators.schemes.board import sheet_of
from coordinators.schemes.policies import is_open
from coordinators.schemes.workflow import fingerprint, tick
from core.months import Month
from core.refusals import Refused, Stale
from core.roles import Role
from labour_teams.models import LabourTeam
from regions.models import Project
from tests.factories import (
    LabourTeamFactory,
    ProjectFactory,
    RegionFactory,
    SchemeCheckFactory,
    SchemeItemFactory,
    UserFactory,
    WorkCrewFactory,
    person_with,
)
from tests.house.test_url_matrix import client_for
from tests.world import stationed

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return ProjectFactory(code="DUNGE")


@pytest.fixture
def coordinator(project: Project) -> User:
    return person_with(Role.PROJECT_COORDINATOR, project=project)


@pytest.fixture
def deliveries() -> Scheme:
    return Scheme.objects.get(key="six-deliveries")


@pytest.mark.parametrize(
    ("key", "name", "use", "count"),
    [
        ("five-same", "五同", "team", 5),
        ("six-deliveries", "六送", "project", 6),
        ("three-site", "三工建设", "project", 3),
        ("six-inclusions", "六纳入", "member", 6),
        ("six-roles", "六大员", "tag", 6),
    ],
)
def test_the_schemes_come_with_their_items_sources_and_draft_marks(key: str, name: str, use: str, count: int) -> None:
    scheme = Scheme.objects.get(key=key)
    items = list(scheme.items.order_by("number"))
    assert (scheme.name, scheme.use, scheme.is_draft, bool(scheme.source)) == (name, use, True, True)
    assert [item.number for item in items] == list(range(1, count + 1))
    assert all(item.is_draft for item in items)


def test_every_draft_is_marked(coordinator: User) -> None:
    text = client_for(coordinator).get("/schemes/").content.decode()
    assert text.count('class="lx-pill"><svg') == 5 + 5 + 6 + 3 + 6 + 6


def sheet(scheme: Scheme, project: Project, month: Month | None = None) -> str:
    return f"/schemes/{scheme.key}/{month or Month.current()}/{project.code}/"


def typed(scheme: Scheme, project: Project, numbers: dict[int, str], team: LabourTeam | None = None) -> dict[str, Any]:
    """The form as the page sends it: `numbers` of items with their notes."""
    checks = {
        (row.item_id, row.team_id): row
        for row in SchemeCheck.objects.filter(item__scheme=scheme, project=project, month=Month.current())
    }
    data: dict[str, Any] = {"seen": fingerprint(checks)}
    for number, note in numbers.items():
        item = scheme.items.get(number=number)
        data |= {f"tick-{item.pk}-{team.pk if team else 0}": "on", f"note-{item.pk}-{team.pk if team else 0}": note}
    return data


def ticked(scheme: Scheme) -> dict[int, str]:
    return dict(SchemeCheck.objects.filter(item__scheme=scheme).order_by("item__number").values_list("item__number", "note"))


def test_the_whole_form_is_the_state(project: Project, coordinator: User, deliveries: Scheme) -> None:
    client, address = client_for(coordinator), sheet(deliveries, project)
    client.post(address, typed(deliveries, project, {1: "", 3: "焊工班12人"}))
    assert ticked(deliveries) == {1: "", 3: "焊工班12人"}
    first = SchemeCheck.objects.get(item__number=3, item__scheme=deliveries)
    client.post(address, typed(deliveries, project, {3: "焊工班12人", 5: "绿豆汤"}))
    assert ticked(deliveries) == {3: "焊工班12人", 5: "绿豆汤"}
    kept = SchemeCheck.objects.get(item__number=3, item__scheme=deliveries)
    assert (kept.pk, kept.at, kept.by) == (first.pk, first.at, coordinator)
    client.post(address, typed(deliveries, project, {}))
    assert ticked(deliveries) == {}


def test_a_scheme_of_teams_is_ticked_team_by_team(project: Project, coordinator: User) -> None:
    same = Scheme.objects.get(key="five-same")
    here, gone = LabourTeamFactory(project=project), LabourTeamFactory(project=project, entered_on=None, left_on=date(2020, 1, 1))
    elsewhere = LabourTeamFactory()
    client = client_for(coordinator)
    response = client.get(sheet(same, project))
    assert [team for team, _lines, _n in response.context["groups"]] == [here]
    data = typed(same, project, {1: "", 2: "每周一次"}, here) | typed(same, project, {1: ""}, gone)
    client.post(sheet(same, project), data | typed(same, project, {1: ""}, elsewhere))
    assert set(SchemeCheck.objects.values_list("team", "item__number")) == {(here.pk, 1), (here.pk, 2)}


def test_somebody_elses_ticks_are_not_overwritten_unseen(project: Project, coordinator: User, deliveries: Scheme) -> None:
    data = typed(deliveries, project, {2: "放电影"})
    SchemeCheckFactory(item=deliveries.items.get(number=1), project=project)
    client = client_for(coordinator)
    response = client.post(sheet(deliveries, project), data)
    assert response.status_code == 200
    assert ticked(deliveries) == {1: ""}
    assert 'value="放电影"' in response.content.decode()
    client.post(sheet(deliveries, project), data | {"seen": response.context["form"].data["seen"]})
    assert ticked(deliveries) == {2: "放电影"}


def test_a_note_that_is_too_long_stays_on_the_page(project: Project, coordinator: User, deliveries: Scheme) -> None:
    response = client_for(coordinator).post(sheet(deliveries, project), typed(deliveries, project, {1: "长" * 201}))
    assert "长" * 201 in response.content.decode()
    assert len(response.context["form"].errors) == 1
    assert ticked(deliveries) == {}


def test_an_item_out_of_use_keeps_its_ticks(project: Project, coordinator: User, deliveries: Scheme) -> None:
    old = SchemeItemFactory(scheme=deliveries, number=7, is_active=False)
    SchemeCheckFactory(item=old, project=project)
    client = client_for(coordinator)
    seen = client.get(sheet(deliveries, project)).context["form"]["seen"].value()
    client.post(sheet(deliveries, project), typed(deliveries, project, {1: ""}) | {"seen": seen})
    assert ticked(deliveries) == {1: "", 7: ""}


@pytest.mark.parametrize(
    ("today", "is_so"),
    [
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), True),
        (date(2026, 7, 2), False),
    ],
)
def test_a_month_is_open_until_31_days_after_its_end(today: date, is_so: bool) -> None:
    assert is_open(Month(2026, 5), today) is is_so


def test_a_closed_month_is_read_only(deliveries: Scheme) -> None:
    project = ProjectFactory()
    with time_machine.travel("2026-07-02T09:00:00+08:00"):
        person = person_with(Role.PROJECT_COORDINATOR, project=project)
        may = Month(2026, 5)
        response = client_for(person).get(sheet(deliveries, project, may))
        assert response.context["may_tick"] is False
        assert b'<form method="post" id="ticks"' not in response.content
        asked, _teams = sheet_of(person, deliveries, project, may)
        with pytest.raises(Refused):
            tick(asked, by=person, ticked=dict.fromkeys(asked.cells, ""), seen=fingerprint({}))
    assert SchemeCheck.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "get", "post"),
    [
        (Role.PROJECT_COMMITTEE, 200, 403),
        (Role.PROJECT_CLERK, 200, 403),
        (Role.REGIONAL_COORDINATOR, 200, 403),
        (Role.PARTY_ORGANISATION, 200, 403),
        (Role.LEADER, 200, 403),
        (Role.SYSTEM_ADMINISTRATOR, 404, 404),
    ],
)
def test_only_the_projects_coordinator_ticks(project: Project, deliveries: Scheme, role: Role, get: int, post: int) -> None:
    client = client_for(stationed(role, WorkCrewFactory(team__project=project)))
    assert client.get(sheet(deliveries, project)).status_code == get
    assert client.post(sheet(deliveries, project), typed(deliveries, project, {1: ""})).status_code == post
    assert SchemeCheck.objects.count() == 0


def test_the_workflow_asks_again(project: Project, coordinator: User, deliveries: Scheme) -> None:
    asked, _teams = sheet_of(coordinator, deliveries, project, Month.current())
    with pytest.raises(Refused):
        tick(asked, by=person_with(Role.PROJECT_CLERK, project=project), ticked={}, seen=fingerprint({}))
    with pytest.raises(Stale):
        tick(asked, by=coordinator, ticked={}, seen="something else")


def test_a_region_sees_its_projects_side_by_side() -> None:
    region = RegionFactory()
    same = Scheme.objects.get(key="five-same")
    one, two = ProjectFactory(region=region, code="A1"), ProjectFactory(region=region, code="A2")
    ProjectFactory()
    teams = LabourTeamFactory.create_batch(2, project=one)
    for team, numbers in ((teams[0], (1, 2)), (teams[1], (1,))):
        for number in numbers:
            SchemeCheckFactory(team=team, item=same.items.get(number=number))
    SchemeCheckFactory(team=teams[0], item=same.items.get(number=4), month=Month.current().plus(-1))
    response = client_for(person_with(Role.REGIONAL_COORDINATOR, region=region)).get(f"/schemes/five-same/{Month.current()}/")
    board = response.context["board"]
    rows = {row.project: ([n for n, _item in row.cells], row.possible, row.done, row.all) for row in board.rows}
    assert rows == {one: ([2, 1, 0, 0, 0], 2, 3, 10), two: ([0, 0, 0, 0, 0], 0, 0, 0)}
    assert [(done, all_) for done, all_, _item in board.columns] == [(2, 2), (1, 2), (0, 2), (0, 2), (0, 2)]


@pytest.mark.parametrize("key", ["six-inclusions", "six-roles", "nothing"])
def test_what_is_not_monthly_has_no_months(key: str) -> None:
    assert client_for(person_with(Role.PARTY_ORGANISATION)).get(f"/schemes/{key}/{Month.current()}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_costs_the_same_however_many_projects(rows: int) -> None:
    same = Scheme.objects.get(key="five-same")
    for _project in range(rows):
        SchemeCheckFactory(of_team=True, item=same.items.get(number=1))
    client = client_for(person_with(Role.LABOUR_CENTRE))
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/schemes/five-same/{Month.current()}/")
    assert len(queries) == 10


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sheet_costs_the_same_however_full(project: Project, coordinator: User, deliveries: Scheme, rows: int) -> None:
    for number in range(1, rows + 1):
        SchemeCheckFactory(item=deliveries.items.get(number=number), project=project, by=UserFactory())
    client = client_for(coordinator)
    with CaptureQueriesContext(connection) as queries:
        client.get(sheet(deliveries, project))
    assert len(queries) == 10
