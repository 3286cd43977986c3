"""Pots shared to the fen between floors and caps, by formula; stocks of several kinds by rank."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.algorithms.allocation import sharing, stocking
from linli.algorithms.allocation.dividing import Division

pytestmark = pytest.mark.sqlite_only
BOUNDS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 300), st.integers(0, 900)), min_size=1, max_size=7)


def told(division: Division) -> dict[str, tuple[int, str]]:
    return {one.id: (one.amount, one.why) for one in division.grants}


def test_it_shares_to_the_fen_by_largest_remainder_and_the_smaller_id() -> None:
    found = told(sharing.proportional(100, {"b": 1, "a": 1, "c": 1}))
    assert found == {"b": (33, "share"), "a": (34, "share"), "c": (33, "share")}


def test_it_holds_floors_and_caps_and_shares_the_rest() -> None:
    capped = sharing.proportional(1_000, {"a": 1, "b": 8, "c": 1}, floors={"a": 150}, caps={"b": 600})
    assert told(capped) == {"a": (200, "share"), "b": (600, "share-cap"), "c": (200, "share")}
    floored = sharing.proportional(1_000, {"a": 1, "b": 9}, floors={"a": 150})
    assert told(floored) == {"a": (150, "share-floor"), "b": (850, "share")}


def test_it_rounds_to_whole_steps_and_shows_what_is_left() -> None:
    division = sharing.proportional(1_050, {"a": 2, "b": 1}, step=100)
    assert (told(division), division.left) == ({"a": (700, "share"), "b": (300, "share")}, 50)


def test_it_leaves_what_is_above_all_caps() -> None:
    division = sharing.proportional(1_000, {"a": 1, "b": 1}, caps={"a": 300, "b": 400})
    assert (division.given, division.left) == (700, 300)


@pytest.mark.parametrize(
    ("floors", "caps", "sentence"),
    [
        ({"a": 60, "b": 50}, None, "expected floors of together at most 100, found 110"),
        ({"a": 60}, {"a": 50}, "expected floors from 0 that are not above the caps"),
    ],
)
def test_it_refuses_floors_that_cannot_be_held(
    floors: dict[str, int], caps: dict[str, int] | None, sentence: str
) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        sharing.proportional(100, {"a": 1, "b": 1}, floors=floors, caps=caps)


@settings(max_examples=80, deadline=None)
@given(BOUNDS, st.integers(0, 4_000))
def test_a_proportional_division_is_the_pot_and_keeps_every_bound(rows: list[tuple[int, int, int]], pot: int) -> None:
    weights = {str(one): weight for one, (weight, _low, _high) in enumerate(rows)}
    floors = {str(one): low for one, (_weight, low, _high) in enumerate(rows)}
    caps = {str(one): low + high for one, (_weight, low, high) in enumerate(rows)}
    if sum(floors.values()) > pot:
        with pytest.raises(ValueError, match="expected floors"):
            sharing.proportional(pot, weights, floors=floors, caps=caps)
        return
    division = sharing.proportional(pot, weights, floors=floors, caps=caps)
    most = sum(caps[one] if weights[one] else floors[one] for one in weights)
    assert (division.left, division.given + division.left) == (max(0, pot - most), pot)
    assert all(floors[one.id] <= one.amount <= caps[one.id] for one in division.grants)
    free = [one for one in division.grants if one.why == "share" and weights[one.id]]
    assert all((one.amount - 1) * weights[two.id] < (two.amount + 1) * weights[one.id] for one in free for two in free)


def test_quotas_follow_the_formula_and_scale_where_the_pot_is_less() -> None:
    residents = {"南里": 3_250, "桥头": 99, "泉北": 9_000}
    words = {"base": 10_000_000, "per": 150_000, "floor": 10_100_000, "cap": 20_000_000}
    enough = sharing.quotas(residents, 50_000_000, **words)
    assert (told(enough), enough.left) == (
        {
            "南里": (14_800_000, "formula"),
            "桥头": (10_100_000, "formula-floor"),
            "泉北": (20_000_000, "formula-cap"),
        },
        5_100_000,
    )
    exact = sharing.quotas(residents, 50_000_000, whole=False, **words)
    assert [one.amount for one in exact.grants] == [14_875_000, 10_148_500, 20_000_000]
    scaled = sharing.quotas(residents, 10_000_000, **words)
    assert (scaled.given, scaled.left, {one.why for one in scaled.grants}) == (10_000_000, 0, {"formula-scaled"})


def test_a_stock_of_several_kinds_is_given_out_by_rank() -> None:
    asked = {"a": {"rooms": 2, "hours": 5}, "b": {"rooms": 2}, "c": {"hours": 3}}
    ranks = {"a": 1, "b": 2, "c": 3}
    strict, partly = (stocking.give_out({"rooms": 3, "hours": 8}, asked, ranks, partly=one) for one in (False, True))
    assert [(one.given, one.why, one.missing) for one in strict.lots] == [
        ({"rooms": 2, "hours": 5}, "rank", {}),
        ({}, "no-room", {"rooms": 1}),
        ({"hours": 3}, "rank", {}),
    ]
    assert (strict.left, partly.left, partly.lots[1].given) == (
        {"rooms": 1, "hours": 0},
        {"rooms": 0, "hours": 0},
        {"rooms": 1},
    )
