"""Who opens the admin site, who sees which table there, and that looking is all that leaders and auditors do."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin import AdminSite
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.admin import ScopedAdmin, ScopedInline
from core.models import Attachment, AuditEvent
from core.roles import ADMIN_SITE, COMPANY_WIDE, HEADQUARTERS, MANAGING_DEPARTMENTS, READERS, Role
from feedback.models import (
    CaseAccused,
    CaseContact,
    CaseFile,
    CaseMessage,
    CaseOfficer,
    CasePhoto,
    SurveyAnswer,
    SurveyResponse,
)
from feedback.querysets import AT_HEADQUARTERS
from handbook.models import EntryCase, EntryPhoto, HealthCheck, HealthConsent
from imports.models import ImportBlock, ImportFile, ImportMemory, ImportTrace
from regions.models import Region
from tests.covering import EVERYTHING
from tests.factories import (
    ArmbandIssueFactory,
    AttendanceLineFactory,
    AuditEventFactory,
    BoardCheckFactory,
    BoardPrintingFactory,
    CampaignActivityFactory,
    CampaignFactory,
    CareDistributionFactory,
    CareItemFactory,
    CaseFactory,
    ClinicFactory,
    ContactCardBatchFactory,
    CoordinatorFactory,
    DeadlineRuleFactory,
    DepartmentFactory,
    EngagementFactory,
    EntryTemplateFactory,
    EthnicCustomNoteFactory,
    ExitCheckFactory,
    FeedbackSheetFactory,
    FestivalDayFactory,
    GuidanceRecordFactory,
    HandbookEditionFactory,
    HandbookEntryFactory,
    HandoverFactory,
    HazardRecordFactory,
    HealthCheckFactory,
    HotlineCallFactory,
    HotlineDutyFactory,
    ImportJobFactory,
    InspectionFindingFactory,
    InspectionItemFactory,
    LabourActFactory,
    LiaisonFactory,
    MailboxOpeningFactory,
    MedicalSpendingFactory,
    MedicalTeamFactory,
    MeetingRecordFactory,
    MonthlyReportFactory,
    NominationFactory,
    NoticeBoardFactory,
    PartyMemberLinkFactory,
    PaymentLineFactory,
    PaySlipFactory,
    PostProvisionFactory,
    ProvisionEditionFactory,
    ReadingAloudFactory,
    RegionFactory,
    RestrictionRequestFactory,
    RevisitFactory,
    RightExerciseFactory,
    RightsBoardFactory,
    RoutingRuleFactory,
    SafetyMemberFactory,
    SchemeCheckFactory,
    SchemeFactory,
    SchemeItemFactory,
    SensitiveOfficerFactory,
    SheetSignatureFactory,
    SiteContactFactory,
    StaffPostFactory,
    SurveyRoundFactory,
    SurveyTeamFactory,
    TaskFactory,
    TeamEvaluationFactory,
    TrainingAttendanceFactory,
    TrainingSubjectFactory,
    UserFactory,
    VisitRecordFactory,
    VisitTopicFactory,
    WageAccountFactory,
    WageArrearsFactory,
    WageFindingFactory,
    WageGroupFactory,
    WageLineFactory,
    WageQuestionFactory,
    WorkCrewFactory,
    WorkdayOverrideFactory,
    WorkerCertificateFactory,
    id_number,
    person_with,
)
from tests.house.crawl import client_for
from tests.house.crawling import steady

pytestmark = pytest.mark.django_db

SYSADMIN = Role.SYSTEM_ADMINISTRATOR
STRUCTURE = COMPANY_WIDE | {SYSADMIN}
READS_WAGES = READERS | {Role.LABOUR_CENTRE}
# Table → who sees it, who adds to it.
TABLES: dict[str, tuple[frozenset[Any], frozenset[Any]]] = {
    "regions_region": (STRUCTURE, HEADQUARTERS),
    "regions_project": (STRUCTURE, HEADQUARTERS),
    "regions_department": (STRUCTURE, HEADQUARTERS),
    "labour_teams_labourteam": (STRUCTURE, HEADQUARTERS),
    "labour_teams_workcrew": (STRUCTURE, HEADQUARTERS),
    "labour_teams_worker": (COMPANY_WIDE, frozenset()),
    "labour_teams_engagement": (COMPANY_WIDE, frozenset()),
    "coordinators_coordinator": (STRUCTURE, HEADQUARTERS),
    "coordinators_liaison": (STRUCTURE, HEADQUARTERS),
    "coordinators_nomination": (COMPANY_WIDE, frozenset()),
    "coordinators_provisionedition": (COMPANY_WIDE, frozenset({Role.PARTY_ORGANISATION})),
    "coordinators_postprovision": (COMPANY_WIDE, frozenset()),
    "coordinators_rightexercise": (COMPANY_WIDE, frozenset()),
    "coordinators_scheme": (COMPANY_WIDE, frozenset({Role.PARTY_ORGANISATION})),
    "coordinators_schemeitem": (COMPANY_WIDE, frozenset()),
    "coordinators_schemecheck": (COMPANY_WIDE, frozenset()),
    "coordinators_partymemberlink": (frozenset({Role.PARTY_ORGANISATION}), frozenset()),
    "coordinators_handbookedition": (COMPANY_WIDE, frozenset()),
    "coordinators_handbooksection": (COMPANY_WIDE, frozenset()),
    "coordinators_sitecontact": (COMPANY_WIDE, frozenset()),
    "coordinators_rightsboard": (COMPANY_WIDE, frozenset()),
    "coordinators_noticeboard": (COMPANY_WIDE, frozenset()),
    "coordinators_boardprinting": (COMPANY_WIDE, frozenset()),
    "coordinators_boardcheck": (COMPANY_WIDE, frozenset()),
    "coordinators_contactcardbatch": (COMPANY_WIDE, frozenset()),
    "coordinators_armbandissue": (COMPANY_WIDE, frozenset()),
    "feedback_case": (COMPANY_WIDE, frozenset()),
    "feedback_casecategory": (COMPANY_WIDE, MANAGING_DEPARTMENTS),
    "feedback_deadlinerule": (COMPANY_WIDE, MANAGING_DEPARTMENTS),
    "feedback_routingrule": (COMPANY_WIDE, MANAGING_DEPARTMENTS),
    "feedback_sensitiveofficer": (frozenset({Role.PARTY_ORGANISATION, Role.AUDITOR}), frozenset({Role.PARTY_ORGANISATION})),
    "feedback_surveytemplate": (COMPANY_WIDE, frozenset({Role.PARTY_ORGANISATION})),
    "feedback_surveyround": (COMPANY_WIDE, frozenset()),
    "feedback_feedbacksheet": (COMPANY_WIDE, frozenset()),
    "feedback_readingaloud": (COMPANY_WIDE, frozenset()),
    "feedback_hotlineduty": (COMPANY_WIDE, frozenset()),
    "feedback_hotlinecall": (AT_HEADQUARTERS, frozenset()),
    "feedback_mailboxopening": (COMPANY_WIDE, frozenset()),
    "feedback_revisit": (AT_HEADQUARTERS, frozenset()),
    "handbook_handbookentry": (COMPANY_WIDE, frozenset()),
    "handbook_meetingrecord": (COMPANY_WIDE, frozenset()),
    "handbook_trainingsession": (COMPANY_WIDE, frozenset()),
    "handbook_trainingattendance": (COMPANY_WIDE, frozenset()),
    "handbook_campaignactivity": (COMPANY_WIDE, frozenset()),
    "handbook_hazardrecord": (COMPANY_WIDE, frozenset()),
    "handbook_careevent": (COMPANY_WIDE, frozenset()),
    "handbook_caredistribution": (COMPANY_WIDE, frozenset()),
    "handbook_healthcheckbatch": (COMPANY_WIDE, frozenset()),
    "handbook_medicalservice": (COMPANY_WIDE, frozenset()),
    "handbook_medicalspending": (COMPANY_WIDE, frozenset()),
    "handbook_ethniccustomnote": (COMPANY_WIDE, frozenset()),
    "handbook_teaminspection": (COMPANY_WIDE, frozenset()),
    "handbook_inspectionfinding": (COMPANY_WIDE, frozenset()),
    "handbook_guidancerecord": (COMPANY_WIDE, frozenset()),
    "handbook_labouract": (COMPANY_WIDE, frozenset()),
    "handbook_safetygroup": (COMPANY_WIDE, frozenset()),
    "handbook_clinic": (COMPANY_WIDE, frozenset()),
    "handbook_medicalteam": (COMPANY_WIDE, frozenset()),
    "handbook_teamevaluation": (COMPANY_WIDE, frozenset()),
    "handbook_task": (COMPANY_WIDE, frozenset()),
    "handbook_visitrecord": (frozenset({Role.PARTY_ORGANISATION}), frozenset()),
    "handbook_visittopic": (COMPANY_WIDE, MANAGING_DEPARTMENTS),
    "handbook_trainingsubject": (COMPANY_WIDE, MANAGING_DEPARTMENTS),
    "handbook_careitem": (COMPANY_WIDE, MANAGING_DEPARTMENTS),
    "handbook_inspectionitem": (COMPANY_WIDE, MANAGING_DEPARTMENTS),
    "handbook_entrytemplate": (COMPANY_WIDE, MANAGING_DEPARTMENTS),
    "handbook_campaign": (COMPANY_WIDE, MANAGING_DEPARTMENTS),
    "handbook_ethnicfestival": (COMPANY_WIDE, MANAGING_DEPARTMENTS),
    "labour_teams_workercertificate": (COMPANY_WIDE, frozenset()),
    "inbox_handover": (COMPANY_WIDE, frozenset()),
    "reports_monthlyreport": (COMPANY_WIDE, frozenset()),
    "reports_reporttemplate": (COMPANY_WIDE, HEADQUARTERS),
    "reports_reportsection": (COMPANY_WIDE, frozenset()),
    "imports_importjob": (COMPANY_WIDE, frozenset()),
    "accounts_user": (STRUCTURE, frozenset({SYSADMIN, Role.PARTY_PERSONNEL})),
    "accounts_staffpost": (STRUCTURE, frozenset({SYSADMIN, Role.PARTY_PERSONNEL})),
    "wages_wagesheet": (COMPANY_WIDE, frozenset()),
    "wages_wageline": (READS_WAGES, frozenset()),
    "wages_wagefinding": (READS_WAGES, frozenset()),
    "wages_attendancesheet": (READS_WAGES, frozenset()),
    "wages_attendanceline": (READS_WAGES, frozenset()),
    "wages_paymentlist": (READS_WAGES, frozenset()),
    "wages_paymentline": (READS_WAGES, frozenset()),
    "wages_wagearrears": (COMPANY_WIDE, frozenset()),
    "wages_wageaccount": (READS_WAGES, frozenset()),
    "wages_wageleadinggroup": (READS_WAGES, frozenset()),
    "wages_restrictionrequest": (READS_WAGES, frozenset()),
    "wages_payslip": (READS_WAGES, frozenset()),
    "wages_wagequestion": (frozenset({Role.LABOUR_CENTRE}), frozenset()),
    "wages_exitcheck": (READS_WAGES, frozenset()),
    "core_auditevent": (frozenset({Role.AUDITOR}), frozenset()),
    "core_workdayoverride": (STRUCTURE, HEADQUARTERS | {SYSADMIN}),
}
ROWS = {
    "regions_region": RegionFactory,
    "regions_project": lambda: WorkCrewFactory().team.project,
    "regions_department": DepartmentFactory,
    "labour_teams_labourteam": lambda: WorkCrewFactory().team,
    "labour_teams_workcrew": WorkCrewFactory,
    "labour_teams_worker": lambda: EngagementFactory().worker,
    "labour_teams_engagement": EngagementFactory,
    "coordinators_coordinator": lambda: CoordinatorFactory(part_time=True),
    "coordinators_liaison": lambda: LiaisonFactory(for_crew=True),
    "coordinators_nomination": lambda: NominationFactory(decided=True),
    "coordinators_provisionedition": lambda: ProvisionEditionFactory(texts=1),
    "coordinators_postprovision": PostProvisionFactory,
    "coordinators_rightexercise": RightExerciseFactory,
    "coordinators_scheme": SchemeFactory,
    "coordinators_schemeitem": SchemeItemFactory,
    "coordinators_schemecheck": lambda: SchemeCheckFactory(of_team=True),
    "coordinators_partymemberlink": PartyMemberLinkFactory,
    "coordinators_handbookedition": HandbookEditionFactory,
    "coordinators_handbooksection": lambda: HandbookEditionFactory().sections.first(),
    "coordinators_sitecontact": SiteContactFactory,
    "coordinators_rightsboard": RightsBoardFactory,
    "coordinators_noticeboard": NoticeBoardFactory,
    "coordinators_boardprinting": BoardPrintingFactory,
    "coordinators_boardcheck": BoardCheckFactory,
    "coordinators_contactcardbatch": ContactCardBatchFactory,
    "coordinators_armbandissue": ArmbandIssueFactory,
    "feedback_case": lambda: CaseFactory(status="routed", dealt_with_by=DepartmentFactory()),
    "feedback_casecategory": lambda: DeadlineRuleFactory().category,
    "feedback_deadlinerule": DeadlineRuleFactory,
    "feedback_routingrule": RoutingRuleFactory,
    "feedback_sensitiveofficer": SensitiveOfficerFactory,
    "feedback_surveytemplate": lambda: SurveyRoundFactory().template,
    "feedback_surveyround": lambda: SurveyTeamFactory().round,
    "feedback_feedbacksheet": FeedbackSheetFactory,
    "feedback_readingaloud": ReadingAloudFactory,
    "feedback_hotlineduty": HotlineDutyFactory,
    "feedback_hotlinecall": lambda: HotlineCallFactory(missed=True),
    "feedback_mailboxopening": MailboxOpeningFactory,
    "feedback_revisit": lambda: RevisitFactory(case=CaseFactory(status="revisiting")),
    "handbook_handbookentry": HandbookEntryFactory,
    "handbook_meetingrecord": MeetingRecordFactory,
    "handbook_trainingsession": lambda: TrainingAttendanceFactory().session,
    "handbook_trainingattendance": TrainingAttendanceFactory,
    "handbook_campaignactivity": CampaignActivityFactory,
    "handbook_hazardrecord": HazardRecordFactory,
    "handbook_careevent": lambda: CareDistributionFactory().event,
    "handbook_caredistribution": CareDistributionFactory,
    "handbook_healthcheckbatch": lambda: HealthCheckFactory().batch,
    "handbook_medicalservice": lambda: MedicalSpendingFactory().service,
    "handbook_medicalspending": MedicalSpendingFactory,
    "handbook_ethniccustomnote": EthnicCustomNoteFactory,
    "handbook_teaminspection": lambda: InspectionFindingFactory().inspection,
    "handbook_inspectionfinding": InspectionFindingFactory,
    "handbook_guidancerecord": GuidanceRecordFactory,
    "handbook_labouract": LabourActFactory,
    "handbook_safetygroup": lambda: SafetyMemberFactory().group,
    "handbook_clinic": ClinicFactory,
    "handbook_medicalteam": MedicalTeamFactory,
    "handbook_teamevaluation": TeamEvaluationFactory,
    "handbook_task": TaskFactory,
    "handbook_visitrecord": VisitRecordFactory,
    "handbook_visittopic": VisitTopicFactory,
    "handbook_trainingsubject": TrainingSubjectFactory,
    "handbook_careitem": CareItemFactory,
    "handbook_inspectionitem": InspectionItemFactory,
    "handbook_entrytemplate": EntryTemplateFactory,
    "handbook_campaign": CampaignFactory,
    "handbook_ethnicfestival": lambda: FestivalDayFactory().festival,
    "labour_teams_workercertificate": WorkerCertificateFactory,
    "inbox_handover": HandoverFactory,
    "reports_monthlyreport": lambda: MonthlyReportFactory(locked=True),
    "reports_reporttemplate": lambda: MonthlyReportFactory(locked=True).template,
    "reports_reportsection": lambda: MonthlyReportFactory(locked=True).template.sections.get(),
    "imports_importjob": lambda: ImportJobFactory(written=True),
    "accounts_user": UserFactory,
    "accounts_staffpost": StaffPostFactory,
    "wages_wagesheet": lambda: SheetSignatureFactory().sheet,
    "wages_wageline": WageLineFactory,
    "wages_wagefinding": WageFindingFactory,
    "wages_attendancesheet": lambda: AttendanceLineFactory().sheet,
    "wages_attendanceline": AttendanceLineFactory,
    "wages_paymentlist": lambda: PaymentLineFactory().sheet,
    "wages_paymentline": PaymentLineFactory,
    "wages_wagearrears": WageArrearsFactory,
    "wages_wageaccount": WageAccountFactory,
    "wages_wageleadinggroup": WageGroupFactory,
    "wages_restrictionrequest": RestrictionRequestFactory,
    "wages_payslip": PaySlipFactory,
    "wages_wagequestion": lambda: WageQuestionFactory(answered=True),
    "wages_exitcheck": lambda: ExitCheckFactory(done=True),
    "core_auditevent": AuditEventFactory,
    "core_workdayoverride": WorkdayOverrideFactory,
}


def reader_of(readers: frozenset[Any]) -> Any:
    return next(role for role in (Role.LABOUR_CENTRE, Role.AUDITOR, Role.PARTY_ORGANISATION) if role in readers)


def address(table: str, page: str, *args: Any) -> str:
    return reverse(f"admin:{table}_{page}", args=args)


def test_every_model_is_in_the_admin_site_or_on_the_page_of_its_owner() -> None:
    ours = {model for app in apps.get_app_configs() if app.name in PROJECT_APPS for model in app.get_models()}
    inline = {each.model for each_admin in admin.site._registry.values() for each in each_admin.inlines}
    assert ours - set(admin.site._registry) - inline == ON_ITS_OWNERS_PAGE


# Files, rows and traces are encrypted personal data; what was answered is changed where it was asked; photos are seen there too.
ON_ITS_OWNERS_PAGE = {ImportFile, ImportBlock, ImportTrace, ImportMemory, Attachment} | {
    # Whom a case names, how to reach whoever spoke, what was said, single answers: seen with the case, or not at all.
    *(CaseAccused, CaseContact, CaseFile, CaseMessage, CaseOfficer, CasePhoto, SurveyAnswer, SurveyResponse),
    # Photos and the cases of an entry are seen with it; results by name and consents are the health officer's alone.
    *(EntryPhoto, EntryCase, HealthCheck, HealthConsent),
}
PROJECT_APPS = {
    "accounts",
    "coordinators",
    "core",
    "feedback",
    "handbook",
    "imports",
    "inbox",
    "labour_teams",
    "regions",
    "reports",
    "wages",
}


def test_everything_in_the_admin_site_is_scoped() -> None:
    for model, model_admin in admin.site._registry.items():
        assert isinstance(model_admin, ScopedAdmin), model
        assert all(issubclass(each, ScopedInline) for each in model_admin.inlines), model
    assert Group not in admin.site._registry
    assert {f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry} == set(TABLES)


@pytest.mark.parametrize("role", sorted(set(Role) - ADMIN_SITE))
def test_to_everybody_else_the_admin_site_does_not_exist(role: Role, time_machine: Any) -> None:
    time_machine.move_to(timezone.now(), tick=False)  # pages name the minute
    client = client_for(person_with(role))
    places = ("/admin/", "/admin/login/", "/admin/regions/region/", "/admin/nothing/", "/admin/autocomplete/")
    answers = {place: client.get(place) for place in places}
    assert {answer.status_code for answer in answers.values()} == {404}
    assert len({steady(answer.content).replace(place.encode(), b"") for place, answer in answers.items()}) == 1


@pytest.mark.parametrize("place", ["/admin/", "/admin/login/", "/admin/regions/region/", "/admin/nothing/"])
def test_strangers_are_sent_to_the_sign_in_of_the_site(place: str) -> None:
    response = Client().get(place)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/?next=")


def test_the_admin_has_no_sign_in_of_its_own() -> None:
    client = client_for(person_with(Role.LABOUR_CENTRE))
    assert client.get("/admin/login/").headers["Location"] == "/admin/"
    for gone in ("logout", "password_change", "password_change/done", "r/1/1"):
        assert client.post(f"/admin/{gone}/").status_code == 404


@pytest.mark.parametrize("role", sorted(ADMIN_SITE))
def test_tables_open_by_role(role: Role) -> None:
    """As the index asks for it, and every view before it does anything (that each does: test_tables.py)."""
    request = RequestFactory().get("/admin/")
    request.user = person_with(role)
    offered = {
        f"{model['model']._meta.app_label}_{model['model']._meta.model_name}": model["perms"] for model in on_index(request)
    }
    assert set(offered) == {table for table, (readers, _editors) in TABLES.items() if role in readers}
    assert all(may["view"] for may in offered.values())
    assert {table for table, may in offered.items() if may["add"]} == {
        table for table, (_readers, editors) in TABLES.items() if role in editors
    }
    unseen = [desk for model, desk in admin.site._registry.items() if model._meta.label_lower.replace(".", "_") not in offered]
    assert [desk for desk in unseen if any(desk.get_model_perms(request).values())] == []


def on_index(request: HttpRequest) -> list[dict[str, Any]]:
    return [model for app in admin.site.get_app_list(request) for model in app["models"]]


def test_readers_change_nothing_whatever_they_post() -> None:
    """No table lets them; and what they post is refused before any table is asked, so each table is tried by one of them."""
    rows = {table: make() for table, make in ROWS.items()}
    people = {role: person_with(role) for role in sorted(READERS)}
    clients = {role: client_for(person) for role, person in people.items()}
    before = {table: type(row).objects.count() for table, row in rows.items()}
    posts = [(role, place) for table, row in rows.items() for role in clients for place in places_to_post(table, row)]
    for role, place in posts if EVERYTHING else posts[::ONCE_A_TABLE]:
        assert clients[role].post(place, {"name": "改了", "day": "2026-01-01"}).status_code == 403, place
    assert [table for table, row in rows.items() for person in people.values() if may_change(person, row)] == []
    assert {table: type(row).objects.count() for table, row in rows.items()} == before
    assert not Region.objects.filter(name="改了").exists()
    assert not AuditEvent.objects.filter(by__in=people.values()).exists()


def places_to_post(table: str, row: Any) -> list[str]:
    return [address(table, "change", row.pk), address(table, "delete", row.pk), address(table, "add")]


ONCE_A_TABLE = 5  # of its six posts one or two, and each of the six in its turn


def may_change(person: User, row: Any) -> bool:
    request, desk = RequestFactory().post("/admin/"), admin.site._registry[type(row)]
    request.user = person
    return (
        desk.has_add_permission(request) or desk.has_change_permission(request, row) or desk.has_delete_permission(request, row)
    )


@pytest.mark.parametrize(
    ("table", "lookup"),
    [
        ("labour_teams_worker", "id_number_hash__startswith=a"),
        ("labour_teams_engagement", "worker__id_number_hash=a"),
        ("labour_teams_labourteam", "engagements=1"),
        ("accounts_user", "password__startswith=md5"),
    ],
)
def test_no_fishing_through_the_address(table: str, lookup: str) -> None:
    client = client_for(person_with(Role.PARTY_PERSONNEL))
    assert client.get(f"{address(table, 'changelist')}?{lookup}").status_code == 400


@pytest.mark.parametrize("table", ["labour_teams_worker", "labour_teams_engagement", "accounts_user", "regions_region"])
def test_a_full_number_leaves_the_address_of_a_list(table: str) -> None:
    client = client_for(person_with(Role.LABOUR_CENTRE))
    response = client.get(address(table, "changelist"), {"q": id_number(3), "o": "1"})
    assert response.headers["Location"] == f"{address(table, 'changelist')}?o=1"


def test_only_the_index_makes_the_list_of_all_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django makes it for every page, for a sidebar that is not there."""
    made: list[str] = []
    build = AdminSite._build_app_dict
    monkeypatch.setattr(
        AdminSite, "_build_app_dict", lambda site, request, *args: made.append(request.path) or build(site, request, *args)
    )
    client = client_for(person_with(Role.LABOUR_CENTRE))
    for place in ("/admin/regions/region/", "/admin/", "/admin/regions/"):
        assert client.get(place).status_code == 200
    assert made == ["/admin/", "/admin/regions/"]


def test_the_system_administrator_sees_no_content_on_the_index() -> None:
    MonthlyReportFactory(submitted=True)
    ImportJobFactory(refused=True)
    project = WorkCrewFactory().team.project
    response = client_for(person_with(SYSADMIN)).get("/admin/")
    addresses = {item.url for item in response.context["attention"]}
    assert reverse("project", args=[project.code]) in addresses
    assert not any(place.startswith(("/reports/", "/imports/")) for place in addresses)


def test_the_index_says_what_needs_attention_with_links() -> None:
    report = MonthlyReportFactory(submitted=True)
    job = ImportJobFactory(refused=True)
    response = client_for(person_with(Role.PARTY_ORGANISATION)).get("/admin/")
    text = response.content.decode()
    assert reverse("report", args=[report.region.code, report.month]) in text
    assert reverse("import-job", args=[job.pk]) in text
    assert reverse("project", args=[job.project.code]) in text


def test_an_empty_index_says_that_nothing_waits() -> None:
    response = client_for(person_with(Role.LABOUR_CENTRE)).get("/admin/")
    assert response.context["attention"] == []
    assert response.status_code == 200
