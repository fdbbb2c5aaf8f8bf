"""The pager against a real web server: signed, the same page each time, told apart from a forged or a stale one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from adapters.pager import PagerChannel
from adapters.pager.render import render
from adapters.pager.signature import TOLERANCE, sign, verify
from bot.core.ids import CaseId, Slot
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.errors import ChannelDown, Invariant
from bot.runtime.clocks import MovableClock
from bot.runtime.owed import Nudge, Owed, Post
from tests.adapters.silence import silence
from tests.storage.making import messages

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SECRET = "a secret of sixteen signs or more"
OWED = Owed(
    id=7,
    key="c0ffee:12:3.pager",
    lane="pager:p1",
    case=CaseId("c0ffee"),
    slot=Slot("page:1"),
    to=PersonId("p1"),
    platform="pager",
    wish=Nudge("en"),
    awaited=False,
)


@dataclass
class Receiver:
    """What arrived; `answers` are the codes to give first, then 204."""

    answers: list[int] = field(default_factory=list)
    more: dict[str, str] = field(default_factory=dict)
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.read())
        self.headers.append(dict(request.headers))
        return web.Response(status=self.answers.pop(0) if self.answers else 204, headers=self.more)


@asynccontextmanager
async def serving(receiver: Receiver) -> AsyncIterator[str]:
    application = web.Application()
    application.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield f"http://127.0.0.1:{port}/hook"
    finally:
        await runner.cleanup()


async def ring(url: str, owed: Owed = OWED, clock: MovableClock | None = None, patience: float = 5.0) -> str:
    return await PagerChannel(url, SECRET, clock or MovableClock(NOW), patience).send(
        owed, "on call", None, again=False
    )


def genuine(receiver: Receiver, number: int = 0, *, now: datetime = NOW, secret: str = SECRET) -> bool:
    headers = receiver.headers[number]
    return verify(
        secret.encode(),
        headers["Bistand-Timestamp"],
        receiver.bodies[number],
        headers["Bistand-Signature"],
        now.timestamp(),
    )


async def test_a_page_is_signed_and_says_nothing_of_what() -> None:
    receiver = Receiver()
    async with serving(receiver) as url:
        page = await ring(url)
    assert genuine(receiver)
    assert receiver.headers[0]["Idempotency-Key"] == page
    assert receiver.headers[0]["Content-Type"] == "application/json"
    assert json.loads(receiver.bodies[0]) == {
        "id": page,
        "title": "Bistand needs you",
        "text": "Something waits for you in Bistand. Please open it in your chat.",
    }
    assert not [part for part in ("c0ffee", "p1", "page:1") if part in str(receiver.headers) + str(receiver.bodies)]


async def test_a_forged_or_stale_page_is_known() -> None:
    receiver = Receiver()
    async with serving(receiver) as url:
        await ring(url)
    assert genuine(receiver, now=NOW + timedelta(seconds=TOLERANCE))
    assert not genuine(receiver, now=NOW + timedelta(seconds=TOLERANCE + 1))
    assert not genuine(receiver, now=NOW - timedelta(seconds=TOLERANCE + 1))
    assert not genuine(receiver, secret="another secret")
    receiver.bodies[0] += b" "
    assert not genuine(receiver)
    signature = sign(SECRET.encode(), 1, b"")
    for timestamp in ("", "1.0", "-1", "١", "1" * 13):
        assert not verify(SECRET.encode(), timestamp, b"", signature, 1)
    assert not verify(SECRET.encode(), "1", b"", signature.upper(), 1)
    assert not verify(SECRET.encode(), "1", b"", "å", 1)


async def test_a_page_that_was_not_answered_comes_again_as_the_same() -> None:
    receiver, clock = Receiver([500, 503]), MovableClock(NOW)
    async with serving(receiver) as url:
        for reason in ("failed_500", "failed_503"):
            with pytest.raises(ChannelDown, match=reason):
                await ring(url, clock=clock)
            await clock.move(timedelta(minutes=2))
        await ring(url, clock=clock)
    assert len(set(receiver.bodies)) == len({headers["Idempotency-Key"] for headers in receiver.headers}) == 1
    assert len({headers["Bistand-Timestamp"] for headers in receiver.headers}) == 3
    assert all(genuine(receiver, n, now=NOW + n * timedelta(minutes=2)) for n in range(3))
    assert not genuine(receiver, 0, now=NOW + timedelta(hours=1)), "a replay of the first one is stale"


@pytest.mark.parametrize(
    ("code", "reason"), [(404, "refused_404"), (401, "refused_401"), (302, "refused_302"), (429, "busy_429")]
)
async def test_what_the_operator_must_mend_is_named(code: int, reason: str) -> None:
    receiver = Receiver([code], {"Location": "/elsewhere", "Retry-After": "900"})
    async with serving(receiver) as url:
        with pytest.raises(ChannelDown) as caught:
            await ring(url)
    assert caught.value.reason == reason
    assert caught.value.retry_after == (300 if code == 429 else None)
    assert len(receiver.bodies) == 1


async def test_a_receiver_that_is_gone_or_hangs() -> None:
    async with serving(Receiver()) as url:
        pass
    with pytest.raises(ChannelDown, match="unreachable"):
        await ring(url)

    async with silence() as port:
        with pytest.raises(ChannelDown, match="timeout"):
            await ring(f"http://127.0.0.1:{port}/", patience=0.05)


@given(messages)
def test_a_message_never_rings(message: Message) -> None:
    channel = PagerChannel("http://127.0.0.1:1", SECRET, MovableClock(NOW))
    with pytest.raises(Invariant):
        asyncio.run(channel.send(replace(OWED, wish=Post(message)), "on call", None, again=False))


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40), st.sampled_from(["en", "da", "xx"]))
def test_pages_differ_in_language_and_id_only(key: str, language: str) -> None:
    page, body = render(Nudge(language), key, b"x" * 16)
    other, beside = render(Nudge(language), "another", b"x" * 16)
    assert body.replace(page.encode(), b"") == beside.replace(other.encode(), b"")


@given(st.binary(max_size=60), st.integers(0, 10**10), st.binary(min_size=1, max_size=40))
def test_what_was_signed_verifies_and_nothing_else(body: bytes, timestamp: int, secret: bytes) -> None:
    signature = sign(secret, timestamp, body)
    assert verify(secret, str(timestamp), body, signature, timestamp)
    assert not verify(secret, str(timestamp + 1), body, signature, timestamp)
    assert not verify(secret, str(timestamp), body + b"0", signature, timestamp)
    assert not verify(secret + b"\x01", str(timestamp), body, signature, timestamp)
