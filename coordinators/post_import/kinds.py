"""What tells liaisons and coordinators apart when their lists are imported; everything else is the same for both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from coordinators.models import Coordinator, Liaison
from coordinators.post_import.sheet import NO, YES
from imports.sheets import SheetDefinition
from regions.models import Project

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.querysets import PostQuerySet

InPost = Coordinator | Liaison


@dataclass(frozen=True, slots=True)
class Words:
    """`known` and `beside` have a place for a name."""

    known: "_StrPromise"  # the mobile is somebody else's
    beside: "_StrPromise"  # others hold the same post
    left: "_StrPromise"  # why the post of somebody ends who is not on the list


@dataclass(frozen=True, slots=True)
class Kind:
    sheet: SheetDefinition
    model: type[Coordinator] | type[Liaison]
    project_path: str  # from a post to its project
    page: str  # the name of a post's page
    joins: tuple[str, ...]  # what a post's unit is made of
    said: tuple[str, ...]  # fields that a sheet may change in a post that is there
    fixed: tuple[str, ...]  # fields that it does not change, but that tell whether somebody else has
    unit: Callable[[Project, Mapping[str, Any]], dict[str, Any]]  # of a new post, from the plan of its row
    unit_words: Callable[[Any], str]
    words: Words

    @property
    def state(self) -> tuple[str, ...]:
        """A post as it was when it was compared, or written: what tells whether somebody changed it since."""
        return (*self.fixed, *self.said, "from_on", "end_reason")

    def posts(self, project: Project) -> "PostQuerySet":
        rows = self.model.objects.filter(**{self.project_path: project})
        return rows.select_related("person", *self.joins)

    def seen(self, post: InPost) -> list[Any]:
        """The state as JSON keeps it."""
        return [value.isoformat() if isinstance(value, date) else value for value in (getattr(post, name) for name in self.state)]

    def put_back(self, post: InPost, state: list[Any]) -> None:
        """Give the post a state that `seen` made."""
        for name, value in zip(self.state, state, strict=True):
            is_day = name.endswith("_on") and value is not None
            setattr(post, name, date.fromisoformat(value) if is_day else value)
        post.save(update_fields=self.state)


def as_said(post: InPost, field: str) -> Any:
    """A post's field as a sheet says it."""
    value = getattr(post, field)
    if isinstance(value, bool):
        return YES if value else NO
    return value


def as_held(field: str, said: str) -> Any:
    """What a sheet said, staged as text, as the post holds it."""
    if field.startswith("is_"):
        return said == YES
    return date.fromisoformat(said) if field.endswith("_on") else said
