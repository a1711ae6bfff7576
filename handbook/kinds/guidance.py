"""指导检查: a project coordinator or a liaison was guided or checked, and what has to be better."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordinators.models import Coordinator, Liaison
from handbook.entries.forms import EMPTY
from handbook.kinds.base import KindForm, posts_in_reach
from handbook.models import EntryKind, GuidanceRecord, HandbookEntry


class GuidanceForm(KindForm):
    kind = EntryKind.GUIDANCE
    row = GuidanceRecord
    OWN = ("way", "to_improve")
    ALWAYS_SHOWN = ("place", "on", "title", "guided", "way", "to_improve", "summary", "photos")
    NOT_ASKED = ("headcount", "dimension")

    ANEW = (*KindForm.ANEW, "guided", "to_improve")

    guided = forms.ChoiceField(label=gettext_lazy("Whom"))
    way = forms.ChoiceField(label=gettext_lazy("Way"), choices=GuidanceRecord.Way.choices, initial=GuidanceRecord.Way.GUIDANCE)
    to_improve = forms.CharField(label=gettext_lazy("What has to be better"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {key_of(post): post for post in self._posts()}
        choices = [EMPTY, *((key, str(post)) for key, post in self.posts.items())]
        self.fields["guided"].choices = choices  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, entry: HandbookEntry | None) -> dict[str, Any]:
        record = cls.row_of(entry) if entry else None
        guided = record and (record.guided_coordinator or record.guided_liaison)
        return super().initial_of(entry) | ({"guided": key_of(guided)} if guided else {})

    def _posts(self) -> list[Coordinator | Liaison]:
        """Project coordinators and liaisons in reach, never oneself; whoever was guided in this entry stays."""
        found = [post for post in posts_in_reach(self.user, timezone.localdate()) if post.person_id != self.user.pk]
        found = [post for post in found if isinstance(post, Liaison) or post.project_id]
        record = self.row_of(self.entry) if self.entry else None
        guided = record and (record.guided_coordinator or record.guided_liaison)
        return [*found, guided] if guided and guided not in found else found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        post, place, on = self.posts.get(cleaned.get("guided", "")), cleaned.get("place"), cleaned.get("on")
        if post and place and not _is_at(post, place):
            self.add_error("guided", _("This post is not there: choose the place of the post, or another post."))
        if post and on and not (post.from_on <= on and (post.to_on is None or on <= post.to_on)):
            self.add_error("guided", _("Nobody held this post in this way on that day."))
        return cleaned

    def write_row(self, entry: HandbookEntry) -> Any:
        post = self.posts[self.cleaned_data["guided"]]
        of_post = {
            "guided_coordinator": post if isinstance(post, Coordinator) else None,
            "guided_liaison": post if isinstance(post, Liaison) else None,
        }
        said = {name: self.cleaned_data[name] for name in self.OWN}
        record, _created = GuidanceRecord.objects.update_or_create(entry=entry, defaults=said | of_post)
        return record


def key_of(post: Coordinator | Liaison) -> str:
    return f"{post._meta.model_name}-{post.pk}"


def _is_at(post: Coordinator | Liaison, place: Any) -> bool:
    """Whether the post lies at the place, or under it."""
    project = post.project if isinstance(post, Coordinator) else post.team.project
    if place.team is not None:
        return isinstance(post, Liaison) and post.team_id == place.team.pk
    if place.project is not None:
        return project is not None and project.pk == place.project.pk
    return place.region is not None and project is not None and project.region_id == place.region.pk
