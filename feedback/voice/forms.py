"""What a worker can say on the page. Nothing is asked for that could name him; a phone number only if he leaves it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from core.attachments import drawn_anew
from core.personal import Malformed, Phone
from core.refusals import Refused
from feedback.models import CaseAccused, CaseCategory
from feedback.voice.sound import Voice, cleaned_voice
from feedback.voice.upload import is_dropped
from labour_teams.models import LabourTeam

MOST_WORDS = 2000


class Answer(TextChoices):
    """How an answer is wanted."""

    CODE = "code", _("Yes. Give me a code, I shall look it up myself")
    PHONE = "phone", _("Yes. Call this number")
    NONE = "none", _("No need")


class About(TextChoices):
    """Whom the matter names, in a worker's words: whoever that is, it does not pass through his hands."""

    TEAM = "team", _("Somebody of the team: boss, crew leader, liaison")
    PROJECT = "project", _("Somebody of the project")
    COORDINATOR = "coordinator", _("A coordinator")
    UNKNOWN = "unknown", _("Somebody else, or hard to say")


Who = CaseAccused.Who
# A coordinator may be the project's or the region's: both are passed round.
NAMED = {About.TEAM: Who.TEAM_BOSS, About.PROJECT: Who.PROJECT, About.COORDINATOR: Who.REGION, About.UNKNOWN: Who.UNKNOWN}


class VoiceForm(forms.Form):
    """Files last: they are opened only where everything else is in order."""

    picture = forms.ChoiceField(choices=CaseCategory.Picture.choices, required=False)
    words = forms.CharField(max_length=MOST_WORDS, required=False)
    team: Any = forms.ModelChoiceField(queryset=None, required=False)
    answer = forms.ChoiceField(choices=Answer.choices, initial=Answer.CODE, required=False)
    phone = forms.CharField(max_length=30, required=False)
    direct = forms.BooleanField(required=False)
    about = forms.ChoiceField(choices=[("", ""), *About.choices], required=False)
    photo = forms.FileField(required=False)
    voice = forms.FileField(required=False)

    def __init__(self, *args: Any, teams: "QuerySet[LabourTeam]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["team"]
        field.queryset = teams
        self.fields["words"].error_messages["max_length"] = _("At most 2,000 signs. Send the rest as a second matter.")
        for name in ("photo", "voice"):
            self.fields[name].error_messages["empty"] = _("The file is empty. Please choose it once more.")

    def clean_phone(self) -> Phone | None:
        """Left out where no answer is wanted: then nobody has to know it."""
        typed, answer = self.cleaned_data["phone"], self.cleaned_data.get("answer")
        if answer == Answer.NONE:
            return None
        if not typed and answer == Answer.PHONE:
            raise forms.ValidationError(_("Write the number to call, or choose the code."))
        try:
            return Phone.parse(typed) if typed else None
        except Malformed as error:
            raise forms.ValidationError(error.message) from error

    def clean_photo(self) -> bytes | None:
        return self._cleaned_file("photo", drawn_anew)

    def clean_voice(self) -> Voice | None:
        return self._cleaned_file("voice", cleaned_voice)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not any(found.get(name) for name in ("words", "photo", "voice")):
            self.add_error("words", _("Write something, record something or choose a photo."))
        return found

    def _cleaned_file(self, name: str, cleaned: Any) -> Any:
        file: UploadedFile | None = self.cleaned_data[name]
        if file is None or self.errors:
            return None
        if is_dropped(file):
            raise forms.ValidationError(_("Photo and recording are too big together: at most 8 MB."))
        try:
            return cleaned(file)
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused
