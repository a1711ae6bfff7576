"""What was answered for this import, and what the project remembers from earlier ones."""

from collections.abc import Mapping

from imports.checking import Answers
from imports.mapping import normalised
from imports.models import ImportJob, ImportMemory

COLUMN, CHOICE = "column:", "choice:"
KEY_LENGTH = 250


def answers(job: ImportJob) -> Answers:
    """For the reader: this import's own answers win over remembered ones."""
    own = job.answers
    return Answers(
        sheet=own.get("sheet", ""),
        header_row=own.get("header_row"),
        mapping=own.get("mapping", {}),
        headers=_remembered(job, COLUMN),
        constants=own.get("constants", {}),
    )


def choices(job: ImportJob) -> dict[str, str]:
    """For the comparison: question → answer."""
    return {**_remembered(job, CHOICE), **job.answers.get("choices", {})}


def remember_columns(job: ImportJob, mapping: Mapping[str, str]) -> None:
    """Which field (or none) stands under a header, for the next file of this project."""
    headers = {letter: normalised(header) for letter, header, _field in job.found.get("columns", [])}
    for letter, field in mapping.items():
        if headers.get(letter):
            _remember(job, f"{COLUMN}{headers[letter]}", field)


def remember_choice(job: ImportJob, key: str, value: str) -> None:
    _remember(job, f"{CHOICE}{key}", value)


def _remember(job: ImportJob, key: str, value: str) -> None:
    ImportMemory.objects.update_or_create(
        project_id=job.project_id, target=job.target, key=key[:KEY_LENGTH], defaults={"value": value}
    )


def _remembered(job: ImportJob, kind: str) -> dict[str, str]:
    rows = ImportMemory.objects.filter(project_id=job.project_id, target=job.target, key__startswith=kind)
    return {key.removeprefix(kind): value for key, value in rows.values_list("key", "value")}
