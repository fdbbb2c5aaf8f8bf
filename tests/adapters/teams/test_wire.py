"""What stands in actions comes back as it was written; anything else is nothing of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.wire import OURS, Act, Pressed, data, pressed
from bot.core.events import Command
from bot.core.ids import CaseId, Token
from bot.errors import Invariant
from tests.adapters import drawn

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
PRESSED = st.builds(
    Pressed, st.sampled_from(Act), st.none() | drawn.TOKENS, st.lists(st.text(max_size=40), max_size=2).map(tuple)
)


@given(PRESSED, st.booleans(), st.dictionaries(st.text(max_size=9).filter(lambda name: name != OURS), st.text()))
def test_what_is_written_comes_back(what: Pressed, fetch: bool, inputs: dict[str, str]) -> None:
    sent = {**json.loads(json.dumps(data(what, fetch=fetch))), **inputs}
    assert pressed(sent) == what


@given(
    JSON
    | st.fixed_dictionaries(
        {OURS: JSON | st.fixed_dictionaries({"act": st.sampled_from(Act)}, optional={"token": JSON, "ids": JSON})}
    )
)
def test_whatever_comes_is_read_or_is_nothing(value: object) -> None:
    found = pressed(value)
    if found is not None:
        assert found.page >= 0
        assert found.command is None or found.command in Command
        assert pressed(json.loads(json.dumps(data(found)))) == found


def test_what_opens_a_dialog_fetches_it() -> None:
    fetching = [Pressed(Act.FORM), Pressed(Act.FILES), Pressed(Act.CASES), Pressed(Act.COMMAND, ids=("read",))]
    assert all(what.fetches for what in fetching)
    staying = [Pressed(Act.CHOOSE, ids=("read",)), Pressed(Act.COMMAND, ids=("stop",)), Pressed(Act.COMMAND)]
    assert not any(what.fetches for what in staying)


def test_what_goes_with_an_act() -> None:
    assert Pressed(Act.OPEN_FILE, ids=("c", "f")).file == ("c", "f")
    assert Pressed(Act.OPEN_FILE, ids=("c",)).file is None
    assert Pressed(Act.COMMAND, ids=("stop",)).command is Command.STOP
    assert Pressed(Act.CASES).command is Command.CASES
    assert Pressed(Act.CHOOSE, ids=("stop",)).command is None
    turned = Pressed(Act.PAGE, ids=("read", "3"))
    assert (turned.command, turned.page) == (Command.READ, 3)
    assert Pressed(Act.PAGE, ids=("read", "-3")).page == 0


def test_ids_that_are_too_long_are_our_fault() -> None:
    with pytest.raises(Invariant, match="2000 fit"):
        data(Pressed(Act.CHOOSE, Token(CaseId("c"), None, "s" * 2000, 1)))
