"""The handbook: entries of every kind with the row beside them, catalogues, groups, consents and results, tasks.

HandbookEntryFactory(kind="visit", project=project, author=person)     # without a row beside it
VisitRecordFactory(entry__project=project)                             # with it
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from handbook.models import (
    Campaign,
    CampaignActivity,
    EntryCase,
    EntryKind,
    EntryPhoto,
    EntryTemplate,
    GuidanceRecord,
    HandbookEntry,
    HazardRecord,
    InspectionFinding,
    InspectionItem,
    LabourAct,
    MeetingRecord,
    SafetyGroup,
    SafetyMember,
    Task,
    TeamEvaluation,
    TeamInspection,
    TrainingAttendance,
    TrainingSession,
    TrainingSubject,
    VisitRecord,
    VisitTopic,
)
from tests.factories.attachments import PhotoFactory
from tests.factories.feedback import CaseFactory
from tests.factories.posts import CoordinatorFactory, LiaisonFactory, UserFactory
from tests.factories.roster import EngagementFactory, LabourTeamFactory
from tests.factories.units import ProjectFactory, RegionFactory


class HandbookEntryFactory(DjangoModelFactory):
    """Of today, on a project, unless `team=`, `crew=` or `region=` with `project=None` say otherwise. No row beside it."""

    class Meta:
        model = HandbookEntry

    class Params:
        planned = factory.Trait(is_planned=True, on=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=3)))
        withdrawn = factory.Trait(
            withdrawn_at=factory.LazyFunction(timezone.now),
            withdrawn_by=factory.SelfAttribute("author"),
            withdrawn_reason="记错了项目",
        )

    kind = EntryKind.RIGHTS
    on = factory.LazyFunction(timezone.localdate)
    crew = None
    team = None
    region = None
    project = factory.Maybe("team", factory.SelfAttribute("team.project"), factory.SubFactory(ProjectFactory))
    title = "督导工资支付台账"
    author = factory.SubFactory(UserFactory)


class BesideFactory(DjangoModelFactory):
    """A row beside an entry of its kind; what is said of the entry goes to `entry__…`."""

    class Meta:
        abstract = True


def entry_of(kind: EntryKind, title: str, **facts: Any) -> Any:
    return factory.SubFactory(HandbookEntryFactory, kind=kind, title=title, **facts)


class VisitTopicFactory(DjangoModelFactory):
    class Meta:
        model = VisitTopic

    key = factory.Sequence(lambda n: f"topic-{n}")
    name = factory.Sequence(lambda n: f"话题{n}")


class VisitRecordFactory(BesideFactory):
    class Meta:
        model = VisitRecord

    entry = entry_of(EntryKind.VISIT, "宿舍谈心")
    words = "老乡说家里老人病了，想请几天假。"
    mood = VisitRecord.Mood.WAVERING


class MeetingRecordFactory(BesideFactory):
    class Meta:
        model = MeetingRecord

    entry = entry_of(EntryKind.MEETING, "每月联络员例会")
    decided = "每周三收一次意见。"


class TrainingSubjectFactory(DjangoModelFactory):
    class Meta:
        model = TrainingSubject

    key = factory.Sequence(lambda n: f"subject-{n}")
    name = factory.Sequence(lambda n: f"科目{n}")


class TrainingSessionFactory(BesideFactory):
    class Meta:
        model = TrainingSession

    entry = entry_of(EntryKind.TRAINING, "进场岗前培训")
    kind = TrainingSession.Kind.INDUCTION
    hours = Decimal("4.0")
    trainer = "周铁生"


class TrainingAttendanceFactory(DjangoModelFactory):
    """A worker of the project; `person=` for somebody in a post."""

    class Meta:
        model = TrainingAttendance

    session = factory.SubFactory(TrainingSessionFactory)
    person = None
    engagement = factory.Maybe(
        "person", None, factory.SubFactory(EngagementFactory, team__project=factory.SelfAttribute("...session.entry.project"))
    )


class CampaignFactory(DjangoModelFactory):
    class Meta:
        model = Campaign

    name = factory.Sequence(lambda n: f"劳动竞赛第{n}期")
    kind = Campaign.Kind.COMPETITION


class CampaignActivityFactory(BesideFactory):
    class Meta:
        model = CampaignActivity

    entry = entry_of(EntryKind.ACTIVITY, "节日文体活动")
    campaign = factory.SubFactory(CampaignFactory, project=factory.SelfAttribute("..entry.project"))
    on_site = 40


class SafetyGroupFactory(DjangoModelFactory):
    class Meta:
        model = SafetyGroup

    project = factory.SubFactory(ProjectFactory)
    kind = SafetyGroup.Kind.SUPERVISORS
    name = factory.Sequence(lambda n: f"群安员第{n}组")
    formed_on = date(2025, 3, 1)


class SafetyMemberFactory(DjangoModelFactory):
    class Meta:
        model = SafetyMember

    group = factory.SubFactory(SafetyGroupFactory)
    engagement = factory.SubFactory(EngagementFactory, team__project=factory.SelfAttribute("...group.project"))


class HazardRecordFactory(BesideFactory):
    class Meta:
        model = HazardRecord

    entry = entry_of(EntryKind.HAZARD, "临边没有防护")


class InspectionItemFactory(DjangoModelFactory):
    class Meta:
        model = InspectionItem

    goal = InspectionItem.Goal.SAFETY
    text = factory.Sequence(lambda n: f"检查内容{n}")


class TeamInspectionFactory(BesideFactory):
    class Meta:
        model = TeamInspection

    entry = entry_of(EntryKind.INSPECTION, "队伍月度检查", team=factory.SubFactory(LabourTeamFactory))


class InspectionFindingFactory(DjangoModelFactory):
    class Meta:
        model = InspectionFinding

    inspection = factory.SubFactory(TeamInspectionFactory)
    item = factory.SubFactory(InspectionItemFactory)
    text = factory.SelfAttribute("item.text")
    is_in_order = False
    note = "两个洞口没有盖板"


class TeamEvaluationFactory(DjangoModelFactory):
    class Meta:
        model = TeamEvaluation

    team = factory.SubFactory(LabourTeamFactory)
    quarter = "2026Q1"
    safety = quality = schedule = benefit = 4
    by = factory.SubFactory(UserFactory)


class LabourActFactory(BesideFactory):
    """Of a region."""

    class Meta:
        model = LabourAct

    entry = entry_of(EntryKind.LABOUR_ACT, "参加验工计量", project=None, region=factory.SubFactory(RegionFactory))
    kind = LabourAct.Kind.MEASUREMENT
    amount = Decimal("1250000.00")


class GuidanceRecordFactory(BesideFactory):
    class Meta:
        model = GuidanceRecord

    entry = entry_of(EntryKind.GUIDANCE, "履职检查")
    guided_coordinator = factory.SubFactory(CoordinatorFactory, project=factory.SelfAttribute("..entry.project"))
    to_improve = "走访记录要及时"


class EntryPhotoFactory(DjangoModelFactory):
    class Meta:
        model = EntryPhoto

    entry = factory.SubFactory(HandbookEntryFactory)
    photo = factory.SubFactory(PhotoFactory)


class EntryCaseFactory(DjangoModelFactory):
    class Meta:
        model = EntryCase

    entry = factory.SubFactory(HandbookEntryFactory)
    case = factory.SubFactory(CaseFactory, project=factory.SelfAttribute("..entry.project"))


class EntryTemplateFactory(DjangoModelFactory):
    class Meta:
        model = EntryTemplate

    kind = EntryKind.VISIT
    title = factory.Sequence(lambda n: f"走访{n}")


class TaskFactory(DjangoModelFactory):
    """To a liaison, unless `to_coordinator=`, or `coordinator=True` for the coordinator of the project."""

    class Meta:
        model = Task

    class Params:
        coordinator = factory.Trait(
            to_coordinator=factory.SubFactory(CoordinatorFactory, project=factory.SelfAttribute("..project")), to_liaison=None
        )

    project = factory.SubFactory(ProjectFactory)
    region = factory.SelfAttribute("project.region")
    to_coordinator = None
    to_liaison = factory.Maybe(
        "to_coordinator", None, factory.SubFactory(LiaisonFactory, team__project=factory.SelfAttribute("...project"))
    )
    title = "收齐本月意见"
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=5))
    given_by = factory.SubFactory(UserFactory)
