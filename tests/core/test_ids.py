"""A token on a wire."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import CaseId, SessionId, Token, token_of

WORDS = st.text(max_size=20)


@given(st.builds(Token, WORDS.map(CaseId), st.none() | WORDS.map(SessionId), WORDS, st.integers()))
def test_a_token_comes_back(token: Token) -> None:
    assert token_of(list(token.parts())) == token


@pytest.mark.parametrize(
    "other", [None, "c", [], ["c", None, "s"], ["c", None, "s", True], ["c", 1, "s", 1], ["c", None, "s", 1, 2], {}]
)
def test_what_is_no_token_is_nothing(other: object) -> None:
    assert token_of(other) is None


@pytest.mark.parametrize("session", [None, SessionId("ab12.1")])
def test_a_token_reads_well_on_the_wire(session: SessionId | None) -> None:
    token = Token(CaseId("ab12"), session, "report.who", 3)
    assert token.parts() == ("ab12", session, "report.who", 3)
    assert token_of(["ab12", session, "report.who", 3]) == token
