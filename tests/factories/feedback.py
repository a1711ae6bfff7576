"""Cases in every state, with the stamps and the sights that one in that state has; survey rounds, reply sheets."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.codes import new_case_tail
from core.months import Month
from feedback.cases.recusal import barred_of, first_sights
from feedback.models import (
    Case,
    CaseAccused,
    CaseCategory,
    CaseEvent,
    CaseSight,
    Severity,
    SurveyResponse,
    SurveyRound,
    SurveyTeam,
    SurveyTemplate,
    Tier,
)
from tests.factories.roster import LabourTeamFactory
from tests.factories.units import ProjectFactory

S = Case.Status
DISPATCHED = tuple(status for status in S if status != S.REGISTERED)
REPLIED = (S.ANSWERED, S.REVISITING, S.CLOSED, S.FINAL_REPLY)
MONTH = Month(2026, 5)


def _after(*statuses: S) -> Any:
    """A moment for a case that has come as far as one of `statuses`."""
    return factory.LazyAttribute(lambda case: timezone.now() - timedelta(days=1) if case.status in statuses else None)


class CaseCategoryFactory(DjangoModelFactory):
    class Meta:
        model = CaseCategory
        django_get_or_create = ("key",)

    key = "living"
    name = "食宿"
    severity = Severity.NORMAL
    picture = CaseCategory.Picture.LIVING


class CaseFactory(DjangoModelFactory):
    """`CaseFactory(project=…, status="answered", dealt_with_by=department)`; `names` are CaseAccused rows as dictionaries."""

    class Meta:
        model = Case
        skip_postgeneration_save = True

    category = factory.SubFactory(CaseCategoryFactory)
    project = factory.SubFactory(ProjectFactory)
    region = factory.LazyAttribute(lambda case: case.project.region if case.project else None)
    number = factory.LazyFunction(lambda: f"TEST-2605-{new_case_tail()}")
    origin = Case.Origin.VISIT
    status = S.REGISTERED
    title = "宿舍没有热水"
    words = "宿舍三天没有热水了"
    routed_at = _after(*DISPATCHED)
    accept_due_at = factory.LazyAttribute(lambda case: case.routed_at and case.routed_at + timedelta(days=2))
    answer_due_at = factory.LazyAttribute(lambda case: case.routed_at and case.routed_at + timedelta(days=4))
    settle_due_at = factory.LazyAttribute(lambda case: case.routed_at and case.routed_at + timedelta(days=14))
    first_answer_due_at = factory.SelfAttribute("answer_due_at")
    first_settle_due_at = factory.SelfAttribute("settle_due_at")
    accepted_at = _after(S.ACCEPTED, S.WAITING, S.UNDER_REVIEW, *REPLIED)
    waiting_since = _after(S.WAITING)
    reply = factory.LazyAttribute(lambda case: "热水器修好了" if case.status in (S.UNDER_REVIEW, *REPLIED) else "")
    replied_at = _after(*REPLIED)
    delivered_at = _after(S.REVISITING, S.CLOSED)
    delivery = factory.LazyAttribute(lambda case: Case.Delivery.IN_PERSON if case.delivered_at else "")
    settled_on = factory.LazyAttribute(lambda case: timezone.localdate() if case.status in (S.REVISITING, S.CLOSED) else None)
    closed_at = _after(S.CLOSED, S.FINAL_REPLY)

    @factory.post_generation
    def names(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        for row in extracted or ():
            CaseAccused.objects.create(case=self, **row)

    @factory.post_generation
    def sights(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        CaseSight.objects.bulk_create(first_sights(self, barred_of(self)))

    @factory.post_generation
    def dealt_with_by(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """A department, or a tier that sees the case already; the project, where it has been dispatched and nothing is said."""
        if self.status == S.REGISTERED and extracted is None:
            return
        lead = extracted or Tier.PROJECT
        if lead in Tier.values:
            CaseSight.objects.filter(case=self, tier=lead).update(part=CaseSight.Part.LEAD)
        else:
            CaseSight.objects.create(case=self, tier=Tier.DEPARTMENT, department=lead, part=CaseSight.Part.LEAD)


class CaseEventFactory(DjangoModelFactory):
    class Meta:
        model = CaseEvent

    case = factory.SubFactory(CaseFactory)
    verb = "register"
    from_status = ""
    to_status = S.REGISTERED


class SurveyTemplateFactory(DjangoModelFactory):
    """The form that migrations bring; a new version by another number."""

    class Meta:
        model = SurveyTemplate
        django_get_or_create = ("number",)

    number = 1
    title = "党群工作调查反馈登记表"
    valid_from = Month(2020, 1)


class SurveyRoundFactory(DjangoModelFactory):
    class Meta:
        model = SurveyRound

    project = factory.SubFactory(ProjectFactory)
    region = factory.SelfAttribute("project.region")
    month = MONTH
    template = factory.SubFactory(SurveyTemplateFactory)
    due_on = factory.LazyAttribute(lambda found: found.month.first.replace(day=25))


class SurveyTeamFactory(DjangoModelFactory):
    class Meta:
        model = SurveyTeam

    team = factory.SubFactory(LabourTeamFactory)
    round = factory.SubFactory(SurveyRoundFactory, project=factory.SelfAttribute("..team.project"))
    on_site = 20


class SurveyResponseFactory(DjangoModelFactory):
    class Meta:
        model = SurveyResponse

    team = factory.SubFactory(LabourTeamFactory)
    round = factory.SubFactory(SurveyRoundFactory, project=factory.SelfAttribute("..team.project"))
    printed_on = factory.LazyAttribute(lambda sheet: sheet.round.month.first)
