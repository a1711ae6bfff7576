"""Which buttons a person sees on a case: only what the rules allow now; one of them is the next natural step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import pgettext

from feedback.cases import workflow
from feedback.cases.page.verbs import BY_NAME, NEXT, URGENT, VERBS, Verb
from feedback.cases.policies import FOR_THE_LEAD, is_in_doubt
from feedback.models import Case, CaseSight

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Button:
    """`posts`: pressing it acts; otherwise it leads to a form. One that is quick acts too, with the word beside it."""

    verb: Verb
    url: str
    label: Any
    icon: str

    @property
    def posts(self) -> bool:
        return not self.verb.asks


@dataclass(frozen=True, slots=True)
class Buttons:
    """`first` is the primary one; `rare` ones lie in a fold."""

    first: Button | None
    others: tuple[Button, ...]
    rare: tuple[Button, ...]

    def __bool__(self) -> bool:
        return bool(self.first or self.others or self.rare)

    @property
    def verbs(self) -> set[str]:
        every = (*((self.first,) if self.first else ()), *self.others, *self.rare)
        return {button.verb.name for button in every}


def buttons_of(case: Case, user: "User", *, asks: bool) -> Buttons:
    """`case`: with what the rules look at (reading.RELATED). `asks`: the worker spoke after his answer and waits for a word."""
    moves = [name for name in workflow.LIFECYCLE.allowed_moves(case, user) if name in BY_NAME]
    first = "remark" if asks and "remark" in moves and case.replied_at else next_step(case, moves)
    if "redo" in moves and is_in_doubt(case):  # what is said against it stands beside it, or is a remark
        first = "redo"
    rest = [verb for verb in VERBS if verb.name in moves and verb.name != first]
    rare = {verb for verb in rest if verb.is_rare or (verb.name == "deliver" and case.delivered_at)}
    usual = [button for verb in rest if verb not in rare for button in _buttons(case, verb)]
    beside = [_answering(case)] if first == "remark" else _buttons(case, BY_NAME[first]) if first else []
    return Buttons(
        beside[0] if beside else None,
        (*beside[1:], *usual),
        tuple(button for verb in rest if verb in rare for button in _buttons(case, verb)),
    )


def next_step(case: Case, moves: Sequence[str]) -> str:
    """The verb of the primary button, "" where nothing is this person's to do next."""
    told = case.delivered_at is not None
    wanted = [name for name in (*URGENT, *NEXT.get(case.status, ())) if not (told and name == "deliver")]
    return next((name for name in wanted if name in moves), "")


def whose_turn(case: Case) -> str:
    """The unit that is to act: whoever deals with it, or the region that supervises it."""
    part = CaseSight.Part.LEAD if case.status in FOR_THE_LEAD else CaseSight.Part.SUPERVISOR
    return next((str(sight) for sight in case.sights.all() if sight.part == part), "")


def _answering(case: Case) -> Button:
    """A note that the worker reads too."""
    verb = BY_NAME["remark"]
    url = f"{reverse(verb.page, args=[case.number])}?is_public=on"
    return Button(verb, url, pgettext("verb of a case", "Answer his question"), "chat-left-text")


def _buttons(case: Case, verb: Verb) -> list[Button]:
    """One, but for the answer that was told, which was read aloud or said to him: each a button of its own."""
    url = reverse(verb.page, args=[case.number])
    if verb.name == "urge":
        return [Button(verb, url, pgettext("verb of a case", "Urge %(unit)s") % {"unit": whose_turn(case)}, verb.icon)]
    if verb.name != "deliver":
        return [Button(verb, url, verb.label, verb.icon)]
    return [
        Button(verb, f"{url}?how={Case.Delivery.READ_ALOUD}", pgettext("verb of a case", "Read aloud to the crew"), "megaphone"),
        Button(verb, f"{url}?how={Case.Delivery.IN_PERSON}", pgettext("verb of a case", "Told in person"), "telephone"),
    ]
