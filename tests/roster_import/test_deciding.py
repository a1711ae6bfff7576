"""Between preview and writing: corrections, duplicates, questions, leavers, and columns that somebody had to name."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import User
from core.refusals import Refused, Stale
from imports import blocks, workflow
from imports.models import ImportEvent, ImportJob, ImportMemory
from labour_teams.models import Engagement, LabourTeam
from labour_teams.roster_import.known import question_key
from tests.factories import LabourTeamFactory, id_number, phone
from tests.roster_import.conftest import Receive
from tests.roster_import.rosters import ENTRY, FIRST, engaged, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

S = ImportJob.Status


def row(job: ImportJob, number: int) -> blocks.StagedRow:
    found = blocks.find(job, number)
    assert found is not None
    return found


def codes(job: ImportJob, number: int) -> list[str]:
    return [issue[1] for issue in row(job, number).issues]


def figures_of(job: ImportJob) -> dict[str, int]:
    return {name: number for name, number in job.counts.items() if number}


# Corrections


def test_a_corrected_cell_makes_the_row_right_and_the_others_stay_as_they_were(
    team: LabourTeam, clerk: User, received: Receive
) -> None:
    job = received(person(1, team.name, id_number="43010219700101", trade="电工"), person(2, team.name))
    assert figures_of(job) == {"new": 1, "error": 1}
    job = workflow.amend(job, 2, {"id_number": id_number(FIRST + 1)}, by=clerk, version=job.version)
    assert (figures_of(job), row(job, 2).values["trade"], codes(job, 2)) == ({"new": 2}, "电工", [])
    workflow.write(job, by=clerk)
    assert sorted(Engagement.objects.values_list("trade", flat=True)) == ["电工", "钢筋工"]


def test_a_correction_can_be_wrong_too(team: LabourTeam, clerk: User, received: Receive) -> None:
    job = received(person(1, team.name, entered_on="2月30日"))
    job = workflow.amend(job, 2, {"entered_on": "2026-13-01"}, by=clerk)
    assert (figures_of(job), len(codes(job, 2))) == ({"error": 1}, 1)
    with pytest.raises(Refused, match="9"):
        workflow.amend(job, 9, {"trade": "电工"}, by=clerk)


def test_a_correction_on_an_older_preview_is_refused(team: LabourTeam, clerk: User, received: Receive) -> None:
    job = received(person(1, team.name, entered_on="2月30日"))
    workflow.amend(job, 2, {"trade": "电工"}, by=clerk, version=job.version)
    with pytest.raises(Stale):
        workflow.amend(job, 2, {"trade": "木工"}, by=clerk, version=job.version)


def test_a_formula_stays_a_formula_when_another_cell_is_corrected(team: LabourTeam, clerk: User, received: Receive) -> None:
    job = received(person(1, team.name, entered_on="2月30日"))
    block = job.blocks.get()
    place = [column[2] for column in job.found["columns"]].index("id_number")
    block.rows[0][1][place] = {"formula": id_number(FIRST + 1)}
    block.save()
    workflow.amend(job, 2, {"entered_on": "2026-03-01"}, by=clerk)
    assert codes(job, 2) == ["formula"]


def test_two_rows_of_one_person_are_two_until_one_is_corrected_or_left_out(
    team: LabourTeam, clerk: User, received: Receive
) -> None:
    twice = (person(1, team.name), person(1, team.name, name="周文俊"), person(2, team.name))
    job = received(*twice)
    assert (figures_of(job), codes(job, 3)) == ({"new": 2, "error": 1}, ["duplicate_id"])
    assert figures_of(workflow.decide(job, 2, "skip", by=clerk)) == {"new": 2, "left_out": 1}
    assert figures_of(workflow.decide(job, 2, "", by=clerk)) == {"new": 2, "error": 1}
    job = workflow.amend(job, 3, {"id_number": id_number(FIRST + 7)}, by=clerk)
    assert figures_of(job) == {"new": 3}


def test_a_corrected_number_can_make_a_twin_far_away(team: LabourTeam, clerk: User, received: Receive) -> None:
    job = received(*(person(n, team.name) for n in range(600)))
    job = workflow.amend(job, 600, {"id_number": id_number(FIRST)}, by=clerk)
    assert (figures_of(job), codes(job, 600)) == ({"new": 599, "error": 1}, ["duplicate_id"])


def test_nothing_is_corrected_once_it_is_written(team: LabourTeam, clerk: User, received: Receive) -> None:
    job = workflow.write(received(person(1, team.name)), by=clerk)
    for act in (
        lambda: workflow.amend(job, 2, {"trade": "电工"}, by=clerk),
        lambda: workflow.decide(job, 2, "skip", by=clerk),
        lambda: workflow.tick_leavers(job, [], ENTRY, by=clerk),
        lambda: workflow.answer(job, {"header_row": 2}, by=clerk),
    ):
        with pytest.raises(Refused):
            act()


# Possible duplicates


@pytest.mark.parametrize(("decision", "name", "counts"), [("rename", "周文俊", "update"), ("keep", "周文军", "same")])
def test_another_name_waits_for_a_person_and_is_then_written_as_decided(
    team: LabourTeam, clerk: User, received: Receive, decision: str, name: str, counts: str
) -> None:
    engaged(1, team)
    job = received(person(1, team.name, name="周文俊"))
    with pytest.raises(Refused):
        workflow.write(job, by=clerk)
    with pytest.raises(Refused):
        workflow.decide(job, 2, "new", by=clerk)
    job = workflow.decide(job, 2, decision, by=clerk)
    assert figures_of(job) == {counts: 1}
    workflow.write(job, by=clerk)
    written = Engagement.objects.get()
    assert (written.name, written.name_initials) == (name, "zwj")
    assert row(job, 2).decision == decision


def test_a_return_under_another_name_keeps_the_name_that_was_decided(team: LabourTeam, clerk: User, received: Receive) -> None:
    engaged(1, team, left_on=ENTRY + timedelta(days=9))
    job = received(person(1, team.name, name="周文俊", entered_on=ENTRY + timedelta(days=20)))
    workflow.write(workflow.decide(job, 2, "keep", by=clerk), by=clerk)
    assert list(Engagement.objects.values_list("name", flat=True)) == ["周文军", "周文军"]


def test_two_people_with_one_name_and_phone_become_two_once_somebody_says_so(
    team: LabourTeam, clerk: User, received: Receive
) -> None:
    engaged(1, team)
    job = received(person(2, team.name, phone=phone(FIRST + 1)))
    assert (figures_of(job), row(job, 2).plan["kind"]) == ({"duplicate": 1, "warned": 1}, "name_and_phone")  # type: ignore[index]
    workflow.write(workflow.decide(job, 2, "new", by=clerk), by=clerk)
    assert Engagement.objects.count() == 2


# Questions


def test_an_answered_team_is_used_and_remembered(team: LabourTeam, clerk: User, received: Receive) -> None:
    job = received(person(1, "隧道1队"), person(2, "隧道1队"))
    [question] = job.found["questions"]
    assert (question[0], question[3], figures_of(job)) == (question_key("隧道1队"), 2, {"error": 2})
    job = workflow.answer_question(job, question[0], str(team.pk), by=clerk, version=job.version)
    assert (figures_of(job), job.found["questions"][0][4]) == ({"new": 2}, str(team.pk))
    workflow.write(job, by=clerk)
    assert set(Engagement.objects.values_list("team", flat=True)) == {team.pk}
    assert figures_of(received(person(3, "隧道1队"))) == {"new": 1}


def test_a_new_team_is_made_with_the_rows_and_goes_with_the_undo(team: LabourTeam, clerk: User, received: Receive) -> None:
    job = received(person(1, "桥梁九队", work_crew="一班"))
    job = workflow.write(workflow.answer_question(job, question_key("桥梁九队"), "new", by=clerk), by=clerk)
    engagement = Engagement.objects.get()
    assert (engagement.team.name, engagement.crew.name if engagement.crew else "") == ("桥梁九队", "一班")
    workflow.undo(job, by=clerk)
    assert list(LabourTeam.objects.filter(project=team.project)) == [team]


def test_only_what_was_offered_is_an_answer(team: LabourTeam, clerk: User, received: Receive) -> None:
    job = received(person(1, "隧道1队"))
    for key, value in ((question_key("隧道1队"), str(LabourTeamFactory().pk)), ("team:别的", str(team.pk))):
        with pytest.raises(Refused):
            workflow.answer_question(job, key, value, by=clerk)
    assert ImportMemory.objects.count() == 0


# Leavers


def test_only_the_ticked_leave_on_the_day_that_was_said(team: LabourTeam, clerk: User, received: Receive) -> None:
    gone, staying = engaged(1, team, name="安明"), engaged(2, team, name="白云")
    elsewhere = engaged(3, LabourTeamFactory())
    job = received(person(9, team.name))
    assert job.leavers == {"ids": [gone.pk, staying.pk], "chosen": [], "on": "2026-06-30"}
    job = workflow.tick_leavers(job, [gone.pk, elsewhere.pk], date(2026, 6, 20), by=clerk, version=job.version)
    assert job.leavers["chosen"] == [gone.pk]
    job = workflow.write(job, by=clerk)
    ends = dict(Engagement.objects.values_list("pk", "left_on"))
    assert (ends[gone.pk], ends[staying.pk], ends[elsewhere.pk]) == (date(2026, 6, 20), None, None)
    workflow.undo(job, by=clerk)
    assert set(Engagement.objects.values_list("left_on", flat=True)) == {None}


def test_nobody_leaves_in_the_future_or_before_he_came(team: LabourTeam, clerk: User, received: Receive) -> None:
    gone = engaged(1, team)
    job = received(person(9, team.name))
    with pytest.raises(Refused, match="晚于"):
        workflow.tick_leavers(job, [gone.pk], date(2026, 7, 1), by=clerk)
    job = workflow.write(workflow.tick_leavers(job, [gone.pk], ENTRY - timedelta(days=1), by=clerk), by=clerk)
    gone.refresh_from_db()
    assert gone.left_on is None


def test_ticks_outlive_a_correction(team: LabourTeam, clerk: User, received: Receive) -> None:
    gone = engaged(1, team)
    job = workflow.tick_leavers(received(person(9, team.name)), [gone.pk], date(2026, 6, 20), by=clerk)
    job = workflow.amend(job, 2, {"trade": "电工"}, by=clerk)
    assert (job.leavers["chosen"], job.leavers["on"]) == ([gone.pk], "2026-06-20")


# Columns that somebody had to name

ODD = "人名,{number},队,来的日子\n周文军,{value},隧道一队,2026-03-01\n"


def test_columns_that_a_person_named_are_remembered_for_the_next_file(team: LabourTeam, clerk: User, received: Receive) -> None:
    data = ODD.format(number="身份证", value=id_number(FIRST + 1)).encode()
    job = received(data=data)
    assert job.status == S.ASKED
    mapping = {"A": "name", "B": "id_number", "C": "labour_team", "D": "entered_on"}
    job = workflow.answer(job, {"header_row": 1, "mapping": mapping}, by=clerk, version=job.version)
    assert (job.status, workflow.read(job, by=clerk).status) == (S.READING, S.PREVIEWED)
    again = received(data=ODD.format(number="身份证", value=id_number(FIRST + 2)).encode())
    assert (again.status, again.counts["new"]) == (S.PREVIEWED, 1)


def test_one_team_for_a_file_without_teams(team: LabourTeam, clerk: User, received: Receive) -> None:
    people = [{name: value for name, value in person(n, "").items() if name != "labour_team"} for n in (1, 2)]
    job = received(*people)
    assert job.status == S.ASKED
    job = workflow.read(workflow.answer(job, {"constants": {"labour_team": team.name}}, by=clerk), by=clerk)
    assert figures_of(job) == {"new": 2}
    job = workflow.amend(job, 2, {"trade": "木工"}, by=clerk)
    assert figures_of(job) == {"new": 2}
    workflow.write(job, by=clerk)
    assert set(Engagement.objects.values_list("team", flat=True)) == {team.pk}


def test_answering_anew_forgets_the_first_reading(team: LabourTeam, clerk: User, received: Receive) -> None:
    job = received(person(1, team.name), person(2, team.name))
    job = workflow.read(workflow.answer(job, {"mapping": {"F": ""}}, by=clerk), by=clerk)
    assert (job.found["columns"][5][2], figures_of(job)) == (None, {"new": 2})
    assert set(job.blocks.values_list("round", flat=True)) == {job.round}
    verbs = ImportEvent.objects.filter(job=job).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["receive", "read", "begin", "read"]


def test_a_reading_that_was_overtaken_leaves_nothing(team: LabourTeam, clerk: User, received: Receive, monkeypatch: Any) -> None:
    """Two workers read one file: the later beginning counts."""
    job = workflow.receive(team.project, "roster", name="a.csv", data=_sheet(team), by=clerk)
    real = blocks.add

    def meanwhile(job: ImportJob, rows: Any) -> Any:
        monkeypatch.setattr(blocks, "add", real)
        workflow.read(job, by=clerk)
        return real(job, rows)

    monkeypatch.setattr(blocks, "add", meanwhile)
    found = workflow.read(job, by=clerk)
    assert (found.status, [len(rows) for rows in blocks.each(found)]) == (S.PREVIEWED, [2])
    assert set(found.blocks.values_list("round", flat=True)) == {found.round}


def _sheet(team: LabourTeam) -> bytes:
    from tests.roster_import.rosters import as_csv

    return as_csv(person(1, team.name), person(2, team.name))
