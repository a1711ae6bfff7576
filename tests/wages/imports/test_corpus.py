"""Every file of tests/data/wages, read and judged as its manifest says: row, column and the words of what is wrong."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.personal import Personal
from imports.checking import Answers, CheckedSheet, check
from imports.sheets import CheckedRow, Issue, SheetDefinition
from wages.attendance_import.sheet import ATTENDANCE
from wages.payment_import.sheet import PAYMENTS
from wages.sheet_import.sheet import WAGES

FILES = Path(__file__).parents[2] / "data" / "wages"
MANIFEST = json.loads((FILES / "manifest.json").read_text("utf-8"))
DEFINITIONS = {"wages": WAGES, "attendance": ATTENDANCE, "payments": PAYMENTS}
pytestmark = pytest.mark.sqlite_only  # no database is involved, so one run is enough

Entry = dict[str, Any]


def judged(entry: Entry) -> CheckedSheet:
    definition = DEFINITIONS[entry["sheet"]]
    data = (FILES / entry["file"]).read_bytes()
    answers = Answers(constants=entry["constants"])
    return check(data, entry["file"], definition, date.fromisoformat(MANIFEST["as_of"]), answers)


def text_of(definition: SheetDefinition, row: CheckedRow, header: str) -> str:
    column = next(column for column in definition.columns if column.header == header)
    value = row.values[column.field]
    if value is None:
        return ""
    return value.in_the_clear() if isinstance(value, Personal) else column.show(value)


def says(issue: Issue, wanted: dict[str, Any]) -> bool:
    at = (issue.row, issue.column) == (wanted["row"], wanted["column"])
    return at and all(any(word in issue.message for word in words) for words in wanted["must_contain_any"])


def unsaid(issues: list[Issue], wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in wanted if not any(says(issue, each) for issue in issues)]


def test_the_corpus_is_large_enough() -> None:
    assert len(MANIFEST["files"]) >= 25


@pytest.mark.parametrize("entry", MANIFEST["files"], ids=lambda entry: entry["file"])
def test_a_file_is_judged_as_the_manifest_says(entry: Entry) -> None:
    sheet = judged(entry)
    if entry["outcome"] == "accept":
        assert ([issue.message for issue in sheet.errors], len(sheet.rows)) == ([], entry["rows"])
        rows = {row.number: row for row in sheet.rows}
        definition = DEFINITIONS[entry["sheet"]]
        for expected in entry["expect_rows"]:
            found = {header: text_of(definition, rows[expected["row"]], header) for header in expected if header != "row"}
            assert found == {header: text for header, text in expected.items() if header != "row"}
    else:
        places = {(wanted["row"], wanted["column"]) for wanted in entry["errors"]}
        assert unsaid(sheet.errors, entry["errors"]) == []
        assert [issue.message for issue in sheet.errors if (issue.row, issue.column) not in places] == []
    assert unsaid(sheet.warnings, entry.get("warnings", [])) == []
    assert [issue.message for issue in sheet.warnings if issue.row in entry.get("no_warnings_in", [])] == []
