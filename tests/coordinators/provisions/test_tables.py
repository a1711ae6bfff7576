"""The rooms' tables in the administration: whom they open to, what they cost, and what they give away as a file."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import AuditEvent
from core.roles import COMPANY_WIDE, Role
from tests.factories import (
    HandbookEditionFactory,
    PartyMemberLinkFactory,
    PartyMemberTickFactory,
    PostProvisionFactory,
    ProvisionEditionFactory,
    RightExerciseFactory,
    SchemeCheckFactory,
    SchemeFactory,
    SchemeItemFactory,
    person_with,
)
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db

Row = Callable[[], Any]
EXPORTED: dict[str, Row] = {
    "postprovision": PostProvisionFactory,
    "rightexercise": lambda: RightExerciseFactory(duty=PostProvisionFactory()),
    "schemeitem": SchemeItemFactory,
    "schemecheck": lambda: SchemeCheckFactory(of_team=True),
    "partymemberlink": lambda: PartyMemberTickFactory(member=PartyMemberLinkFactory()).member,
    "handbooksection": lambda: HandbookEditionFactory().sections.first(),
}
TABLES: dict[str, Row] = {
    **EXPORTED,
    "provisionedition": lambda: ProvisionEditionFactory(texts=1),
    "scheme": SchemeFactory,
    "handbookedition": HandbookEditionFactory,
}


def address(table: str, page: str, *args: Any) -> str:
    return reverse(f"admin:coordinators_{table}_{page}", args=args)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_lists_and_rows_open_and_cost_the_same_however_long(table: str) -> None:
    client, costs = client_for(person_with(Role.PARTY_ORGANISATION)), []
    row = TABLES[table]()
    for more in (0, 2):
        for _again in range(more):
            TABLES[table]()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(table, "changelist"), {"q": "李"}).status_code == 200
            assert client.get(address(table, "changelist")).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert client.get(address(table, "change", row.pk)).status_code == 200
    assert client.get(address(table, "history", row.pk)).status_code == 200


@pytest.mark.parametrize("table", sorted(EXPORTED))
def test_a_table_leaves_as_a_file_and_the_trail_says_so(table: str) -> None:
    row = EXPORTED[table]()
    client = client_for(person_with(Role.PARTY_ORGANISATION))
    response = client.post(address(table, "export"), {"format": "csv"})
    assert response.headers["Content-Type"].startswith("text/csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) > 1
    assert AuditEvent.objects.get(kind="export").details["what"] == f"coordinators.{table}"
    assert row.pk


def test_the_file_of_the_register_has_name_branch_and_ticks() -> None:
    member = EXPORTED["partymemberlink"]()
    client = client_for(person_with(Role.PARTY_ORGANISATION))
    text = client.post(address("partymemberlink", "export"), {"format": "csv"}).content.decode("utf-8-sig")
    cells = text.splitlines()[1].split(",")
    assert (cells[0], cells[5], cells[-1]) == (member.engagement.name, "第一党支部", "1")


@pytest.mark.parametrize("role", sorted(COMPANY_WIDE - {Role.PARTY_ORGANISATION}))
def test_other_departments_and_readers_look_and_change_nothing(role: Role) -> None:
    client = client_for(person_with(role))
    for table, make in TABLES.items():
        row = make()
        code = 403 if table == "partymemberlink" else 200
        assert client.get(address(table, "changelist")).status_code == code
        assert client.get(address(table, "add")).status_code == 403
        assert client.post(address(table, "change", row.pk), {"name": "改了"}).status_code == 403


def test_a_schemes_key_and_use_stay_once_it_is_there() -> None:
    item = SchemeItemFactory()
    client = client_for(person_with(Role.PARTY_ORGANISATION))
    inline = {
        "items-TOTAL_FORMS": 1, "items-INITIAL_FORMS": 1, "items-0-id": item.pk, "items-0-scheme": item.scheme.pk,
        "items-0-number": item.number, "items-0-text": "改过的条目",
    }  # fmt: skip
    changed = {"name": "新名字", "key": "other", "use": "tag", "order": 5, "source": "公司文件"}
    assert client.post(address("scheme", "change", item.scheme.pk), changed | inline).status_code == 302
    item.refresh_from_db()
    scheme = type(item.scheme).objects.get(pk=item.scheme.pk)
    assert (scheme.name, scheme.use, scheme.key == "other", scheme.is_draft) == ("新名字", "project", False, False)
    assert (item.text, item.is_active) == ("改过的条目", False)
