"""A file comes in: it is kept, read, checked and compared. Nothing of it is written to the project yet."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.collector import rarely_collecting
from core.refusals import Refused, Stale
from imports import blocks, files, memory, policies, staging
from imports.characters import masked
from imports.checking import Opened, opened, sheet_issues
from imports.models import ImportBlock, ImportEvent, ImportJob, Outcome
from imports.reading.reader import UnreadableFile
from imports.registry import Candidate, Comparer, Target, target_for
from imports.sheets import CheckedRow, Issue, Level
from imports.workflow.lifecycle import LIFECYCLE, Pulse, S, lock
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User

NAME_LENGTH = 255
ASKED = 30  # questions about a sheet at once, those that most rows ask first; answered ones make room
NAMED = 200
DOUBLE_CLICK = timedelta(minutes=1)


def receive(
    project: Project, key: str, *, name: str, data: bytes, by: "User", answers: Mapping[str, Any] | None = None
) -> ImportJob:
    """Take in an uploaded file, for `read`. A double click meets the first job. `answers` as in `answer`."""
    if not policies.can_import(by, project, key):
        raise Refused(_("Your post does not allow importing into this project."))
    job = ImportJob(target=key, project=project, by=by, status=S.READING, answers=dict(answers or {}))
    job.file_name = masked(name)[-NAME_LENGTH:]
    job.file_sha256, job.file_size = hashlib.sha256(data).hexdigest(), len(data)
    return _keep(job, data)


def _keep(job: ImportJob, data: bytes) -> ImportJob:
    """Save a new job, unless the same person sent the same a moment ago: then a double click meets the first job."""
    with transaction.atomic():
        lock(job.project)
        twins = ImportJob.objects.filter(project=job.project, by=job.by, target=job.target, file_sha256=job.file_sha256)
        recent = twins.filter(status__in=(S.READING, S.PREVIEWED), created_at__gte=timezone.now() - DOUBLE_CLICK)
        if twin := next((each for each in recent.order_by("pk") if _says_the_same(each, job)), None):
            return twin
        job.save()
        files.keep(job, data)
        ImportEvent.objects.create(job=job, verb="receive", from_status="", to_status=job.status, by=job.by)
    return job


def answer(job: ImportJob, answers: Mapping[str, Any], *, by: "User", version: int | None = None) -> ImportJob:
    """Have the file read again (`read`), as a person says.

    `answers`: {"sheet": name, "header_row": number, "mapping": {letter: field}, "constants": {field: text}}, any of them.
    """
    if not files.is_kept(job):
        raise Refused(_("The file is no longer kept. Upload it again."))
    with LIFECYCLE.moving(job, "begin", by=by, version=version) as move:
        move.row.answers = {**move.row.answers, **answers}
    return move.row


def read(job: ImportJob, *, by: "User") -> ImportJob:
    """Read, check and compare the kept file. Always gives a job; an unreadable file gives a refused one, which says why.

    Reading takes a while and holds no lock; if somebody began anew meanwhile, that reading counts and this one is forgotten.
    """
    with LIFECYCLE.moving(job, "begin", by=by) as claim:
        claim.is_news = False
        claim.row.round += 1
        claim.row.done, claim.row.total, claim.row.beat_at = 0, 0, claim.at
        ImportBlock.objects.filter(job=job).delete()
    reading = _Reading(claim.row)
    try:
        reading.run(files.content_of(job))
        with LIFECYCLE.moving(claim.row, "read", by=by, version=claim.row.version) as move:
            move.to(reading.outcome())
            reading.describe(move.row)
        return move.row
    except (Refused, Stale):
        ImportBlock.objects.filter(job=job, round=claim.row.round).delete()
        return ImportJob.objects.select_related("project__region", "by").get(pk=job.pk)


def _says_the_same(one: ImportJob, other: ImportJob) -> bool:
    """One sheet can be sent for two months, or for two teams."""
    said, meant = (job.answers.get("constants", {}) for job in (one, other))
    return bool(said == meant)


class _Reading:
    """One pass over a file."""

    def __init__(self, job: ImportJob) -> None:
        self.job, self.target = job, target_for(job.target)
        self.today = timezone.localdate()
        self.comparer: Comparer = self.target.comparer(job.project, self.today, memory.choices(job))
        self.counts: Counter[str] = Counter(dict.fromkeys([*Outcome.values, blocks.WARNED], 0))
        self.problems: list[Issue] = []
        self.found: dict[str, Any] = {}
        self.is_refused = self.is_asked = False

    @rarely_collecting()
    def run(self, data: bytes) -> None:
        answers = memory.answers(self.job)
        with opened(data, self.job.file_name, self.target.definition, self.today, answers) as checking:
            if checking.ok_so_far:
                self._take(checking)
            self.problems = self.problems or list(checking.file_issues)
            self.found = {**staging.described(checking), "skipped": [row.number for row in checking.skipped]}
            self.is_refused = self.is_refused or checking.is_unreadable
            self.is_asked = not checking.ok_so_far

    def _take(self, checking: Opened) -> None:
        pulse = Pulse(self.job)
        try:
            for rows in checking.chunks(blocks.BLOCK):
                self.counts.update(blocks.add(self.job, self._compared(rows)))
                pulse.step(len(rows), checking.total)
        except UnreadableFile as refusal:
            ImportBlock.objects.filter(job=self.job).delete()
            self.problems = [Issue(Level.ERROR, refusal.code, refusal.message)]
            self.counts.clear()
            self.is_refused = True

    def _compared(self, rows: list[CheckedRow]) -> list[blocks.StagedRow]:
        judged = self.comparer.judge([Candidate(row.number, row.values, row.is_ok) for row in rows])
        staged = [staging.staged_row(row) for row in rows]
        staging.take_over(staged, judged)
        return staged

    def outcome(self) -> str:
        if self.is_refused:
            return S.REFUSED
        return S.ASKED if self.is_asked else S.PREVIEWED

    def describe(self, job: ImportJob) -> None:
        job.found, job.problems, job.counts = self.found, staging.whole_file_problems(self.problems), dict(self.counts)
        job.done = job.total = sum(self.counts[outcome] for outcome in Outcome.values)
        if self.outcome() == S.PREVIEWED:
            describe_whole(job, self.comparer)
            memory.remember_columns(job, job.answers.get("mapping", {}))
        if self.is_refused:
            files.drop(job)


def describe_whole(job: ImportJob, comparer: Comparer) -> None:
    """What the comparison says of the sheet as a whole."""
    job.found = {
        **job.found,
        "creations": [[creation.label, creation.names[:NAMED]] for creation in comparer.creations()],
        "questions": [
            [question.key, question.text, [list(choice) for choice in question.choices], question.rows, question.answer]
            for question in sorted(comparer.questions(), key=lambda each: (bool(each.answer), -each.rows))[:ASKED]
        ],
    }
    # The rest of an import names few people: all the others would seem to have left.
    suggested = [] if job.rest_of_id else comparer.leavers()
    chosen = set(job.leavers.get("chosen", ()))
    job.leavers = {
        "ids": suggested,
        "chosen": [number for number in suggested if number in chosen],
        "on": job.leavers.get("on") or timezone.localdate().isoformat(),
    }


def judged_anew(target: Target, job: ImportJob) -> Comparer:
    """The rows of a job beside each other and beside what is known now; its blocks are changed in place."""
    comparer = target.comparer(job.project, timezone.localdate(), memory.choices(job))
    find = sheet_issues(target.definition)

    def judge(rows: list[blocks.StagedRow]) -> None:
        values = [staging.unpacked(target, row.values) for row in rows]
        staging.take_row_issues(rows, find(staging.checked_rows(rows, values)))
        staging.take_over(rows, comparer.judge(staging.candidates(rows, values)))

    blocks.change(job, None, judge)
    return comparer
