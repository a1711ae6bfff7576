from handbook.models.activities import Campaign, CampaignActivity, HazardRecord, SafetyGroup, SafetyMember
from handbook.models.care import CareDistribution, CareEvent, CareItem, CareKind
from handbook.models.customs import EthnicCustomNote, EthnicFestival, FestivalDay
from handbook.models.entries import (
    HOLDS,
    CareDimension,
    EntryCase,
    EntryKind,
    EntryPhoto,
    EntryTemplate,
    HandbookEntry,
    Hold,
)
from handbook.models.health import (
    Clinic,
    HealthCheck,
    HealthCheckBatch,
    HealthConsent,
    MedicalService,
    MedicalSpending,
    MedicalTeam,
)
from handbook.models.management import (
    GuidanceRecord,
    InspectionFinding,
    InspectionItem,
    LabourAct,
    TeamEvaluation,
    TeamInspection,
)
from handbook.models.tasks import Task, TaskEvent
from handbook.models.trainings import MeetingRecord, TrainingAttendance, TrainingSession, TrainingSubject
from handbook.models.visits import VisitRecord, VisitTopic

__all__ = [
    "HOLDS",
    "Campaign",
    "CampaignActivity",
    "CareDimension",
    "CareDistribution",
    "CareEvent",
    "CareItem",
    "CareKind",
    "Clinic",
    "EntryCase",
    "EntryKind",
    "EntryPhoto",
    "EntryTemplate",
    "EthnicCustomNote",
    "EthnicFestival",
    "FestivalDay",
    "GuidanceRecord",
    "HandbookEntry",
    "HazardRecord",
    "HealthCheck",
    "HealthCheckBatch",
    "HealthConsent",
    "Hold",
    "InspectionFinding",
    "InspectionItem",
    "LabourAct",
    "MedicalService",
    "MedicalSpending",
    "MedicalTeam",
    "MeetingRecord",
    "SafetyGroup",
    "SafetyMember",
    "Task",
    "TaskEvent",
    "TeamEvaluation",
    "TeamInspection",
    "TrainingAttendance",
    "TrainingSession",
    "TrainingSubject",
    "VisitRecord",
    "VisitTopic",
]
