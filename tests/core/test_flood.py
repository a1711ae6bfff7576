"""Who sends far too much has to wait; two hundred people behind one address do not; nobody's address is kept (AN-05, AN-13)."""

import hashlib
import ipaddress
from typing import Any

import pytest

from core import flood
from core.flood import FLOOD, GUESSES, GUESSES_OF_ALL, GUESSES_THEN, LETTERS, Doorkeeper
from core.workers_house import WAIT, WorkersHouse
from tests.core.test_workers_house import FAR, HERE, call, environ


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def doorkeeper(clock: Clock) -> Doorkeeper:
    return Doorkeeper(clock)


def letter(address: str = HERE, **more: Any) -> dict[str, Any]:
    return environ("/w/reply/", REQUEST_METHOD="POST", REMOTE_ADDR=address, **more)


def waits(doorkeeper: Doorkeeper, times: int, address: str = HERE) -> list[int]:
    return [doorkeeper.turn(letter(address)).wait for _time in range(times)]


def test_two_hundred_behind_one_address_press_twice_and_are_served(doorkeeper: Doorkeeper) -> None:
    assert LETTERS >= 2 * 200
    assert set(waits(doorkeeper, 400)) == {0}


def test_a_flood_has_to_wait_and_others_do_not(doorkeeper: Doorkeeper) -> None:
    asked = waits(doorkeeper, 2000)
    assert asked.count(0) == LETTERS
    assert set(asked[LETTERS:]) == {60}
    assert waits(doorkeeper, 1, "10.0.0.1") == [0]


def test_the_wait_ends_with_the_minute(doorkeeper: Doorkeeper, clock: Clock) -> None:
    waits(doorkeeper, LETTERS)
    clock.now += 45
    assert waits(doorkeeper, 1) == [15]
    clock.now += 15
    assert waits(doorkeeper, 1) == [0]


def test_a_guesser_has_to_wait_soon(doorkeeper: Doorkeeper) -> None:
    for _guess in range(GUESSES):
        turn = doorkeeper.turn(letter())
        assert turn.wait == 0
        doorkeeper.guessed(turn)
    assert waits(doorkeeper, 1) == [60]
    assert waits(doorkeeper, 1, "10.0.0.1") == [0]


def test_when_everybody_guesses_each_may_guess_less(doorkeeper: Doorkeeper, clock: Clock) -> None:
    for number in range(GUESSES_OF_ALL):
        doorkeeper.guessed(doorkeeper.turn(letter(str(ipaddress.ip_address(number)))))
    for _guess in range(GUESSES_THEN):
        turn = doorkeeper.turn(letter())
        assert turn.wait == 0
        doorkeeper.guessed(turn)
    assert waits(doorkeeper, 1) == [60]
    clock.now += flood.HOUR
    turn = doorkeeper.turn(letter())
    for _guess in range(GUESSES_THEN):
        doorkeeper.guessed(turn)
    assert waits(doorkeeper, 1) == [0]


def test_one_household_is_one_sender(doorkeeper: Doorkeeper) -> None:
    waits(doorkeeper, LETTERS, "2001:db8::1")
    assert waits(doorkeeper, 1, "2001:db8::ffff") == [60]
    assert waits(doorkeeper, 1, "2001:db8:1::1") == [0]


def test_behind_a_proxy_the_last_address_counts(doorkeeper: Doorkeeper, settings: Any) -> None:
    settings.BEHIND_PROXY = True
    for number in range(LETTERS):
        doorkeeper.turn(letter(HTTP_X_FORWARDED_FOR=f"10.0.0.{number % 250}, {FAR}"))
    assert doorkeeper.turn(letter(HTTP_X_FORWARDED_FOR=f"8.8.8.8, {FAR}")).wait
    assert not doorkeeper.turn(letter(HTTP_X_FORWARDED_FOR=f"{FAR}, 10.0.0.1")).wait


def test_without_a_proxy_nobody_chooses_his_address(doorkeeper: Doorkeeper) -> None:
    for number in range(LETTERS):
        doorkeeper.turn(letter(HTTP_X_FORWARDED_FOR=f"10.0.0.{number % 250}"))
    assert doorkeeper.turn(letter(HTTP_X_FORWARDED_FOR="10.9.9.9")).wait


def test_memory_has_an_end(doorkeeper: Doorkeeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "MOST_SENDERS", 100)
    for number in range(1000):
        doorkeeper.turn(letter(str(ipaddress.ip_address(number))))
    assert len(doorkeeper._letters) <= 100


def test_nothing_in_memory_is_an_address(doorkeeper: Doorkeeper, clock: Clock) -> None:
    first = doorkeeper.turn(letter()).sender
    held = repr(vars(doorkeeper)).encode() + b"".join(doorkeeper._letters)
    packed = ipaddress.ip_address(HERE).packed
    plain = [
        HERE.encode(),
        packed,
        *(hashlib.new(name, text).digest() for name in ("md5", "sha256") for text in (HERE.encode(), packed)),
    ]
    assert not [trace for trace in plain if trace in held]
    clock.now += 60
    assert doorkeeper.turn(letter()).sender != first
    assert first not in doorkeeper._letters


class Told:
    """A site that answers everything with one status."""

    def __init__(self, status: str = "200 OK") -> None:
        self.status, self.waits = status, [0]

    def __call__(self, given: dict[str, Any], start_response: Any) -> list[bytes]:
        self.waits.append(given.get(WAIT, 0))
        start_response(self.status, [])
        return [b""]


def test_the_site_is_told_who_waits_and_hears_nothing_of_a_flood(doorkeeper: Doorkeeper) -> None:
    site = Told()
    house = WorkersHouse(site, doorkeeper=doorkeeper)
    statuses = [call(house, letter())[0] for _time in range(FLOOD + 10)]
    assert site.waits[1:] == [0] * LETTERS + [60] * (FLOOD - LETTERS)
    assert statuses[FLOOD:] == ["429 Too Many Requests"] * 10


def test_what_was_not_found_is_a_guess(doorkeeper: Doorkeeper) -> None:
    site = Told("404 Not Found")
    house = WorkersHouse(site, doorkeeper=doorkeeper)
    for _time in range(GUESSES + 1):
        call(house, letter())
    assert site.waits[-1] == 60


def test_looking_at_pages_is_not_counted(doorkeeper: Doorkeeper) -> None:
    site = Told("404 Not Found")
    house = WorkersHouse(site, doorkeeper=doorkeeper)
    for _time in range(LETTERS + 1):
        call(house, environ("/w/NOBOARD/"))
    assert set(site.waits) == {0}


def test_nobody_can_claim_to_wait() -> None:
    site = Told()
    call(WorkersHouse(site), environ("/w/reply/", **{WAIT: 5, "HTTP_LIANXIN_WAIT": "5"}))
    assert site.waits == [0, 0]
