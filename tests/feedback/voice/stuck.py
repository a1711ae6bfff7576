"""The site with a view that does not end: for what is left of a worker of the server that is killed in the middle."""

import time
from typing import Any

from config.wsgi import application
from feedback.voice import views

__all__ = ["application"]


def stuck(letter: Any, key: str) -> None:
    print("in the middle", flush=True)  # noqa: T201 - the test waits for it in the server's log
    time.sleep(60)


views.submit = stuck  # type: ignore[assignment]
