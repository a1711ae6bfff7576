"""Commands of a site's keeper."""

import base64
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts.models import User
from core.roles import Role
from labour_teams.models import Worker
from tests.factories import EngagementFactory, ImportBlockFactory


@pytest.mark.django_db
def test_first_administrator_signs_in_and_must_choose_a_password(client: Client) -> None:
    out = StringIO()
    call_command("create_administrator", "admin-1", "李守正", stdout=out)
    password = out.getvalue().strip().split(" ")[-1].split("：")[-1]
    response = client.post("/sign-in/", {"username": "admin-1", "password": password})
    assert response.status_code == 302
    assert client.get("/").headers["Location"] == "/password/"
    assert User.objects.get().scope.roles == {Role.SYSTEM_ADMINISTRATOR}
    with pytest.raises(CommandError):
        call_command("create_administrator", "admin-1", "李守正", stdout=out)


@pytest.mark.django_db
def test_rotation_leaves_nothing_under_the_old_key(settings: Any) -> None:
    engagement = EngagementFactory()
    ImportBlockFactory()
    worker, old = engagement.worker, settings.PERSONAL_DATA_KEYS[0]
    settings.PERSONAL_DATA_KEYS = ["k2:" + base64.b64encode(b"n" * 32).decode(), old]
    call_command("rotate_personal_data_keys", stdout=StringIO())
    with connection.cursor() as cursor:
        for table, column in (
            ("labour_teams_worker", "id_number"),
            ("labour_teams_engagement", "phone"),
        ):
            cursor.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")
            assert {row[0].split(":")[0] for row in cursor.fetchall()} == {"k2"}
        cursor.execute("SELECT rows FROM imports_importblock")
        assert {bytes(row[0]).split(b":")[0] for row in cursor.fetchall()} == {b"k2"}
    settings.PERSONAL_DATA_KEYS = settings.PERSONAL_DATA_KEYS[:1]
    assert Worker.objects.get().id_number == worker.id_number
