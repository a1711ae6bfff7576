"""The factories make rows that the database and the rules accept."""

import pytest
from django.utils import timezone

from accounts.models import StaffPost
from core.attachments import keep_photo, served
from core.months import Month
from core.personal import BankCard, IdNumber, Phone
from core.roles import Role
from core.scope import Grant, Level
from labour_teams.models import Engagement
from regions.models import ProjectStage
from reports.content import content_of
from reports.models import MonthlyReport
from tests import factories as f

pytestmark = pytest.mark.django_db


def test_id_numbers_are_valid_and_never_collide() -> None:
    numbers = [f.id_number(n) for n in range(20_000)]
    assert len(set(numbers)) == len(numbers)
    assert all(IdNumber.parse(number).has_known_province for number in numbers[::997])
    assert {number[14:17] for number in numbers} == {"996", "997"}


def test_phones_and_cards_are_valid() -> None:
    assert Phone.parse(f.phone(7)).masked == "154****0007"
    assert BankCard.parse(f.bank_card(7)).tail == f.bank_card(7)[-4:]


def test_project_has_the_stage_asked_for() -> None:
    today = timezone.localdate()
    assert f.ProjectFactory().stage_on(today) == ProjectStage.Stage.ACTIVE
    assert f.ProjectFactory(stage="new").stage_on(today) == ProjectStage.Stage.NEW
    assert f.ProjectFactory(stage=None).stage_on(today) is None


def test_engagement_follows_its_crew_and_keeps_project_and_region() -> None:
    crew = f.WorkCrewFactory()
    engagement = f.EngagementFactory(crew=crew, left=True)
    assert engagement.team == crew.team
    assert (engagement.project, engagement.region) == (crew.team.project, crew.team.project.region)
    assert not Engagement.objects.current(timezone.localdate()).exists()


def test_engagement_takes_a_project_through_its_team() -> None:
    project = f.ProjectFactory()
    engagement = f.EngagementFactory(team__project=project)
    assert engagement.project == project
    assert Engagement.objects.current(timezone.localdate()).get() == engagement


def test_worker_of_a_branch_is_externally_hired() -> None:
    engagement = f.EngagementFactory(of_branch=True, party_member=True, externally_hired=True)
    assert engagement.branch.kind == "branch"
    assert engagement.political_status == "中共党员"


@pytest.mark.parametrize("role", [role for role, _label in StaffPost.ROLES])
def test_staff_post_satisfies_its_constraints(role: str) -> None:
    post = f.StaffPostFactory(role=role)
    assert (post.project is not None) == (role in StaffPost.PROJECT_ROLES)
    assert post.person.check_password(f.PASSWORD)


UNIT_OF_ROLE = {
    Role.SYSTEM_ADMINISTRATOR: Level.STRUCTURE,
    Role.DEPARTMENT_OFFICER: Level.DEPARTMENT,
    Role.HEALTH_OFFICER: Level.PROJECT,
    Role.REGIONAL_COORDINATOR: Level.REGION,
    Role.PROJECT_COMMITTEE: Level.PROJECT,
    Role.PROJECT_COORDINATOR: Level.PROJECT,
    Role.PROJECT_CLERK: Level.PROJECT,
    Role.LIAISON: Level.TEAM,
}


@pytest.mark.parametrize("role", list(Role))
def test_person_with_gives_the_role_alone(role: Role) -> None:
    scope = f.person_with(role).scope
    assert scope.roles == {role}
    assert {grant.level for grant in scope.grants} == {UNIT_OF_ROLE.get(role, Level.COMPANY)}


def test_person_with_takes_the_unit_given() -> None:
    crew = f.WorkCrewFactory()
    project, region = crew.team.project, crew.team.project.region
    assert f.person_with(Role.REGIONAL_COORDINATOR, region=region).scope.units("region") == {region.pk}
    assert f.person_with(Role.PROJECT_CLERK, project=project).scope.units("project") == {project.pk}
    assert f.person_with(Role.LIAISON, crew=crew).scope.grants == (Grant("liaison", Level.CREW, crew.pk),)
    assert f.person_with(Role.LIAISON, team=crew.team).scope.units("team") == {crew.team.pk}
    department = f.DepartmentFactory()
    assert f.person_with(Role.DEPARTMENT_OFFICER, department=department).scope.units("department") == {department.pk}


