"""The inspection pack of a project: which months, and the download."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from core.months import Month
from wages import pack
from wages.workers import policies
from wages.workers.forms import PackForm
from wages.workers.reach import projects_read


@require_http_methods(["GET", "HEAD", "POST"])
def wage_pack(request: HttpRequest, code: str) -> HttpResponseBase:
    project = get_object_or_404(projects_read(request.user), code=code)
    if not policies.can_pack(request.user, project):
        raise PermissionDenied
    last = Month.current().plus(-1)
    form = PackForm(request.POST if request.method == "POST" else None, initial={"first": str(last), "last": str(last)})
    if form.is_bound and form.is_valid():
        return pack.hand_over(project, form.period, by=request.user)
    found: HttpResponse = render(request, "wages/workers/pack.html", {"project": project, "form": form, "most": pack.MOST_MONTHS})
    return found
