"""Two people in one report, answers that got lost, and sessions that ended while somebody wrote."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.months import Month
from regions.models import Region
from reports.models import MonthlyReport
from tests.factories import PASSWORD, MonthlyReportFactory
from tests.reports.acts import stored, typed

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
JSON = {"Accept": "application/json"}
MAY = Month(2026, 5)


@pytest.fixture
def report(region: Region) -> MonthlyReport:
    return MonthlyReportFactory(region=region, month=MAY)


@pytest.fixture
def client(signed_in: SignedIn, writer: User) -> Client:
    return signed_in(writer)


def url(name: str) -> str:
    return reverse(name, args=["NW", MAY])


# ── Two people ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_stale_save_shows_both_texts_and_loses_none(client: Client, report: MonthlyReport) -> None:
    client.post(url("report-save"), typed(summary="先到的"))
    response = client.post(url("report-save"), typed(summary="后到的"))
    html = response.content.decode()
    assert response.status_code == 409
    assert "先到的" in html
    assert "后到的</textarea>" in html
    assert "line-trained" not in html
    assert stored(report)["summary"][2] == "先到的"


@pytest.mark.parametrize(("choice", "kept"), [("mine", "后到的"), ("theirs", "先到的")])
def test_the_chosen_text_is_saved_on_the_new_version(choice: str, kept: str, client: Client, report: MonthlyReport) -> None:
    client.post(url("report-save"), typed(summary="先到的"))
    html = client.post(url("report-save"), typed(summary="后到的")).content.decode()
    assert 'name="version" value="2"' in html
    chosen = {"version": "2", "keep-summary": choice, "line-summary": "后到的"}
    assert client.post(url("report-save"), chosen)["Location"] == url("report")
    assert stored(report) == {"trained": ("number", 3, "", ""), "summary": ("blank", None, kept, "")}


def test_a_line_that_only_the_other_touched_is_theirs_by_default(client: Client, report: MonthlyReport) -> None:
    client.post(url("report-save"), typed(summary="先到的", trained=""))
    html = client.post(url("report-save"), typed(summary="", trained="9")).content.decode()
    assert 'id="theirs-summary" value="theirs" required checked' in html
    assert 'id="mine-trained" value="mine" checked' in html


def test_a_lost_answer_is_no_conflict(client: Client, report: MonthlyReport) -> None:
    """The first answer never arrived; the browser sends the same again, on the version it knows."""
    client.post(url("report-save"), typed())
    again = client.post(url("report-save"), typed(), headers=JSON)
    assert (again.status_code, again.json()["version"]) == (200, 2)
    assert client.post(url("report-save"), typed())["Location"] == url("report")


def test_a_text_typed_after_somebody_submitted_is_shown_and_not_taken(client: Client, report: MonthlyReport) -> None:
    client.post(url("report-submit"), typed(summary="先到的"))
    response = client.post(url("report-save"), typed(summary="后到的"))
    html = response.content.decode()
    assert response.status_code == 409
    assert "后到的" in html
    assert "keep-summary" not in html
    assert stored(report)["summary"][2] == "先到的"


# ── Sessions ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["report-save", "report-submit", "report-return", "report-receive"])
def test_sign_in_between_form_and_answer_leads_back_to_the_report(name: str, writer: User, report: MonthlyReport) -> None:
    stranger = Client()
    sent_away = stranger.post(url(name), typed())
    assert sent_away["Location"] == f"/sign-in/?next={url(name)}"
    stranger.post("/sign-in/", {"username": writer.username, "password": PASSWORD, "next": url(name)})
    assert stranger.get(url(name))["Location"] == url("report")
    assert stored(report) == {}


def test_the_page_tells_the_browser_what_is_stored(client: Client, report: MonthlyReport, writer: User) -> None:
    client.post(url("report-save"), typed())
    html = client.get(url("report")).content.decode()
    assert f'data-key="lianxin:report:{writer.pk}:{report.pk}"' in html
    assert 'data-version="2"' in html
    assert "&quot;line-trained&quot;: &quot;3&quot;" in html


def test_readers_pages_carry_nothing_for_the_device(signed_in: SignedIn, organisation: User, report: MonthlyReport) -> None:
    assert "report-device" not in signed_in(organisation).get(url("report")).content.decode()
