"""The rows beside entries, kind by kind, and what belongs to them.

Health results by name and consents are not here: they are the health officer's alone. Of visits the Party organisation department
sees how they went; what was said, and by whom, stands on their page.
"""

from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import ReadOnlyInline
from core.roles import Role
from handbook.admin.tables import registered
from handbook.models import (
    CampaignActivity,
    CareDistribution,
    CareEvent,
    EthnicCustomNote,
    GuidanceRecord,
    HazardRecord,
    HealthCheckBatch,
    InspectionFinding,
    LabourAct,
    MedicalService,
    MedicalSpending,
    MeetingRecord,
    TeamInspection,
    TrainingAttendance,
    TrainingSession,
    VisitRecord,
)


class AttendanceInline(ReadOnlyInline):
    model = TrainingAttendance
    fields = ("engagement", "person", "has_passed", "score")
    ordering = ("pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("engagement__team", "person")


class DistributionInline(ReadOnlyInline):
    model = CareDistribution
    fields = ("item", "team", "quantity", "unit_price", "cost", "people")
    ordering = ("pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("item", "team")


class SpendingInline(ReadOnlyInline):
    model = MedicalSpending
    fields = ("what", "amount", "voucher_no")
    ordering = ("pk",)


class FindingInline(ReadOnlyInline):
    model = InspectionFinding
    fields = ("text", "is_in_order", "note")
    ordering = ("pk",)


registered(VisitRecord, "way", "mood", "shared", "follow_up_on", readers=frozenset({Role.PARTY_ORGANISATION}))
registered(MeetingRecord, "kind", fields=("entry", "kind", "decided"))
registered(
    TrainingSession,
    *("kind", "trainer", "hours", "method", "expected"),
    fields=("entry", "kind", "trainer", "trainer_post", "is_external", "organiser", "method", "hours", "expected", "has_test"),
    inlines=[AttendanceInline],
)
registered(
    TrainingAttendance,
    *("engagement", "person", "has_passed", "score"),
    path="session__entry",
    joins=("engagement__team", "person", "session"),
)
registered(CampaignActivity, "campaign", "kind", "on_site", joins=("campaign",))
registered(HazardRecord, "severity", "is_removed", "group", joins=("group",))
registered(CareEvent, "kind", "fund", "is_for_all", inlines=[DistributionInline])
registered(
    CareDistribution,
    *("item", "team", "quantity", "unit_price", "cost", "people"),
    path="event__entry",
    joins=("item", "team", "event"),
)
registered(HealthCheckBatch, "occasion", "advised_to_return", "altitude", "doctor")
registered(MedicalService, "clinic", "medical_team", joins=("clinic", "medical_team"), inlines=[SpendingInline])
registered(MedicalSpending, "what", "amount", "voucher_no", path="service__entry", joins=("service",))
registered(EthnicCustomNote, "festival", "handed_to", "received_by", joins=("festival",))
registered(TeamInspection, "found_in_order", "found_wanting", inlines=[FindingInline])
registered(InspectionFinding, "text", "is_in_order", "note", path="inspection__entry", joins=("inspection",))
registered(
    GuidanceRecord,
    *("way", "guided_coordinator", "guided_liaison", "to_improve"),
    joins=(
        *("guided_coordinator__person", "guided_coordinator__region", "guided_coordinator__project"),
        *("guided_liaison__person", "guided_liaison__team", "guided_liaison__crew"),
    ),
)
registered(
    LabourAct,
    *("kind", "company", "period", "amount"),
    fields=("entry", "kind", "company", "opinion", "period", "amount"),
)
