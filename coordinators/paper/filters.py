"""Filters of the list of all boards."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from coordinators.models import NoticeBoard
from coordinators.paper.states import WORDS, Condition
from core.filters import ReachFilterSet, offered
from regions.models import Project, Region

STATES = [(condition.value, word) for condition, (word, _tone) in WORDS.items() if condition != Condition.TAKEN_DOWN]


class BoardFilter(ReachFilterSet):
    """The state is no column: the view looks at it once the states are known."""

    region = ModelChoiceFilter(
        field_name="project__region", label=_("Region"), queryset=offered(Region), empty_label=_("All regions")
    )
    project = ModelChoiceFilter(label=_("Project"), queryset=offered(Project), empty_label=_("All projects"))
    kind = ChoiceFilter(label=_("Kind"), choices=NoticeBoard.Kind.choices, empty_label=_("Both kinds"))
    state = ChoiceFilter(label=_("State"), choices=STATES, method="as_it_is", empty_label=_("Every state"))

    class Meta:
        model = NoticeBoard
        fields: tuple[str, ...] = ()

    def as_it_is(self, queryset: Any, name: str, value: str) -> Any:
        return queryset
