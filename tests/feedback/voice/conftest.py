"""A board whose page is open, and a worker before it."""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from coordinators.models import NoticeBoard
from feedback.models import CaseCategory
from tests.factories import LabourTeamFactory, NoticeBoardFactory, ProjectFactory

CODE = re.compile(r'<div class="code">(.*?)</div>')


@pytest.fixture
def board(db: None) -> NoticeBoard:
    """With the categories that migrations bring: an earlier test may have emptied their table."""
    if not CaseCategory.objects.exists():
        import_module("feedback.migrations.0002_first_rules_and_form").seed(apps, None)
    project = ProjectFactory()
    LabourTeamFactory(project=project, name="隧道一队")
    return NoticeBoardFactory(project=project)


@pytest.fixture
def worker() -> Client:
    return Client(enforce_csrf_checks=True)


def token_in(text: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', text)
    assert found
    return found.group(1)


def code_in(text: str) -> str:
    """The sixteen digits of a receipt; "" where it has none."""
    found = CODE.search(text)
    return "".join(re.findall(r"\d{4}", found.group(1))) if found else ""


Say = Callable[..., Any]


@pytest.fixture
def say(board: NoticeBoard, worker: Client) -> Say:
    """`say(words="…")` opens the page and sends it; `token=` sends a page that is open already."""

    def said(**posted: Any) -> Any:
        address = f"/w/{board.code}/say/"
        posted.setdefault("token", None)
        token = posted.pop("token") or token_in(worker.get(address).content.decode())
        return worker.post(address, {"token": token, "answer": "code", **posted}, headers={"Accept-Language": "zh-CN"})

    return said


def file(content: bytes, name: str = "canary-name.bin") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
