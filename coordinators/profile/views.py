"""The profile of somebody in post, by the post through which it is reached: one page, and one POST a verb."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coordinators.models import Coordinator, Liaison
from coordinators.profile import workflow
from coordinators.profile.forms import ConsentForm, ProfileForm
from coordinators.profile.policies import can_edit_profile
from coordinators.profile.workflow import InPost
from core.attachments import served
from core.refusals import Refused

MODELS: dict[str, type[InPost]] = {"coordinator": Coordinator, "liaison": Liaison}
Verb = Callable[[HttpRequest, str, InPost], HttpResponse]


@require_safe
def profile(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    return _page(request, kind, _post(request, kind, pk))


@require_safe
def photo(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The portrait, to whoever reaches the post; `?small` for lists."""
    portrait = _post(request, kind, pk).person.photo
    if portrait is None:
        raise Http404
    return served(portrait, small="small" in request.GET)


def verb(view: Verb) -> Callable[..., HttpResponse]:
    """One POST on a post within reach. A GET comes when sign-in came between a form and its POST: it leads to the profile."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        post = _post(request, kind, pk)
        if request.method != "POST":
            return redirect("post-profile", kind, pk)
        try:
            return view(request, kind, post)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("post-profile", kind, pk)

    return answer


@verb
def profile_save(request: HttpRequest, kind: str, post: InPost) -> HttpResponse:
    form = ProfileForm(request.POST, current=post.person.phone)
    if not form.is_valid():
        return _page(request, kind, post, form=form)
    changed = workflow.save(post, by=request.user, phone=form.cleaned_data["phone"], duties=form.cleaned_data["duties"])
    messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
    return redirect("post-profile", kind, post.pk)


@verb
def photo_keep(request: HttpRequest, kind: str, post: InPost) -> HttpResponse:
    try:
        workflow.keep_portrait(post, by=request.user, upload=request.FILES.get("photo"))
    except Refused as refusal:
        if not can_edit_profile(request.user, post):
            raise
        return _page(request, kind, post, photo_error=refusal.message)
    messages.success(request, _("The photo is kept. Place and time were taken out of it."))
    return redirect("post-profile", kind, post.pk)


@verb
def photo_remove(request: HttpRequest, kind: str, post: InPost) -> HttpResponse:
    workflow.remove_portrait(post, by=request.user)
    messages.success(request, _("The photo has been deleted."))
    return redirect("post-profile", kind, post.pk)


@verb
def consent(request: HttpRequest, kind: str, post: InPost) -> HttpResponse:
    form = ConsentForm(request.POST, **_about(request, post))
    if not form.is_valid():
        return _page(request, kind, post, consent_form=form)
    workflow.agree(post, by=request.user)
    messages.success(request, _("Agreed. The public page shows it from now on; boards and cards have to be printed."))
    return redirect("post-profile", kind, post.pk)


@verb
def consent_withdraw(request: HttpRequest, kind: str, post: InPost) -> HttpResponse:
    workflow.withdraw(post, by=request.user)
    messages.success(request, _("Taken back. The public page shows nothing any more; boards that hang have to be printed again."))
    return redirect("post-profile", kind, post.pk)


def _post(request: HttpRequest, kind: str, pk: int) -> InPost:
    """Held today: who looked after somebody once has no say about his number and his photo now."""
    if kind not in MODELS:
        raise Http404
    posts = MODELS[kind].objects.visible_to(request.user).held_on(timezone.localdate()).for_list()
    return get_object_or_404(posts.select_related("person__photo"), pk=pk)


def _about(request: HttpRequest, post: InPost) -> dict[str, Any]:
    return {"is_own": request.user.pk == post.person_id, "name": post.person.name}


def _page(
    request: HttpRequest,
    kind: str,
    post: InPost,
    *,
    form: ProfileForm | None = None,
    consent_form: ConsentForm | None = None,
    photo_error: str = "",
) -> HttpResponse:
    """`form`, `consent_form`, `photo_error`: what was sent and could not be kept, and why."""
    context = {
        "kind": kind,
        "post": post,
        "may_edit": can_edit_profile(request.user, post),
        "form": form or ProfileForm(initial={"duties": post.duties}, current=post.person.phone),
        "consent_form": consent_form or ConsentForm(**_about(request, post)),
        "photo_error": photo_error,
    }
    return render(request, "coordinators/profile/profile.html", context)
