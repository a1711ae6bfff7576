"""How long certificates hold, which of them ask for something, who keeps them, and that a number is never read again."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from core.roles import Role
from handbook.gate.certificates import state_of, with_end
from handbook.gate.forms import tail_of
from labour_teams.certificates import YEARS_TO_REVIEW, YEARS_VALID, CostBearer, Issuer, review_due, valid_until
from labour_teams.models import WorkerCertificate
from tests.factories import EngagementFactory, LabourTeamFactory, WorkerCertificateFactory
from tests.house.test_url_matrix import client_for
from tests.world import Company

TODAY = date(2026, 5, 20)
NUMBER = "T430000199005209980"


@given(st.sampled_from(list(Issuer)), st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_certificate_holds_until_the_day_before_its_anniversary(issuer: Issuer, issued: date) -> None:
    for rule, ends in ((YEARS_VALID, valid_until(issuer, issued)), (YEARS_TO_REVIEW, review_due(issuer, issued))):
        years = rule.get(issuer)
        if years is None:
            assert ends is None
            continue
        assert ends is not None
        after = ends + timedelta(days=1)
        leap = (issued.month, issued.day) == (2, 29)
        is_leap_again = after.year % 4 == 0 and (after.year % 100 != 0 or after.year % 400 == 0)
        expected_day = 28 if leap and not is_leap_again else issued.day
        assert (after.year, after.month, after.day) == (issued.year + years, issued.month, expected_day)


@pytest.mark.parametrize(
    ("issuer", "issued", "ends", "review"),
    [
        (Issuer.HOUSING, date(2024, 2, 29), date(2026, 2, 27), None),
        (Issuer.MARKET, date(2024, 2, 29), date(2028, 2, 28), None),
        (Issuer.EMERGENCY, date(2024, 2, 29), date(2030, 2, 27), date(2027, 2, 27)),
        (Issuer.EMERGENCY, date(2024, 1, 1), date(2029, 12, 31), date(2026, 12, 31)),
        (Issuer.MARKET, date(2024, 3, 1), date(2028, 2, 29), None),
        (Issuer.COMPANY, date(2024, 2, 29), None, None),
    ],
)
def test_days_counted_on_a_calendar(issuer: Issuer, issued: date, ends: date | None, review: date | None) -> None:
    assert (valid_until(issuer, issued), review_due(issuer, issued)) == (ends, review)


@pytest.mark.django_db
def test_states_at_their_borders() -> None:
    said = {}
    for days in (-1, 0, 30, 31, 90, 91):
        row = WorkerCertificateFactory(issuer=Issuer.COMPANY, valid_until=TODAY + timedelta(days=days))
        said[days] = state_of(with_end(WorkerCertificate.objects.filter(pk=row.pk)).get(), TODAY).tone
    assert said == {-1: "late", 0: "soon", 30: "soon", 31: "go", 90: "go", 91: "ok"}
    endless = WorkerCertificateFactory(issuer=Issuer.COMPANY)
    assert state_of(with_end(WorkerCertificate.objects.filter(pk=endless.pk)).get(), TODAY).tone == "ok"


@pytest.mark.django_db
def test_a_review_that_took_place_is_due_no_more() -> None:
    row = WorkerCertificateFactory(issuer=Issuer.EMERGENCY, issued_on=date(2023, 4, 1))
    assert row.review_due_on == date(2026, 3, 31)
    row.reviewed_on = date(2026, 3, 1)
    row.save()
    assert (row.review_due_on, row.valid_until) == (None, date(2029, 3, 31))


def names(answer: Any) -> list[str]:
    return [each.row.engagement.name for each in answer.context["certificates"]]


@pytest.mark.django_db
def test_the_list_begins_with_what_runs_out_and_leaves_out_what_was_replaced_or_left(company: Company) -> None:
    team = company.own_team
    ends = {"late": -3, "soon": 20, "later": 80, "fine": 200}
    for name, days in ends.items():
        WorkerCertificateFactory(
            engagement=EngagementFactory(team=team, name=name), issuer=Issuer.COMPANY, valid_until=TODAY + timedelta(days=days)
        )
    renewed = EngagementFactory(team=team, name="renewed")
    old = {"engagement": renewed, "issuer": Issuer.HOUSING}
    WorkerCertificateFactory(**old, issued_on=TODAY - timedelta(days=700))
    WorkerCertificateFactory(**old, issued_on=TODAY - timedelta(days=5))
    gone = EngagementFactory(team=team, name="gone", left_on=TODAY - timedelta(days=1))
    WorkerCertificateFactory(engagement=gone, issuer=Issuer.COMPANY, valid_until=TODAY, paid_by=CostBearer.WORKER)
    moved = EngagementFactory(team=team, name="moved", left_on=TODAY - timedelta(days=1))
    EngagementFactory(team=team, worker=moved.worker, follows=moved, entered_on=TODAY)
    WorkerCertificateFactory(engagement=moved, issuer=Issuer.COMPANY, valid_until=TODAY, paid_by=CostBearer.WORKER)
    client = client_for(company.person(Role.PROJECT_CLERK))
    assert names(client.get("/certificates/")) == ["late", "moved", "soon", "later"]
    assert names(client.get("/certificates/?state=expired")) == ["late"]
    assert names(client.get("/certificates/?state=soon")) == ["moved", "soon"]
    assert names(client.get("/certificates/?state=later")) == ["later"]
    assert names(client.get("/certificates/?state=held")) == ["late", "moved", "soon", "later", "fine", "renewed"]
    assert names(client.get("/certificates/?state=back")) == ["gone"]
    assert names(client.get("/certificates/?state=own-cost")) == ["moved"]
    assert names(client.get("/certificates/?q=soon")) == ["soon"]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_pages_take_as_many_queries_for_three_rows_as_for_one(
    company: Company, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        person = EngagementFactory(team=LabourTeamFactory(project=company.own_project))
        WorkerCertificateFactory(engagement=person, valid_until=TODAY + timedelta(days=number))
    client = client_for(company.person(Role.PROJECT_CLERK))
    client.get("/certificates/")
    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get("/certificates/").context["certificates"]) == rows
    with django_assert_num_queries(COUNT_QUERIES):
        client.get("/certificates/projects/")


LIST_QUERIES, COUNT_QUERIES = 7, 6


def form(**more: Any) -> dict[str, Any]:
    return {"trade": "电工", "issuer": "housing", "issued_on": "2025-03-01", "paid_by": "company", "number": NUMBER, **more}


@pytest.mark.django_db
def test_the_clerk_adds_one_and_the_number_is_never_read_again(company: Company) -> None:
    person = EngagementFactory(team=company.own_team, name="张三")
    client = client_for(company.person(Role.PROJECT_CLERK))
    assert f"/certificates/new/{person.pk}/" in client.get("/certificates/new/?q=张三").content.decode()
    answer = client.post(f"/certificates/new/{person.pk}/", form())
    assert answer.status_code == 302
    row = WorkerCertificate.objects.get(engagement=person)
    assert (row.valid_until, row.number) == (date(2027, 2, 28), NUMBER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM labour_teams_workercertificate")
        assert NUMBER not in cursor.fetchone()[0]
    for address in ("/certificates/?state=held", f"/certificates/{row.pk}/"):
        page = client.get(address).content.decode()
        assert NUMBER not in page
        assert "…9980" in page


@pytest.mark.django_db
def test_correcting_keeps_the_number_and_follows_the_rule_again(company: Company) -> None:
    person = EngagementFactory(team=company.own_team)
    row = WorkerCertificateFactory(engagement=person, issuer="housing", issued_on=date(2025, 1, 1), number=NUMBER)
    client = client_for(company.person(Role.PROJECT_COORDINATOR))
    client.post(f"/certificates/{row.pk}/", form(number="", issued_on="2025-03-01", paid_by="worker", returned_on="2026-05-20"))
    row.refresh_from_db()
    assert (row.number, row.valid_until, row.paid_by, row.returned_on) == (NUMBER, date(2027, 2, 28), "worker", TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"issued_on": "2026-05-21"}, "issued_on"),
        ({"valid_until": "2025-02-28"}, "valid_until"),
        ({"returned_on": "2025-02-28"}, "returned_on"),
        ({"reviewed_on": "2026-06-01"}, "reviewed_on"),
        ({"issued_on": "2024-01-01"}, "issued_on"),
        ({"trade": ""}, "trade"),
    ],
)
def test_what_is_refused_stays_typed(company: Company, wrong: dict[str, str], field: str) -> None:
    person = EngagementFactory(team=company.own_team)
    WorkerCertificateFactory(engagement=person, issued_on=date(2024, 1, 1))
    answer = client_for(company.person(Role.PROJECT_CLERK)).post(f"/certificates/new/{person.pk}/", form(**wrong))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert WorkerCertificate.objects.count() == 1


def test_of_a_short_number_nothing_is_shown() -> None:
    assert [tail_of(number) for number in ("", "1234567", "12345678")] == ["", "…", "…5678"]


WRITERS = {Role.PROJECT_CLERK, Role.PROJECT_COORDINATOR, Role.REGIONAL_COORDINATOR}
NOT_IN_THE_HANDBOOK = {Role.SYSTEM_ADMINISTRATOR, Role.DEPARTMENT_OFFICER}


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_who_reads_and_who_writes(company: Company, role: Role) -> None:
    """Names for whoever sees the roster, a liaison's own crew; nothing to a department, and foreign rows to nobody here."""
    own = EngagementFactory(crew=company.own_crew, name="王本班")
    other = EngagementFactory(crew=company.crews[1], name="李邻班")
    foreign = EngagementFactory(crew=company.crew_at("foreign"), name="赵外区")
    for person in (own, other, foreign):
        WorkerCertificateFactory(engagement=person, valid_until=TODAY, number=NUMBER)
    client = client_for(company.person(role))
    seen = client.get("/certificates/")
    counted = client.get("/certificates/projects/")
    if role in NOT_IN_THE_HANDBOOK:
        assert seen.status_code == 404
    else:
        page = seen.content.decode()
        expected = {"王本班"} if role == Role.LIAISON else {"王本班", "李邻班"}
        wide = role not in {*WRITERS, Role.LIAISON, Role.PROJECT_COMMITTEE, Role.HEALTH_OFFICER}
        assert {name for name in ("王本班", "李邻班", "赵外区") if name in page} == expected | ({"赵外区"} if wide else set())
        assert ("…9980" in page) == (role != Role.LIAISON)
    assert counted.status_code == seen.status_code
    assert not any(name in counted.content.decode() for name in ("王本班", "李邻班", "赵外区"))
    posted = client.post(f"/certificates/new/{own.pk}/", form(trade="焊工"))
    assert (posted.status_code == 302) == (role in WRITERS)
