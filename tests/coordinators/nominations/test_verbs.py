"""What each verb of a nomination writes, refuses and leaves behind."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from coordinators.models import Coordinator, Liaison, Nomination, NominationApproval
from coordinators.nominations import workflow
from coordinators.nominations.history import steps_of
from core.audit import AuditKind
from core.models import AuditEvent
from core.personal import Phone
from core.refusals import Refused
from core.roles import Role
from regions.models import Project, Region
from tests.coordinators.nominations.acts import act, amendment, appointment, induction, proposal
from tests.factories import (
    CoordinatorFactory,
    LiaisonFactory,
    NominationFactory,
    StaffPostFactory,
    UserFactory,
    WorkCrewFactory,
    person_with,
)
from tests.factories.nominations import letter_file

pytestmark = pytest.mark.django_db
Status, Kind, Side = Nomination.Status, Nomination.PostKind, NominationApproval.Side
TODAY = timezone.localdate()
TEN_DAYS = TODAY + timedelta(days=10)


def events(nomination: Nomination) -> list[tuple[str, str, str, int | None, str]]:
    return list(nomination.events.order_by("pk").values_list("verb", "from_status", "to_status", "by", "note"))


# ── Proposing ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_proposal_is_saved_with_its_first_history_row(project: Project, regional: User) -> None:
    nomination = workflow.propose(proposal(project=project), by=regional)
    nomination.refresh_from_db()
    assert (nomination.status, nomination.proposed_by, nomination.person) == (Status.PROPOSED, regional, None)
    assert (nomination.name_pinyin, nomination.name_initials) == ("zhou xiao chuan", "zxc")
    assert events(nomination) == [("propose", "", "proposed", regional.pk, "")]


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.PARTY_PERSONNEL, {Kind.FULL_TIME}),
        (Role.REGIONAL_COORDINATOR, {Kind.PART_TIME, Kind.LIAISON}),
        (Role.PROJECT_COMMITTEE, {Kind.PART_TIME, Kind.LIAISON}),
        (Role.PROJECT_COORDINATOR, {Kind.PART_TIME, Kind.LIAISON}),
        (Role.PROJECT_CLERK, set()),
        (Role.LIAISON, set()),
        (Role.PARTY_ORGANISATION, set()),
        (Role.LABOUR_CENTRE, set()),
        (Role.LEADER, set()),
    ],
)
def test_who_proposes_for_which_post(role: Role, kinds: set[str], project: Project) -> None:
    crew = WorkCrewFactory(team__project=project)
    units: dict[str, dict[str, Any]] = {
        Kind.FULL_TIME: {"region": project.region, "main_job": ""},
        Kind.PART_TIME: {"project": project},
        Kind.LIAISON: {"team": crew.team, "crew": crew, "main_job": ""},
    }
    where = {"region": project.region} if role == Role.REGIONAL_COORDINATOR else {"project": project}
    on_site = role in (Role.PROJECT_COMMITTEE, Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK, Role.REGIONAL_COORDINATOR)
    actor = person_with(role, **(where if on_site else {}))
    for kind, unit in units.items():
        made = proposal(post_kind=kind, **unit)
        if kind in kinds:
            assert workflow.propose(made, by=actor).pk
        else:
            with pytest.raises(Refused):
                workflow.propose(made, by=actor)
    assert set(Nomination.objects.values_list("post_kind", flat=True)) == {kind.value for kind in kinds}


def test_nobody_proposes_for_a_unit_that_is_not_his(project: Project) -> None:
    with pytest.raises(Refused):
        workflow.propose(proposal(project=project), by=person_with(Role.REGIONAL_COORDINATOR))


@pytest.mark.parametrize("by", ["account", "mobile"])
def test_nobody_proposes_himself(by: str, project: Project, regional: User) -> None:
    me = User.objects.get(pk=regional.pk)
    who = {"person": me, "phone": None} if by == "account" else {"phone": me.phone}
    with pytest.raises(Refused, match=r"himself|自己"):
        workflow.propose(proposal(project=project, **who), by=me)
    assert not Nomination.objects.exists()


def test_the_same_person_is_open_for_a_post_once(project: Project, regional: User, committee: User) -> None:
    first = workflow.propose(proposal(project=project), by=regional)
    for again in (regional, committee):
        with pytest.raises(Refused):
            workflow.propose(proposal(project=project), by=again)
    workflow.propose(proposal(project=project, name="周大川"), by=regional)
    act("withdraw", first, regional)
    workflow.propose(proposal(project=project), by=regional)
    assert Nomination.objects.count() == 3


def test_a_last_day_before_the_first_is_said_at_its_field(project: Project, regional: User) -> None:
    with pytest.raises(Refused) as refusal:
        workflow.propose(proposal(project=project, to_on=TODAY), by=regional)
    assert set(refusal.value.fields) == {"to_on"}


# ── Checking and induction ───────────────────────────────────────────────────────────────────────────────────────


def test_a_missing_criterion_needs_a_word(project: Project, regional: User) -> None:
    nomination = NominationFactory(project=project)
    with pytest.raises(Refused) as refusal:
        workflow.check(nomination, by=regional, criteria=["on_site"], word="  ")
    assert set(refusal.value.fields) == {"word"}
    workflow.check(nomination, by=regional, criteria=["sound", "on_site", "nonsense"], word="其余上岗后补")
    nomination.refresh_from_db()
    assert (nomination.criteria, nomination.status) == (["on_site", "sound"], Status.CHECKED)
    assert events(nomination)[-1] == ("check", "proposed", "checked", regional.pk, "其余上岗后补")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"topics": ("law",)}, "word"),
        ({"method": ""}, "method"),
        ({"on": None}, "on"),
        ({"on": TODAY + timedelta(days=2)}, "on"),
        ({"result": " "}, "result"),
    ],
)
def test_an_induction_is_whole_or_says_why(changed: dict[str, Any], field: str, project: Project, regional: User) -> None:
    nomination = NominationFactory(project=project, checked=True)
    with pytest.raises(Refused) as refusal:
        workflow.induct(nomination, by=regional, induction=induction(**changed))
    assert set(refusal.value.fields) == {field}
    nomination.refresh_from_db()
    assert (nomination.status, nomination.inducted_on) == (Status.CHECKED, None)


def test_an_induction_keeps_topics_method_day_and_result(project: Project, regional: User) -> None:
    nomination = NominationFactory(project=project, checked=True)
    said = induction(topics=("law", "duties"), method="briefing", result="当场问答清楚", word="其余下周补")
    workflow.induct(nomination, by=regional, induction=said)
    nomination.refresh_from_db()
    assert (nomination.topics, nomination.induction_method, nomination.inducted_on) == (["duties", "law"], "briefing", TODAY)
    assert (nomination.induction_result, events(nomination)[-1][4]) == ("当场问答清楚", "其余下周补")


# ── Choosing ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("first", ["region", "committee"])
def test_the_second_side_decides(first: str, project: Project, regional: User, committee: User) -> None:
    nomination = NominationFactory(project=project, inducted=True, to_on=TEN_DAYS + timedelta(days=90), is_acting=True)
    people = [regional, committee] if first == "region" else [committee, regional]
    assert workflow.approve(nomination, by=people[0]).status == Status.INDUCTED
    assert not Coordinator.objects.filter(project=project).exists()
    with pytest.raises(Refused):
        workflow.approve(nomination, by=people[0])
    workflow.approve(nomination, by=people[1])
    nomination.refresh_from_db()
    post = Coordinator.objects.get(project=project)
    assert (nomination.status, nomination.coordinator) == (Status.DECIDED, post)
    assert (post.kind, post.from_on, post.to_on, post.is_acting) == ("part_time", TEN_DAYS, nomination.to_on, True)
    assert (post.main_job, post.is_labour_manager, post.treatment_level) == (nomination.main_job, False, "")
    given = set(nomination.approvals.values_list("side", "by"))
    assert given == {(Side.REGION, regional.pk), (Side.COMMITTEE, committee.pk)}


def test_both_sides_are_two_people(project: Project, regional: User) -> None:
    """Somebody who speaks for the region and sits on the committee gives one yes."""
    StaffPostFactory(person=regional, role=Role.PROJECT_COMMITTEE, project=project)
    nomination = NominationFactory(project=project, inducted=True)
    workflow.approve(nomination, by=regional)
    with pytest.raises(Refused):
        workflow.approve(nomination, by=regional)
    assert nomination.approvals.count() == 1


def test_a_liaison_is_chosen_for_his_crew(project: Project, regional: User, committee: User) -> None:
    crew = WorkCrewFactory(team__project=project)
    nomination = NominationFactory(liaison_of=True, team=crew.team, crew=crew, inducted=True, is_crew_leader=True)
    for person in (regional, committee):
        workflow.approve(nomination, by=person)
    post = Liaison.objects.get()
    assert (post.team, post.crew, post.is_crew_leader, post.from_on) == (crew.team, crew, True, TEN_DAYS)
    assert post.person.name == nomination.name


def test_an_overlap_does_not_stop_a_choice(project: Project, regional: User, committee: User) -> None:
    crew = WorkCrewFactory(team__project=project)
    LiaisonFactory(crew=crew)
    nomination = NominationFactory(liaison_of=True, team=crew.team, crew=crew, inducted=True)
    for person in (regional, committee):
        workflow.approve(nomination, by=person)
    assert Liaison.objects.filter(crew=crew).count() == 2


@pytest.mark.parametrize("verb", ["decline", "withdraw"])
def test_a_no_needs_a_word(verb: str, project: Project, committee: User) -> None:
    nomination = NominationFactory(project=project, proposed_by=committee)
    with pytest.raises(Refused) as refusal:
        getattr(workflow, verb)(nomination, by=committee, word=" ")
    assert set(refusal.value.fields) == {"word"}
    assert not nomination.events.filter(verb=verb).exists()


# ── Appointing ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_appointment_makes_coordinator_and_labour_manager(region: Region, personnel: User) -> None:
    nomination = NominationFactory(full_time=True, region=region, inducted=True)
    said = appointment(TODAY, to_on=TODAY + timedelta(days=365), treatment_level="deputy_leader", letter=letter_file())
    workflow.decide(nomination, by=personnel, appointment=said)
    nomination.refresh_from_db()
    post = Coordinator.objects.get(region=region)
    assert (post.kind, post.is_labour_manager, post.from_on, post.to_on) == ("full_time", True, TODAY, said.to_on)
    assert (post.document_no, post.treatment_level) == (said.document_no, "deputy_leader")
    assert (nomination.document_no, nomination.from_on, nomination.treatment_level) == (said.document_no, TODAY, "deputy_leader")
    assert nomination.letter is not None
    assert (nomination.letter.name, nomination.letter.by) == ("委派通知.pdf", personnel)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"document_no": " "}, "document_no"),
        ({"to_on": TODAY - timedelta(days=1)}, "to_on"),
        ({"letter": SimpleUploadedFile("通知.docx", b"PK not a document")}, "letter"),
    ],
)
def test_an_appointment_that_is_not_whole(changed: dict[str, Any], field: str, region: Region, personnel: User) -> None:
    nomination = NominationFactory(full_time=True, region=region, inducted=True, name="周小川")
    with pytest.raises(Refused) as refusal:
        workflow.decide(nomination, by=personnel, appointment=appointment(TODAY, **changed))
    assert set(refusal.value.fields) == {field}
    assert (Coordinator.objects.count(), User.objects.filter(name=nomination.name).count()) == (0, 0)


def days(first: int, last: int | None) -> dict[str, date | None]:
    return {"from_on": TODAY + timedelta(days=first), "to_on": None if last is None else TODAY + timedelta(days=last)}


@pytest.mark.parametrize(
    ("held", "wanted", "words"),
    [
        (days(-100, None), days(5, None), "without a last day|没有定离任日"),
        (days(-100, 4), days(4, None), "until|任到"),
        (days(30, 60), days(5, None), "takes up|起任"),
        (days(30, None), days(5, 30), "takes up|起任"),
        (days(-100, 4), days(5, None), ""),
        (days(30, None), days(5, 29), ""),
    ],
)
def test_one_full_time_coordinator_a_region(
    held: dict[str, Any], wanted: dict[str, Any], words: str, region: Region, personnel: User
) -> None:
    holder = CoordinatorFactory(region=region, **held).person
    nomination = NominationFactory(full_time=True, region=region, inducted=True)
    said = appointment(**wanted)
    if not words:
        assert workflow.decide(nomination, by=personnel, appointment=said).status == Status.DECIDED
        return
    with pytest.raises(Refused, match=words) as refusal:
        workflow.decide(nomination, by=personnel, appointment=said)
    assert set(refusal.value.fields) == {"from_on"}
    assert holder.name in refusal.value.message
    assert Coordinator.objects.count() == 1


@pytest.mark.parametrize("acting", ["holder", "nominee"])
def test_acting_ones_stand_beside_the_holder(acting: str, region: Region, personnel: User) -> None:
    CoordinatorFactory(region=region, is_acting=acting == "holder")
    nomination = NominationFactory(full_time=True, region=region, inducted=True, is_acting=acting == "nominee")
    workflow.decide(nomination, by=personnel, appointment=appointment(TODAY))
    assert sorted(Coordinator.objects.values_list("is_acting", flat=True)) == [False, True]


# ── The account ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_somebody_new_gets_an_account_that_cannot_sign_in_yet(region: Region, personnel: User) -> None:
    nomination = NominationFactory(full_time=True, region=region, inducted=True, name="单雅琴")
    act("decide", nomination, personnel)
    account = Coordinator.objects.get().person
    assert (account.username, account.name) == (f"shanyaqin{nomination.pk}", "单雅琴")
    assert (account.has_usable_password(), account.must_change_password, account.is_active) == (False, True, True)
    assert str(account.phone) == str(Nomination.objects.get().phone)
    written = {(event.kind, event.details["what"]) for event in AuditEvent.objects.filter(by=personnel)}
    assert written == {(AuditKind.ACCOUNT, "add"), (AuditKind.POST, "add")}


def test_somebody_of_that_name_and_mobile_keeps_his_account(region: Region, personnel: User) -> None:
    nomination = NominationFactory(full_time=True, region=region, inducted=True, name="单雅琴")
    known = UserFactory(name="单雅琴", phone=nomination.phone)
    people = User.objects.count()
    act("decide", nomination, personnel)
    assert (Coordinator.objects.get().person, User.objects.count()) == (known, people)


@pytest.mark.parametrize("facts", [{"name": "石光荣"}, {"name": "单雅琴", "is_active": False}])
def test_a_mobile_that_is_another_s_makes_no_second_account(region: Region, personnel: User, facts: dict[str, Any]) -> None:
    nomination = NominationFactory(full_time=True, region=region, inducted=True, name="单雅琴")
    UserFactory(phone=nomination.phone, **facts)
    people = User.objects.count()
    with pytest.raises(Refused) as refusal:
        act("decide", nomination, personnel)
    assert set(refusal.value.fields) == {"phone"}
    assert (Coordinator.objects.count(), User.objects.count()) == (0, people)


def test_somebody_in_post_keeps_his_account(region: Region, personnel: User) -> None:
    person = UserFactory()
    nomination = NominationFactory(full_time=True, region=region, inducted=True, person=person, phone=None)
    people = User.objects.count()
    act("decide", nomination, personnel)
    assert (Coordinator.objects.get().person, User.objects.count()) == (person, people)


# ── Amending, and the letter that comes later ────────────────────────────────────────────────────────────────────


def test_an_amendment_is_saved_and_the_history_says_which_entries_and_no_number(project: Project, regional: User) -> None:
    nomination = workflow.propose(proposal(project=project), by=regional)
    number = Phone.parse("15488880002")
    changed = amendment(
        nomination, name="周大川", phone=number, main_job="安全员", from_on=TODAY, to_on=TEN_DAYS, reason="在现场"
    )
    workflow.amend(nomination, by=regional, amendment=changed)
    nomination.refresh_from_db()
    assert (nomination.name, nomination.name_initials, nomination.phone, nomination.main_job) == (
        "周大川",
        "zdc",
        number,
        "安全员",
    )
    assert (nomination.from_on, nomination.to_on, nomination.reason) == (TODAY, TEN_DAYS, "在现场")
    verb, before, after, by, note = events(nomination)[-1]
    assert (verb, before, after, by) == ("amend", "proposed", "proposed", regional.pk)
    assert note
    assert "8888" not in note


def test_an_empty_mobile_keeps_the_mobile(project: Project, regional: User) -> None:
    nomination = workflow.propose(proposal(project=project), by=regional)
    workflow.amend(nomination, by=regional, amendment=amendment(nomination, phone=None, reason="在现场"))
    nomination.refresh_from_db()
    assert nomination.phone == Phone.parse("15488880001")


def test_name_and_mobile_of_somebody_with_an_account_stay(project: Project, regional: User) -> None:
    person = UserFactory(name="石光荣")
    nomination = workflow.propose(proposal(project=project, person=person, name="石光荣", phone=None), by=regional)
    changed = amendment(nomination, name="别人", phone=Phone.parse("15488880002"), reason="在现场")
    workflow.amend(nomination, by=regional, amendment=changed)
    nomination.refresh_from_db()
    assert (nomination.name, nomination.phone, nomination.reason) == ("石光荣", None, "在现场")


@pytest.mark.parametrize("case", ["nothing", "days", "himself", "twin"])
def test_an_amendment_that_changes_nothing_or_could_not_be_proposed_is_refused(
    case: str, project: Project, regional: User
) -> None:
    nomination = workflow.propose(proposal(project=project), by=regional)
    workflow.propose(proposal(project=project, name="单雅琴"), by=regional)
    changes: dict[str, Any] = {
        "nothing": {},
        "days": {"to_on": nomination.from_on - timedelta(days=1)},
        "himself": {"phone": regional.phone},
        "twin": {"name": "单雅琴"},
    }[case]
    with pytest.raises(Refused):
        workflow.amend(nomination, by=regional, amendment=amendment(nomination, **changes))
    nomination.refresh_from_db()
    assert (nomination.name, nomination.to_on, nomination.version, nomination.events.count()) == ("周小川", None, 0, 1)


def test_a_letter_added_later_is_kept_with_the_appointment(region: Region, personnel: User) -> None:
    nomination = NominationFactory(full_time=True, region=region, decided=True)
    decided = nomination.events.get(to_status="decided")
    workflow.add_letter(nomination, by=personnel, letter=letter_file())
    nomination.refresh_from_db()
    assert nomination.letter is not None
    assert (nomination.status, nomination.letter.by) == (Status.DECIDED, personnel)
    assert events(nomination)[-1] == ("add_letter", "decided", "decided", personnel.pk, "")
    assert steps_of(nomination, list(nomination.events.order_by("pk")))[-1].note == steps_of(nomination, [decided])[-1].note


def test_a_letter_that_is_no_document_is_said_at_its_field(region: Region, personnel: User) -> None:
    nomination = NominationFactory(full_time=True, region=region, decided=True)
    with pytest.raises(Refused) as refused:
        workflow.add_letter(nomination, by=personnel, letter=SimpleUploadedFile("a.exe", b"MZ"))
    assert set(refused.value.fields) == {"letter"}
    nomination.refresh_from_db()
    assert nomination.letter is None
