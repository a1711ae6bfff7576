"""Writes people and the posts they hold: staff, coordinators with a few predecessors, and the liaisons of crews and teams."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from accounts.models import StaffPost, User
from accounts.posts import Post
from coordinators.models import Coordinator, Liaison
from core.names import initials_of, pinyin_of
from core.personal import Phone
from labour_teams.models import LabourTeam, WorkCrew
from overview.demo import accounts
from overview.demo.folk import Numbers, dice_for, name_for
from overview.demo.organisation import TEAMS_WITHOUT_LIAISON
from overview.demo.units import TeamPlan, Units

Kind = Coordinator.Kind
# Which crew the demonstration's liaisons serve: team and, where it has them, crew of their project.
DEMO_LIAISONS = {"liaison-dunge": ("DUNGE", "隧道一队"), "liaison-changping": ("CHANGPING", "桥涵一队")}
FORMER_FULL_TIME = ("HS", "吕振江", 210)
FORMER_PART_TIME = ("SANXI", "崔留柱", 160)
ACTING = ("GX03", "黎世荣", 40)


@dataclass(slots=True)
class People:
    """The users by user name, and the posts in the order in which they are written."""

    units: Units
    numbers: Numbers
    password: str
    users: dict[str, User] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    _duty_phones: int = 0
    _liaisons: int = 0

    def user(self, username: str, name: str, phone: Phone | None = None, *, signs_in: bool = False) -> User:
        """Somebody with or without a sign-in of his own; everybody here is invented and marked so."""
        user = User(
            username=username,
            name=name,
            name_pinyin=pinyin_of(name),
            name_initials=initials_of(name),
            phone=phone or self._duty_phone(),
            password=self.password if signs_in else make_password(None),
            is_demo=True,
            must_change_password=False,
        )
        self.users[username] = user
        return user

    def _duty_phone(self) -> Phone:
        self._duty_phones += 1
        return Phone.parse(f"139000000{self._duty_phones:02d}")

    def next_liaison(self) -> str:
        self._liaisons += 1
        return f"l-{self._liaisons:06d}"


def write_people(units: Units, plans: list[TeamPlan], numbers: Numbers, password: str) -> People:
    people = People(units, numbers, make_password(password))
    signing_in = {account.username: account for account in accounts.ACCOUNTS}
    for account in accounts.ACCOUNTS:
        if account.username not in DEMO_LIAISONS:
            people.user(account.username, account.name, signs_in=True)
    people.posts += _staff_posts(people)
    people.posts += _full_time(people)
    people.posts += _part_time(people)
    for plan in plans:
        people.posts += _liaisons(people, plan)
    for username, (code, team) in DEMO_LIAISONS.items():
        _hand_over(people, signing_in[username], code, team)
    User.objects.bulk_create(people.users.values(), batch_size=500)
    for model in (StaffPost, Coordinator, Liaison):
        model.objects.bulk_create([post for post in people.posts if type(post) is model], batch_size=500)
    return people


def _staff_posts(people: People) -> Iterator[StaffPost]:
    for account in accounts.ACCOUNTS:
        if account.role:
            yield StaffPost(
                person=people.users[account.username],
                role=account.role,
                department=people.units.departments.get(account.department or ""),
                project=people.units.projects.get(account.project or ""),
                from_on=people.units.months_ago(24),
            )


def _document(from_on: date) -> str:
    """Those who are appointed on one day are appointed by one document."""
    number = dice_for("document", f"{from_on}").randrange(10, 90)
    return f"机械党〔{from_on.year}〕{number}号"  # noqa: RUF001 - the brackets that Chinese documents are numbered with


def _full_time(people: People) -> Iterator[Coordinator]:
    units = people.units
    changed, former, days = FORMER_FULL_TIME
    for code in accounts.FULL_TIME:
        from_on = units.days_ago(days) if code == changed else units.months_ago(16)
        person = people.users[f"rc-{code.lower()}"]
        yield _coordinator(units, person, from_on, region=units.regions[code])
    person = people.user(f"rc-{changed.lower()}-former", former)
    yield _coordinator(units, person, units.months_ago(16), units.days_ago(days + 1), region=units.regions[changed])


def _part_time(people: People) -> Iterator[Coordinator]:
    units = people.units
    predecessors = {code: (name, days) for code, name, days in (FORMER_PART_TIME, ACTING)}
    for code, (name, main_job) in accounts.PART_TIME.items():
        username = f"pc-{code.lower()}"
        project = units.projects[code]
        began = project.pilot_started_on + timedelta(days=5)
        person = people.users.get(username) or people.user(username, name)
        if code not in predecessors:
            yield _coordinator(units, person, began, project=project, main_job=main_job)
            continue
        former, days = predecessors[code]
        here = {"project": project, "main_job": main_job}
        yield _coordinator(units, people.user(f"{username}-former", former), began, units.days_ago(days + 1), **here)
        yield _coordinator(units, person, units.days_ago(days), is_acting=code == ACTING[0], **here)


def _coordinator(units: Units, person: User, from_on: date, to_on: date | None = None, **more: object) -> Coordinator:
    is_regional = "region" in more
    return Coordinator(
        person=person,
        kind=Kind.FULL_TIME if is_regional else Kind.PART_TIME,
        is_labour_manager=is_regional,
        from_on=from_on,
        to_on=to_on,
        document_no=_document(from_on),
        **more,
    )


def _liaisons(people: People, plan: TeamPlan) -> Iterator[Liaison]:
    """One for each crew (a few crews still have none), or one for a team without crews."""
    if plan.team.left_on:
        return
    dice = dice_for("liaisons", *plan.key)
    gap = TEAMS_WITHOUT_LIAISON.get(plan.key)
    for order, crew in enumerate(plan.crews or [None]):
        if gap is None and (order == 0 or dice.random() < 0.94):
            yield _liaison(people, plan, crew)
        elif gap and order == 0:
            yield _liaison(people, plan, crew, to_on=people.units.days_ago(dice.randrange(10, 35)))


def _liaison(people: People, plan: TeamPlan, crew: WorkCrew | None, to_on: date | None = None) -> Liaison:
    dice = dice_for("liaison", *plan.key, crew.name if crew else "")
    present = [member for member in plan.members if member.crew is crew and member.phone]
    leads = dice.random() < 0.45
    chosen = next((member for member in present if member.is_crew_leader is leads), None)
    name, phone = (chosen.name, chosen.phone) if chosen else (name_for(dice), people.numbers.phone())
    return Liaison(
        person=people.user(people.next_liaison(), name, phone),
        team=plan.team,
        crew=crew,
        is_crew_leader=bool(crew and chosen and chosen.is_crew_leader),
        from_on=_chosen_on(people.units, plan.team, dice.randrange(5, 25)),
        to_on=to_on,
    )


def _chosen_on(units: Units, team: LabourTeam, days: int) -> date:
    """Some days after the team came, or after coordinators were appointed on the project."""
    pilot = team.project.pilot_started_on
    return min(max(team.entered_on or pilot, pilot) + timedelta(days=days), units.days_ago(36))


def _hand_over(people: People, account: accounts.Account, code: str, team: str) -> None:
    """The first liaison of that team is the one who may sign in."""
    for post in people.posts:
        if isinstance(post, Liaison) and post.team.name == team and post.team.project.code == code:
            del people.users[post.person.username]
            post.person = people.user(account.username, account.name, post.person.phone, signs_in=True)
            post.is_crew_leader = False
            return
    raise AssertionError(f"{code} has no {team} with a liaison")
