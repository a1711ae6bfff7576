"""What each verb of a report writes, refuses and leaves behind."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from core.refusals import Refused, Stale
from core.roles import Role
from regions.models import Region
from reports import workflow
from reports.models import MonthlyReport, ReportEvent, ReportLine, ReportValue
from reports.workflow import Remark, Written
from tests.factories import EngagementFactory, LabourTeamFactory, MonthlyReportFactory, ProjectFactory, person_with
from tests.reports.acts import act, latest, line_of

pytestmark = pytest.mark.django_db
Status = MonthlyReport.Status
State = ReportValue.State


# ── Saving ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_save_writes_what_differs_and_names_its_author(region: Region, writer: User) -> None:
    report = MonthlyReportFactory(region=region)
    number, text, figure = (line_of(report, key) for key in ("trained", "summary", "workers_on_site"))
    written = {
        number.pk: Written(State.NUMBER, Decimal(0)),
        text.pk: Written(text="走访了三支队伍"),
        figure.pk: Written(),
    }
    saved = workflow.save(report, by=writer, version=1, written=written)
    stored = set(saved.values.values_list("line__key", "state", "number", "text"))
    assert stored == {("trained", "number", Decimal(0), ""), ("summary", "blank", None, "走访了三支队伍")}
    assert (saved.status, saved.version, saved.saved_by) == (Status.DRAFT, 2, writer)


def test_lines_that_were_not_sent_stay_as_they_are(region: Region, writer: User) -> None:
    report = MonthlyReportFactory(region=region, draft=True)
    workflow.save(report, by=writer, version=report.version, written={line_of(report, "summary").pk: Written(text="新")})
    assert report.values.get(line__key="trained").number == 12
    assert report.values.get(line__key="summary").text == "新"


def test_writing_on_leaves_no_history_but_beginning_does(region: Region, writer: User) -> None:
    report = MonthlyReportFactory(region=region)
    for _again in range(3):
        report = workflow.save(report, by=writer, version=report.version, written={})
    assert list(report.events.values_list("verb", "from_status", "to_status", "by")) == [("save", "owed", "draft", writer.pk)]
    assert report.version == 4


def test_a_save_on_an_old_version_is_stale_and_writes_nothing(region: Region, writer: User) -> None:
    report = MonthlyReportFactory(region=region, draft=True)
    line = line_of(report, "summary")
    workflow.save(report, by=writer, version=1, written={line.pk: Written(text="先到的")})
    with pytest.raises(Stale):
        workflow.save(report, by=writer, version=1, written={line.pk: Written(text="后到的")})
    assert report.values.get(line=line).text == "先到的"


# ── Submitting ───────────────────────────────────────────────────────────────────────────────────────────────────


def people_on_site(region: Region, count: int) -> None:
    team = LabourTeamFactory(project=ProjectFactory(region=region))
    EngagementFactory.create_batch(count, team=team)


def test_submission_freezes_the_figures_of_that_moment(region: Region, writer: User) -> None:
    report = MonthlyReportFactory(region=region, draft=True)
    people_on_site(region, 3)
    act("submit", report, writer)
    people_on_site(region, 2)
    value = report.values.get(line__key="workers_on_site")
    event = report.events.get(verb="submit")
    assert (value.state, value.number, value.snapshot, value.snapshot_at) == (State.BLANK, None, 3, event.at)
    assert event.submitted["workers_on_site"] == {"state": "blank", "number": "3", "text": "", "reason": "", "snapshot": "3"}
    assert event.submitted["summary"]["text"] == "组织入场培训两期，走访队伍六次。"


def test_a_changed_figure_needs_its_reason(region: Region, writer: User) -> None:
    report = MonthlyReportFactory(region=region, draft=True)
    people_on_site(region, 3)
    line = line_of(report, "workers_on_site")
    saved = workflow.save(report, by=writer, version=report.version, written={line.pk: Written(State.NUMBER, Decimal(5))})
    with pytest.raises(Refused) as refusal:
        act("submit", saved, writer)
    assert set(refusal.value.fields) == {"workers_on_site"}
    saved = workflow.save(
        saved, by=writer, version=saved.version, written={line.pk: Written(State.NUMBER, Decimal(5), reason="两人当天补录")}
    )
    act("submit", saved, writer)
    record = report.events.get(verb="submit").submitted["workers_on_site"]
    assert record == {"state": "number", "number": "5", "text": "", "reason": "两人当天补录", "snapshot": "3"}


@pytest.mark.parametrize(
    ("key", "written", "is_missing"),
    [
        ("summary", Written(), True),
        ("summary", Written(text="  \n"), True),
        ("summary", Written(text="无"), False),
        ("trained", Written(), True),
        ("trained", Written(State.NUMBER, Decimal(0)), False),
        ("trained", Written(State.NOT_COUNTED), True),
        ("trained", Written(State.NOT_COUNTED, reason="登记本在项目部"), False),
        ("workers_on_site", Written(), False),
        ("workers_on_site", Written(State.NOT_COUNTED), True),
        ("workers_on_site", Written(State.NUMBER, Decimal(0)), False),
        ("workers_on_site", Written(State.NUMBER, Decimal(1)), True),
    ],
)
def test_what_blocks_a_submission(key: str, written: Written, is_missing: bool, region: Region, writer: User) -> None:
    report = MonthlyReportFactory(region=region, draft=True)
    saved = workflow.save(report, by=writer, version=report.version, written={line_of(report, key).pk: written})
    if not is_missing:
        assert act("submit", saved, writer).status == Status.SUBMITTED
        return
    with pytest.raises(Refused) as refusal:
        act("submit", saved, writer)
    assert set(refusal.value.fields) == {key}
    report.refresh_from_db()
    assert (report.status, report.first_submitted_at) == (Status.DRAFT, None)


def test_an_optional_text_may_stay_empty(region: Region, writer: User) -> None:
    report = MonthlyReportFactory(region=region, draft=True)
    line = line_of(report, "summary")
    ReportLine.objects.filter(pk=line.pk).update(is_required=False)
    saved = workflow.save(report, by=writer, version=report.version, written={line.pk: Written()})
    assert act("submit", saved, writer).status == Status.SUBMITTED


@pytest.mark.parametrize(("minutes", "is_late"), [(-1, False), (0, False), (1, True)])
def test_lateness_is_told_by_the_first_submission(minutes: int, is_late: bool, region: Region, writer: User) -> None:
    report = MonthlyReportFactory(region=region, draft=True)
    moment = report.due_at + timedelta(minutes=minutes)
    with time_machine.travel(moment, tick=False):
        act("submit", report, writer)
    report.refresh_from_db()
    assert (report.is_late, report.first_submitted_at) == (is_late, moment)


def test_lateness_is_never_recomputed(region: Region, writer: User, organisation: User) -> None:
    report = MonthlyReportFactory(region=region, draft=True)
    in_time = report.due_at - timedelta(hours=1)
    with time_machine.travel(in_time, tick=False):
        act("submit", report, writer)
    report.refresh_from_db()
    with time_machine.travel(report.due_at + timedelta(days=30)):
        act("return", report, organisation)
        report.refresh_from_db()
        act("submit", report, writer)
    report.refresh_from_db()
    assert (report.status, report.is_late, report.first_submitted_at) == (Status.SUBMITTED, False, in_time)


# ── Returning and receiving ──────────────────────────────────────────────────────────────────────────────────────


def test_a_return_needs_a_remark(region: Region, organisation: User) -> None:
    report = MonthlyReportFactory(region=region, submitted=True)
    for remarks in ([], [Remark(None, " \n")]):
        with pytest.raises(Refused):
            workflow.return_(report, by=organisation, submission=latest(report), remarks=remarks)
    report.refresh_from_db()
    assert (report.status, report.remarks.count()) == (Status.SUBMITTED, 0)


def test_remarks_stand_at_their_lines_until_the_next_submission(region: Region, writer: User, labour: User) -> None:
    report = MonthlyReportFactory(region=region, submitted=True)
    line = line_of(report, "summary")
    remarks = [Remark(line, " 写明是哪支队伍 "), Remark(None, "整体太简略")]
    returned = workflow.return_(report, by=labour, submission=latest(report), remarks=remarks)
    stored = set(report.remarks.values_list("line", "text", "department", "by", "answered_at"))
    assert stored == {
        (line.pk, "写明是哪支队伍", "labour_centre", labour.pk, None),
        (None, "整体太简略", "labour_centre", labour.pk, None),
    }
    act("submit", returned, writer)
    event = report.events.filter(verb="submit").latest("pk")
    assert set(report.remarks.values_list("answered_at", flat=True)) == {event.at}


def test_a_return_by_one_department_voids_the_receipt_of_the_other(region: Region, labour: User) -> None:
    report = MonthlyReportFactory(region=region, received=True)
    assert report.receipts.get().department == Role.PARTY_ORGANISATION
    act("return", report, labour)
    assert not report.receipts.exists()


def test_the_second_department_locks_and_not_the_first_twice(region: Region, organisation: User, labour: User) -> None:
    report = MonthlyReportFactory(region=region, submitted=True)
    assert act("receive", report, organisation).status == Status.RECEIVED
    colleague = person_with(Role.PARTY_ORGANISATION)
    for same in (organisation, colleague):
        with pytest.raises(Refused):
            act("receive", report, same)
    locked = act("receive", report, labour)
    departments = list(report.receipts.order_by("pk").values_list("department", "by"))
    assert departments == [(Role.PARTY_ORGANISATION, organisation.pk), (Role.LABOUR_CENTRE, labour.pk)]
    assert (locked.status, locked.locked_at) == (Status.LOCKED, report.receipts.latest("pk").at)


def test_a_department_judges_only_what_it_has_read(region: Region, writer: User, organisation: User, labour: User) -> None:
    report = MonthlyReportFactory(region=region, submitted=True)
    read = latest(report)
    returned = act("return", report, organisation)
    act("submit", returned, writer)
    with pytest.raises(Stale):
        workflow.receive(report, by=labour, submission=read)
    with pytest.raises(Stale):
        workflow.return_(report, by=labour, submission=read, remarks=[Remark(None, "请补写")])
    report.refresh_from_db()
    assert (report.status, report.receipts.count()) == (Status.SUBMITTED, 0)


def test_every_move_tells_who_and_when(region: Region, writer: User, organisation: User, labour: User) -> None:
    report = MonthlyReportFactory(region=region, draft=True)
    moment = timezone.make_aware(datetime(2026, 6, 3, 9, 0))
    for step, (verb, by) in enumerate([("submit", writer), ("receive", organisation), ("receive", labour)]):
        with time_machine.travel(moment + timedelta(hours=step), tick=False):
            report = act(verb, report, by)
    told = list(
        ReportEvent.objects.filter(report=report).order_by("pk").values_list("verb", "from_status", "to_status", "by", "at")
    )
    assert told == [
        ("submit", "draft", "submitted", writer.pk, moment),
        ("receive", "submitted", "received", organisation.pk, moment + timedelta(hours=1)),
        ("receive", "received", "locked", labour.pk, moment + timedelta(hours=2)),
    ]
