"""Which cases, and what belongs to them.

A case is seen by the units that it was shown to (CaseSight), not by whoever stands above the place where it came up. Whoever it
names never sees it, nor does his line: they are given no sight, and are left out here once more (AC-13). A sensitive case is
seen by named people alone.
"""

from typing import Any, Self

from django.db.models import Q
from django.utils import timezone

from core.roles import MANAGING_DEPARTMENTS, READERS, Role
from core.scope import NOWHERE, Level, Scope, ScopedQuerySet
from labour_teams.models import LabourTeam
from regions.models import Department

# The roles that are a department of their own, by its code.
DEPARTMENTS = {
    Role.PARTY_PERSONNEL: Department.PARTY_PERSONNEL,
    Role.PARTY_ORGANISATION: Department.PARTY_ORGANISATION,
    Role.LABOUR_CENTRE: Department.LABOUR_CENTRE,
}
AT_HEADQUARTERS = MANAGING_DEPARTMENTS | READERS
ON_PROJECTS = (Role.PROJECT_COORDINATOR,)
# A project's Party work committee sees what the project itself has to deal with, not all that came up there.
WHERE_THE_PROJECT_ACTS = ("lead", "joint")


def codes_held(scope: Scope) -> list[str]:
    """The departments for which somebody speaks by his role."""
    return [code for role, code in DEPARTMENTS.items() if scope.holds(role)]


def sights_of(scope: Scope) -> Q:
    """The condition on CaseSight for one scope; only what is held is asked for, which keeps the statement short."""
    seen = Q(pk__in=())
    if regions := scope.units(Level.REGION, Role.REGIONAL_COORDINATOR):
        seen |= Q(tier="region", region__in=regions)
    if projects := scope.units(Level.PROJECT, *ON_PROJECTS):
        seen |= Q(tier="project", project__in=projects)
    if committees := scope.units(Level.PROJECT, Role.PROJECT_COMMITTEE):
        seen |= Q(tier="project", part__in=WHERE_THE_PROJECT_ACTS, project__in=committees)
    if departments := departments_of(scope):
        seen |= Q(tier="department") & departments
    return seen | Q(tier="company") if scope.holds(*AT_HEADQUARTERS) else seen


def departments_of(scope: Scope) -> Q:
    """The condition on a row with a department, for whom somebody speaks by his post or by his role; empty where for none."""
    spoken_for = Q()
    if units := scope.units(Level.DEPARTMENT):
        spoken_for |= Q(department__in=units)
    if codes := codes_held(scope):
        spoken_for |= Q(department__code__in=codes)
    return spoken_for


class CaseQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """What the person's units were shown, what he was named for, and what he wrote down himself as a liaison."""
        scope: Scope = getattr(user, "scope", NOWHERE)
        if not scope.grants:
            return self.none()
        seen = Q(is_sensitive=False) & (self.reach_of(scope) | self._written_down_by(user, scope))
        return self.filter(seen | self._trusted_to(user, scope)).exclude(pk__in=self._naming(user, scope))

    def with_records_for(self, user: Any) -> Self:
        return self.visible_to(user)

    def reach_of(self, scope: Scope) -> Q:
        return Q(pk__in=self._related("sights").filter(sights_of(scope)).values("case"))

    def open(self) -> Self:
        return self.filter(status__in=self.model.OPEN)

    def unanswered(self) -> Self:
        return self.filter(status__in=self.model.UNANSWERED)

    def leading(self) -> Self:
        """Without the duplicates that are dealt with under another case."""
        return self.filter(lead=None)

    def for_list(self) -> Self:
        return self.select_related("category", "region", "project", "team", "handler").order_by("-registered_on", "number")

    def _written_down_by(self, user: Any, scope: Scope) -> Q:
        return Q(registered_by=user.pk) if scope.holds(Role.LIAISON) else Q(pk__in=())

    def _trusted_to(self, user: Any, scope: Scope) -> Q:
        """Sensitive cases: the Party organisation department, officers named for all of them, officers named for this one."""
        if scope.holds(Role.PARTY_ORGANISATION):
            return Q(is_sensitive=True)
        today = timezone.localdate()
        offices = user.sensitive_offices.filter(Q(to_on=None) | Q(to_on__gte=today), from_on__lte=today)
        if offices.exists():
            return Q(is_sensitive=True)
        return Q(is_sensitive=True, pk__in=self._related("officers").filter(person=user.pk).values("case"))

    def _naming(self, user: Any, scope: Scope) -> Any:
        """Cases that name the person, or the department that he speaks for."""
        return self._related("accused").filter(Q(person=user.pk) | departments_of(scope)).values("case")

    def _related(self, name: str) -> Any:
        """The rows of a related model, which stands above this file."""
        return self.model._meta.get_field(name).related_model._default_manager


class OfCaseQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """What belongs to a case is seen with it."""
        return self.filter(self._of_seen_cases(user))

    def with_records_for(self, user: Any) -> Self:
        return self.visible_to(user)

    def _of_seen_cases(self, user: Any) -> Q:
        cases: Any = self.model._meta.get_field("case").related_model
        return Q(case__in=cases._default_manager.visible_to(user))


class RevisitQuerySet(OfCaseQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Also for whoever is to go: he stands outside the handling line and sees nothing else of the case."""
        if not getattr(user, "scope", NOWHERE).grants:
            return self.none()
        return self.filter(self._of_seen_cases(user) | Q(asked=user.pk))

    def asked_of(self, user: Any) -> Self:
        """Those for which somebody is to go himself: `visible_to` has no more to say of them."""
        return self.filter(asked=user.pk) if getattr(user, "scope", NOWHERE).grants else self.none()


class OfTeamQuerySet(ScopedQuerySet):
    def reach_of(self, scope: Scope) -> Q:
        """A liaison reaches what belongs to his team, also where he serves one crew of it."""
        served = LabourTeam.objects.filter(crews__in=scope.units(Level.CREW)).values("pk")
        return super().reach_of(scope) | Q(team__in=served)
