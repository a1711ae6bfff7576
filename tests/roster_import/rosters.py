"""Rosters for these tests: rows by field, as staged values or as the csv file that somebody would send."""

import csv
import io
from datetime import date
from typing import Any

from core.personal import BankCard, IdNumber, Phone
from imports.registry import Candidate
from labour_teams.models import Engagement
from labour_teams.roster import ROSTER
from tests.factories import id_number, phone

AS_OF = date(2026, 6, 30)
ENTRY = date(2026, 3, 1)
# Far from the running numbers of the factories, so that nobody here is known by accident.
FIRST = 9_000


def person(n: int, team: str, **values: Any) -> dict[str, Any]:
    """The n-th person of a roster, by field; `values` replace or add (None leaves the cell empty)."""
    return {
        "name": "周文军",
        "sex_code": "12"[n % 2 == 0],
        "id_number": id_number(FIRST + n),
        "labour_team": team,
        "work_crew": None,
        "trade": "钢筋工",
        "phone": phone(FIRST + n),
        "entered_on": ENTRY,
        "left_on": None,
        **values,
    }


KINDS = {"id_number": IdNumber.parse, "phone": Phone.parse, "bank_card": BankCard.parse}


def staged(*people: dict[str, Any], decision: str = "") -> list[Candidate]:
    """The rows as the reader hands them on, from row 2 of the sheet."""
    empty = dict.fromkeys(column.field for column in ROSTER.columns)
    rows = enumerate(people, start=2)
    return [Candidate(number, {**empty, **_typed(values)}, decision=decision) for number, values in rows]


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    return {name: KINDS[name](value) if name in KINDS and value else value for name, value in values.items()}


def as_csv(*people: dict[str, Any]) -> bytes:
    fields = list(dict.fromkeys(name for values in people for name in values))
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([ROSTER.column(name).header for name in fields])
    for values in people:
        writer.writerow(["" if values.get(name) is None else values[name] for name in fields])
    return stream.getvalue().encode("utf-8-sig")


def engaged(n: int, team: Any, **values: Any) -> Engagement:
    """The n-th person, already engaged at `team` as the roster has it."""
    from tests.factories import EngagementFactory, WorkerFactory

    given = person(n, team.name)
    worker = values.pop("worker", None) or WorkerFactory(id_number=IdNumber.parse(given["id_number"]))
    said = {name: given[name] for name in ("name", "trade", "entered_on")}
    unsaid = {"bank_card": None, "political_status_code": "", "education_code": "", "native_place": ""}
    return EngagementFactory(worker=worker, team=team, **{**said, **unsaid, "phone": Phone.parse(given["phone"]), **values})
