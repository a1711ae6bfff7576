"""Figures of the handbook: declared here, defined in handbook/lists/told.py, each linking to the entries behind it."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.scope import Level
from figures.registry import Column, Figure, figures
from handbook.lists.told import HELD, OF_TEAMS, Told

Entry = Callable[[Any], Any]
TEAM_COLUMNS = (
    Column(_("Labour team"), lambda row: row.name, lambda row: reverse("team", args=[row.pk])),
    Column(_("Project"), lambda row: row.project.name),
    Column(_("Kind"), lambda row: row.get_kind_display()),
    Column(_("Entered on"), lambda row: row.entered_on or ""),
)


def entry_of(way: str) -> Entry:
    """From a row to its entry."""

    def walk(row: Any) -> Any:
        for step in way.split("__") if way else ():
            row = getattr(row, step)
        return row

    return walk


def columns_of(told: Told) -> tuple[Column, ...]:
    entry = entry_of(told.way)
    shared = (
        Column(_("What it was"), lambda row: entry(row).title, lambda row: reverse("entry", args=[entry(row).pk])),
        Column(_("On"), lambda row: entry(row).on),
        Column(_("Project"), lambda row: entry(row).project or entry(row).region or ""),
        Column(_("Labour team"), lambda row: entry(row).team or ""),
        Column(_("Written by"), lambda row: entry(row).author.name),
    )
    return (*shared, Column(_("Number"), number_of(told.summed))) if told.summed else shared


def number_of(path: str) -> Callable[[Any], object]:
    """What a row adds to the sum."""
    number = entry_of(path)

    def text(row: Any) -> object:
        value = number(row)
        return "" if value is None else value

    return text


def declare(told: Told) -> None:
    start = f"{told.way}__" if told.way else ""
    figures.add(
        Figure(
            key=told.key,
            label=told.label,
            unit=told.unit,
            definition=told.definition,
            rows=told.rows,
            paths={Level.REGION: f"{start}region", Level.PROJECT: f"{start}project"},
            columns=columns_of(told),
            order=(f"{start}on", "pk"),
            direction=told.direction,
            for_reader=told.for_reader,
            summed=told.summed,
        )
    )


def declare_teams(told: Told) -> None:
    figures.add(
        Figure(
            key=told.key,
            label=told.label,
            unit=told.unit,
            definition=told.definition,
            rows=told.rows,
            paths={Level.REGION: "project__region", Level.PROJECT: "project"},
            columns=TEAM_COLUMNS,
            order=("project__code", "name", "pk"),
            direction=told.direction,
        )
    )


for told in HELD:
    declare(told)
for told in OF_TEAMS:
    declare_teams(told)
