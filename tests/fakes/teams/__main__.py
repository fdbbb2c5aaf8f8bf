"""The fake Teams at a terminal: `python -m tests.fakes.teams --port 9100 --bot http://127.0.0.1:3978/api/messages`."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from contextlib import suppress
from pathlib import Path

from tests.fakes.teams.console import command
from tests.fakes.teams.tenant import FakeTeams


def options() -> argparse.Namespace:
    ap = argparse.ArgumentParser(description="A strict fake of Microsoft Teams on loopback.")
    ap.add_argument("--port", type=int, default=9100)
    ap.add_argument("--bot", default="http://127.0.0.1:3978/api/messages", help="the bot's messaging endpoint")
    ap.add_argument("--user", action="append", default=[], metavar="KEY:NAME", help="a named user; may be repeated")
    ap.add_argument("--transcript", default=None, help="JSON-lines file")
    ap.add_argument("--faults", help='file with a JSON list, e.g. [{"op": "send", "status": 429, "retry_after": 2}]')
    ap.add_argument("--lenient", action="store_true", help="note errors of cards instead of refusing them")
    ap.add_argument("--require-token", help="refuse calls without this bearer token")
    return ap.parse_args()


async def main() -> None:
    o = options()
    fake = FakeTeams(
        bot_url=o.bot, port=o.port, transcript=o.transcript, strict=not o.lenient, require_token=o.require_token
    )
    async with fake:
        for f in json.loads(Path(o.faults).read_text("utf-8")) if o.faults else []:
            fake.fault(**f)
        for who in o.user:
            key, _, name = who.partition(":")
            fake.add_user(key, name or None)
        users = ", ".join(f"{u.key} {u.aad}" for u in fake.users.values())
        say(f"service URL {fake.service_url}\nbot {fake.bot_id}, tenant {fake.tenant}\nusers: {users or '(none yet)'}")
        say(f"commands here, or POST {fake.origin}/_fake/cmd (`help`)")
        await converse(fake)


async def converse(fake: FakeTeams) -> None:
    loop = asyncio.get_running_loop()
    while True:
        line = await loop.run_in_executor(None, sys.stdin.readline)
        if line == "":  # no terminal: serve until killed
            await asyncio.Event().wait()
        if line.strip() in ("quit", "exit"):
            return
        say(await command(fake, line.strip()))


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(main())
