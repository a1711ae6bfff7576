"""The boards that somebody sees: of one project, and all of them with what is wrong first."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coordinators.disclosure import posts_without_consent
from coordinators.models import NoticeBoard
from coordinators.paper import policies
from coordinators.paper.filters import BoardFilter
from coordinators.paper.reach import projects_with_boards
from coordinators.paper.states import BoardState, states_of
from coordinators.paper.views.fetching import project_with_boards
from regions.models import Project

PAGE_SIZE = 50
Row = tuple[NoticeBoard, BoardState]


@require_safe
def all_boards(request: HttpRequest) -> HttpResponse:
    """Every hanging board in reach, those with something wrong first."""
    boards = NoticeBoard.objects.visible_to(request.user).hanging().for_list()
    found = BoardFilter(request.GET, queryset=boards, request=request)
    rows = sorted(_rows(found.qs), key=lambda row: row[1].is_fine)
    if found.form.cleaned_data.get("state"):
        rows = [(board, state) for board, state in rows if state.condition == found.form.cleaned_data["state"]]
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    projects = projects_with_boards(request.user).for_list()
    context = {"filter": found, "page": page, "rows": list(page), "projects": projects}
    return render(request, "coordinators/paper/all_boards.html", context)


@require_safe
def boards(request: HttpRequest, code: str) -> HttpResponse:
    """A project's boards, the hanging ones first, and what all its paper has in common."""
    project = project_with_boards(request, code)
    rows = _rows(NoticeBoard.objects.visible_to(request.user).filter(project=project).for_list())
    context: dict[str, Any] = {
        "project": project,
        "rows": [row for row in rows if row[0].taken_down_on is None],
        "past": [row for row in rows if row[0].taken_down_on],
        "may_make": policies.can_make(request.user, project),
        "unagreed": posts_without_consent(project, timezone.localdate()),
        "sees_records": Project.objects.with_records_for(request.user).filter(pk=project.pk).exists(),
    }
    return render(request, "coordinators/paper/boards.html", context)


def _rows(boards: Any) -> list[Row]:
    boards = list(boards)
    states = states_of(boards, timezone.now())
    return [(board, states[board.pk]) for board in boards]
