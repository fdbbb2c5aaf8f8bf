"""How long Slack waits: a signed event, taken, committed and acknowledged by `bistand run`, beside a bare Bolt app.

Rule 1. Bot and bare app are processes of their own, up all the time, and are asked in turn, round by round.
Rule 2. The same events, byte for byte but for their time, go to both. No two turns of one person are under way at once.
Rule 3. A time runs from before the signed request is sent until its answer is read.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from aiohttp import ClientSession, TCPConnector

from adapters.slack.manifest import PATH
from benchmarks.organisation import ROOT, write_people
from tests.adapters.slack.running import Bot, free_port
from tests.fakes.slack.workspace import FakeSlack

PEOPLE = 400
#: What everybody writes, in order; then the last two again and again.
WRITTEN = ("report", "no", "tell what has happened and get help", "it is about me", "back")
WARM = 40
#: Turns of a round, by how many clients send them.
TURNS = {1: 200, 32: 640}
A_SECOND, SECONDS = 20, 20


@dataclass
class Times:
    """Seconds of each acknowledgement."""

    taken: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return median(self.taken) * 1e3

    @property
    def p99(self) -> float:
        return quantiles(self.taken, n=100)[98] * 1e3


class Writers:
    """Everybody at their chat, with one server at the other end."""

    def __init__(self, fake: FakeSlack, session: ClientSession, port: int) -> None:
        self._fake = fake
        self._session = session
        self._address = f"http://127.0.0.1:{port}{PATH}"
        self._waiting = deque(
            (actor.uid, actor.ch["id"], 0) for name, actor in fake.actors.items() if name[1:].isdigit()
        )
        self._numbers = count(1)

    async def turn(self) -> float:
        """Seconds of one turn of whoever has waited longest."""
        account, chat, number = self._waiting.popleft()
        text = WRITTEN[number if number < len(WRITTEN) else 3 + (number - 3) % 2]
        body = self._event(account, chat, text)
        headers = {"Content-Type": "application/json", **self._fake.sign(body)}
        began = perf_counter()
        async with self._session.post(self._address, data=body, headers=headers) as answer:
            await answer.read()
        took = perf_counter() - began
        if answer.status != 200:
            raise SystemExit(f"an event was not taken: {answer.status}")
        self._waiting.append((account, chat, number + 1))
        return took

    def _event(self, account: str, chat: str, text: str) -> bytes:
        number = next(self._numbers)
        stamp = f"{self._fake.now():.0f}.{number:06d}"
        event = {"type": "message", "channel_type": "im", "channel": chat, "user": account, "text": text, "ts": stamp}
        made = {
            "type": "event_callback",
            "token": "verification-token",
            "team_id": self._fake.team["id"],
            "api_app_id": self._fake.app_id,
            "event": {**event, "event_ts": stamp},
            "event_id": f"Ev{number:010d}",
            "event_time": int(self._fake.now()),
            "authorizations": [{"team_id": self._fake.team["id"], "user_id": self._fake.bot_user, "is_bot": True}],
        }
        return json.dumps(made).encode()

    async def together(self, clients: int, turns: int) -> list[float]:
        """So many turns, of so many clients that each send the next when the last is acknowledged."""
        left = iter(range(turns))
        took: list[float] = []

        async def client() -> None:
            for _ in left:
                took.append(await self.turn())  # noqa: PERF401  all clients fill one list

        await asyncio.gather(*(client() for _ in range(clients)))
        return took

    async def steadily(self, a_second: int, seconds: int) -> list[float]:
        """So many turns a second, whether or not those before were acknowledged."""
        began, under_way = perf_counter(), []
        for number in range(a_second * seconds):
            await asyncio.sleep(max(0.0, began + number / a_second - perf_counter()))
            under_way.append(asyncio.create_task(self.turn()))
        return list(await asyncio.gather(*under_way))


@asynccontextmanager
async def bare(secret: str) -> AsyncIterator[int]:
    port = free_port()
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.bare", str(port), secret, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert running.stdout is not None
    try:
        await running.stdout.readline()
        yield port
    finally:
        running.send_signal(signal.SIGTERM)
        await running.wait()


def prepare(folder: Path, fake: FakeSlack, seed: int) -> Path:
    """An operator's folder with the project's own flows, and everybody's account."""
    write_people(folder / "people.yaml", PEOPLE, seed)
    (folder / "flows").symlink_to(ROOT / "flows")
    (folder / "app.yaml").write_text("people: {file: people.yaml}\nladder: {fallback: director@example.org}\n")
    for name in ("director", "hr", "safety.rep", "on.call", *(f"p{number}" for number in range(PEOPLE))):
        fake.add_user(name, email=f"{name}@example.org")
    return folder


Found = dict[tuple[str, int], Times]


async def measure(folder: Path, seed: int, rounds: int) -> tuple[Found, Times]:
    """Times by server and number of clients; and those at a steady pace."""
    found: Found = {(server, clients): Times() for server in ("bot", "bare") for clients in TURNS}
    async with (
        FakeSlack() as fake,
        ClientSession(connector=TCPConnector(limit=0)) as session,
        bare(fake.signing_secret) as port,
        Bot(prepare(folder, fake, seed), fake, "http") as bot,
    ):
        writers = {"bot": Writers(fake, session, bot.port), "bare": Writers(fake, session, port)}
        for one in writers.values():
            await one.together(1, WARM)
        for number in range(rounds):
            for clients, turns in TURNS.items():
                for server in ("bot", "bare") if number % 2 == 0 else ("bare", "bot"):
                    found[server, clients].taken += await writers[server].together(clients, turns)
                    await fake.settle(timeout=120)
        steady = Times(await writers["bot"].steadily(A_SECOND, SECONDS))
    return found, steady


def print_acked(folder: Path, seed: int, rounds: int) -> None:
    found, steady = asyncio.run(measure(folder, seed, rounds))
    print(f"\nA signed Slack event until it is acknowledged, {rounds} rounds, milliseconds")
    print(f"  {'clients':>8}{'bot p50':>10}{'p99':>8}{'bare p50':>10}{'p99':>8}{'ratio p50':>11}{'p99':>7}")
    for clients in TURNS:
        bot, other = found["bot", clients], found["bare", clients]
        print(
            f"  {clients:>8}{bot.p50:>10.1f}{bot.p99:>8.1f}{other.p50:>10.1f}{other.p99:>8.1f}"
            f"{other.p50 / bot.p50:>11.2f}{other.p99 / bot.p99:>7.2f}"
        )
    print(f"  at {A_SECOND} turns a second for {SECONDS} s: p50 {steady.p50:.1f}, p99 {steady.p99:.1f}")
