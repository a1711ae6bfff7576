"""Users and the posts that give them reach."""

from functools import lru_cache

import factory
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from accounts.models import StaffPost, User
from coordinators.models import Coordinator, Liaison
from core.roles import Role
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Department, Project, Region
from tests.factories.numbers import day, person_name, phone
from tests.factories.roster import LabourTeamFactory, WorkCrewFactory
from tests.factories.units import DepartmentFactory, ProjectFactory, RegionFactory

PASSWORD = "lianxin-demo-2026"


@lru_cache(maxsize=1)
def hashed_password() -> str:
    """One hash for all: hashing is slow on purpose."""
    return make_password(PASSWORD)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user-{n}")
    name = factory.Sequence(person_name)
    phone = factory.Sequence(lambda n: phone(5_000_000 + n))
    password = factory.LazyFunction(hashed_password)
    must_change_password = False


class StaffPostFactory(DjangoModelFactory):
    """Any role of StaffPost; project and department come along where the role needs one."""

    class Meta:
        model = StaffPost

    class Params:
        of_project = factory.LazyAttribute(lambda post: post.role in StaffPost.PROJECT_ROLES)
        of_department = factory.LazyAttribute(lambda post: post.role == Role.DEPARTMENT_OFFICER)
        ended = factory.Trait(to_on=day(-1))

    person = factory.SubFactory(UserFactory)
    role = Role.PARTY_ORGANISATION
    project = factory.Maybe("of_project", factory.SubFactory(ProjectFactory), None)
    department = factory.Maybe("of_department", factory.SubFactory(DepartmentFactory), None)
    from_on = day(-365)


class CoordinatorFactory(DjangoModelFactory):
    """Full-time for a region, unless `part_time` or a project says otherwise."""

    class Meta:
        model = Coordinator

    class Params:
        full_time = factory.Trait(project=None)
        part_time = factory.Trait(project=factory.SubFactory(ProjectFactory))
        acting = factory.Trait(is_acting=True)
        ended = factory.Trait(to_on=day(-1))

    person = factory.SubFactory(UserFactory)
    project = None
    region = factory.Maybe("project", None, factory.SubFactory(RegionFactory))
    kind = factory.LazyAttribute(lambda post: Coordinator.Kind.PART_TIME if post.project else Coordinator.Kind.FULL_TIME)
    is_labour_manager = factory.LazyAttribute(lambda post: post.project is None)
    main_job = factory.LazyAttribute(lambda post: "综合办公室主任" if post.project else "")
    from_on = day(-365)


class LiaisonFactory(DjangoModelFactory):
    """Of a team, unless `for_crew` or a crew says otherwise."""

    class Meta:
        model = Liaison

    class Params:
        for_crew = factory.Trait(crew=factory.SubFactory(WorkCrewFactory))
        ended = factory.Trait(to_on=day(-1))

    person = factory.SubFactory(UserFactory)
    crew = None
    team = factory.Maybe("crew", factory.SelfAttribute("crew.team"), factory.SubFactory(LabourTeamFactory))
    from_on = day(-365)


def person_with(
    role: str,
    *,
    region: Region | None = None,
    project: Project | None = None,
    team: LabourTeam | None = None,
    crew: WorkCrew | None = None,
    department: Department | None = None,
) -> User:
    """A user who holds the kind of post that gives `role`, at the unit given (or at a new one of the right kind)."""
    units = {"region": region, "project": project, "team": team, "crew": crew, "department": department}
    given = {name: unit for name, unit in units.items() if unit is not None}
    if role == Role.LIAISON:
        given = {"team__project__region" if name == "region" else name: unit for name, unit in given.items()}
        given = {"team__project" if name == "project" else name: unit for name, unit in given.items()}
        return LiaisonFactory(**given).person
    if role == Role.REGIONAL_COORDINATOR:
        return CoordinatorFactory(full_time=True, **given).person
    if region is not None:
        given = {"project__region": given.pop("region"), **given}
    if role == Role.PROJECT_COORDINATOR:
        return CoordinatorFactory(part_time=True, **given).person
    return StaffPostFactory(role=role, **given).person
