"""What people type: a task for one post or several, and what each verb needs."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.refusals import Refused
from handbook.models import Task
from handbook.tasks.posts import Post, posts_to_give
from handbook.tasks.workflow import Order
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User

Choice = tuple[str, str, bool]  # key, words, chosen


class Blamed(forms.Form):
    def blame(self, refusal: Refused) -> None:
        """The words of a refusal at the fields that they are about."""
        for name, words in (refusal.fields or {"": refusal.message}).items():
            self.add_error(name if name in self.fields else None, words)


class TaskForm(Blamed):
    """Posts in reach are ticked, project by project; each one gets a task of its own."""

    to = forms.MultipleChoiceField(
        label=pgettext_lazy("task", "To whom"), error_messages={"required": gettext_lazy("Tick at least one post.")}
    )
    title = forms.CharField(
        label=gettext_lazy("Task in a line"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    text = forms.CharField(
        label=gettext_lazy("What is to be done"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    due_on = forms.DateField(label=gettext_lazy("By when"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data: Any = None, *, user: "User") -> None:
        super().__init__(data)
        self.offered = posts_to_give(user, timezone.localdate())
        self.posts: dict[str, Post] = dict(each for group in self.offered.values() for each in group)
        to: Any = self.fields["to"]
        to.choices = [(key, str(post)) for key, post in self.posts.items()]

    @property
    def typed(self) -> Sequence[forms.BoundField]:
        """The fields without the ticks, which have a shape of their own."""
        return [self[name] for name in ("title", "text", "due_on")]

    @property
    def groups(self) -> Iterator[tuple[Project, list[Choice], bool]]:
        """Project, its posts, and whether it lies open: the only one, or one in which something is ticked."""
        chosen = set(self["to"].value() or ())
        for project, posts in self.offered.items():
            choices = [(key, f"{post.person.name}·{post.title}", key in chosen) for key, post in posts]
            yield project, choices, len(self.offered) == 1 or any(is_chosen for _key, _words, is_chosen in choices)

    def clean_due_on(self) -> Any:
        if self.cleaned_data["due_on"] < timezone.localdate():
            raise forms.ValidationError(_("This day is past."))
        return self.cleaned_data["due_on"]

    def order(self) -> Order:
        said = self.cleaned_data
        return Order(said["title"], said["due_on"], [self.posts[key] for key in said["to"]], said["text"])


class VerbForm(Blamed):
    def __init__(self, data: Any = None, *, task: Task) -> None:
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}-%s")
        self.task = task


class ReceiveForm(VerbForm):
    """Nothing to fill in: the button says it."""


class AnswerForm(VerbForm):
    text = forms.CharField(
        label=pgettext_lazy("task", "What was done"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: Any = None, *, task: Task) -> None:
        super().__init__(data, task=task)
        self.initial["text"] = task.answer


class CloseForm(VerbForm):
    word = forms.CharField(label=gettext_lazy("A word on it"), max_length=200, required=False)


class ReturnForm(VerbForm):
    word = forms.CharField(label=gettext_lazy("What is missing"), max_length=200)


class WithdrawForm(VerbForm):
    word = forms.CharField(label=gettext_lazy("Why it is withdrawn"), max_length=200)


FORMS: dict[str, type[VerbForm]] = {
    "receive": ReceiveForm,
    "answer": AnswerForm,
    "close": CloseForm,
    "return": ReturnForm,
    "withdraw": WithdrawForm,
}
