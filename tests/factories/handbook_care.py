"""The handbook's care: goods, customs, clinics, health checks with consents; and certificates."""

from datetime import date
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from handbook.models import (
    CareDistribution,
    CareEvent,
    CareItem,
    CareKind,
    Clinic,
    EntryKind,
    EthnicCustomNote,
    EthnicFestival,
    FestivalDay,
    HealthCheck,
    HealthCheckBatch,
    HealthConsent,
    MedicalService,
    MedicalSpending,
    MedicalTeam,
)
from labour_teams.certificates import Issuer
from labour_teams.models import WorkerCertificate
from tests.factories.handbook import BesideFactory, entry_of
from tests.factories.posts import UserFactory
from tests.factories.roster import EngagementFactory, LabourTeamFactory
from tests.factories.units import ProjectFactory, RegionFactory


class CareItemFactory(DjangoModelFactory):
    class Meta:
        model = CareItem

    name = factory.Sequence(lambda n: f"毛巾{n}号")
    kind = CareKind.COOLNESS
    unit = "条"


class CareEventFactory(BesideFactory):
    class Meta:
        model = CareEvent

    entry = entry_of(EntryKind.CARE, "送清凉")
    kind = CareKind.COOLNESS
    fund = CareEvent.Fund.UNION


class CareDistributionFactory(DjangoModelFactory):
    class Meta:
        model = CareDistribution

    event = factory.SubFactory(CareEventFactory)
    item = factory.SubFactory(CareItemFactory)
    team = factory.SubFactory(LabourTeamFactory, project=factory.SelfAttribute("..event.entry.project"))
    quantity = Decimal("20")
    unit_price = Decimal("3.50")


class EthnicFestivalFactory(DjangoModelFactory):
    class Meta:
        model = EthnicFestival

    name = factory.Sequence(lambda n: f"节日{n}")
    ethnicities = factory.LazyFunction(lambda: ["04"])
    advice = "提前安排调休。"


class FestivalDayFactory(DjangoModelFactory):
    class Meta:
        model = FestivalDay

    festival = factory.SubFactory(EthnicFestivalFactory)
    on = factory.LazyFunction(timezone.localdate)


class EthnicCustomNoteFactory(BesideFactory):
    class Meta:
        model = EthnicCustomNote

    entry = entry_of(EntryKind.CUSTOMS, "送达民族习俗提醒")
    festival = factory.SubFactory(EthnicFestivalFactory)


class ClinicFactory(DjangoModelFactory):
    class Meta:
        model = Clinic

    project = factory.SubFactory(ProjectFactory)
    name = factory.Sequence(lambda n: f"第{n}医务室")
    opened_on = date(2025, 3, 1)


class MedicalTeamFactory(DjangoModelFactory):
    class Meta:
        model = MedicalTeam

    region = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"义务医疗队{n}")
    members = 6
    formed_on = date(2025, 3, 1)


class MedicalServiceFactory(BesideFactory):
    class Meta:
        model = MedicalService

    entry = entry_of(EntryKind.MEDICAL, "医务室日常诊疗", headcount=12)
    clinic = factory.SubFactory(ClinicFactory, project=factory.SelfAttribute("..entry.project"))


class MedicalSpendingFactory(DjangoModelFactory):
    class Meta:
        model = MedicalSpending

    service = factory.SubFactory(MedicalServiceFactory)
    what = "氧气瓶"
    amount = Decimal("860.00")


class HealthCheckBatchFactory(BesideFactory):
    class Meta:
        model = HealthCheckBatch

    entry = entry_of(EntryKind.HEALTH_CHECK, "在岗体检", headcount=30)
    occasion = HealthCheckBatch.Occasion.ON_POST
    advised_to_return = 1


class HealthConsentFactory(DjangoModelFactory):
    class Meta:
        model = HealthConsent

    engagement = factory.SubFactory(EngagementFactory)
    text_version = "2026-1"
    witness = "周铁生"
    by = factory.SubFactory(UserFactory)


class HealthCheckFactory(DjangoModelFactory):
    """With the consent that it needs, in the project of its batch."""

    class Meta:
        model = HealthCheck
        skip_postgeneration_save = True

    batch = factory.SubFactory(HealthCheckBatchFactory)
    engagement = factory.SubFactory(EngagementFactory, team__project=factory.SelfAttribute("...batch.entry.project"))
    conclusion = HealthCheck.Conclusion.DEFERRED
    action = HealthCheck.Action.WATCHED
    measures = factory.LazyFunction(lambda: {"spo2": 83})
    by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def consent(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted is not False:
            HealthConsentFactory(engagement=self.engagement)


class WorkerCertificateFactory(DjangoModelFactory):
    class Meta:
        model = WorkerCertificate

    engagement = factory.SubFactory(EngagementFactory)
    trade = "电工"
    issuer = Issuer.EMERGENCY
    issued_on = date(2025, 4, 1)
