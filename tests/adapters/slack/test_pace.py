"""Four messages at once in one chat, then one a second; other chats do not wait for it."""

from __future__ import annotations

from adapters.slack.pace import REMEMBERED, Pace


class Time:
    """A moment in seconds, moved by whoever waits."""

    def __init__(self) -> None:
        self.at = 100.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += seconds


async def test_four_at_once_then_one_a_second() -> None:
    time = Time()
    pace = Pace(time.now, time.sleep)
    for _ in range(4):
        await pace.turn("D1")
    assert time.waits == []
    for _ in range(3):
        await pace.turn("D1")
    assert time.waits == [1.0, 1.0, 1.0]
    await pace.turn("D2")
    assert time.waits == [1.0, 1.0, 1.0]


async def test_a_chat_that_rested_may_be_written_to_at_once() -> None:
    time = Time()
    pace = Pace(time.now, time.sleep)
    for _ in range(4):
        await pace.turn("D1")
    time.at += 2
    for _ in range(2):
        await pace.turn("D1")
    assert time.waits == []
    await pace.turn("D1")
    assert time.waits == [1.0]


async def test_so_many_chats_are_remembered_and_no_more() -> None:
    time = Time()
    pace = Pace(time.now, time.sleep)
    for number in range(REMEMBERED + 5):
        await pace.turn(f"D{number}")
    assert len(pace._rests_at) == REMEMBERED
