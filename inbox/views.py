"""「我的工作」: the first page of everybody who signs in."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.months import Month
from feedback.cases.intake import can_register
from inbox import shortcuts
from inbox.due import sorted_by_state
from inbox.providers import items_for


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user, now, month = request.user, timezone.now(), Month.current()
    items = items_for(user, now)
    urged = [item for item in items if item.urged]
    context = {
        "urged": [(item, item.state(now)) for item in sorted(urged, key=lambda item: item.due_at or now)],
        "piles": sorted_by_state([item for item in items if not item.urged], now),
        "counts": Counter(item.state(now) for item in items),
        "is_free": not items,
        "next_words": shortcuts.next_words(user, now),
        "in_hand": shortcuts.report_in_hand(user),
        "import_projects": shortcuts.projects_to_import_into(user),
        "compared": shortcuts.compared_projects(user, month),
        "crews": shortcuts.crews_of(user),
        "may_report": can_register(user),
        "month": month,
        "today": timezone.localdate(),
    }
    return render(request, "inbox/home.html", context)
