from __future__ import annotations

import traceback
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Invariant
from storage.sealed import HEADER, NONCE, Codec, DataKey, blinded, micros, moment, seal, unseal

KEY = DataKey(b"12345678", AESGCM(bytes(32)))
ROW = ("c1", "s1")


def find(key: bytes) -> DataKey:
    assert key == KEY.id
    return KEY


@given(st.binary(max_size=300))
def test_what_is_sealed_opens_in_its_place(data: bytes) -> None:
    assert unseal(find, "t.c", ROW, seal(KEY, "t.c", ROW, data)) == data


def test_no_two_seals_are_alike() -> None:
    assert len({seal(KEY, "t.c", ROW, b"x") for _ in range(50)}) == 50


@given(st.integers(0, HEADER + NONCE + 20), st.integers(1, 255))
def test_every_changed_byte_is_seen(place: int, flip: int) -> None:
    data = bytearray(seal(KEY, "t.c", ROW, b"12345"))
    data[place] ^= flip
    with pytest.raises(Invariant):
        unseal(lambda _: KEY, "t.c", ROW, bytes(data))


@pytest.mark.parametrize(
    ("column", "row"),
    [("t.d", ROW), ("u.c", ROW), ("t.c", ("c1", "s2")), ("t.c", ("c1",)), ("t.c", ("c1s1",)), ("t.c", ("c", "1s1"))],
)
def test_a_value_does_not_open_elsewhere(column: str, row: tuple[str, ...]) -> None:
    data = seal(KEY, "t.c", ROW, b"words")
    with pytest.raises(Invariant):
        unseal(find, column, row, data)


@pytest.mark.parametrize("data", [b"", b"\x01", bytes(HEADER + NONCE - 1), b"\x02" + bytes(60)])
def test_what_was_never_sealed_is_refused(data: bytes) -> None:
    with pytest.raises(Invariant):
        unseal(find, "t.c", ROW, data)


@dataclass(frozen=True)
class _Note:
    at: datetime
    text: str


@pytest.mark.parametrize(
    "data", [b'{"at": "canary"}', b"canary", b'{"at": "2026-01-01T00:00:00Z", "text": ["canary"]}']
)
def test_an_unreadable_value_is_not_quoted(data: bytes) -> None:
    with pytest.raises(Invariant) as raised:
        Codec(_Note).load(data)
    assert "canary" not in "".join(traceback.format_exception(raised.value))
    assert raised.value.__context__ is None


def test_an_unwritable_value_is_not_quoted() -> None:
    note = _Note(datetime(2026, 1, 1, tzinfo=UTC), "canary" + chr(0xD800))
    with pytest.raises(Invariant) as raised:
        Codec(_Note).dump(note)
    assert "canary" not in "".join(traceback.format_exception(raised.value))
    assert raised.value.__context__ is None


def test_a_key_does_not_show() -> None:
    assert "AESGCM" not in repr(KEY)


@given(st.lists(st.text(max_size=5), max_size=3), st.lists(st.text(max_size=5), max_size=3))
def test_blind_values_are_equal_for_equal_parts_only(one: list[str], two: list[str]) -> None:
    assert (blinded(bytes(32), "q", *one) == blinded(bytes(32), "q", *two)) == (one == two)


def test_blind_values_differ_by_question_and_key() -> None:
    assert len({blinded(key, question, "anna") for key in (bytes(32), b"1" * 32) for question in ("a", "b")}) == 4


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))])))
def test_times_are_kept_to_the_microsecond(at: datetime) -> None:
    assert moment(micros(at)) == at


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(Invariant):
        micros(datetime(2026, 1, 1))  # noqa: DTZ001
