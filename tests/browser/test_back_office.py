"""Headquarters in the admin site: from its first page to tables of the handbook and the wages, filtered and taken away."""

import csv
from pathlib import Path

import pytest
from django.db.models import Model
from django.urls import reverse
from playwright.sync_api import Page, expect

from core.models import AuditEvent, AuditKind
from core.roles import Role
from handbook.models import EntryKind, HandbookEntry
from tests.browser.conftest import Opener
from tests.factories import HandbookEntryFactory, WageSheetFactory, person_with
from wages.models import WageSheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_entries_and_wage_sheets_are_filtered_and_taken_away(open_as: Opener) -> None:
    entry = HandbookEntryFactory(kind=EntryKind.RIGHTS, title="督导工资支付台账")
    HandbookEntryFactory(kind=EntryKind.MEETING, title="劳务队长例会")
    sheet = WageSheetFactory(status=WageSheet.Status.PAID)
    WageSheetFactory()
    page = open_as(person_with(Role.LABOUR_CENTRE))
    [row] = taken_away(page, HandbookEntry, "kind__exact=rights")
    assert entry.title in row
    [row] = taken_away(page, WageSheet, "status__exact=paid")
    assert sheet.team.name in row
    assert AuditEvent.objects.filter(kind=AuditKind.EXPORT, details__rows=1).count() == 2


def taken_away(page: Page, model: type[Model], choice: str) -> list[list[str]]:
    """The rows of the file, below its headings: those that the list showed after `choice` in its sidebar was pressed."""
    table = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
    page.goto(reverse("admin:index"))
    page.locator(f"#content a[href='{table}']").first.click()
    rows = page.locator("#result_list tbody tr")
    expect(rows).to_have_count(2)
    page.locator(f"#changelist-filter a[href='?{choice}']").evaluate("choice => choice.click()")  # also where its list is folded
    expect(rows).to_have_count(1)
    page.locator(f".object-tools a[href$='?{choice}']").click()
    page.locator("[name=format][value=csv]").check()
    with page.expect_download() as download:
        page.locator("input[type=submit]").click()
    return list(csv.reader(Path(download.value.path()).read_text("utf-8-sig").splitlines()))[1:]
