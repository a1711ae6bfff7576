"""Whose mobile it is: somebody who has an account gets his next post on it, wherever in the company he had the one before.

A mobile is one person's, so there is never a second account with it. Under the same name the account is taken silently, as an
import engages a worker who is known elsewhere (docs/adr/0009); it is spoken of only where he is the project's own anyway. Under
another name, or where the account is closed, nothing is written: one of the two is mistyped.
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.models import StaffPost, User
from coordinators.models import Coordinator, Liaison
from core.personal import Phone
from labour_teams.roster_import.known import folded
from regions.models import Project

TAKEN = _(
    "There is an account with this mobile under another name, or a closed one. "
    "Compare the number with the paper; if it is right, ask the system administrator."
)
HAS_ACCOUNT = _("%s has an account already. The post goes to it; no second one is made.")


def accounts_by_phone(phones: Iterable[Phone]) -> dict[str, list[User]]:
    """Keyed hash of a mobile → the accounts that have it; one query."""
    wanted = {phone.hashed: phone for phone in phones}
    found: dict[str, list[User]] = {}
    for account in User.objects.filter(phone_tail__in={phone.tail for phone in wanted.values()}).order_by("pk"):
        if account.phone and account.phone.hashed in wanted:
            found.setdefault(account.phone.hashed, []).append(account)
    return found


def owner_of(name: str, accounts: Iterable[User]) -> User | None:
    """Of the accounts with somebody's mobile his own: open, and under his name."""
    return next((each for each in accounts if each.is_active and folded(each.name) == folded(name)), None)


def people_of(project: Project) -> set[int]:
    """Whoever holds or held a post of this project."""
    held = (
        StaffPost.objects.filter(project=project),
        Coordinator.objects.filter(project=project),
        Liaison.objects.filter(team__project=project),
    )
    return {person for posts in held for person in posts.values_list("person", flat=True)}
