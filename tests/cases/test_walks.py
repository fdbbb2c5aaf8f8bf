"""Random lives of cases in random organisations; the rules themselves are in `walks.py`."""

from __future__ import annotations

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from bot.cases.alerts import World
from tests.cases.organisations import crowded_worlds, drafts, unhurried, worlds
from tests.cases.walks import MOVES_OF_WALK, Move, Walk
from tests.soak import SOAK, keep

PARTS = 20
moves: st.SearchStrategy[Move] = st.tuples(st.sampled_from(MOVES_OF_WALK), st.integers(0, 999), st.integers(0, 999))


def begun(world: World, data: st.DataObject) -> Walk:
    walk = Walk(world, data.draw(drafts(world.people), label="draft"))
    walk.move(("consent", data.draw(st.integers(0, 31), label="ticked"), 1))
    return walk


@pytest.mark.soak
@settings(unhurried, max_examples=5000 if SOAK else 150)
@given(worlds(least=2), st.data())
def test_whatever_happens(world: World, data: st.DataObject) -> None:
    walk = begun(world, data)
    for move in data.draw(st.lists(moves, max_size=8), label="before"):
        walk.move(move)
    walk.move(("open", 0, 0))
    for move in data.draw(st.lists(moves, min_size=5, max_size=40), label="after"):
        walk.move(move)
    walk.drain()


@pytest.mark.soak
@pytest.mark.drawn
@pytest.mark.parametrize("number", range(PARTS if SOAK else 1))
def test_whatever_happens_in_a_large_organisation(number: int) -> None:
    """Up to 500 people: 2,000 steps, in the long version 100,000 in parts of their own seeds."""
    walked: list[int] = []

    @seed(number)
    @settings(unhurried, max_examples=3_000 // PARTS if SOAK else 120)
    @given(crowded_worlds(), st.data())
    def walk_on(world: World, data: st.DataObject) -> None:
        walk = begun(world, data)
        walk.move(("open", 0, 0))
        for move in data.draw(st.lists(moves, min_size=10, max_size=30), label="after"):
            walk.move(move)
        walk.drain()
        walked.append(walk.steps)

    walk_on()
    assert sum(walked) >= (100_000 // PARTS if SOAK else 2_000)
    keep("large_organisations", number, {"walks": len(walked), "steps": sum(walked)})
