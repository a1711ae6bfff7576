"""What the commands about imports say to programs."""

import json
from typing import Any

from imports import blocks
from imports.models import ImportJob
from imports.sheets import Issue, Level
from imports.staging import issues_of


def as_json(stdout: Any, answer: Any) -> str:
    """On one line; escaped where the terminal cannot show Chinese."""
    writes_unicode = (getattr(stdout, "encoding", None) or "utf-8").lower().startswith("utf")
    return json.dumps(answer, ensure_ascii=not writes_unicode)


def issue_as_dict(issue: Issue) -> dict[str, Any]:
    return {"row": issue.row, "column": issue.column, "code": issue.code, "message": issue.message}


def job_as_dict(job: ImportJob) -> dict[str, Any]:
    """Where an import stands, how many rows of which kind, and everything there is to say about the file and its rows."""
    found: dict[Level, list[dict[str, Any]]] = {Level.ERROR: [], Level.WARNING: []}
    for problem in job.problems:
        found[Level(problem["level"])].append({"row": None, **{key: problem[key] for key in ("column", "code", "message")}})
    for rows in blocks.each(job):
        for issue in issues_of(rows):
            found[issue.level].append(issue_as_dict(issue))
    rest = ImportJob.objects.filter(rest_of=job).first()
    return {
        "ok": job.status == ImportJob.Status.WRITTEN,
        "job": job.pk,
        "rest": rest.pk if rest else None,
        "counts": job.counts,
        "errors": found[Level.ERROR],
        "warnings": found[Level.WARNING],
    }
