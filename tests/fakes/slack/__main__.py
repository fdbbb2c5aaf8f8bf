"""The fake Slack at a terminal: `python -m tests.fakes.slack --port 9000 --bot http://127.0.0.1:3000/slack/events`."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from contextlib import suppress
from pathlib import Path

from tests.fakes.slack.console import command
from tests.fakes.slack.workspace import FakeSlack


def options() -> argparse.Namespace:
    ap = argparse.ArgumentParser(description="A strict fake Slack workspace on loopback.")
    ap.add_argument("--port", type=int, default=9000)
    ap.add_argument("--bot", help="the bot's request URL; without it the fake speaks Socket Mode")
    ap.add_argument("--manifest", help="app manifest (JSON): scopes, events, commands, shortcuts are then enforced")
    ap.add_argument("--transcript", default=None, help="JSON-lines file")
    ap.add_argument(
        "--faults", help='JSON list, e.g. [{"method":"chat.postMessage","kind":"ratelimit","retry_after":2}]'
    )
    ap.add_argument("--time-scale", type=float, default=1.0)
    ap.add_argument("--rate-limits", action="store_true")
    ap.add_argument("--users", default="ana,boss,mallory", help="comma separated; the second is everyone's manager")
    return ap.parse_args()


async def main() -> None:
    o = options()
    fake = FakeSlack(
        bot_url=o.bot,
        port=o.port,
        manifest=json.loads(Path(o.manifest).read_text("utf-8")) if o.manifest else None,
        transcript=o.transcript,
        time_scale=o.time_scale,
        enforce_rate_limits=o.rate_limits,
    )
    async with fake:
        for f in json.loads(Path(o.faults).read_text("utf-8")) if o.faults else []:
            fake.fault(**f)
        names = o.users.split(",")
        boss = names[min(1, len(names) - 1)]
        for n in [boss, *(n for n in names if n != boss)]:
            fake.add_user(n, manager=None if n == boss else boss)
        say(
            f"Web API {fake.api_url}\nSLACK_BOT_TOKEN={fake.bot_token} SLACK_APP_TOKEN={fake.app_token} "
            f"SLACK_SIGNING_SECRET={fake.signing_secret}\nmode: {'HTTP to ' + o.bot if o.bot else 'Socket Mode'}\n"
            f"users: {', '.join(fake.actors)}; commands here or POST {fake.origin}/_fake/cmd (`help`)"
        )
        await converse(fake)


async def converse(fake: FakeSlack) -> None:
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
