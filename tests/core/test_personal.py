"""Numbers of people: parsed strictly, shown masked, revealed with a trace."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.models import AuditEvent
from core.personal import BankCard, IdNumber, Malformed, Phone
from labour_teams.models import Engagement, Worker
from tests.factories import EngagementFactory, WorkerFactory, person_with

VALID = "43000019880311997" + IdNumber.check_character("43000019880311997")


def test_id_number_derives_birth_and_sex() -> None:
    number = IdNumber.parse(VALID)
    assert number.birth_date == date(1988, 3, 11)
    assert number.sex_code == "1"
    assert number.has_known_province


def test_id_number_of_15_digits_becomes_18() -> None:
    number = IdNumber.parse("430000750107997")
    assert number.upgraded
    assert number == IdNumber.parse("43000019750107997" + IdNumber.check_character("43000019750107997"))


@pytest.mark.parametrize("prefix", ["81", "82", "83", "91"])
def test_id_number_accepts_residence_permits(prefix: str) -> None:
    digits = f"{prefix}000019880311996"
    assert IdNumber.parse(digits + IdNumber.check_character(digits)).has_known_province


def test_id_number_of_unknown_province_is_valid_but_known_as_such() -> None:
    digits = "00000019880311996"
    assert not IdNumber.parse(digits + IdNumber.check_character(digits)).has_known_province


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("43000019880311997", "id_length"),
        ("4300001988031199789", "id_length"),
        ("43000019880230997X", "id_date"),
        ("430000209903119979", "id_date"),
        ("43000019880311997A", "id_chars"),
        (VALID[:17] + ("1" if VALID[17] != "1" else "2"), "id_check"),
        ("", "id_length"),
    ],
)
def test_id_number_refuses(text: str, code: str) -> None:
    with pytest.raises(Malformed) as refusal:
        IdNumber.parse(text)
    assert refusal.value.code == code
    assert not text or text not in refusal.value.message


@pytest.mark.parametrize(
    "text",
    [
        f"'{VALID}",
        f"{VALID[:6]}-{VALID[6:14]}-{VALID[14:]}\u200b",
        f" {VALID[:6]} {VALID[6:]}\t",
        f"４３{VALID[2:]}",
        VALID.lower(),
    ],
)
def test_id_number_accepts_what_people_type(text: str) -> None:
    assert IdNumber.parse(text) == IdNumber.parse(VALID)


@pytest.mark.parametrize("last", ["x", "Ｘ", "×", "х", "*"])
def test_id_number_accepts_look_alikes_of_x(last: str) -> None:
    digits = next(d for d in (f"4300001988031{n:04d}" for n in range(9960, 9999)) if IdNumber.check_character(d) == "X")
    assert IdNumber.parse(digits + last).tail == f"{digits[-3:]}X"


@given(st.dates(date(1930, 1, 1), date(2024, 12, 31)), st.integers(0, 999), st.sampled_from(["11", "43", "54", "65", "83"]))
def test_id_number_finds_every_single_mistyped_digit(born: date, sequence: int, province: str) -> None:
    digits = f"{province}0000{born:%Y%m%d}{sequence:03d}"
    number = digits + IdNumber.check_character(digits)
    assert IdNumber.parse(number).birth_date == born
    wrong = number[:16] + str((int(number[16]) + 1) % 10) + number[17]
    with pytest.raises(Malformed):
        IdNumber.parse(wrong)


@pytest.mark.parametrize(
    "text", ["15412345678", "+86 154 1234 5678", "0086-15412345678", "8615412345678", "１５４１２３４５６７８"]
)
def test_phone_accepts_what_people_type(text: str) -> None:
    assert Phone.parse(text) == Phone.parse("15412345678")


@pytest.mark.parametrize("text", ["1541234567", "0731-1234567", "15412345678/15412345679", "12412345678", ""])
def test_phone_refuses(text: str) -> None:
    with pytest.raises(Malformed):
        Phone.parse(text)


def test_bank_card_checks_luhn() -> None:
    assert BankCard.parse("6299991000000000375").tail == "0375"
    with pytest.raises(Malformed):
        BankCard.parse("6299991000000000374")


def test_personal_data_prints_masked_in_every_way() -> None:
    number = IdNumber.parse(VALID)
    phone = Phone.parse("15412345678")
    card = BankCard.parse("6299991000000000375")
    shown = f"{number} {number!r} {number:>20} {phone} {phone!r} {card} {card!r} " + f"{number!s}" + json.dumps(str(card))
    for full in (VALID, "15412345678", "6299991000000000375"):
        assert full not in shown
    assert str(number) == f"4300**********{VALID[14:]}"
    assert str(phone) == "154****5678"
    assert str(card) == "***************0375"


@pytest.mark.django_db
def test_worker_is_encrypted_at_rest_and_found_by_hash() -> None:
    worker = WorkerFactory()
    plain = worker.id_number._plain
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, id_number_hash FROM labour_teams_worker")
        stored, hashed = cursor.fetchone()
    assert plain not in stored
    assert plain not in hashed
    assert Worker.objects.get(id_number_hash=IdNumber.parse(plain).hashed) == worker


@pytest.mark.django_db
def test_two_equal_numbers_are_stored_differently() -> None:
    first, second = EngagementFactory.create_batch(2, phone=Phone.parse("15412345678"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM labour_teams_engagement")
        stored = {row[0] for row in cursor.fetchall()}
    assert len(stored) == 2
    assert Engagement.objects.filter(phone_hash=first.phone.hashed).count() == 2
    assert second.phone_tail == "5678"


@pytest.mark.django_db
def test_reveal_writes_its_audit_event_in_the_same_transaction() -> None:
    worker, clerk = WorkerFactory(), person_with("project_clerk")
    plain = worker.id_number._plain
    assert worker.id_number.reveal(by=clerk, reason="工资卡核对", subject=worker) == plain
    event = AuditEvent.objects.get()
    assert (event.kind, event.by, event.subject_id, event.details) == (
        "reveal",
        clerk,
        str(worker.pk),
        {"what": "id_number", "reason": "工资卡核对"},
    )


@pytest.mark.django_db
def test_reveal_without_a_possible_audit_event_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    worker, clerk = WorkerFactory(), person_with("project_clerk")

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the trail cannot be written")

    monkeypatch.setattr(AuditEvent, "save", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        worker.id_number.reveal(by=clerk, reason="工资卡核对", subject=worker)


def test_age_on_leap_day_counts_on_the_first_of_march() -> None:
    digits = "43000020040229996"
    number = IdNumber.parse(digits + IdNumber.check_character(digits))
    assert number.age_on(date(2020, 2, 28)) == 15
    assert number.age_on(date(2020, 2, 29)) == 16
    assert number.age_on(date(2022, 2, 28)) == 17
    assert number.age_on(date(2022, 3, 1)) == 18


def test_id_number_of_somebody_not_born_yet_is_refused() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    digits = f"430000{tomorrow:%Y%m%d}996"
    with pytest.raises(Malformed) as refusal:
        IdNumber.parse(digits + IdNumber.check_character(digits))
    assert refusal.value.code == "id_date"
