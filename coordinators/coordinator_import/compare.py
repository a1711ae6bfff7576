"""A project's part-time coordinators hold the post side by side: all of them for the project, none of them for a part of it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from coordinators.coordinator_import.sheet import COORDINATORS
from coordinators.models import Coordinator
from coordinators.post_import.compare import PostComparer, Unit
from coordinators.post_import.kinds import Kind, Words
from imports.registry import Candidate
from imports.sheets import Issue
from regions.models import Project


def _unit(project: Project, plan: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": Coordinator.Kind.PART_TIME, "project": project}


COORDINATOR_KIND = Kind(
    sheet=COORDINATORS,
    model=Coordinator,
    project_path="project",
    page="coordinator",
    joins=("project",),
    said=("main_job", "to_on", "is_acting", "document_no"),
    fixed=("project_id",),
    unit=_unit,
    unit_words=lambda post: post.main_job,
    words=Words(
        known=gettext_lazy("This is the mobile of %s, who is a coordinator here."),
        beside=gettext_lazy("%s is a coordinator here too. If this one takes over, end that post."),
        left=gettext_lazy("Not on the list of coordinators any more."),
    ),
)


class CoordinatorComparer(PostComparer):
    kind = COORDINATOR_KIND

    def unit_of(self, post: Any) -> Unit:
        return {"project": post.project_id}

    def meant(self, row: Candidate) -> tuple[Unit, Issue | None]:
        return {"project": self.project.pk}, None
