"""The site with a fault: what asks for it breaks it in the middle, with everything that was said in the error's own words."""

from typing import Any

from config.wsgi import application
from feedback.voice import views

__all__ = ["application"]
sound = views.submit


def broken(letter: Any, key: str) -> Any:
    if letter.words.startswith("now break"):
        raise RuntimeError(f"{letter} {key}")
    return sound(letter, key)


views.submit = broken
