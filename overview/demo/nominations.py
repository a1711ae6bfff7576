"""Writes nominations in every state: made by the people who would make them, then dated back.

What is decided already belongs to a post that is there; the others wait for the accounts that may sign in to the demonstration.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from coordinators.models import Liaison, Nomination, NominationApproval, NominationEvent
from coordinators.nominations import workflow
from coordinators.nominations.workflow import Induction
from labour_teams.models import LabourTeam
from overview.demo.posts import People

Kind, Status = Nomination.PostKind, Nomination.Status
BETWEEN_MOVES = timedelta(days=1, hours=1)
INDUCTED_AFTER = 2  # days from the proposal to the induction, which is the third move
CRITERIA, TOPICS = tuple(Nomination.CRITERIA), tuple(Nomination.TOPICS)
PROJECT, TEAM = "DUNGE", "架子队"


def write_nominations(people: People) -> None:
    _region_with_a_holder(people)
    _acting_one_to_stay(people)
    _just_proposed(people)
    _waiting_for_the_committee(people)
    _declined_and_withdrawn(people)
    _decided_long_ago(people)


def _propose(people: People, by: str, name: str, **fields: Any) -> Nomination:
    fields.setdefault("from_on", people.units.today + timedelta(days=20))
    known = fields.get("person")
    phone = None if known else people.numbers.phone()
    nomination = Nomination(name=known.name if known else name, phone=phone, **fields)
    return workflow.propose(nomination, by=people.users[by])


def _region_with_a_holder(people: People) -> None:
    """Ready to be appointed but for the one who still holds the post."""
    by = people.users["hq-personnel"]
    nomination = _propose(
        people,
        by.username,
        "邱志平",
        post_kind=Kind.FULL_TIME,
        region=people.units.regions["FJ"],
        reason="在福建项目任工会主席四年，熟悉闽赣两省队伍，拟接替到龄的林秋生。",
    )
    workflow.check(nomination, by=by, criteria=CRITERIA)
    _induct(nomination, people.users["hq-org"], 9)
    _date_back(nomination, 9)


def _acting_one_to_stay(people: People) -> None:
    by = people.users["rc-gx"]
    acting = people.users["pc-gx03"]
    nomination = _propose(
        people,
        by.username,
        "",
        person=acting,
        post_kind=Kind.PART_TIME,
        project=people.units.projects["GX03"],
        main_job="综合办公室干事",
        reason="代理以来走访、月报都按时，队伍反映好，建议正式聘任。",
    )
    word = "「会协调」暂未勾选：与两支新进场队伍刚开始接触，上岗后由片区带一个月。"
    workflow.check(nomination, by=by, criteria=[key for key in CRITERIA if key != "coordinates"], word=word)
    _date_back(nomination, 6)


def _just_proposed(people: People) -> None:
    nomination = _propose(
        people,
        "pc-changping",
        "朴春梅",
        post_kind=Kind.PART_TIME,
        project=people.units.projects["CHANGPING"],
        main_job="工会干事",
        is_acting=True,
        reason="本人下月外出培训，由她代理三个月。",
    )
    _date_back(nomination, 2)


def _waiting_for_the_committee(people: People) -> None:
    """The region has said yes; the project's Party work committee has it on its list."""
    regional = people.users["rc-nw"]
    nomination = _for_a_crew(people, "韩玉成", "爱说话、肯跑腿，工友信得过。", is_crew_leader=True)
    workflow.check(nomination, by=regional, criteria=CRITERIA)
    _induct(nomination, regional, 4)
    workflow.approve(nomination, by=regional)
    _date_back(nomination, 4)


def _declined_and_withdrawn(people: People) -> None:
    declined = _for_a_crew(people, "马小军", "年轻，会用手机填表。")
    workflow.decline(declined, by=people.users["pp-dunge"], word="进场不到一个月，先熟悉队伍，下季度再议。")
    _date_back(declined, 25)
    withdrawn = _for_a_crew(people, "白建福", "老工人，说话有人听。")
    workflow.withdraw(withdrawn, by=people.users["pc-dunge"], word="本人月底退场。")
    _date_back(withdrawn, 18)


def _for_a_crew(people: People, name: str, reason: str, **fields: Any) -> Nomination:
    team = LabourTeam.objects.get(project=people.units.projects[PROJECT], name=TEAM)
    crew = team.crews.order_by("pk").first()
    return _propose(people, "pc-dunge", name, post_kind=Kind.LIAISON, team=team, crew=crew, reason=reason, **fields)


def _decided_long_ago(people: People) -> None:
    """How the demonstration's liaison came to the post."""
    post = Liaison.objects.select_related("person").get(person=people.users["liaison-dunge"])
    coordinator, regional, committee = (people.users[name] for name in ("pc-dunge", "rc-nw", "pp-dunge"))
    begun = _morning((people.units.today - post.from_on).days + 12)
    nomination = Nomination.objects.create(
        status=Status.DECIDED,
        version=4,
        post_kind=Kind.LIAISON,
        team_id=post.team_id,
        crew_id=post.crew_id,
        person=post.person,
        name=post.person.name,
        from_on=post.from_on,
        reason="工友推荐，班前会上讲得清楚。",
        proposed_by=coordinator,
        proposed_at=begun,
        criteria=list(CRITERIA),
        topics=list(TOPICS),
        induction_method="both",
        inducted_on=(begun + timedelta(days=INDUCTED_AFTER)).date(),
        induction_result="六项都讲到，当场问答清楚",
        liaison=post,
    )
    _written_by_hand(nomination, coordinator, regional, committee)


def _written_by_hand(nomination: Nomination, coordinator: User, regional: User, committee: User) -> None:
    moves = (
        ("propose", "", Status.PROPOSED, coordinator),
        ("check", Status.PROPOSED, Status.CHECKED, regional),
        ("induct", Status.CHECKED, Status.INDUCTED, regional),
        ("approve", Status.INDUCTED, Status.INDUCTED, regional),
        ("approve", Status.INDUCTED, Status.DECIDED, committee),
    )
    for place, (verb, before, after, by) in enumerate(moves):
        at = nomination.proposed_at + place * BETWEEN_MOVES
        facts = {"from_status": before, "to_status": after, "by": by, "at": at}
        NominationEvent.objects.create(nomination=nomination, verb=verb, **facts)
        if verb == "approve":
            side = NominationApproval.Side.REGION if by == regional else NominationApproval.Side.COMMITTEE
            NominationApproval.objects.create(nomination=nomination, side=side, by=by, at=at)


def _induct(nomination: Nomination, by: User, days: int) -> None:
    """As if it had been proposed `days` ago."""
    on = timezone.localdate() - timedelta(days=days - INDUCTED_AFTER)
    workflow.induct(nomination, by=by, induction=Induction(TOPICS, "both", on, "问答六题，答对五题，合格"))


def _date_back(nomination: Nomination, days: int) -> None:
    """As if it had begun `days` ago, a day between one move and the next; an approval carries the moment of its move."""
    begun = _morning(days)
    Nomination.objects.filter(pk=nomination.pk).update(proposed_at=begun)
    for place, event in enumerate(nomination.events.order_by("pk")):
        at = begun + place * BETWEEN_MOVES
        nomination.approvals.filter(at=event.at).update(at=at)
        NominationEvent.objects.filter(pk=event.pk).update(at=at)


def _morning(days: int) -> datetime:
    """Twenty past nine, so many days ago."""
    return (timezone.localtime() - timedelta(days=days)).replace(hour=9, minute=20, second=0, microsecond=0)
