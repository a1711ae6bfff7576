"""The timeline of the handbook, and its export."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.exports import export
from core.filters import keep_numbers_out
from core.paging import keyset_page
from core.roles import READERS
from handbook import policies
from handbook.lists.filters import EntryFilter
from handbook.lists.resources import EntryResource
from handbook.models import EntryPhoto, HandbookEntry

ORDER = ("-on", "-pk")
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Day:
    """A day's entries under its heading."""

    on: date
    entries: list[HandbookEntry]


def for_handbook(view: View) -> View:
    """To everybody whose posts have no part in the handbook these pages do not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policies.can_see_handbook(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def may_export(request: HttpRequest) -> bool:
    """Whoever is no mere reader: an export is written into the audit trail."""
    return bool(request.user.scope.roles - READERS)


@require_safe
@for_handbook
@keep_numbers_out
def entries(request: HttpRequest) -> HttpResponse:
    """The latest first, day by day; what was withdrawn stands struck out where it was."""
    found = EntryFilter(request.GET, queryset=HandbookEntry.objects.visible_to(request.user), request=request)
    rows = with_photos(found.qs.for_list(), request.user)
    page = keyset_page(rows, order=ORDER, after=request.GET.get("after"), before=request.GET.get("before"))
    context = {
        "filter": found,
        "page": page,
        "days": by_day(page.rows),
        "count": found.qs.count(),
        "may_write": bool(policies.kinds_written_by(request.user)),
        "may_export": may_export(request),
    }
    return render(request, "handbook/list.html", context)


def with_photos(rows: Any, reader: Any) -> Any:
    """Each with `shown_photos`, in the order in which they were put."""
    photos = EntryPhoto.objects.visible_to(reader).order_by("pk")
    return rows.prefetch_related(Prefetch("photos", queryset=photos, to_attr="shown_photos"))


def by_day(rows: Iterable[HandbookEntry]) -> list[Day]:
    return [Day(day, list(of_day)) for day, of_day in groupby(rows, key=lambda entry: entry.on)]


@require_POST
@for_handbook
def entries_export(request: HttpRequest) -> HttpResponse:
    """The timeline as it was filtered; never a word of what was said in a visit."""
    if not may_export(request):
        raise PermissionDenied
    found = EntryFilter(request.POST, queryset=HandbookEntry.objects.visible_to(request.user), request=request)
    form = "csv" if request.POST.get("format") == "csv" else "xlsx"
    columns = EntryResource(user=request.user).columns()
    return export(by=request.user, rows=found.qs.for_list(), columns=columns, title=_("Work-record handbook"), form=form)
