"""What the pages of the survey are about, within reach. Foreign and nonexistent look the same."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from core.months import Month
from feedback.models import SurveyRound, SurveyTeam


def round_of(request: HttpRequest, code: str, month: Month) -> SurveyRound:
    rounds = SurveyRound.objects.visible_to(request.user).select_related("project__region", "region", "template")
    return get_object_or_404(rounds, project__code=code, month=month)


def team_of(request: HttpRequest, code: str, month: Month, team: int) -> SurveyTeam:
    """A team in a round, with its numbers of sheets; a liaison reaches it, though not the round."""
    teams = SurveyTeam.objects.visible_to(request.user).with_sheets()
    joins = teams.select_related("team", "round__project__region", "round__template")
    return get_object_or_404(joins, round__project__code=code, round__month=month, team=team)
