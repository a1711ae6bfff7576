"""Codes of survey sheets: drawn at random, so now and then one is drawn that a sheet has already."""

from collections.abc import Iterable, Iterator

from core.codes import new_slip_code
from feedback.models import SurveyResponse

AT_ONCE = 1_000  # codes that one statement is asked for


def with_free_codes(sheets: Iterable[SurveyResponse]) -> list[SurveyResponse]:
    """New sheets, each with a code that no other has: beside a million sheets a batch of 200 meets a taken one time in four."""
    all_sheets = list(sheets)
    used: set[str] = set()
    open_sheets = all_sheets
    while open_sheets:
        taken = used | set(_known([sheet.code for sheet in open_sheets]))
        clashing = []
        for sheet in open_sheets:
            if sheet.code in taken:
                sheet.code = new_slip_code()
                clashing.append(sheet)
            else:
                taken.add(sheet.code)
                used.add(sheet.code)
        open_sheets = clashing
    return all_sheets


def _known(codes: list[str]) -> Iterator[str]:
    for start in range(0, len(codes), AT_ONCE):
        yield from SurveyResponse.objects.filter(code__in=codes[start : start + AT_ONCE]).values_list("code", flat=True)
