"""What a board or a card says, as plain data that can be stored with a printed version, compared with today's, and printed.

Pure functions: live.py brings the data, drift.py compares two contents, layout.py makes pages of one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from coordinators.disclosure import Shown

Said = dict[str, Any]
PARTY_MASS, RIGHTS, CARD = "party_mass", "rights", "card"


@dataclass(frozen=True, slots=True)
class Site:
    """What is the same for all paper of a project."""

    project: str
    region: str
    hotline: str = ""
    mailbox_place: str = ""
    mailbox_note: str = ""


class Block(NamedTuple):
    """One of the three blocks that article 34 asks for, and the fields of RightsBoard that make it."""

    key: str
    fields: tuple[str, ...]


# Regulation on Ensuring Wage Payments to Rural Migrant Workers (State Council Decree 724), article 34, items 1 to 3.
BLOCKS = (
    Block("who", ("owner", "contractor", "subcontractors", "authority", "wage_officer", "wage_officer_phone")),
    Block("pay", ("minimum_wage", "pay_day")),
    Block(
        "complaints",
        (
            "authority_phone",
            "inspection",
            "inspection_phone",
            "arbitration",
            "arbitration_phone",
            "legal_aid",
            "legal_aid_phone",
            "legal_hotline",
        ),
    ),
)
STATUTORY = tuple(field for block in BLOCKS for field in block.fields)


def party_mass(site: Site, people: Iterable[Shown], photos: Mapping[int, str]) -> Said:
    """`photos`: number of an attachment → fingerprint of its content."""
    return {"kind": PARTY_MASS, **asdict(site), "people": [_person(each, photos) for each in people]}


def rights(site: Site, values: Mapping[str, Any]) -> Said:
    """`values`: fields of RightsBoard; what is missing is said as ""."""
    statutory = {field: _text(values.get(field)) for field in STATUTORY}
    return {"kind": RIGHTS, **asdict(site), **statutory}


def card(site: Site, unit: str, people: Iterable[Shown], photos: Mapping[int, str]) -> Said:
    """The first of `people` is whom one calls, the second his coordinator. The mailbox is no matter of a card's."""
    facts = {"project": site.project, "hotline": site.hotline, "unit": unit}
    return {"kind": CARD, **facts, "people": [_person(each, photos) for each in people]}


def gaps(said: Said) -> list[str]:
    """The statutory fields that a rights board lacks."""
    return [field for field in STATUTORY if not said.get(field)] if said["kind"] == RIGHTS else []


def has_somebody_to_call(said: Said) -> bool:
    """A board with neither a coordinator nor a hotline would send people nowhere."""
    return bool(said.get("hotline")) or any(not person["is_liaison"] for person in said.get("people", []))


def _person(shown: Shown, photos: Mapping[int, str]) -> dict[str, Any]:
    return {
        "is_liaison": shown.is_liaison,
        "post": shown.post_id,
        "name": shown.name,
        "phone": shown.phone,
        "title": shown.title,
        "duties": shown.duties,
        "team": shown.team,
        "place": shown.place,
        "photo": photos.get(shown.photo, "") if shown.photo else "",
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
