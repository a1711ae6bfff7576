"""What a person may do with an entry that he sees. Buttons and pages ask the same."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from feedback.cases.intake import can_register
from handbook import policies
from handbook.entries.menu import kinds_offered
from handbook.kinds.named import NAMED
from handbook.models import HandbookEntry

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Doing:
    """`tick`: people by name, of an entry that has a place with people; `copy`: begin another one like it."""

    amend: bool
    withdraw: bool
    tick: bool
    open_matter: bool
    copy: bool

    def __bool__(self) -> bool:
        return self.amend or self.withdraw or self.tick or self.open_matter or self.copy


def doing_of(entry: HandbookEntry, user: "User") -> Doing:
    amend = policies.can_amend(user, entry, timezone.localdate())
    return Doing(
        amend=amend,
        withdraw=policies.can_withdraw(user, entry),
        tick=amend and can_name(entry),
        open_matter=entry.is_standing and not entry.is_planned and can_register(user),
        copy=entry.author_id == user.pk and entry.kind in kinds_offered(user),
    )


def can_name(entry: HandbookEntry) -> bool:
    """Of what took place somewhere: an entry of the whole company has no list of people."""
    return entry.kind in NAMED and not entry.is_planned and entry.region_id is not None
