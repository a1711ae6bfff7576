"""Personal data with a type: it prints masked everywhere, and shows itself only through `.reveal()`, which writes the audit row.

    number = IdNumber.parse(text)                      # raises Malformed
    str(number)                                        # 4300**********9978
    number.reveal(by=user, reason="…", subject=worker) # the full value; one AuditEvent in the same transaction

Nothing outside core reads `_plain` (a house test looks). Equality and hashing work on the full value, so types can be compared.
"""

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import mul
from typing import ClassVar, Self

from django.db import models, transaction
from django.utils.translation import gettext as _

from core.audit import AuditKind, record
from core.encryption import keyed_hash
from core.scope import Person

INVISIBLE = {"Cf", "Cc", "Zs", "Zl", "Zp"}


class Malformed(ValueError):
    """Text that is no such number. `code` is for programs, `message` for people; neither carries the value."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def plain_digits(text: str) -> str:
    """Full-width to half-width, without spaces, hyphens, a leading apostrophe and invisible characters."""
    if text.isascii() and text.isalnum():
        return text
    folded = unicodedata.normalize("NFKC", text)
    kept = "".join(c for c in folded if unicodedata.category(c) not in INVISIBLE and c not in "-‐‑‒–—−")
    return kept.lstrip("'’‘`")


class Personal:
    """A personal datum. Subclasses say how it is parsed and how it is masked."""

    kind: ClassVar[str]
    classification: ClassVar[str] = "personal"
    purpose: ClassVar[str]
    retention: ClassVar[str]

    _hashed = ""

    def __init__(self, plain: str) -> None:
        self._plain = plain

    @classmethod
    def parse(cls, text: str) -> Self:
        """Make one from what somebody typed; raises Malformed."""
        raise NotImplementedError

    def in_the_clear(self) -> str:
        """The full value, for encrypted storage and for handing the content of a file back to whoever sent it.

        To show it to anybody else is `reveal`.
        """
        return self._plain

    @property
    def masked(self) -> str:
        raise NotImplementedError

    @property
    def tail(self) -> str:
        """The last four characters, which may be shown and searched."""
        return self._plain[-4:]

    @property
    def hashed(self) -> str:
        """The keyed hash by which an equal value is found."""
        if not self._hashed:
            self._hashed = keyed_hash(self.kind, self._plain)
        return self._hashed

    def reveal(self, *, by: Person, reason: str, subject: models.Model) -> str:
        """The full value, once, with an AuditEvent in the same transaction: no audit row, no value."""
        with transaction.atomic():
            record(AuditKind.REVEAL, by=by, subject=subject, what=self.kind, reason=reason)
        return self._plain

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.masked}>"

    def __format__(self, spec: str) -> str:
        return format(self.masked, spec)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._plain == self._plain

    def __hash__(self) -> int:
        return hash((self.kind, self._plain))

    def __bool__(self) -> bool:
        return True

    def __reduce__(self) -> tuple:
        raise TypeError("personal data is not pickled")


# GB/T 2260, first two digits; 81-83 are residence permits, 9x the permanent residence permit of foreigners.
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
) | {f"9{digit}" for digit in range(10)}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ZEROS = sum(WEIGHTS) * ord("0")  # what seventeen digits weigh too much when their characters are weighed
CHECK_CHARACTERS = "10X98765432"
LOOKS_LIKE_X = str.maketrans({"x": "X", "×": "X", "х": "X", "Х": "X", "*": "X", "χ": "X", "Χ": "X"})
FORM = re.compile(r"[0-9]{17}[0-9X]")
LEGACY_FORM = re.compile(r"[0-9]{15}")
SINGLE = bytes.maketrans(b"0123456789", bytes(range(10)))
DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))  # twice the digit, its digits added up
PHONE_FORM = re.compile(r"1[3-9][0-9]{9}")
COUNTRY_CODE = re.compile(r"^(\+86|0086|86(?=1\d{10}$))")
CARD_FORM = re.compile(r"[0-9]{12,19}")


@lru_cache(maxsize=50_000)
def _born(digits: str) -> date:
    """The day of birth in eight digits; raises Malformed. People share birthdays: a roster finds nearly every one here."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise Malformed("id_date", _("The date of birth inside this ID number (characters 7-14) does not exist.")) from None
    if born > datetime.now(UTC).date() or born.year < 1900:  # the zone can wait: nobody works on the day of birth
        raise Malformed("id_date", _("The date of birth inside this ID number (characters 7-14) is not possible."))
    return born


