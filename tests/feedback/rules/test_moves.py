"""The lifecycle of a case: every verb in every state as every role, for each unit that may deal with it.

Who may is asked of all of them. What is done, refused and offered is tried for each two of verb, state, role and unit.
"""

from collections.abc import Iterable
from itertools import groupby, product
from typing import Any

import pytest
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from accounts.models import User
from core.moves import CLOCK, WORKER
from core.refusals import Refused
from core.roles import Role
from feedback.cases import workflow
from feedback.cases.workflow import LIFECYCLE
from feedback.cases.workflow.lifecycle import LOOKED_AT
from feedback.models import Case, CaseEvent, CaseExtension, Promise, Tier
from regions.models import Department, Project
from tests.covering import covering
from tests.factories import CaseFactory, DepartmentFactory, RevisitFactory, UserFactory, WorkCrewFactory, person_with
from tests.feedback.rules.acts import act
from tests.shared_world import world_once
from tests.world import stationed

pytestmark = pytest.mark.django_db

HQ = {Role.PARTY_ORGANISATION, Role.LABOUR_CENTRE}
REGIONAL, LOCAL, COMMITTEE = {Role.REGIONAL_COORDINATOR}, {Role.PROJECT_COORDINATOR}, {Role.PROJECT_COMMITTEE}
OFFICER = {Role.DEPARTMENT_OFFICER}
NOBODY: set[Role] = set()
LEADS = {"department": OFFICER, "project": LOCAL | COMMITTEE, "region": REGIONAL, "company": HQ}

# From which states, and where to ("=": it stays).
TABLE: dict[str, dict[str, str]] = {
    "route": {"registered": "routed", "refused": "routed"},
    "insist": {"refused": "routed"},
    "accept": {"routed": "accepted"},
    "refuse": {"routed": "refused"},
    "submit_reply": {"accepted": "under_review"},
    "approve_reply": {"under_review": "answered"},
    "return_reply": {"under_review": "accepted"},
    "deliver": {"answered": "=", "revisiting": "=", "closed": "=", "final_reply": "="},
    "settle": {"answered": "revisiting"},
    "confirm_settled": {"revisiting": "closed"},
    "redo": {"answered": "accepted", "revisiting": "accepted", "closed": "accepted"},
    "ask_worker": {"accepted": "waiting"},
    "resume": {"waiting": "accepted"},
    "escalate": {"registered": "routed", "routed": "routed", "accepted": "routed"},
    "close_on_spot": {"registered": "closed", "routed": "closed", "accepted": "closed"},
    "file_after_report": dict.fromkeys(Case.Status.values, "="),
    "ask_extension": dict.fromkeys(("routed", "accepted", "waiting", "under_review", "answered"), "="),
    "decide_extension": dict.fromkeys(Case.Status.values, "="),
    "keep_promise": dict.fromkeys(("answered", "revisiting", "closed", "final_reply"), "="),
    "hand_outside": dict.fromkeys(("routed", "accepted", "waiting", "under_review", "answered"), "="),
    "add_joint": dict.fromkeys(("routed", "accepted", "waiting", "under_review"), "="),
    "merge": dict.fromkeys(("registered", "routed", "refused", "accepted"), "="),
    "reclassify": dict.fromkeys(
        ("registered", "routed", "refused", "accepted", "waiting", "under_review", "answered", "revisiting"), "="
    ),
    "name_officer": {},  # sensitive cases alone, below
    "urge": dict.fromkeys(("registered", "routed", "refused", "accepted", "under_review", "answered"), "="),
    "let_stand": {"closed": "="},
    "remark": dict.fromkeys(Case.Status.values, "="),
    "worker_says": {},  # the worker's alone, below
    "follow": {},  # the clock's alone
}
# Who, besides whoever deals with it; for each unit that may do so.
ABOVE = {
    "department": HQ | REGIONAL,
    "project": HQ | REGIONAL,
    "region": HQ,
    "company": HQ,
}
ON_SITE = LOCAL | REGIONAL
ROUTERS = {lead: above | LOCAL for lead, above in ABOVE.items()}
JUDGES = {"department": HQ | REGIONAL | LOCAL, "project": HQ | REGIONAL, "region": HQ, "company": HQ}
SEERS = {
    "department": HQ | REGIONAL | LOCAL | OFFICER,
    "project": HQ | REGIONAL | LOCAL | COMMITTEE,
    "region": HQ | REGIONAL | LOCAL,
    "company": HQ | REGIONAL | LOCAL,
}
WHO: dict[str, dict[str, set[Role]]] = {
    "route": ROUTERS,
    "insist": ROUTERS,
    "accept": LEADS,
    "refuse": LEADS,
    "submit_reply": LEADS,
    "approve_reply": JUDGES,
    "return_reply": JUDGES,
    "deliver": {lead: above | LOCAL | LEADS[lead] for lead, above in ABOVE.items()},
    "settle": {lead: ON_SITE | roles for lead, roles in LEADS.items()},
    "confirm_settled": ABOVE,
    "redo": JUDGES,
    "ask_worker": LEADS,
    "resume": LEADS,
    "escalate": LEADS | {"company": NOBODY},
    "close_on_spot": dict.fromkeys(LEADS, REGIONAL),
    "file_after_report": dict.fromkeys(LEADS, REGIONAL),
    "ask_extension": LEADS,
    "decide_extension": ABOVE,
    "keep_promise": {lead: ON_SITE | roles for lead, roles in LEADS.items()},
    "hand_outside": LEADS,
    "add_joint": {lead: above | LEADS[lead] for lead, above in ABOVE.items()},
    "merge": {lead: above | LOCAL | LEADS[lead] for lead, above in ABOVE.items()},
    "reclassify": ABOVE,
    "name_officer": {},
    "urge": ABOVE | {"company": NOBODY},
    "let_stand": ABOVE,
    "remark": SEERS,
    "worker_says": {},
    "follow": {},
}
# Before anybody deals with it.
REGISTERED: dict[str, set[Role]] = {
    "route": HQ | REGIONAL | LOCAL,
    "escalate": REGIONAL | LOCAL,
    "close_on_spot": REGIONAL,
    "file_after_report": REGIONAL,
    "decide_extension": HQ | REGIONAL,
    "merge": HQ | REGIONAL | LOCAL,
    "reclassify": HQ | REGIONAL | LOCAL,
    "urge": HQ,
    "remark": HQ | REGIONAL | LOCAL,
}
# Where it is the turn of whoever supervises.
OF_THE_SUPERVISOR = ("refused", "under_review")


