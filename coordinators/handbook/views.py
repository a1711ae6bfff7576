"""Pages of the handbook's rules: a region's edition in force, older ones, and the desk at which the next is written."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coordinators.handbook import policies, workflow
from coordinators.handbook.forms import BeginForm, PublishForm, SectionsForm
from coordinators.handbook.reading import own_level_first, regions_read_by
from coordinators.handbook.workflow import fingerprint, wordings_of
from coordinators.models import HandbookEdition
from coordinators.provisions.rooms import rooms_for
from core.refusals import Refused, Stale
from regions.models import Region


@require_safe
def handbooks(request: HttpRequest) -> HttpResponse:
    """The regions whose handbook this person reads, each with its edition in force."""
    if not policies.can_read(request.user):
        raise Http404
    regions = list(regions_read_by(request.user))
    if len(regions) == 1:
        return redirect("handbook", regions[0].code)
    editions = HandbookEdition.objects.visible_to(request.user)
    in_force: dict[int, HandbookEdition] = {}
    for edition in editions.in_force(timezone.localdate()):
        in_force.setdefault(edition.region_id, edition)
    begun = {edition.region_id: edition for edition in editions.filter(published_at=None)}
    rows = [(region, in_force.get(region.pk), begun.get(region.pk)) for region in regions]
    return render(request, "coordinators/handbook/handbooks.html", {"rows": rows, "rooms": rooms_for(request.user)})


@require_safe
def handbook(request: HttpRequest, region_code: str) -> HttpResponse:
    """What holds in the region today, the reader's own level first."""
    region = _region(request, region_code)
    editions = HandbookEdition.objects.visible_to(request.user).filter(region=region)
    return _reading(request, region, editions.in_force(timezone.localdate()).first())


@require_safe
def handbook_edition(request: HttpRequest, region_code: str, number: int) -> HttpResponse:
    region = _region(request, region_code)
    return _reading(request, region, _edition(request, region, number))


def _reading(request: HttpRequest, region: Region, edition: HandbookEdition | None) -> HttpResponse:
    editions = list(HandbookEdition.objects.visible_to(request.user).filter(region=region).for_list())
    today = timezone.localdate()
    newest = HandbookEdition.objects.visible_to(request.user).filter(region=region).in_force(today).first()
    context = {
        "region": region,
        "edition": edition,
        "is_in_force": edition is not None and edition == newest,
        "is_to_come": edition is not None and edition.from_on > today,
        "editions": editions,
        "levels": own_level_first(request.user, edition.sections.all()) if edition else [],
        "rooms": rooms_for(request.user),
        "begin_form": BeginForm(user=request.user) if policies.can_begin(request.user) else None,
        "begun": next((each for each in editions if each.published_at is None), None),
    }
    return render(request, "coordinators/handbook/handbook.html", context)


@require_POST
def handbook_begin(request: HttpRequest, region_code: str) -> HttpResponse:
    region = _region(request, region_code)
    if not policies.can_begin(request.user):
        raise PermissionDenied
    form = BeginForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, _("Choose one of the editions offered."))
        return redirect("handbook", region.code)
    edition = workflow.begin(region, by=request.user, copy=form.cleaned_data["copy"])
    return redirect("handbook-write", region.code, edition.number)


@require_http_methods(["GET", "HEAD", "POST"])
def handbook_write(request: HttpRequest, region_code: str, number: int) -> HttpResponse:
    """The nine texts, as long as the edition is not published."""
    edition = _edition_to_write(request, region_code, number)
    wordings = wordings_of(edition)
    if request.method != "POST":
        return _desk(request, edition, SectionsForm(wordings=wordings))
    form = SectionsForm(request.POST, wordings=wordings)
    if not form.is_valid():
        return _desk(request, edition, form)
    try:
        workflow.write(edition, by=request.user, wordings=form.wordings(), seen=form.cleaned_data["seen"])
    except Stale as refusal:
        messages.error(request, refusal.message)
        return _desk(request, edition, _seen_now(request, edition))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("handbook-edition", region_code, number)
    messages.success(request, _("Saved."))
    return redirect("handbook-write", region_code, number)


def _seen_now(request: HttpRequest, edition: HandbookEdition) -> SectionsForm:
    """What was typed, over what is stored now: saving once more replaces it knowingly."""
    stored = wordings_of(edition)
    data = request.POST.copy()
    data["seen"] = fingerprint(stored)
    return SectionsForm(data, wordings=stored)


@require_POST
def handbook_publish(request: HttpRequest, region_code: str, number: int) -> HttpResponse:
    edition = _edition_to_write(request, region_code, number)
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            workflow.publish(edition, by=request.user, from_on=form.cleaned_data["from_on"])
        except Refused as refusal:
            form.add_error("from_on" if refusal.fields else None, refusal.message)
        else:
            messages.success(request, _("Published. The texts of this edition stay as they are from now on."))
            return redirect("handbook-edition", region_code, number)
    return _desk(request, edition, SectionsForm(wordings=wordings_of(edition)), publish_form=form)


def _desk(
    request: HttpRequest, edition: HandbookEdition, form: SectionsForm, publish_form: PublishForm | None = None
) -> HttpResponse:
    publishing = publish_form or PublishForm(initial={"from_on": timezone.localdate()})
    context: dict[str, Any] = {"edition": edition, "region": edition.region, "form": form, "publish_form": publishing}
    return render(request, "coordinators/handbook/write.html", context)


def _region(request: HttpRequest, code: str) -> Region:
    return get_object_or_404(regions_read_by(request.user), code=code)


def _edition(request: HttpRequest, region: Region, number: int) -> HandbookEdition:
    editions = HandbookEdition.objects.visible_to(request.user).select_related("region", "published_by")
    return get_object_or_404(editions, region=region, number=number)


def _edition_to_write(request: HttpRequest, region_code: str, number: int) -> HandbookEdition:
    edition = _edition(request, _region(request, region_code), number)
    if not policies.can_write(request.user, edition):
        raise PermissionDenied
    return edition
