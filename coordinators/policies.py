"""What a post must say about its unit. The database holds the same by constraints; here it is said in words, field by field."""

from typing import Any

from django.utils.translation import gettext as _

from coordinators.models import Coordinator


def unit_problems(*, kind: str | None, region: Any, project: Any, is_labour_manager: bool) -> dict[str, str]:
    """A full-time coordinator has a region and no project, a part-time one a project and no region."""
    problems = {}
    if kind == Coordinator.Kind.FULL_TIME:
        if not region:
            problems["region"] = _("This kind of post belongs to a region.")
        if project:
            problems["project"] = _("Leave this empty for this kind of post.")
    if kind == Coordinator.Kind.PART_TIME:
        if not project:
            problems["project"] = _("This kind of post belongs to a project.")
        if region:
            problems["region"] = _("Leave this empty for this kind of post.")
        if is_labour_manager:
            problems["is_labour_manager"] = _("Only a regional coordinator is the region's labour manager.")
    return problems


def crew_problems(*, team: Any, crew: Any) -> dict[str, str]:
    """A liaison's crew is one of his team's."""
    return {"crew": _("This crew belongs to another team.")} if crew and team and crew.team_id != team.pk else {}
