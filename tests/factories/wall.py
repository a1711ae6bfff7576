"""Reply sheets with their lines, readings aloud, the hotline, mailboxes, revisits."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.months import Month
from feedback.hotline.shifts import Week
from feedback.models import FeedbackItem, FeedbackSheet, HotlineCall, HotlineDuty, MailboxOpening, ReadingAloud, Revisit
from tests.factories.attachments import PhotoFactory
from tests.factories.feedback import CaseFactory
from tests.factories.posts import UserFactory
from tests.factories.roster import LabourTeamFactory
from tests.factories.units import ProjectFactory, RegionFactory


class FeedbackSheetFactory(DjangoModelFactory):
    """With a line for each of `cases` (one of its own team, unless they are given)."""

    class Meta:
        model = FeedbackSheet
        skip_postgeneration_save = True

    class Params:
        posted = factory.Trait(
            posted_at=factory.LazyFunction(timezone.now),
            posted_by=factory.SubFactory(UserFactory),
            photo=factory.SubFactory(PhotoFactory),
        )

    team = factory.SubFactory(LabourTeamFactory)
    month = factory.LazyFunction(Month.current)
    number = factory.LazyAttribute(lambda sheet: sheet.team.feedback_sheets.count() + 1)
    printed_by = factory.SubFactory(UserFactory)
    printed_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=2))

    @factory.post_generation
    def cases(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        found = [CaseFactory(project=self.team.project, team=self.team, status="answered")] if extracted is None else extracted
        for order, case in enumerate(found, start=1):
            FeedbackItem.objects.create(sheet=self, case=case, order=order, title=case.title, reply=case.reply)


class ReadingAloudFactory(DjangoModelFactory):
    class Meta:
        model = ReadingAloud

    team = factory.SubFactory(LabourTeamFactory)
    by = factory.SubFactory(UserFactory)
    listeners = 18


class HotlineDutyFactory(DjangoModelFactory):
    """A day of this week, one after the other."""

    class Meta:
        model = HotlineDuty

    region = factory.SubFactory(RegionFactory)
    person = factory.SubFactory(UserFactory)
    starts_at = factory.LazyAttribute(
        lambda duty: Week.current().begins_at + timedelta(days=duty.region.hotline_duties.count() if duty.region.pk else 0)
    )
    ends_at = factory.LazyAttribute(lambda duty: duty.starts_at + timedelta(days=1))


class HotlineCallFactory(DjangoModelFactory):
    class Meta:
        model = HotlineCall

    class Params:
        missed = factory.Trait(is_missed=True, about="", phone="15400000017")

    project = factory.SubFactory(ProjectFactory)
    region = factory.SelfAttribute("project.region")
    by = factory.SubFactory(UserFactory)
    about = "问哪天发工资"


class MailboxOpeningFactory(DjangoModelFactory):
    class Meta:
        model = MailboxOpening

    project = factory.SubFactory(ProjectFactory)
    by = factory.SubFactory(UserFactory)
    witness = factory.SubFactory(UserFactory)
    letters = 2


class RevisitFactory(DjangoModelFactory):
    """Of a case that is being revisited; `status="closed"` and `is_sample` for one of the monthly sample."""

    class Meta:
        model = Revisit

    class Params:
        status = "revisiting"
        sample = factory.Trait(is_sample=True, month="2026-05", status="closed")
        done = factory.Trait(is_settled=True, done_at=factory.LazyFunction(timezone.now), done_by=factory.SubFactory(UserFactory))

    case = factory.SubFactory(CaseFactory, status=factory.SelfAttribute("..status"))
    round = factory.SelfAttribute("case.redos")
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=1))
