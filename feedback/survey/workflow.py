"""The life of a survey round (《党群工作调查反馈登记表》).

    (the clock) ─▶ open ──close──▶ closed
                   ⟲ analyse  ◀──reopen──┘

Opened on the first days of the month for every project under construction, with its teams and the people then on site. The
project coordinator writes the analysis in two parts and closes: when every form given back is keyed, or with a word why not. The
regional coordinator may reopen. Forms are printed, counted and keyed meanwhile (issuing.py, keying.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.months import Month
from core.moves import Lifecycle, Move
from core.refusals import Refused
from feedback.models import SurveyRound, SurveyRoundEvent, SurveyTeam, SurveyTemplate
from feedback.survey import policies
from labour_teams.models import LabourTeam
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User

Status = SurveyRound.Status
ISSUED_BY_DAY = 5  # rounds begin on the first to the fifth
COLLECTED_BY_DAY = 25

LIFECYCLE = Lifecycle(
    SurveyRound,
    SurveyRoundEvent,
    "round",
    {
        "analyse": Move(frozenset({Status.OPEN}), None, policies.can_work_on, gettext_lazy("Save the analysis")),
        "close": Move(frozenset({Status.OPEN}), Status.CLOSED, policies.can_close, gettext_lazy("Close the round")),
        "reopen": Move(frozenset({Status.CLOSED}), Status.OPEN, policies.can_reopen, gettext_lazy("Reopen the round")),
    },
)


@dataclass(frozen=True, slots=True)
class Analysis:
    """The two parts (SYSTEM row 107a): what moves the workers, and what the coordinators' own work lacks."""

    on_workers: str
    on_our_work: str


def open_month(month: Month) -> list[SurveyRound]:
    """Open what is not open yet for `month`; teams that have come since then are added. Repeating it changes nothing.

    A project that begins after the fifth has its first round in the next month. Raises Refused where no form holds.
    """
    template = SurveyTemplate.objects.valid_for(month).first()
    if template is None:
        raise Refused(_("There is no survey form for %(month)s.") % {"month": month})
    today = timezone.localdate()
    first_days = min(month.first + timedelta(days=ISSUED_BY_DAY - 1), today)
    with transaction.atomic():
        opened = [
            round_
            for project in projects_surveyed(first_days)
            for round_, is_new in [_round_of(project, month, template)]
            if is_new
        ]
        _remember_opening(opened)
        still_open = SurveyRound.objects.open().filter(month=month)
        add_teams(still_open, min(month.last, today))
    return opened


def projects_surveyed(day: date) -> list[Project]:
    """Under construction on `day`, in a stage in which the company surveys (SURVEY_STAGES)."""
    projects: Any = Project.objects.under_construction(day)
    return list(projects.filter(stage__in=settings.SURVEY_STAGES).for_list())


def add_teams(rounds: Iterable[SurveyRound], day: date) -> None:
    """A row for every team on site on `day` that has none yet; the people on site are those of that day."""
    by_project = {round_.project_id: round_ for round_ in rounds}
    teams: Any = LabourTeam.objects.on_site(day).filter(project__in=by_project).with_headcount(day)
    known = set(SurveyTeam.objects.filter(round__in=by_project.values()).values_list("round", "team"))
    SurveyTeam.objects.bulk_create(
        SurveyTeam(round=round_, team=team, on_site=team.headcount)
        for team in teams.order_by("pk")
        for round_ in [by_project[team.project_id]]
        if (round_.pk, team.pk) not in known
    )


def save_analysis(round_: SurveyRound, *, by: "User", version: int | None, analysis: Analysis) -> SurveyRound:
    """Keep what is written so far. Leaves no history row: it is saved often."""
    with LIFECYCLE.moving(round_, "analyse", by=by, version=version) as move:
        row: SurveyRound = move.row
        move.is_news = False
        row.on_workers, row.on_our_work = analysis.on_workers.strip(), analysis.on_our_work.strip()
        row.analysed_by, row.analysed_at = by, move.at
    return row


def close(round_: SurveyRound, *, by: "User", word: str = "") -> SurveyRound:
    """Raises Refused where a part of the analysis is missing, or forms are not keyed and no word says why."""
    with LIFECYCLE.moving(round_, "close", by=by) as move:
        row: SurveyRound = move.row
        if missing := missing_parts(row):
            raise Refused(_("The analysis has two parts. Write both, then close the round."), fields=missing)
        if what_is_left(row) and not word.strip():
            said = _("Some forms are not counted or not keyed. Key them, or say why not.")
            raise Refused(said, fields={"word": said})
        row.closed_at, move.note = move.at, word.strip()
    return row


def reopen(round_: SurveyRound, *, by: "User", word: str) -> SurveyRound:
    with LIFECYCLE.moving(round_, "reopen", by=by) as move:
        if not word.strip():
            said = _("Say why the round is opened again.")
            raise Refused(said, fields={"word": said})
        move.row.closed_at, move.note = None, word.strip()
    return move.row


def missing_parts(round_: SurveyRound) -> dict[str, str]:
    """Field → what is missing."""
    texts = {"on_workers": round_.on_workers, "on_our_work": round_.on_our_work}
    return {name: _("Not written yet.") for name, text in texts.items() if not text.strip()}


def what_is_left(round_: SurveyRound) -> list[SurveyTeam]:
    """Teams whose forms nobody counted, or of which fewer are keyed than came back."""
    teams: Any = SurveyTeam.objects.filter(round=round_).with_sheets().for_list()
    return [each for each in teams if is_left(each)]


def is_left(in_round: Any) -> bool:
    """`in_round` with its sheets. A team that has nobody on site and was given nothing owes nothing."""
    if in_round.returned is None:
        return bool(in_round.on_site or in_round.issued)
    return bool(in_round.keyed < in_round.returned)


def _round_of(project: Project, month: Month, template: SurveyTemplate) -> tuple[SurveyRound, bool]:
    facts = {"region": project.region, "template": template, "due_on": month.first.replace(day=COLLECTED_BY_DAY)}
    return SurveyRound.objects.get_or_create(project=project, month=month, defaults=facts)


def _remember_opening(opened: list[SurveyRound]) -> None:
    SurveyRoundEvent.objects.bulk_create(
        SurveyRoundEvent(round=round_, verb="open", from_status="", to_status=round_.status, by=None) for round_ in opened
    )
