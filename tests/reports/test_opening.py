"""The clock's part: opening a month, and the first template."""

from datetime import date, datetime
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.months import Month
from core.refusals import Refused
from figures.registry import figures
from reports import workflow
from reports.models import MonthlyReport, ReportLine, ReportTemplate
from tests.factories import MonthlyReportFactory, RegionFactory, ReportTemplateFactory, WorkdayOverrideFactory

pytestmark = pytest.mark.django_db
FIRST = import_module("reports.migrations.0002_first_template")


def beijing(*parts: int) -> datetime:
    return timezone.make_aware(datetime(*parts))


@pytest.fixture
def first_template() -> ReportTemplate:
    """As the migration leaves it, also after a test that emptied the database."""
    FIRST.seed(apps, None)
    return ReportTemplate.objects.get(number=1)


def test_every_region_owes_the_month_and_repeating_changes_nothing() -> None:
    ReportTemplateFactory()
    regions = RegionFactory.create_batch(3)
    opened = workflow.open_month(Month(2026, 5))
    again = workflow.open_month(Month(2026, 5))
    assert {report.region for report in opened} == set(regions)
    assert again == []
    told = set(MonthlyReport.objects.values_list("month", "status", "version", "events__verb", "events__by"))
    assert told == {(Month(2026, 5), "owed", 1, "open", None)}


def test_a_report_that_is_under_way_is_left_alone() -> None:
    report = MonthlyReportFactory(month=Month(2026, 5), draft=True)
    newcomer = RegionFactory()
    assert [opened.region for opened in workflow.open_month(Month(2026, 5))] == [newcomer]
    report.refresh_from_db()
    assert (report.status, report.version) == ("draft", 1)


@pytest.mark.parametrize(
    ("month", "due_on"),
    [
        (Month(2026, 5), date(2026, 6, 8)),  # a Monday
        (Month(2026, 7), date(2026, 8, 10)),  # the 8th is a Saturday
        (Month(2025, 9), date(2025, 10, 9)),  # the 8th ends the National Day holiday
        (Month(2026, 12), date(2027, 1, 8)),  # over the turn of the year
    ],
)
def test_due_at_the_end_of_office_on_the_eighth_or_the_next_working_day(month: Month, due_on: date) -> None:
    ReportTemplateFactory()
    RegionFactory()
    (report,) = workflow.open_month(month)
    assert report.due_at == beijing(due_on.year, due_on.month, due_on.day, 18)


def test_the_override_of_working_days_counts() -> None:
    ReportTemplateFactory()
    RegionFactory()
    WorkdayOverrideFactory(day=date(2026, 6, 8), is_working=False)
    (report,) = workflow.open_month(Month(2026, 5))
    assert report.due_at == beijing(2026, 6, 9, 18)


def test_a_month_begins_with_the_newest_template_that_is_valid() -> None:
    old = ReportTemplateFactory(number=97, valid_from=Month(2024, 1))
    new = ReportTemplateFactory(number=98, valid_from=Month(2026, 5))
    RegionFactory()
    assert workflow.open_month(Month(2026, 4))[0].template == old
    assert workflow.open_month(Month(2026, 5))[0].template == new


def test_a_month_before_every_template_is_refused() -> None:
    RegionFactory()
    with pytest.raises(Refused):
        workflow.open_month(Month(2001, 1))
    assert not MonthlyReport.objects.exists()


def test_the_command_opens_the_current_month_of_beijing(capsys: pytest.CaptureFixture[str]) -> None:
    ReportTemplateFactory()
    RegionFactory.create_batch(2)
    with time_machine.travel(beijing(2026, 11, 1, 0, 30), tick=False):
        call_command("open_reports")
    assert set(MonthlyReport.objects.values_list("month", flat=True)) == {Month(2026, 11)}
    assert capsys.readouterr().out.startswith("2026-11")


def test_the_command_takes_a_month_and_refuses_what_is_none() -> None:
    ReportTemplateFactory(number=97, valid_from=Month(2024, 1))
    RegionFactory()
    call_command("open_reports", "--month", "2026-03")
    assert MonthlyReport.objects.get().month == Month(2026, 3)
    for wrong in ("2026-13", "March", "2001-01"):
        with pytest.raises(CommandError):
            call_command("open_reports", "--month", wrong)


def test_the_first_template_has_ten_sections_and_is_marked_a_draft(first_template: ReportTemplate) -> None:
    titles = list(first_template.sections.order_by("order").values_list("order", "title_zh"))
    assert titles == list(
        enumerate(
            [
                "基本情况",
                "人员与覆盖",
                "走访与思想疏导",
                "培训",
                "活动与评先",
                "调查与事项",
                "工资与权益",
                "人文关怀",
                "需公司解决的问题",
                "下月安排",
            ],
            start=1,
        )
    )
    assert first_template.is_draft


def test_lines_of_the_first_template_fit_together(first_template: ReportTemplate) -> None:
    lines = list(ReportLine.objects.filter(section__template=first_template))
    keys = [line.key for line in lines]
    assert len(keys) == len(set(keys))
    assert {line.key for line in lines if line.kind == "figure"} == {
        "teams_on_site",
        "workers_on_site",
        "workers_entered",
        "workers_left",
        "part_time_coordinators",
        "projects_without_coordinator",
        "teams_with_liaison",
        "teams_without_liaison",
    }
    assert [line.key for line in lines if line.kind == "figure" and figures.get(line.key) is None] == []
    assert [line.key for line in lines if not line.label or (line.kind != "text" and not line.unit)] == []


def test_the_seed_can_be_taken_back_unless_reports_stand_on_it(first_template: ReportTemplate) -> None:
    FIRST.seed(apps, None)
    assert ReportTemplate.objects.filter(number=1).count() == 1
    report = MonthlyReportFactory(template=first_template)
    FIRST.unseed(apps, None)
    assert ReportTemplate.objects.filter(number=1).exists()
    report.delete()
    FIRST.unseed(apps, None)
    assert not ReportTemplate.objects.filter(number=1).exists()
    assert not ReportLine.objects.filter(key="talks").exists()
