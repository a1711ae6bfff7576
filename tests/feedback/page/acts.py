"""What tests of the case page do again and again: a case on its way, a person's page, a verb pressed."""

from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from feedback.models import Case
from tests.house.crawl import client_for

ANSWER = {"text": "热水器已经换新，当天能用。", "outcome": "done"}


def page_of(case: Case, user: User) -> Any:
    return client_for(user).get(reverse("case", args=[case.number]))


def buttons_for(case: Case, user: User) -> set[str]:
    return page_of(case, user).context["buttons"].verbs


def press(case: Case, user: User, verb: str, **typed: Any) -> Any:
    """POST a verb as its form would."""
    return client_for(user).post(address(case, verb), typed)


def address(case: Case, verb: str) -> str:
    return reverse(f"case-{verb}", args=[case.number])


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def said_at(answer: Any) -> dict[str, list[str]]:
    """Field → what its form says, of an answer that shows the form again."""
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


__all__ = ["ANSWER", "Client", "address", "again", "buttons_for", "page_of", "press", "said_at"]
