"""Routing and what follows: rows, stamps, sights, words; round whoever a case names."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from core.refusals import Refused, Stale
from core.roles import Role
from feedback.cases import workflow
from feedback.cases.workflow import Destination
from feedback.models import Case, CaseCategory, CaseEvent, CaseOfficer, Tier
from labour_teams.models import WorkCrew
from regions.models import Department, Project
from tests.factories import CaseFactory, DepartmentFactory, person_with
from tests.world import stationed

pytestmark = pytest.mark.django_db


def parts(case: Case) -> dict[str, str]:
    return {str(sight.department.code if sight.department else sight.tier): sight.part for sight in case.sights.all()}


def test_routing_starts_the_clocks_and_gives_the_department_a_sight(
    project: Project, department: Department, coordinator: User, officer: User
) -> None:
    case, helper = CaseFactory(project=project), DepartmentFactory(code="MATERIALS")
    before = timezone.now()
    to = Destination(Tier.DEPARTMENT, department)
    row = workflow.route(case, by=coordinator, to=to, joint=[helper], reason="安全归口", version=0)
    row.refresh_from_db()
    assert (row.status, row.route_reason, row.handler, row.version) == ("routed", "安全归口", None, 1)
    assert before <= row.routed_at < row.accept_due_at < row.answer_due_at < row.settle_due_at
    assert (row.first_answer_due_at, row.first_settle_due_at) == (row.answer_due_at, row.settle_due_at)
    assert parts(row) == {
        "company": "copied", "region": "supervisor", "project": "local", "SAFETY_QUALITY": "lead", "MATERIALS": "joint",
    }  # fmt: skip
    event = row.events.get()
    assert (event.verb, event.by, event.is_public) == ("route", coordinator, True)
    assert "安全归口" in event.note
    assert workflow.accept(row, by=officer).handler == officer


def test_a_version_that_somebody_changed_is_stale(project: Project, coordinator: User) -> None:
    case = CaseFactory(project=project)
    workflow.remark(case, by=coordinator, text="先看看")
    with pytest.raises(Stale):
        workflow.route(case, by=coordinator, to=Destination(Tier.PROJECT), version=0)


TO = {"project": Tier.PROJECT, "region": Tier.REGION, "company": Tier.COMPANY}
STANDS = {
    "project": {"company": "copied", "region": "supervisor", "project": "lead"},
    "region": {"company": "supervisor", "region": "lead", "project": "local"},
    "company": {"company": "lead", "region": "copied", "project": "local"},
}


@pytest.mark.parametrize("tier", list(TO))
def test_a_tier_leads_and_the_next_one_up_supervises(tier: str, project: Project, organisation: User) -> None:
    row = workflow.route(CaseFactory(project=project), by=organisation, to=Destination(TO[tier]))
    assert parts(row) == STANDS[tier]


def test_the_old_lead_has_been_told_and_the_clocks_go_on(
    project: Project, department: Department, officer: User, coordinator: User
) -> None:
    case = CaseFactory(project=project)
    routed = workflow.route(case, by=coordinator, to=Destination(Tier.DEPARTMENT, department))
    refused = workflow.refuse(routed, by=officer, grounds="不归我们管")
    assert (refused.status, refused.refusals, refused.events.get(verb="refuse").note) == ("refused", 1, "不归我们管")
    other = DepartmentFactory(code="MATERIALS")
    again = workflow.route(refused, by=coordinator, to=Destination(Tier.DEPARTMENT, other))
    assert (parts(again)["SAFETY_QUALITY"], parts(again)["MATERIALS"]) == ("copied", "lead")
    same = ("routed_at", "answer_due_at", "settle_due_at", "first_answer_due_at")
    assert [getattr(again, name) for name in same] == [getattr(routed, name) for name in same]


def test_what_was_sent_back_twice_headquarters_decides(
    project: Project, department: Department, officer: User, coordinator: User, regional: User, organisation: User
) -> None:
    case = CaseFactory(project=project, status="refused", refusals=2, dealt_with_by=department)
    for below in (coordinator, regional):
        assert not {"route", "insist"} & set(workflow.allowed_moves(case, below))
        with pytest.raises(Refused):
            workflow.insist(case, by=below, word="还是你们办")
    row = workflow.insist(case, by=organisation, word="归口明确")
    assert (row.status, row.refusals) == ("routed", 2)
    assert "refuse" not in workflow.allowed_moves(row, officer)
    with pytest.raises(Refused, match=r"cannot be sent back again|不能再退"):
        workflow.refuse(row, by=officer, grounds="还是不归我们")
    assert workflow.accept(row, by=officer).status == "accepted"


def test_sending_back_is_over_with_the_time_to_accept(project: Project, department: Department, officer: User) -> None:
    late = timezone.now() - timedelta(hours=1)
    case = CaseFactory(project=project, status="routed", dealt_with_by=department, accept_due_at=late)
    assert workflow.allowed_moves(case, officer)[0] == "accept"
    with pytest.raises(Refused, match=r"time to send it back is over|期限已过"):
        workflow.refuse(case, by=officer, grounds="不归我们管")
    row = workflow.accept(case, by=officer)
    assert row.accept_breached_at == late


# whom a case names → tiers to which it does not go
CLOSED = {
    "nobody": ((), set()),
    "liaison": (("liaison",), set()),
    "team_boss": (("team_boss",), set()),
    "project": (("project",), {"project"}),
    "region": (("region",), {"project", "region"}),
    "unknown": (("unknown",), {"project", "region"}),
}


@pytest.mark.parametrize("tier", list(TO))
@pytest.mark.parametrize("names", list(CLOSED))
def test_a_case_goes_to_nobody_whom_it_names(names: str, tier: str, project: Project, organisation: User) -> None:
    accused, closed = CLOSED[names]
    case = CaseFactory(project=project, names=[{"who": who} for who in accused])
    if tier in closed:
        with pytest.raises(Refused, match=r"concerns that unit|涉及该单位") as refusal:
            workflow.route(case, by=organisation, to=Destination(TO[tier]))
        assert list(refusal.value.fields) == ["to"]
        assert not case.sights.filter(part="lead").exists()
    else:
        assert workflow.route(case, by=organisation, to=Destination(TO[tier])).status == "routed"


def test_a_department_that_is_named_gets_no_case_and_helps_with_none(
    project: Project, department: Department, organisation: User
) -> None:
    case = CaseFactory(project=project, names=[{"who": "department", "department": department}])
    other = DepartmentFactory()
    with pytest.raises(Refused):
        workflow.route(case, by=organisation, to=Destination(Tier.DEPARTMENT, department))
    with pytest.raises(Refused):
        workflow.route(case, by=organisation, to=Destination(Tier.DEPARTMENT, other), joint=[department])
    row = workflow.route(case, by=organisation, to=Destination(Tier.DEPARTMENT, other))
    with pytest.raises(Refused):
        workflow.add_joint(row, by=organisation, department=department)
    with pytest.raises(Refused, match=r"already|已"):
        workflow.add_joint(row, by=organisation, department=other)
    assert not case.sights.filter(department=department).exists()


def test_a_department_and_a_place_must_be_there(organisation: User) -> None:
    nowhere = CaseFactory(project=None, region=None)
    for to in (Destination(Tier.DEPARTMENT), Destination(Tier.PROJECT), Destination(Tier.REGION)):
        with pytest.raises(Refused) as refusal:
            workflow.route(nowhere, by=organisation, to=to)
        assert "to" in refusal.value.fields


# whom it names, straight to the company, who cannot solve it → where it goes
UPWARD = [
    ((), False, Role.LIAISON, "project"),
    ((), False, Role.PROJECT_COORDINATOR, "region"),
    ((), False, Role.REGIONAL_COORDINATOR, "company"),
    (("project",), False, Role.LIAISON, "region"),
    (("region",), False, Role.LIAISON, "company"),
    (("unknown",), False, Role.LIAISON, "company"),
    ((), True, Role.LIAISON, "company"),
]


@pytest.mark.parametrize(("names", "is_direct", "role", "tier"), UPWARD)
def test_i_cannot_solve_this_goes_to_the_next_tier_that_may(
    names: tuple[str, ...], is_direct: bool, role: Role, tier: str, crew: WorkCrew
) -> None:
    person = stationed(role, crew)
    case = CaseFactory(
        project=crew.team.project, registered_by=person, names=[{"who": who} for who in names], is_direct=is_direct
    )
    row = workflow.escalate(case, by=person, word="没有权限")
    event = row.events.get()
    assert (row.status, row.sights.get(part="lead").tier, row.routed_at is not None) == ("routed", tier, True)
    assert (event.verb, event.by, event.is_public, abs(event.at - timezone.now()) < timedelta(minutes=1)) == (
        "escalate", person, True, True,
    )  # fmt: skip


@pytest.mark.parametrize(("lead", "tier"), [("project", "region"), ("region", "company"), ("department", "company")])
def test_whoever_deals_with_it_passes_it_up_and_the_clocks_go_on(
    lead: str, tier: str, project: Project, department: Department, coordinator: User, regional: User, officer: User
) -> None:
    person = {"project": coordinator, "region": regional, "department": officer}[lead]
    by = department if lead == "department" else Tier(lead)
    case = CaseFactory(project=project, status="accepted", dealt_with_by=by, handler=person)
    row = workflow.escalate(case, by=person, word="没有权限")
    assert (row.status, row.sights.get(part="lead").tier, row.handler, row.accepted_at) == ("routed", tier, None, None)
    assert (row.answer_due_at, row.first_answer_due_at) == (case.answer_due_at, case.first_answer_due_at)
    with pytest.raises(Refused):
        workflow.escalate(case, by=person, word=" ")


def test_classifying_anew_brings_forward_and_never_puts_off(project: Project, regional: User) -> None:
    case = CaseFactory(project=project, status="accepted")
    living = CaseCategory.objects.get(key="living")
    milder = workflow.reclassify(case, by=regional, category=living, severity="complex", kind="problem", is_sensitive=False)
    assert (milder.severity, milder.answer_due_at) == ("complex", case.answer_due_at)
    sharper = workflow.reclassify(case, by=regional, category=living, severity="urgent", kind="hazard", is_sensitive=False)
    assert sharper.answer_due_at < case.answer_due_at
    assert sharper.first_answer_due_at == case.first_answer_due_at


def test_only_headquarters_lifts_the_seal(project: Project, regional: User, organisation: User) -> None:
    case = CaseFactory(project=project, is_sensitive=True)
    CaseOfficer.objects.create(case=case, person=regional, named_by=organisation)
    living = CaseCategory.objects.get(key="living")
    said = {"category": living, "severity": "normal", "kind": "problem", "is_sensitive": False}
    with pytest.raises(Refused) as refusal:
        workflow.reclassify(case, by=regional, **said)
    assert list(refusal.value.fields) == ["is_sensitive"]
    assert workflow.reclassify(case, by=organisation, **said).is_sensitive is False


def test_an_officer_is_named_for_a_sensitive_case_and_never_of_the_line_that_it_names(
    crew: WorkCrew, organisation: User, centre: User, coordinator: User, regional: User
) -> None:
    case = CaseFactory(project=crew.team.project, is_sensitive=True, names=[{"who": "project"}])
    assert workflow.allowed_moves(case, organisation)[-2:] == ["name_officer", "remark"]
    assert "name_officer" not in workflow.allowed_moves(CaseFactory(project=crew.team.project), organisation)
    for one_of_theirs in (coordinator, stationed(Role.PROJECT_CLERK, crew)):
        with pytest.raises(Refused):
            workflow.name_officer(case, by=organisation, person=one_of_theirs)
    with pytest.raises(Refused):
        workflow.name_officer(case, by=centre, person=centre)
    workflow.name_officer(case, by=organisation, person=regional)
    assert Case.objects.visible_to(regional).filter(pk=case.pk).exists()
    assert not Case.objects.visible_to(coordinator).filter(pk=case.pk).exists()


def test_outside_bodies_and_helpers_stand_in_the_story(project: Project, department: Department, officer: User) -> None:
    case = CaseFactory(project=project, status="accepted", dealt_with_by=department)
    workflow.hand_outside(case, by=officer, body="属地人社局", word="由监察大队认定")
    helper = DepartmentFactory(name="物资部")
    workflow.add_joint(case, by=officer, department=helper)
    case.refresh_from_db()
    assert (case.outside, case.status) == ("属地人社局", "accepted")
    outside, joint = CaseEvent.objects.filter(case=case).order_by("at")
    assert (outside.verb, joint.verb, joint.note) == ("hand_outside", "add_joint", "物资部")
    assert outside.note.startswith("属地人社局")
    assert outside.note.endswith("由监察大队认定")
    assert Case.objects.visible_to(person_with(Role.DEPARTMENT_OFFICER, department=helper)).get() == case
