"""What the page sends: taken as it is meant, refused without repeating a word of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web import parse
from adapters.web.parse import BadRequest
from bot.core.events import Chose, Command, Commanded, Left, Opened, Said, Started, Submitted
from bot.core.ids import CaseId, SessionId, Token
from bot.core.people import PersonId

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
TOKEN = Token(CaseId("c1"), SessionId("s1"), "report.danger", 3)
SENT = {"case": "c1", "session": "s1", "step": "report.danger", "revision": 3}
WHO = ("web:r-1", NOW, PersonId("p1"), "simulation")


def act(**body: object) -> object:
    return parse.act(json.dumps({"id": "r-1", "person": "p1", **body}).encode(), NOW, "simulation")


def test_every_kind_of_act() -> None:
    assert act(kind="started", flow="report") == Started(*WHO, "report")
    assert act(kind="said", text="hej") == Said(*WHO, "hej")
    assert act(kind="chose", token=SENT, options=["now"]) == Chose(*WHO, TOKEN, ("now",))
    assert act(kind="commanded", command="back", token=SENT) == Commanded(*WHO, Command.BACK, TOKEN)
    assert act(kind="commanded", command="stop") == Commanded(*WHO, Command.STOP, None)
    assert act(kind="opened", token=SENT) == Opened(*WHO, TOKEN)
    assert act(kind="submitted", token=SENT, values={"a": ["b"]}) == Submitted(*WHO, TOKEN, {"a": ("b",)})
    assert act(kind="left", token={**SENT, "session": None}) == Left(
        *WHO, Token(CaseId("c1"), None, "report.danger", 3)
    )


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "said"},
        {"kind": "said", "text": 3},
        {"kind": "said", "text": "a", "more": "b"},
        {"kind": "shouted", "text": "a"},
        {"kind": "chose", "token": {"case": "c1"}, "options": ["a"]},
        {"kind": "chose", "token": SENT, "options": ["a"] * 500},
        {"kind": "commanded", "command": "dance"},
        {"kind": "said", "text": "x", "id": "../../etc"},
        {"kind": "said", "text": "x", "id": ""},
    ],
)
def test_what_is_none_of_them_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(BadRequest):
        act(**body)


@given(st.binary(max_size=100))
def test_rubbish_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        parse.act(body, NOW, "simulation")


def test_a_refusal_repeats_nothing() -> None:
    with pytest.raises(BadRequest) as refused:
        act(kind="said", text="hemmelig", secret="hemmelig")
    assert "hemmelig" not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_waiting_is_one_of_three() -> None:
    assert parse.wait(b'{"id": "a", "minutes": 240}').minutes == 240
    assert parse.wait(b'{"id": "a", "until": "morning"}').until == "morning"
    assert parse.wait(b'{"id": "a", "to": "2026-11-24T08:00:00+01:00"}').to == datetime(2026, 11, 24, 7, tzinfo=UTC)
    for body in (b'{"id": "a"}', b'{"id": "a", "minutes": 1, "until": "morning"}', b'{"id": "a", "minutes": 0}'):
        with pytest.raises(BadRequest):
            parse.wait(body)


def test_a_test_has_a_plain_name() -> None:
    assert parse.read(parse.Save, b'{"id": "a", "name": "my-talk"}').name == "my-talk"
    for name in ("../x", "A", "", ".hidden", "a/b"):
        with pytest.raises(BadRequest):
            parse.read(parse.Save, json.dumps({"id": "a", "name": name}).encode())
