"""Figures of the survey: forms handed out, given back, keyed. The return rate is the second of the first."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.months import Month
from core.scope import Level, ScopedQuerySet
from feedback.models import SurveyTeam
from figures.registry import Column, Figure, Unit, figures

PATHS = {Level.REGION: "round__region", Level.PROJECT: "round__project"}
COLUMNS = (
    Column(
        _("Labour team"),
        lambda row: row.team.name,
        lambda row: reverse("survey-round", args=[row.round.project.code, row.round.month]),
    ),
    Column(_("Project"), lambda row: row.round.project.name),
    Column(_("On site"), lambda row: row.on_site),
    Column(_("Forms handed out"), lambda row: "" if row.issued is None else row.issued),
    Column(_("Forms given back"), lambda row: "" if row.returned is None else row.returned),
    Column(_("Sheets keyed"), lambda row: row.keyed),
)
TOLD = (
    ("survey_issued", "issued", _("Forms handed out"), _("Survey forms of the month that liaisons handed out, by their count.")),
    (
        "survey_returned",
        "returned",
        _("Forms given back"),
        _("Survey forms of the month that came back, by the liaisons' count."),
    ),
    ("survey_keyed", "keyed", _("Sheets keyed"), _("Survey sheets of the month that are in the system.")),
)


def _teams(month: Month) -> ScopedQuerySet:
    return SurveyTeam.objects.filter(round__month=month).with_sheets().for_list()


for key, column, label, definition in TOLD:
    figures.add(
        Figure(
            key=key,
            label=label,
            unit=Unit.SHEETS,
            definition=definition,
            rows=_teams,
            paths=PATHS,
            columns=COLUMNS,
            order=("round__project__code", "team__name", "pk"),
            summed=column,
        )
    )
