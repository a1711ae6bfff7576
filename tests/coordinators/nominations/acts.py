"""The verbs of a nomination, as tests call them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from coordinators.models import Nomination
from coordinators.nominations import workflow
from coordinators.nominations.workflow import Amendment, Appointment, Induction
from core.personal import Phone
from tests.factories.nominations import letter_file

Kind = Nomination.PostKind


def act(verb: str, nomination: Nomination, by: User) -> Nomination:
    """The verb with everything that it asks for."""
    if verb == "amend":
        return workflow.amend(nomination, by=by, amendment=amendment(nomination, reason="更熟悉队伍"))
    if verb == "add_letter":
        return workflow.add_letter(nomination, by=by, letter=letter_file())
    if verb == "check":
        return workflow.check(nomination, by=by, criteria=list(Nomination.CRITERIA))
    if verb == "induct":
        return workflow.induct(nomination, by=by, induction=induction())
    if verb == "approve":
        return workflow.approve(nomination, by=by)
    if verb == "decide":
        return workflow.decide(nomination, by=by, appointment=appointment(nomination.from_on))
    return (workflow.decline if verb == "decline" else workflow.withdraw)(nomination, by=by, word="另有安排")


def amendment(nomination: Nomination, **changed: Any) -> Amendment:
    """As the form hands it over: what is not changed stays as it is."""
    names = ("name", "phone", "main_job", "from_on", "to_on", "reason")
    return Amendment(**({name: getattr(nomination, name) for name in names} | changed))


def induction(**changed: Any) -> Induction:
    whole = {"topics": tuple(Nomination.TOPICS), "method": "both", "on": timezone.localdate(), "result": "合格"}
    return Induction(**(whole | changed))


def appointment(from_on: date, **changed: Any) -> Appointment:
    return Appointment(**({"document_no": "机械党〔2026〕31号", "from_on": from_on} | changed))


def proposal(**fields: Any) -> Nomination:
    """A nomination as a form hands it over: not saved."""
    whole = {
        "post_kind": Kind.PART_TIME,
        "name": "周小川",
        "phone": Phone.parse("15488880001"),
        "main_job": "工会干事",
        "from_on": timezone.localdate() + timedelta(days=10),
        "reason": "熟悉队伍",
    }
    return Nomination(**(whole | fields))
