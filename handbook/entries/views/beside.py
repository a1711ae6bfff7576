"""What follows an entry: who took part, by name; a matter that came up in it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.refusals import Refused
from feedback.cases.forms import form_for
from feedback.cases.intake import can_register
from feedback.models import Case
from handbook import policies, recording
from handbook.entries.doing import can_name, doing_of
from handbook.entries.forms import key_of
from handbook.entries.roster import name_people, people_of, teams_of
from handbook.entries.views.page import entry_in_reach
from handbook.entries.views.writing import MOST_DIGITS, blame
from handbook.kinds.named import NAMED
from handbook.models import EntryKind, HandbookEntry
from labour_teams.models import Engagement


@require_http_methods(["GET", "HEAD", "POST"])
def entry_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Those on site that day, ticked by name: the team of the entry, or one of several teams at a time."""
    entry = entry_in_reach(request, pk)
    if not can_name(entry):
        raise Http404
    if not doing_of(entry, request.user).tick:
        raise PermissionDenied
    chosen = NAMED[EntryKind(entry.kind)].chosen(entry)
    people = people_of(entry, request.user, chosen)
    team = _team(request)
    if not entry.team_id and team is None:
        return render(request, "handbook/entry_teams.html", {"entry": entry, "teams": teams_of(people, chosen)})
    shown = list(people.filter(team=team) if team else people)
    if team and not shown:
        raise Http404
    refused = ""
    if request.method == "POST":
        ticked = _ticked(request, shown)
        try:
            name_people(entry, ticked | (chosen - {person.pk for person in shown}), by=request.user)
        except Refused as refusal:
            refused, chosen = refusal.message, ticked
        else:
            messages.success(request, _("%(count)d people are ticked here.") % {"count": len(ticked)})
            return redirect(_after(entry))
    context = {"entry": entry, "people": shown, "chosen": chosen, "refused": refused, "team": shown[0].team if shown else None}
    return render(request, "handbook/entry_people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_matter(request: HttpRequest, pk: int) -> HttpResponse:
    """A case that came up: the form of the cases, with the place of the entry. The entry remembers it."""
    entry = entry_in_reach(request, pk)
    if not can_register(request.user):
        raise Http404
    if not doing_of(entry, request.user).open_matter:
        raise PermissionDenied
    form = form_for(request.user)(request.POST if request.method == "POST" else None, user=request.user)
    if (place := key_of(policies.place_of(entry))) in form.places:
        form.initial.setdefault("place", place)
    if entry.kind == EntryKind.MEETING:
        form.initial["origin"] = Case.Origin.MEETING
    if form.is_valid():
        try:
            case = recording.open_matter(entry, form.matter(), by=request.user)
        except Refused as refusal:
            blame(form, refusal)
        else:
            return _registered(request, entry, case)
    return render(request, "handbook/entry_matter.html", {"form": form, "entry": entry})


def _registered(request: HttpRequest, entry: HandbookEntry, case: Case) -> HttpResponse:
    """On to where the rules would send it; or, out of sight of whoever wrote it down, back to the entry."""
    if Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        return redirect("case-registered", case.number)
    words = _("Registered as %(number)s. Others deal with it, and you see no more of it.")
    messages.success(request, words % {"number": case.number})
    return redirect("entry", entry.pk)


def _team(request: HttpRequest) -> int | None:
    said = request.GET.get("team", "")
    return int(said) if said.isdecimal() and len(said) <= MOST_DIGITS else None


def _ticked(request: HttpRequest, shown: list[Engagement]) -> set[int]:
    """Of those on the list; whatever else was sent is nobody's business here."""
    sent = set(request.POST.getlist("people"))
    return {person.pk for person in shown if str(person.pk) in sent}


def _after(entry: HandbookEntry) -> str:
    """Back to the teams while there are more of them, else to the entry."""
    return reverse("entry" if entry.team_id else "entry-people", args=[entry.pk])
