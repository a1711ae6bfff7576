"""Handovers in the admin site: whose, how far, with their history. Notes and packages are read on their page alone."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.admin import MoveInline, ReadOnlyAdmin
from inbox.handover.workflow import LIFECYCLE
from inbox.models import Handover, HandoverEvent


class HandoverEventInline(MoveInline):
    model = HandoverEvent
    verbs = {"begin": pgettext_lazy("handover", "Begun"), **{verb: move.label for verb, move in LIFECYCLE.moves.items()}}
    statuses = dict(Handover.Status.choices)


@admin.register(Handover)
class HandoverAdmin(ReadOnlyAdmin):
    """Looked at here, moved on its page."""

    fields = (
        "coordinator", "next_coordinator", "liaison", "next_liaison", "status", "begun_at", "begun_by", "handed_over_at",
        "handed_over_by", "accepted_at", "accepted_by",
    )  # fmt: skip
    inlines = [HandoverEventInline]
    list_display = ("post_title", "status", "leaves", "follows", "begun_at", "handed_over_at", "accepted_at")
    list_filter = ("status",)
    search_fields = (
        "coordinator__person__name", "coordinator__person__name_initials", "coordinator__project__name",
        "coordinator__region__name", "liaison__person__name", "liaison__person__name_initials", "liaison__team__name",
        "liaison__team__project__name",
    )  # fmt: skip
    search_help_text = _("Name, initials or unit")
    date_hierarchy = "begun_at"
    ordering = ("-begun_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).for_list()

    def view_on_site(self, obj: Handover) -> str:
        return reverse("handover", args=[obj.pk])

    @admin.display(description=_("post"))
    def post_title(self, handover: Handover) -> str:
        return handover.post.title

    @admin.display(description=pgettext_lazy("handover", "From"))
    def leaves(self, handover: Handover) -> str:
        return handover.post.person.name

    @admin.display(description=pgettext_lazy("handover", "To"))
    def follows(self, handover: Handover) -> str:
        return handover.next_post.person.name if handover.next_post else "—"
