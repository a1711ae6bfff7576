"""Handovers in each of their states."""

from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from inbox.models import Handover
from tests.factories.posts import CoordinatorFactory, LiaisonFactory, UserFactory

NOTES = {
    "tone": "隧道一队心气高，路基队盼着早点结账。",
    "promises": "答应过给路基队换一台饮水机。",
    "care": "老周腰伤刚好，别派重活。",
}


def _next_coordinator(handover: Any) -> Any:
    post = handover.coordinator
    return CoordinatorFactory(project=post.project) if post and post.project else None


def _next_liaison(handover: Any) -> Any:
    post = handover.liaison
    return LiaisonFactory(team=post.team, crew=post.crew) if post else None


class HandoverFactory(DjangoModelFactory):
    """Of a project coordinator's post that has ended, unless `of_liaison` or a post says otherwise."""

    class Meta:
        model = Handover

    class Params:
        of_liaison = factory.Trait(coordinator=None, liaison=factory.SubFactory(LiaisonFactory, for_crew=True, ended=True))
        handed_over = factory.Trait(
            status=Handover.Status.HANDED_OVER,
            notes=NOTES,
            handed_over_at=factory.LazyFunction(timezone.now),
            handed_over_by=factory.SubFactory(UserFactory),
        )
        accepted = factory.Trait(
            handed_over=True,
            status=Handover.Status.ACCEPTED,
            content={"sections": [{"title": "袖章", "lines": [{"what": "7号袖章，待交还", "note": "", "url": ""}]}]},
            accepted_at=factory.LazyFunction(timezone.now),
            accepted_by=factory.SubFactory(UserFactory),
            next_coordinator=factory.LazyAttribute(_next_coordinator),
            next_liaison=factory.LazyAttribute(_next_liaison),
        )

    coordinator = factory.Maybe("liaison", None, factory.SubFactory(CoordinatorFactory, part_time=True, ended=True))
    liaison = None
    begun_by = factory.SubFactory(UserFactory)
