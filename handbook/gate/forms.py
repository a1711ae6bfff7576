"""A training of those who were called in; a certificate."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.cases.intake import Place
from handbook.gate.queries import RETRAIN
from handbook.kinds.base import DateInput
from handbook.kinds.trainings import TrainingForm
from handbook.models import TrainingSession, TrainingSubject
from labour_teams.certificates import valid_until
from labour_teams.models import Engagement, WorkerCertificate
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User

LONG_ENOUGH = 8  # characters of a number, below which its last four would be half of it


class HeldForm(TrainingForm):
    """The training's own form, on one project, and begun with what is known already."""

    NOT_ASKED = ("is_planned",)

    def __init__(self, *args: Any, project: Project, user: "User", state: str, called: int) -> None:
        self.project = project
        super().__init__(*args, user=user)
        sort = TrainingSession.Kind.RE_EDUCATION if state == RETRAIN else TrainingSession.Kind.INDUCTION
        title = _("Re-education in safety and quality") if state == RETRAIN else _("Induction of those who arrived")
        safety = TrainingSubject.objects.visible_to(user).filter(key="safety").values_list("pk", flat=True)
        known = {
            "place": f"project-{project.pk}", "sort": sort, "title": title, "subjects": list(safety), "expected": called or None,
        }  # fmt: skip
        self.initial.update(known)

    def _places(self) -> Mapping[str, list[tuple[str, Place]]]:
        offered = {
            heading: [row for row in rows if row[1].project == self.project] for heading, rows in super()._places().items()
        }
        return {heading: rows for heading, rows in offered.items() if rows}


class CertificateForm(forms.ModelForm):
    """The number is taken in and never shown again: left empty, it stays as it is."""

    number = forms.CharField(
        label=gettext_lazy("Certificate number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Kept encrypted; only its last four characters are shown afterwards."),
    )

    class Meta:
        model = WorkerCertificate
        fields = ("trade", "issuer", "number", "issued_on", "valid_until", "reviewed_on", "paid_by", "returned_on")
        widgets = {name: DateInput() for name in ("issued_on", "valid_until", "reviewed_on", "returned_on")}
        help_texts = {"paid_by": gettext_lazy("To the worker it is free of charge: he must not pay for it.")}

    def __init__(self, *args: Any, engagement: Engagement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.engagement, self.kept = engagement, self.instance.number
        self.fields["trade"].widget.attrs["list"] = "trades"
        self.initial["number"] = ""
        if self.kept:
            words = _("On record: %(tail)s. Leave this empty to keep it.") % {"tail": tail_of(self.kept)}
            self.fields["number"].help_text = words
        if self._ends_by_rule():
            self.initial["valid_until"] = None

    def clean_number(self) -> str:
        return "".join(self.cleaned_data["number"].split()).upper() or self.kept

    def clean(self) -> dict[str, Any]:
        cleaned, today = super().clean() or {}, timezone.localdate()
        issued = cleaned.get("issued_on")
        for name in ("issued_on", "reviewed_on", "returned_on"):
            if (day := cleaned.get(name)) and day > today:
                self.add_error(name, _("This day has not come yet."))
        for name in ("valid_until", "reviewed_on", "returned_on"):
            if issued and (day := cleaned.get(name)) and day < issued:
                self.add_error(name, _("This lies before the day of issue."))
        if "issued_on" in cleaned and self._twin(cleaned).exists():
            self.add_error("issued_on", _("This certificate is on record already."))
        return cleaned

    def save(self, commit: bool = True) -> WorkerCertificate:
        self.instance.engagement = self.engagement
        return super().save(commit)

    def _twin(self, cleaned: dict[str, Any]) -> Any:
        known = self.engagement.certificates.filter(trade=cleaned.get("trade"), issued_on=cleaned["issued_on"])
        return known.exclude(pk=self.instance.pk)

    def _ends_by_rule(self) -> bool:
        """A day that only follows from the rule is not written into the field: corrected facts give another one."""
        row = self.instance
        return bool(row.pk) and row.valid_until == valid_until(row.issuer, row.issued_on)


def tail_of(number: str) -> str:
    """The last four characters; of a short number none at all."""
    return f"…{number[-4:]}" if len(number) >= LONG_ENOUGH else "…" if number else ""
