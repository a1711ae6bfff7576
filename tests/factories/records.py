"""Imports, the audit trail and the working-day overrides."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.audit import AuditKind
from core.models import AuditEvent, WorkdayOverride
from imports.blocks import StagedRow, counted
from imports.models import ImportBlock, ImportJob, Outcome
from tests.factories.numbers import id_number
from tests.factories.posts import UserFactory
from tests.factories.units import ProjectFactory


class ImportJobFactory(DjangoModelFactory):
    class Meta:
        model = ImportJob

    class Params:
        written = factory.Trait(
            status=ImportJob.Status.WRITTEN,
            written_at=factory.LazyFunction(timezone.now),
            counts={"new": 3, "update": 1, "same": 2, "transfer": 0, "error": 0, "warned": 0},
        )
        refused = factory.Trait(
            status=ImportJob.Status.REFUSED,
            problems=[{"row": 1, "column": "", "code": "no_sheet", "message": "没有可读的工作表。"}],
        )
        asked = factory.Trait(
            status=ImportJob.Status.ASKED,
            problems=[{"level": "error", "code": "missing_column", "column": None, "message": "缺少「进场日期」列。"}],
        )
        undone = factory.Trait(
            status=ImportJob.Status.UNDONE,
            written_at=factory.LazyFunction(timezone.now),
            undone_at=factory.LazyFunction(timezone.now),
            undoing={"undone": 4, "kept": [], "stuck": []},
        )
        reading = factory.Trait(status=ImportJob.Status.READING, total=5000, done=1200)
        dropped = factory.Trait(status=ImportJob.Status.DROPPED)

    target = "roster"
    project = factory.SubFactory(ProjectFactory)
    by = factory.SubFactory(UserFactory)
    file_name = factory.Sequence(lambda n: f"花名册{n}.xlsx")
    file_sha256 = factory.Sequence(lambda n: f"{n:064x}")
    status = ImportJob.Status.PREVIEWED
    found = factory.LazyFunction(lambda: {"sheet": "花名册", "header_row": 1, "columns": COLUMNS})


COLUMNS = [["A", "姓名", "name"], ["B", "身份证号", "id_number"]]


def staged_row(number: int, outcome: str = Outcome.NEW, **fields: Any) -> StagedRow:
    """A row of an import: somebody called 李建国."""
    cells = ["李建国", id_number(number)]
    return StagedRow(number, cells, dict(zip(("name", "id_number"), cells, strict=True)), outcome, **fields)


class ImportBlockFactory(DjangoModelFactory):
    """Rows of an import that has been read: `ImportBlockFactory(job=job, staged=[staged_row(2), ...])`; one row by default."""

    class Meta:
        model = ImportBlock
        exclude = ["staged"]

    job = factory.SubFactory(ImportJobFactory)
    staged = factory.Sequence(lambda n: [staged_row(n + 2)])
    round = factory.SelfAttribute("job.round")
    first = factory.LazyAttribute(lambda block: block.staged[0].number)
    last = factory.LazyAttribute(lambda block: block.staged[-1].number)
    counts = factory.LazyAttribute(lambda block: counted(block.staged))
    rows = factory.LazyAttribute(lambda block: [row.packed() for row in block.staged])


class AuditEventFactory(DjangoModelFactory):
    class Meta:
        model = AuditEvent

    by = factory.SubFactory(UserFactory)
    kind = AuditKind.SIGN_IN


class WorkdayOverrideFactory(DjangoModelFactory):
    class Meta:
        model = WorkdayOverride

    day = factory.Sequence(lambda n: date(2026, 1, 1) + timedelta(days=n))
    is_working = False
    reason = "国务院办公厅通知"
