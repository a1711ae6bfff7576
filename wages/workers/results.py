"""What workers answered beside what the ledger says, a project at a time; and the matter that follows from a word against it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.months import Month
from core.refusals import Refused
from feedback.cases.registering import Matter, register
from feedback.models import Case, CaseCategory, Kind, Severity
from labour_teams.models import LabourTeam
from regions.models import Project
from wages.arrears import CATEGORY
from wages.models import WageArrears, WageQuestion, WageSheet
from wages.workers import policies
from wages.workers.questions import paid_lines

if TYPE_CHECKING:
    from accounts.models import User

LEAST_SHOWN = 5  # answers of fewer people are not told apart: whoever was asked would be known
Answer = WageQuestion.Answer
AGAINST = (Answer.PART, Answer.NOTHING)


@dataclass(frozen=True, slots=True)
class Beside:
    """A project: people paid by the ledger, asked, answered; by answer, or None where they are too few to tell apart."""

    project: Project
    paid: int
    asked: int
    answered: int
    received: int | None
    in_part: int | None
    nothing: int | None

    @property
    def may_draw(self) -> bool:
        return bool(self.paid) and not self.asked


def beside_the_ledger(user: "User", month: Month) -> list[Beside]:
    """Projects in reach with somebody paid or asked, in the order of lists. Three queries."""
    paid = dict(paid_lines(user, month).order_by().values_list("sheet__project").annotate(n=Count("engagement", distinct=True)))
    counts = {answer.value: Count("pk", filter=Q(answer=answer.value)) for answer in Answer}
    said = WageQuestion.objects.visible_to(user).filter(month=month).order_by().values("engagement__project")
    asked: dict[int, Any] = {row["engagement__project"]: row for row in said.annotate(asked=Count("pk"), **counts)}
    projects = Project.objects.visible_to(user).for_list().filter(pk__in=paid.keys() | asked.keys())
    return [_beside(project, paid.get(project.pk, 0), asked.get(project.pk, {})) for project in projects]


def spoken_against(user: "User", project: Project, month: Month) -> "list[tuple[LabourTeam, WageArrears | None]]":
    """Teams of which somebody said "part" or "nothing", with the arrears that were opened for it."""
    said = WageQuestion.objects.visible_to(user).filter(engagement__project=project, month=month, answer__in=AGAINST)
    teams = LabourTeam.objects.filter(pk__in=said.values("engagement__team")).order_by("name")
    opened = WageArrears.objects.visible_to(user).filter(project=project, month=month, source=WageArrears.Source.REPORTED)
    known = {arrears.team_id: arrears for arrears in opened.select_related("case")}
    return [(team, known.get(team.pk)) for team in teams]


def open_matter(team: LabourTeam, month: Month, *, by: "User") -> WageArrears:
    """An urgent matter and arrears by workers' word, once a team and month; it names nobody, says no number. Raises Refused."""
    project = team.project
    with transaction.atomic():
        LabourTeam.objects.select_for_update(of=("self",)).get(pk=team.pk)
        if not policies.can_ask_on(by, project):
            raise Refused(_("Your post does not allow this."))
        if team not in [each for each, _known in spoken_against(by, project, month)]:
            raise Refused(_("Nobody of this team said so."))
        known = WageArrears.objects.filter(team=team, month=month, source=WageArrears.Source.REPORTED).first()
        return known or _opened(team, month, by)


def _opened(team: LabourTeam, month: Month, by: "User") -> WageArrears:
    sheet = WageSheet.objects.filter(team=team, month=month).first()
    today = timezone.localdate()
    title = _("Wages of %(team)s for %(month)s: by workers' word not all there") % {"team": team.name, "month": str(month)}
    matter = Matter(
        category=CaseCategory.objects.get(key=CATEGORY),
        title=title[:80],
        origin=Case.Origin.VISIT,
        kind=Kind.DISPUTE,
        severity=Severity.URGENT,
        project=team.project,
        team=team,
        is_found_early=True,
    )
    return WageArrears.objects.create(
        project=team.project,
        region=team.project.region,
        team=team,
        month=month,
        source=WageArrears.Source.REPORTED,
        since=min(sheet.due_on + timedelta(days=1), today) if sheet else today,
        case=register(matter, by=by),
    )


def _beside(project: Project, paid: int, said: dict[str, int]) -> Beside:
    by_answer = [said.get(answer, 0) for answer in (Answer.ALL, Answer.PART, Answer.NOTHING)]
    answered = sum(by_answer)
    shown = by_answer if answered >= LEAST_SHOWN else [None, None, None]
    return Beside(project, paid, said.get("asked", 0), answered, *shown)
