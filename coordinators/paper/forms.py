"""What people type about boards, cards and armbands."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from coordinators.models import (
    ArmbandIssue,
    BoardCheck,
    ContactCardBatch,
    NoticeBoard,
    RightsBoard,
    SiteContact,
)
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Project

MOST_SHEETS = 50


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class BoardForm(forms.ModelForm):
    """A new board of a project. The kind of one that exists stays."""

    class Meta:
        model = NoticeBoard
        fields = ("kind", "place", "paper")
        widgets = {"kind": forms.RadioSelect, "paper": forms.RadioSelect}

    def clean(self) -> Any:
        """The project is no field here, so that Django leaves the rule about it to us."""
        cleaned = super().clean()
        twins = NoticeBoard.objects.visible_to(self.user).hanging().filter(project=self.instance.project_id)
        twins = twins.filter(kind=cleaned.get("kind", self.instance.kind), place=cleaned.get("place"))
        if cleaned.get("place") and twins.exclude(pk=self.instance.pk).exists():
            self.add_error("place", _("A board of this kind hangs at this place already."))
        return cleaned

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


class PlaceForm(BoardForm):
    class Meta(BoardForm.Meta):
        fields = ("place", "paper")


class SiteContactForm(forms.ModelForm):
    class Meta:
        model = SiteContact
        fields = ("hotline", "mailbox_place", "mailbox_note")


class RightsForm(forms.ModelForm):
    """May be saved with gaps, which are named: whoever fills it in collects the facts over some days."""

    class Meta:
        model = RightsBoard
        fields = (
            "owner", "contractor", "subcontractors", "authority", "authority_phone", "wage_officer", "wage_officer_phone",
            "minimum_wage", "pay_day", "inspection", "inspection_phone", "arbitration", "arbitration_phone", "legal_aid",
            "legal_aid_phone", "legal_hotline",
        )  # fmt: skip
        widgets = {"subcontractors": forms.Textarea(attrs={"rows": 3})}

    def clean_minimum_wage(self) -> Any:
        wage = self.cleaned_data["minimum_wage"]
        if wage is not None and wage <= 0:
            raise ValidationError(_("Write what the law of the place says, in yuan a month."))
        return wage


class CheckForm(forms.Form):
    """What somebody says who stands before a board; both may be left out."""

    photo = forms.FileField(
        label=gettext_lazy("Photo of the board on the wall"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=BoardCheck._meta.get_field("remark").max_length,
        help_text=gettext_lazy("For instance: faded by the sun, a corner torn."),
    )


class CardsForm(forms.ModelForm):
    """For whom cards are printed. One choice names a team or one of its crews: a crew is always one of its team's."""

    unit = forms.ChoiceField(label=gettext_lazy("For whom"), required=False)

    class Meta:
        model = ContactCardBatch
        fields = ("unit", "board", "sheets")
        help_texts = {"board": gettext_lazy("The code on the cards leads to this board's page.")}

    def __init__(self, *args: Any, user: User, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.project = project
        self.units = units_of(user, project)
        self.fields["unit"].choices = [
            ("", _("The whole project")),
            *((key, label) for key, (label, *_unit) in self.units.items()),
        ]
        boards = NoticeBoard.objects.visible_to(user).hanging().filter(project=project, kind=NoticeBoard.Kind.PARTY_MASS)
        self.fields["board"].queryset = boards.for_list()
        self.fields["board"].label_from_instance = lambda board: board.place
        self.fields["board"].empty_label = None
        self.fields["sheets"].min_value = 1
        self.fields["sheets"].widget.attrs |= {"min": 1, "max": MOST_SHEETS}

    def clean_sheets(self) -> int:
        sheets = self.cleaned_data["sheets"]
        if not 1 <= sheets <= MOST_SHEETS:
            raise ValidationError(_("From 1 to %(most)d sheets at a time.") % {"most": MOST_SHEETS})
        return sheets

    def clean(self) -> Any:
        cleaned = super().clean()
        _label, self.instance.team, self.instance.crew = self.units.get(cleaned.get("unit", ""), ("", None, None))
        return cleaned


def units_of(user: User, project: Project) -> dict[str, tuple[str, LabourTeam, WorkCrew | None]]:
    """Key → label, team and crew: the project's teams on site, each followed by its crews."""
    teams = LabourTeam.objects.visible_to(user).filter(project=project).on_site(timezone.localdate()).for_list()
    crews: dict[int, list[WorkCrew]] = {}
    for crew in WorkCrew.objects.visible_to(user).filter(team__in=teams, is_active=True).order_by("name", "pk"):
        crews.setdefault(crew.team_id, []).append(crew)
    units: dict[str, tuple[str, LabourTeam, WorkCrew | None]] = {}
    for team in teams:
        units[f"team-{team.pk}"] = (team.name, team, None)
        units |= {f"crew-{crew.pk}": (f"{team.name} {crew.name}", team, crew) for crew in crews.get(team.pk, [])}
    return units


class HandOutForm(forms.ModelForm):
    handed_out = forms.IntegerField(label=gettext_lazy("Cards handed out"), min_value=0)
    handed_out_on = forms.DateField(label=gettext_lazy("On"), widget=day_input())

    class Meta:
        model = ContactCardBatch
        fields = ("handed_out", "handed_out_on")

    def clean_handed_out_on(self) -> Any:
        return not_in_the_future(self.cleaned_data["handed_out_on"])


class ArmbandForm(forms.ModelForm):
    """To somebody in post at the unit; the number must be free."""

    class Meta:
        model = ArmbandIssue
        fields = ("number", "person", "issued_on", "remark")
        widgets = {"issued_on": day_input()}

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["person"].empty_label = _("Choose")

    def clean_number(self) -> str:
        return self.cleaned_data["number"].strip().upper()

    def clean_issued_on(self) -> Any:
        return not_in_the_future(self.cleaned_data["issued_on"])


class ReturnForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("Returned on"), widget=day_input())

    def clean_on(self) -> Any:
        return not_in_the_future(self.cleaned_data["on"])


def not_in_the_future(day: Any) -> Any:
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet."))
    return day
