"""From a file to the roster: all rows or none, once, and what somebody saw."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from core.audit import AuditKind
from core.models import AuditEvent
from core.personal import IdNumber, Phone
from core.refusals import Refused, Stale
from core.roles import Role
from imports import blocks, workflow
from imports.models import ImportBlock, ImportEvent, ImportFile, ImportJob
from labour_teams.models import Engagement, LabourTeam, WorkCrew, Worker
from labour_teams.roster_import import statements
from tests.factories import LabourTeamFactory, UserFactory, bank_card, id_number, person_with, phone
from tests.roster_import.races import together
from tests.roster_import.rosters import ENTRY, FIRST, as_csv, engaged, person

pytestmark = pytest.mark.django_db

S = ImportJob.Status
LATER = ENTRY + timedelta(days=60)
TODAY = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-06-30 10:00:00+08:00")


def received(team: LabourTeam, clerk: User, *people: dict[str, Any], data: bytes | None = None) -> ImportJob:
    """Taken in and read, at once."""
    job = workflow.receive(team.project, "roster", name="六月花名册.csv", data=data or as_csv(*people), by=clerk)
    return workflow.read(job, by=clerk) if job.status == S.READING else job


def imported(team: LabourTeam, clerk: User, *people: dict[str, Any]) -> ImportJob:
    return workflow.write(received(team, clerk, *people), by=clerk)


def figures_of(job: ImportJob) -> dict[str, int]:
    return {name: number for name, number in job.counts.items() if number}


def test_a_roster_of_new_people_is_written_as_it_stands(team: LabourTeam, clerk: User) -> None:
    given = person(1, team.name, work_crew="模板班", left_on=LATER, bank_card=bank_card(1), ethnicity_code="苗", remark="=1+1")
    job = imported(team, clerk, given, person(2, team.name))
    first, second = Engagement.objects.select_related("worker", "crew").order_by("phone_tail")
    assert (job.status, figures_of(job)) == (S.WRITTEN, {"new": 2})
    assert (first.name, first.worker.id_number, first.ethnicity_code) == (
        "周文军",
        IdNumber.parse(given["id_number"]),
        "06",
    )
    assert (first.name_initials, first.worker.born_on) == ("zwj", first.worker.id_number.birth_date)
    assert (first.team, first.crew, first.project, first.region) == (
        team,
        WorkCrew.objects.get(team=team, name="模板班"),
        team.project,
        team.project.region,
    )
    assert (first.entered_on, first.left_on, first.trade, first.remark) == (ENTRY, LATER, "钢筋工", "=1+1")
    assert (str(first.phone), first.phone_tail, first.phone_hash) == ("154****9001", "9001", Phone.parse(given["phone"]).hashed)
    assert (second.crew, second.left_on, second.bank_card) == (None, None, None)
    assert (first.created_at, first.worker.created_at) == (job.written_at, job.written_at)


def test_the_same_file_again_changes_nothing(team: LabourTeam, clerk: User) -> None:
    people = [person(n, team.name, work_crew="模板班", bank_card=bank_card(n), remark="夜班") for n in range(3)]
    people[0]["left_on"] = LATER
    imported(team, clerk, *people)
    before = list(Engagement.objects.order_by("pk").values())
    again = imported(team, clerk, *people)
    assert (figures_of(again), again.status) == ({"same": 3}, S.WRITTEN)
    assert list(Engagement.objects.order_by("pk").values()) == before
    assert Worker.objects.count() == 3


def test_what_the_file_does_not_say_stays(team: LabourTeam, clerk: User) -> None:
    engagement = engaged(1, team, remark="夜班", bank_card=bank_card(7), trade="电工")
    few = {name: value for name, value in person(1, team.name).items() if name not in ("trade", "work_crew", "left_on")}
    imported(team, clerk, {**few, "phone": None})
    kept = Engagement.objects.get(pk=engagement.pk)
    assert (kept.trade, kept.remark, kept.phone, kept.left_on) == ("电工", "夜班", engagement.phone, None)
    assert kept.bank_card is not None


def test_changed_numbers_bring_their_hash_and_tail_along(team: LabourTeam, clerk: User) -> None:
    engagement = engaged(1, team)
    imported(team, clerk, person(1, team.name, phone=phone(4321), bank_card=bank_card(5), political_status_code="党员"))
    changed = Engagement.objects.select_related("worker").get(pk=engagement.pk)
    assert (changed.phone, changed.phone_tail, changed.phone_hash) == (
        Phone.parse(phone(4321)),
        "4321",
        Phone.parse(phone(4321)).hashed,
    )
    assert changed.bank_card is not None
    assert changed.bank_card_hash == changed.bank_card.hashed
    assert changed.political_status_code == "01"
    assert changed.updated_at > engagement.updated_at


def test_a_team_change_is_a_dated_transfer(team: LabourTeam, clerk: User) -> None:
    old = engaged(1, LabourTeamFactory(project=team.project, name="桥梁一队"))
    job = imported(team, clerk, person(1, team.name, entered_on=LATER))
    old.refresh_from_db()
    new = Engagement.objects.get(follows=old)
    assert figures_of(job) == {"transfer": 1}
    assert (old.left_on, new.entered_on, new.left_on, new.team, new.phone) == (
        LATER - timedelta(days=1),
        LATER,
        None,
        team,
        old.phone,
    )
    assert figures_of(imported(team, clerk, person(1, team.name, entered_on=LATER))) == {"same": 1}


def test_an_undated_transfer_happens_today_and_the_same_file_again_changes_nothing(team: LabourTeam, clerk: User) -> None:
    old = engaged(1, LabourTeamFactory(project=team.project, name="桥梁一队"))
    imported(team, clerk, person(1, team.name))
    old.refresh_from_db()
    assert (old.left_on, Engagement.objects.get(follows=old).entered_on) == (TODAY - timedelta(days=1), TODAY)
    assert figures_of(imported(team, clerk, person(1, team.name))) == {"same": 1}


def test_an_exit_ends_the_engagement_and_a_later_entry_begins_another(team: LabourTeam, clerk: User) -> None:
    imported(team, clerk, person(1, team.name))
    imported(team, clerk, person(1, team.name, left_on=LATER))
    imported(team, clerk, person(1, team.name, entered_on=LATER + timedelta(days=9)))
    spans = Engagement.objects.order_by("entered_on").values_list("entered_on", "left_on", "follows")
    assert list(spans) == [(ENTRY, LATER, None), (LATER + timedelta(days=9), None, None)]
    assert Worker.objects.count() == 1


# All or none


def test_one_wrong_row_keeps_the_whole_file_out(team: LabourTeam, clerk: User) -> None:
    job = received(team, clerk, person(1, team.name), person(2, team.name, id_number=mistyped(2)))
    with pytest.raises(Refused, match="没有写入") as refusal:
        workflow.write(job, by=clerk)
    assert not isinstance(refusal.value, Stale)
    assert (Worker.objects.count(), Engagement.objects.count(), ImportJob.objects.get().status) == (0, 0, S.PREVIEWED)


def test_correct_rows_first_leaves_the_others_in_an_import_of_their_own(team: LabourTeam, clerk: User) -> None:
    engaged(4, team)
    people = (person(1, team.name), person(2, team.name, id_number=mistyped(2)), person(4, team.name, name="周文俊"))
    job = workflow.write(received(team, clerk, *people), by=clerk, mode=ImportJob.Mode.VALID)
    rest = job.rest
    assert (job.status, figures_of(job)) == (S.WRITTEN, {"new": 1, "duplicate": 1, "error": 1, "warned": 1})
    assert (rest.status, figures_of(rest), rest.by) == (S.PREVIEWED, {"duplicate": 1, "error": 1, "warned": 1}, clerk)
    assert [row.number for rows in blocks.each(rest) for row in rows] == [3, 4]
    assert Engagement.objects.count() == 2
    workflow.amend(rest, 3, {"id_number": id_number(FIRST + 2)}, by=clerk)
    workflow.decide(rest, 4, "keep", by=clerk)
    rest.refresh_from_db()
    assert figures_of(workflow.write(rest, by=clerk)) == {"new": 1, "same": 1}
    assert sorted(Engagement.objects.values_list("name", flat=True)) == ["周文军"] * 3


def mistyped(n: int) -> str:
    number = id_number(FIRST + n)
    return number[:-1] + ("0" if number[-1] != "0" else "1")


def test_a_failure_in_the_middle_leaves_nothing_behind(team: LabourTeam, clerk: User) -> None:
    job = received(team, clerk, person(1, team.name, work_crew="模板班"), person(2, team.name))
    with patch.object(statements, "ENGAGE", "SELECT 1 FROM nowhere"), pytest.raises(DatabaseError), transaction.atomic():
        workflow.write(job, by=clerk)
    assert (Worker.objects.count(), WorkCrew.objects.count(), Engagement.objects.count()) == (0, 0, 0)
    assert (ImportJob.objects.get().status, AuditEvent.objects.filter(kind=AuditKind.IMPORT).count()) == (S.PREVIEWED, 0)
    assert figures_of(workflow.write(job, by=clerk)) == {"new": 2}


def test_an_overtaken_preview_is_not_written_but_compared_again(team: LabourTeam, clerk: User) -> None:
    job = received(team, clerk, person(1, team.name), person(2, team.name))
    imported(team, person_with(Role.PROJECT_COORDINATOR, project=team.project), person(2, team.name))
    with pytest.raises(Stale):
        workflow.write(job, by=clerk, version=job.version)
    fresh = ImportJob.objects.get(pk=job.pk)
    assert (fresh.status, figures_of(fresh)) == (S.PREVIEWED, {"new": 1, "same": 1})
    assert fresh.version == job.version + 1
    assert "之后" in ImportEvent.objects.filter(job=fresh).latest("pk").note
    assert figures_of(workflow.write(fresh, by=clerk)) == {"new": 1, "same": 1}
    assert Engagement.objects.count() == 2


def test_a_return_of_somebody_who_is_gone_altogether_is_not_written(team: LabourTeam, clerk: User) -> None:
    before = engaged(1, team, left_on=ENTRY + timedelta(days=9))
    job = received(team, clerk, person(1, team.name, entered_on=LATER))
    before.delete()
    before.worker.delete()
    with pytest.raises(Stale):
        workflow.write(job, by=clerk)
    assert (Worker.objects.count(), Engagement.objects.count()) == (0, 0)


def test_a_press_on_an_older_preview_is_refused(team: LabourTeam, clerk: User) -> None:
    job = received(team, clerk, person(1, team.name))
    workflow.compare_again(job, by=clerk)
    with pytest.raises(Stale):
        workflow.write(job, by=clerk, version=job.version)
    assert Engagement.objects.count() == 0


def test_a_row_that_is_corrected_while_it_is_being_made_ready_stops_the_writing(
    team: LabourTeam, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = received(team, clerk, person(1, team.name))
    real = blocks.sealed

    def meanwhile(*taken: Any) -> Any:
        content = list(real(*taken))
        workflow.amend(job, 2, {"trade": "木工"}, by=clerk)
        return iter(content)

    monkeypatch.setattr(blocks, "sealed", meanwhile)
    with pytest.raises(Stale):
        workflow.write(job, by=clerk)
    assert (Engagement.objects.count(), ImportJob.objects.get().status) == (0, S.PREVIEWED)


def test_a_second_press_writes_nothing_twice(team: LabourTeam, clerk: User) -> None:
    job = received(team, clerk, person(1, team.name))
    workflow.write(job, by=clerk, version=job.version)
    with pytest.raises(Refused):
        workflow.write(job, by=clerk, version=job.version)
    assert (Engagement.objects.count(), AuditEvent.objects.filter(kind=AuditKind.IMPORT).count()) == (1, 1)


def test_a_double_upload_meets_the_first_job(team: LabourTeam, clerk: User, time_machine: Any) -> None:
    first = received(team, clerk, person(1, team.name))
    assert received(team, clerk, person(1, team.name)).pk == first.pk
    assert received(team, person_with(Role.PROJECT_CLERK, project=team.project), person(1, team.name)).pk != first.pk
    time_machine.shift(120)
    assert received(team, clerk, person(1, team.name)).pk != first.pk


def test_dropping_forgets_the_people_and_keeps_the_fact(team: LabourTeam, clerk: User) -> None:
    job = workflow.drop(received(team, clerk, person(1, team.name)), by=clerk)
    assert (job.status, Engagement.objects.count()) == (S.DROPPED, 0)
    assert (ImportBlock.objects.count(), ImportFile.objects.count()) == (0, 0)
    with pytest.raises(Refused):
        workflow.write(job, by=clerk)
    assert list(ImportEvent.objects.order_by("pk").values_list("verb", "to_status")) == [
        ("receive", "reading"),
        ("read", "previewed"),
        ("drop", "dropped"),
    ]


# Who may


ROLES = {
    Role.PROJECT_CLERK: True,
    Role.PROJECT_COORDINATOR: True,
    Role.REGIONAL_COORDINATOR: True,
    Role.LABOUR_CENTRE: True,
    Role.PROJECT_COMMITTEE: False,
    Role.HEALTH_OFFICER: False,
    Role.PARTY_PERSONNEL: False,
    Role.PARTY_ORGANISATION: False,
    Role.LEADER: False,
    Role.AUDITOR: False,
    Role.SYSTEM_ADMINISTRATOR: False,
}


MOVES = ["write", "hand_over", "begin", "compare", "amend", "drop"]


def placed(role: str, team: LabourTeam) -> User:
    if role == Role.REGIONAL_COORDINATOR:
        return person_with(role, region=team.project.region)
    of_project = role in (Role.PROJECT_CLERK, Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE, Role.HEALTH_OFFICER)
    return person_with(role, project=team.project) if of_project else person_with(role)


@pytest.mark.parametrize(("role", "may"), ROLES.items(), ids=[str(role) for role in ROLES])
def test_who_may_import_write_and_drop(team: LabourTeam, clerk: User, role: str, may: bool) -> None:
    somebody = placed(role, team)
    job = received(team, clerk, person(1, team.name))
    assert workflow.LIFECYCLE.allowed_moves(job, somebody) == (MOVES if may else [])
    acts: list[Callable[[], Any]] = [
        lambda: received(team, somebody, person(2, team.name)),
        lambda: workflow.write(job, by=somebody),
    ]
    for act in acts:
        if may:
            act()
        else:
            with pytest.raises(Refused):
                act()
    assert Engagement.objects.count() == may


@pytest.mark.parametrize("role", [Role.PROJECT_CLERK, Role.PROJECT_COORDINATOR, Role.REGIONAL_COORDINATOR])
def test_nobody_imports_into_a_foreign_project(team: LabourTeam, clerk: User, role: str) -> None:
    stranger = placed(role, LabourTeamFactory())
    job = received(team, clerk, person(1, team.name))
    for act in (lambda: received(team, stranger, person(1, team.name)), lambda: workflow.write(job, by=stranger)):
        with pytest.raises(Refused):
            act()
    assert Engagement.objects.count() == 0


# No oracle


def test_somebody_known_elsewhere_is_engaged_here_and_nothing_there_changes(team: LabourTeam, clerk: User) -> None:
    elsewhere = engaged(1, LabourTeamFactory(), bank_card=bank_card(3))
    before = (
        Worker.objects.filter(pk=elsewhere.worker_id).values().get(),
        Engagement.objects.filter(pk=elsewhere.pk).values().get(),
    )
    job = imported(
        team, clerk, person(1, team.name, name="周文俊", phone=phone(77), political_status_code="党员", ethnicity_code="苗")
    )
    here = Engagement.objects.get(project=team.project)
    assert figures_of(job) == {"new": 1}
    assert (here.worker_id, here.phone, here.bank_card) == (elsewhere.worker_id, Phone.parse(phone(77)), None)
    assert (here.name, here.political_status_code, here.native_place) == ("周文俊", "01", "")
    after = (
        Worker.objects.filter(pk=elsewhere.worker_id).values().get(),
        Engagement.objects.filter(pk=elsewhere.pk).values().get(),
    )
    assert after == before


def test_writing_the_known_and_the_unknown_leaves_the_same_trace(team: LabourTeam, clerk: User) -> None:
    known, unknown = person(1, team.name), person(2, team.name)
    engaged(1, LabourTeamFactory())
    jobs = [imported(team, clerk, given) for given in (known, unknown)]
    traces = [
        (
            job.counts,
            {**job.found, "head": [], "samples": []},
            job.problems,
            [(row.outcome, row.issues, row.changes, row.plan) for row in rows],
        )
        for job in jobs
        for rows in blocks.each(job)
    ]
    assert traces[0] == traces[1]


# What is kept


def test_full_numbers_are_stored_encrypted_and_nowhere_else(team: LabourTeam, clerk: User) -> None:
    given = person(1, team.name, bank_card=bank_card(1), remark=f"原证号 {id_number(FIRST + 5)}")
    job = workflow.receive(team.project, "roster", name=f"周文军{id_number(FIRST + 1)}.csv", data=as_csv(given), by=clerk)
    workflow.write(workflow.read(job, by=clerk), by=clerk)
    received(team, clerk, {**given, "trade": "电工"})
    tables = ("importjob", "importfile", "importblock", "importtrace", "importevent", "importmemory")
    with connection.cursor() as cursor:
        for table in (*(f"imports_{table}" for table in tables), "core_auditevent", "labour_teams_worker"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = str([[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in cursor.fetchall()])
            for number in (given["id_number"], given["phone"], given["bank_card"], id_number(FIRST + 5)):
                assert number not in stored, table
    assert re.fullmatch(r"周文军430\*+\w{2}\.csv", job.file_name)


def test_the_audit_trail_names_file_project_and_counts(team: LabourTeam, clerk: User) -> None:
    job = imported(team, clerk, person(1, team.name))
    [event] = AuditEvent.objects.filter(kind=AuditKind.IMPORT)
    assert (event.by, event.subject_id, event.subject_name) == (clerk, str(job.pk), "六月花名册.csv")
    assert (event.details["project"], event.details["target"], event.details["new"]) == (team.project.code, "roster", 1)


UNUSABLE = {
    "empty": (b"", S.REFUSED, "空"),
    "no workbook": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, S.REFUSED, "格式"),
    "no header": ("今天天气,很好,不错\n明天,也,好\n".encode(), S.ASKED, "身份证号"),
    "without the column": (
        "姓名,手机号,所属劳务队伍,进场日期\n周文军,15490000001,隧道一队,2026-03-01\n".encode(),
        S.ASKED,
        "身份证号",
    ),
    "without people": ("姓名,身份证号,所属劳务队伍,进场日期\n".encode(), S.ASKED, "没有"),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_an_unusable_file_is_refused_or_asked_about_and_nothing_written(team: LabourTeam, clerk: User, kind: str) -> None:
    data, status, word = UNUSABLE[kind]
    name = "花名册.xlsx" if b"," not in data else "花名册.csv"
    job = workflow.read(workflow.receive(team.project, "roster", name=name, data=data, by=clerk), by=clerk)
    assert (job.status, ImportBlock.objects.count(), Worker.objects.count()) == (status, 0, 0)
    assert ImportFile.objects.count() == (status == S.ASKED)
    assert word in "".join(problem["message"] for problem in job.problems if problem["level"] == "error")


def test_a_bad_number_is_named_by_row_and_column_and_masked(team: LabourTeam, clerk: User) -> None:
    wrong = id_number(FIRST + 1)[:-1]
    job = received(team, clerk, person(2, team.name), person(1, team.name, id_number=wrong))
    row = blocks.find(job, 3)
    assert row is not None
    [(level, code, text, column, _at)] = row.issues
    assert (row.outcome, level, column, code) == ("error", "error", "身份证号", "id_length")
    assert wrong not in text


# Size


def queries_of(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len([query for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])


@pytest.mark.postgresql_only
def test_writing_takes_the_same_number_of_queries_for_ten_and_two_hundred_rows(team: LabourTeam, clerk: User) -> None:
    """SQLite takes few variables a statement, so there the number of chunks grows; here it does not."""
    other = LabourTeamFactory(project=team.project, name="桥梁一队")

    def mixed(start: int, number: int) -> ImportJob:
        third = number // 3
        for n in range(start, start + third):
            engaged(n, other)
        for n in range(start + third, start + 2 * third):
            engaged(n, team)
        people = [person(n, team.name, entered_on=LATER, trade="电工", remark="夜") for n in range(start, start + number)]
        return received(team, clerk, *people)

    small, large = mixed(0, 12), mixed(1_000, 201)
    few, many = (queries_of(lambda job=job: workflow.write(job, by=clerk)) for job in (small, large))
    assert many <= few + 1
    assert few < 45


# Two people at once


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_two_people_with_the_same_roster_write_one_set_of_rows(team: LabourTeam, clerk: User) -> None:
    # No constraint would stop a second engagement that has already ended: only the lock does.
    people = [person(n, team.name, left_on=LATER) for n in range(40)]
    colleague = person_with(Role.PROJECT_COORDINATOR, project=team.project)
    jobs = {user: received(team, user, *people) for user in (clerk, colleague)}
    outcomes = together([lambda user=user: written(jobs[user], user) for user in jobs])
    assert sorted(outcomes) == ["stale", "written"]
    assert (Worker.objects.count(), Engagement.objects.count()) == (40, 40)
    [second] = ImportJob.objects.filter(status=S.PREVIEWED)
    assert figures_of(second) == {"same": 40}


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_two_projects_that_engage_the_same_unknown_people_share_their_rows() -> None:
    teams = [LabourTeamFactory(name="隧道一队"), LabourTeamFactory(name="隧道一队")]
    people = [person(n, "隧道一队") for n in range(40)]
    clerks = [person_with(Role.PROJECT_CLERK, project=team.project) for team in teams]
    jobs = [received(team, clerk, *people) for team, clerk in zip(teams, clerks, strict=True)]
    pairs = list(zip(jobs, clerks, strict=True))
    outcomes = together([lambda pair=pair: written(*pair) for pair in pairs])
    assert outcomes == ["written", "written"]
    assert (Worker.objects.count(), Engagement.objects.count()) == (40, 80)


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_a_double_click_writes_once(team: LabourTeam, clerk: User) -> None:
    job = received(team, clerk, *(person(n, team.name) for n in range(20)))
    outcomes = together([lambda: written(job, clerk), lambda: written(job, clerk)])
    assert sorted(outcomes) == ["stale", "written"]
    assert Engagement.objects.count() == 20


def written(job: ImportJob, user: User) -> str:
    try:
        workflow.write(ImportJob.objects.get(pk=job.pk), by=User.objects.get(pk=user.pk), version=job.version)
    except Stale:
        return "stale"
    except Refused:
        return "refused"
    return "written"


def test_somebody_without_a_post_imports_nothing(team: LabourTeam) -> None:
    with pytest.raises(Refused):
        received(team, UserFactory(), person(1, team.name))
    assert (ImportJob.objects.count(), timezone.localdate()) == (0, TODAY)
