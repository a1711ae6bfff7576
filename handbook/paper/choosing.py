"""Which notice of ethnic customs is printed."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handbook.models import EthnicFestival
from labour_teams.models import LabourTeam
from regions.models import Project


class NoticeForm(forms.Form):
    festival = forms.ModelChoiceField(label=_("Festival or rule"), queryset=EthnicFestival.objects.none())
    team = forms.ModelChoiceField(
        label=_("Labour team"), queryset=LabourTeam.objects.none(), required=False, empty_label=_("All teams of the project")
    )

    def __init__(self, *args: Any, user: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = LabourTeam.objects.visible_to(user).filter(project=project).on_site(timezone.localdate())
        self.fields["festival"].queryset = EthnicFestival.objects.visible_to(user).in_use().for_list()  # type: ignore[attr-defined]
        self.fields["team"].queryset = teams.for_list()  # type: ignore[attr-defined]
