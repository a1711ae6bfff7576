"""Figures of cases in a report: counted as its author may know of them, whoever reads it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from coordinators.models import Coordinator
from core.months import Month
from core.roles import Role
from feedback.models import Case
from regions.models import Region
from reports import workflow
from reports.authors import author_of
from reports.content import content_of
from reports.models import MonthlyReport, ReportLine, ReportTemplate
from tests.factories import CaseFactory, CoordinatorFactory, MonthlyReportFactory, ProjectFactory, RegionFactory, person_with
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
KEY = "cases_registered"


@pytest.fixture
def region() -> Region:
    return RegionFactory()


@pytest.fixture
def author(report: MonthlyReport, region: Region) -> User:
    return CoordinatorFactory(region=region).person


@pytest.fixture
def report(region: Region) -> MonthlyReport:
    """A draft with a line for the month's cases; two cases of the region, one elsewhere."""
    found = MonthlyReportFactory(region=region, draft=True, month=Month.current())
    Coordinator.objects.filter(region=region).delete()
    template = ReportTemplate.objects.get(pk=found.template_id)
    section = template.sections.first()
    assert section is not None
    section.lines.create(order=9, kind=ReportLine.Kind.FIGURE, key=KEY, label_zh="登记事项", label_en="Cases registered")
    CaseFactory.create_batch(2, project=ProjectFactory(region=region))
    CaseFactory(project=ProjectFactory())
    MonthlyReport.objects.update(saved_by=None)
    return MonthlyReport.objects.get(pk=found.pk)


def counted(report: MonthlyReport) -> object:
    return next(entry for entry in content_of(report).entries if entry.line.key == KEY).live


def test_cases_are_counted_as_the_regions_coordinator_sees_them(report: MonthlyReport, author: User) -> None:
    assert author_of(report) == author
    assert counted(report) == 2


def test_a_case_that_names_him_is_not_in_his_report(report: MonthlyReport, author: User, region: Region) -> None:
    CaseFactory(project=ProjectFactory(region=region), names=[{"who": "region", "person": author}])
    assert Case.objects.filter(region=region).count() == 3
    assert counted(report) == 2


def test_the_number_is_kept_when_it_is_sent(report: MonthlyReport, author: User) -> None:
    sent = workflow.submit(report, by=author, version=report.version)
    CaseFactory(project=ProjectFactory(region=sent.region))
    assert sent.values.get(line__key=KEY).snapshot == 2
    assert counted(sent) == 2


def test_whoever_reads_it_reads_the_same_number(report: MonthlyReport, author: User) -> None:
    address = reverse("report", args=[report.region.code, report.month])
    for reader in (author, person_with(Role.LABOUR_CENTRE)):
        content = client_for(reader).get(address).context["content"]
        assert [entry.live for entry in content.entries if entry.line.key == KEY] == [2]


def test_without_anybody_in_post_it_is_blank_and_not_zero(report: MonthlyReport) -> None:
    assert author_of(report) is None
    assert counted(report) is None


def test_whoever_saved_it_last_is_its_author_while_the_region_is_his(report: MonthlyReport, author: User, region: Region) -> None:
    deputy = CoordinatorFactory(region=region, is_acting=True)
    MonthlyReport.objects.filter(pk=report.pk).update(saved_by=deputy.person)
    report.refresh_from_db()
    assert author_of(report) == deputy.person
    deputy.to_on = deputy.from_on
    deputy.save()
    report = MonthlyReport.objects.get(pk=report.pk)
    assert author_of(report) == author
    assert deputy.to_on < timezone.localdate()
