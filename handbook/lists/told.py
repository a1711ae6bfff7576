"""What the figures of the handbook are called and what they count.

A declared number and people by name are two figures, never added. An entry counts for the region in which it was made, wherever
its project belongs today. Participation is two figures: `activity_participants` of `activity_on_site`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from figures.registry import Direction, Unit
from handbook.lists.rows import (
    Rows,
    activities_with_rate,
    details_of,
    entries_of,
    inspections,
    teams_without,
    teams_without_share,
)
from handbook.models import (
    CampaignActivity,
    CareDistribution,
    CareEvent,
    CareKind,
    EntryKind,
    GuidanceRecord,
    HazardRecord,
    HealthCheckBatch,
    LabourAct,
    MedicalSpending,
    MeetingRecord,
    TeamInspection,
    TrainingAttendance,
    TrainingSession,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MORE, LESS = Direction.MORE_IS_BETTER, Direction.MORE_IS_WORSE


@dataclass(frozen=True, slots=True)
class Told:
    """What a figure is called and what it counts. `way`: from a row to its entry, as a path; "" for entries themselves."""

    key: str
    label: "_StrPromise"
    unit: Unit
    definition: "_StrPromise"
    rows: Rows
    way: str = "entry"
    summed: str = ""
    direction: Direction = Direction.NEITHER
    for_reader: bool = False


HELD = (
    Told(
        "trainings",
        _("Training sessions"),
        Unit.TIMES,
        _("Training sessions held in the month, of every kind."),
        details_of(TrainingSession),
        direction=MORE,
    ),
    Told(
        "training_declared",
        _("Attendances at training (declared)"),
        Unit.PERSON_TIMES,
        _("People at the training sessions of the month, as declared for each session; those by name are another figure."),
        details_of(TrainingSession),
        summed="entry__headcount",
        direction=MORE,
    ),
    Told(
        "training_named",
        _("Attendances at training (by name)"),
        Unit.PERSON_TIMES,
        _("People ticked by name at the training sessions of the month; part of those declared, never to be added to them."),
        details_of(TrainingAttendance, "session__entry"),
        way="session__entry",
        direction=MORE,
    ),
    Told(
        "visits",
        _("Visits and talks"),
        Unit.TIMES,
        _("Visits, talks, forums and calls held in the month, by everybody who writes them down."),
        entries_of(EntryKind.VISIT),
        way="",
        direction=MORE,
    ),
    Told(
        "liaison_meetings",
        _("Monthly meetings of the liaisons"),
        Unit.TIMES,
        _("Monthly meetings of the liaisons held in the month."),
        details_of(MeetingRecord, kind=MeetingRecord.Kind.LIAISONS),
        direction=MORE,
    ),
    Told(
        "activities",
        _("Activities"),
        Unit.TIMES,
        _("Campaign activities, competitions and festivals held in the month."),
        details_of(CampaignActivity),
        direction=MORE,
    ),
    Told(
        "activity_participants",
        _("Workers taking part in activities"),
        Unit.PERSON_TIMES,
        _("Declared people at those activities of the month of which the workers on site are known: the first part of the rate."),
        activities_with_rate,
        summed="entry__headcount",
        direction=MORE,
    ),
    Told(
        "activity_on_site",
        _("Workers on site at activities"),
        Unit.PERSON_TIMES,
        _("Workers on site on the day of those activities, added up: of these the participation rate is taken."),
        activities_with_rate,
        summed="on_site",
    ),
    Told(
        "dangers_found",
        _("Hidden dangers found"),
        Unit.DANGERS,
        _("Hidden dangers found in the month."),
        details_of(HazardRecord),
    ),
    Told(
        "dangers_removed",
        _("Hidden dangers put right on the spot"),
        Unit.DANGERS,
        _("Of the hidden dangers found in the month: those put right on the spot."),
        details_of(HazardRecord, is_removed=True),
        direction=MORE,
    ),
    Told(
        "care_given",
        _("Care events"),
        Unit.TIMES,
        _("Occasions in the month on which care goods were given out."),
        details_of(CareEvent),
        direction=MORE,
    ),
    Told(
        "care_value",
        _("Value of care goods"),
        Unit.YUAN,
        _("Quantity times price of what was given out in the month; goods without a price count nothing."),
        details_of(CareDistribution, "event__entry"),
        way="event__entry",
        summed="cost",
    ),
    Told(
        "booklets",
        _("Booklets given out"),
        Unit.COPIES,
        _("Copies of reading matter given out in the month."),
        details_of(CareDistribution, "event__entry", item__kind=CareKind.LITERATURE),
        way="event__entry",
        summed="quantity",
        direction=MORE,
    ),
    Told(
        "health_checks_done",
        _("Health checks"),
        Unit.PERSON_TIMES,
        _("Person-times of health checks in the month, added up over the batches; somebody checked twice counts twice."),
        details_of(HealthCheckBatch),
        summed="entry__headcount",
        direction=MORE,
    ),
    Told(
        "advised_to_return",
        _("Advised to return home"),
        Unit.PERSON_TIMES,
        _("Of the person-times checked in the month: those who were advised to return home."),
        details_of(HealthCheckBatch),
        summed="advised_to_return",
    ),
    Told(
        "counselling",
        _("Psychological support"),
        Unit.PERSON_TIMES,
        _("Person-times of psychological support in the month, as declared; nobody is named."),
        entries_of(EntryKind.COUNSELLING),
        way="",
        summed="headcount",
        direction=MORE,
    ),
    Told(
        "medical_spending",
        _("Spent on medicine and hygiene"),
        Unit.YUAN,
        _("Money spent on medicine and hygiene in the month, line by line of clinics and medical teams."),
        details_of(MedicalSpending, "service__entry"),
        way="service__entry",
        summed="amount",
    ),
    Told(
        "labour_acts",
        _("Labour management acts"),
        Unit.TIMES,
        _("Team screening, tendering, negotiation, measurement and unit prices in which the regional labour manager took part."),
        details_of(LabourAct),
        direction=MORE,
        for_reader=True,
    ),
    Told(
        "inspections",
        _("Team inspections"),
        Unit.TIMES,
        _("Inspections of teams held in the month."),
        details_of(TeamInspection),
        direction=MORE,
    ),
    Told(
        "guidance",
        _("Guidance and checks of posts"),
        Unit.TIMES,
        _("Times in the month that a project coordinator or a liaison was guided or checked."),
        details_of(GuidanceRecord),
        direction=MORE,
    ),
)
OF_TEAMS = (
    Told(
        "teams_not_visited",
        _("Teams never visited"),
        Unit.TEAMS,
        _("Teams on site on the last day of the month (today, while it runs) to which no visit of the month leads."),
        teams_without(entries_of(EntryKind.VISIT)),
        direction=LESS,
    ),
    Told(
        "teams_not_inspected",
        _("Teams not inspected"),
        Unit.TEAMS,
        _("Teams on site on the last day of the month (today, while it runs) that nobody inspected in the month."),
        teams_without(inspections),
        direction=LESS,
    ),
    Told(
        "teams_without_share",
        _("Teams without a share"),
        Unit.TEAMS,
        _("Teams that were on site when something was given to every team of their project, and got nothing."),
        teams_without_share,
        direction=LESS,
    ),
)
