"""Values of a roster as people see them: codes by name, numbers masked, also those that somebody wrote into a remark."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse

from imports.characters import masked
from imports.registry import Judged, Party, Person
from labour_teams.models import Engagement
from labour_teams.roster import ROSTER
from regions.models import Project

SEALED_MARK = "•"  # an earlier number, until `unseal` has looked it up
COMPARED = ("name", "sex_code", "id_number", "phone", "labour_team", "work_crew", "trade", "entered_on", "left_on")


def shown(column: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    text = ROSTER.column(column).show(value)
    return masked(text) if isinstance(value, str) else text


def unseal(judged: Iterable[Judged]) -> None:
    """Put the earlier phone and card, masked, where one of them changes: few rows, and only they are decrypted."""
    marked = {}
    for entry in judged:
        if entry.plan and any(before == SEALED_MARK for before, _after in entry.changes.values()):
            marked[entry.plan.get("id") or entry.plan["carry"]] = entry.changes
    rows = Engagement.objects.filter(pk__in=marked).values("pk", "phone", "bank_card")
    for row in rows:
        changes = marked[row["pk"]]
        for name in ("phone", "bank_card"):
            if changes.get(name, ("",))[0] == SEALED_MARK:
                changes[name] = (str(row[name] or ""), changes[name][1])


def parties(project: Project, numbers: Iterable[int]) -> dict[int, Party]:
    """The other sides of possible duplicates: people on this project's roster, by engagement."""
    found = Engagement.objects.filter(project=project, pk__in=list(numbers)).select_related("worker", "team", "crew")
    return {engagement.pk: _party(engagement) for engagement in found}


def _party(found: Engagement) -> Party:
    values: Mapping[str, Any] = {
        "name": found.name,
        "sex_code": found.worker.sex_code,
        "id_number": found.worker.id_number,
        "phone": found.phone,
        "labour_team": found.team.name,
        "work_crew": found.crew.name if found.crew else None,
        "trade": found.trade,
        "entered_on": found.entered_on,
        "left_on": found.left_on,
    }
    return Party(found.name, _address(found), {name: shown(name, values[name]) for name in COMPARED})


def people(project: Project, numbers: Sequence[int]) -> list[Person]:
    """Engagements of the project as people, in the given order."""
    rows = Engagement.objects.filter(project=project, pk__in=numbers).select_related("worker", "team", "crew")
    found = {row.pk: row for row in rows}
    return [
        Person(number, row.name, f"{row.team.name}·{row.crew.name}" if row.crew else row.team.name, _address(row))
        for number in numbers
        if (row := found.get(number))
    ]


def _address(engagement: Engagement) -> str:
    return reverse("worker", args=[engagement.worker.public_id])
