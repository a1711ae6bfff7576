"""A list of people in post, as the import pipeline knows it: what both kinds answer alike."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from coordinators.post_import.compare import PostComparer
from coordinators.post_import.sheet import LOADERS
from coordinators.post_import.undo import undo_of
from coordinators.post_import.write import writing_of
from imports.blocks import StagedRow
from imports.models import ImportJob, ImportTrace
from imports.registry import Party, Person, Target
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User


def post_target(comparer: type[PostComparer], who_may: "Callable[[User, Project], bool]", **own: Any) -> Target:
    """`own`: the fields of Target that differ (titles, pages, names, places, what is shown, the order)."""
    kind = comparer.kind

    def people(project: Project, numbers: Sequence[int]) -> list[Person]:
        found = {post.pk: post for post in kind.posts(project).filter(pk__in=numbers)}
        posts = [found[number] for number in numbers if number in found]
        return [Person(post.pk, post.person.name, kind.unit_words(post), reverse(kind.page, args=[post.pk])) for post in posts]

    return Target(
        key=kind.sheet.key,
        definition=kind.sheet,
        loaders=LOADERS,
        who_may=who_may,
        comparer=comparer,
        writing=writing_of(kind),
        undo=undo_of(kind),
        decisions=lambda row: [],
        twins=_nobody,
        people=people,
        **own,
    )


def written_posts(job: ImportJob) -> list[int]:
    """The numbers of the posts that the import wrote."""
    return [record[0] for trace in ImportTrace.objects.filter(job=job) for record in trace.records]


def _nobody(project: Project, rows: Sequence[StagedRow]) -> dict[int, Party]:
    """No row is ever a possible duplicate: a mobile is somebody's or nobody's."""
    return {}
