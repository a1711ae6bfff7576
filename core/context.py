"""What every page needs to know: who reads, where they can go, in which colours."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

THEMES = ("light", "dark")


class NavItem(NamedTuple):
    """One way in, as the bar and the dock show it: `icon` is a name in core/icons.json, `short` a label for the narrow dock."""

    label: str
    url: str
    icon: str
    current: bool = False
    short: str = ""


def site(request: HttpRequest) -> dict[str, object]:
    """Context of every template. Lazy where it asks the database: error pages and fragments use little of it."""
    theme = request.COOKIES.get("theme", "")
    return {
        "nav": SimpleLazyObject(lambda: _nav(request)),
        "post_title": SimpleLazyObject(lambda: _post_title(request)),
        "company_name": settings.COMPANY_NAME,
        "version": getattr(settings, "VERSION", ""),
        "demo": settings.DEMO,
        "theme": theme if theme in THEMES else "",
    }


def _signed_in(request: HttpRequest) -> bool:
    """Also false where a request was refused before sign-in was read: it then carries no user."""
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def _nav(request: HttpRequest) -> list[NavItem]:
    """From the page-gathering app, by its dotted path: core knows no app. Nothing opens before the first password is changed."""
    if not _signed_in(request) or getattr(request.user, "must_change_password", False):
        return []
    return import_string(settings.NAVIGATION)(request)


def _post_title(request: HttpRequest) -> str:
    """The posts of today in words, which the person's own model knows."""
    return getattr(request.user, "post_title", "") if _signed_in(request) else ""
