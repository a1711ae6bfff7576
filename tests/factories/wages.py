"""The wage ledger: sheets with lines, findings, attendance, what guards a project's wages, and what workers see and say."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.months import Month
from tests.factories.attachments import PhotoFactory
from tests.factories.numbers import bank_card, id_number, phone
from tests.factories.posts import UserFactory
from tests.factories.roster import EngagementFactory, LabourTeamFactory
from tests.factories.units import ProjectFactory
from wages.models import (
    AttendanceLine,
    AttendanceSheet,
    ExitCheck,
    PaymentLine,
    PaymentList,
    PaySlip,
    RestrictionRequest,
    SheetSignature,
    WageAccount,
    WageArrears,
    WageFinding,
    WageGroupMember,
    WageLeadingGroup,
    WageLine,
    WageQuestion,
    WageSheet,
)

STATES = tuple(WageSheet.Status.values)


def last_month() -> Month:
    return Month.current().plus(-1)


def reached(status: str) -> Any:
    """Whether a sheet in `sheet.status` has come as far as `status`."""
    return lambda sheet: STATES.index(sheet.status) >= STATES.index(status)


def once(status: str, value: Any) -> Any:
    """A field that has its value from `status` on."""
    return factory.Maybe(factory.LazyAttribute(reached(status)), value, None)


class WageSheetFactory(DjangoModelFactory):
    """A sheet of last month in any `status`, with the papers that belong to it; without lines unless `lines=3` says so."""

    class Meta:
        model = WageSheet
        skip_postgeneration_save = True

    team = factory.SubFactory(LabourTeamFactory)
    project = factory.SelfAttribute("team.project")
    region = factory.SelfAttribute("project.region")
    month = factory.LazyFunction(last_month)
    employer = factory.SelfAttribute("team.company_name")
    due_on = factory.LazyAttribute(lambda sheet: sheet.month.after + timedelta(days=9))
    status = WageSheet.Status.RECEIVED
    people, gross, deductions, net = 1, Decimal(6760), Decimal(500), Decimal(6260)
    signed_scan = once("signed", factory.SubFactory(PhotoFactory))
    posted_on = once("posted", factory.LazyAttribute(lambda sheet: sheet.month.after))
    posted_photo = once("posted", factory.SubFactory(PhotoFactory))
    paid_on = once("paid", factory.LazyAttribute(lambda sheet: sheet.month.after + timedelta(days=4)))
    voucher = once("paid", factory.SubFactory(PhotoFactory))
    imported_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def lines(self: Any, create: bool, extracted: int | None, **kwargs: Any) -> None:
        for number in range(extracted or 0):
            WageLineFactory(sheet=self, number=number + 2)


class WageLineFactory(DjangoModelFactory):
    """One man's month, of somebody of the sheet's team."""

    class Meta:
        model = WageLine

    sheet = factory.SubFactory(WageSheetFactory)
    number = factory.LazyAttribute(lambda line: line.sheet.lines.count() + 2)
    engagement = factory.SubFactory(EngagementFactory, team=factory.SelfAttribute("..sheet.team"))
    name = factory.LazyAttribute(lambda line: line.engagement.name if line.engagement else "向春生")
    id_number = factory.Sequence(id_number)
    phone = factory.Sequence(phone)
    bank_card = factory.Sequence(bank_card)
    trade = "钢筋工"
    days = Decimal(26)
    unit_price = Decimal(260)
    gross, advances, net = Decimal(6760), Decimal(500), Decimal(6260)


class WageFindingFactory(DjangoModelFactory):
    """A red one that nobody has explained; `explained=True` for one that somebody did."""

    class Meta:
        model = WageFinding

    class Params:
        explained = factory.Trait(
            explained_at=factory.LazyFunction(timezone.now),
            explained_by=factory.SubFactory(UserFactory),
            explanation="已核对",
        )

    line = factory.SubFactory(WageLineFactory)
    sheet = factory.SelfAttribute("line.sheet")
    kind = WageFinding.Kind.NET
    level = WageFinding.Level.RED
    numbers = factory.LazyFunction(lambda: {"right": "6260.00", "said": "6160.00"})


class AttendanceSheetFactory(DjangoModelFactory):
    class Meta:
        model = AttendanceSheet

    team = factory.SubFactory(LabourTeamFactory)
    project = factory.SelfAttribute("team.project")
    month = factory.LazyFunction(last_month)
    imported_by = factory.SubFactory(UserFactory)


class AttendanceLineFactory(DjangoModelFactory):
    class Meta:
        model = AttendanceLine

    sheet = factory.SubFactory(AttendanceSheetFactory)
    number = factory.LazyAttribute(lambda line: line.sheet.lines.count() + 2)
    engagement = factory.SubFactory(EngagementFactory, team=factory.SelfAttribute("..sheet.team"))
    name = factory.SelfAttribute("engagement.name")
    marks = factory.LazyFunction(lambda: ["1"] * 26 + ["0", "0.5"])
    total = Decimal("26.5")


class PaymentLineFactory(DjangoModelFactory):
    """Of somebody of the team, on the bank's list of last month."""

    class Meta:
        model = PaymentLine

    sheet = factory.SubFactory("tests.factories.wages.PaymentListFactory")
    number = factory.LazyAttribute(lambda line: line.sheet.lines.count() + 2)
    engagement = factory.SubFactory(EngagementFactory, team=factory.SelfAttribute("..sheet.team"))
    name = factory.LazyAttribute(lambda line: line.engagement.name if line.engagement else "向春生")
    amount = Decimal(6260)


