"""A sign-in sheet as a workbook: people ticked at their training by name or number; who was not there is a finding."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import Workbook

from accounts.models import User
from core.refusals import Stale
from core.roles import Role
from handbook.attendance_import.sheet import TAIL, number_or_tail
from handbook.attendance_import.trainings import label_of
from handbook.models import TrainingAttendance, TrainingSession
from imports import workflow
from imports.models import ImportJob
from labour_teams.models import Engagement, LabourTeam
from tests.factories import EngagementFactory, LabourTeamFactory, TrainingAttendanceFactory, TrainingSessionFactory, person_with
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
HELD = date(2026, 5, 20)
HEADERS = ("序号", "姓名", "身份证号", "队伍", "签字", "成绩", "是否合格")


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-05-25 10:00:00+08:00")


@pytest.fixture
def team() -> LabourTeam:
    return LabourTeamFactory(name="隧道一队")


@pytest.fixture
def clerk(team: LabourTeam) -> User:
    return person_with(Role.PROJECT_CLERK, project=team.project)


@pytest.fixture
def session(team: LabourTeam) -> TrainingSession:
    return TrainingSessionFactory(entry__project=team.project, entry__on=HELD)


def there(team: LabourTeam, name: str, **facts: Any) -> Engagement:
    return EngagementFactory(team=team, name=name, **{"entered_on": date(2026, 3, 1), **facts})


def workbook(*rows: Sequence[Any], headers: Sequence[str] = HEADERS, title: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    for row in [*([[title]] if title else []), headers, *rows]:
        sheet.append([*row])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def received(session: TrainingSession, by: User, data: bytes, **answers: Any) -> ImportJob:
    answers = answers or {"constants": {"training": label_of(session.entry)}}
    project = session.entry.project
    assert project
    return workflow.read(workflow.receive(project, "training", name="签到表.xlsx", data=data, by=by, answers=answers), by=by)


def codes(job: ImportJob) -> dict[int, list[str]]:
    """Row of the sheet → what was found there."""
    found = {}
    for block in job.blocks.all():
        found |= {row[0]: [issue[1] for issue in row[4]] for row in block.rows if row[4]}
    return found


def ticked(session: TrainingSession) -> dict[str, tuple[Any, Any]]:
    return {str(row): (row.score, row.has_passed) for row in session.attendances.filter(engagement__isnull=False)}


def test_a_scan_of_the_printed_sheet_is_read_in_and_taken_back(team: LabourTeam, clerk: User, session: TrainingSession) -> None:
    """A title over it, masked numbers as the sheet is printed, a whole one, a tail, no number at all; scores."""
    xiang, ding, ma, he = (there(team, name) for name in ("向春生", "丁四海", "马来喜", "何秋菊"))
    TrainingAttendanceFactory(session=session, engagement=he)
    rows = (
        (1, "向春生", str(xiang.worker.id_number), "隧道一队", "向春生", 92, "合格"),
        (2, "丁四海", ding.worker.id_number.in_the_clear(), "", "", "88.5分", ""),
        (3, " 马 来 喜 ", ma.worker.id_number.tail, "", "", "", "不合格"),
        (4, "何秋菊", "", "", "", "", ""),
    )
    job = received(session, clerk, workbook(*rows, title="进场培训签到表"))
    assert (job.status, codes(job)) == ("previewed", {})
    assert (job.counts["new"], job.counts["same"], job.counts["error"]) == (3, 1, 0)
    assert not TrainingAttendance.objects.filter(engagement=xiang).exists()
    written = workflow.write(job, by=clerk)
    expected = {
        "向春生": (Decimal(92), True), "丁四海": (Decimal("88.5"), None), "马来喜": (None, False), "何秋菊": (None, None)
    }  # fmt: skip
    assert ticked(session) == expected
    undone = workflow.undo(written, by=clerk)
    assert (undone.undoing["undone"], ticked(session)) == (3, {"何秋菊": (None, None)})


def test_who_was_not_there_is_a_finding_and_the_others_are_ticked(
    team: LabourTeam, clerk: User, session: TrainingSession
) -> None:
    there(team, "向春生")
    there(team, "早走的", left_on=date(2026, 5, 19))
    there(team, "后来的", entered_on=date(2026, 5, 21))
    there(LabourTeamFactory(), "别处的")
    twins = [there(team, "张伟"), there(LabourTeamFactory(project=team.project), "张伟")]
    tail = twins[1].worker.id_number.tail
    other = "0000" if tail != "0000" else "1111"
    rows: list[tuple[Any, ...]] = [(number, name, "", "", "", "", "") for number, name in enumerate(
        ("向春生", "早走的", "后来的", "别处的", "无此人", "张伟", "向春生"), start=1
    )]  # fmt: skip
    rows += [(8, "张伟", tail, "", "", "", ""), (9, "向春生", other, "", "", "", ""), (10, "向春生", "", "", "", 101, "")]
    job = received(session, clerk, workbook(*rows))
    assert codes(job) == {
        3: ["not_there"], 4: ["not_there"], 5: ["not_on_roster"], 6: ["not_on_roster"], 7: ["alike"], 8: ["duplicate"],
        10: ["not_on_roster"], 11: ["score"],
    }  # fmt: skip
    workflow.write(job, by=clerk, mode=ImportJob.Mode.VALID)
    assert set(session.attendances.values_list("engagement", flat=True)) == {twins[1].pk, team.engagements.get(name="向春生").pk}


def test_what_the_training_itself_forbids(team: LabourTeam, clerk: User, session: TrainingSession) -> None:
    """No more by name than declared; nobody of another team; none where it is planned, withdrawn, closed or elsewhere."""
    names = ("向春生", "丁四海", "马来喜")
    for name in names:
        there(team, name)
    there(LabourTeamFactory(project=team.project), "外队的")
    sheet = workbook(*((number, name, "", "", "", "", "") for number, name in enumerate((*names, "外队的"), start=1)))
    facts = {"entry__project": team.project, "entry__on": HELD}
    of_two = TrainingSessionFactory(**facts, entry__headcount=2)
    assert codes(received(of_two, clerk, sheet)) == {4: ["beyond_declared"], 5: ["beyond_declared"]}
    of_team = TrainingSessionFactory(**{**facts, "entry__team": team})
    assert codes(received(of_team, clerk, sheet)) == {5: ["not_there"]}
    refused = [
        TrainingSessionFactory(**{**facts, "entry__planned": True}),
        TrainingSessionFactory(**facts, entry__withdrawn=True),
        TrainingSessionFactory(**{**facts, "entry__on": date(2026, 3, 20)}),
    ]
    for each in refused:
        assert set(map(tuple, codes(received(each, clerk, sheet)).values())) == {("unknown_training",)}
    foreign = TrainingSessionFactory(entry__on=HELD)
    label = {"constants": {"training": label_of(foreign.entry)}}
    assert set(map(tuple, codes(received(session, clerk, sheet, **label)).values())) == {("unknown_training",)}


def test_a_second_sheet_brings_the_scores(team: LabourTeam, clerk: User, session: TrainingSession) -> None:
    """What it does not say stays; what somebody changed since the import, an undo leaves alone."""
    xiang, ding = there(team, "向春生"), there(team, "丁四海")
    for engagement in (xiang, ding):
        TrainingAttendanceFactory(session=session, engagement=engagement, has_passed=True)
    job = workflow.write(
        received(session, clerk, workbook((1, "向春生", 90), (2, "丁四海", 70), headers=("序号", "姓名", "成绩"))), by=clerk
    )
    assert ticked(session) == {"向春生": (90, True), "丁四海": (70, True)}
    session.attendances.filter(engagement=ding).update(score=75)
    undone = workflow.undo(job, by=clerk)
    assert (undone.undoing["undone"], len(undone.undoing["kept"])) == (1, 1)
    assert ticked(session) == {"向春生": (None, True), "丁四海": (75, True)}


def test_a_training_that_changed_after_the_preview_is_looked_at_again(
    team: LabourTeam, clerk: User, session: TrainingSession
) -> None:
    there(team, "向春生")
    job = received(session, clerk, workbook((1, "向春生", "", "", "", "", "")))
    entry = session.entry
    entry.withdrawn_at, entry.withdrawn_by, entry.withdrawn_reason = timezone.now(), entry.author, "没有办成"
    entry.save()
    with pytest.raises(Stale):
        workflow.write(job, by=clerk)
    job.refresh_from_db()
    assert (job.status, job.counts["error"], ticked(session)) == ("previewed", 1, {})


def test_an_undo_after_the_book_is_closed_is_told_why_not(
    team: LabourTeam, clerk: User, session: TrainingSession, time_machine: Any
) -> None:
    there(team, "向春生")
    time_machine.move_to("2026-06-04 10:00:00+08:00")
    job = workflow.write(received(session, clerk, workbook((1, "向春生", "", "", "", "", ""))), by=clerk)
    time_machine.move_to("2026-06-06 10:00:00+08:00")
    undone = workflow.undo(job, by=clerk)
    assert (undone.undoing["undone"], len(undone.undoing["stuck"]), len(ticked(session))) == (0, 1, 1)


@pytest.mark.parametrize(
    ("written", "tail"),
    [
        ("9980", "9980"),
        (9980.0, "9980"),
        ("998x", "998X"),
        ("4300**********9980", "9980"),
        ("09059980", "9980"),
        ("９９８０", "9980"),
    ],
)
def test_the_end_of_a_number_is_enough(written: Any, tail: str) -> None:
    assert number_or_tail()(written, HELD) == (tail, ())


@pytest.mark.parametrize("written", ["980", 98.0, "15400000998", "43000019900520998"])
def test_what_is_neither_a_number_nor_its_end_is_wrong(written: Any) -> None:
    assert number_or_tail()(written, HELD).is_wrong
    assert not TAIL.fullmatch(str(written))


def test_who_writes_trainings_brings_the_sheet_and_finds_the_training_chosen(
    team: LabourTeam, clerk: User, session: TrainingSession
) -> None:
    address = f"/projects/{team.project.code}/imports/training/"
    entry_page = client_for(clerk).get(f"/entries/{session.pk}/").content.decode()
    assert f"{address}?training=" in entry_page
    label = label_of(session.entry)
    page = client_for(clerk).get(address, {"training": label})
    assert page.context["form"]["training"].value() == label
    assert f'<option value="{label}" selected>' in page.content.decode()
    officer = person_with(Role.HEALTH_OFFICER, project=team.project)
    assert client_for(officer).get(address).context["may_import"] is False
