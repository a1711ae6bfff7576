"""The monthly survey form (党群工作调查反馈登记表): versions, questions, a round for each project and month, sheets, answers."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.codes import new_slip_code
from core.fields import EncryptedTextField, MonthField
from core.models import Attachment, MoveEvent
from core.scope import Scoped
from core.untraceable import random_key
from feedback.models.rules import CaseCategory
from feedback.survey.querysets import RoundQuerySet, SheetQuerySet, TeamOfRoundQuerySet, TemplateQuerySet
from labour_teams.models import LabourTeam
from regions.models import Project, Region


class SurveyTemplate(Scoped):
    """A version of the form. Rounds that have begun keep theirs; a version in use is not changed, a new one is made."""

    scope_is_structure = True

    number = models.PositiveSmallIntegerField(_("version"), unique=True)
    title = models.CharField(_("title"), max_length=60)
    opening = models.CharField(_("what the form says first"), max_length=200, blank=True)
    valid_from = MonthField(_("valid from month"), unique=True)
    is_draft = models.BooleanField(_("draft"), default=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey form")
        verbose_name_plural = _("survey forms")

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class SurveyQuestion(Scoped):
    """A question of a form, in order. A text question gathers suggestions or problems, each of which becomes a case."""

    class Kind(TextChoices):
        RATING = "rating", _("Satisfied, fairly, not")
        YES_NO = "yes_no", _("Yes or no")
        CHOICE = "choice", _("One of several")
        TEXT = "text", _("In words")

    class Gathers(TextChoices):
        NOTHING = "", _("Nothing: for the analysis only")
        PROBLEM = "problem", _("Problems")
        SUGGESTION = "suggestion", _("Suggestions")

    scope_is_structure = True

    template = models.ForeignKey(SurveyTemplate, verbose_name=_("form"), on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    text = models.CharField(_("question"), max_length=100)
    text_en = models.CharField(_("question in English"), max_length=200, blank=True)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    gathers = models.CharField(_("gathers"), max_length=10, choices=Gathers.choices, blank=True)
    category = models.ForeignKey(
        CaseCategory, verbose_name=_("category"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="surveyquestion_number_in_form"),
            models.CheckConstraint(name="surveyquestion_only_words_gather", condition=Q(gathers="") | Q(kind="text")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class SurveyRound(Scoped):
    """A project's survey of a month, opened by the clock. `region`: the project's on the day it opened."""

    class Status(TextChoices):
        OPEN = "open", pgettext_lazy("survey round", "Collecting")
        CLOSED = "closed", pgettext_lazy("survey round", "Closed")

    scope_paths = ("project__region",)

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="survey_rounds")
    region = models.ForeignKey(Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="+")
    month = MonthField(_("month"))
    template = models.ForeignKey(SurveyTemplate, verbose_name=_("form"), on_delete=models.PROTECT, related_name="rounds")
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.OPEN, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now, editable=False)
    due_on = models.DateField(_("forms collected by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    # The project coordinator's analysis in two parts (SYSTEM row 107a).
    on_workers = models.TextField(_("what moves the workers"), max_length=3000, blank=True)
    on_our_work = models.TextField(_("our own work"), max_length=3000, blank=True)
    analysed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("analysed by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    analysed_at = models.DateTimeField(_("analysed at"), null=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey round")
        verbose_name_plural = _("survey rounds")
        constraints = [
            models.UniqueConstraint(fields=["project", "month"], name="surveyround_one_a_month"),
            models.CheckConstraint(
                name="surveyround_closed_says_when",
                condition=Q(status="closed", closed_at__isnull=False) | Q(status="open", closed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.month}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN


class SurveyRoundEvent(MoveEvent):
    round = models.ForeignKey(SurveyRound, verbose_name=_("survey round"), on_delete=models.PROTECT, related_name="events")

    class Meta:
        verbose_name = _("event of a survey round")
        verbose_name_plural = _("events of survey rounds")


class SurveyTeam(Scoped):
    """A team in a round: forms handed out and given back, as counted by the liaison. How many are keyed, the sheets say."""

    scope_paths = ("team", "team__project__region")

    round = models.ForeignKey(SurveyRound, verbose_name=_("survey round"), on_delete=models.CASCADE, related_name="teams")
    team = models.ForeignKey(LabourTeam, verbose_name=_("labour team"), on_delete=models.PROTECT, related_name="survey_rounds")
    on_site = models.PositiveIntegerField(_("people on site when it opened"), default=0, editable=False)
    issued = models.PositiveIntegerField(_("handed out"), null=True, blank=True)
    returned = models.PositiveIntegerField(_("given back"), null=True, blank=True)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("counted by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    counted_at = models.DateTimeField(_("counted at"), null=True, editable=False)

    objects = TeamOfRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("team in a survey round")
        verbose_name_plural = _("teams in survey rounds")
        constraints = [
            models.UniqueConstraint(fields=["round", "team"], name="surveyteam_once_a_round"),
            models.CheckConstraint(
                name="surveyteam_no_more_back_than_out",
                condition=Q(returned=None) | Q(issued__isnull=False, returned__lte=F("issued")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.team)


class SurveyResponse(Scoped):
    """A sheet: printed with a code that its slip carries too, later perhaps keyed. Its key and its code tell no order."""

    scope_paths = ("round__project__region",)

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    round = models.ForeignKey(SurveyRound, verbose_name=_("survey round"), on_delete=models.CASCADE, related_name="responses")
    team = models.ForeignKey(LabourTeam, verbose_name=_("labour team"), on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code on the slip"), max_length=8, unique=True, default=new_slip_code, editable=False)
    printed_on = models.DateField(_("printed on"), null=True, editable=False)  # None: on a form that was not ours
    keyed_on = models.DateField(_("keyed on"), null=True, editable=False)
    keyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("keyed by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    photo = models.ForeignKey(
        Attachment,
        verbose_name=_("photo of the sheet"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey sheet")
        verbose_name_plural = _("survey sheets")
        constraints = [
            models.CheckConstraint(
                name="surveyresponse_keyed_pair",
                condition=Q(keyed_on=None, keyed_by=None) | Q(keyed_on__isnull=False, keyed_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.code


class SurveyAnswer(models.Model):
    """The answer to one question. `value`: rating 1 to 3 (satisfied, fairly, not), yes 1 / no 0, or which choice, from 1.

    Words become cases, each with the item code of its line; here they are kept as they were written.
    """

    SATISFIED, FAIRLY, NOT = 1, 2, 3
    RATINGS: ClassVar[dict[int, Any]] = {
        SATISFIED: pgettext_lazy("rating", "Satisfied"),
        FAIRLY: pgettext_lazy("rating", "Fairly satisfied"),
        NOT: pgettext_lazy("rating", "Not satisfied"),
    }

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    response = models.ForeignKey(SurveyResponse, verbose_name=_("sheet"), on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(SurveyQuestion, verbose_name=_("question"), on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(_("value"), null=True)
    words = EncryptedTextField(_("words"), default="", blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="surveyanswer_one_a_question")]

    def __str__(self) -> str:
        return str(self.value)
