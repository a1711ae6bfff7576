"""What has changed between two contents, in sentences that somebody can act on."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordinators.models import RightsBoard
from coordinators.paper.content import STATUTORY, Said

FACTS = {
    "project": gettext_lazy("project's name"),
    "region": gettext_lazy("region's name"),
    "unit": gettext_lazy("team's or crew's name"),
    "hotline": gettext_lazy("hotline"),
    "mailbox_place": gettext_lazy("where the mailbox hangs"),
    "mailbox_note": gettext_lazy("when the mailbox is opened, and by whom"),
}
# One sentence for each thing that a board says of a person; the name has one of its own.
OF_A_PERSON = {
    "phone": gettext_lazy("%(name)s: the mobile number changed"),
    "photo": gettext_lazy("%(name)s: the photo changed"),
    "title": gettext_lazy("%(name)s: the post changed"),
    "duties": gettext_lazy("%(name)s: the duties changed"),
    "team": gettext_lazy("%(name)s: the labour team changed"),
    "place": gettext_lazy("%(name)s: the work point changed"),
}


def changes(old: Said, new: Said) -> list[str]:
    """One sentence a change, people first; none exactly when both say the same. What one of them lacks counts as empty."""
    return [*_of_people(old.get("people", []), new.get("people", [])), *_of_facts(old, new)]


def _of_facts(old: Said, new: Said) -> list[str]:
    keys = [key for key in dict.fromkeys([*new, *old]) if key != "people"]
    return [_("Changed: %(what)s") % {"what": _label(key)} for key in keys if old.get(key, "") != new.get(key, "")]


def _label(key: str) -> str:
    return str(RightsBoard._meta.get_field(key).verbose_name) if key in STATUTORY else str(FACTS.get(key, key))


def _of_people(old: list[Said], new: list[Said]) -> list[str]:
    before, after = {_post(each): each for each in old}, {_post(each): each for each in new}
    said = [_("%(name)s is no longer in post, or no longer shown") % each for post, each in before.items() if post not in after]
    for post, each in after.items():
        said += _of_person(before[post], each) if post in before else [_added(each)]
    kept = [post for post in before if post in after]
    if kept != [post for post in after if post in before] or (not said and list(before) != list(after)):
        said.append(_("The order of the people changed"))
    return said


def _post(person: Said) -> tuple[Any, Any]:
    """A person is known by the post he holds: whoever follows in it under another row is somebody new."""
    return person["is_liaison"], person["post"]


def _added(person: Said) -> str:
    return (_("New liaison: %(name)s") if person["is_liaison"] else _("New coordinator: %(name)s")) % person


def _of_person(old: Said, new: Said) -> list[str]:
    said = [sentence % new for key, sentence in OF_A_PERSON.items() if old.get(key, "") != new.get(key, "")]
    if old["name"] != new["name"]:
        said.insert(0, _("%(old)s is now called %(new)s") % {"old": old["name"], "new": new["name"]})
    return said