class PaymentListFactory(DjangoModelFactory):
    class Meta:
        model = PaymentList

    team = factory.SubFactory(LabourTeamFactory)
    project = factory.SelfAttribute("team.project")
    month = factory.LazyFunction(last_month)
    imported_by = factory.SubFactory(UserFactory)


class WageAccountFactory(DjangoModelFactory):
    class Meta:
        model = WageAccount

    project = factory.SubFactory(ProjectFactory)
    bank = "示例银行敦煌支行"
    number = "99700012"
    opened_on = date(2024, 3, 1)


class WageGroupMemberFactory(DjangoModelFactory):
    class Meta:
        model = WageGroupMember

    group = factory.SubFactory("tests.factories.WageGroupFactory", members=0)
    name = factory.Sequence(lambda n: f"成员{n}")
    post = WageGroupMember.Post.COORDINATOR


class WageGroupFactory(DjangoModelFactory):
    """A leading group that stands, with one member who signs unless `members` says how many."""

    class Meta:
        model = WageLeadingGroup
        skip_postgeneration_save = True

    project = factory.SubFactory(ProjectFactory)
    formed_on = date(2024, 3, 1)
    document_no = "敦格项办〔2024〕3号"

    @factory.post_generation
    def members(self: Any, create: bool, extracted: int | None, **kwargs: Any) -> None:
        WageGroupMemberFactory.create_batch(1 if extracted is None else extracted, group=self)


class SheetSignatureFactory(DjangoModelFactory):
    class Meta:
        model = SheetSignature

    sheet = factory.SubFactory(WageSheetFactory, status="signed")
    member = factory.SubFactory(WageGroupMemberFactory, group__project=factory.SelfAttribute("...sheet.project"))


class WageArrearsFactory(DjangoModelFactory):
    """Of last month, standing; `settled=True` once they were paid."""

    class Meta:
        model = WageArrears

    class Params:
        settled = factory.Trait(settled_on=factory.LazyAttribute(lambda arrears: arrears.since + timedelta(days=5)))
        reported = factory.Trait(source=WageArrears.Source.REPORTED, amount=None, people=None)

    team = factory.SubFactory(LabourTeamFactory)
    project = factory.SelfAttribute("team.project")
    region = factory.SelfAttribute("project.region")
    month = factory.LazyFunction(last_month)
    source = WageArrears.Source.UNPAID
    since = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=12))
    amount = Decimal("184500.00")
    people = 31
    settled_on = None
    status = factory.LazyAttribute(lambda arrears: "settled" if arrears.settled_on else "standing")


class RestrictionRequestFactory(DjangoModelFactory):
    class Meta:
        model = RestrictionRequest

    engagement = factory.SubFactory(EngagementFactory)
    project = factory.SelfAttribute("engagement.team.project")
    by = factory.SubFactory(UserFactory)


class PaySlipFactory(DjangoModelFactory):
    class Meta:
        model = PaySlip

    line = factory.SubFactory(WageLineFactory)
    code_hash = factory.Sequence(lambda n: f"{n:064x}")
    printed_by = factory.SubFactory(UserFactory)
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=60))


class WageQuestionFactory(DjangoModelFactory):
    class Meta:
        model = WageQuestion

    class Params:
        answered = factory.Trait(answer="all", way="code", answered_on=factory.LazyFunction(timezone.localdate))

    engagement = factory.SubFactory(EngagementFactory)
    month = factory.LazyFunction(last_month)
    code_hash = factory.Sequence(lambda n: f"{n:064x}")


class ExitCheckFactory(DjangoModelFactory):
    class Meta:
        model = ExitCheck

    class Params:
        done = factory.Trait(
            wages_settled=True,
            certificates_returned=True,
            health_checked=True,
            done_on=factory.LazyFunction(timezone.localdate),
            done_by=factory.SubFactory(UserFactory),
        )

    engagement = factory.SubFactory(EngagementFactory, left=True)
