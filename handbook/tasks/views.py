"""Pages of tasks: the list, giving one, one task with its story and one POST a verb."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core.refusals import Refused
from handbook.models import Task
from handbook.tasks import policies, workflow
from handbook.tasks.filters import TaskFilter
from handbook.tasks.forms import FORMS, TaskForm, VerbForm
from handbook.tasks.posts import holders_of, in_order

PAGE_SIZE = 50
POSTING = ["GET", "HEAD", "POST"]
DONE: dict[str, Any] = {
    "receive": gettext_lazy("Received."),
    "answer": gettext_lazy("Answered. Whoever gave the task looks at it."),
    "close": gettext_lazy("Closed."),
    "return": gettext_lazy("Given back. It is owed again."),
    "withdraw": gettext_lazy("Withdrawn. Nobody owes it any more."),
}
# One verb: the task, what was typed, and who. Raises Refused.
Act = Callable[[Task, Any, Any], Task]


def for_seers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """To everybody whose posts have no part in tasks these pages do not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policies.can_see_tasks(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_seers
def task_list(request: HttpRequest) -> HttpResponse:
    """What is owed first; overdue is said beside the state."""
    found = TaskFilter(request.GET, queryset=Task.objects.visible_to(request.user), request=request)
    context = {
        "filter": found,
        "page": Paginator(in_order(found.qs), PAGE_SIZE).get_page(request.GET.get("page")),
        "may_give": policies.can_give(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "handbook/tasks/list.html", context)


@require_http_methods(POSTING)
def task_give(request: HttpRequest) -> HttpResponse:
    """One task, or the same to several posts."""
    if not policies.can_give(request.user):
        raise Http404
    form = TaskForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        try:
            given = workflow.give(form.order(), by=request.user)
        except Refused as refusal:
            form.blame(refusal)
        else:
            messages.success(request, _("Given: %(number)d tasks.") % {"number": len(given)})
            return redirect("task", given[0].pk) if len(given) == 1 else redirect("tasks")
    return render(request, "handbook/tasks/give.html", {"form": form})


@require_safe
@for_seers
def task_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _task(request, pk))


def verb(name: str) -> Callable[[Act], Callable[..., HttpResponse]]:
    """One POST on a task within reach. A GET comes when sign-in came between a form and its POST: it leads to the page."""

    def made(act: Act) -> Callable[..., HttpResponse]:
        @require_http_methods(POSTING)
        @for_seers
        @wraps(act)
        def answer(request: HttpRequest, pk: int) -> HttpResponse:
            task = _task(request, pk)
            return _acted(request, task, name, act) if request.method == "POST" else redirect("task", pk)

        return answer

    return made


@verb("receive")
def task_receive(task: Task, said: Any, by: Any) -> Task:
    return workflow.receive(task, by=by)


@verb("answer")
def task_answer(task: Task, said: Any, by: Any) -> Task:
    return workflow.answer(task, by=by, **said)


@verb("close")
def task_close(task: Task, said: Any, by: Any) -> Task:
    return workflow.close(task, by=by, **said)


@verb("return")
def task_return(task: Task, said: Any, by: Any) -> Task:
    return workflow.return_(task, by=by, **said)


@verb("withdraw")
def task_withdraw(task: Task, said: Any, by: Any) -> Task:
    return workflow.withdraw(task, by=by, **said)


def _acted(request: HttpRequest, task: Task, name: str, act: Act) -> HttpResponse:
    """The verb, or the page again with what was typed and what stands in the way."""
    form = FORMS[name](request.POST, task=task)
    try:
        workflow.LIFECYCLE.check(task, name, by=request.user)
        if not form.is_valid():
            return _page(request, task, name, form)
        act(task, form.cleaned_data, request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _page(request, _task(request, task.pk), name, form) if form.fields else redirect("task", task.pk)
    messages.success(request, DONE[name])
    return redirect("task", task.pk)


def _page(request: HttpRequest, task: Task, name: str = "", form: VerbForm | None = None) -> HttpResponse:
    """The task as this person may see it. `form`: what was typed for the verb `name` and could not be done."""
    moves = workflow.LIFECYCLE.allowed_moves(task, request.user)
    today = timezone.localdate()
    context = {
        "task": task,
        "today": today,
        "holders": holders_of(task, today),
        "events": task.events.select_related("by").order_by("pk"),
        "forms": {each: form if each == name else FORMS[each](task=task) for each in moves},
        "tried": name,
        "unsent": _texts(form) if form and name not in moves else [],
    }
    return render(request, "handbook/tasks/task.html", context)


def _texts(form: VerbForm) -> list[str]:
    """What would be lost with the page."""
    return [text for field in form.fields if (text := form.data.get(field, "").strip())]


def _task(request: HttpRequest, pk: int) -> Task:
    return get_object_or_404(in_order(Task.objects.visible_to(request.user)), pk=pk)
