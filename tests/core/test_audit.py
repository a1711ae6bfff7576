"""The audit trail is append-only, in Python and in the database, and auditors alone read it."""

import pytest
from django.db import DatabaseError, connection, transaction

from core.audit import AuditKind, record
from core.models import AuditEvent
from core.refusals import Refused
from core.roles import Role
from tests.factories import RegionFactory, person_with


@pytest.fixture
def event(db: None) -> AuditEvent:
    return record(AuditKind.SETTING, by=None, subject=RegionFactory(), what="test")


def test_an_event_is_never_changed_or_removed(event: AuditEvent) -> None:
    event.kind = AuditKind.DELETE
    with pytest.raises(Refused):
        event.save()
    with pytest.raises(Refused):
        event.delete()
    with pytest.raises(Refused):
        AuditEvent.objects.all().delete()
    with pytest.raises(Refused):
        AuditEvent.objects.update(kind=AuditKind.DELETE)
    assert AuditEvent.objects.get().kind == AuditKind.SETTING


def test_the_database_refuses_a_change_too(event: AuditEvent) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_auditevent SET kind = 'delete'")


@pytest.mark.postgresql_only
def test_the_database_refuses_a_deletion_too(event: AuditEvent) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_auditevent")


@pytest.mark.parametrize("role", list(Role))
def test_only_auditors_read_it(event: AuditEvent, role: str) -> None:
    assert list(AuditEvent.objects.visible_to(person_with(role))) == ([event] if role == Role.AUDITOR else [])
