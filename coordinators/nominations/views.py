"""Pages of nominations: the list, a proposal, one nomination with one POST a verb, and the end of a post."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from coordinators.models import Coordinator, Liaison, Nomination
from coordinators.nominations import forms, policies, workflow
from coordinators.nominations.advice import advice_on, obstacle_to
from coordinators.nominations.filters import NominationFilter
from coordinators.nominations.history import approvals_of, happened, steps_of, ticked, waiting_for
from coordinators.policies import can_end_post
from coordinators.posts_workflow import end_post
from core.attachments import served
from core.refusals import Refused

PAGE_SIZE = 50
POSTS: dict[str, Any] = {"coordinator": Coordinator, "liaison": Liaison}  # also the names of their pages
FORMS: dict[str, type[forms.VerbForm]] = {
    "amend": forms.AmendForm,
    "add_letter": forms.LetterForm,
    "check": forms.CheckForm,
    "induct": forms.InductionForm,
    "approve": forms.ApprovalForm,
    "decide": forms.DecisionForm,
    "decline": forms.DeclineForm,
    "withdraw": forms.WithdrawForm,
}
DONE: dict[str, Any] = {
    "amend": gettext_lazy("Amended."),
    "add_letter": gettext_lazy("The letter of appointment is added."),
    "check": gettext_lazy("Checked. The induction comes next."),
    "induct": gettext_lazy("The induction is recorded."),
    "decline": gettext_lazy("Declined."),
    "withdraw": gettext_lazy("Withdrawn."),
}
# One verb: the nomination, what was typed, and who. Raises Refused.
Act = Callable[[Nomination, Any, Any], Nomination]


def for_seers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """To everybody whose posts have no part in nominations these pages do not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policies.can_see_nominations(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_seers
def nomination_list(request: HttpRequest) -> HttpResponse:
    nominations = Nomination.objects.visible_to(request.user).for_list().prefetch_related("approvals")
    found = NominationFilter(request.GET, queryset=nominations, request=request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(nomination, waiting_for(nomination)) for nomination in page]
    labels = Nomination.PostKind
    kinds = [(kind, labels(kind).label) for kind in policies.kinds_to_propose(request.user)]
    return render(request, "coordinators/nominations/list.html", {"filter": found, "page": page, "rows": rows, "kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_propose(request: HttpRequest, kind: str) -> HttpResponse:
    """Somebody for a post of this kind; units and people offered are those in reach."""
    if kind not in policies.kinds_to_propose(request.user):
        raise Http404
    form = forms.PROPOSALS[kind](request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        try:
            nomination = workflow.propose(form.proposal(), by=request.user)
        except Refused as refusal:
            form.blame(refusal.fields or {"": refusal.message})
        else:
            messages.success(request, _("Proposed. Those who have to check it find it in their list."))
            return redirect("nomination", nomination.pk)
    context = {"form": form, "kind": Nomination.PostKind(kind).label}
    return render(request, "coordinators/nominations/propose.html", context)


@require_safe
@for_seers
def nomination_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _nomination(request, pk))


@require_safe
@for_seers
def nomination_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter of appointment, to whoever may see the nomination."""
    nomination = _nomination(request, pk)
    if nomination.letter is None:
        raise Http404
    return served(nomination.letter)


def verb(name: str) -> Callable[[Act], Callable[..., HttpResponse]]:
    """One POST on a nomination within reach. A GET comes when sign-in came between a form and its POST: it leads to the page."""

    def made(act: Act) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @for_seers
        @wraps(act)
        def answer(request: HttpRequest, pk: int) -> HttpResponse:
            nomination = _nomination(request, pk)
            return _acted(request, nomination, name, act) if request.method == "POST" else redirect("nomination", pk)

        return answer

    return made


@verb("amend")
def nomination_amend(nomination: Nomination, said: Any, by: Any) -> Nomination:
    return workflow.amend(nomination, by=by, amendment=workflow.Amendment(**said))


@verb("add_letter")
def nomination_add_letter(nomination: Nomination, said: Any, by: Any) -> Nomination:
    return workflow.add_letter(nomination, by=by, letter=said["letter"])


@verb("check")
def nomination_check(nomination: Nomination, said: Any, by: Any) -> Nomination:
    return workflow.check(nomination, by=by, criteria=[*said["criteria"], *said["qualities"]], word=said["word"])


@verb("induct")
def nomination_induct(nomination: Nomination, said: Any, by: Any) -> Nomination:
    return workflow.induct(nomination, by=by, induction=workflow.Induction(**said))


@verb("approve")
def nomination_approve(nomination: Nomination, said: Any, by: Any) -> Nomination:
    return workflow.approve(nomination, by=by)


@verb("decide")
def nomination_decide(nomination: Nomination, said: Any, by: Any) -> Nomination:
    return workflow.decide(nomination, by=by, appointment=workflow.Appointment(**said))


@verb("decline")
def nomination_decline(nomination: Nomination, said: Any, by: Any) -> Nomination:
    return workflow.decline(nomination, by=by, word=said["word"])


@verb("withdraw")
def nomination_withdraw(nomination: Nomination, said: Any, by: Any) -> Nomination:
    return workflow.withdraw(nomination, by=by, word=said["word"])


@require_http_methods(["GET", "HEAD", "POST"])
def post_end(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Asks for the last day and the reason, then ends the post. Whoever sees a post and may not end it is told so."""
    if kind not in POSTS:
        raise Http404
    post = get_object_or_404(POSTS[kind].objects.visible_to(request.user).for_list(), pk=pk)
    if not can_end_post(request.user, post):
        raise PermissionDenied
    form = forms.EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            end_post(post, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.blame(refusal.fields or {"": refusal.message})
        else:
            messages.success(request, _("The last day is set."))
            return redirect(kind, post.pk)
    return render(request, "coordinators/nominations/end_post.html", {"post": post, "form": form, "kind": kind})


def _acted(request: HttpRequest, nomination: Nomination, name: str, act: Act) -> HttpResponse:
    """The verb, or the page again with what was typed and what stands in the way."""
    form = FORMS[name](request.POST, request.FILES, nomination=nomination)
    try:
        workflow.LIFECYCLE.check(nomination, name, by=request.user)
        if not form.is_valid():
            return _page(request, nomination, name, form)
        moved = act(nomination, form.said, request.user)
    except Refused as refusal:
        if refusal.fields:
            form.blame(refusal.fields)
        else:
            messages.error(request, refusal.message)
        return _page(request, _nomination(request, nomination.pk), name, form) if form.fields else _again(nomination)
    messages.success(request, DONE.get(name) or _decided_words(moved))
    return _again(nomination)


def _again(nomination: Nomination) -> HttpResponse:
    return redirect("nomination", nomination.pk)


def _decided_words(nomination: Nomination) -> str:
    if nomination.post is None:
        return _("Approved. The other side's yes is still missing.")
    return _("Decided. %(name)s is in post from the first day on, with no other step.") % {"name": nomination.name}


def _page(request: HttpRequest, nomination: Nomination, name: str = "", form: forms.VerbForm | None = None) -> HttpResponse:
    """The nomination as this person may see it. `form`: what was typed for the verb `name` and could not be done."""
    moves = workflow.LIFECYCLE.allowed_moves(nomination, request.user)
    events = list(nomination.events.select_related("by").order_by("pk"))
    context = {
        "nomination": nomination,
        "forms": {each: form if each == name else FORMS[each](nomination=nomination) for each in moves},
        "unsent": form.typed if form and name not in moves else [],
        "tried": name,
        "steps": steps_of(nomination, events),
        "happened": happened(nomination, events),
        "approvals": approvals_of(nomination),
        "criteria": ticked(forms.SELECTION, nomination.criteria),
        "qualities": ticked(forms.QUALITIES, nomination.criteria),
        "topics": ticked(tuple(Nomination.TOPICS.items()), nomination.topics),
        "advice": advice_on(nomination),
        "obstacle": obstacle_to(nomination),
        "sees_treatment": policies.can_see_treatment(request.user),
    }
    return render(request, "coordinators/nominations/nomination.html", context)


def _nomination(request: HttpRequest, pk: int) -> Nomination:
    rows = Nomination.objects.visible_to(request.user).for_list().select_related("letter", "coordinator", "liaison")
    return get_object_or_404(rows.prefetch_related("approvals__by"), pk=pk)
