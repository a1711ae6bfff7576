"""The demonstration's past: reports that went their way, imports that came before, all at moments that have passed."""

import hashlib
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.serializers import serialize
from django.db.models import F, Q
from django.utils import timezone, translation

from accounts.models import StaffPost, User
from coordinators.models import Coordinator, Liaison
from core.models import AuditEvent
from core.months import Month
from core.roles import Role
from core.workdays import WorkingDays
from imports import blocks, workflow
from imports.models import ImportEvent, ImportJob
from labour_teams.models import Engagement, LabourTeam, Worker
from labour_teams.roster_import.target import ROSTER_TARGET
from overview.demo.report_texts import BEFORE_START, REGIONAL
from regions.models import Department, Project, ProjectStage, Region
from reports.content import content_of
from reports.deadline import deadline_of
from reports.models import MonthlyReport, ReportEvent, ReportReceipt, ReportRemark, ReportValue

pytestmark = pytest.mark.django_db
Status = MonthlyReport.Status
SEEDED = (
    User, StaffPost, Coordinator, Liaison, Region, Department, Project, ProjectStage, LabourTeam, Worker, Engagement,
    MonthlyReport, ReportValue, ReportEvent, ReportReceipt, ImportJob,
)  # fmt: skip


def reports_of(months_ago: int) -> dict[str, MonthlyReport]:
    month = Month.current().plus(-months_ago)
    return {report.region.code: report for report in MonthlyReport.objects.filter(month=month).select_related("region")}


def test_every_region_reported_for_twelve_months(organisation: None) -> None:
    assert MonthlyReport.objects.count() == 8 * 13
    for months_ago in range(2, 13):
        assert {report.status for report in reports_of(months_ago).values()} == {Status.LOCKED}


def test_last_month_is_in_every_state_after_sending(organisation: None) -> None:
    states = {code: report.status for code, report in reports_of(1).items()}
    assert states == {
        **dict.fromkeys(("NW", "SN", "HS", "GX", "NE"), Status.LOCKED),
        "FJ": Status.SUBMITTED,
        "GZ": Status.RECEIVED,
        "HN": Status.RETURNED,
    }
    remark = ReportRemark.objects.get(answered_at=None)
    assert (remark.report.region.code, remark.line.key) == ("HN", "conflicts_settled")
    assert remark.report.values.get(line=remark.line).number == 3
    assert not any(report.is_late for report in reports_of(1).values())


def test_current_month_is_owed_by_all(organisation: None) -> None:
    current = reports_of(0)
    assert {report.status for report in current.values()} == {Status.OWED}
    assert len(current) == 8
    assert not ReportValue.objects.filter(report__in=current.values()).exists()


def test_one_report_was_late(organisation: None) -> None:
    late = MonthlyReport.objects.get(is_late=True)
    assert late.region.code == "GX"
    assert late.first_submitted_at > late.due_at
    assert not MonthlyReport.objects.filter(is_late=False, first_submitted_at__gt=F("due_at")).exists()
    assert deadline_of(late, timezone.now(), WorkingDays.load()).state == "late"


def test_locked_reports_were_received_by_both_departments(organisation: None) -> None:
    for report in MonthlyReport.objects.filter(status=Status.LOCKED):
        receipts = ReportReceipt.objects.filter(report=report).order_by("at")
        assert {receipt.department for receipt in receipts} == {Role.PARTY_ORGANISATION, Role.LABOUR_CENTRE}
        assert [receipt.by.scope.roles for receipt in receipts] == [{receipt.department} for receipt in receipts]
        assert report.locked_at == receipts.last().at > report.first_submitted_at


def test_history_leads_to_the_state_and_the_version(organisation: None) -> None:
    for report in MonthlyReport.objects.all():
        events = list(ReportEvent.objects.filter(report=report).order_by("pk"))
        assert [event.from_status for event in events] == ["", *(event.to_status for event in events[:-1])]
        assert events[-1].to_status == report.status
        assert report.version == len(events)
        assert [event.at for event in events] == sorted(event.at for event in events)
        assert events[-1].at <= timezone.now()


def test_what_was_sent_is_complete_and_kept_as_submitted(organisation: None) -> None:
    for report in MonthlyReport.objects.filter(status__in=MonthlyReport.SENT).exclude(status=Status.RETURNED):
        content = content_of(report)
        assert content.missing == {}, report
        assert report.events.filter(verb="submit").order_by("pk").last().submitted == content.records


def test_reports_were_written_by_whoever_held_the_region(organisation: None) -> None:
    writers = (
        MonthlyReport.objects.filter(region__code="HS", saved_by__isnull=False)
        .order_by("month")
        .values_list("saved_by__name", flat=True)
    )
    assert set(writers) == {"吕振江", "何继勇"}
    assert list(writers) == sorted(writers, key=["吕振江", "何继勇"].index)
    for event in ReportEvent.objects.filter(verb__in=["save", "submit"]).select_related("report"):
        posts = Coordinator.objects.filter(region=event.report.region).held_on(timezone.localdate(event.at))
        assert posts.get().person_id == event.by_id


