"""What the forms of a case offer: categories, departments, people in post, and cases to put it under."""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.utils import timezone

from accounts.scope import post_models
from core.roles import HEADQUARTERS, Role
from core.scope import Grant, Level
from feedback.cases.recusal import Barred, barred_of
from feedback.models import Case, CaseCategory
from feedback.querysets import CaseQuerySet
from regions.models import Department

if TYPE_CHECKING:
    from accounts.models import User

SUGGESTED = 8
AT_HEADQUARTERS = HEADQUARTERS | {Role.DEPARTMENT_OFFICER, Role.LEADER}


def categories() -> list[tuple[int, str]]:
    """Those in use, in their order."""
    return list(CaseCategory.objects.filter(is_active=True).order_by("order", "name").values_list("pk", "name"))


def departments_to_join(case: Case) -> list[tuple[int, str]]:
    """Departments that neither see the case yet nor are closed to it."""
    there = {sight.department_id for sight in case.sights.all() if sight.department_id is not None}
    closed = there | barred_of(case).departments
    departments = Department.objects.exclude(kind=Department.Kind.OUTSIDE).exclude(pk__in=closed).for_list()
    return [(department.pk, department.name) for department in departments]


def department(pk: int) -> Department:
    return Department.objects.get(pk=pk)


def category(pk: int) -> CaseCategory:
    return CaseCategory.objects.get(pk=pk)


def people_to_name(case: Case) -> list[tuple[int, str]]:
    """People in post at headquarters (a leader reads it), or coordinators of the case's region and project; not whom it names,
    nor his tier."""
    closed = barred_of(case)
    out = closed.people | set(case.officers.values_list("person", flat=True))
    found: dict[int, tuple[str, str]] = {}
    for model in post_models():
        held = model.objects.held_on(timezone.localdate()).filter(person__is_active=True)
        for post in held.exclude(person__in=out).select_related("person", *model.title_joins):
            if any(_fits(grant, case, closed) for grant in post.grants()):
                found.setdefault(post.person_id, (post.person.name_pinyin, f"{post.person.name}·{post.title}"))
    return [(key, words) for key, (_pinyin, words) in sorted(found.items(), key=lambda entry: entry[1])]


def person(pk: int) -> "User":
    found: User = get_user_model().objects.get(pk=pk)
    return found


def _fits(grant: Grant, case: Case, closed: Barred) -> bool:
    if grant.role in AT_HEADQUARTERS:
        return grant.level != Level.DEPARTMENT or grant.unit_id not in closed.departments
    if grant.role == Role.REGIONAL_COORDINATOR:
        return grant.unit_id == case.region_id and not closed.region
    return grant.role == Role.PROJECT_COORDINATOR and grant.unit_id == case.project_id and not closed.project


def cases_like(case: Case, user: "User") -> CaseQuerySet:
    """Open cases of the same project and category under which this one could be dealt with."""
    others = mergeable(case, user).filter(category=case.category_id)
    return others.order_by("-registered_on", "number")[:SUGGESTED]


def mergeable(case: Case, user: "User") -> CaseQuerySet:
    """Open cases of the same project, or of the region where no project is known, that this one may go on under."""
    rows: CaseQuerySet = Case.objects.visible_to(user)
    place = {"project": case.project_id} if case.project_id else {"region": case.region_id}
    return rows.open().leading().filter(is_sensitive=case.is_sensitive, **place).exclude(pk=case.pk)
