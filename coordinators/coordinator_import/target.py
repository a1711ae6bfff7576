"""A project's part-time coordinators, as the import pipeline knows them.

A list of coordinators goes round the nomination, in which two sides choose and each says yes for itself. It is there for those
who were in post before the system came (docs/adr/0017); whoever comes later is nominated.
"""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coordinators.coordinator_import.compare import CoordinatorComparer
from coordinators.models import Coordinator
from coordinators.post_import.target import post_target, written_posts
from coordinators.post_import.words import post_words
from core.roles import HEADQUARTERS, Role
from core.scope import Level
from imports.models import ImportJob
from imports.registry import Place
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User


def who_may(user: "User", project: Project) -> bool:
    """The departments that may write such a post in the admin site already: the sheet gives nobody anything new.

    Not the region's coordinator, though he imports liaisons: a liaison reaches one crew, a coordinator the records of a whole
    project, and of the two sides that choose him the region is only one. Nor anybody for a project whose coordinator he is.
    """
    scope = user.scope
    return scope.holds(*HEADQUARTERS) and not scope.holds_at(Level.PROJECT, project.pk, Role.PROJECT_COORDINATOR)


def places(job: ImportJob) -> list[Place]:
    """The project, whose page names its coordinators."""
    count = Coordinator.objects.filter(pk__in=written_posts(job)).count()
    return [Place(str(job.project), reverse("project", args=[job.project.code]), count)] if count else []


def names(project: Project) -> dict[str, list[str]]:
    return {}


COORDINATOR_TARGET = post_target(
    CoordinatorComparer,
    who_may,
    title=_("Import of coordinators"),
    sheet_title=_("Project coordinators"),
    shown=("name", "main_job", "phone", "from_on", "to_on", "is_acting", "document_no"),
    places=places,
    names=names,
    upload_page="coordinator-import",
    template_page="coordinator-import-template",
    order=3,
    words=post_words(
        written=_("The coordinators are written"),
        places=_("The coordinators of this file on the project’s page:"),
        missing=_("%(number)s coordinators of this project are not in the sheet."),
        all_there=_("Every coordinator of this project stands in the sheet."),
    ),
)
