"""`manage.py forget_imports`, daily: the people in uploaded files are not kept longer than somebody may need them.

Rows and traces of a written import go when it can no longer be undone; an import that nobody decided is dropped after a month.
"""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from core.moves import CLOCK
from imports import workflow
from imports.models import UNDO_FOR, ImportJob

ABANDONED_AFTER = timedelta(days=30)
S = ImportJob.Status


class Command(BaseCommand):
    help = "Forget the rows of imports that are settled or abandoned."

    def handle(self, **options: Any) -> None:
        now, forgotten, dropped = timezone.now(), 0, 0
        settled = ImportJob.objects.filter(status__in=(S.WRITTEN, S.UNDONE), written_at__lt=now - UNDO_FOR)
        for job in settled.filter(blocks__isnull=False).distinct():
            workflow.forget(job)
            forgotten += 1
        for job in ImportJob.objects.filter(status__in=(S.READING, S.ASKED, S.PREVIEWED), created_at__lt=now - ABANDONED_AFTER):
            workflow.drop(job, by=CLOCK)
            dropped += 1
        text = _("Forgot the rows of %(forgotten)d imports, dropped %(dropped)d that nobody decided.")
        self.stdout.write(text % {"forgotten": forgotten, "dropped": dropped})
