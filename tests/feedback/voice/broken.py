"""The site with a fault: what is sent breaks it in the middle, with everything that was said in the error's own words."""

from typing import Any

from config.wsgi import application
from feedback.voice import views

__all__ = ["application"]


def broken(letter: Any, key: str) -> None:
    raise RuntimeError(f"{letter} {key}")


views.submit = broken  # type: ignore[assignment]
