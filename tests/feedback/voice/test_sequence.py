"""What happened stands in the order in which it can only have come, though a worker's acts are dated to the quarter of a day."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.untraceable import rounded
from feedback.models import Case, CaseEvent, CaseMessage
from feedback.voice.matter import matter_of
from feedback.voice.sequence import in_order
from tests.factories import CaseFactory, UserFactory

QUARTER = rounded(timezone.now())
ANSWERED_TWICE = (
    ("register", "", "registered", None),
    ("route", "registered", "routed", None),
    ("accept", "routed", "accepted", 1),
    ("submit_reply", "accepted", "under_review", 2),
    ("approve_reply", "under_review", "answered", 3),
    ("worker_says", "answered", "answered", None),
    ("redo", "answered", "accepted", None),
    ("submit_reply", "accepted", "under_review", 4),
    ("approve_reply", "under_review", "answered", 5),
    ("remark", "answered", "answered", 6),
    ("worker_says", "answered", "answered", None),
    ("redo", "answered", "accepted", None),
)


def told(story: Any, case: Case) -> list[str]:
    """Writes events down, minutes into the quarter where staff acts; gives the verbs in order."""
    somebody = UserFactory()
    for verb, before, after, minutes in story:
        at = QUARTER + timedelta(minutes=minutes or 0)
        by = somebody if minutes else None
        CaseEvent.objects.create(case=case, verb=verb, from_status=before, to_status=after, at=at, by=by, is_public=True)
    return [event.verb for event in in_order(case.events.all())]


def test_a_no_stands_after_what_it_was_said_to(db: None) -> None:
    """All within one quarter, the second answer too."""
    assert told(ANSWERED_TWICE, CaseFactory()) == [verb for verb, *_rest in ANSWERED_TWICE]


@pytest.mark.parametrize("later", [1, 2])
def test_what_came_in_an_earlier_quarter_stands_before(db: None, later: int) -> None:
    case, hours = CaseFactory(), timedelta(hours=6 * later)
    CaseEvent.objects.create(case=case, verb="worker_says", from_status="accepted", to_status="accepted", at=QUARTER)
    accepted = {"from_status": "routed", "to_status": "accepted", "by": UserFactory()}
    CaseEvent.objects.create(case=case, verb="remark", at=QUARTER + hours + timedelta(minutes=5), **accepted)
    assert [event.verb for event in in_order(case.events.all())] == ["worker_says", "remark"]


def test_words_stand_beside_their_steps(db: None) -> None:
    case, somebody = CaseFactory(status="answered"), UserFactory()
    told(ANSWERED_TWICE, case)
    for minutes, words in ((3, "第一次答复"), (5, "第二次答复")):
        CaseMessage.objects.create(
            case=case, is_from_worker=False, words=words, at=QUARTER + timedelta(minutes=minutes), by=somebody
        )
    for words in ("没有解决。", "没有解决。"):
        CaseMessage.objects.create(case=case, is_from_worker=True, words=words, at=QUARTER)
    shown = [message.words for message in matter_of(case).messages]
    assert shown == ["第一次答复", "没有解决。", "第二次答复", "没有解决。"]


def test_a_message_without_a_step_is_not_lost(db: None) -> None:
    case = CaseFactory(status="answered")
    CaseMessage.objects.create(case=case, is_from_worker=True, words="补充一句", at=QUARTER)
    assert [message.words for message in matter_of(case).messages] == ["补充一句"]
