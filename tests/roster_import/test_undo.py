"""Taking an import back: as before, kept, or stuck with a reason."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from core.audit import AuditKind
from core.models import AuditEvent
from core.refusals import Refused
from core.roles import Role
from imports import workflow
from imports.models import ImportBlock, ImportJob, ImportTrace
from labour_teams.models import Engagement, LabourTeam, WorkCrew, Worker
from tests.factories import LabourTeamFactory, bank_card, person_with, phone
from tests.roster_import.conftest import Receive
from tests.roster_import.rosters import ENTRY, engaged, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

S = ImportJob.Status
LATER = ENTRY + timedelta(days=60)


def everything() -> list[Any]:
    """The roster as it stands, but for the stamps of what was changed and changed back."""
    rows = Engagement.objects.order_by("pk").values()
    return [{name: value for name, value in row.items() if name != "updated_at"} for row in rows]


def test_a_mixed_import_is_undone_to_the_last_column(team: LabourTeam, clerk: User, received: Receive) -> None:
    other = LabourTeamFactory(project=team.project, name="桥梁一队")
    engaged(1, team, remark="夜班", bank_card=None, phone=None, native_place="湖南")
    engaged(2, other)
    engaged(3, team, left_on=ENTRY + timedelta(days=5))
    before = everything()
    job = received(
        person(1, team.name, phone=phone(88), bank_card=bank_card(5), trade="电工", work_crew="模板班", entered_on=LATER),
        person(2, team.name, entered_on=LATER),
        person(3, team.name, entered_on=LATER),
        person(4, team.name),
    )
    job = workflow.write(job, by=clerk)
    assert (Engagement.objects.count(), job.counts["update"], job.counts["transfer"], job.counts["new"]) == (6, 1, 1, 2)
    job = workflow.undo(job, by=clerk)
    assert (job.status, job.undoing) == (S.UNDONE, {"undone": 5, "kept": [], "stuck": []})
    assert everything() == before
    assert (Worker.objects.count(), WorkCrew.objects.count(), ImportTrace.objects.count()) == (3, 0, 0)


def test_what_somebody_changed_since_stays_and_is_listed(team: LabourTeam, clerk: User, received: Receive) -> None:
    old = engaged(1, team)
    job = workflow.write(received(person(1, team.name, trade="电工"), person(2, team.name), person(3, team.name)), by=clerk)
    touched = Engagement.objects.get(phone_tail="9002")
    for engagement, trade in ((touched, "木工"), (Engagement.objects.get(pk=old.pk), "焊工")):
        engagement.trade = trade
        engagement.save()
    job = workflow.undo(job, by=clerk)
    assert (job.undoing["undone"], sorted(job.undoing["kept"])) == (1, sorted([touched.pk, old.pk]))
    assert set(Engagement.objects.values_list("trade", flat=True)) == {"木工", "焊工"}
    assert Worker.objects.filter(engagements=touched).exists()


def test_what_later_records_refer_to_is_stuck_with_the_reason(team: LabourTeam, clerk: User, received: Receive) -> None:
    job = workflow.write(received(person(1, team.name), person(2, team.name)), by=clerk)
    first = Engagement.objects.get(phone_tail="9001")
    later = engaged(1, LabourTeamFactory(project=team.project), worker=first.worker, left_on=LATER, follows=first)
    job = workflow.undo(job, by=clerk)
    [(number, reason)] = job.undoing["stuck"]
    assert (number, job.undoing["undone"], "从业记录" in reason or "引用" in reason) == (first.pk, 1, True)
    assert set(Engagement.objects.values_list("pk", flat=True)) == {first.pk, later.pk}


def test_a_transfer_whose_new_entry_was_changed_is_not_opened_twice(team: LabourTeam, clerk: User, received: Receive) -> None:
    old = engaged(1, LabourTeamFactory(project=team.project, name="桥梁一队"))
    job = workflow.write(received(person(1, team.name, entered_on=LATER)), by=clerk)
    new = Engagement.objects.get(follows=old)
    new.trade = "木工"
    new.save()
    job = workflow.undo(job, by=clerk)
    old.refresh_from_db()
    assert (job.undoing["kept"], [entry[0] for entry in job.undoing["stuck"]]) == ([new.pk], [old.pk])
    assert old.left_on == LATER - timedelta(days=1)


def test_a_worker_known_elsewhere_outlives_the_undo(team: LabourTeam, clerk: User, received: Receive) -> None:
    there = engaged(1, LabourTeamFactory())
    workflow.undo(workflow.write(received(person(1, team.name)), by=clerk), by=clerk)
    assert list(Engagement.objects.all()) == [there]
    assert list(Worker.objects.all()) == [there.worker]


def test_the_undone_file_can_be_imported_again(team: LabourTeam, clerk: User, received: Receive, time_machine: Any) -> None:
    workflow.undo(workflow.write(received(person(1, team.name)), by=clerk), by=clerk)
    time_machine.shift(120)
    assert workflow.write(received(person(1, team.name)), by=clerk).counts["new"] == 1


@pytest.mark.parametrize(("days", "may"), [(6, True), (8, False)])
def test_seven_days(team: LabourTeam, clerk: User, received: Receive, time_machine: Any, days: int, may: bool) -> None:
    job = workflow.write(received(person(1, team.name)), by=clerk)
    time_machine.shift(timedelta(days=days))
    assert ("undo" in workflow.LIFECYCLE.allowed_moves(job, clerk)) == may
    if may:
        workflow.undo(job, by=clerk)
    else:
        with pytest.raises(Refused):
            workflow.undo(job, by=clerk)
    assert Engagement.objects.exists() == (not may)


def test_who_may_not_import_may_not_undo(team: LabourTeam, clerk: User, received: Receive) -> None:
    job = workflow.write(received(person(1, team.name)), by=clerk)
    for somebody in (person_with(Role.PROJECT_COMMITTEE, project=team.project), person_with(Role.PROJECT_CLERK)):
        with pytest.raises(Refused):
            workflow.undo(job, by=somebody)
    assert Engagement.objects.count() == 1


def test_the_audit_trail_has_both_the_import_and_its_undoing(team: LabourTeam, clerk: User, received: Receive) -> None:
    job = workflow.undo(workflow.write(received(person(1, team.name)), by=clerk), by=clerk)
    events = AuditEvent.objects.filter(kind=AuditKind.IMPORT, subject_id=str(job.pk)).order_by("pk")
    assert [event.details.get("undone") for event in events] == [None, 1]


def test_the_command_undoes_with_the_rights_of_the_person(team: LabourTeam, clerk: User, received: Receive) -> None:
    job = workflow.write(received(person(1, team.name)), by=clerk)
    with pytest.raises(CommandError):
        call_command("undo_import", str(job.pk), "--by", person_with(Role.PROJECT_CLERK).username)
    out = StringIO()
    call_command("undo_import", str(job.pk), "--by", clerk.username, "--json", stdout=out)
    assert '"ok": true' in out.getvalue()
    assert '"undone": 1' in out.getvalue()
    again = StringIO()
    call_command("undo_import", str(job.pk), "--by", clerk.username, "--json", stdout=again)
    assert '"ok": false' in again.getvalue()


def test_people_are_forgotten_when_nobody_needs_them_any_more(
    team: LabourTeam, clerk: User, received: Receive, time_machine: Any
) -> None:
    written = workflow.write(received(person(1, team.name)), by=clerk)
    waiting = received(person(2, team.name))
    call_command("forget_imports", stdout=StringIO())
    assert ImportBlock.objects.count() == 2
    time_machine.shift(timedelta(days=8))
    call_command("forget_imports", stdout=StringIO())
    assert list(ImportBlock.objects.values_list("job", flat=True)) == [waiting.pk]
    time_machine.shift(timedelta(days=30))
    call_command("forget_imports", stdout=StringIO())
    waiting.refresh_from_db()
    written.refresh_from_db()
    assert (ImportBlock.objects.count(), waiting.status, written.status, written.counts["new"]) == (0, S.DROPPED, S.WRITTEN, 1)