def expected(verb: str, status: str, lead: str) -> set[Role]:
    if status not in TABLE[verb]:
        return NOBODY
    if verb == "urge" and status in OF_THE_SUPERVISOR:
        return HQ if lead in ("department", "project") else NOBODY
    return REGISTERED[verb] if status == "registered" else WHO[verb][lead]


def case_in(status: str, lead: str, project: Project, department: Department, verb: str) -> Case:
    """With everything there that the verb needs, written by people who hold no post here."""
    dealt_with_by = None if status == "registered" else department if lead == "department" else Tier(lead)
    more: dict[str, Any] = {"severity": "urgent"} if verb == "close_on_spot" else {}
    if verb == "file_after_report":
        more["after_report_due_at"] = timezone.now()
    stranger = UserFactory()
    case = CaseFactory(
        project=project, status=status, dealt_with_by=dealt_with_by, replied_by=stranger, settled_by=stranger, **more
    )
    _stand(case, lead)
    if verb == "let_stand":
        RevisitFactory(case=case, sample=True, done=True, is_settled=False, done_by=stranger)
    if verb == "decide_extension":
        CaseExtension.objects.create(case=case, clock="settle", days=1, reason="等配件", asked_by=stranger)
    if verb == "keep_promise":
        given_at = case.replied_at or case.routed_at or timezone.now()
        Promise.objects.create(
            case=case, text="换一台", who="物资部", due_on=timezone.localdate(), given_by=stranger, given_at=given_at
        )
    return case


def _stand(case: Case, lead: str) -> None:
    """Who supervises, as it is after routing."""
    if lead == "region" and case.status != "registered":
        case.sights.filter(tier="company").update(part="supervisor")
    if lead == "company" and case.status != "registered":
        case.sights.filter(tier="region").update(part="copied")


