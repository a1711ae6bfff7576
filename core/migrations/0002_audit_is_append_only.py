"""The database itself refuses to change or remove an audit event.

On SQLite a trigger against DELETE would also stop the test runner from emptying tables, so there only UPDATE is refused; production
is PostgreSQL, where both are.
"""

from typing import Any

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION core_auditevent_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'core_auditevent is append-only'; END $$;
CREATE TRIGGER core_auditevent_append_only BEFORE UPDATE OR DELETE ON core_auditevent
FOR EACH ROW EXECUTE FUNCTION core_auditevent_refuse();
"""
POSTGRESQL_REVERSE = """
DROP TRIGGER core_auditevent_append_only ON core_auditevent;
DROP FUNCTION core_auditevent_refuse();
"""
SQLITE = """
CREATE TRIGGER core_auditevent_append_only BEFORE UPDATE ON core_auditevent
BEGIN SELECT RAISE(ABORT, 'core_auditevent is append-only'); END;
"""
SQLITE_REVERSE = "DROP TRIGGER core_auditevent_append_only;"


def _execute(schema_editor: Any, postgresql: str, sqlite: str) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(postgresql if schema_editor.connection.vendor == "postgresql" else sqlite)


def forwards(apps: Any, schema_editor: Any) -> None:
    _execute(schema_editor, POSTGRESQL, SQLITE)


def backwards(apps: Any, schema_editor: Any) -> None:
    _execute(schema_editor, POSTGRESQL_REVERSE, SQLITE_REVERSE)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
