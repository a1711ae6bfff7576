"""A code that is drawn twice is drawn again: among thousands of sheets that happens, and must not stop a printer."""

from collections.abc import Iterator

import pytest

from feedback.models import SurveyResponse
from feedback.survey import codes
from tests.factories import SurveyResponseFactory

pytestmark = pytest.mark.django_db


def test_taken_codes_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    known = SurveyResponseFactory(code="AAAAAA")
    drawn: Iterator[str] = iter(["AAAAAA", "BBBBBB", "CCCCCC", "DDDDDD"])
    monkeypatch.setattr(codes, "new_slip_code", lambda: next(drawn))
    sheets = [SurveyResponse(round=known.round, team=known.team, code=code) for code in ("AAAAAA", "BBBBBB", "BBBBBB")]
    assert [sheet.code for sheet in codes.with_free_codes(sheets)] == ["CCCCCC", "BBBBBB", "DDDDDD"]


def test_free_codes_stay() -> None:
    known = SurveyResponseFactory(code="AAAAAA")
    sheet = SurveyResponse(round=known.round, team=known.team, code="EEEEEE")
    assert codes.with_free_codes([sheet]) == [sheet]
    assert sheet.code == "EEEEEE"
