"""What the documents name exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings

DOCUMENTS = [path for pattern in ("*.md", "docs/**/*.md", "deploy/*.md") for path in sorted(settings.BASE_DIR.glob(pattern))]
NAMED = re.compile(r"`((?:[\w.-]+/)+[\w.-]*)`")
LINKED = re.compile(r"\]\((?!https?:)([^)#]+)\)")
MADE_AT_RUN_TIME = {"deploy/.env"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_every_path_in_a_document_exists(document: Path) -> None:
    text = document.read_text("utf-8")
    named = {name for name in NAMED.findall(text) if not (settings.BASE_DIR / name).exists()} - MADE_AT_RUN_TIME
    linked = {name for name in LINKED.findall(text) if not (document.parent / name).exists()}
    assert (named, linked) == (set(), set())


def test_every_decision_record_is_short_and_numbered_in_order() -> None:
    records = sorted((settings.BASE_DIR / "docs" / "adr").glob("*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    assert [path.name for path in records if len(path.read_text("utf-8").splitlines()) > 24] == []
