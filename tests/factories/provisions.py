"""Rights exercised, ticks of schemes, Party members on the register, and editions of the handbook.

Provisions and schemes come with the first migrations; a test on a flushed database makes its own with the factories here.
"""

from datetime import date
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from coordinators.models import (
    HandbookEdition,
    HandbookSection,
    PartyMemberLink,
    PartyMemberTick,
    PostProvision,
    ProvisionEdition,
    RightExercise,
    Scheme,
    SchemeCheck,
    SchemeItem,
)
from core.months import Month
from tests.factories.numbers import day
from tests.factories.posts import CoordinatorFactory, UserFactory
from tests.factories.roster import EngagementFactory, LabourTeamFactory
from tests.factories.units import ProjectFactory, RegionFactory


class ProvisionEditionFactory(DjangoModelFactory):
    """Without its own texts unless `texts` asks for some of each kind."""

    class Meta:
        model = ProvisionEdition
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: 1000 + n)
    from_on = factory.Sequence(lambda n: date.fromordinal(date(2019, 1, 1).toordinal() - n))

    @factory.post_generation
    def texts(edition: ProvisionEdition, create: bool, extracted: int | None) -> None:  # noqa: N805 - what the library hands over
        for number in range(1, (extracted or 0) + 1):
            for kind in PostProvision.Kind.values:
                PostProvisionFactory(edition=edition, kind=kind, number=number)


class PostProvisionFactory(DjangoModelFactory):
    class Meta:
        model = PostProvision

    edition = factory.SubFactory(ProvisionEditionFactory)
    kind = PostProvision.Kind.DUTY
    number = factory.Sequence(lambda n: n % 30_000 + 100)
    text = factory.Sequence(lambda n: f"第{n}条职责")


class RightExerciseFactory(DjangoModelFactory):
    """By the coordinator himself, of a region unless `coordinator` says otherwise."""

    class Meta:
        model = RightExercise

    coordinator = factory.SubFactory(CoordinatorFactory)
    kind = RightExercise.Kind.PATROL
    on = day(0)
    place = "二号隧道口"
    text = "巡视隧道口临边防护"
    recorded_by = factory.SelfAttribute("coordinator.person")


class SchemeFactory(DjangoModelFactory):
    class Meta:
        model = Scheme

    key = factory.Sequence(lambda n: f"scheme-{n}")
    name = factory.Sequence(lambda n: f"第{n}套做法")
    use = Scheme.Use.PROJECT
    order = 100


class SchemeItemFactory(DjangoModelFactory):
    class Meta:
        model = SchemeItem

    scheme = factory.SubFactory(SchemeFactory)
    number = factory.Sequence(lambda n: n % 30_000 + 1)
    text = factory.Sequence(lambda n: f"第{n}项")


class SchemeCheckFactory(DjangoModelFactory):
    """For a project, unless `team` says for which team of it."""

    class Meta:
        model = SchemeCheck

    class Params:
        of_team = factory.Trait(team=factory.SubFactory(LabourTeamFactory))

    item = factory.SubFactory(SchemeItemFactory)
    team = None
    project = factory.Maybe("team", factory.SelfAttribute("team.project"), factory.SubFactory(ProjectFactory))
    month = factory.LazyFunction(Month.current)
    by = factory.SubFactory(UserFactory)


class PartyMemberLinkFactory(DjangoModelFactory):
    class Meta:
        model = PartyMemberLink

    engagement = factory.SubFactory(EngagementFactory, party_member=True)
    project = factory.SelfAttribute("engagement.project")
    branch = "第一党支部"
    registered_on = day(-20)
    registered_by = factory.SubFactory(UserFactory)


class PartyMemberTickFactory(DjangoModelFactory):
    class Meta:
        model = PartyMemberTick

    member = factory.SubFactory(PartyMemberLinkFactory)
    item = factory.SubFactory(SchemeItemFactory, scheme__use=Scheme.Use.MEMBER)
    on = day(-5)
    by = factory.SubFactory(UserFactory)


class HandbookEditionFactory(DjangoModelFactory):
    """In force since thirty days; `being_written` leaves it unpublished. All nine texts come along."""

    class Meta:
        model = HandbookEdition

    class Params:
        being_written = factory.Trait(published_at=None, published_by=None)

    region = factory.SubFactory(RegionFactory)
    number = 1
    from_on = day(-30)
    published_at = factory.LazyFunction(timezone.now)
    published_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: type[HandbookEdition], *args: Any, **kwargs: Any) -> HandbookEdition:
        edition = super()._create(model_class, *args, **kwargs)
        HandbookSection.objects.bulk_create(
            HandbookSection(edition=edition, level=level, kind=kind, text=f"{level_name}{kind_name}第{edition.number}版")
            for level, level_name in (("region", "片区"), ("project", "项目"), ("liaison", "联络员"))
            for kind, kind_name in (("rules", "制度"), ("duties", "职责"), ("assessment", "考核"))
        )
        return edition
