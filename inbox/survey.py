"""The monthly survey in the list of what is owed: a round to run, forms to count, teams that have fallen silent."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.deadlines import day_and_time
from core.roles import Role
from core.scope import Level
from core.workdays import WorkingDays, end_of_office
from feedback.models import SurveyRound, SurveyTeam
from feedback.survey.silence import silent_teams
from feedback.survey.workflow import missing_parts
from inbox.due import DueItem

MOST = 50


def rounds_to_run(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """The project coordinator's rounds until they are closed, with what is handed out, given back and keyed."""
    projects = user.scope.units(Level.PROJECT, Role.PROJECT_COORDINATOR)
    if projects:
        rounds: Any = SurveyRound.objects.visible_to(user).filter(project__in=projects).open().for_list()
        yield from (_to_run(round_, _where(round_)) for round_ in rounds[:MOST])


def rounds_to_stand_in_for(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """The rounds of the region's projects that have no coordinator at present are the regional coordinator's."""
    regions = user.scope.units(Level.REGION, Role.REGIONAL_COORDINATOR)
    if regions:
        rounds: Any = SurveyRound.objects.visible_to(user).filter(project__region__in=regions).open()
        vacant = rounds.without_coordinator(timezone.localdate(now)).for_list()
        said = _("no coordinator at present")
        yield from (_to_run(round_, f"{_where(round_)}·{said}") for round_ in vacant[:MOST])


def forms_to_count(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """A liaison says how many forms he handed out, and when they are collected, how many came back."""
    if not user.scope.holds(Role.LIAISON):
        return
    teams: Any = SurveyTeam.objects.visible_to(user).filter(round__status=SurveyRound.Status.OPEN, returned=None)
    for each in teams.for_list()[:MOST]:
        month = {"month": each.round.month.label}
        what = (
            _("Survey of %(month)s: say how many forms came back")
            if each.issued
            else _("Survey of %(month)s: hand out the forms")
        )
        yield DueItem(
            what=what % month,
            where=f"{each.team}·{each.round.project}",
            url=reverse("survey-count", args=[each.round.project.code, each.round.month, each.team_id]),
            left=_collected_by(each.round.due_on),
            due_at=end_of_office(each.round.due_on),
        )


def teams_to_go_and_see(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """One line for the regional coordinator; the teams stand on the page."""
    if not user.scope.holds(Role.REGIONAL_COORDINATOR):
        return
    silent = silent_teams(user, timezone.localdate(now))
    if silent:
        yield DueItem(
            what=_("%(number)d teams to go and see: hardly a form comes back") % {"number": len(silent)},
            where="·".join(str(each.team) for each in silent[:3]),
            url=reverse("survey-silent"),
        )


def _what(round_: SurveyRound) -> str:
    counted: Any = round_
    month = {"month": round_.month.label}
    if counted.issued is None:
        return _("Survey of %(month)s: print the forms and hand them out") % month
    if counted.returned is None or counted.keyed < counted.returned:
        return _("Survey of %(month)s: collect the forms and key them") % month
    if missing_parts(round_):
        return _("Survey of %(month)s: write the analysis") % month
    return _("Survey of %(month)s: close the round") % month


def _where(round_: SurveyRound) -> str:
    counted: Any = round_
    said = {
        name: "—" if number is None else number for name, number in (("issued", counted.issued), ("returned", counted.returned))
    }
    words = _("%(project)s·handed out %(issued)s·given back %(returned)s·keyed %(keyed)s")
    return words % {"project": round_.project, "keyed": counted.keyed, **said}


def _to_run(round_: SurveyRound, where: str) -> DueItem:
    return DueItem(
        what=_what(round_),
        where=where,
        url=reverse("survey-round", args=[round_.project.code, round_.month]),
        left=_collected_by(round_.due_on),
        due_at=end_of_office(round_.due_on),
    )


def _collected_by(day: date) -> str:
    return _("Collect by %(when)s") % {"when": day_and_time(end_of_office(day))}


SURVEYS = (rounds_to_run, rounds_to_stand_in_for, forms_to_count, teams_to_go_and_see)
