"""What the pages of this room fetch, always in reach: out of reach and nonexistent are the same 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from coordinators.models import NoticeBoard
from coordinators.paper import policies
from coordinators.paper.reach import projects_with_boards
from core.refusals import Refused
from regions.models import Project

View = Callable[..., HttpResponse]


def board_of(request: HttpRequest, code: str) -> NoticeBoard:
    return get_object_or_404(NoticeBoard.objects.visible_to(request.user).for_list(), code=code)


def project_with_boards(request: HttpRequest, code: str) -> Project:
    """For those who see the boards: a liaison too."""
    return get_object_or_404(projects_with_boards(request.user), code=code)


def project_with_records(request: HttpRequest, code: str) -> Project:
    return get_object_or_404(Project.objects.with_records_for(request.user).select_related("region"), code=code)


def require(is_allowed: bool) -> None:
    """403 for who sees the place but may not act there."""
    if not is_allowed:
        raise PermissionDenied


def project_to_make_for(request: HttpRequest, code: str) -> Project:
    project = project_with_records(request, code)
    require(policies.can_make(request.user, project))
    return project


def sent_by(request: HttpRequest) -> Any:
    """What was posted, be it nothing at all; None when the form is only looked at."""
    return request.POST if request.method == "POST" else None


def posting(page: Callable[..., HttpResponse]) -> Callable[[View], View]:
    """One POST. A GET comes when sign-in came between a form and its POST: `page(request, **arguments)` says where it leads."""

    def decorate(view: View) -> View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def answer(request: HttpRequest, **arguments: Any) -> HttpResponse:
            return view(request, **arguments) if request.method == "POST" else page(request, **arguments)

        return answer

    return decorate


def blame(form: BaseForm, refusal: Refused) -> None:
    """Show what was refused at the fields it belongs to, or above the form."""
    known = {name: words for name, words in refusal.fields.items() if name in form.fields}
    for name, words in known.items():
        form.add_error(name, words)
    if not known:
        form.add_error(None, refusal.message)
