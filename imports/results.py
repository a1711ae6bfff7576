"""After writing: what an import did, where to see it, and after an undo what became of whom."""

from typing import Any, NamedTuple

from imports.models import WRITING, ImportJob, Outcome
from imports.registry import Person, target_for

PEOPLE = 50  # of each pile on the page; more of them are counted


class Pile(NamedTuple):
    """People whom the undo left as they are; `reasons` by person where each has one."""

    number: int
    people: list[tuple[Person, str]]

    @property
    def more(self) -> int:
        return self.number - len(self.people)


def written(job: ImportJob) -> dict[str, Any]:
    """Numbers, places to look at, and the import that waits with the rows that were left."""
    kinds = [*WRITING, Outcome.SAME, Outcome.LEFT_OUT]
    return {
        "figures": [(outcome.label, job.counts.get(outcome, 0)) for outcome in kinds],
        "left": len(job.leavers.get("chosen", ())),
        "rest": getattr(job, "rest", None),
        "places": target_for(job.target).places(job),
        "has_rows": job.blocks.exists(),
    }


def undone(job: ImportJob) -> dict[str, Any]:
    """The three piles."""
    kept, stuck = job.undoing.get("kept", []), job.undoing.get("stuck", [])
    reasons = dict(stuck)
    return {
        "undone": job.undoing.get("undone", 0),
        "kept": _pile(job, kept, {}),
        "stuck": _pile(job, list(reasons), reasons),
        "rest": getattr(job, "rest", None),
    }


def _pile(job: ImportJob, numbers: list[int], reasons: dict[int, str]) -> Pile:
    people = target_for(job.target).people(job.project, numbers[:PEOPLE]) if numbers else []
    return Pile(len(numbers), [(person, reasons.get(person.number, "")) for person in people])
