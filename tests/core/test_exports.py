"""Exports: no formulas, no lost digits, a trace."""

import csv
import io
from urllib.parse import unquote

import pytest
from django.db import OperationalError
from openpyxl import load_workbook

from core.exports import XLSX, ExportColumn, blank, defused, export, hand_back
from core.models import AuditEvent
from regions.models import Project
from tests.factories import ProjectFactory, person_with

COLUMNS = (ExportColumn("名称", lambda row: row.name), ExportColumn("地点", lambda row: row.place))
HOSTILE = ["=1+1", "+86", "-1", "@SUM(A1)", "\tx", "＝1", "=cmd|'/C calc'!A0", "1101**********002X"]


@pytest.fixture
def officer(db: None) -> object:
    return person_with("labour_centre")


@pytest.mark.parametrize("text", HOSTILE)
def test_xlsx_keeps_text_as_text(officer: object, text: str) -> None:
    ProjectFactory(name=text, place="甘肃")
    response = export(by=officer, rows=Project.objects.all(), columns=COLUMNS, title="项目")
    sheet = load_workbook(io.BytesIO(response.content)).active
    cell = sheet["A4"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert sheet["A1"].value == "项目"
    assert sheet["A3"].value == "名称"


@pytest.mark.parametrize("text", HOSTILE[:7])
def test_csv_is_defused(officer: object, text: str) -> None:
    ProjectFactory(name=text)
    response = export(by=officer, rows=Project.objects.all(), columns=COLUMNS, title="项目", form="csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1][0] == f"'{text}"
    assert defused("甘肃") == "甘肃"


def test_export_is_audited_with_its_size_and_reason(officer: object) -> None:
    ProjectFactory.create_batch(3)
    export(by=officer, rows=Project.objects.all(), columns=COLUMNS, title="项目", reason="月度核对")
    event = AuditEvent.objects.get()
    assert (event.kind, event.by) == ("export", officer)
    assert event.details == {"what": "regions.project", "title": "项目", "rows": 3, "form": "xlsx", "reason": "月度核对"}


def test_export_is_a_download_with_a_readable_name(officer: object) -> None:
    response = export(by=officer, rows=Project.objects.none(), columns=COLUMNS, title='项目"\r\n清单')
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert unquote(disposition.split("UTF-8''")[1]) == '项目"\r\n清单.xlsx'
    assert "\r" not in disposition


def test_handed_back_is_recorded_without_the_name_that_somebody_gave_the_file(officer: object) -> None:
    project = ProjectFactory()
    name = "李四430000199005209980.xlsx"
    response = hand_back(by=officer, content=b"PK", name=name, what="roster", rows=12, subject=project)
    event = AuditEvent.objects.get()
    assert (event.kind, event.by, event.subject_type, event.subject_id) == ("export", officer, "regions.project", str(project.pk))
    assert event.details == {"what": "roster", "rows": 12, "form": "xlsx", "handed_back": True, "full_numbers": True}
    assert (response.content, response["Content-Type"], response["X-Content-Type-Options"]) == (b"PK", XLSX, "nosniff")
    assert unquote(response["Content-Disposition"].split("UTF-8''")[1]) == name


def test_nothing_is_handed_back_that_cannot_be_recorded(officer: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError

    monkeypatch.setattr(AuditEvent.objects, "create", broken)
    with pytest.raises(OperationalError):
        hand_back(by=officer, content=b"PK", name="a.xlsx", what="roster", rows=1)


def test_a_blank_form_is_a_download_without_a_trace(db: None) -> None:
    response = blank(content=b"PK", name="花名册模板.xlsx")
    assert response["Content-Disposition"].startswith("attachment;")
    assert (response.content, AuditEvent.objects.count()) == (b"PK", 0)


def test_titles_and_texts_that_a_workbook_cannot_hold_do_not_stop_an_export(officer: object) -> None:
    ProjectFactory(name="一标\x0b段", place="甘肃")
    response = export(by=officer, rows=Project.objects.all(), columns=COLUMNS, title="项目/标段[1]")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert (sheet.title, sheet["A1"].value, sheet["A4"].value) == ("项目 标段 1", "项目/标段[1]", "一标\ufffd段")
