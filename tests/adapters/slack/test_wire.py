"""What stands in buttons and views comes back as it was written; anything else is nothing of ours."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import wire
from adapters.slack.wire import Act, act, pack, pack_file, unpack, unpack_file
from bot.core.ids import CaseId, Token
from bot.errors import Invariant


@given(st.builds(Token, *[st.text(max_size=40)] * 3, st.integers()), st.lists(st.text(max_size=40), max_size=2))
def test_what_is_packed_comes_back(token: Token, more: list[str]) -> None:
    text = pack(token, *more)
    assert unpack(text) == (token, tuple(more))
    assert len(text) <= wire.LONGEST_VALUE
    assert text.isascii()


def test_a_token_reads_well_in_slacks_logs() -> None:
    assert pack(Token(CaseId("ab12"), None, "alert", 2), "take") == '["ab12",null,"alert",2,"take"]'


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_file_comes_back(case: str, file: str) -> None:
    assert unpack_file(pack_file(CaseId(case), file)) == (case, file)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.text() | json_values.map(json.dumps))
def test_whatever_comes_is_read_or_is_nothing(text: str) -> None:
    found = unpack(text)
    if found is not None:
        token, more = found
        assert unpack(pack(token, *more)) == found
    file = unpack_file(text)
    if file is not None:
        assert unpack_file(pack_file(*file)) == file


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", '["c"]', '["c",null,"s"]', '["c",null,"s",true]', '["c",null,"s",1,2]', '["c",5,"s",1]', "{}"],
)
def test_what_is_not_ours_is_nothing(text: str) -> None:
    assert unpack(text) is None


def test_deep_nesting_is_nothing() -> None:
    assert unpack("[" * 100_000) is None


def test_what_fits_no_button_is_our_fault() -> None:
    with pytest.raises(Invariant, match="2000 fit"):
        pack(Token(CaseId("c"), None, "s" * 2000, 1))
    with pytest.raises(Invariant):
        pack_file(CaseId("c"), "f" * 2000)


def test_ids_of_actions() -> None:
    assert Act.CHOOSE.of(3) == "choose:3"
    assert act("choose:3") == (Act.CHOOSE, "3")
    assert act("command:stop") == (Act.COMMAND, "stop")
    assert act("send") == (Act.SEND, "")
    assert act("a:b") is None
    assert act("") is None
    assert len(Act.COMMAND.of("x" * 300)) == 255


@given(st.sampled_from(Act), st.integers(0, 10**6))
def test_every_id_is_known_again(which: Act, number: int) -> None:
    assert act(which.of(number)) == (which, str(number))
