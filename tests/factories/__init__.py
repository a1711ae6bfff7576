"""Factories of every model, with the situations that tests need as traits.

People and numbers are invented: ID numbers stand under the province-level prefix 430000 with the sequences 996 and 997, which
nobody carries; phones begin with 154, cards with 629999. Each running number gives another value, so nothing ever collides.

    ProjectFactory(stage="wrap_up")            # a project in a stage; stage=None leaves it without one
    EngagementFactory(crew=crew, left=True)    # the team follows the crew
    MonthlyReportFactory(returned=True)        # with its values, history and the open remark
    person_with(Role.PROJECT_CLERK, project=p) # a user who holds the post
"""

from tests.factories.attachments import PhotoFactory, picture, uploaded
from tests.factories.cases import DeadlineRuleFactory, RoutingRuleFactory, SensitiveOfficerFactory
from tests.factories.feedback import (
    CaseCategoryFactory,
    CaseEventFactory,
    CaseFactory,
    SurveyResponseFactory,
    SurveyRoundFactory,
    SurveyTeamFactory,
    SurveyTemplateFactory,
)
from tests.factories.handover import HandoverFactory
from tests.factories.nominations import NominationFactory
from tests.factories.numbers import bank_card, id_number, person_name, phone
from tests.factories.paper import (
    ArmbandIssueFactory,
    BoardCheckFactory,
    BoardPrintingFactory,
    ContactCardBatchFactory,
    NoticeBoardFactory,
    RightsBoardFactory,
    SiteContactFactory,
)
from tests.factories.posts import (
    PASSWORD,
    CoordinatorFactory,
    LiaisonFactory,
    StaffPostFactory,
    UserFactory,
    hashed_password,
    person_with,
)
from tests.factories.provisions import (
    HandbookEditionFactory,
    PartyMemberLinkFactory,
    PartyMemberTickFactory,
    PostProvisionFactory,
    ProvisionEditionFactory,
    RightExerciseFactory,
    SchemeCheckFactory,
    SchemeFactory,
    SchemeItemFactory,
)
from tests.factories.records import AuditEventFactory, ImportBlockFactory, ImportJobFactory, WorkdayOverrideFactory, staged_row
from tests.factories.reports import MonthlyReportFactory, ReportTemplateFactory
from tests.factories.roster import EngagementFactory, LabourTeamFactory, WorkCrewFactory, WorkerFactory
from tests.factories.units import DepartmentFactory, ProjectFactory, ProjectStageFactory, RegionFactory
from tests.factories.wall import (
    FeedbackSheetFactory,
    HotlineCallFactory,
    HotlineDutyFactory,
    MailboxOpeningFactory,
    ReadingAloudFactory,
    RevisitFactory,
)

__all__ = [
    "PASSWORD",
    "ArmbandIssueFactory",
    "AuditEventFactory",
    "BoardCheckFactory",
    "BoardPrintingFactory",
    "CaseCategoryFactory",
    "CaseEventFactory",
    "CaseFactory",
    "ContactCardBatchFactory",
    "CoordinatorFactory",
    "DeadlineRuleFactory",
    "DepartmentFactory",
    "EngagementFactory",
    "FeedbackSheetFactory",
    "HandbookEditionFactory",
    "HandoverFactory",
    "HotlineCallFactory",
    "HotlineDutyFactory",
    "ImportBlockFactory",
    "ImportJobFactory",
    "LabourTeamFactory",
    "LiaisonFactory",
    "MailboxOpeningFactory",
    "MonthlyReportFactory",
    "NominationFactory",
    "NoticeBoardFactory",
    "PartyMemberLinkFactory",
    "PartyMemberTickFactory",
    "PhotoFactory",
    "PostProvisionFactory",
    "ProjectFactory",
    "ProjectStageFactory",
    "ProvisionEditionFactory",
    "ReadingAloudFactory",
    "RegionFactory",
    "ReportTemplateFactory",
    "RevisitFactory",
    "RightExerciseFactory",
    "RightsBoardFactory",
    "RoutingRuleFactory",
    "SchemeCheckFactory",
    "SchemeFactory",
    "SchemeItemFactory",
    "SensitiveOfficerFactory",
    "SiteContactFactory",
    "StaffPostFactory",
    "SurveyResponseFactory",
    "SurveyRoundFactory",
    "SurveyTeamFactory",
    "SurveyTemplateFactory",
    "UserFactory",
    "WorkCrewFactory",
    "WorkdayOverrideFactory",
    "WorkerFactory",
    "bank_card",
    "hashed_password",
    "id_number",
    "person_name",
    "person_with",
    "phone",
    "picture",
    "staged_row",
    "uploaded",
]
