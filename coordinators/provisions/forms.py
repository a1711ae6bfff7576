"""What a coordinator writes down when he made use of a right: three things he must say, and whatever helps to find it again."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordinators.models import Coordinator, PostProvision, ProvisionEdition, RightExercise


class DayForm(forms.Form):
    """Which day's edition one wants to read."""

    on = forms.DateField(
        label=gettext_lazy("In force on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def chosen(self) -> date:
        """Today, unless a sound day was asked for."""
        return (self.cleaned_data.get("on") if self.is_valid() else None) or timezone.localdate()


class ExerciseForm(forms.ModelForm):
    """The post is asked for only of somebody who holds several."""

    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=gettext_lazy("A sign-in sheet, a notice, the place. Another photo takes the place of the one that is there."),
    )

    class Meta:
        model = RightExercise
        fields = ("coordinator", "kind", "on", "text", "place", "outcome", "duty")
        widgets = {
            "kind": forms.RadioSelect,
            "on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "text": forms.Textarea(attrs={"rows": 4}),
            "outcome": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = RightExercise.Kind.choices
        self._offer_posts(user)
        self._offer_duties(user)
        if self.instance.pk is None:
            self.initial["on"] = timezone.localdate()

    def _offer_posts(self, user: Any) -> None:
        today = timezone.localdate()
        held = Coordinator.objects.visible_to(user).of(user).held_on(today).for_list()
        if self.instance.pk:
            held = Coordinator.objects.visible_to(user).filter(pk=self.instance.coordinator_id).for_list()
        posts = list(held)
        if len(posts) == 1:
            self.instance.coordinator = posts[0]
            del self.fields["coordinator"]
        else:
            self.fields["coordinator"].queryset = held
            self.fields["coordinator"].label = _("As")

    def _offer_duties(self, user: Any) -> None:
        editions = ProvisionEdition.objects.visible_to(user).in_force(timezone.localdate())
        duties = PostProvision.objects.visible_to(user).filter(kind=PostProvision.Kind.DUTY)
        kept = self.instance.duty_id
        offered = duties.filter(edition__in=editions[:1].values("pk")) | duties.filter(pk=kept)
        self.fields["duty"].queryset = offered.order_by("-edition", "number")
        self.fields["duty"].label_from_instance = lambda duty: f"{duty.number} {duty.text}"
        self.fields["duty"].empty_label = _("None of the duties")

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> Any:
        cleaned = super().clean()
        post, day = cleaned.get("coordinator") or getattr(self.instance, "coordinator", None), cleaned.get("on")
        if post and day and not post.is_held_on(day):
            self.add_error("on", _("You did not hold this post on that day."))
        return cleaned
