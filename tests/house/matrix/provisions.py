"""Provisions, rights exercised and duties."""

from typing import Any

from coordinators.models import PostProvision, ProvisionEdition, RightExercise
from core.attachments import keep_photo
from core.roles import Role
from regions.models import Region
from tests.factories import CoordinatorFactory, ProjectFactory, ProvisionEditionFactory, RightExerciseFactory
from tests.factories.attachments import uploaded
from tests.house.pages import BOTH, EVERYBODY, NOWHERE_ID, Page, coordinator_args, records
from tests.world import Company

ABOVE_A_CREW = EVERYBODY - {Role.LIAISON}
MAY_BE_REFUSED = frozenset({200, 302, 403})


def edition_args(company: Company, where: str) -> list[Any]:
    edition = ProvisionEdition.objects.order_by("number").first() or ProvisionEditionFactory(texts=3)
    return [edition.number]


def right_args(company: Company, where: str) -> list[Any]:
    """With a photo, so that its address has something to serve."""
    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    found = RightExercise.objects.filter(coordinator__project=project).first()
    if found is None:
        coordinator = CoordinatorFactory(project=project)
        photo = keep_photo(uploaded(), by=coordinator.person)
        found = RightExerciseFactory(coordinator=coordinator, photo=photo)
    return [found.pk]


PAGES: dict[str, Page] = {
    "rules": Page(has_unit=False),
    "provisions": Page(has_unit=False, roles=ABOVE_A_CREW),
    "provisions-edition": Page(edition_args, has_unit=False, roles=ABOVE_A_CREW),
    "rights": Page(has_unit=False, roles=ABOVE_A_CREW),
    "right-new": Page(methods=BOTH, has_unit=False, roles=ABOVE_A_CREW, ok=MAY_BE_REFUSED),
    "right": Page(right_args, reach=records, roles=ABOVE_A_CREW),
    "right-edit": Page(right_args, methods=BOTH, reach=records, roles=ABOVE_A_CREW, ok=MAY_BE_REFUSED),
    "right-photo": Page(right_args, reach=records, roles=ABOVE_A_CREW),
    "duties": Page(coordinator_args, reach=records, roles=ABOVE_A_CREW),
}


def fill(region: Region) -> None:
    """Of the region's coordinator and of a project's, with and without a duty."""
    duty = PostProvision.objects.filter(kind=PostProvision.Kind.DUTY).first()
    RightExerciseFactory(coordinator=CoordinatorFactory(region=region, ended=True), duty=duty)
    RightExerciseFactory(coordinator=CoordinatorFactory(project=ProjectFactory(region=region)))
