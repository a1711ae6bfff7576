"""How long a session lasts, what comes before everything else, and who never writes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from core.roles import READERS

STARTED, SEEN = "started_at", "seen_at"
SEEN_EVERY_SECONDS = 60
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# What somebody may still open while a new password is due.
BEFORE_PASSWORD = frozenset({"password-change", "sign-out", "set_language", "theme"})
# A reader's own account, and what is a look that may leave nothing in an address or has to leave a line in the audit trail:
# searching for a person, opening a sensitive case for which he is named. Everything else that is not a look is refused.
READERS_MAY_POST = frozenset({"sign-in", "sign-out", "password-change", "set_language", "theme", "worker-search", "case-open"})

GetResponse = Callable[[HttpRequest], HttpResponse]


def start_session(request: HttpRequest) -> None:
    """Called at sign-in."""
    request.session[STARTED] = request.session[SEEN] = timezone.now().isoformat()


class SessionLifetimeMiddleware:
    """Ends a session that was idle too long, or that has lasted too long whatever happened in it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if self._is_over(request):
                logout(request)
            else:
                self._touch(request)
        return self.get_response(request)

    @staticmethod
    def _is_over(request: HttpRequest) -> bool:
        now = timezone.now()
        try:
            started = datetime.fromisoformat(request.session[STARTED])
            seen = datetime.fromisoformat(request.session[SEEN])
        except (KeyError, ValueError):
            return True
        return now - seen > settings.SESSION_IDLE or now - started > settings.SESSION_ABSOLUTE

    @staticmethod
    def _touch(request: HttpRequest) -> None:
        now = timezone.now()
        if (now - datetime.fromisoformat(request.session[SEEN])).total_seconds() > SEEN_EVERY_SECONDS:
            request.session[SEEN] = now.isoformat()


class FirstPasswordMiddleware:
    """A password that somebody else chose is changed before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        name = match.url_name if match else ""
        if request.user.is_authenticated and request.user.must_change_password and name not in BEFORE_PASSWORD:
            return redirect("password-change")
        return None


class ReadersMiddleware:
    """Leaders and auditors look and never write, wherever a view forgot to ask."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.method in SAFE_METHODS or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        allowed = match is not None and match.url_name in READERS_MAY_POST and not match.namespaces
        roles = request.user.scope.roles
        if roles and roles <= READERS and not allowed:
            return render(request, "403.html", status=403)
        return None
