"""A project's part-time coordinators from a spreadsheet: what each row would do, what is written, what is taken back."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from coordinators.coordinator_import.sheet import COORDINATORS
from coordinators.models import Coordinator
from core.personal import Phone
from core.refusals import Refused, Stale
from core.roles import HEADQUARTERS, Role
from imports import blocks, workflow
from imports.models import ImportJob
from regions.models import Project
from tests.factories import (
    CoordinatorFactory,
    LiaisonFactory,
    NominationFactory,
    ProjectFactory,
    StaffPostFactory,
    UserFactory,
    person_with,
    phone,
)
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db

S = ImportJob.Status
FIRST = 9_600  # far from the running numbers of the factories
BEGAN = date(2026, 3, 1)
DOCUMENT = "党工委2026年3号"


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-06-30 10:00:00+08:00")


@pytest.fixture
def project() -> Project:
    return ProjectFactory(code="DUNGE", name="敦格项目")


@pytest.fixture
def centre() -> User:
    return person_with(Role.LABOUR_CENTRE)


def row(n: int, **values: Any) -> dict[str, Any]:
    return {
        "name": "向春生",
        "phone": phone(FIRST + n),
        "main_job": "工会干事",
        "from_on": BEGAN,
        "to_on": "",
        "is_acting": "",
        "document_no": DOCUMENT,
        **values,
    }


def sheet(*rows: dict[str, Any]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([COORDINATORS.column(name).header for name in rows[0]])
    writer.writerows(values.values() for values in rows)
    return stream.getvalue().encode("utf-8-sig")


def received(project: Project, by: User, *rows: dict[str, Any]) -> ImportJob:
    job = workflow.receive(project, "coordinators", name="协理员.csv", data=sheet(*rows), by=by)
    return workflow.read(job, by=by)


def imported(project: Project, by: User, *rows: dict[str, Any]) -> ImportJob:
    return workflow.write(received(project, by, *rows), by=by)


def serving(n: int, project: Project, **values: Any) -> Coordinator:
    """The n-th of these rows, in post already."""
    person = UserFactory(name="向春生", phone=Phone.parse(phone(FIRST + n)))
    held = {"from_on": BEGAN, "document_no": DOCUMENT, "main_job": "工会干事", **values}
    return CoordinatorFactory(person=person, project=project, **held)


def counted(job: ImportJob) -> dict[str, int]:
    return {name: number for name, number in job.counts.items() if number}


def said(job: ImportJob) -> list[str]:
    """The codes of what there is to say about the rows."""
    return [issue[1] for rows in blocks.each(job) for staged in rows for issue in staged.issues]


def test_new_coordinators_get_a_post_and_an_account_that_cannot_sign_in_yet(project: Project, centre: User) -> None:
    job = imported(project, centre, row(1, to_on=date(2029, 2, 28), is_acting="是"))
    post = Coordinator.objects.get()
    assert (job.status, counted(job), said(job)) == (S.WRITTEN, {"new": 1}, [])
    assert (post.kind, post.project, post.region, post.is_labour_manager) == ("part_time", project, None, False)
    assert (post.main_job, post.from_on, post.to_on, post.is_acting) == ("工会干事", BEGAN, date(2029, 2, 28), True)
    assert (post.document_no, post.person.name, post.person.phone) == (DOCUMENT, "向春生", Phone.parse(phone(FIRST + 1)))
    assert (post.person.has_usable_password(), post.person.must_change_password) == (False, True)


def test_the_same_file_again_changes_nothing(project: Project, centre: User) -> None:
    imported(project, centre, row(1), row(2))
    again = received(project, centre, row(1), row(2), row(3))
    assert counted(again) == {"same": 2, "new": 1, "warned": 1}
    assert said(again) == ["beside_others"]


def test_what_the_sheet_says_otherwise_is_changed_and_the_first_day_stays(project: Project, centre: User) -> None:
    post = serving(1, project)
    changed = {"main_job": "综合办主任", "to_on": date(2027, 2, 28), "is_acting": "是", "document_no": "新文号"}
    job = imported(project, centre, row(1, **changed, from_on=date(2026, 5, 1)))
    post.refresh_from_db()
    assert (counted(job), said(job)) == ({"update": 1, "warned": 1}, ["began_otherwise"])
    assert (post.main_job, post.to_on, post.is_acting, post.document_no) == ("综合办主任", date(2027, 2, 28), True, "新文号")
    assert post.from_on == BEGAN


def test_an_empty_cell_says_nothing(project: Project, centre: User) -> None:
    serving(1, project, to_on=date(2027, 2, 28), is_acting=True)
    assert counted(received(project, centre, row(1))) == {"same": 1}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "石光荣"}, "phone_of_another"),
        ({"document_no": ""}, "required"),
        ({"main_job": ""}, "required"),
        ({"phone": "1390000"}, "phone"),
        ({"to_on": date(2026, 2, 1)}, "ends_before_start"),
        ({"from_on": date(2026, 1, 1), "to_on": date(2026, 2, 1)}, "ends_before_start"),
        ({"is_acting": "也许"}, "unknown_value"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_written(
    project: Project, centre: User, values: dict[str, Any], code: str
) -> None:
    post = serving(1, project)
    job = received(project, centre, row(1, **values))
    assert counted(job)["error"] == 1
    assert code in said(job)
    with pytest.raises(Refused):
        workflow.write(job, by=centre)
    assert list(Coordinator.objects.values_list("pk", "to_on")) == [(post.pk, None)]


def test_one_mobile_in_two_rows_is_an_error_in_the_second(project: Project, centre: User) -> None:
    job = received(project, centre, row(1), row(1))
    assert (counted(job), said(job)) == ({"new": 1, "error": 1}, ["duplicate_phone"])


def test_the_clerk_and_the_former_coordinator_of_the_project_keep_their_accounts(project: Project, centre: User) -> None:
    clerk = UserFactory(name="向春生", phone=Phone.parse(phone(FIRST + 1)))
    StaffPostFactory(person=clerk, role=Role.PROJECT_CLERK, project=project)
    former = serving(2, project, to_on=date(2026, 5, 1)).person
    liaison = UserFactory(name="向春生", phone=Phone.parse(phone(FIRST + 3)))
    LiaisonFactory(team__project=project, person=liaison)
    before = User.objects.count()
    job = imported(project, centre, row(1), row(2, from_on=date(2026, 6, 1)), row(3))
    assert counted(job)["new"] == 3
    assert set(Coordinator.objects.filter(to_on=None).values_list("person", flat=True)) == {clerk.pk, former.pk, liaison.pk}
    assert User.objects.count() == before
    workflow.undo(job, by=centre)
    assert (Coordinator.objects.count(), User.objects.count()) == (1, before)


def test_somebody_from_elsewhere_keeps_his_account_and_looks_unknown(project: Project, centre: User) -> None:
    known = UserFactory(name="向春生", phone=Phone.parse(phone(FIRST + 1)))
    StaffPostFactory(person=known, role=Role.PROJECT_CLERK, project=ProjectFactory())
    job = imported(project, centre, row(1))
    assert (counted(job), said(job)) == ({"new": 1}, [])
    assert Coordinator.objects.get().person == known


@pytest.mark.parametrize("facts", [{"name": "石光荣"}, {"name": "向春生", "is_active": False}])
@pytest.mark.parametrize("is_here", [True, False])
def test_a_mobile_that_is_another_s_is_written_for_nobody(
    project: Project, centre: User, facts: dict[str, Any], is_here: bool
) -> None:
    known = UserFactory(phone=Phone.parse(phone(FIRST + 1)), **facts)
    StaffPostFactory(person=known, role=Role.PROJECT_CLERK, project=project if is_here else ProjectFactory())
    before = User.objects.count()
    job = received(project, centre, row(1))
    assert (counted(job), said(job)) == ({"error": 1}, ["phone_of_another"])
    with pytest.raises(Refused):
        workflow.write(job, by=centre)
    assert (Coordinator.objects.count(), User.objects.count()) == (0, before)


def test_those_who_are_not_in_the_sheet_leave_only_when_ticked(project: Project, centre: User) -> None:
    gone, elsewhere = serving(1, project), serving(2, ProjectFactory())
    regional = CoordinatorFactory(region=project.region)
    job = received(project, centre, row(3))
    assert job.leavers["ids"] == [gone.pk]
    job = workflow.tick_leavers(job, [gone.pk], date(2026, 6, 15), by=centre)
    workflow.write(job, by=centre)
    for post in (gone, elsewhere, regional):
        post.refresh_from_db()
    assert (gone.to_on, elsewhere.to_on, regional.to_on) == (date(2026, 6, 15), None, None)
    assert gone.end_reason


def test_a_post_that_changed_since_the_preview_stops_the_writing(project: Project, centre: User) -> None:
    post = serving(1, project)
    job = received(project, centre, row(1, main_job="综合办主任"))
    Coordinator.objects.filter(pk=post.pk).update(main_job="安全员")
    with pytest.raises(Stale):
        workflow.write(job, by=centre)
    post.refresh_from_db()
    assert post.main_job == "安全员"


def test_somebody_appointed_since_the_preview_is_not_appointed_twice(project: Project, centre: User) -> None:
    job = received(project, centre, row(1))
    post = serving(1, project)
    with pytest.raises(Stale):
        workflow.write(job, by=centre)
    assert list(Coordinator.objects.all()) == [post]


def test_an_import_is_taken_back_with_its_accounts_and_the_posts_that_it_ended_go_on(project: Project, centre: User) -> None:
    changed, gone = serving(1, project), serving(2, project)
    people = set(User.objects.values_list("pk", flat=True))
    job = received(project, centre, row(1, main_job="综合办主任", to_on=date(2027, 2, 28)), row(3))
    job = workflow.tick_leavers(job, [gone.pk], date(2026, 6, 15), by=centre)
    job = workflow.undo(workflow.write(job, by=centre), by=centre)
    changed.refresh_from_db()
    gone.refresh_from_db()
    assert (job.undoing["undone"], job.undoing["kept"], job.undoing["stuck"]) == (3, [], [])
    assert (changed.main_job, changed.to_on, gone.to_on, gone.end_reason) == ("工会干事", None, None, "")
    assert set(Coordinator.objects.values_list("pk", flat=True)) == {changed.pk, gone.pk}
    assert set(User.objects.values_list("pk", flat=True)) == people


def test_after_seven_days_nothing_is_taken_back(project: Project, centre: User, time_machine: Any) -> None:
    job = imported(project, centre, row(1))
    time_machine.move_to("2026-07-08 10:00:00+08:00")
    with pytest.raises(Refused):
        workflow.undo(job, by=centre)
    assert Coordinator.objects.count() == 1


def test_what_somebody_changed_or_built_on_since_is_kept(project: Project, centre: User) -> None:
    job = imported(project, centre, row(1), row(2), row(3))
    ended, built_on, _free = Coordinator.objects.order_by("pk")
    ended.to_on = timezone.localdate()
    ended.save()
    NominationFactory(decided=True, project=project, coordinator=built_on, person=built_on.person)
    job = workflow.undo(job, by=centre)
    assert (job.undoing["undone"], job.undoing["kept"]) == (1, [ended.pk])
    assert [number for number, _reason in job.undoing["stuck"]] == [built_on.pk]
    assert set(Coordinator.objects.all()) == {ended, built_on}


PROJECT_ROLES = {Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK, Role.PROJECT_COMMITTEE}


@pytest.mark.parametrize("role", [*sorted(HEADQUARTERS), Role.REGIONAL_COORDINATOR, *sorted(PROJECT_ROLES), Role.LEADER])
def test_who_may_import_coordinators(project: Project, role: Role) -> None:
    unit = {"region": project.region} if role == Role.REGIONAL_COORDINATOR else {"project": project}
    person = person_with(role, **(unit if role in PROJECT_ROLES | {Role.REGIONAL_COORDINATOR} else {}))
    page = client_for(person).get(reverse("coordinator-import", args=[project.code]))
    assert ('type="file"' in page.content.decode()) is (role in HEADQUARTERS)
    if role not in HEADQUARTERS:
        with pytest.raises(Refused):
            received(project, person, row(1))


def test_nobody_imports_the_coordinators_among_whom_he_is(project: Project, centre: User) -> None:
    CoordinatorFactory(project=project, person=centre)
    person = User.objects.get(pk=centre.pk)
    with pytest.raises(Refused):
        received(project, person, row(1))
    assert received(ProjectFactory(), person, row(1)).status == S.PREVIEWED


def test_the_wizard_takes_a_sheet_from_upload_to_the_projects_page(project: Project, centre: User) -> None:
    browser = client_for(centre)
    stream = io.BytesIO(sheet(row(1)))
    stream.name = "协理员.csv"
    page = browser.post(reverse("coordinator-import", args=[project.code]), {"file": stream}, follow=True)
    job = ImportJob.objects.get()
    assert (page.status_code, job.status) == (200, S.PREVIEWED)
    assert phone(FIRST + 1) not in page.content.decode()
    written = browser.post(reverse("import-write", args=[job.pk]), {"version": job.version, "mode": "all"}, follow=True)
    assert f'href="{reverse("project", args=[project.code])}"' in written.content.decode()
    assert Coordinator.objects.get().project == project


def test_the_empty_sheet_has_every_column(project: Project, centre: User) -> None:
    from openpyxl import load_workbook

    page = client_for(centre).get(reverse("coordinator-import-template", args=[project.code]))
    book = load_workbook(io.BytesIO(b"".join(page.streaming_content) if page.streaming else page.content))
    texts = {cell.value for name in book.sheetnames for cells in book[name].iter_rows() for cell in cells}
    assert {column.header for column in COORDINATORS.columns} <= texts
