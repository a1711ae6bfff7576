"""Writes the rules of dispatching and some sixty cases in every state.

Each goes through the hands it would go through; while somebody acts, the clock is turned back to the day on which he would have.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import StaffPost, User
from core.roles import Role
from core.workdays import WorkingDays
from feedback.cases import ladder, workflow
from feedback.cases.registering import Matter, Named, register
from feedback.cases.routing import proposed, rules_in_use
from feedback.cases.workflow.lifecycle import LOOKED_AT
from feedback.models import Case, CaseCategory, RoutingRule, Tier
from labour_teams.models import LabourTeam
from overview.demo.case_texts import CASES, REPLIES, Said
from overview.demo.folk import dice_for, name_for
from overview.demo.portraits import portrait
from overview.demo.posts import People

# Which department deals with what, as the company divides it; 草案 until it says otherwise.
ROUTES = (
    ("wages", "LABOUR_CENTRE"), ("wage_late", "LABOUR_CENTRE"), ("measurement", "COST"), ("safety", "SAFETY_QUALITY"),
    ("quality", "ENGINEERING"), ("living", "OFFICE"), ("supplies", "MATERIALS"), ("contract", "LEGAL"),
    ("party", "PARTY_ORGANISATION"), ("culture", "UNION"), ("youth", "YOUTH_LEAGUE"), ("payment", "FINANCE"),
    ("conduct", "PARTY_ORGANISATION"),
)  # fmt: skip
OFFICERS = ("COST", "ENGINEERING", "OFFICE", "MATERIALS", "LEGAL", "UNION", "YOUTH_LEAGUE", "FINANCE")
STEPS = ("route", "accept", "reply", "approve", "tell", "settle", "confirm")
# stage → how many steps it took; the other stages are told below
TAKEN = {
    "registered": 0, "routed": 1, "refused": 1, "accepted": 2, "waiting": 2, "extension": 2, "review": 3, "answered": 4,
    "told": 5, "revisiting": 6, "closed": 7, "redone": 6, "final": 4, "spot": 0,
}  # fmt: skip
HOURS = {"route": 3, "accept": 20, "reply": 30, "approve": 5, "tell": 20, "settle": 50, "confirm": 26}
PROMISES = {"living": ("换好热水器和床板", 6), "supplies": ("按名单补发到位", 5), "safety": ("防护设施补齐并验收", 3)}
BEGINNING = time(9, 20)
SHORT_ORDER = timedelta(minutes=20)


@dataclass
class Cast:
    """Who and what all stories have in common."""

    people: People
    officers: dict[str, User]
    categories: dict[str, CaseCategory] = field(default_factory=lambda: {row.key: row for row in CaseCategory.objects.all()})
    teams: dict[tuple[int, str], LabourTeam] = field(
        default_factory=lambda: {(team.project_id, team.name): team for team in LabourTeam.objects.all()}
    )
    rules: list[RoutingRule] = field(default_factory=list)


def write_cases(people: People) -> None:
    cast = Cast(people, _officers(people))
    RoutingRule.objects.bulk_create(
        RoutingRule(order=order * 10, category=cast.categories[key], department=people.units.departments[code], is_draft=True)
        for order, (key, code) in enumerate(ROUTES, start=1)
    )
    cast.rules = rules_in_use()
    for said in CASES:
        Story(cast, said).tell()
    _sweep()


def _officers(people: People) -> dict[str, User]:
    """Somebody in every department that cases go to; they have no sign-in."""
    found = {"SAFETY_QUALITY": people.users["hq-safety"], "LABOUR_CENTRE": people.users["hq-labour"]}
    found["PARTY_ORGANISATION"] = people.users["hq-org"]
    for code in OFFICERS:
        username = f"of-{code.lower().replace('_', '-')}"
        person = people.user(username, name_for(dice_for("officer", code)), people.numbers.phone())
        person.save()
        department = people.units.departments[code]
        from_on = people.units.months_ago(24)
        StaffPost.objects.create(person=person, role=Role.DEPARTMENT_OFFICER, department=department, from_on=from_on)
        found[code] = person
    return found


@contextmanager
def turned_back(moment: datetime) -> Iterator[None]:
    """The clock as it stood then. For a command that has the process to itself."""
    now = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = now


class Story:
    """One case, from the day on which it was said to the step that it has reached."""

    def __init__(self, cast: Cast, said: Said) -> None:
        self.cast, self.people, self.said = cast, cast.people, said
        self.project = self.people.units.projects[said.project]
        self.now = timezone.now()
        begun = datetime.combine(timezone.localdate() - timedelta(days=said.days), BEGINNING)
        self.at = min(timezone.make_aware(begun), self.now - SHORT_ORDER)

    def tell(self) -> None:
        self.case = self._act(register, self._matter(), by=self._writer())
        for step in STEPS[: TAKEN[self.said.stage]]:
            self._later(step)
            getattr(self, f"_{step}")()
        special: Callable[[], Any] | None = getattr(self, f"_{self.said.stage}", None)
        if special:
            self.at = min(self.at + timedelta(hours=2), self.now)
            special()

    def _later(self, step: str) -> None:
        """A step takes its hours, but nothing happens tomorrow."""
        self.at = min(self.at + timedelta(hours=HOURS[step]), self.now)

    def _act(self, act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with turned_back(self.at):
            done = act(*args, **kwargs)
        self.at = min(self.at + timedelta(seconds=1), self.now)
        return done

    def _matter(self) -> Matter:
        said, project = self.said, self.project
        team = self.cast.teams[project.pk, said.team]
        return Matter(
            category=self.cast.categories[said.category],
            title=said.title,
            words=said.words,
            origin=said.origin,
            kind=said.kind,
            severity=said.severity,
            project=project,
            team=team,
            named=tuple(Named(who, team=team if who == "team_boss" else None) for who in said.names.split()),
            people_count=said.people,
            amount=None if said.amount is None else Decimal(said.amount),
            is_direct=said.is_direct,
            is_found_early=said.found_early,
        )

    def _writer(self) -> User | None:
        """Nobody, for the workers' page; the liaison for some of his crew; the coordinator of the project."""
        if self.said.origin == "qr":
            return None
        if (self.said.project, self.said.team) == ("DUNGE", "隧道一队"):
            return self.people.users["liaison-dunge"]
        return self._local

    @property
    def _local(self) -> User:
        return self.people.users[f"pc-{self.said.project.lower()}"]

    @property
    def _regional(self) -> User:
        return self.people.users[f"rc-{self.project.region.code.lower()}"]

    @property
    def _headquarters(self) -> tuple[User, User]:
        return self.people.users["hq-org"], self.people.users["hq-labour"]

    @property
    def _lead(self) -> User:
        """Whoever answers for the unit that deals with it; a sensitive case is the Party organisation department's."""
        sight = self.case.sights.select_related("department").get(part="lead")
        found: dict[str, User] = {Tier.PROJECT: self._local, Tier.REGION: self._regional, Tier.COMPANY: self._headquarters[0]}
        return self.cast.officers[sight.department.code] if sight.department else found[sight.tier]

    def _may(self, verb: str, *others: User) -> User:
        """The first who may; on the ground before headquarters. Whoever has a part in a case sees it, if it is not sensitive."""
        people = (*others, self._local, self._regional, *reversed(self._headquarters))
        case = Case.objects.prefetch_related(*LOOKED_AT).get(pk=self.case.pk)
        able = (person for person in people if workflow.LIFECYCLE.may(verb, person, case))
        return next(person for person in able if not case.is_sensitive or self._sees(person))

    def _sees(self, person: User) -> bool:
        return Case.objects.visible_to(person).filter(pk=self.case.pk).exists()

    def _route(self) -> None:
        proposal = proposed(self.case, self.cast.rules)
        by = self._may("route")
        self.case = self._act(workflow.route, self.case, by=by, to=proposal.destination, reason=proposal.reason)

    def _accept(self) -> None:
        self.case = self._act(workflow.accept, self.case, by=self._lead)

    def _reply(self) -> None:
        is_final, promised = self.said.stage == "final", PROMISES.get(self.said.category)
        text = REPLIES[self.said.category][0]
        if is_final:
            text = "已查清：合同和公司办法里没有这一项，不能办理。依据附在答复单后面，可到项目部查看。"
        given = []
        if promised and not is_final:
            due_on = timezone.localdate(self.at) + timedelta(days=promised[1])
            given = [workflow.PromiseGiven(promised[0], str(self.case.sights.get(part="lead")), due_on)]
        self.case = self._act(workflow.submit_reply, self.case, by=self._lead, reply=workflow.Reply(text, given, is_final))

    def _approve(self) -> None:
        self.case = self._act(workflow.approve_reply, self.case, by=self._may("approve_reply"))

    def _tell(self) -> None:
        words = {"how": Case.Delivery.READ_ALOUD, "note": "班前会上念给大家听，18人在场"}
        self.case = self._act(workflow.deliver, self.case, by=self._may("deliver", self._lead), **words)

    def _settle(self) -> None:
        by, note = self._may("settle", self._lead), REPLIES[self.said.category][1]
        on, photo = timezone.localdate(self.at), self._photo()
        self.case = self._act(workflow.settle, self.case, by=by, settled_on=on, note=note, photo=photo)
        for promise in self.case.promises.filter(kept_on=None):
            self._act(workflow.keep_promise, promise, by=self._may("keep_promise"), on=on, photo=self._photo())

    def _confirm(self) -> None:
        self.case.refresh_from_db()
        self.case = self._act(workflow.confirm_settled, self.case, by=self._may("confirm_settled"))

    def _refused(self) -> None:
        grounds = "不归本部门管：合同由劳务公司签，请转劳务资源管理中心或项目。"
        self.case = self._act(workflow.refuse, self.case, by=self._lead, grounds=grounds)

    def _waiting(self) -> None:
        question = "请说一下是哪个工点、哪几天，好安排人去看。"
        self.case = self._act(workflow.ask_worker, self.case, by=self._lead, question=question)

    def _extension(self) -> None:
        facts = {"clock": "settle", "days": 5, "reason": "屋顶材料要从外地调，预计八天到货。"}
        self._act(workflow.ask_extension, self.case, by=self._lead, **facts)

    def _redone(self) -> None:
        self.case.refresh_from_db()
        self.case = self._act(workflow.redo, self.case, by=self._may("redo"), word="回访时工友说没有变化，请重办。")

    def _spot(self) -> None:
        reply = "片区协理员当场处理：人员先撤离，设备停用，整改后再开工。"
        note, photo = "现场已设警戒线，专人看守", self._photo()
        self.case = self._act(workflow.close_on_spot, self.case, by=self._regional, reply=reply, settled_note=note, photo=photo)
        if self.said.found_early:
            text = "当日巡查发现，已停工整改，复查合格后恢复。已通报项目安质部。"
            self._act(workflow.file_after_report, self.case, by=self._regional, text=text)

    def _photo(self) -> SimpleUploadedFile:
        return SimpleUploadedFile("seen.bmp", portrait(dice_for("seen", self.said.title, f"{self.at}")))


def _sweep() -> None:
    """What the calendar did meanwhile: missed deadlines, reminders, notices. As of the last office hour."""
    moment, workdays = timezone.now(), WorkingDays.load()
    while not ladder.in_office_hours(moment, workdays):
        moment -= timedelta(hours=1)
    with turned_back(moment):
        ladder.carry_out(ladder.planned(moment))
