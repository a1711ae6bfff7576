"""What stands in a report: effective numbers, earlier months, deadlines in words, differences between submissions."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from core.months import Month
from core.workdays import WorkingDays
from regions.models import Region
from reports.compare import changes_between
from reports.content import Content, Entry, Past, content_of, plain
from reports.deadline import deadline_of
from reports.models import MonthlyReport, ReportValue
from tests.factories import EngagementFactory, LabourTeamFactory, MonthlyReportFactory, ProjectFactory
from tests.reports.acts import line_of

pytestmark = pytest.mark.django_db
State = ReportValue.State
MAY = Month(2026, 5)


def entry_of(report: MonthlyReport, key: str, submitted: dict | None = None) -> Entry:
    return next(entry for entry in content_of(report, submitted).entries if entry.line.key == key)


def people_on_site(region: Region, count: int) -> None:
    EngagementFactory.create_batch(count, team=LabourTeamFactory(project=ProjectFactory(region=region)))


def test_an_untouched_figure_follows_the_records_of_its_region_alone(region: Region) -> None:
    report = MonthlyReportFactory(region=region)
    people_on_site(region, 3)
    EngagementFactory.create_batch(2)
    entry = entry_of(report, "workers_on_site")
    assert (entry.live, entry.number, entry.is_changed, entry.missing) == (3, 3, False, "")


def test_a_figure_written_over_is_changed_until_it_is_the_same_again(region: Region) -> None:
    report = MonthlyReportFactory(region=region, draft=True)
    ReportValue.objects.create(report=report, line=line_of(report, "workers_on_site"), state=State.NUMBER, number=12)
    people_on_site(region, 3)
    entry = entry_of(report, "workers_on_site")
    assert (entry.live, entry.number, entry.is_changed) == (3, 12, True)
    report.values.filter(line__key="workers_on_site").update(number=3)
    assert not entry_of(report, "workers_on_site").is_changed


def test_a_sent_report_stands_on_its_snapshot(region: Region) -> None:
    report = MonthlyReportFactory(region=region, submitted=True)
    report.values.filter(line__key="workers_on_site").update(state=State.BLANK, number=None, snapshot=7)
    people_on_site(region, 3)
    assert entry_of(report, "workers_on_site").number == 7


def test_blank_zero_and_not_counted_are_three_things(region: Region) -> None:
    report = MonthlyReportFactory(region=region)
    line = line_of(report, "trained")
    blank = entry_of(report, "trained")
    value = ReportValue.objects.create(report=report, line=line, state=State.NUMBER, number=0)
    zero = entry_of(report, "trained")
    ReportValue.objects.filter(pk=value.pk).update(state=State.NOT_COUNTED, number=None, reason="登记本在项目部")
    uncounted = entry_of(report, "trained")
    assert [(entry.number, entry.is_filled, entry.is_not_counted) for entry in (blank, zero, uncounted)] == [
        (None, False, False),
        (0, True, False),
        (None, True, True),
    ]


@pytest.mark.parametrize(("stored", "shown"), [("27.00", "27"), ("0.00", "0"), ("97.60", "97.60"), ("1000.00", "1000")])
def test_whole_numbers_are_shown_whole(stored: str, shown: str) -> None:
    assert str(plain(Decimal(stored))) == shown


def earlier(region: Region, month: Month, number: int | None, **traits: bool) -> None:
    report = MonthlyReportFactory(region=region, month=month, **traits)
    state = State.NOT_COUNTED if number is None else State.NUMBER
    report.values.filter(line__key="trained").update(state=state, number=number)
    report.values.filter(line__key="workers_on_site").update(state=State.BLANK, number=None, snapshot=number)


def test_earlier_months_stand_beside_a_number(region: Region) -> None:
    earlier(region, MAY.plus(-3), 62, locked=True)
    earlier(region, MAY.plus(-2), None, submitted=True)
    earlier(region, MAY.plus(-12), 54, received=True)
    earlier(region, MAY.plus(-4), 1, locked=True)
    MonthlyReportFactory(month=MAY.plus(-1), submitted=True)
    report = MonthlyReportFactory(region=region, month=MAY)
    told = [(month.value, month.is_not_counted) for month in entry_of(report, "trained").past]
    assert told == [(62, False), (None, True), (None, False), (54, False)]
    assert [month.value for month in entry_of(report, "workers_on_site").past] == [62, None, None, 54]
    assert entry_of(report, "summary").past == ()


def test_what_is_still_being_written_is_no_earlier_number(region: Region) -> None:
    earlier(region, MAY.plus(-1), 9, draft=True)
    earlier(region, MAY.plus(-2), 8, returned=True)
    report = MonthlyReportFactory(region=region, month=MAY)
    assert {month.value for month in entry_of(report, "trained").past} == {None}


def test_progress_counts_numbers_and_sections(region: Region) -> None:
    empty = content_of(MonthlyReportFactory(region=region))
    assert (empty.numbers, empty.numbers_filled, empty.sections_done, empty.sections[0].to_do) == (2, 1, 0, 2)
    full = MonthlyReportFactory(draft=True)
    whole = content_of(full)
    assert (whole.numbers_filled, whole.sections_done, whole.missing) == (2, 1, {})


def test_open_remarks_stand_at_their_lines_and_answered_ones_do_not(region: Region) -> None:
    report = MonthlyReportFactory(region=region, returned=True)
    assert [remark.text for remark in entry_of(report, "summary").remarks] == ["请写明培训对象。"]
    assert content_of(report).sections[0].returned == 1
    report.remarks.update(answered_at=timezone.now())
    assert entry_of(report, "summary").remarks == ()


def test_a_submission_reads_as_it_was_whatever_is_written_since(region: Region) -> None:
    report = MonthlyReportFactory(region=region, submitted=True)
    submitted = content_of(report).records
    report.values.filter(line__key="summary").update(text="改写中")
    report.values.filter(line__key="trained").update(number=99)
    assert entry_of(report, "summary", submitted).value.text == "组织入场培训两期，走访队伍六次。"
    assert entry_of(report, "trained", submitted).number == 12
    assert entry_of(report, "trained", {}).number is None


@pytest.fixture
def content(region: Region) -> Content:
    return content_of(MonthlyReportFactory(region=region))


def record(**said: str) -> dict[str, str]:
    return {"state": "blank", "number": "", "text": "", "reason": "", "snapshot": ""} | said


def test_differences_between_submissions_are_told_in_words(content: Content) -> None:
    before = {"trained": record(state="number", number="3"), "summary": record(text="旧"), "workers_on_site": record(number="60")}
    after = {
        "trained": record(state="not_counted", reason="登记本在项目部"),
        "summary": record(text="新"),
        "workers_on_site": record(number="60"),
    }
    changes = changes_between(content, before, after)
    assert [(change.label, change.before) for change in changes] == [("培训人次", "3"), ("本月主要工作", "旧")]
    assert "登记本在项目部" in changes[0].after
    assert changes[1].after == "新"


def test_the_first_submission_has_nothing_to_differ_from(content: Content) -> None:
    assert changes_between(content, {}, {"summary": record(text="新")}) == []


def deadline(status: str, now: datetime) -> tuple[str, str]:
    report = MonthlyReportFactory(month=MAY, **({status: True} if status else {}))
    assert timezone.localtime(report.due_at) == timezone.make_aware(datetime(2026, 6, 8, 18))
    told = deadline_of(report, now, WorkingDays())
    return told.words, told.state


@pytest.mark.parametrize(
    ("now", "number", "state"),
    [
        (datetime(2026, 6, 4, 9), "2", ""),  # Friday and Monday are left
        (datetime(2026, 6, 8, 8), "18:00", "today"),
        (datetime(2026, 6, 8, 18), "18:00", "today"),
        (datetime(2026, 6, 8, 19), "", "late"),
        (datetime(2026, 6, 10, 9), "2", "late"),
    ],
)
@pytest.mark.parametrize("status", ["", "draft", "returned"])
def test_an_open_report_says_how_long_is_left(status: str, now: datetime, number: str, state: str) -> None:
    words, told = deadline(status, timezone.make_aware(now))
    assert told == state
    assert number in words


@pytest.mark.parametrize(("late", "state"), [(False, ""), (True, "late")])
def test_a_sent_report_says_whether_it_came_in_time(late: bool, state: str) -> None:
    report = MonthlyReportFactory(month=MAY, submitted=True, late=late)
    told = deadline_of(report, report.due_at + timedelta(days=90), WorkingDays())
    assert told.state == state


def test_an_unknown_month_is_no_value() -> None:
    assert Past("5月") == Past("5月", None, False)


def test_a_figure_that_is_not_defined_any_more_is_written_by_hand(region: Region) -> None:
    report = MonthlyReportFactory(region=region, draft=True)
    line = line_of(report, "workers_on_site")
    type(line).objects.filter(pk=line.pk).update(key="retired_figure")
    entry = entry_of(report, "retired_figure")
    assert (entry.live, entry.number, bool(entry.missing)) == (None, None, True)


def test_a_sent_figure_says_when_its_source_has_changed(region: Region) -> None:
    """The records of the test are empty, the report said 27; what is still being written follows the records anyway."""
    sent, open_ = MonthlyReportFactory(region=region, locked=True), MonthlyReportFactory(region=region, month=Month(2026, 1))
    moved = [{entry.line.key: entry.moved_to for entry in content_of(report).entries} for report in (sent, open_)]
    assert moved == [{"workers_on_site": 0, "trained": None, "summary": None}, dict.fromkeys(moved[0])]
