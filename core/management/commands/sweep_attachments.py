"""`manage.py sweep_attachments`, daily: removes stored files that no row refers to, as an upload that broke off leaves them."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from core import attachments

# An upload that is being kept at this moment has its files already, and not yet its row.
OLD_ENOUGH = timedelta(days=1)


class Command(BaseCommand):
    help = "Remove stored files that belong to no attachment."

    def handle(self, **options: Any) -> None:
        removed = attachments.sweep(timezone.now() - OLD_ENOUGH)
        self.stdout.write(_("Removed %(count)d files that belong to nothing.") % {"count": removed})
