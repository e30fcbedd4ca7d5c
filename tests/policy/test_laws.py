"""
What holds for every policy.
"""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit import policy
from overdue_visit.errors import InvalidValue
from overdue_visit.policy import Policy

VILLAGE = policy.village()
NUMBERS = sorted(key for key, value in VILLAGE.values().items() if type(value) is int)
KEYS = sorted(VILLAGE.values())


def changed(key: str, value: object) -> Policy:
    """
    Return the village's policy with one value changed, the source as it was.
    """
    return VILLAGE.with_changes({key: (value, VILLAGE.sources[key])})


def tables(mapping: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """
    Return the path of every table in a mapping.
    """
    match mapping:
        case dict():
            inner = [found for key, value in mapping.items() for found in tables(value, (*path, key))]
            return [path, *inner]
        case list():
            return [found for place, value in enumerate(mapping) for found in tables(value, (*path, place))]
        case _:
            return []


def at(mapping: object, path: tuple[object, ...]) -> object:
    """
    Return what stands at a path.
    """
    for key in path:
        mapping = mapping[key]
    return mapping


def shuffled(mapping: object, order: random.Random) -> object:
    """
    Return the same mapping with the keys of every table in another order.
    """
    if not isinstance(mapping, dict):
        return mapping
    keys = list(mapping)
    order.shuffle(keys)
    return {key: shuffled(mapping[key], order) for key in keys}


PLACES = [path for path in tables(policy.dump(VILLAGE)) if path != ("reasons",)]
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(NUMBERS), st.integers(0, 400))
def test_any_other_number_is_another_digest(key, number):
    """
    A policy has the digest of another only if no number differs.
    """
    try:
        other = changed(key, number)
    except InvalidValue:
        assume(False)

    assert (other.digest == VILLAGE.digest) == (number == VILLAGE.values()[key])
    assert (other == VILLAGE) == (other.digest == VILLAGE.digest)


@pytest.mark.parametrize("key", NUMBERS)
def test_every_number_counts(key):
    """
    Each number can be one more or one less, and either changes the digest.
    """
    digests = {VILLAGE.digest}
    for number in (VILLAGE.values()[key] - 1, VILLAGE.values()[key] + 1):
        try:
            digests.add(changed(key, number).digest)
        except InvalidValue:
            continue

    assert len(digests) > 1


@given(st.dictionaries(st.sampled_from(NUMBERS), st.integers(0, 400), max_size=6), st.sampled_from(KEYS))
def test_a_policy_survives_being_written_and_read(numbers, key):
    """
    Writing and reading gives an equal policy, also through JSON.
    """
    changes = {each: (number, "a try") for each, number in numbers.items()}
    try:
        own = VILLAGE.with_changes({key: (VILLAGE.values()[key], "the same, for another reason"), **changes})
    except InvalidValue:
        assume(False)

    mapping = policy.dump(own)

    assert policy.load(mapping) == own
    assert policy.load(json.loads(json.dumps(mapping))).digest == own.digest


@given(st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_the_order_of_keys_does_not_matter(order):
    """
    A file with its tables and keys in another order is the same policy.
    """
    other = policy.load(shuffled(policy.dump(VILLAGE), order))

    assert other == VILLAGE
    assert other.digest == VILLAGE.digest


@given(st.sampled_from(PLACES), st.from_regex(r"[a-z]{3,8}_typo", fullmatch=True), st.sampled_from([7, "x", {}, []]))
@settings(max_examples=200)
def test_an_unknown_key_is_refused_wherever_it_stands(place, key, value):
    """
    No table of a policy takes a key that it does not know; the refusal names it.
    """
    mapping = copy.deepcopy(policy.dump(VILLAGE))
    at(mapping, place)[key] = value

    with pytest.raises(InvalidValue) as refused:
        policy.load(mapping)

    assert refused.value.field.endswith(key)


@given(st.sampled_from(KEYS), st.sampled_from(["value", "source", "confidence", "checked", "link", None]), ANY_JSON)
@settings(max_examples=200)
def test_whatever_stands_in_a_file_it_is_a_policy_or_refused(key, part, junk):
    """
    Any value in any place is accepted, or refused as an invalid value of that key.
    """
    mapping = policy.dump(VILLAGE)
    group, dot, name = key.partition(".")
    table, last = (mapping[group], name) if dot else (mapping, key)
    if part is None:
        table[last] = junk
    else:
        table[last] = {**table[last], part: junk}

    try:
        own = policy.load(mapping)
    except InvalidValue as refusal:
        refused = refusal.field
    else:
        refused = None

    assert refused is None or key.startswith(refused.partition(".")[0])
    assert refused is not None or policy.load(policy.dump(own)) == own


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_digest_is_the_same_in_every_process(seed):
    """
    Another process with another seed for hashes computes the same digest.
    """
    script = "from overdue_visit import policy; print(policy.village().digest)"

    ran = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.strip() == VILLAGE.digest
