"""Boards with their versions and checks, contact cards, armbands, and the facts that they print."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from coordinators.models import ArmbandIssue, BoardCheck, BoardPrinting, ContactCardBatch, NoticeBoard, RightsBoard, SiteContact
from coordinators.paper.live import Today, today_of, today_of_cards
from tests.factories.numbers import day
from tests.factories.posts import UserFactory
from tests.factories.units import ProjectFactory


def _stored(today: Today, **more: Any) -> dict[str, Any]:
    return {"said": today.said, "photos": today.photos, "address": "https://lianxin.example/w/CODE/", **more}


class SiteContactFactory(DjangoModelFactory):
    class Meta:
        model = SiteContact

    project = factory.SubFactory(ProjectFactory)
    hotline = "400 000 0000"
    mailbox_place = "3号拌和站食堂门口"
    mailbox_note = "每周一开箱，片区协理员开"


class RightsBoardFactory(DjangoModelFactory):
    """Without a gap, unless fields are emptied."""

    class Meta:
        model = RightsBoard

    project = factory.SubFactory(ProjectFactory)
    owner = "示例高速公路建设有限公司"
    contractor = "示例机械化工程有限公司"
    subcontractors = "示例青石劳务有限公司\n示例远山劳务有限公司"
    authority = "示例市交通运输局"
    authority_phone = "0731-0000 0001"
    wage_officer = "何小燕"
    wage_officer_phone = "0731-0000 0002"
    minimum_wage = "1930.00"
    pay_day = "每月 20 日"
    inspection = "示例县劳动保障监察大队"
    inspection_phone = "0731-0000 0003"
    arbitration = "示例县劳动人事争议仲裁院"
    arbitration_phone = "0731-0000 0004"
    legal_aid = "示例县法律援助中心"
    legal_aid_phone = "0731-0000 0005"


class NoticeBoardFactory(DjangoModelFactory):
    class Meta:
        model = NoticeBoard

    class Params:
        rights = factory.Trait(kind=NoticeBoard.Kind.RIGHTS)
        taken_down = factory.Trait(taken_down_on=day(-3))

    project = factory.SubFactory(ProjectFactory)
    place = factory.Sequence(lambda n: f"隧道{n}口")
    created_by = factory.SubFactory(UserFactory)


class BoardPrintingFactory(DjangoModelFactory):
    """Says what the board would say now; `said` replaces parts of that."""

    class Meta:
        model = BoardPrinting

    class Params:
        said: dict[str, Any] = {}

    board = factory.SubFactory(NoticeBoardFactory)
    number = factory.LazyAttribute(lambda printing: printing.board.printings.count() + 1)
    printed_by = factory.SubFactory(UserFactory)
    printed_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=2))

    @factory.lazy_attribute
    def content(self) -> dict[str, Any]:
        today = today_of([self.board], timezone.localdate())[self.board.pk]
        return _stored(Today({**today.said, **self.said}, today.photos))


class BoardCheckFactory(DjangoModelFactory):
    class Meta:
        model = BoardCheck

    printing = factory.SubFactory(BoardPrintingFactory)
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))


class ContactCardBatchFactory(DjangoModelFactory):
    """For the whole project, unless a team (and a crew) says otherwise."""

    class Meta:
        model = ContactCardBatch

    board = factory.SubFactory(NoticeBoardFactory)
    project = factory.SelfAttribute("board.project")
    printed_by = factory.SubFactory(UserFactory)
    team = None
    crew = None

    @factory.lazy_attribute
    def content(self) -> dict[str, Any]:
        batch = ContactCardBatch(project=self.project, board=self.board, team=self.team, crew=self.crew)
        return _stored(today_of_cards([batch], timezone.localdate())[None], number=1)


class ArmbandIssueFactory(DjangoModelFactory):
    class Meta:
        model = ArmbandIssue

    class Params:
        returned = factory.Trait(returned_on=day(-1))

    number = factory.Sequence(lambda n: f"A{n:03d}")
    person = factory.SubFactory(UserFactory)
    region = None
    project = factory.Maybe("region", None, factory.SubFactory(ProjectFactory))
    issued_on = day(-30)
    issued_by = factory.SubFactory(UserFactory)
