"""What hangs on the wall and goes into pockets: boards, their printed versions, contact cards, armbands."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordinators.querysets import BoardPrintingQuerySet, ContactCardQuerySet, NoticeBoardQuerySet
from core.codes import new_board_code, new_mark
from core.fields import EncryptedJSONField
from core.models import Attachment
from core.scope import Scoped
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Project, Region

PUBLIC_NUMBER = RegexValidator(r"^[0-9][0-9 -]{2,19}$", _("Digits, spaces and hyphens only."))


class SiteContact(Scoped):
    """How a project's workers reach somebody beside the people in post: the hotline and the mailbox on the wall."""

    scope_paths = ("project__region",)

    project = models.OneToOneField(Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="site_contact")
    hotline = models.CharField(_("24-hour hotline"), max_length=20, blank=True, validators=[PUBLIC_NUMBER])
    mailbox_place = models.CharField(_("where the mailbox hangs"), max_length=60, blank=True)
    mailbox_note = models.CharField(_("when it is opened, and by whom"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("hotline and mailbox")
        verbose_name_plural = _("hotlines and mailboxes")

    def __str__(self) -> str:
        return str(self.project)


class RightsBoard(Scoped):
    """What the rights board of a project must say.

    Regulation on Ensuring Wage Payments to Rural Migrant Workers (State Council Decree 724), article 34: who builds and who pays,
    minimum wage and pay day, and where to complain. A board with a gap is not printed.
    """

    scope_paths = ("project__region",)

    project = models.OneToOneField(Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="rights_board")
    owner = models.CharField(_("owner (client)"), max_length=100, blank=True)
    contractor = models.CharField(_("main contractor"), max_length=100, blank=True)
    subcontractors = models.TextField(_("subcontractors"), max_length=600, blank=True)
    authority = models.CharField(_("authority in charge of the industry"), max_length=100, blank=True)
    authority_phone = models.CharField(
        _("that authority's complaint phone"), max_length=20, blank=True, validators=[PUBLIC_NUMBER]
    )
    wage_officer = models.CharField(_("wage officer"), max_length=60, blank=True)
    wage_officer_phone = models.CharField(_("wage officer's phone"), max_length=20, blank=True, validators=[PUBLIC_NUMBER])
    minimum_wage = models.DecimalField(
        _("local minimum wage (yuan a month)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    pay_day = models.CharField(_("pay day"), max_length=60, blank=True)
    inspection = models.CharField(_("labour inspection"), max_length=100, blank=True)
    inspection_phone = models.CharField(_("labour inspection's phone"), max_length=20, blank=True, validators=[PUBLIC_NUMBER])
    arbitration = models.CharField(_("labour arbitration"), max_length=100, blank=True)
    arbitration_phone = models.CharField(_("labour arbitration's phone"), max_length=20, blank=True, validators=[PUBLIC_NUMBER])
    legal_aid = models.CharField(_("legal aid"), max_length=100, blank=True)
    legal_aid_phone = models.CharField(_("legal aid's phone"), max_length=20, blank=True, validators=[PUBLIC_NUMBER])
    legal_hotline = models.CharField(
        _("public legal service hotline"), max_length=20, blank=True, default="12348", validators=[PUBLIC_NUMBER]
    )

    class Meta:
        verbose_name = _("rights-information")
        verbose_name_plural = _("rights-information")

    def __str__(self) -> str:
        return str(self.project)


class NoticeBoard(Scoped):
    """A physical board on a project. What it says is its printed versions; what it should say comes from live data."""

    class Kind(TextChoices):
        PARTY_MASS = "party_mass", _("Party-and-mass-work board")
        RIGHTS = "rights", _("Rights-information board")

    class Paper(TextChoices):
        A3 = "A3", "A3"
        A4 = "A4", "A4"

    scope_paths = ("project__region",)

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="boards")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.PARTY_MASS)
    place = models.CharField(_("place"), max_length=60, help_text=_("Where it hangs, so that somebody else can find it."))
    paper = models.CharField(_("paper"), max_length=2, choices=Paper.choices, default=Paper.A3)
    code = models.CharField(_("code"), max_length=10, unique=True, default=new_board_code, editable=False)
    taken_down_on = models.DateField(_("taken down on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")

    objects = NoticeBoardQuerySet.as_manager()

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind", "place"], condition=Q(taken_down_on=None), name="noticeboard_one_of_a_kind_at_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.project}·{self.place}"


class BoardPrinting(Scoped):
    """A printed version of a board: what it said, and the mark in its QR that proves who stands before it."""

    scope_paths = ("board__project__region",)

    board = models.ForeignKey(NoticeBoard, verbose_name=_("board"), on_delete=models.PROTECT, related_name="printings")
    number = models.PositiveIntegerField(pgettext_lazy("board", "version"))
    mark = models.CharField(max_length=8, unique=True, default=new_mark, editable=False)
    content = EncryptedJSONField(_("content"))
    printed_at = models.DateTimeField(_("printed at"), default=timezone.now, editable=False)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")

    objects = BoardPrintingQuerySet.as_manager()

    class Meta:
        verbose_name = _("printed version")
        verbose_name_plural = _("printed versions")
        constraints = [models.UniqueConstraint(fields=["board", "number"], name="boardprinting_number_in_board")]

    def __str__(self) -> str:
        return f"{self.board} {self.number}"


class BoardCheck(Scoped):
    """Somebody stood before the board and scanned it. The first check of a version confirms that it hangs."""

    scope_paths = ("printing__board__project__region",)

    printing = models.ForeignKey(
        BoardPrinting, verbose_name=_("printed version"), on_delete=models.PROTECT, related_name="checks"
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    photo = models.ForeignKey(
        Attachment, verbose_name=_("photo on the wall"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("board check")
        verbose_name_plural = _("board checks")

    def __str__(self) -> str:
        return f"{self.printing} {self.at:%Y-%m-%d}"


class ContactCardBatch(Scoped):
    """Contact cards printed together for a team or a crew, and how many were handed out."""

    scope_paths = ("project__region",)

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="card_batches")
    board = models.ForeignKey(NoticeBoard, verbose_name=_("board"), on_delete=models.PROTECT, related_name="card_batches")
    team = models.ForeignKey(
        LabourTeam, verbose_name=_("labour team"), null=True, blank=True, on_delete=models.PROTECT, related_name="card_batches"
    )
    crew = models.ForeignKey(
        WorkCrew, verbose_name=_("work crew"), null=True, blank=True, on_delete=models.PROTECT, related_name="card_batches"
    )
    content = EncryptedJSONField(_("content"))
    sheets = models.PositiveSmallIntegerField(_("sheets of ten"), default=1)
    printed_at = models.DateTimeField(_("printed at"), default=timezone.now, editable=False)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    handed_out = models.PositiveIntegerField(_("cards handed out"), null=True, blank=True)
    handed_out_on = models.DateField(_("handed out on"), null=True, blank=True)

    objects = ContactCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact cards")
        verbose_name_plural = _("contact cards")
        constraints = [
            models.CheckConstraint(
                name="contactcardbatch_no_more_out_than_printed",
                condition=Q(handed_out=None) | Q(handed_out__lte=F("sheets") * 10),
            )
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.crew or self.team or ''}".strip()


class ArmbandIssue(Scoped):
    """An armband in somebody's hands, from a day until it comes back."""

    scope_paths = ("project__region", "region")

    number = models.CharField(pgettext_lazy("armband", "number"), max_length=20)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="armbands"
    )
    region = models.ForeignKey(
        Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT, related_name="armbands"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.PROTECT, related_name="armbands"
    )
    issued_on = models.DateField(_("issued on"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("issued by"), on_delete=models.PROTECT, related_name="+"
    )
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("armband")
        verbose_name_plural = _("armbands")
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=Q(returned_on=None), name="armbandissue_number_in_one_hand"),
            models.CheckConstraint(
                name="armbandissue_returned_after_issue", condition=Q(returned_on=None) | Q(returned_on__gte=F("issued_on"))
            ),
            models.CheckConstraint(
                name="armbandissue_has_a_unit",
                condition=Q(region__isnull=False, project=None) | Q(region=None, project__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.person}"
