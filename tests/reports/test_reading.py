"""The report for those who judge and those who only read, and the list of reports."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from core.months import Month
from core.roles import HEADQUARTERS, READERS, Role
from regions.models import Region
from reports.models import MonthlyReport
from tests.factories import MonthlyReportFactory, RegionFactory, WorkCrewFactory, id_number, person_with
from tests.reports.acts import act
from tests.world import stationed

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
MAY = Month(2026, 5)
LIST_QUERIES = 10
WRITTEN = "组织入场培训两期，走访队伍六次。"


def url(name: str) -> str:
    return reverse(name, args=["NW", MAY])


def page(client: Client) -> str:
    return client.get(url("report")).content.decode()


def submission(report: MonthlyReport) -> int:
    return report.events.filter(verb="submit").latest("pk").pk


# ── Who sees what ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", sorted(READERS))
def test_readers_see_the_last_submission_while_the_region_rewrites(role: str, region: Region, signed_in: SignedIn) -> None:
    report = MonthlyReportFactory(region=region, month=MAY, returned=True)
    report.values.filter(line__key="summary").update(text="正在改写，还没有写完")
    html = page(signed_in(person_with(role)))
    assert "正在改写" not in html
    assert WRITTEN in html


@pytest.mark.parametrize("role", sorted(HEADQUARTERS))
def test_headquarters_see_what_is_being_written(role: str, region: Region, signed_in: SignedIn) -> None:
    report = MonthlyReportFactory(region=region, month=MAY, draft=True)
    report.values.filter(line__key="summary").update(text="写了一半")
    assert "写了一半" in page(signed_in(person_with(role)))


@pytest.mark.parametrize(
    ("role", "status", "buttons"),
    [
        (Role.REGIONAL_COORDINATOR, "draft", {"Save draft", "Check and submit"}),
        (Role.REGIONAL_COORDINATOR, "returned", {"Save draft", "Check and submit again"}),
        (Role.REGIONAL_COORDINATOR, "submitted", set()),
        (Role.PARTY_ORGANISATION, "submitted", {"Receive", "Return with remarks"}),
        (Role.PARTY_ORGANISATION, "received", {"Return with remarks"}),
        (Role.LABOUR_CENTRE, "received", {"Receive", "Return with remarks"}),
        (Role.LABOUR_CENTRE, "locked", set()),
        (Role.LABOUR_CENTRE, "draft", set()),
        (Role.PARTY_PERSONNEL, "submitted", set()),
        (Role.LEADER, "submitted", set()),
    ],
)
def test_a_page_offers_only_what_may_be_done(
    role: Role, status: str, buttons: set[str], region: Region, signed_in: SignedIn
) -> None:
    MonthlyReportFactory(region=region, month=MAY, status=status)
    html = page(signed_in(stationed(role, WorkCrewFactory(team__project__region=region))))
    known = ("Save draft", "Check and submit", "Check and submit again", "Receive", "Return with remarks")
    assert {word for word in known if f">{gettext(word)}</button>" in html} == buttons


# ── Returning and receiving ──────────────────────────────────────────────────────────────────────────────────────


def test_a_department_returns_with_a_remark_under_the_line(region: Region, organisation: User, signed_in: SignedIn) -> None:
    report = MonthlyReportFactory(region=region, month=MAY, submitted=True)
    client = signed_in(organisation)
    html = page(client)
    assert 'name="remark-on-summary"' in html
    form = {"submission": submission(report), "remark-on-summary": "写明培训对象", "remark-whole": ""}
    assert client.post(url("report-return"), form)["Location"] == url("report")
    report.refresh_from_db()
    assert report.status == "returned"
    assert list(report.remarks.values_list("line__key", "text", "by")) == [("summary", "写明培训对象", organisation.pk)]


def test_a_return_without_a_remark_changes_nothing(region: Region, organisation: User, signed_in: SignedIn) -> None:
    report = MonthlyReportFactory(region=region, month=MAY, submitted=True)
    response = signed_in(organisation).post(url("report-return"), {"submission": submission(report)}, follow=True)
    report.refresh_from_db()
    assert report.status == "submitted"
    assert gettext("Say what is to be mended: in a line, or on the whole.") in response.content.decode()


def test_remarks_that_came_too_late_are_shown_to_be_copied(
    region: Region, organisation: User, labour: User, signed_in: SignedIn
) -> None:
    report = MonthlyReportFactory(region=region, month=MAY, submitted=True)
    form = {"submission": submission(report), "remark-on-summary": "请写明日期"}
    act("return", report, labour)
    html = signed_in(organisation).post(url("report-return"), form).content.decode()
    assert gettext("Your remarks were not sent. Copy what you still need:") in html
    assert "请写明日期" in html
    assert report.remarks.count() == 1


def test_remarks_on_an_older_submission_stay_in_the_form(
    region: Region, organisation: User, labour: User, writer: User, signed_in: SignedIn
) -> None:
    report = MonthlyReportFactory(region=region, month=MAY, submitted=True)
    form = {"submission": submission(report), "remark-on-summary": "请写明日期"}
    act("submit", act("return", report, labour), writer)
    html = signed_in(organisation).post(url("report-return"), form).content.decode()
    report.refresh_from_db()
    assert (report.status, report.remarks.filter(text="请写明日期").count()) == ("submitted", 0)
    assert "请写明日期</textarea>" in html
    assert f'name="submission" value="{submission(report)}"' in html


def test_an_id_number_in_a_remark_is_refused(region: Region, organisation: User, signed_in: SignedIn) -> None:
    report = MonthlyReportFactory(region=region, month=MAY, submitted=True)
    form = {"submission": submission(report), "remark-whole": f"请核对 {id_number(3)}"}
    html = signed_in(organisation).post(url("report-return"), form).content.decode()
    assert 'id="remark-whole_error"' in html
    assert not report.remarks.exists()


def test_both_departments_receive_and_both_facts_are_shown(
    region: Region, organisation: User, labour: User, signed_in: SignedIn
) -> None:
    report = MonthlyReportFactory(region=region, month=MAY, submitted=True)
    missing = gettext("Not yet received")
    form = {"submission": submission(report)}
    assert page(signed_in(labour)).count(missing) == 2
    signed_in(organisation).post(url("report-receive"), form)
    half = page(signed_in(labour))
    assert half.count(missing) == 1
    assert organisation.name in half
    signed_in(labour).post(url("report-receive"), form)
    report.refresh_from_db()
    assert report.status == "locked"
    assert missing not in page(signed_in(organisation))


def test_a_second_press_on_receive_is_told_and_changes_nothing(region: Region, labour: User, signed_in: SignedIn) -> None:
    report = MonthlyReportFactory(region=region, month=MAY, submitted=True)
    form = {"submission": submission(report)}
    client = signed_in(labour)
    client.post(url("report-receive"), form)
    assert client.post(url("report-receive"), form)["Location"] == url("report")
    report.refresh_from_db()
    assert (report.status, report.receipts.count()) == ("received", 1)


def test_history_tells_the_remarks_with_their_return(region: Region, signed_in: SignedIn, organisation: User) -> None:
    report = MonthlyReportFactory(region=region, month=MAY, returned=True)
    report.remarks.update(answered_at=report.due_at)
    html = page(signed_in(organisation))
    history = html[html.index("lx-thread") :]
    assert "请写明培训对象。" in history
    assert "lx-remark" not in html


def test_a_changed_figure_is_told_with_its_reason(region: Region, signed_in: SignedIn, labour: User) -> None:
    report = MonthlyReportFactory(region=region, month=MAY, submitted=True)
    report.values.filter(line__key="workers_on_site").update(state="number", number=30, reason="三人当天补录")
    html = page(signed_in(labour))
    assert gettext("Changed from %(before)s to %(after)s:") % {"before": 27, "after": 30} in html
    assert "三人当天补录" in html


# ── The list ─────────────────────────────────────────────────────────────────────────────────────────────────────


def rows(client: Client, **query: str) -> set[str]:
    context = client.get(reverse("reports"), query).context
    return {f"{report.region.code} {report.month} {report.status}" for report, _deadline in context["rows"]}


@pytest.fixture
def several(region: Region) -> None:
    MonthlyReportFactory(region=region, month=MAY, draft=True)
    MonthlyReportFactory(region=region, month=Month(2026, 4), locked=True)
    MonthlyReportFactory(region=RegionFactory(code="GX"), month=MAY, submitted=True)


def test_each_role_lists_what_it_reaches(several: None, region: Region, signed_in: SignedIn) -> None:
    own = {"NW 2026-05 draft", "NW 2026-04 locked"}
    sent = {"NW 2026-04 locked", "GX 2026-05 submitted"}
    wanted = {Role.REGIONAL_COORDINATOR: own} | dict.fromkeys(READERS, sent) | dict.fromkeys(HEADQUARTERS, own | sent)
    for role in Role:
        client = signed_in(stationed(role, WorkCrewFactory(team__project__region=region)))
        assert rows(client) == wanted.get(role, set()), role


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"month": "2026-05"}, {"NW 2026-05 draft", "GX 2026-05 submitted"}),
        ({"status": "locked"}, {"NW 2026-04 locked"}),
        ({"month": "2026-05", "status": "submitted"}, {"GX 2026-05 submitted"}),
        ({"month": "2026-04", "status": "submitted"}, set()),
        ({"month": "nonsense"}, {"NW 2026-05 draft", "NW 2026-04 locked", "GX 2026-05 submitted"}),
    ],
)
def test_filters_of_the_list(query: dict[str, str], found: set[str], several: None, labour: User, signed_in: SignedIn) -> None:
    assert rows(signed_in(labour), **query) == found


def test_the_region_filter_offers_and_takes_only_ones_own(several: None, writer: User, signed_in: SignedIn) -> None:
    client = signed_in(writer)
    foreign = Region.objects.get(code="GX")
    form = client.get(reverse("reports")).context["filter"].form
    assert [str(label) for _value, label in form.fields["region"].choices][1:] == ["西北片区"]
    assert rows(client, region=str(foreign.pk)) == rows(client)


def test_the_list_has_an_end_and_a_next_page(labour: User, signed_in: SignedIn) -> None:
    for _more in range(51):
        MonthlyReportFactory(month=MAY)
    client = signed_in(labour)
    assert len(rows(client)) == 50
    assert "?page=2" in client.get(reverse("reports")).content.decode()
    assert len(rows(client, page="2")) == 1


def test_the_list_costs_the_same_for_one_and_for_three(
    labour: User, signed_in: SignedIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(labour)
    for count in (1, 3):
        while MonthlyReport.objects.count() < count:
            MonthlyReportFactory(received=True)
        with django_assert_num_queries(LIST_QUERIES):
            client.get(reverse("reports"))


def test_an_empty_list_says_what_comes(labour: User, signed_in: SignedIn) -> None:
    client = signed_in(labour)
    assert gettext("No monthly reports yet") in client.get(reverse("reports")).content.decode()
    MonthlyReportFactory(month=MAY)
    assert gettext("No report fits these filters") in client.get(reverse("reports"), {"status": "locked"}).content.decode()
