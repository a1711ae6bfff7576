"""The page of coverage, and the same as a spreadsheet."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.exports import export
from overview import policies
from overview.coverage import Coverage, coverage_of, tiles_of
from overview.coverage_sheet import columns, lines_of, title_of

# A unit that lacks nearly everything would fill the page; what is worst comes first, the rest opens one level down.
MOST_GAPS = 100


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    found = _coverage(request, request.GET)
    context = {
        "coverage": found,
        "tiles": tiles_of(found),
        "gaps": found.named_gaps[:MOST_GAPS],
        "gaps_left": max(len(found.named_gaps) - MOST_GAPS, 0),
        "may_export": policies.can_export_coverage(request.user),
    }
    return render(request, "overview/coverage.html", context)


@require_POST
def coverage_export(request: HttpRequest) -> HttpResponse:
    """What the page is about, every post a line."""
    if not policies.can_export_coverage(request.user):
        messages.error(request, _("Your post does not allow this."))
        return redirect("coverage")
    found = _coverage(request, request.POST, with_liaisons=True)
    title = title_of(found, settings.COMPANY_NAME)
    return export(by=request.user, rows=lines_of(found), columns=columns(), title=title)  # type: ignore[arg-type]


def _coverage(request: HttpRequest, wanted: Any, *, with_liaisons: bool = False) -> Coverage:
    """A unit that is foreign and one that does not exist are the same."""
    unit = {"region": wanted.get("region", ""), "project": wanted.get("project", "")}
    found = coverage_of(request.user, timezone.localdate(), **unit, with_liaisons=with_liaisons)
    if found is None:
        raise Http404
    return found
