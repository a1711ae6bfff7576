"""The rows behind a number: every number on any page opens here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.months import Month
from core.paging import keyset_page
from core.scope import Level
from figures.registry import Figure, figures
from regions.models import Project, Region

UNITS: dict[str, type[Region] | type[Project]] = {Level.REGION: Region, Level.PROJECT: Project}


@require_safe
def figure_rows(request: HttpRequest, key: str, level: str, code: str, month: Month) -> HttpResponse:
    """Those of the rows within reach. An unknown figure, a foreign unit and one that does not exist look the same."""
    figure = figures.get(key)
    if figure is None or level not in UNITS or level not in figure.paths:
        raise Http404
    unit = get_object_or_404(UNITS[level].objects.with_records_for(request.user), code=code)
    rows = figure.rows_of(Level(level), unit.pk, month, request.user).visible_to(request.user)
    page = keyset_page(rows, order=figure.order, after=request.GET.get("after"), before=request.GET.get("before"))
    context = {
        "figure": figure,
        "unit": unit,
        "month": month,
        "count": figure.count_in(rows),
        "rows": [_cells(figure, row) for row in page.rows],
        "page": page,
    }
    return render(request, "figures/rows.html", context)


def _cells(figure: Figure, row: object) -> list[tuple[object, object, str]]:
    """Heading, text and link of every column."""
    return [(column.label, column.text(row), column.url(row)) for column in figure.columns]
