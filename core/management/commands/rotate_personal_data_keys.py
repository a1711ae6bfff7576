"""Encrypts again, under the current key, every value that an older key still opens.

Put the new key first in PERSONAL_DATA_KEYS, restart, run this, and only then take the old key out of the list.
"""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models, transaction
from django.db.models import F, Func
from django.utils.translation import gettext as _

from core.attachments import reseal
from core.encryption import current_key_id
from core.fields import EncryptedBytesField, EncryptedTextField, PersonalField

CHUNK = 500
ENCRYPTED = (PersonalField, EncryptedTextField, EncryptedBytesField)


class Command(BaseCommand):
    help = "Encrypt personal data again under the current key."

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        for model in apps.get_models():
            fields = [field for field in model._meta.concrete_fields if isinstance(field, ENCRYPTED)]
            for field in fields:
                total += self._rotate(model, field)
        total += reseal()
        self.stdout.write(_("%d values now stand under key %s.") % (total, current_key_id()))

    def _rotate(self, model: type[models.Model], field: models.Field) -> int:
        """One column of one table, a chunk a transaction, so that the site goes on meanwhile."""
        table = model._base_manager
        behind = table.annotate(key=_head(field)).exclude(key=_current(field)).exclude(**{f"{field.name}__isnull": True})
        done = 0
        while True:
            with transaction.atomic():
                rows = list(behind.select_for_update().order_by("pk")[:CHUNK])
                if not rows:
                    return done
                table.bulk_update(rows, [field.name])
                done += len(rows)


def _head(field: models.Field) -> Func:
    """As many characters (bytes) of what is stored as the current key's name takes."""
    kind = models.BinaryField() if isinstance(field, EncryptedBytesField) else models.TextField()
    return Func(F(field.name), 1, len(current_key_id()) + 1, function="SUBSTR", output_field=kind)


def _current(field: models.Field) -> str | bytes:
    name = f"{current_key_id()}:"
    return name.encode() if isinstance(field, EncryptedBytesField) else name
