"""A project's liaisons from a spreadsheet: what each row would do, what is written, what is taken back."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from coordinators.liaison_import.sheet import LIAISONS
from coordinators.models import Liaison
from core.personal import Phone
from core.refusals import Refused, Stale
from core.roles import Role
from imports import workflow
from imports.models import ImportJob
from labour_teams.models import WorkCrew
from tests.factories import LabourTeamFactory, LiaisonFactory, UserFactory, WorkCrewFactory, person_with, phone
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db

S = ImportJob.Status
FIRST = 9_500  # far from the running numbers of the factories
BEGAN = date(2026, 3, 1)
DOCUMENT = "党工委2026年3号"


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-06-30 10:00:00+08:00")


@pytest.fixture
def crew() -> WorkCrew:
    return WorkCrewFactory(name="钢筋一班", team=LabourTeamFactory(name="隧道一队"))


@pytest.fixture
def coordinator(crew: WorkCrew) -> User:
    return person_with(Role.REGIONAL_COORDINATOR, region=crew.team.project.region)


def row(n: int, crew: WorkCrew, **values: Any) -> dict[str, Any]:
    return {
        "name": "向春生",
        "phone": phone(FIRST + n),
        "labour_team": crew.team.name,
        "work_crew": crew.name,
        "is_crew_leader": "否",
        "from_on": BEGAN,
        "document_no": DOCUMENT,
        **values,
    }


def sheet(*rows: dict[str, Any]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([LIAISONS.column(name).header for name in rows[0]])
    writer.writerows(values.values() for values in rows)
    return stream.getvalue().encode("utf-8-sig")


def received(crew: WorkCrew, by: User, *rows: dict[str, Any]) -> ImportJob:
    job = workflow.receive(crew.team.project, "liaisons", name="联络员.csv", data=sheet(*rows), by=by)
    return workflow.read(job, by=by)


def imported(crew: WorkCrew, by: User, *rows: dict[str, Any]) -> ImportJob:
    return workflow.write(received(crew, by, *rows), by=by)


def serving(n: int, crew: WorkCrew, **values: Any) -> Liaison:
    """The n-th of these rows, in post already."""
    person = UserFactory(name="向春生", phone=Phone.parse(phone(FIRST + n)))
    return LiaisonFactory(person=person, crew=crew, **{"from_on": BEGAN, "document_no": DOCUMENT, **values})


def counted(job: ImportJob) -> dict[str, int]:
    return {name: number for name, number in job.counts.items() if number}


def said(job: ImportJob) -> list[str]:
    """The codes of what there is to say about the rows."""
    from imports import blocks

    return [issue[1] for rows in blocks.each(job) for staged in rows for issue in staged.issues]


def test_new_liaisons_get_a_post_and_an_account_that_cannot_sign_in_yet(crew: WorkCrew, coordinator: User) -> None:
    job = imported(crew, coordinator, row(1, crew, is_crew_leader="是"))
    post = Liaison.objects.get()
    assert (job.status, counted(job)) == (S.WRITTEN, {"new": 1})
    assert (post.team, post.crew, post.is_crew_leader, post.from_on, post.to_on) == (crew.team, crew, True, BEGAN, None)
    assert (post.document_no, post.person.name, post.person.phone) == (DOCUMENT, "向春生", Phone.parse(phone(FIRST + 1)))
    assert (post.person.has_usable_password(), post.person.must_change_password) == (False, True)
    assert post.person.username.startswith("xiangchunsheng")


def test_the_same_file_again_changes_nothing(crew: WorkCrew, coordinator: User) -> None:
    imported(crew, coordinator, row(1, crew), row(2, crew))
    again = received(crew, coordinator, row(1, crew), row(2, crew), row(3, crew))
    assert counted(again) == {"same": 2, "new": 1, "warned": 1}
    assert said(again) == ["beside_others"]


def test_what_the_sheet_says_otherwise_is_changed_and_the_first_day_stays(crew: WorkCrew, coordinator: User) -> None:
    post = serving(1, crew)
    job = imported(crew, coordinator, row(1, crew, document_no="党工委2026年9号", is_crew_leader="是", from_on=date(2026, 5, 1)))
    post.refresh_from_db()
    assert counted(job) == {"update": 1, "warned": 1}
    assert (post.document_no, post.is_crew_leader, post.from_on) == ("党工委2026年9号", True, BEGAN)


def test_another_crew_ends_the_old_post_the_day_before(crew: WorkCrew, coordinator: User) -> None:
    post, other = serving(1, crew), WorkCrewFactory(team=crew.team, name="模板班")
    job = imported(crew, coordinator, row(1, other, from_on=date(2026, 6, 1)))
    post.refresh_from_db()
    after = Liaison.objects.exclude(pk=post.pk).get()
    assert counted(job) == {"transfer": 1}
    assert (post.to_on, bool(post.end_reason)) == (date(2026, 5, 31), True)
    assert (after.person, after.crew, after.from_on) == (post.person, other, date(2026, 6, 1))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"labour_team": "没有的队"}, "unknown_team"),
        ({"work_crew": "没有的班"}, "unknown_crew"),
        ({"name": "石光荣"}, "phone_of_another"),
        ({"document_no": ""}, "required"),
        ({"phone": "1390000"}, "phone"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_written(
    crew: WorkCrew, coordinator: User, values: dict[str, str], code: str
) -> None:
    serving(1, crew)
    job = received(crew, coordinator, row(1, crew, **values))
    assert counted(job)["error"] == 1
    assert code in said(job)
    with pytest.raises(Refused):
        workflow.write(job, by=coordinator)
    assert Liaison.objects.count() == 1


def test_a_move_must_begin_after_the_post_that_it_ends(crew: WorkCrew, coordinator: User) -> None:
    serving(1, crew)
    job = received(crew, coordinator, row(1, WorkCrewFactory(team=crew.team, name="模板班")))
    assert said(job) == ["moved_too_early"]


def test_one_mobile_in_two_rows_is_an_error_in_the_second(crew: WorkCrew, coordinator: User) -> None:
    job = received(crew, coordinator, row(1, crew), row(1, crew))
    assert (counted(job), said(job)) == ({"new": 1, "error": 1}, ["duplicate_phone"])


def test_somebody_known_in_another_project_looks_unknown_and_keeps_his_account(crew: WorkCrew, coordinator: User) -> None:
    elsewhere = serving(1, WorkCrewFactory())
    job = imported(crew, coordinator, row(1, crew))
    post = Liaison.objects.exclude(pk=elsewhere.pk).get()
    assert (counted(job), said(job)) == ({"new": 1}, [])
    assert post.person == elsewhere.person


def test_a_clerk_who_types_his_own_mobile_for_somebody_else_is_told(crew: WorkCrew, coordinator: User) -> None:
    clerk = person_with(Role.PROJECT_CLERK, project=crew.team.project)
    mobile, before = str(clerk.phone), User.objects.count()
    job = received(crew, coordinator, row(1, crew, phone=mobile))
    assert (counted(job), said(job)) == ({"error": 1}, ["phone_of_another"])
    own = imported(crew, coordinator, row(1, crew, name=clerk.name, phone=mobile))
    assert (counted(own), said(own)) == ({"new": 1, "warned": 1}, ["has_account"])
    assert (Liaison.objects.get().person, User.objects.count()) == (clerk, before)


def test_an_account_made_since_the_preview_is_not_made_twice(crew: WorkCrew, coordinator: User) -> None:
    job = received(crew, coordinator, row(1, crew), row(2, crew))
    known = UserFactory(name="向春生", phone=Phone.parse(phone(FIRST + 1)))
    another = UserFactory(name="石光荣", phone=Phone.parse(phone(FIRST + 2)))
    with pytest.raises(Stale):
        workflow.write(job, by=coordinator)
    assert not Liaison.objects.exists()
    another.delete()
    workflow.write(received(crew, coordinator, row(1, crew), row(2, crew)), by=coordinator)
    assert known.liaison_posts.count() == 1


def test_liaisons_of_the_sheets_teams_who_are_not_in_it_leave_only_when_ticked(crew: WorkCrew, coordinator: User) -> None:
    gone, of_another_team = serving(1, crew), serving(2, WorkCrewFactory(team=LabourTeamFactory(project=crew.team.project)))
    job = received(crew, coordinator, row(3, crew))
    assert job.leavers["ids"] == [gone.pk]
    job = workflow.tick_leavers(job, [gone.pk], date(2026, 6, 15), by=coordinator)
    workflow.write(job, by=coordinator)
    gone.refresh_from_db()
    of_another_team.refresh_from_db()
    assert (gone.to_on, of_another_team.to_on) == (date(2026, 6, 15), None)


def test_a_post_that_changed_since_the_preview_stops_the_writing(crew: WorkCrew, coordinator: User) -> None:
    post = serving(1, crew)
    job = received(crew, coordinator, row(1, crew, document_no="党工委2026年9号"))
    Liaison.objects.filter(pk=post.pk).update(document_no="党工委2026年5号")
    with pytest.raises(Stale):
        workflow.write(job, by=coordinator)
    post.refresh_from_db()
    assert post.document_no == "党工委2026年5号"


def test_an_import_is_taken_back_with_its_accounts_and_the_post_that_it_ended_goes_on(crew: WorkCrew, coordinator: User) -> None:
    before, other = serving(1, crew), WorkCrewFactory(team=crew.team, name="模板班")
    changed = serving(2, crew)
    people = set(User.objects.values_list("pk", flat=True))
    rows = [row(1, other, from_on=date(2026, 6, 1)), row(2, crew, document_no="新文号"), row(3, crew)]
    job = workflow.undo(imported(crew, coordinator, *rows), by=coordinator)
    before.refresh_from_db()
    changed.refresh_from_db()
    assert (job.undoing["undone"], job.undoing["kept"], job.undoing["stuck"]) == (3, [], [])
    assert (before.to_on, before.end_reason, changed.document_no) == (None, "", DOCUMENT)
    assert set(Liaison.objects.values_list("pk", flat=True)) == {before.pk, changed.pk}
    assert set(User.objects.values_list("pk", flat=True)) == people


def test_what_somebody_changed_since_is_kept(crew: WorkCrew, coordinator: User) -> None:
    job = imported(crew, coordinator, row(1, crew), row(2, crew))
    post = Liaison.objects.order_by("pk").first()
    assert post is not None
    post.to_on = timezone.localdate()
    post.save()
    job = workflow.undo(job, by=coordinator)
    assert (job.undoing["undone"], job.undoing["kept"]) == (1, [post.pk])
    assert list(Liaison.objects.all()) == [post]


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.REGIONAL_COORDINATOR, True),
        (Role.LABOUR_CENTRE, True),
        (Role.PARTY_ORGANISATION, True),
        (Role.PARTY_PERSONNEL, False),
        (Role.PROJECT_COORDINATOR, False),
        (Role.PROJECT_CLERK, False),
        (Role.PROJECT_COMMITTEE, False),
    ],
)
def test_who_may_import_liaisons(crew: WorkCrew, role: str, may: bool) -> None:
    project = crew.team.project
    unit = {"region": project.region} if role == Role.REGIONAL_COORDINATOR else {"project": project}
    person = person_with(role, **({} if role in (Role.LABOUR_CENTRE, Role.PARTY_ORGANISATION, Role.PARTY_PERSONNEL) else unit))
    page = client_for(person).get(reverse("liaison-import", args=[project.code]))
    assert ('type="file"' in page.content.decode()) is may


def test_the_history_offers_the_roster_first_and_only_what_one_may_import(crew: WorkCrew, coordinator: User) -> None:
    code = crew.team.project.code
    ways = [reverse(name, args=[code]) for name in ("import-upload", "liaison-import")]
    for person, offered in (
        (coordinator, ways),
        (person_with(Role.PROJECT_CLERK, project=crew.team.project), ways[:1]),
        (person_with(Role.PARTY_ORGANISATION), ways[1:]),
        (person_with(Role.AUDITOR), []),
    ):
        page = client_for(person).get(reverse("imports", args=[code])).content.decode()
        found = {page.index(f'href="{way}"'): way for way in ways if f'href="{way}"' in page}
        assert [found[place] for place in sorted(found)] == offered


def test_the_wizard_takes_a_sheet_from_upload_to_the_teams_page(crew: WorkCrew, coordinator: User) -> None:
    browser, project = client_for(coordinator), crew.team.project
    stream = io.BytesIO(sheet(row(1, crew)))
    stream.name = "联络员.csv"
    page = browser.post(reverse("liaison-import", args=[project.code]), {"file": stream}, follow=True)
    job = ImportJob.objects.get()
    assert (page.status_code, job.status) == (200, S.PREVIEWED)
    assert phone(FIRST + 1) not in page.content.decode()
    written = browser.post(reverse("import-write", args=[job.pk]), {"version": job.version, "mode": "all"}, follow=True)
    assert reverse("team", args=[crew.team_id]) in written.content.decode()
    assert Liaison.objects.get().crew == crew


def test_the_empty_sheet_offers_the_projects_teams(crew: WorkCrew, coordinator: User) -> None:
    from openpyxl import load_workbook

    page = client_for(coordinator).get(reverse("liaison-import-template", args=[crew.team.project.code]))
    book = load_workbook(io.BytesIO(b"".join(page.streaming_content) if page.streaming else page.content))
    texts = {cell.value for name in book.sheetnames for cells in book[name].iter_rows() for cell in cells}
    assert {"姓名", "手机号", "所属劳务队伍", "作业工班", "聘任日期", "聘任文号", "隧道一队", "钢筋一班"} <= texts


def test_a_term_and_standing_in_are_taken_from_the_sheet(crew: WorkCrew, coordinator: User) -> None:
    job = imported(crew, coordinator, row(1, crew, to_on=date(2028, 2, 28), is_acting="是"))
    post = Liaison.objects.get()
    assert (counted(job), post.to_on, post.is_acting) == ({"new": 1}, date(2028, 2, 28), True)


def test_a_liaison_who_comes_back_keeps_his_account(crew: WorkCrew, coordinator: User) -> None:
    former = serving(1, crew, to_on=date(2026, 5, 1)).person
    job = imported(crew, coordinator, row(1, crew, from_on=date(2026, 6, 1)))
    assert (counted(job), said(job)) == ({"new": 1, "warned": 1}, ["has_account"])
    assert Liaison.objects.get(to_on=None).person == former
