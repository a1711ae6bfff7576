from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ChoiceFilter, ModelChoiceFilter

from core.filters import ReachFilterSet, offered
from handbook.models import Task
from handbook.tasks.policies import GIVERS, OWED_BY
from handbook.tasks.posts import looked_after_by, owed_by
from regions.models import Project

GIVEN, OWED = ("given", pgettext_lazy("tasks", "Given by me")), ("owed", pgettext_lazy("tasks", "Owed by me"))
OPEN, OVERDUE = ("open", pgettext_lazy("tasks", "Not answered yet")), ("overdue", pgettext_lazy("tasks", "Overdue"))


class TaskFilter(ReachFilterSet):
    """Whose, in which state, on which project. Nobody is offered what his posts have no part in."""

    state = ChoiceFilter(
        label=_("State"), choices=[OPEN, OVERDUE, *Task.Status.choices], method="by_state", empty_label=_("All states")
    )
    project = ModelChoiceFilter(label=_("Project"), queryset=offered(Project), empty_label=_("All projects"))

    class Meta:
        model = Task
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holds = self.request.user.scope.holds
        sides = [side for side, roles in ((OWED, OWED_BY), (GIVEN, GIVERS)) if holds(*roles)]
        if sides:
            side = ChoiceFilter(label=_("Whose"), choices=sides, method="by_side", empty_label=pgettext_lazy("tasks", "All"))
            side.parent, side.model = self, Task
            self.filters["side"] = side
            self.filters.move_to_end("side", last=False)

    def by_side(self, queryset: Any, name: str, value: str) -> QuerySet:
        user = self.request.user
        return queryset.filter(owed_by(user) if value == OWED[0] else looked_after_by(user, timezone.localdate()))

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        if value == OVERDUE[0]:
            return queryset.open().filter(due_on__lt=timezone.localdate())
        return queryset.open() if value == OPEN[0] else queryset.filter(status=value)
