"""Tasks downward (上下联动): from a regional coordinator to a project's, from that one to a liaison, with receipt and answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordinators.models import Coordinator, Liaison
from core.models import MoveEvent
from core.scope import Scoped
from handbook.querysets import TaskQuerySet
from regions.models import Project, Region


class Task(Scoped):
    """Given to a post, not to a person: whoever holds it when it is due owes the answer."""

    class Status(TextChoices):
        GIVEN = "given", pgettext_lazy("state of a task", "Given")
        RECEIVED = "received", pgettext_lazy("state of a task", "Received")
        ANSWERED = "answered", pgettext_lazy("state of a task", "Answered")
        CLOSED = "closed", pgettext_lazy("state of a task", "Done")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a task", "Withdrawn")

    OPEN = (Status.GIVEN, Status.RECEIVED)

    scope_paths = ("project__region", "region")

    region = models.ForeignKey(Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="tasks")
    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="tasks")
    to_coordinator = models.ForeignKey(
        Coordinator, verbose_name=_("to the coordinator"), null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    to_liaison = models.ForeignKey(
        Liaison, verbose_name=_("to the liaison"), null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    title = models.CharField(_("task"), max_length=60)
    text = models.TextField(_("what is to be done"), max_length=1000, blank=True)
    due_on = models.DateField(_("by when"))
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.GIVEN, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("given by"), editable=False, on_delete=models.PROTECT, related_name="tasks_given"
    )
    given_at = models.DateTimeField(_("given at"), default=timezone.now, editable=False)
    received_at = models.DateTimeField(_("received at"), null=True, editable=False)
    answer = models.TextField(_("answer"), max_length=1000, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    # Written once, at the first answer: a task that is given back stays as late as it was.
    was_late = models.BooleanField(_("late"), null=True, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [models.Index(fields=["project", "status"], name="task_of_project")]
        constraints = [
            models.CheckConstraint(
                name="task_to_one_post",
                condition=Q(to_coordinator__isnull=False, to_liaison=None) | Q(to_coordinator=None, to_liaison__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def post(self) -> Coordinator | Liaison:
        post = self.to_coordinator or self.to_liaison
        assert post is not None  # noqa: S101 - the constraint above
        return post


class TaskEvent(MoveEvent):
    task = models.ForeignKey(Task, verbose_name=_("task"), on_delete=models.CASCADE, related_name="events")

    class Meta:
        verbose_name = _("move of a task")
        verbose_name_plural = _("moves of tasks")
