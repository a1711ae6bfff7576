"""What the page of an import shows: how many rows of which kind, what is asked, to correct, to judge, to write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from imports import advice, amending, blocks
from imports.blocks import WARNED, StagedRow
from imports.lines import Pair, lines, pairs, title_of
from imports.models import WRITING, ImportJob, Outcome
from imports.registry import Target, target_for
from imports.staging import issues_of
from imports.steps import STATUS_PILLS, steps, undo_until

S = ImportJob.Status
EXAMINED = 2_000  # rows with errors that are read to group them; nobody works through a longer list
PAIRS = 10
QUESTIONS = 10
NAMED = 20  # of things that are created, of problems of the file, of rows that were passed over
LEAVERS = "leavers"


class Tally(NamedTuple):
    """A number of rows that filters the list, "" for all of them; the suspected leavers have a page of their own."""

    outcome: str
    label: str
    number: int
    url: str
    is_current: bool

    @property
    def is_late(self) -> bool:
        return self.outcome == Outcome.ERROR and self.number > 0


@dataclass(frozen=True, slots=True)
class Group:
    """Mistakes of one kind, the first few with an input."""

    title: str
    advice: str
    count: int
    fixes: list[amending.Fix]
    more: int


class Decision(NamedTuple):
    """What writing would do now, and why not everything can be written."""

    rows: int  # that are written
    leavers: int
    left: int  # that have to be corrected or judged first

    @property
    def changes(self) -> int:
        return self.rows + self.leavers


class Question(NamedTuple):
    key: str
    text: str
    choices: list[tuple[str, str]]
    rows: int
    answer: str


class Summary(NamedTuple):
    """A line of the project's history of imports."""

    job: ImportJob
    tone: str
    icon: str
    row_count: int | None  # None: no rows could be read
    writing_count: int | None
    error_count: int | None
    undo_until: datetime | None
    rest: ImportJob | None  # that still waits


def context(job: ImportJob) -> dict[str, Any]:
    """What every page of an import has."""
    return {
        "job": job,
        "target": target_for(job.target),
        "pill": STATUS_PILLS[S(job.status)],
        "steps": steps(job),
        "undo_until": undo_until(job),
    }


def checked(job: ImportJob, rows: Sequence[StagedRow]) -> dict[str, Any]:
    """The preview: `rows` are those of the table's page."""
    target = target_for(job.target)
    duplicates = _some(job, Outcome.DUPLICATE, PAIRS)
    questions = [Question(*entry) for entry in job.found.get("questions", [])]
    questions.sort(key=lambda question: bool(question.answer))
    return {
        **table(job, rows),
        "groups": groups(job, target),
        "pairs": pairs(job, target, duplicates),
        "more_pairs": job.counts.get(Outcome.DUPLICATE, 0) - len(duplicates),
        "questions": questions[:QUESTIONS],
        "more_questions": len(questions) - QUESTIONS,
        "decision": decision(job),
        "creations": [(label, "、".join(names[:NAMED]), len(names)) for label, names in job.found.get("creations", [])],
        "problems": job.problems[:NAMED],
        "more_problems": job.problems[NAMED:],
        "skipped": "、".join(map(str, job.found.get("skipped", [])[:NAMED])),
        "stood_back": stood_back(job),
        **_leaving(job, target),
    }


def _leaving(job: ImportJob, target: Target) -> dict[str, str]:
    """What is said of those who are there and not in the sheet."""
    words, missing, chosen = target.words, len(job.leavers.get("ids", ())), len(job.leavers.get("chosen", ()))
    said = {"missing": (words.missing, missing), "ticked": (words.ticked, chosen), "leave": (words.leave, chosen)}
    return {name: text % {"number": f"{number:,}"} for name, (text, number) in said.items()}


def focus(found: Sequence[Group], fixed: int | None) -> str:
    """The input at which somebody goes on who has just corrected row `fixed`: "row-field", the next mistake from there on."""
    fixes = [fix for group in found for fix in group.fixes if fix.field]
    if fixed is None or not fixes:
        return ""
    onwards = [fix for fix in fixes if fix.number >= fixed]
    chosen = min(onwards or fixes, key=lambda fix: fix.number)
    return f"{chosen.number}-{chosen.field.name}" if chosen.field else ""


def table(job: ImportJob, rows: Sequence[StagedRow]) -> dict[str, Any]:
    target = target_for(job.target)
    return {
        "headers": [target.definition.column(name).header for name in target.shown],
        "lines": lines(job, target, rows),
    }


def groups(job: ImportJob, target: Target) -> list[Group]:
    """The errors by what to do about them."""
    wrong = {row.number: row for row in _some(job, Outcome.ERROR, EXAMINED)}
    found = advice.grouped(issues_of(wrong.values()))
    names = target.names(job.project) if found else {}
    fields = {
        number: amending.fields(job, target, wrong[number], names)
        for number in {issue.row for group in found for issue in group.named if issue.row}
    }
    return [
        Group(
            group.title,
            group.advice,
            group.count,
            [
                amending.fix(issue, title_of(job, wrong[issue.row], target), fields[issue.row])
                for issue in group.named
                if issue.row
            ],
            group.more,
        )
        for group in found
    ]


def _some(job: ImportJob, outcome: str, number: int) -> list[StagedRow]:
    return blocks.page(job, outcome, size=number).rows if job.counts.get(outcome) else []


def waiting_pairs(job: ImportJob, rows: Sequence[StagedRow]) -> list[Pair]:
    return pairs(job, target_for(job.target), [row for row in rows if row.outcome == Outcome.DUPLICATE])


def decision(job: ImportJob) -> Decision:
    rows = sum(job.counts.get(outcome, 0) for outcome in WRITING)
    left = job.counts.get(Outcome.ERROR, 0) + job.counts.get(Outcome.DUPLICATE, 0)
    return Decision(rows, len(job.leavers.get("chosen", ())), left)


def stood_back(job: ImportJob) -> str:
    """Why the last move of the import was one backwards; "" if it was not."""
    last = job.events.order_by("-pk").first()
    return last.note if last and last.verb == "stand_back" else ""


def tallies(job: ImportJob, current: str) -> list[Tally]:
    labels = {outcome.value: str(outcome.label) for outcome in Outcome} | {WARNED: _("With warnings")}
    chosen = current if current in labels else ""
    is_open = job.status == S.PREVIEWED  # then a kind without rows is news as well
    found = [
        Tally(key, label, job.counts.get(key, 0), f"?outcome={key}#rows", key == chosen)
        for key, label in labels.items()
        if job.counts.get(key) or key == chosen or (is_open and key != Outcome.LEFT_OUT)
    ]
    found.insert(0, Tally("", _("All rows"), job.row_count, "?#rows", not chosen))
    if is_open:
        url = reverse("import-leavers", args=[job.pk])
        place = 1 + list(labels).index(Outcome.DUPLICATE) + 1
        found.insert(
            place,
            Tally(
                LEAVERS, str(target_for(job.target).words.possibly_left), len(job.leavers.get("ids", ())), url, is_current=False
            ),
        )
    return found


def summary(job: ImportJob) -> Summary:
    has_rows = job.status not in (S.REFUSED, S.ASKED, S.READING)
    rest = getattr(job, "rest", None)
    return Summary(
        job,
        *STATUS_PILLS[S(job.status)],
        job.row_count if has_rows else None,
        job.writing_count if has_rows else None,
        job.counts.get(Outcome.ERROR, 0) if has_rows else None,
        undo_until(job) if job.status == S.WRITTEN and job.can_still_be_undone else None,
        rest if rest and rest.status == S.PREVIEWED else None,
    )
