"""Imports, the audit trail and the working-day overrides."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.audit import AuditKind
from core.models import AuditEvent, WorkdayOverride
from imports.models import ImportJob, ImportRow
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
        dropped = factory.Trait(status=ImportJob.Status.DROPPED)

    target = "roster"
    project = factory.SubFactory(ProjectFactory)
    by = factory.SubFactory(UserFactory)
    file_name = factory.Sequence(lambda n: f"花名册{n}.xlsx")
    file_sha256 = factory.Sequence(lambda n: f"{n:064x}")
    status = ImportJob.Status.PREVIEWED


class ImportRowFactory(DjangoModelFactory):
    class Meta:
        model = ImportRow

    job = factory.SubFactory(ImportJobFactory)
    number = factory.Sequence(lambda n: n + 2)
    outcome = ImportRow.Outcome.NEW
    cells = factory.LazyAttribute(
        lambda row: {
            "raw": {"姓名": "李建国", "身份证号": id_number(row.number)},
            "values": {"name": "李建国", "id_number": id_number(row.number)},
            "changes": {},
        }
    )


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
