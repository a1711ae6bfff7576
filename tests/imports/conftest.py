"""What the tests of the import share."""

import pytest

from imports.reading import reader
from tests.imports.inside import started_here


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what is read, not of the walls around it (test_confine.py): no process for each file."""
    monkeypatch.setattr(reader, "started", started_here)
