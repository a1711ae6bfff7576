"""The report as a form: prefilled, saved, submitted, mended."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from core.months import Month
from core.roles import Role
from regions.models import Region
from reports.models import MonthlyReport, ReportLine, ReportTemplate
from tests.factories import (
    EngagementFactory,
    LabourTeamFactory,
    MonthlyReportFactory,
    ProjectFactory,
    id_number,
    person_with,
)
from tests.reports.acts import line_of, stored, typed

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
JSON = {"Accept": "application/json"}
MAY = Month(2026, 5)
FIRST = import_module("reports.migrations.0002_first_template")
REPORT_QUERIES = 15


@pytest.fixture
def report(region: Region) -> MonthlyReport:
    return MonthlyReportFactory(region=region, month=MAY)


@pytest.fixture
def client(signed_in: SignedIn, writer: User) -> Client:
    return signed_in(writer)


def url(name: str) -> str:
    return reverse(name, args=["NW", MAY])


def test_figures_are_there_with_a_link_to_their_rows(client: Client, report: MonthlyReport, region: Region) -> None:
    EngagementFactory.create_batch(3, team=LabourTeamFactory(project=ProjectFactory(region=region)), entered_on=MAY.first)
    html = client.get(url("report")).content.decode()
    assert '<input type="text" name="line-workers_on_site" value="3"' in html
    assert reverse("figure-rows", args=["workers_on_site", "region", "NW", MAY]) in html


def test_opening_the_form_writes_nothing(client: Client, report: MonthlyReport) -> None:
    client.get(url("report"))
    report.refresh_from_db()
    assert (report.status, report.version, report.values.count()) == ("owed", 1, 0)


def test_saving_keeps_what_was_typed_and_comes_back_to_it(client: Client, report: MonthlyReport) -> None:
    response = client.post(url("report-save"), typed())
    assert (response.status_code, response["Location"]) == (302, url("report"))
    assert stored(report) == {"trained": ("number", 3, "", ""), "summary": ("blank", None, "走访了三支队伍", "")}
    assert "走访了三支队伍" in client.get(url("report")).content.decode()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ({"workers_on_site": "0", "workers_on_site__was": "0"}, None),
        ({"workers_on_site": "", "workers_on_site__was": "0"}, None),
        ({"workers_on_site": "5", "workers_on_site__was": "0", "workers_on_site__reason": "补录"}, ("number", 5, "", "补录")),
        ({"workers_on_site": "\uff11\uff0c\uff12\uff10\uff10"}, ("number", 1200, "", "")),  # full-width
        ({"workers_on_site": "1,200"}, ("number", 1200, "", "")),
        (
            {"workers_on_site": "5", "workers_on_site__uncounted": "on", "workers_on_site__reason": "花名册没交"},
            ("not_counted", None, "", "花名册没交"),
        ),
    ],
)
def test_what_a_figure_field_means(lines: dict[str, str], expected: tuple | None, client: Client, report: MonthlyReport) -> None:
    client.post(url("report-save"), typed(**lines))
    assert stored(report).get("workers_on_site") == expected


def test_a_figure_that_moved_while_the_page_was_open_is_still_untouched(
    client: Client, report: MonthlyReport, region: Region
) -> None:
    form = typed(workers_on_site="0", workers_on_site__was="0")
    EngagementFactory(team=LabourTeamFactory(project=ProjectFactory(region=region)), entered_on=MAY.first)
    client.post(url("report-save"), form)
    assert "workers_on_site" not in stored(report)


@pytest.mark.parametrize("wrong", ["abc", "-1", "1.234", "9" * 20])
def test_what_is_no_number_stays_on_the_page_and_the_rest_is_saved(wrong: str, client: Client, report: MonthlyReport) -> None:
    response = client.post(url("report-save"), typed(trained=wrong))
    html = response.content.decode()
    assert response.status_code == 200
    assert f'value="{wrong}"' in html
    assert 'id="line-trained_error"' in html
    assert stored(report) == {"summary": ("blank", None, "走访了三支队伍", "")}
    assert 'name="version" value="2"' in html


def test_an_id_number_is_refused_and_not_stored(client: Client, report: MonthlyReport) -> None:
    number = id_number(7)
    answer = client.post(url("report-save"), typed(summary=f"工友 {number} 反映"), headers=JSON).json()
    assert list(answer["errors"]) == ["line-summary"]
    assert "summary" not in stored(report)
    assert client.post(url("report-save"), typed(2, summary="文件号 123456789012345678"), headers=JSON).json()["errors"] == {}


def test_autosave_answers_with_version_and_time(client: Client, report: MonthlyReport) -> None:
    answer = client.post(url("report-save"), typed(), headers=JSON).json()
    report.refresh_from_db()
    assert answer == {"version": report.version, "saved_at": f"{timezone.localtime(report.saved_at):%H:%M}", "errors": {}}


def test_autosave_after_somebody_else_is_a_conflict(client: Client, report: MonthlyReport) -> None:
    client.post(url("report-save"), typed(summary="先到的"))
    response = client.post(url("report-save"), typed(summary="后到的"), headers=JSON)
    assert (response.status_code, list(response.json())) == (409, ["message"])
    assert stored(report)["summary"][2] == "先到的"


def test_autosave_of_somebody_who_may_not_write_is_refused(
    signed_in: SignedIn, organisation: User, report: MonthlyReport
) -> None:
    for version in (1, 7):
        response = signed_in(organisation).post(url("report-save"), typed(version), headers=JSON)
        assert response.status_code == 403
    assert stored(report) == {}


# ── Submitting ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_submitting_saves_and_hands_in_even_from_the_first_opening(client: Client, report: MonthlyReport) -> None:
    response = client.post(url("report-submit"), typed(), follow=True)
    report.refresh_from_db()
    assert (report.status, stored(report)["trained"]) == ("submitted", ("number", 3, "", ""))
    assert gettext("Submitted. Now both managing departments read it.") in response.content.decode()
    assert [verb for (verb,) in report.events.order_by("pk").values_list("verb")] == ["save", "submit"]


def test_what_blocks_is_said_at_its_field_and_what_was_typed_is_kept(client: Client, report: MonthlyReport) -> None:
    response = client.post(url("report-submit"), typed(trained="", summary="写了一半"))
    html = response.content.decode()
    report.refresh_from_db()
    assert (response.status_code, report.status) == (200, "draft")
    assert 'id="line-trained_error"' in html
    assert 'href="#on-trained"' in html
    assert 'id="line-summary_error"' not in html
    assert stored(report)["summary"][2] == "写了一半"
    assert f'name="version" value="{report.version}"' in html


@pytest.mark.parametrize("key", ["problems", "errors", "rows", "sections", "data"])
def test_a_line_may_be_called_anything(key: str, client: Client, report: MonthlyReport) -> None:
    line = line_of(report, "summary")
    type(line).objects.filter(pk=line.pk).update(key=key)
    html = client.post(url("report-submit"), {"version": "1", f"line-{key}": "", "line-trained": ""}).content.decode()
    notice = html[html.index("lx-notice--error") :]
    assert f'<a href="#on-{key}">{line.label_zh}</a>' in notice
    assert '<a href="#on-trained">' in notice


def test_a_wrong_number_and_a_missing_text_are_told_together(client: Client, report: MonthlyReport) -> None:
    html = client.post(url("report-submit"), typed(trained="abc", summary="")).content.decode()
    report.refresh_from_db()
    assert report.status == "draft"
    assert 'id="line-trained_error"' in html
    assert 'id="line-summary_error"' in html
    assert 'value="abc"' in html


def test_a_second_press_on_submit_is_harmless(client: Client, report: MonthlyReport) -> None:
    client.post(url("report-submit"), typed())
    response = client.post(url("report-submit"), typed(), follow=True)
    assert gettext("The report had already been submitted.") in response.content.decode()
    assert report.events.filter(verb="submit").count() == 1


def test_a_form_of_another_region_is_not_there(signed_in: SignedIn, report: MonthlyReport) -> None:
    stranger = signed_in(person_with(Role.REGIONAL_COORDINATOR))
    for name in ("report", "report-save", "report-submit", "report-return", "report-receive"):
        assert stranger.get(url(name)).status_code == 404
        assert stranger.post(url(name), typed()).status_code in (404, 405)
    assert stored(report) == {}


# ── Returned ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_remark_stands_under_its_field_and_goes_with_the_next_submission(
    client: Client, signed_in: SignedIn, organisation: User, report: MonthlyReport
) -> None:
    client.post(url("report-submit"), typed())
    submission = report.events.get(verb="submit").pk
    remarks = {"submission": submission, "remark-on-summary": "写明是哪三支队伍", "remark-whole": "整体太短"}
    signed_in(organisation).post(url("report-return"), remarks)
    html = client.get(url("report")).content.decode()
    place = html.index('id="on-summary"')
    assert place < html.index("写明是哪三支队伍") < html.index("lx-thread")
    assert "整体太短" in html
    report.refresh_from_db()
    client.post(url("report-submit"), typed(report.version, summary="走访了一队、二队、三队"))
    report.refresh_from_db()
    assert report.status == "submitted"
    assert not report.remarks.filter(answered_at=None).exists()
    changed = signed_in(organisation).get(url("report")).content.decode()
    assert "<del>走访了三支队伍</del>" in changed
    assert "<ins>走访了一队、二队、三队</ins>" in changed


def test_the_form_costs_the_same_with_a_long_history(
    client: Client, region: Region, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    MonthlyReportFactory(region=region, month=MAY, returned=True)
    with django_assert_num_queries(REPORT_QUERIES):
        client.get(url("report"))
    report = MonthlyReport.objects.get()
    for _more in range(5):
        event = report.events.first()
        event.pk = None
        event.save()
        remark = report.remarks.first()
        remark.pk = None
        remark.save()
    with django_assert_num_queries(REPORT_QUERIES):
        client.get(url("report"))


def test_the_first_template_renders_whole_in_chinese(client: Client, region: Region) -> None:
    FIRST.seed(apps, None)
    report = MonthlyReportFactory(region=region, month=MAY, template=ReportTemplate.objects.get(number=1))
    html = client.get(url("report")).content.decode()
    assert '<html lang="zh-hans"' in html
    lines = list(ReportLine.objects.filter(section__template=report.template))
    assert [line.key for line in lines if f'name="line-{line.key}"' not in html or line.label not in html] == []
