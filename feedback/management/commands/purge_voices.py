"""`manage.py purge_voices`, daily: forgets what was said on the workers' page, VOICES_KEPT_MONTHS after the matter was closed."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.voice.forgetting import forget_closed

DAYS_OF_A_MONTH = 31  # rather a day too many than one too few


class Command(BaseCommand):
    help = "Forget what was said in matters of the workers' page that were closed long ago."

    def handle(self, **options: Any) -> None:
        before = timezone.now() - timedelta(days=DAYS_OF_A_MONTH * settings.VOICES_KEPT_MONTHS)
        self.stdout.write(_("Forgot the words of %(count)d matters.") % {"count": forget_closed(before)})
