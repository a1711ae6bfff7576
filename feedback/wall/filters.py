"""Filters of the list of walls."""

from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter

from core.filters import ReachFilterSet, offered
from labour_teams.models import LabourTeam
from regions.models import Project, Region


class WallFilter(ReachFilterSet):
    region = ModelChoiceFilter(
        field_name="project__region", label=_("Region"), queryset=offered(Region), empty_label=_("All regions")
    )
    project = ModelChoiceFilter(label=_("Project"), queryset=offered(Project), empty_label=_("All projects"))

    class Meta:
        model = LabourTeam
        fields: tuple[str, ...] = ()
