"""What somebody may write, under the five tasks, with the last one of each kind that he wrote himself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max

from handbook import policies
from handbook.kinds.registry import FORMS
from handbook.lists.icons import ICONS
from handbook.models import HOLDS, EntryKind, HandbookEntry, Hold

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind on the menu; `last` is the key of his own latest entry of this kind, None where there is none."""

    kind: EntryKind
    icon: str
    last: int | None


def kinds_offered(user: "User") -> list[EntryKind]:
    """Kinds that the person's posts write and that there is a form for."""
    return [kind for kind in policies.kinds_written_by(user) if kind in FORMS]


def menu_of(user: "User") -> list[tuple[Hold, Sequence[Choice]]]:
    """The five tasks, each with its kinds; tasks without any are left out."""
    own = HandbookEntry.objects.visible_to(user).standing().filter(author=user)
    last = dict(own.order_by().values("kind").annotate(last=Max("pk")).values_list("kind", "last"))
    choices = [Choice(kind, ICONS[kind], last.get(kind)) for kind in kinds_offered(user)]
    groups = ((hold, [choice for choice in choices if HOLDS[choice.kind] == hold]) for hold in Hold)
    return [(hold, group) for hold, group in groups if group]
