"""What a package holds: one function for each kind of open matter. A new kind is a new Section in SECTIONS.

A function gets the post that changes hands and whoever looks; it gives lines (none: nothing is open), or None where the matter
does not concern that kind of post. It asks through the reader's reach and stays within the post's unit.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from coordinators.models import ArmbandIssue, ContactCardBatch, Coordinator, Liaison, Nomination, NoticeBoard
from coordinators.paper.states import states_of
from core.deadlines import day_and_time
from imports.models import ImportJob
from inbox.handover.policies import HandedPost
from labour_teams.models import Engagement, LabourTeam
from regions.models import Project
from reports.models import MonthlyReport

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User

S = ImportJob.Status
UNFINISHED = (S.ASKED, S.PREVIEWED, S.READING, S.WRITING, S.UNDOING)


@dataclass(frozen=True, slots=True)
class Line:
    """One open matter: what, a word on it, and the page where it can be seen to ("" where there is none)."""

    what: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: "_StrPromise"
    lines: Callable[[HandedPost, "User"], Iterable[Line] | None]


def reports_owed(post: HandedPost, reader: "User") -> list[Line] | None:
    if not (isinstance(post, Coordinator) and post.region_id):
        return None
    reports: Any = MonthlyReport.objects.visible_to(reader).filter(region=post.region).unfinished().for_list()
    return [
        Line(
            _("Report of %(month)s") % {"month": report.month.label},
            "·".join((report.get_status_display(), _("due %(when)s") % {"when": day_and_time(report.due_at)})),
            reverse("report", args=[report.region.code, report.month]),
        )
        for report in reports
    ]


def imports_unfinished(post: HandedPost, reader: "User") -> list[Line] | None:
    if isinstance(post, Liaison):
        return None
    jobs = ImportJob.objects.visible_to(reader).filter(_of_unit(post), status__in=UNFINISHED).for_list()
    return [
        Line(job.file_name, f"{job.project}·{job.get_status_display()}", reverse("import-job", args=[job.pk])) for job in jobs
    ]


def nominations_open(post: HandedPost, reader: "User") -> list[Line] | None:
    if isinstance(post, Liaison):
        return None
    of_unit = _of_unit(post) | _of_unit(post, "team__project") | (Q(region=post.region) if post.region_id else Q(pk__in=()))
    nominations = Nomination.objects.visible_to(reader).filter(of_unit).open().for_list()
    return [Line(str(each), each.get_status_display(), reverse("nomination", args=[each.pk])) for each in nominations]


def boards_to_mend(post: HandedPost, reader: "User") -> list[Line] | None:
    """Boards that say something else than today's data, or were never printed, confirmed or lately checked."""
    if isinstance(post, Liaison):
        return None
    boards = list(NoticeBoard.objects.visible_to(reader).filter(_of_unit(post)).hanging().for_list())
    states = states_of(boards, timezone.now())
    return [
        Line(str(board), states[board.pk].word, reverse("board", args=[board.code]))
        for board in boards
        if not states[board.pk].is_fine
    ]


def people_of_the_unit(post: HandedPost, reader: "User") -> list[Line]:
    """A region's projects with their coordinators, a project's teams with their liaisons, a crew's people."""
    if isinstance(post, Liaison):
        return _crew(post, reader)
    if post.project_id:
        teams = LabourTeam.objects.visible_to(reader).filter(project=post.project).on_site(timezone.localdate()).for_list()
        liaisons = Liaison.objects.visible_to(reader).filter(team__in=teams)
        return [_unit_line(team, "team", team.pk, names) for team, names in _with_holders(teams, liaisons, "team_id")]
    projects = Project.objects.visible_to(reader).filter(region=post.region).under_construction(timezone.localdate()).for_list()
    coordinators = Coordinator.objects.visible_to(reader).filter(project__region=post.region)
    return [_unit_line(each, "project", each.code, names) for each, names in _with_holders(projects, coordinators, "project_id")]


def _crew(post: Liaison, reader: "User") -> list[Line]:
    unit = {"crew": post.crew} if post.crew else {"team": post.team}
    people = Engagement.objects.visible_to(reader).filter(**unit).current(timezone.localdate()).count()
    leader = _("Crew leader %(name)s") % {"name": post.crew.leader_name} if post.crew and post.crew.leader_name else ""
    return [Line(_("%(number)s people on site") % {"number": people}, leader, reverse("workers"))]


def _with_holders(units: Iterable[Any], held: Any, key: str) -> list[tuple[Any, list[str]]]:
    """Each unit with the names of those who hold its post today."""
    names: dict[int, list[str]] = {}
    for post in held.held_on(timezone.localdate()).select_related("person").order_by("pk"):
        names.setdefault(getattr(post, key), []).append(post.person.name)
    return [(unit, names.get(unit.pk, [])) for unit in units]


def _unit_line(unit: Any, page: str, key: Any, names: list[str]) -> Line:
    between = pgettext("between items of a list", ", ")
    return Line(str(unit), between.join(dict.fromkeys(names)) or _("nobody in post"), reverse(page, args=[key]))


def armband_in_hand(post: HandedPost, reader: "User") -> list[Line]:
    """Only the one that belongs to this unit: whoever goes on in another post keeps that one's."""
    issues = ArmbandIssue.objects.visible_to(reader).filter(_of_armband(post), person=post.person, returned_on=None)
    return [
        Line(
            _("Armband no. %(number)s, to be returned") % {"number": issue.number},
            _("issued on %(day)s") % {"day": _day(issue.issued_on)},
        )
        for issue in issues.order_by("issued_on", "pk")
    ]


def cards_to_hand_out(post: HandedPost, reader: "User") -> list[Line] | None:
    """Printed and not yet recorded as handed out."""
    if isinstance(post, Coordinator) and post.region_id:
        return None
    batches: QuerySet = ContactCardBatch.objects.visible_to(reader).filter(_of_cards(post), handed_out=None)
    return [
        Line(
            _("Contact cards for %(unit)s, not yet handed out") % {"unit": batch.crew or batch.team or batch.project},
            _("printed on %(day)s") % {"day": _day(timezone.localdate(batch.printed_at))},
        )
        for batch in batches.select_related("project", "team", "crew").order_by("-printed_at", "-pk")
    ]


def _of_unit(post: Coordinator, path: str = "project") -> Q:
    return Q(**{path: post.project}) if post.project_id else Q(**{f"{path}__region": post.region})


def _of_armband(post: HandedPost) -> Q:
    if isinstance(post, Liaison):
        return Q(project=post.team.project_id)
    return Q(project=post.project) if post.project_id else Q(region=post.region)


def _of_cards(post: HandedPost) -> Q:
    if isinstance(post, Coordinator):
        return Q(project=post.project)
    return Q(crew=post.crew) if post.crew else Q(team=post.team, crew=None)


def _day(day: Any) -> str:
    return formats.date_format(day, "MONTH_DAY_FORMAT")


SECTIONS: tuple[Section, ...] = (
    Section(gettext_lazy("Reports owed"), reports_owed),
    Section(gettext_lazy("Imports not finished"), imports_unfinished),
    Section(gettext_lazy("Nominations under way"), nominations_open),
    Section(gettext_lazy("People of the unit"), people_of_the_unit),
    Section(gettext_lazy("Boards to put right"), boards_to_mend),
    Section(gettext_lazy("Armband"), armband_in_hand),
    Section(gettext_lazy("Contact cards"), cards_to_hand_out),
)
