"""Nominations in every state, with the rows that one in that state has."""

from datetime import timedelta
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from coordinators.models import Nomination, NominationApproval, NominationEvent
from core.attachments import keep_document
from core.models import Attachment
from core.roles import Role
from tests.factories.numbers import day, person_name, phone
from tests.factories.posts import CoordinatorFactory, LiaisonFactory, UserFactory, person_with
from tests.factories.roster import LabourTeamFactory
from tests.factories.units import ProjectFactory, RegionFactory

Status, Kind, Side = Nomination.Status, Nomination.PostKind, NominationApproval.Side
VERBS = {
    Status.CHECKED: ("check",),
    Status.INDUCTED: ("check", "induct"),
    Status.DECIDED: ("check", "induct", "decide"),
    Status.DECLINED: ("decline",),
    Status.WITHDRAWN: ("withdraw",),
}
AFTER = {"check": Status.CHECKED, "induct": Status.INDUCTED, "decide": Status.DECIDED}


def letter_file(name: str = "委派通知.pdf") -> SimpleUploadedFile:
    """The smallest thing that is taken for a PDF."""
    return SimpleUploadedFile(name, b"%PDF-1.4\nletter\n%%EOF\n", content_type="application/pdf")


def kept_letter() -> Attachment:
    return keep_document(letter_file(), by=UserFactory())


def _person(nomination: Any) -> Any:
    """From the decision on there is an account."""
    return UserFactory(name=nomination.name) if nomination.status == Status.DECIDED else None


def _post(nomination: Any) -> dict[str, Any]:
    return {"person": nomination.person, "from_on": nomination.from_on, "is_acting": nomination.is_acting}


def _coordinator(nomination: Any) -> Any:
    if nomination.status != Status.DECIDED or nomination.post_kind == Kind.LIAISON:
        return None
    return CoordinatorFactory(region=nomination.region, project=nomination.project, **_post(nomination))


def _liaison(nomination: Any) -> Any:
    if nomination.status != Status.DECIDED or nomination.post_kind != Kind.LIAISON:
        return None
    return LiaisonFactory(team=nomination.team, crew=nomination.crew, **_post(nomination))


def _write_rows(nomination: Nomination, create: bool, extracted: None) -> None:
    """The way so far; a decided choice has both approvals."""
    before, at = Status.PROPOSED, nomination.proposed_at
    _event(nomination, "propose", "", before, at)
    for number, verb in enumerate(VERBS.get(Status(nomination.status), ()), start=1):
        after = AFTER.get(verb, nomination.status)
        _event(nomination, verb, before, after, at + timedelta(minutes=number))
        before = Status(after)
    if nomination.status == Status.DECIDED and not nomination.is_appointed:
        for side in Side:
            NominationApproval.objects.create(nomination=nomination, side=side, by=UserFactory())


def _event(nomination: Nomination, verb: str, before: str, after: str, at: Any) -> None:
    facts = {"from_status": before, "to_status": after, "by": nomination.proposed_by, "at": at}
    NominationEvent.objects.create(nomination=nomination, verb=verb, **facts)


class NominationFactory(DjangoModelFactory):
    """A project coordinator is proposed, unless a kind, a trait or a unit says otherwise."""

    class Meta:
        model = Nomination
        skip_postgeneration_save = True

    class Params:
        full_time = factory.Trait(
            post_kind=Kind.FULL_TIME,
            project=None,
            region=factory.SubFactory(RegionFactory),
            main_job="",
            proposed_by=factory.LazyFunction(lambda: person_with(Role.PARTY_PERSONNEL)),
        )
        liaison_of = factory.Trait(post_kind=Kind.LIAISON, project=None, main_job="", team=factory.SubFactory(LabourTeamFactory))
        proposed = factory.Trait(status=Status.PROPOSED)
        checked = factory.Trait(status=Status.CHECKED)
        inducted = factory.Trait(status=Status.INDUCTED)
        decided = factory.Trait(status=Status.DECIDED)
        declined = factory.Trait(status=Status.DECLINED)
        withdrawn = factory.Trait(status=Status.WITHDRAWN)
        was_checked = factory.LazyAttribute(lambda each: each.status in (Status.CHECKED, Status.INDUCTED, Status.DECIDED))
        was_inducted = factory.LazyAttribute(lambda each: each.status in (Status.INDUCTED, Status.DECIDED))

    status = Status.PROPOSED
    post_kind = Kind.PART_TIME
    region = None
    project = factory.SubFactory(ProjectFactory)
    team = None
    crew = None
    person = factory.LazyAttribute(_person)
    name = factory.Sequence(person_name)
    phone = factory.Sequence(lambda n: phone(8_000_000 + n))
    main_job = "综合办公室主任"
    is_acting = False
    from_on = day(10)
    reason = "在项目上工作三年，熟悉队伍。"
    proposed_by = factory.SubFactory(UserFactory)
    proposed_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=3))
    criteria = factory.LazyAttribute(lambda each: list(Nomination.CRITERIA) if each.was_checked else [])
    topics = factory.LazyAttribute(lambda each: list(Nomination.TOPICS) if each.was_inducted else [])
    induction_method = factory.LazyAttribute(lambda each: "both" if each.was_inducted else "")
    inducted_on = factory.LazyAttribute(lambda each: timezone.localdate() if each.was_inducted else None)
    induction_result = factory.LazyAttribute(lambda each: "合格" if each.was_inducted else "")
    coordinator = factory.LazyAttribute(_coordinator)
    liaison = factory.LazyAttribute(_liaison)
    rows = factory.PostGeneration(_write_rows)
