"""Pages of rights and duties: the edition in force, the log of rights exercised, and a post's duties with their evidence."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coordinators.models import Coordinator, PostProvision, ProvisionEdition, RightExercise
from coordinators.provisions import policies
from coordinators.provisions.evidence import lines_of, without_first
from coordinators.provisions.filters import ExerciseFilter
from coordinators.provisions.forms import DayForm, ExerciseForm
from coordinators.provisions.rooms import rooms_for
from coordinators.provisions.workflow import duties_of, record_exercise
from core.attachments import served
from core.refusals import Refused

PAGE_SIZE = 50
View = Callable[..., HttpResponse]


def for_readers(view: View) -> View:
    """For those who may read the provisions; for everybody else the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policies.can_read(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The way in to the company's rules: the rooms that open to this person."""
    return render(request, "coordinators/provisions/rules.html", {"rooms": rooms_for(request.user)})


@require_safe
@for_readers
def provisions(request: HttpRequest) -> HttpResponse:
    """The edition in force on a day, today unless asked otherwise."""
    form = DayForm(request.GET)
    day = form.chosen()
    edition = ProvisionEdition.objects.visible_to(request.user).in_force(day).first()
    return _provisions(request, edition, {"form": form, "day": day})


@require_safe
@for_readers
def provisions_edition(request: HttpRequest, number: int) -> HttpResponse:
    edition = get_object_or_404(ProvisionEdition.objects.visible_to(request.user), number=number)
    return _provisions(request, edition, {})


def _provisions(request: HttpRequest, edition: ProvisionEdition | None, context: dict[str, Any]) -> HttpResponse:
    today, editions = timezone.localdate(), list(ProvisionEdition.objects.visible_to(request.user).for_list())
    texts = list(edition.provisions.order_by("number")) if edition else []
    in_force = next((each for each in editions if each.is_in_force_by(today)), None)
    context |= {
        "edition": edition,
        "is_in_force": edition is not None and edition == in_force,
        "is_to_come": edition is not None and not edition.is_in_force_by(today),
        "editions": editions,
        "groups": [(kind.value, kind.label, [text for text in texts if text.kind == kind]) for kind in PostProvision.Kind],
        "rooms": rooms_for(request.user),
    }
    return render(request, "coordinators/provisions/provisions.html", context)


@require_safe
@for_readers
def rights(request: HttpRequest) -> HttpResponse:
    rows = RightExercise.objects.visible_to(request.user).for_list()
    found = ExerciseFilter(request.GET, queryset=rows, request=request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "may_record": policies.can_record(request.user),
        "rooms": rooms_for(request.user),
    }
    return render(request, "coordinators/provisions/rights.html", context)


@require_safe
@for_readers
def right(request: HttpRequest, pk: int) -> HttpResponse:
    exercise = _exercise(request, pk)
    context = {"exercise": exercise, "may_edit": policies.can_edit(request.user, exercise), "days": policies.EDIT_DAYS}
    return render(request, "coordinators/provisions/right.html", context)


@require_safe
@for_readers
def right_photo(request: HttpRequest, pk: int) -> HttpResponse:
    exercise = _exercise(request, pk)
    if exercise.photo is None:
        raise Http404
    return served(exercise.photo, small=request.GET.get("small") == "1")


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def right_new(request: HttpRequest) -> HttpResponse:
    if not policies.can_record(request.user):
        raise PermissionDenied
    return _write(request, RightExercise())


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def right_edit(request: HttpRequest, pk: int) -> HttpResponse:
    exercise = _exercise(request, pk)
    if not policies.can_edit(request.user, exercise):
        raise PermissionDenied
    return _write(request, exercise)


def _write(request: HttpRequest, exercise: RightExercise) -> HttpResponse:
    """The form; what was typed stays on the page when a rule or the photo stands in the way."""
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ExerciseForm(*data, instance=exercise, user=request.user)
    if form.is_bound and form.is_valid():
        try:
            kept = record_exercise(form.instance, by=request.user, photo=form.cleaned_data["photo"])
        except Refused as refusal:
            form.add_error("photo" if form.cleaned_data["photo"] else None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("right", kept.pk)
    return render(request, "coordinators/provisions/right_form.html", {"form": form, "exercise": exercise})


@require_safe
@for_readers
def duties(request: HttpRequest, pk: int) -> HttpResponse:
    """The duties of one post, those without evidence first. `?edition=`: another than the one in force."""
    post = get_object_or_404(Coordinator.objects.with_records_for(request.user).for_list(), pk=pk)
    editions = ProvisionEdition.objects.visible_to(request.user).for_list()
    wanted = request.GET.get("edition", "")
    asked = editions.filter(number=int(wanted)) if wanted.isdecimal() and len(wanted) < 5 else editions.none()
    edition = asked.first() or editions.in_force(timezone.localdate()).first()
    lines = without_first(lines_of(request.user, post, duties_of(edition)))
    context = {
        "post": post,
        "edition": edition,
        "editions": editions,
        "lines": lines,
        "fulfilled": sum(line.count > 0 for line in lines),
        "may_record": policies.can_record(request.user) and post.person_id == request.user.pk,
    }
    return render(request, "coordinators/provisions/duties.html", context)


def _exercise(request: HttpRequest, pk: int) -> RightExercise:
    return get_object_or_404(RightExercise.objects.visible_to(request.user).for_list(), pk=pk)
