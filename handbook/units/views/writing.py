"""What the forms of all units share: who comes in, and a form that is filled in, refused or written."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.refusals import Refused
from handbook.units import policies, workflow
from handbook.units.forms import EndForm
from handbook.units.workflow import DAYS

POSTING = ["GET", "HEAD", "POST"]
MOST_DIGITS = 9
View = Callable[..., HttpResponse]


def open_to(policy: Callable[[Any], bool]) -> Callable[[View], View]:
    """To everybody else the page does not exist."""

    def made(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not policy(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return made


def kept_or_403(request: HttpRequest, unit: Any) -> None:
    """Who sees a unit and does not keep it is told so."""
    if not policies.can_keep(request.user, unit):
        raise PermissionDenied


def data_of(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def filled_in(request: HttpRequest, form: Any, act: Callable[[], Any], *, done: str) -> Any:
    """What `act` gave, once the form is right and nothing was refused; None, and the words stand at the fields."""
    if not form.is_valid():
        return None
    try:
        made = act()
    except Refused as refusal:
        form.blame(refusal)
        return None
    messages.success(request, done)
    return made


def form_page(request: HttpRequest, form: Any, **words: Any) -> HttpResponse:
    """`words`: title, back (address), back_word, about."""
    return render(request, "handbook/units/form.html", {"form": form, **words})


def ended(request: HttpRequest, unit: Any, *, done: str, **words: Any) -> HttpResponse:
    """Asks for the last day, and goes back. `words` as in `form_page`."""
    kept_or_403(request, unit)
    _begun, column = DAYS[type(unit)]
    form = EndForm(data_of(request), initial={"on": getattr(unit, column)})
    on = lambda: workflow.end(unit, by=request.user, on=form.cleaned_data["on"])  # noqa: E731 - called once the form is right
    if filled_in(request, form, on, done=done):
        return redirect(words["back"])
    return form_page(request, form, **words)