def state_of(case: Case) -> tuple[object, ...]:
    rows = case.sights, case.events, case.messages, case.promises, case.extensions, case.revisits, case.officers, case.photos
    return *Case.objects.filter(pk=case.pk).values_list(), *(list(each.values_list().order_by("pk")) for each in rows)


def built() -> tuple[Project, Department, dict[str, User]]:
    crew, department = WorkCrewFactory(), DepartmentFactory(code="SAFETY_QUALITY")
    return crew.team.project, department, {role: stationed(role, crew, department) for role in Role}


founded, place = world_once(built)


@pytest.fixture
def project(place: Any) -> Project:
    return place[0]


@pytest.fixture
def department(place: Any) -> Department:
    return place[1]


@pytest.fixture
def people(place: Any) -> dict[str, User]:
    return place[2]


# Of these, case_in() makes a case of their own; the others are tried on the same one, which each leaves as it was.
ON_ITS_OWN_CASE = ("close_on_spot", "file_after_report", "let_stand", "decide_extension", "keep_promise")
KINDS = [[verb for verb in LIFECYCLE.moves if verb not in ON_ITS_OWN_CASE], *([verb] for verb in ON_ITS_OWN_CASE)]
each_kind = pytest.mark.parametrize("verbs", KINDS, ids=lambda verbs: verbs[-1])


def turned(values: Iterable[Any], by: int) -> list[Any]:
    """Each takes its turn to be the first, so that few rows are needed in which every two have met."""
    row = list(values)
    return row[by % len(row) :] + row[: by % len(row)]


DONE = covering(
    (verb, status, lead)
    for row, verb in enumerate(TABLE)
    for column, status in enumerate(TABLE[verb])
    for lead in turned(LEADS, row + column)
    if expected(verb, status, lead)
)
REFUSED = covering(
    (verb, status, role)
    for verb in TABLE
    for column, status in enumerate(TABLE[verb])
    for role in turned(Role, column)
    if role not in expected(verb, status, "department")
)


@each_kind
@pytest.mark.parametrize("lead", list(LEADS))
def test_each_verb_in_each_state_as_each_role(
    lead: str, verbs: list[str], people: dict[str, User], project: Project, department: Department
) -> None:
    """Who may, in every state; and each verb in each state goes for one unit at least, as for each unit in one state."""
    for status in Case.Status.values:
        case = case_in(status, lead, project, department, verbs[0])
        prefetch_related_objects([case], *LOOKED_AT)
        for verb in verbs:
            wanted = expected(verb, status, lead)
            for role, person in people.items():
                assert LIFECYCLE.may(verb, person, case) is (role in wanted), (verb, status, role)
            if (verb, status, lead) in DONE:
                _goes(verb, Case.objects.get(pk=case.pk), people[sorted(wanted)[0]], TABLE[verb][status])


@each_kind
def test_what_is_refused_writes_nothing(
    verbs: list[str], people: dict[str, User], project: Project, department: Department
) -> None:
    """Called from outside, by those to whom the table does not give it: each of them, and in each state somebody."""
    refused = sorted((status, verb, role) for verb, status, role in REFUSED if verb in verbs)
    for status, rows in groupby(refused, key=lambda row: row[0]):
        case = case_in(status, "department", project, department, verbs[0])
        before = state_of(case)
        for _status, verb, role in rows:
            with pytest.raises(Refused):
                act(verb, case, people[role])
        assert state_of(case) == before, status


def _goes(verb: str, case: Case, person: User, target: str) -> None:
    with transaction.atomic():
        act(verb, case, person)
        fresh = Case.objects.get(pk=case.pk)
        assert fresh.status == (case.status if target == "=" and verb != "merge" else target if target != "=" else fresh.status)
        event = CaseEvent.objects.exclude(verb="follow").get(case=case)
        assert (event.verb, event.by, event.from_status) == (verb, person, case.status)
        transaction.set_rollback(True)  # for the next verb


# What is there only where case_in() is told so.
OFFERED = [verb for verb in TABLE if verb not in ON_ITS_OWN_CASE]


