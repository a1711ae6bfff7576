"""A matter from a finding: its words and figures stand in the form, can be changed, and the finding remembers the case."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from core.refusals import Refused
from core.roles import Role
from feedback.cases.registering import Matter
from feedback.models import Case, CaseCategory
from labour_teams.models import Engagement, LabourTeam
from tests.factories import EngagementFactory, WageFindingFactory, WageLineFactory, WageSheetFactory, person_with
from tests.house.test_url_matrix import client_for
from wages import checks, workflow
from wages.models import RestrictionRequest, WageFinding, WageSheet

pytestmark = pytest.mark.django_db

OPEN = {Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE, Role.PROJECT_COORDINATOR}


@pytest.fixture
def finding(team: LabourTeam) -> WageFinding:
    line = WageLineFactory(sheet=WageSheetFactory(team=team), number=7, name="向春生", net=Decimal(6160))
    found: WageFinding = WageFindingFactory(line=line)
    return found


def address(finding: WageFinding) -> str:
    return reverse("wage-finding-matter", args=[finding.pk])


def typed(form: Any, **changed: Any) -> dict[str, Any]:
    """What a browser would send of the form as it stands."""
    said = {field.html_name: field.value() for field in form if field.value() not in (None, "", False)}
    return {**said, **changed}


def test_the_words_and_the_figures_stand_in_the_form(finding: WageFinding, people: dict[str, User], team: LabourTeam) -> None:
    form = client_for(people[Role.REGIONAL_COORDINATOR]).get(address(finding)).context["form"]
    said = {name: form[name].value() for name in ("place", "people_count", "amount", "is_found_early", "origin")}
    assert said == {
        "place": f"team-{team.pk}", "people_count": 1, "amount": Decimal("100.00"), "is_found_early": True, "origin": "ledger",
    }  # fmt: skip
    assert form["category"].value() == CaseCategory.objects.get(key="wages").pk
    assert all(part in form["words"].value() for part in ("向春生", "6,260.00", "6,160.00", "6,760.00", "500.00", "7"))
    assert (team.name in form["title"].value(), "向春生" in form["title"].value()) == (True, False)


def test_somebody_who_is_not_on_the_sheet(people: dict[str, User], team: LabourTeam) -> None:
    sheet: WageSheet = WageSheetFactory(team=team)
    finding = WageFinding.objects.create(
        sheet=sheet, engagement=EngagementFactory(team=team, name="何冬梅"), kind="not_paid", level="red", numbers={"days": "26"}
    )
    form = client_for(people[Role.PROJECT_COORDINATOR]).get(address(finding)).context["form"]
    assert form["category"].value() == CaseCategory.objects.get(key="wage_late").pk
    assert (form["amount"].value(), "何冬梅" in form["words"].value()) == (None, True)


def test_changed_and_registered_it_is_linked_at_the_finding(finding: WageFinding, people: dict[str, User]) -> None:
    client = client_for(people[Role.REGIONAL_COORDINATOR])
    form = client.get(address(finding)).context["form"]
    answer = client.post(address(finding), typed(form, words="改过的话", amount="80", origin="visit"))
    case = Case.objects.get()
    assert answer["Location"] == reverse("case-registered", args=[case.number])
    assert (case.words, case.amount, case.origin, case.team) == ("改过的话", Decimal(80), "ledger", finding.sheet.team)
    finding.refresh_from_db()
    assert finding.case == case
    sheet = client.get(reverse("wage-sheet", args=[finding.sheet_id])).content.decode()
    assert (reverse("case", args=[case.number]) in sheet, address(finding) in sheet) == (True, False)
    assert client.get(address(finding))["Location"] == reverse("case", args=[case.number])


def test_what_is_wrong_stays_typed(finding: WageFinding, people: dict[str, User]) -> None:
    client = client_for(people[Role.PROJECT_COORDINATOR])
    form = client.get(address(finding)).context["form"]
    again = client.post(address(finding), typed(form, title="", words="改过的话")).context["form"]
    assert (set(again.errors), again["words"].value(), Case.objects.count()) == ({"title"}, "改过的话", 0)


def test_who_may(finding: WageFinding, people: dict[str, User]) -> None:
    answers = {role: client_for(person).get(address(finding)).status_code for role, person in people.items()}
    assert {role for role, status in answers.items() if status == 200} == OPEN
    assert set(answers.values()) <= {200, 403, 404}
    for role in (Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR):
        assert client_for(person_with(role)).get(address(finding)).status_code == 404
    matter = Matter(category=CaseCategory.objects.get(key="wages"), title="工资", origin="visit", project=finding.sheet.project)
    for role in (Role.PROJECT_CLERK, Role.LEADER, Role.PARTY_ORGANISATION):
        with pytest.raises(Refused):
            workflow.open_matter(finding, matter, by=people[role])
    assert not Case.objects.exists()


def test_of_whose_data_are_locked_away_nothing_is_opened(finding: WageFinding, people: dict[str, User]) -> None:
    person = finding.line.engagement if finding.line else None
    assert isinstance(person, Engagement)
    RestrictionRequest.objects.create(project=person.project, engagement=person, by=people[Role.LABOUR_CENTRE])
    assert client_for(people[Role.LABOUR_CENTRE]).get(address(finding)).status_code == 404


def test_the_link_outlives_another_look_at_the_sheet(people: dict[str, User], team: LabourTeam) -> None:
    line = WageLineFactory(sheet=WageSheetFactory(team=team), net=Decimal(6160))
    checks.examine(line.sheet)
    finding = WageFinding.objects.get(kind="net")
    matter = Matter(category=CaseCategory.objects.get(key="wages"), title="工资", origin="visit", project=team.project)
    case = workflow.open_matter(finding, matter, by=people[Role.PROJECT_COORDINATOR])
    checks.examine(line.sheet)
    assert WageFinding.objects.get(kind="net").case == case
    line.net = Decimal(6260)
    line.save()
    checks.examine(line.sheet)
    assert not WageFinding.objects.filter(kind="net").exists()
    with pytest.raises(Refused):
        workflow.open_matter(finding, matter, by=people[Role.PROJECT_COORDINATOR])