@pytest.mark.parametrize("role", [Role.PROJECT_COORDINATOR, Role.HEALTH_OFFICER])
def test_person_with_makes_a_project_in_the_region_given(role: Role) -> None:
    region = f.RegionFactory()
    (project_id,) = f.person_with(role, region=region).scope.units("project")
    assert region.projects.get().pk == project_id


def test_coordinator_and_liaison_traits_hold_their_posts() -> None:
    today = timezone.localdate()
    assert f.CoordinatorFactory(part_time=True).unit.stage_on(today) == "active"
    assert f.CoordinatorFactory(full_time=True, acting=True).is_acting
    assert not f.CoordinatorFactory(ended=True).is_held_on(today)
    liaison = f.LiaisonFactory(for_crew=True)
    assert liaison.team == liaison.crew.team


@pytest.mark.parametrize("situation", ["written", "refused", "dropped"])
def test_import_job_situations_satisfy_their_constraints(situation: str) -> None:
    job = f.ImportJobFactory(**{situation: True})
    assert job.status == situation
    assert (job.written_at is None) == (situation != "written")


def test_import_block_keeps_its_rows() -> None:
    block = f.ImportBlockFactory()
    block.refresh_from_db()
    assert block.rows == [f.staged_row(block.first).packed()]
    assert block.job.status == "previewed"


def test_small_rows_can_be_made() -> None:
    assert f.AuditEventFactory().kind == "sign_in"
    assert not f.WorkdayOverrideFactory().is_working
    assert f.DepartmentFactory(outside=True).kind == "outside"
    assert f.LabourTeamFactory(left=True).left_on < timezone.localdate()


@pytest.mark.parametrize("status", list(MonthlyReport.Status))
def test_report_situations_have_the_rows_of_their_state(status: str) -> None:
    report = f.MonthlyReportFactory(**({status: True} if status != "owed" else {}))
    sent = status in MonthlyReport.SENT
    assert report.status == status
    assert report.values.count() == {"owed": 0, "exempt": 0, "draft": 2}.get(status, 3)
    assert report.events.filter(verb="submit").exists() == sent
    assert report.remarks.filter(answered_at=None).exists() == (status == "returned")
    assert report.receipts.count() == {"received": 1, "locked": 2, "reopened": 2}.get(status, 0)
    assert report.values.filter(snapshot__isnull=False).exists() == sent


def test_late_report_was_sent_after_its_deadline() -> None:
    report = f.MonthlyReportFactory(locked=True, late=True, month=Month.current().plus(-3))
    assert report.is_late
    assert report.due_at < report.first_submitted_at < report.locked_at


def test_reports_of_a_test_share_one_template() -> None:
    first, second = f.MonthlyReportFactory(), f.MonthlyReportFactory(draft=True)
    assert first.template == second.template
    assert first.template.sections.get().lines.count() == 3


def test_returned_report_can_be_sent_again() -> None:
    report = f.MonthlyReportFactory(returned=True)
    assert content_of(report).missing == {}
    assert report.events.get(verb="submit").submitted.keys() == {"workers_on_site", "trained", "summary"}


def test_a_photo_is_what_the_product_would_keep() -> None:
    """The factory draws a picture once; its photos have files of their own all the same."""
    first, second = f.PhotoFactory(), f.PhotoFactory()
    real = keep_photo(f.uploaded(), by=first.by)
    facts = ("kind", "name", "content_type", "sha256", "size", "width", "height")
    assert {tuple(getattr(photo, name) for name in facts) for photo in (first, second)} == {
        tuple(getattr(real, name) for name in facts)
    }
    names = {name for photo in (first, second, real) for name in (photo.content.name, photo.small.name)}
    assert (len(names), len({served(photo, small=True).content for photo in (first, second, real)})) == (6, 1)