def test_buttons_are_what_the_table_allows(
    people: dict[str, User], project: Project, department: Department, django_assert_max_num_queries: Any
) -> None:
    """What each may is asked above; here each role in each state, and for each unit."""
    rows = covering(
        (status, lead, role)
        for row, status in enumerate(Case.Status.values)
        for column, role in enumerate(Role)
        for lead in turned(LEADS, row + column)
    )
    cases = {pair: case_in(*pair, project, department, "remark") for pair in dict.fromkeys(row[:2] for row in rows)}
    for status, lead, role in rows:
        wanted = [verb for verb in OFFERED if role in expected(verb, status, lead)]
        _ = people[role].scope
        with django_assert_max_num_queries(10):
            assert workflow.allowed_moves(Case.objects.get(pk=cases[status, lead].pk), people[role]) == wanted, (status, role)


def test_the_clock_and_the_worker_do_what_is_theirs(project: Project) -> None:
    theirs = {
        "route": {("clock", "registered")},
        "deliver": {("clock", status) for status in ("answered", "revisiting", "closed", "final_reply")},
        "resume": {("clock", "waiting"), ("worker", "waiting")},
        "confirm_settled": {("worker", "revisiting")},
        "redo": {("worker", status) for status in ("answered", "revisiting", "closed")},
        "worker_says": {("worker", status) for status in Case.Status.values},
    }
    for (name, actor), status in product((("clock", CLOCK), ("worker", WORKER)), Case.Status.values):
        case = CaseFactory(project=project, status=status, code_hash=f"{name}{status}", severity="urgent")
        may = {verb for verb in LIFECYCLE.moves if LIFECYCLE.may(verb, actor, case)}
        assert may == {verb for verb in LIFECYCLE.moves if (name, status) in theirs.get(verb, set())}, (name, status)
        case.code_hash = None
        assert [verb for verb in LIFECYCLE.moves if LIFECYCLE.may(verb, WORKER, case)] == []


def test_nobody_whom_a_case_names_does_anything(people: dict[str, User], project: Project, department: Department) -> None:
    for role, status in product(HQ | REGIONAL | LOCAL | COMMITTEE | OFFICER, Case.Status.values):
        lead = {Role.DEPARTMENT_OFFICER: "department", Role.REGIONAL_COORDINATOR: "region"}.get(Role(role), "project")
        case = case_in(status, lead, project, department, "decide_extension")
        case.accused.create(who="liaison", person=people[role])
        assert workflow.allowed_moves(case, people[role]) == [], (role, status)


@pytest.mark.parametrize("status", ["routed", "accepted", "under_review", "revisiting"])
def test_a_unit_that_a_case_names_does_nothing_even_with_a_sight(
    status: str, people: dict[str, User], project: Project, department: Department
) -> None:
    """A sight that should not be there gives nothing."""
    case = case_in(status, "project", project, department, "remark")
    case.accused.create(who="project")
    for role in (Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE):
        assert workflow.allowed_moves(case, people[role]) == []
    other = case_in(status, "department", project, department, "remark")
    other.accused.create(who="department", department=department)
    assert workflow.allowed_moves(other, people[Role.DEPARTMENT_OFFICER]) == []


def test_a_liaison_remarks_and_passes_up_what_he_wrote_down(people: dict[str, User], project: Project) -> None:
    liaison = people[Role.LIAISON]
    for status in Case.Status.values:
        case = CaseFactory(project=project, status=status, registered_by=liaison)
        wanted = ["escalate", "remark"] if status == "registered" else ["remark"]
        assert workflow.allowed_moves(case, liaison) == wanted
        assert workflow.allowed_moves(CaseFactory(project=project, status=status), liaison) == []


def test_people_of_other_places_reach_nothing(project: Project, department: Department) -> None:
    strangers = [
        person_with(Role.REGIONAL_COORDINATOR),
        person_with(Role.PROJECT_COORDINATOR),
        person_with(Role.DEPARTMENT_OFFICER, department=DepartmentFactory()),
        UserFactory(),
    ]
    for verbs, status in product(KINDS, Case.Status.values):
        case = case_in(status, "department", project, department, verbs[0])
        prefetch_related_objects([case], *LOOKED_AT)
        for verb in (verb for verb in verbs if status in TABLE[verb]):
            assert not any(LIFECYCLE.may(verb, stranger, case) for stranger in strangers), (verb, status)
            if status == next(iter(TABLE[verb])):
                with pytest.raises(Refused, match=r"reach|范围"):
                    act(verb, case, strangers[0])
