"""A wage sheet from a spreadsheet: what each row would do, what is written, what is found in it, what is taken back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from core.refusals import Stale
from core.roles import Role
from imports import workflow
from imports.models import ImportJob
from labour_teams.models import Engagement, LabourTeam
from tests.factories import EngagementFactory, LabourTeamFactory, person_with
from tests.wages.imports.sheets import as_csv, imported, received
from wages.models import WageFinding, WageLine, WageSheet
from wages.sheet_import.sheet import WAGES

pytestmark = pytest.mark.django_db

Kind = WageFinding.Kind


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-06-30 10:00:00+08:00")


@pytest.fixture
def team() -> LabourTeam:
    return LabourTeamFactory(name="隧道一队", company_name="示例劳务公司")


@pytest.fixture
def clerk(team: LabourTeam) -> User:
    return person_with(Role.PROJECT_CLERK, project=team.project)


@pytest.fixture
def worker(team: LabourTeam) -> Engagement:
    return EngagementFactory(team=team, name="向春生", entered_on=date(2026, 3, 1), contract_signed_on=date(2026, 3, 1))


def row(engagement: Engagement, **values: Any) -> dict[str, Any]:
    number = engagement.worker.id_number.in_the_clear()
    return {
        "name": engagement.name, "id_number": number, "days": "26", "unit_price": "260", "gross": "6760",
        "deductions": "100", "advances": "500", "net": "6160", **values,
    }  # fmt: skip


def found(sheet: WageSheet) -> set[str]:
    return set(sheet.findings.values_list("kind", flat=True))


def test_a_sheet_is_written_with_its_lines_and_sums(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    imported(team, clerk, as_csv(WAGES, row(worker)))
    sheet = WageSheet.objects.get()
    assert (sheet.team, str(sheet.month), sheet.employer, sheet.due_on) == (team, "2026-05", "示例劳务公司", date(2026, 6, 10))
    assert (sheet.people, sheet.gross, sheet.deductions, sheet.net) == (1, Decimal(6760), Decimal(600), Decimal(6160))
    line = sheet.lines.get()
    assert (line.engagement, line.days, line.net) == (worker, 26, 6160)
    assert sheet.imported_by == clerk
    assert found(sheet) == set()


def test_gross_less_what_is_taken_off_is_net(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    imported(team, clerk, as_csv(WAGES, row(worker, net="6260")))
    finding = WageFinding.objects.get(kind=Kind.NET)
    assert finding.numbers == {"right": "6160.00", "said": "6260.00"}
    assert finding.level == WageFinding.Level.RED


def test_net_that_is_missing_follows_and_is_said(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    job = received(team, clerk, as_csv(WAGES, row(worker, net="")))
    assert job.counts["warned"] == 1
    workflow.write(job, by=clerk)
    assert WageLine.objects.get().net == Decimal(6160)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"net": "-20"}, "negative"),
        ({"net": "六千"}, "number"),
        ({"days": "32"}, "too_much"),
        ({"gross": "", "net": ""}, "no_amount"),
        ({"gross": "100", "net": ""}, "less_than_nothing"),
    ],
)
def test_what_cannot_be_is_refused(team: LabourTeam, clerk: User, worker: Engagement, values: dict[str, Any], code: str) -> None:
    job = received(team, clerk, as_csv(WAGES, row(worker, **values)))
    assert job.counts["error"] == 1
    assert not WageSheet.objects.exists()


def test_a_month_that_has_not_begun_is_refused(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    job = received(team, clerk, as_csv(WAGES, row(worker)), month="2026-07")
    assert job.counts["error"] == 1


def test_the_same_sheet_twice_changes_nothing(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    data = as_csv(WAGES, row(worker))
    imported(team, clerk, data)
    again = received(team, clerk, data)
    assert (again.counts["same"], again.writing_count) == (1, 0)


def test_a_corrected_sheet_changes_its_line(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    imported(team, clerk, as_csv(WAGES, row(worker)))
    job = received(team, clerk, as_csv(WAGES, row(worker, gross="6860", net="6260")))
    assert job.counts["update"] == 1
    workflow.write(job, by=clerk)
    assert WageLine.objects.get().gross == Decimal(6860)
    assert WageSheet.objects.get().net == Decimal(6260)


def test_a_sheet_that_was_checked_is_not_changed(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    imported(team, clerk, as_csv(WAGES, row(worker)))
    WageSheet.objects.update(status=WageSheet.Status.CHECKED)
    job = received(team, clerk, as_csv(WAGES, row(worker, gross="6860", net="6260")))
    assert job.counts["error"] == 1


def test_who_is_found(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    """Who was on site and is not on the sheet; who is on the sheet and was not on site; a card for two."""
    missing = EngagementFactory(team=team, name="何冬梅", entered_on=date(2026, 4, 1), contract_signed_on=date(2026, 4, 1))
    EngagementFactory(team=team, name="早走的人", entered_on=date(2026, 1, 1), left_on=date(2026, 4, 30))
    card = "6299990000000000996"
    rows = [row(worker, bank_card=card), row(worker, name="路过人", id_number="", bank_card=card)]
    job = received(team, clerk, as_csv(WAGES, *rows))
    workflow.write(job, by=clerk)
    sheet = WageSheet.objects.get()
    assert found(sheet) == {Kind.NOT_PAID, Kind.UNKNOWN, Kind.SHARED_CARD}
    assert sheet.findings.get(kind=Kind.NOT_PAID).engagement == missing


def test_undo_takes_it_all_back(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    job = imported(team, clerk, as_csv(WAGES, row(worker)))
    undone = workflow.undo(job, by=clerk)
    assert undone.undoing["undone"] == 1
    assert not WageSheet.objects.exists()


def test_undo_of_a_correction_brings_the_first_line_back(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    imported(team, clerk, as_csv(WAGES, row(worker, remark="头一次")))
    correction = imported(team, clerk, as_csv(WAGES, row(worker, gross="6860", net="6260", remark="改过")))
    workflow.undo(correction, by=clerk)
    line = WageLine.objects.get()
    assert (line.gross, line.net, line.remark, line.engagement) == (Decimal(6760), Decimal(6160), "头一次", worker)


def test_what_went_on_is_stuck(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    job = imported(team, clerk, as_csv(WAGES, row(worker)))
    WageSheet.objects.update(status=WageSheet.Status.CHECKED)
    undone = workflow.undo(job, by=clerk)
    assert [number for number, _reason in undone.undoing["stuck"]] == [WageLine.objects.get().pk]


def test_a_line_that_is_named_no_more_goes_when_it_is_ticked(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    other = EngagementFactory(team=team, name="何冬梅", entered_on=date(2026, 4, 1))
    imported(team, clerk, as_csv(WAGES, row(worker), row(other)))
    job = received(team, clerk, as_csv(WAGES, row(worker, gross="6860", net="6260")))
    gone = WageLine.objects.get(engagement=other)
    assert job.leavers["ids"] == [gone.pk]
    job = workflow.tick_leavers(job, [gone.pk], date(2026, 6, 30), by=clerk)
    written = workflow.write(job, by=clerk)
    assert WageSheet.objects.get().people == 1
    workflow.undo(written, by=clerk)
    assert set(WageLine.objects.values_list("name", flat=True)) == {"向春生", "何冬梅"}


def test_lines_written_meanwhile_are_noticed(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    imported(team, clerk, as_csv(WAGES, row(worker)))
    job = received(team, clerk, as_csv(WAGES, row(worker, gross="6860", net="6260")))
    WageLine.objects.update(remark="有人改过")
    with pytest.raises(Stale):
        workflow.write(job, by=clerk)
    assert ImportJob.objects.get(pk=job.pk).status == ImportJob.Status.PREVIEWED
