"""Boards, versions, checks, cards, armbands: looked at and taken away here, made on the projects' pages.

No phone stands here, of people or of offices, and nothing of what was printed.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coordinators.models import ArmbandIssue, BoardCheck, BoardPrinting, ContactCardBatch, NoticeBoard, RightsBoard, SiteContact
from coordinators.paper import resources
from core.admin import ReadOnlyAdmin
from core.sheet_admin import ExportAdmin

OF_PROJECT = ("project__name", "project__code", "project__region__name")
HELP = _("Project, region, place or code")


class PaperAdmin(ExportAdmin, ReadOnlyAdmin):
    search_help_text = HELP


class OfProjectAdmin(PaperAdmin):
    """One row a project."""

    list_filter = ("project__region",)
    list_select_related = ("project__region",)
    search_fields = OF_PROJECT
    search_help_text = _("Project or region")
    ordering = ("project__region__order", "project__code")

    @admin.display(description=_("region"), ordering="project__region__order")
    def region(self, row: Any) -> str:
        return str(row.project.region)


@admin.register(SiteContact)
class SiteContactAdmin(OfProjectAdmin):
    resource_classes = [resources.SiteContactResource]
    fields = ("project", "mailbox_place", "mailbox_note")
    list_display = ("project", "region", "mailbox_place", "mailbox_note")


@admin.register(RightsBoard)
class RightsBoardAdmin(OfProjectAdmin):
    resource_classes = [resources.RightsBoardResource]
    fields = (
        "project", "owner", "contractor", "subcontractors", "authority", "wage_officer", "minimum_wage", "pay_day", "inspection",
        "arbitration", "legal_aid",
    )  # fmt: skip
    list_display = ("project", "region", "owner", "contractor", "minimum_wage", "pay_day")


@admin.register(NoticeBoard)
class NoticeBoardAdmin(PaperAdmin):
    resource_classes = [resources.NoticeBoardResource]
    fields = ("project", "kind", "place", "paper", "code", "taken_down_on", "created_at", "created_by")
    list_display = ("place", "project", "kind", "paper", "code", "taken_down_on")
    list_filter = ("project__region", "kind", ("taken_down_on", admin.EmptyFieldListFilter))
    list_select_related = ("project",)
    search_fields = (*OF_PROJECT, "place", "=code")
    ordering = ("project__region__order", "project__code", "kind", "place", "pk")

    def view_on_site(self, obj: NoticeBoard) -> str:
        return reverse("board", args=[obj.code])


@admin.register(BoardPrinting)
class BoardPrintingAdmin(PaperAdmin):
    resource_classes = [resources.BoardPrintingResource]
    fields = ("board", "number", "printed_at", "printed_by")
    list_display = ("board", "kind", "number", "printed_at", "printed_by")
    list_filter = ("board__project__region", "board__kind")
    list_select_related = ("board__project__region", "printed_by")
    search_fields = tuple(f"board__{name}" for name in (*OF_PROJECT, "place"))
    date_hierarchy = "printed_at"
    ordering = ("-printed_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("content")

    @admin.display(description=_("kind"), ordering="board__kind")
    def kind(self, printing: BoardPrinting) -> str:
        return str(printing.board.get_kind_display())


@admin.register(BoardCheck)
class BoardCheckAdmin(PaperAdmin):
    resource_classes = [resources.BoardCheckResource]
    fields = ("board", "version", "at", "by", "remark")
    list_display = ("board", "version", "at", "by", "remark")
    list_filter = ("printing__board__project__region", "printing__board__kind")
    search_fields = tuple(f"printing__board__{name}" for name in (*OF_PROJECT, "place"))
    date_hierarchy = "at"
    ordering = ("-at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        joins = ("printing__board__project__region", "by")
        return super().get_queryset(request).select_related(*joins).defer("printing__content")

    @admin.display(description=_("board"), ordering="printing__board__place")
    def board(self, check: BoardCheck) -> str:
        return str(check.printing.board)

    @admin.display(description=BoardPrinting._meta.get_field("number").verbose_name, ordering="printing__number")
    def version(self, check: BoardCheck) -> int:
        return check.printing.number


@admin.register(ContactCardBatch)
class ContactCardBatchAdmin(PaperAdmin):
    resource_classes = [resources.ContactCardBatchResource]
    fields = ("project", "team", "crew", "board", "sheets", "printed_at", "printed_by", "handed_out", "handed_out_on")
    list_display = ("project", "team", "crew", "sheets", "printed_at", "printed_by", "handed_out", "handed_out_on")
    list_filter = ("project__region",)
    list_select_related = ("project__region", "team", "crew", "printed_by")
    search_fields = (*OF_PROJECT, "team__name", "crew__name")
    search_help_text = _("Project, region, labour team or crew")
    date_hierarchy = "printed_at"
    ordering = ("-printed_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("content")


@admin.register(ArmbandIssue)
class ArmbandIssueAdmin(PaperAdmin):
    resource_classes = [resources.ArmbandIssueResource]
    fields = ("number", "person", "region", "project", "issued_on", "issued_by", "returned_on", "remark")
    list_display = ("number", "person", "region", "project", "issued_on", "returned_on", "remark")
    list_filter = ("region", "project__region", ("returned_on", admin.EmptyFieldListFilter))
    list_select_related = ("person", "region", "project")
    search_fields = ("number", "person__name", "person__name_pinyin", "person__name_initials", "project__name", "region__name")
    search_help_text = _("Number, name, pinyin, project or region")
    ordering = ("number", "-issued_on", "pk")
