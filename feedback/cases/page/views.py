"""The page of a case, and one address a verb of its lifecycle."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from core.refusals import Refused
from feedback.cases import workflow
from feedback.cases.page.buttons import buttons_of
from feedback.cases.page.contact import can_reveal, masked
from feedback.cases.page.forms import CaseForm, TranscriptForm
from feedback.cases.page.opening import lies_open, open_case
from feedback.cases.page.reading import case_of, file_of, files_of
from feedback.cases.page.story import Clock, answer_of, parts_of, sees_recusal, settlement_of, steps_of, units_of
from feedback.cases.page.thread import Rows, Thread, waits_for_word
from feedback.cases.page.verbs import Verb
from feedback.cases.rows import TONES
from feedback.models import Case, CaseFile


@require_safe
def case_page(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, case_of(request, number))


@require_http_methods(["GET", "HEAD", "POST"])
def case_open(request: HttpRequest, number: str) -> HttpResponse:
    """Open a sensitive case, which leaves a line in the audit trail."""
    case = case_of(request, number)
    if request.method == "POST" and case.is_sensitive:
        open_case(request, case)
    return redirect("case", number)


@require_http_methods(["GET", "HEAD", "POST"])
def case_transcript(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """Write down what a voice note says."""
    case = case_of(request, number)
    if request.method != "POST":
        return redirect("case", number)
    note = file_of(case, place)
    if note.kind != CaseFile.Kind.VOICE:
        raise Http404
    form = TranscriptForm(request.POST)
    if not can_write_down(request, case):
        messages.error(request, _("Your post does not allow this."))
    elif form.is_valid():
        note.transcript = form.cleaned_data["transcript"]
        note.save(update_fields=["transcript"])
        messages.success(request, _("Written down."))
    else:
        return _page(request, case, {"typed_in": place, "typed": form})
    return redirect("case", number)


def verb_page(verb: Verb) -> Callable[..., HttpResponse]:
    """The address of one verb: a look asks for what it needs, a POST does it."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def answer(request: HttpRequest, number: str) -> HttpResponse:
        case = case_of(request, number)
        try:
            workflow.LIFECYCLE.check(case, verb.name, by=request.user)
        except Refused as refusal:
            return _refused(request, case, verb, refusal)
        if request.method == "POST":
            return _acted(request, case, verb)
        return _asked(request, case, verb, _form(request, case, verb)) if verb.asks else redirect("case", number)

    return answer


def can_write_down(request: HttpRequest, case: Case) -> bool:
    """Whoever may add a note may write down what he hears."""
    return lies_open(request, case) and workflow.LIFECYCLE.may("remark", request.user, case)


def _acted(request: HttpRequest, case: Case, verb: Verb) -> HttpResponse:
    """The verb, or its page again with what was typed and what stands in the way."""
    form = _form(request, case, verb)
    if not form.is_valid():
        return _asked(request, case, verb, form)
    try:
        verb.act(form.subject, by=request.user, **form.said())
    except Refused as refusal:
        if not verb.asks:
            return _refused(request, case, verb, refusal)
        form.blame(refusal)
        return _asked(request, case, verb, form)
    messages.success(request, str(verb.done))
    return _on(request, case)


def _refused(request: HttpRequest, case: Case, verb: Verb, refusal: Refused) -> HttpResponse:
    """Why not; what somebody typed meanwhile is shown to him, to copy what he still needs."""
    form = _form(request, case, verb)
    if form.typed:
        form.is_valid()
        form.blame(refusal)
        return _asked(request, case, verb, form, may=False)
    messages.error(request, refusal.message)
    return redirect("case", case.number)


def _on(request: HttpRequest, case: Case) -> HttpResponse:
    """To the case; to the list, if the verb has taken it out of sight."""
    is_seen = Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
    return redirect("case", case.number) if is_seen else redirect("cases")


def _form(request: HttpRequest, case: Case, verb: Verb) -> CaseForm:
    assert verb.form is not None  # noqa: S101 - only verbs with a form have an address here
    if request.method == "POST":
        return verb.form(request.POST, request.FILES, case=case, user=request.user)
    return verb.form(case=case, user=request.user, initial=request.GET.dict())


def _asked(request: HttpRequest, case: Case, verb: Verb, form: CaseForm, *, may: bool = True) -> HttpResponse:
    """The page of a verb. `may`: False where it is not possible any more, and only what was typed is given back."""
    context = {"case": case, "verb": verb, "form": form, "may": may, "is_open": lies_open(request, case)}
    context["pill"] = TONES[Case.Status(case.status)]
    return render(request, "feedback/cases/case/verb.html", context)


def _page(request: HttpRequest, case: Case, typed: dict[str, Any] | None = None) -> HttpResponse:
    """The case as this person may see it. `typed`: the form of a voice note whose text could not be kept, and which."""
    clock, rows = Clock.read(), Rows.of(case)
    is_open = lies_open(request, case)
    coming = next((revisit for revisit in rows.revisits if revisit.done_at is None), None)
    context: dict[str, Any] = {
        "case": case,
        "is_open": is_open,
        "steps": steps_of(case, coming.due_on if coming else None, clock),
        "facts": (answer_of(case, clock), settlement_of(case, rows.promises, clock)),
        "buttons": buttons_of(case, request.user, asks=waits_for_word(case, rows)),
        "pill": TONES[Case.Status(case.status)],
        "parts": parts_of(case, request.user),
        "between": pgettext("between items of a list", ", "),
        "revisit": coming,
        "units": units_of(case),
    }
    if is_open:
        context |= _content(request, case, rows, clock) | (typed or {})
    return render(request, "feedback/cases/case/page.html", context)


def _content(request: HttpRequest, case: Case, rows: Rows, clock: Clock) -> dict[str, Any]:
    return {
        "thread": Thread(case, clock, rows).entries(),
        "files": files_of(case),
        "contact": masked(case),
        "can_reveal": can_reveal(request.user, case),
        "can_write_down": can_write_down(request, case),
        "sees_recusal": sees_recusal(request.user),
        "officers": list(case.officers.select_related("person").order_by("named_at")) if case.is_sensitive else [],
        "followers": list(Case.objects.visible_to(request.user).filter(lead=case.pk).order_by("number")),
    }
