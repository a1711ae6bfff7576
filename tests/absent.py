"""An answer that something is not there, without its page.

The page shows the person's whole navigation, which takes longer than finding out that there is nothing. It says nothing of why,
and looks the same whatever is not there: tests/house/test_url_matrix.py asks for it as it is. Elsewhere the code is what counts.
A folder whose tests ask much for what is not there imports the fixture into its conftest.py.
"""

import pytest
from django.http import HttpRequest, HttpResponseNotFound

import config.urls


def in_one_line(request: HttpRequest, exception: Exception) -> HttpResponseNotFound:
    return HttpResponseNotFound("not there", content_type="text/plain")


@pytest.fixture(autouse=True)
def _absent_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config.urls, "handler404", in_one_line, raising=False)
