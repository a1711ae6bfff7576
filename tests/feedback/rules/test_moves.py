"""The lifecycle of a case: every verb in every state as every role, for each unit that may deal with it."""

from itertools import product
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
from tests.factories import CaseFactory, DepartmentFactory, RevisitFactory, UserFactory, person_with
from tests.feedback.rules.acts import act

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


# Of these, case_in() makes a case of their own; the others are tried on the same one, which each leaves as it was.
ON_ITS_OWN_CASE = ("close_on_spot", "file_after_report", "let_stand", "decide_extension", "keep_promise")
TOGETHER = [verb for verb in LIFECYCLE.moves if verb not in ON_ITS_OWN_CASE]


@pytest.mark.parametrize("verbs", [TOGETHER, *([verb] for verb in ON_ITS_OWN_CASE)], ids=lambda verbs: verbs[-1])
@pytest.mark.parametrize("lead", list(LEADS))
def test_each_verb_in_each_state_as_each_role(
    lead: str, verbs: list[str], people: dict[str, User], project: Project, department: Department
) -> None:
    for status in Case.Status.values:
        case = case_in(status, lead, project, department, verbs[0])
        prefetch_related_objects([case], *LOOKED_AT)
        before = state_of(case)
        for verb in verbs:
            wanted = expected(verb, status, lead)
            for role, person in people.items():
                assert LIFECYCLE.may(verb, person, case) is (role in wanted), (verb, status, role)
            if wanted and (lead == "department" or status in ("routed", "under_review", "answered")):
                _goes(verb, Case.objects.get(pk=case.pk), people[sorted(wanted)[0]], TABLE[verb][status])
                assert state_of(case) == before, (verb, status)


@pytest.mark.parametrize("verb", [verb for verb in TABLE if TABLE[verb]])
def test_what_is_refused_writes_nothing(verb: str, people: dict[str, User], project: Project, department: Department) -> None:
    """Called from outside, by everybody to whom the table does not give it."""
    for status in TABLE[verb]:
        case = case_in(status, "department", project, department, verb)
        before = state_of(case)
        for role in set(people) - expected(verb, status, "department"):
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
        transaction.set_rollback(True)  # for the next role


@pytest.mark.parametrize("lead", list(LEADS))
def test_buttons_are_what_the_table_allows(
    lead: str, people: dict[str, User], project: Project, department: Department, django_assert_max_num_queries: Any
) -> None:
    without = {
        "file_after_report",
        "decide_extension",
        "keep_promise",
        "close_on_spot",
        "let_stand",
    }  # nothing of that kind is there
    for status in Case.Status.values:
        case = case_in(status, lead, project, department, "remark")
        for role, person in people.items():
            wanted = [verb for verb in TABLE if verb not in without and role in expected(verb, status, lead)]
            _ = person.scope
            with django_assert_max_num_queries(10):
                assert workflow.allowed_moves(case, person) == wanted, (status, role)


@pytest.mark.parametrize("verb", list(LIFECYCLE.moves))
def test_the_clock_and_the_worker_do_what_is_theirs(verb: str, project: Project) -> None:
    theirs = {
        "route": {("clock", "registered")},
        "deliver": {("clock", status) for status in ("answered", "revisiting", "closed", "final_reply")},
        "resume": {("clock", "waiting"), ("worker", "waiting")},
        "confirm_settled": {("worker", "revisiting")},
        "redo": {("worker", status) for status in ("answered", "revisiting", "closed")},
        "worker_says": {("worker", status) for status in Case.Status.values},
    }
    for name, actor in (("clock", CLOCK), ("worker", WORKER)):
        for status in Case.Status.values:
            case = CaseFactory(project=project, status=status, code_hash=f"{name}{status}", severity="urgent")
            assert LIFECYCLE.may(verb, actor, case) is ((name, status) in theirs.get(verb, set())), (name, status)
            case.code_hash = None
            assert not LIFECYCLE.may(verb, WORKER, case)


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
    for verb in LIFECYCLE.moves:
        for status in TABLE[verb]:
            case = case_in(status, "department", project, department, verb)
            prefetch_related_objects([case], *LOOKED_AT)
            for stranger in strangers:
                assert not LIFECYCLE.may(verb, stranger, case), (verb, status)
            with pytest.raises(Refused, match=r"reach|范围"):
                act(verb, case, strangers[0])
