"""What all paper of a project has in common: hotline and mailbox, and the facts of the rights board."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coordinators.models import RightsBoard, SiteContact
from coordinators.paper import content
from coordinators.paper.forms import RightsForm, SiteContactForm
from coordinators.paper.views.fetching import project_to_make_for, sent_by
from regions.models import Project


@require_http_methods(["GET", "HEAD", "POST"])
def site_contact(request: HttpRequest, code: str) -> HttpResponse:
    project = project_to_make_for(request, code)
    form = SiteContactForm(sent_by(request), instance=_of(request, project, SiteContact))
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved. Boards and cards that say something else are now out of date."))
        return redirect("boards", code=project.code)
    return render(request, "coordinators/paper/site_contact.html", {"project": project, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def rights(request: HttpRequest, code: str) -> HttpResponse:
    """The blocks of article 34, field by field; gaps are named at once, and refuse printing only."""
    project = project_to_make_for(request, code)
    form = RightsForm(sent_by(request), instance=_of(request, project, RightsBoard))
    if form.is_valid():
        missing = [name for name in content.STATUTORY if form.cleaned_data.get(name) in (None, "")]
        form.save()
        if missing:
            words = _("Saved. %(count)d entries are still missing; without them the rights board is not printed.")
            messages.warning(request, words % {"count": len(missing)})
        else:
            messages.success(request, _("Saved. The rights board can be printed."))
        return redirect("boards", code=project.code)
    blocks = [(block.key, [form[name] for name in block.fields]) for block in content.BLOCKS]
    return render(request, "coordinators/paper/rights.html", {"project": project, "form": form, "blocks": blocks})


def _of(request: HttpRequest, project: Project, model: Any) -> Model:
    """The project's row, or a new one that nobody has saved yet."""
    return model.objects.visible_to(request.user).filter(project=project).first() or model(project=project)
