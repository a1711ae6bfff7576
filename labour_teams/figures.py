"""Figures of teams and people on site."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.months import Month
from core.scope import Level, ScopedQuerySet
from figures.registry import Column, Figure, Unit, as_of, figures
from labour_teams.models import Engagement, LabourTeam

BY_PROJECT = {Level.REGION: "project__region", Level.PROJECT: "project"}

ENGAGEMENT_COLUMNS = (
    Column(_("Name"), lambda row: row.name, lambda row: reverse("worker", args=[row.worker.public_id])),
    Column(_("Project"), lambda row: row.project.name),
    Column(_("Labour team"), lambda row: row.team.name),
    Column(_("Work crew"), lambda row: row.crew.name if row.crew else ""),
    Column(_("Entered on"), lambda row: row.entered_on),
    Column(_("Left on"), lambda row: row.left_on or ""),
)
BY_NAME = ("name_pinyin", "pk")


def _on_site(month: Month) -> ScopedQuerySet:
    return Engagement.objects.current(as_of(month)).for_list()


figures.add(
    Figure(
        key="workers_on_site",
        label=_("Workers on site"),
        unit=Unit.PERSONS,
        definition=_(
            "Engagements that include the last day of the month (today, while the month runs); each person once a project."
        ),
        rows=_on_site,
        paths=BY_PROJECT,
        columns=ENGAGEMENT_COLUMNS,
        order=BY_NAME,
    )
)
figures.add(
    Figure(
        key="workers_entered",
        label=_("Workers entered"),
        unit=Unit.PERSONS,
        definition=_("People whose engagement began in the month; a transfer between teams of one project is no entry."),
        rows=lambda month: Engagement.objects.entered_in(month).for_list(),
        paths=BY_PROJECT,
        columns=ENGAGEMENT_COLUMNS,
        order=BY_NAME,
    )
)
figures.add(
    Figure(
        key="workers_left",
        label=_("Workers left"),
        unit=Unit.PERSONS,
        definition=_("People whose engagement ended in the month; a transfer between teams of one project is no exit."),
        rows=lambda month: Engagement.objects.left_in(month).for_list(),
        paths=BY_PROJECT,
        columns=ENGAGEMENT_COLUMNS,
        order=BY_NAME,
    )
)
figures.add(
    Figure(
        key="teams_on_site",
        label=_("Labour teams on site"),
        unit=Unit.TEAMS,
        definition=_("Labour teams that have entered and not left on the last day of the month (today, while the month runs)."),
        rows=lambda month: LabourTeam.objects.on_site(as_of(month)).for_list(),
        paths=BY_PROJECT,
        columns=(
            Column(_("Labour team"), lambda row: row.name, lambda row: reverse("team", args=[row.pk])),
            Column(_("Project"), lambda row: row.project.name),
            Column(_("Kind"), lambda row: row.get_kind_display()),
            Column(_("Entered on"), lambda row: row.entered_on or ""),
        ),
        order=("project__code", "name", "pk"),
    )
)
