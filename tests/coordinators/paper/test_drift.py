"""What changed between two contents is named, all of it and nothing else."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coordinators.paper.content import STATUTORY, Said
from coordinators.paper.drift import FACTS, OF_A_PERSON, changes
from tests.covering import EVERYTHING

# What is drawn is long (thirty texts a board, eight a person) and the rules are few; each field has its turn in every draw.
LOOKED_AT = settings(max_examples=100 if EVERYTHING else 25)
TEXT = st.text(max_size=8)
PERSON = st.fixed_dictionaries(
    {
        "is_liaison": st.booleans(),
        "post": st.integers(1, 6),
        "name": st.text(min_size=1, max_size=6),
        **dict.fromkeys(OF_A_PERSON, TEXT),
    }
)
PEOPLE = st.lists(PERSON, max_size=6, unique_by=lambda person: (person["is_liaison"], person["post"]))
BOARD = st.fixed_dictionaries(
    {"kind": st.just("party_mass"), "people": PEOPLE, **dict.fromkeys(FACTS, TEXT), **dict.fromkeys(STATUTORY, TEXT)}
)


@LOOKED_AT
@given(BOARD)
def test_equal_contents_have_no_changes(said: Said) -> None:
    assert changes(said, deepcopy(said)) == []


@LOOKED_AT
@given(BOARD, BOARD)
def test_unlike_contents_have_some(old: Said, new: Said) -> None:
    assert (changes(old, new) == []) == (old == new)


@LOOKED_AT
@given(BOARD, st.text(min_size=1, max_size=8))
def test_a_changed_fact_is_the_one_named(said: Said, more: str) -> None:
    for key in (*FACTS, *STATUTORY):
        assert len(changes(said, {**said, key: said[key] + more})) == 1, key


@LOOKED_AT
@given(BOARD, st.data())
def test_a_changed_field_of_a_person_is_one_change(said: Said, data: Any) -> None:
    assume(said["people"])
    index = data.draw(st.integers(0, len(said["people"]) - 1))
    more = data.draw(st.text(min_size=1, max_size=9))
    for key in (*OF_A_PERSON, "name"):
        new = deepcopy(said)
        new["people"][index][key] += more
        [words] = changes(said, new)
        assert new["people"][index][key] in words or said["people"][index]["name"] in words, key


@LOOKED_AT
@given(BOARD, st.data())
def test_who_goes_and_who_comes_is_named(said: Said, data: Any) -> None:
    assume(said["people"])
    gone = data.draw(st.sampled_from(said["people"]))
    without = {**said, "people": [person for person in said["people"] if person is not gone]}
    assert len(changes(said, without)) == len(changes(without, said)) == 1
    assert gone["name"] in changes(said, without)[0]
    assert gone["name"] in changes(without, said)[0]


@LOOKED_AT
@given(BOARD, st.randoms(use_true_random=False))
def test_another_order_is_a_change(said: Said, dice: Any) -> None:
    shuffled = {**said, "people": dice.sample(said["people"], len(said["people"]))}
    assume(shuffled["people"] != said["people"])
    assert len(changes(said, shuffled)) == 1


@pytest.mark.parametrize(("key", "words"), list(OF_A_PERSON.items()))
def test_each_thing_said_of_a_person_has_words_of_its_own(key: str, words: Any) -> None:
    person = {"is_liaison": True, "post": 1, "name": "李文斌", **dict.fromkeys(OF_A_PERSON, "旧")}
    assert changes({"people": [person]}, {"people": [{**person, key: "新"}]}) == [words % {"name": "李文斌"}]


def test_a_successor_is_somebody_new() -> None:
    person = {"is_liaison": False, "post": 1, "name": "李文斌", **dict.fromkeys(OF_A_PERSON, "")}
    [gone, come] = changes({"people": [person]}, {"people": [{**person, "post": 2, "name": "周明山"}]})
    assert "李文斌" in gone
    assert "周明山" in come


def test_what_an_older_version_did_not_say_counts_as_empty() -> None:
    assert changes({"kind": "card"}, {"kind": "card", "hotline": "", "people": []}) == []