def test_a_correction_and_an_uncounted_line_give_their_reason(organisation: None) -> None:
    changed = ReportValue.objects.filter(snapshot__isnull=False, state="number").exclude(number=F("snapshot"))
    uncounted = ReportValue.objects.filter(state="not_counted")
    assert changed.count() == uncounted.count() == 2
    assert not (changed | uncounted).filter(reason="").exists()


def test_regions_speak_of_their_own_emphasis(organisation: None) -> None:
    texts = ReportValue.objects.filter(line__key="overview").exclude(text=BEFORE_START["overview"][0])
    for code, words in REGIONAL.items():
        said = set(texts.filter(report__region__code=code).values_list("text", flat=True))
        assert len(said) >= 2
        assert said <= set(words["overview"])


def test_earlier_imports_ended_differently(organisation: None) -> None:
    jobs = {job.status: job for job in ImportJob.objects.filter(project__code="DUNGE")}
    assert jobs.keys() == {"refused", "written", "undone", "previewed", "asked"}
    assert jobs["refused"].problems[0]["code"] == "web_page"
    assert [problem["code"] for problem in jobs["asked"].problems if problem["level"] == "error"] == ["missing_column"]
    assert jobs["undone"].undoing == {"undone": 4, "kept": [], "stuck": []}
    assert {verb for job in jobs.values() for verb in job.events.values_list("verb", flat=True)} == {
        "receive", "read", "write", "undo",
    }  # fmt: skip


def test_the_written_import_can_be_looked_at_and_undone(organisation: None) -> None:
    job = ImportJob.objects.get(status="written")
    assert job.writing_count == job.counts["update"] > 0
    assert [place.label for place in ROSTER_TARGET.places(job)] == ["路基二队"]
    assert job.can_still_be_undone
    assert AuditEvent.objects.filter(kind="import", subject_id=str(job.pk)).count() == 1
    undone = workflow.undo(job, by=job.by)
    assert undone.undoing == {"undone": job.counts["update"], "kept": [], "stuck": []}


def test_the_waiting_import_asks_for_everything_that_can_be_asked(organisation: None) -> None:
    job = ImportJob.objects.get(status="previewed")
    codes = {issue[1] for rows in blocks.each(job) for row in rows for issue in row.issues}
    assert codes == {"id_check", "date", "unknown_team", "other_name"}
    there = Engagement.objects.filter(project=job.project, team__name="架子队", left_on=None).count()
    assert (job.counts["duplicate"], len(job.found["questions"]), len(job.leavers["ids"])) == (1, 1, there > 2)


def test_everything_happened_before_now(organisation: None) -> None:
    now, today = timezone.now(), timezone.localdate()
    assert LabourTeam.objects.on_site(today).count() == 197
    assert not ReportEvent.objects.filter(at__gt=now).exists()
    assert not ReportReceipt.objects.filter(at__gt=now).exists()
    assert not ImportEvent.objects.filter(at__gt=now).exists()
    assert not LabourTeam.objects.filter(Q(entered_on__gt=today) | Q(left_on__gt=today)).exists()
    assert not Engagement.objects.filter(Q(entered_on__gt=today) | Q(left_on__gt=today)).exists()
    assert not Coordinator.objects.filter(from_on__gt=today).exists()
    assert not Liaison.objects.filter(from_on__gt=today).exists()
    assert not Liaison.objects.filter(from_on__lt=F("team__entered_on")).exists()
    assert not User.objects.filter(created_at__gt=now).exists()


def checksums() -> dict[str, str]:
    """Everything that is stored; encrypted numbers stand masked, with their keyed hashes beside them."""
    return {
        model.__name__: hashlib.sha256(serialize("json", model.objects.order_by("pk")).encode()).hexdigest() for model in SEEDED
    }


def test_second_run_changes_nothing(organisation: None) -> None:
    before = checksums()
    said = StringIO()
    call_command("seed_demo", scale=1.0, stdout=said)
    assert checksums() == before
    with translation.override("en"):
        call_command("seed_demo", stdout=said)
    assert "The demo organisation is there already; nothing was changed." in said.getvalue()


def test_changed_demo_password_is_taken_over(organisation: None, rf: Any, settings: Any) -> None:
    User.objects.filter(username="leader").update(password=make_password("changed by somebody"))
    settings.DEMO_PASSWORD = "another-demo-2027"
    call_command("seed_demo", stdout=StringIO())
    assert authenticate(rf.post("/"), username="leader", password="another-demo-2027")
    assert authenticate(rf.post("/"), username="rc-nw", password="another-demo-2027")
    assert not User.objects.get(username="rc-hs-former").has_usable_password()
