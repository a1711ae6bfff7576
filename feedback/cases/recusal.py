"""Recusal (回避): who must not deal with a case nor know of it, and which units therefore see it.

    a liaison, a team's boss        nobody of the team; the project deals with it (liaisons see what they wrote themselves)
    the project                     the whole project; the region supervises
    the regional coordinator        the region and all its projects; headquarters
    a department                    that department; the others go on as usual
    somebody at headquarters        that person, and everybody below headquarters
    somebody else, unclear who      everybody below headquarters

Straight to the company (直送公司): nobody below headquarters either, until headquarters shows it to somebody.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from feedback.models import Case, CaseAccused, CaseSight, Tier
from regions.models import Department

Who = CaseAccused.Who
Part = CaseSight.Part
NOT_THE_PROJECT = frozenset({Who.PROJECT, Who.REGION, Who.HEADQUARTERS, Who.UNKNOWN})
NOT_THE_REGION = frozenset({Who.REGION, Who.HEADQUARTERS, Who.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Barred:
    """What is closed to a case: tiers as a whole, departments by key, people by key."""

    project: bool = False
    region: bool = False
    departments: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    def tier(self, tier: str, department: Department | None = None) -> bool:
        """Whether a case must not go there."""
        if tier == Tier.DEPARTMENT:
            return department is None or department.pk in self.departments
        return {Tier.PROJECT: self.project, Tier.REGION: self.region}.get(Tier(tier), False)


def barred(accused: Iterable[CaseAccused]) -> Barred:
    """What those whom a case names close to it."""
    rows = list(accused)
    who = {row.who for row in rows}
    return Barred(
        project=bool(who & NOT_THE_PROJECT),
        region=bool(who & NOT_THE_REGION),
        departments=frozenset(row.department_id for row in rows if row.department_id is not None),
        people=frozenset(row.person_id for row in rows if row.person_id is not None),
    )


def barred_of(case: Case) -> Barred:
    return barred(case.accused.all())


def first_sights(case: Case, closed: Barred) -> list[CaseSight]:
    """Who sees a case from the beginning: headquarters always; region and project unless they are closed or passed by."""
    has_region = case.region_id is not None and not closed.region and not case.is_direct
    has_project = case.project_id is not None and not closed.project and not case.is_direct
    sights = [CaseSight(case=case, tier=Tier.COMPANY, part=Part.COPIED if has_region else Part.SUPERVISOR)]
    if has_region:
        sights.append(CaseSight(case=case, tier=Tier.REGION, part=Part.SUPERVISOR, region=case.region))
    if has_project:
        sights.append(CaseSight(case=case, tier=Tier.PROJECT, part=Part.LOCAL, project=case.project))
    return sights
