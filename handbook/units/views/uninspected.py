"""Teams on site that nobody inspected, or nobody visited, this month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.months import Month
from handbook.models import EntryKind
from handbook.policies import kinds_written_by
from handbook.units import policies
from handbook.units.filters import MissingFilter
from handbook.units.teams import missing_of
from handbook.units.views.writing import open_to
from labour_teams.models import LabourTeam


@require_safe
@open_to(policies.can_see_uninspected)
def uninspected(request: HttpRequest) -> HttpResponse:
    """Grouped by project; whoever writes inspections or visits goes on from here."""
    found = MissingFilter(request.GET, queryset=LabourTeam.objects.visible_to(request.user), request=request)
    today = timezone.localdate()
    wanted = found.form.cleaned_data.get("what", "") if found.form.is_valid() else ""
    groups = list(missing_of(found.qs, request.user, today, wanted))
    written = kinds_written_by(request.user)
    context = {
        "filter": found,
        "groups": groups,
        "count": sum(len(group.teams) for group in groups),
        "month": Month.of(today),
        "may_inspect": EntryKind.INSPECTION in written,
        "may_visit": EntryKind.VISIT in written,
    }
    return render(request, "handbook/units/uninspected.html", context)
