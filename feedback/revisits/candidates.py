"""Who can be asked to go and see whether a case is settled: somebody outside the line that dealt with it.

    headquarters               the managing departments, unless theirs dealt with it
    the regional coordinator   of the region, unless the region dealt with it
    a liaison                  of another team of the project or the region

Never who answered it, saw it settled or is responsible for it, nor whom it names or his line. What is sensitive goes to those who
may read it, what was said straight to the company to headquarters alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone

from accounts.models import StaffPost, User
from accounts.posts import Post
from accounts.scope import in_words, post_models, scope_of
from coordinators.models import Coordinator, Liaison
from core.roles import MANAGING_DEPARTMENTS, READERS, Role
from core.scope import Level, Scope
from feedback.cases.recusal import Barred, barred_of
from feedback.cases.standing import lead_of
from feedback.models import Case, Tier
from feedback.querysets import DEPARTMENTS, codes_held
from labour_teams.models import LabourTeam


@dataclass(frozen=True, slots=True)
class Line:
    """What of a case decides who is outside its line."""

    people: frozenset[int] = frozenset()  # who is responsible, answered, saw it settled
    lead: str | None = None  # a tier
    lead_department: tuple[int, str] | None = None  # key and code
    project: int | None = None
    team: int | None = None
    region: int | None = None
    closed: Barred = field(default_factory=Barred)
    closed_codes: frozenset[str] = frozenset()
    is_direct: bool = False
    trusted: frozenset[int] | None = None  # sensitive: these people alone


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody with what he may do, and the teams (with project and region) that he serves as a liaison."""

    key: int
    scope: Scope
    serves: frozenset[tuple[int, int, int]] = frozenset()


def may_go(person: Placed, line: Line) -> bool:
    """Whether this person may be asked. A pure rule: everything that it needs is handed in."""
    if person.scope.roles <= READERS:  # they look, and write nothing down
        return False
    if person.key in line.people | line.closed.people or _speaks_for_closed(person, line) or _is_of_lead(person, line):
        return False
    if line.trusted is not None:
        return person.key in line.trusted
    if person.scope.holds(*MANAGING_DEPARTMENTS):
        return True
    if line.is_direct or line.closed.region:
        return False
    return _is_regional(person, line) or _is_liaison_elsewhere(person, line)


def _speaks_for_closed(person: Placed, line: Line) -> bool:
    """For a department that the case names, or for a project or region that it names."""
    scope = person.scope
    departments = bool(scope.units(Level.DEPARTMENT) & line.closed.departments) or bool(
        set(codes_held(scope)) & line.closed_codes
    )
    of_region = line.closed.region and line.region in scope.units(Level.REGION)
    of_project = line.closed.project and line.project in scope.units(Level.PROJECT)
    return departments or of_region or of_project


def _is_of_lead(person: Placed, line: Line) -> bool:
    """Of the unit that dealt with it, or of the project's own staff. Headquarters has several people."""
    scope = person.scope
    if line.project is not None and line.project in scope.units(Level.PROJECT):
        return True
    if line.lead == Tier.REGION:
        return line.region in scope.units(Level.REGION)
    if line.lead_department is None:
        return False
    key, code = line.lead_department
    return key in scope.units(Level.DEPARTMENT) or code in codes_held(scope)


def _is_regional(person: Placed, line: Line) -> bool:
    return person.scope.holds_at(Level.REGION, line.region, Role.REGIONAL_COORDINATOR)


def _is_liaison_elsewhere(person: Placed, line: Line) -> bool:
    """A liaison of another team of the region; of the project itself only if the case does not name that."""
    if line.team in {team for team, _project, _region in person.serves}:
        return False
    return any(
        region == line.region and not (line.closed.project and project == line.project)
        for _team, project, region in person.serves
    )


def line_of(case: Case) -> Line:
    lead = lead_of(case)
    accused = list(case.accused.select_related("department"))
    return Line(
        people=frozenset(key for key in (case.handler_id, case.replied_by_id, case.settled_by_id) if key is not None),
        lead=lead.tier if lead else None,
        lead_department=(lead.department.pk, lead.department.code) if lead and lead.department else None,
        project=case.project_id,
        team=case.team_id,
        region=case.region_id,
        closed=barred_of(case),
        closed_codes=frozenset(row.department.code for row in accused if row.department),
        is_direct=case.is_direct,
        trusted=_trusted(case) if case.is_sensitive else None,
    )


def candidates(case: Case) -> list[tuple[User, str]]:
    """Who may be asked today, with his posts in words: headquarters, the region, then liaisons."""
    line, today = line_of(case), timezone.localdate()
    posts = _posts_of(_people_near(case, today), today)
    teams = _teams_of(posts)
    found = [
        (person, held)
        for person, held in posts.items()
        if may_go(
            Placed(person.pk, scope_of(held), frozenset(teams[post.pk] for post in held if isinstance(post, Liaison))), line
        )
    ]
    found.sort(key=lambda each: (all(isinstance(post, Liaison) for post in each[1]), each[0].name_pinyin, each[0].pk))
    return [(person, in_words(str(post.title) for post in held)) for person, held in found]


def _people_near(case: Case, day: date) -> list[int]:
    """Everybody for whom the rule could say yes."""
    staff = Q(role__in=MANAGING_DEPARTMENTS) | Q(role__in=DEPARTMENTS)
    found = set(StaffPost.objects.held_on(day).filter(staff).values_list("person", flat=True))
    if case.is_sensitive:
        found |= _trusted(case)
    if case.region_id is not None:
        found |= set(Coordinator.objects.held_on(day).filter(region=case.region_id).values_list("person", flat=True))
        liaisons = Liaison.objects.held_on(day).filter(team__project__region=case.region_id)
        found |= set(liaisons.values_list("person", flat=True))
    return list(found)


def _posts_of(people: Iterable[int], day: date) -> dict[User, list[Post]]:
    """All posts of these people, not only the one for which they came into question."""
    keys = set(User.objects.active().filter(pk__in=people).values_list("pk", flat=True))
    posts: dict[User, list[Post]] = {}
    for model in post_models():
        found = model.objects.held_on(day).filter(person__in=keys).select_related("person", *model.title_joins)
        for post in found:
            posts.setdefault(post.person, []).append(post)
    return posts


def _teams_of(posts: dict[User, list[Post]]) -> dict[int, tuple[int, int, int]]:
    """Liaison's post → team, project and region."""
    liaisons = [post for held in posts.values() for post in held if isinstance(post, Liaison)]
    rows = LabourTeam.objects.filter(pk__in={post.team_id for post in liaisons}).values_list("pk", "project", "project__region")
    known = {row[0]: row for row in rows}
    return {post.pk: known[post.team_id] for post in liaisons}


def _trusted(case: Case) -> frozenset[int]:
    """Who may read this sensitive case: the Party organisation department, and the officers named for all or for this one."""
    today = timezone.localdate()
    department = StaffPost.objects.held_on(today).filter(role=Role.PARTY_ORGANISATION).values_list("person", flat=True)
    everybody = Q(sensitive_offices__from_on__lte=today) & (
        Q(sensitive_offices__to_on=None) | Q(sensitive_offices__to_on__gte=today)
    )
    officers = User.objects.filter(everybody).values_list("pk", flat=True)
    own = case.officers.values_list("person", flat=True)
    return frozenset([*department, *officers, *own])
