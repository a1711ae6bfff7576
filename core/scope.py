"""Reach: which rows a person may see. One definition; lists, choices, exports, pages and imports all derive from it.

A person's posts of today give him grants (accounts/scope.py makes them). A grant is a role at a unit:

    company | structure | region | project | team | crew | department

A model names its way up once, as field paths (`scope_paths = ("team__project__region",)`); a model that *is* a unit says so
(`scope_unit = "project"`). Whoever holds a unit on the way reaches the row. No grant, no rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

# Whoever holds posts: the user model of a higher floor, which core does not know.
Person = Any


class Level(StrEnum):
    COMPANY = "company"
    STRUCTURE = "structure"  # units, people and posts, but nothing that they recorded (system administrator)
    REGION = "region"
    PROJECT = "project"
    TEAM = "team"
    CREW = "crew"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role at a unit; `unit_id` is None for company and structure."""

    role: str
    level: Level
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a person's posts of today add up to."""

    grants: tuple[Grant, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def whole_company(self) -> bool:
        return any(grant.level == Level.COMPANY for grant in self.grants)

    @property
    def whole_structure(self) -> bool:
        return any(grant.level in (Level.COMPANY, Level.STRUCTURE) for grant in self.grants)

    def units(self, level: Level | str, *roles: str) -> frozenset[int]:
        """Primary keys of the units held at `level`; where roles are named, those held in one of them."""
        return frozenset(
            grant.unit_id
            for grant in self.grants
            if grant.level == level and grant.unit_id is not None and (not roles or grant.role in roles)
        )

    def holds(self, *roles: str) -> bool:
        """Whether one of `roles` is held anywhere."""
        return not self.roles.isdisjoint(roles)

    def holds_at(self, level: Level | str, unit_id: int | None, *roles: str) -> bool:
        """Whether one of `roles` is held at just this unit."""
        return any(grant.level == level and grant.unit_id == unit_id and grant.role in roles for grant in self.grants)


NOWHERE = Scope()


@lru_cache(maxsize=128)
def lookups_upward(model: type["Scoped"]) -> tuple[tuple[str, str], ...]:
    """Pairs (lookup, level) along the model's scope paths, the model itself first if it is a unit."""
    return tuple(_lookups(model))


def _lookups(model: type["Scoped"]) -> Iterator[tuple[str, str]]:
    if model.scope_unit:
        yield "pk", model.scope_unit
    for path in model.scope_paths:
        here: Any = model
        steps = path.split("__")
        for depth, step in enumerate(steps, start=1):
            here = here._meta.get_field(step).related_model
            if getattr(here, "scope_unit", ""):
                yield "__".join(steps[:depth]), here.scope_unit


class ScopedQuerySet(models.QuerySet):
    """A queryset that can be asked for somebody's rows, and gives nothing to nobody."""

    model: Any

    def visible_to(self, user: Person) -> Self:
        """The rows within the person's reach today."""
        scope: Scope = getattr(user, "scope", NOWHERE)
        if scope.whole_company or (self.model.scope_is_structure and scope.whole_structure):
            return self.all()
        return self.filter(self.reach_of(scope))

    def with_records_for(self, user: Person) -> Self:
        """The units whose records the person may see: like `visible_to`, without those seen as bare structure."""
        scope: Scope = getattr(user, "scope", NOWHERE)
        return self.all() if scope.whole_company else self.filter(self.reach_of(scope))

    def reach_of(self, scope: Scope) -> Q:
        """The condition for one scope; models reached through children override this."""
        reach = Q(pk__in=())
        for lookup, level in lookups_upward(self.model):
            if units := scope.units(level):
                reach |= Q(**{f"{lookup}__in": units})
        return reach


class Scoped(models.Model):
    """A row that lies in somebody's reach."""

    scope_paths: ClassVar[tuple[str, ...]] = ()
    scope_unit: ClassVar[str] = ""
    scope_is_structure: ClassVar[bool] = False
    is_confidential: ClassVar[bool] = False  # that there is a row at all says something of a person: never named as a reason

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
