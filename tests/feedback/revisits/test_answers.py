"""Who is asked, what he says, and what becomes of the case."""

from typing import Any

import pytest

from accounts.models import User
from core.refusals import Refused
from core.roles import Role
from feedback.models import Case, CasePhoto, Revisit
from feedback.revisits import workflow
from tests.factories import CaseFactory, LabourTeamFactory, RevisitFactory, UserFactory, person_with, picture, uploaded
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db


founded, company = world_once(found_company)


@pytest.fixture
def regional(company: Company) -> User:
    return company.person(Role.REGIONAL_COORDINATOR)


@pytest.fixture
def centre(company: Company) -> User:
    return company.person(Role.LABOUR_CENTRE)


def revisit(company: Company, **fields: Any) -> Revisit:
    of_case = {name: fields.pop(name) for name in ("status", "redos", "replied_by", "names") if name in fields}
    case = CaseFactory(project=company.own_project, team=company.own_team, **{"status": "revisiting", **of_case})
    return RevisitFactory(case=case, **fields)


MAY_ASSIGN = {Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE, Role.PARTY_ORGANISATION}


@pytest.mark.parametrize("role", sorted(Role))
def test_who_chooses_who_goes(company: Company, role: str) -> None:
    goes = person_with(Role.LIAISON, team=LabourTeamFactory(project=company.own_project))
    found, by = revisit(company), company.person(role)
    if role in MAY_ASSIGN:
        assert workflow.assign(found, by=by, person=goes).asked == goes
    else:
        with pytest.raises(Refused):
            workflow.assign(found, by=by, person=goes)


def test_only_somebody_outside_the_line_is_asked(company: Company, regional: User) -> None:
    found = revisit(company)
    for wrong in (company.person(Role.LIAISON), company.person(Role.PROJECT_COORDINATOR), UserFactory()):
        with pytest.raises(Refused) as refusal:
            workflow.assign(found, by=regional, person=wrong)
        assert set(refusal.value.fields) == {"person"}


def test_an_answered_revisit_is_assigned_to_nobody(company: Company, regional: User, centre: User) -> None:
    with pytest.raises(Refused):
        workflow.assign(revisit(company, done=True), by=regional, person=centre)


def test_a_yes_closes_the_case(company: Company, regional: User) -> None:
    found = revisit(company, asked=regional)
    workflow.answer(found, by=regional, is_settled=True)
    found.refresh_from_db()
    found.case.refresh_from_db()
    assert (found.is_settled, found.done_by, found.case.status) == (True, regional, "closed")


def test_a_no_has_it_done_again_with_his_words(company: Company, regional: User) -> None:
    found = revisit(company, asked=regional)
    workflow.answer(found, by=regional, is_settled=False, words="还是没有热水")
    found.refresh_from_db()
    found.case.refresh_from_db()
    assert (found.is_settled, found.words, found.case.status, found.case.redos) == (False, "还是没有热水", "accepted", 1)
    assert found.case.events.get(verb="redo").note == "还是没有热水"


def test_a_no_needs_a_word(company: Company, regional: User) -> None:
    with pytest.raises(Refused) as refusal:
        workflow.answer(revisit(company, asked=regional), by=regional, is_settled=False, words="  ")
    assert set(refusal.value.fields) == {"words"}


def test_after_two_redos_a_no_is_kept_and_moves_nothing(company: Company, regional: User) -> None:
    found = revisit(company, asked=regional, redos=2)
    workflow.answer(found, by=regional, is_settled=False, words="还是没有")
    found.refresh_from_db()
    found.case.refresh_from_db()
    assert (found.is_settled, found.case.status, found.case.redos) == (False, "revisiting", 2)


def test_whoever_was_not_asked_does_not_answer(company: Company, regional: User, centre: User) -> None:
    found = revisit(company, asked=centre)
    with pytest.raises(Refused):
        workflow.answer(found, by=regional, is_settled=True)
    with pytest.raises(Refused):
        workflow.answer(revisit(company), by=regional, is_settled=True)


def test_it_is_answered_once(company: Company, regional: User) -> None:
    found = revisit(company, asked=regional)
    workflow.answer(found, by=regional, is_settled=True)
    with pytest.raises(Refused):
        workflow.answer(found, by=regional, is_settled=False, words="没有")


def test_a_liaisons_answer_stands_and_whoever_supervises_decides(company: Company) -> None:
    """He sees nothing of the case but the revisit, and moves nothing himself."""
    goes = person_with(Role.LIAISON, team=LabourTeamFactory(project=company.own_project))
    found = revisit(company, asked=goes)
    workflow.answer(found, by=goes, is_settled=True)
    found.refresh_from_db()
    found.case.refresh_from_db()
    assert (found.is_settled, found.done_by, found.case.status) == (True, goes, "revisiting")
    assert not Case.objects.visible_to(goes).exists()


def test_a_photo_stands_with_the_case(company: Company, regional: User) -> None:
    found = revisit(company, asked=regional)
    workflow.answer(found, by=regional, is_settled=True, photo=uploaded(picture()))
    assert CasePhoto.objects.get().case == found.case


def test_what_is_no_photo_answers_nothing(company: Company, regional: User) -> None:
    found = revisit(company, asked=regional)
    with pytest.raises(Refused) as refusal:
        workflow.answer(found, by=regional, is_settled=True, photo=uploaded(b"no picture"))
    found.refresh_from_db()
    assert (set(refusal.value.fields), found.is_settled) == ({"photo"}, None)


@pytest.mark.parametrize(("is_settled", "status"), [(True, "closed"), (False, "accepted")])
def test_the_sample_moves_a_closed_case_only_by_a_no(company: Company, regional: User, is_settled: bool, status: str) -> None:
    found = revisit(company, asked=regional, sample=True, status="closed")
    workflow.answer(found, by=regional, is_settled=is_settled, words="没装")
    found.case.refresh_from_db()
    assert found.case.status == status


def test_a_sample_of_a_case_that_was_done_again_meanwhile_moves_nothing(company: Company, regional: User) -> None:
    found = revisit(company, asked=regional, sample=True, status="closed", redos=1, round=0)
    workflow.answer(found, by=regional, is_settled=False, words="没装")
    found.case.refresh_from_db()
    assert (found.case.status, found.case.redos) == ("closed", 1)
