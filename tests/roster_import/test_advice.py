"""Whatever can be wrong with a row is told together with what to do about it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from imports.advice import GROUPS, OTHER, grouped
from imports.sheets import Issue, Level

# Where the reasons are given that keep a row out: cleaners and rules; the comparison with the roster.
SOURCES = (
    "imports/cleaners.py",
    "imports/days.py",
    "imports/judging.py",
    "imports/characters.py",
    "core/personal.py",
    "labour_teams/roster.py",
    "labour_teams/roster_import/case.py",
)
SPEAKERS = {"Note", "Malformed", "NotADay", "Refusal", "_say"}


def codes() -> Iterator[str]:
    """The code of every error in the sources; a warning keeps nobody out."""
    for source in SOURCES:
        for call in ast.walk(ast.parse((Path(settings.BASE_DIR) / source).read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in SPEAKERS:
                is_warning = any(ast.unparse(argument) == "Level.WARNING" for argument in call.args)
                first = call.args[0] if call.args else None
                if isinstance(first, ast.Constant) and not is_warning:
                    yield first.value


def test_every_error_has_its_group() -> None:
    found = set(codes())
    assert {"id_check", "precision_lost", "date", "required", "unknown_team", "duplicate_id", "extra_cells"} <= found
    assert found - GROUPS.keys() == set()


def test_no_group_waits_for_an_error_that_nobody_makes() -> None:
    assert GROUPS.keys() - set(codes()) == set()


def test_errors_come_by_what_to_do_the_most_first_and_long_lists_are_counted() -> None:
    issues = [Issue(Level.ERROR, "date", "认不出日期。", row, "进场日期") for row in range(2, 40)]
    issues += [Issue(Level.WARNING, "over_60", "超过 60 岁。", 2, "身份证号"), Issue(Level.ERROR, "no_such_code", "？", 2)]
    dates, other = grouped(issues)
    assert (dates.title, dates.count, len(dates.named), dates.more) == ("日期读不懂", 38, 10, 28)
    assert (other.title, [issue.row for issue in other.named]) == (str(OTHER[0]), [2])
