"""Contact cards: choosing for whom, printing, and writing down how many were handed out."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coordinators.models import ContactCardBatch
from coordinators.paper import layout, policies, workflow
from coordinators.paper.faces import with_photo
from coordinators.paper.forms import CardsForm, HandOutForm
from coordinators.paper.live import PAPER_LANGUAGE
from coordinators.paper.qr import qr_of
from coordinators.paper.states import card_changes
from coordinators.paper.views.fetching import blame, posting, project_with_records
from coordinators.paper.views.sheets import face_of
from coordinators.public.address import public_address
from core.refusals import Refused

PAGE_SIZE = 50


def to_cards(request: HttpRequest, code: str) -> HttpResponse:
    return redirect("cards", code=project_with_records(request, code).code)


@require_safe
def cards(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, code)


def _page(request: HttpRequest, code: str, form: CardsForm | None = None) -> HttpResponse:
    project = project_with_records(request, code)
    batches = ContactCardBatch.objects.visible_to(request.user).filter(project=project).for_list()
    page = Paginator(batches, PAGE_SIZE).get_page(request.GET.get("page"))
    wrong = card_changes(list(page), timezone.now())
    may_make = policies.can_make(request.user, project)
    context: dict[str, Any] = {
        "project": project,
        "page": page,
        "rows": [(batch, wrong[batch.pk]) for batch in page],
        "may_make": may_make,
        "form": form or (CardsForm(user=request.user, project=project) if may_make else None),
    }
    return render(request, "coordinators/paper/cards.html", context)


@posting(to_cards)
def print_(request: HttpRequest, code: str) -> HttpResponse:
    project = project_with_records(request, code)
    form = CardsForm(request.POST, user=request.user, project=project)
    if form.is_valid():
        batch = form.save(commit=False)
        try:
            batch = workflow.print_cards(batch, by=request.user, address=public_address(request, batch.board))
        except Refused as refusal:
            blame(form, refusal)
        else:
            return redirect("card-sheet", pk=batch.pk)
    return _page(request, code, form)


def _batch(request: HttpRequest, pk: int) -> ContactCardBatch:
    return get_object_or_404(ContactCardBatch.objects.visible_to(request.user).for_list(), pk=pk)


@require_safe
def card_batch(request: HttpRequest, pk: int) -> HttpResponse:
    return _batch_page(request, pk)


def _batch_page(request: HttpRequest, pk: int, form: HandOutForm | None = None) -> HttpResponse:
    batch = _batch(request, pk)
    started = {"handed_out_on": batch.handed_out_on or timezone.localdate()}
    may_make = policies.can_make(request.user, batch.project)
    context = {
        "batch": batch,
        "printed": batch.sheets * workflow.CARDS_ON_A_SHEET,
        "changes": card_changes([batch], timezone.now())[batch.pk],
        "form": form or (HandOutForm(instance=_batch(request, pk), initial=started) if may_make else None),
    }
    return render(request, "coordinators/paper/card_batch.html", context)


@posting(card_batch)
def hand_out(request: HttpRequest, pk: int) -> HttpResponse:
    form = HandOutForm(request.POST, instance=_batch(request, pk))
    if form.is_valid():
        number, on = form.cleaned_data["handed_out"], form.cleaned_data["handed_out_on"]
        try:
            workflow.hand_out(_batch(request, pk), by=request.user, number=number, on=on)
        except Refused as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("card-batch", pk=pk)
    return _batch_page(request, pk, form)


@require_safe
def card_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Fronts and backs in turn, so that a printer that turns the paper puts each back behind its front."""
    batch = _batch(request, pk)
    said = batch.content["said"]
    with translation.override(PAPER_LANGUAGE):
        context = {
            "batch": batch,
            "said": said,
            "number": batch.content["number"],
            "qr": qr_of(batch.content["address"]),
            "sheets": range(batch.sheets),
            "cards": range(workflow.CARDS_ON_A_SHEET),
            "has_photo": 0 in with_photo(batch.content),
            **layout.card_words(said),
        }
        return render(request, "coordinators/paper/sheet_cards.html", context)


@require_safe
def card_face(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo on the cards of a batch."""
    return face_of(_batch(request, pk).content, 0)