@lru_cache(maxsize=50_000)
def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class IdNumber(Personal):
    """A citizen's identity number (GB 11643-1999): 6 area + 8 birth + 3 sequence + 1 check, 18 characters."""

    kind = "id_number"
    classification = "sensitive"
    purpose = "real-name roster and wage ledger (Decree 724, articles 13-15)"
    retention = "three years after completion and full settlement"

    upgraded = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Accept 18 characters, or the 15 digits of a first-generation card (`upgraded` is then true). Raises Malformed."""
        digits, legacy = (text, False) if FORM.fullmatch(text) else cls._shaped(plain_digits(text))
        _born(digits[6:14])
        if digits[17] != cls.check_character(digits):
            raise Malformed("id_check", _("The check digit (last character) does not fit the other 17: a digit is mistyped."))
        number = cls(digits)
        if legacy:
            number.upgraded = True
        return number

    @classmethod
    def _shaped(cls, digits: str) -> tuple[str, bool]:
        """The 18 characters that are meant, and whether they were 15; raises Malformed."""
        legacy = LEGACY_FORM.fullmatch(digits) is not None
        if legacy:
            digits = f"{digits[:6]}19{digits[6:]}"
            digits += cls.check_character(digits)
        digits = digits[:17] + digits[17:].translate(LOOKS_LIKE_X)
        if not FORM.fullmatch(digits):
            raise cls._misshapen(digits)
        return digits, legacy

    @staticmethod
    def _misshapen(digits: str) -> Malformed:
        if re.search(r"[^0-9]", digits[:17]) or re.search(r"[^0-9X]", digits[17:]):
            text = _("An ID number has 17 digits and a last digit or X; there is another character in this one.")
            return Malformed("id_chars", text)
        return Malformed("id_length", _("An ID number has 18 characters; this one has %d.") % len(digits))

    @staticmethod
    def check_character(digits: str) -> str:
        """ISO 7064 MOD 11-2 over the first 17 digits."""
        return CHECK_CHARACTERS[(sum(map(mul, WEIGHTS, digits.encode())) - ZEROS) % 11]

    @property
    def masked(self) -> str:
        return f"{self._plain[:4]}{'*' * 10}{self._plain[14:]}"

    @property
    def birth_date(self) -> date:
        return _born(self._plain[6:14])

    @property
    def sex_code(self) -> str:
        """GB/T 2261.1: "1" male, "2" female, from the parity of the sequence."""
        return "1" if int(self._plain[16]) % 2 else "2"

    @property
    def has_known_province(self) -> bool:
        return self._plain[:2] in PROVINCES

    @property
    def has_possible_area(self) -> bool:
        """No area code of GB/T 2260 begins with 0, whatever provinces may come."""
        return not self._plain.startswith("0")

    @property
    def ends_in_zeros(self) -> bool:
        """Like a number that a spreadsheet has cut off at fifteen digits."""
        return self._plain.endswith("000")

    @property
    def is_usual(self) -> bool:
        """Nothing in it that somebody should look at, whatever the age."""
        return self._plain[:2] in PROVINCES and not self.upgraded and not self._plain.endswith("000")

    def age_on(self, day: date) -> int:
        """Completed years on `day`; a person born on 29 February completes a year on 1 March."""
        return _age(self.birth_date, day)


class Phone(Personal):
    """A mainland mobile number, 11 digits."""

    kind = "phone"
    purpose = "to reach the worker and the people who look after him"
    retention = "with the engagement it belongs to"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Accept spaces, hyphens, +86 and 0086 in front, full-width digits. Raises Malformed."""
        digits = text if PHONE_FORM.fullmatch(text) else COUNTRY_CODE.sub("", plain_digits(text))
        if not PHONE_FORM.fullmatch(digits):
            raise Malformed("phone", _("A mobile number has 11 digits and begins with 13 to 19; write one number only."))
        return cls(digits)

    @property
    def masked(self) -> str:
        return f"{self._plain[:3]}****{self._plain[7:]}"


class BankCard(Personal):
    """A bank card number, 12 to 19 digits with a Luhn check digit."""

    kind = "bank_card"
    classification = "sensitive"
    purpose = "wages to the worker's own account (Decree 724, articles 11 and 31)"
    retention = "three years after completion and full settlement"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises Malformed."""
        digits = plain_digits(text)
        if not CARD_FORM.fullmatch(digits):
            raise Malformed("card", _("A bank card number has 12 to 19 digits and nothing else."))
        if not cls.fits_luhn(digits):
            raise Malformed("card", _("The last digit of this bank card number does not fit the others: a digit is mistyped."))
        return cls(digits)

    @staticmethod
    def fits_luhn(digits: str) -> bool:
        """Every second digit from the right is doubled, and the digits of that added up."""
        values = digits.encode()
        return (sum(values[::-2].translate(SINGLE)) + sum(values[-2::-2].translate(DOUBLED))) % 10 == 0

    @property
    def masked(self) -> str:
        return f"{'*' * (len(self._plain) - 4)}{self._plain[-4:]}"
