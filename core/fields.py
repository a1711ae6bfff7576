"""Model fields of the house: months, encrypted personal data, the keyed hash beside it, encrypted text, bytes and JSON."""

import zlib
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db import models

from core.encryption import decrypt, decrypt_bytes, encrypt, encrypt_bytes
from core.months import Month
from core.personal import BankCard, IdNumber, Malformed, Personal, Phone

FAST = 1  # of zlib's levels: the others take longer than they save


class MonthField(models.CharField):
    """A calendar month, stored as "2026-05" (sorts rightly on every engine), read as a Month."""

    _pyi_private_set_type: Any  # for the type checker: what may be assigned, and what is read
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 7
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Month | None:
        return None if value is None else Month.parse(value)

    def to_python(self, value: Any) -> Month | None:
        if value is None or isinstance(value, Month):
            return value
        try:
            return Month.parse(str(value))
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(self.to_python(value))

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def run_validators(self, value: Any) -> None:
        super().run_validators(str(value))


class PersonalField(models.TextField):
    """Encrypted at rest; a Personal in Python; never searchable (search the KeyedHashField beside it)."""

    personal: type[Personal]
    _pyi_private_set_type: Any  # for the type checker: what may be assigned, and what is read
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Personal | None:
        return self.personal(decrypt(value)) if value else None

    def to_python(self, value: Any) -> Personal | None:
        if value is None or value == "" or isinstance(value, self.personal):
            return value or None
        try:
            return self.personal.parse(str(value))
        except Malformed as error:
            raise ValidationError(error.message, code=error.code) from error

    def get_prep_value(self, value: Any) -> str | None:
        number = self.to_python(value)
        return None if number is None else encrypt(number._plain)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj) or "")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise TypeError(f"{self.name} is encrypted: look up its keyed hash instead")
        return super().get_lookup(lookup_name)


class IdNumberField(PersonalField):
    personal = IdNumber


class PhoneField(PersonalField):
    personal = Phone


class BankCardField(PersonalField):
    personal = BankCard


class KeyedHashField(models.CharField):
    """The keyed hash of the personal field named by `source`, kept in step at every save and bulk_create."""

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        self.source = source
        kwargs.update(max_length=64, editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple:
        name, path, args, kwargs = super().deconstruct()
        kwargs["source"] = self.source
        del kwargs["max_length"], kwargs["editable"]
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        source: Any = model_instance._meta.get_field(self.source)
        number = source.to_python(getattr(model_instance, source.attname))
        setattr(model_instance, self.attname, number.hashed if number else None)
        return getattr(model_instance, self.attname)


class TailField(KeyedHashField):
    """The last four characters of the personal field named by `source`, for search by phone tail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_length = 4

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        source: Any = model_instance._meta.get_field(self.source)
        number = source.to_python(getattr(model_instance, source.attname))
        setattr(model_instance, self.attname, number.tail if number else "")
        return getattr(model_instance, self.attname)


class EncryptedTextField(models.TextField):
    """Free text that may name people (what a worker said): encrypted at rest, also where it is empty; never searchable."""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return None if value is None else decrypt(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else encrypt(str(value))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise TypeError(f"{self.name} is encrypted and cannot be searched")
        return super().get_lookup(lookup_name)


class EncryptedBytesField(models.BinaryField):
    """Bytes that may carry personal data (an uploaded workbook): encrypted as a whole, never searchable."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        return None if value is None else decrypt_bytes(bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = None if value is None else encrypt_bytes(bytes(value))
        return super().get_db_prep_value(sealed, connection, prepared)

    def value_to_string(self, obj: models.Model) -> str:
        return ""


class EncryptedJSONField(EncryptedBytesField):
    """JSON that may carry personal data (rows of an uploaded roster), a few hundred kilobytes at a time; compressed."""

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        content = super().from_db_value(value, expression, connection)
        return None if content is None else orjson.loads(zlib.decompress(content))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        content = None if value is None else zlib.compress(orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS), FAST)
        return super().get_db_prep_value(content, connection, prepared)
