"""Text commands for a person at a terminal, or over HTTP."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from tests.fakes.teams.buttons import find
from tests.fakes.teams.errors import ClientRefused
from tests.fakes.teams.user import State, TeamsUser
from tests.fakes.teams.wire import dumped, obj

if TYPE_CHECKING:
    from tests.fakes.teams.tenant import FakeTeams

HELP = """<user>: text              say it in the chat        <user> install | uninstall
<user> press <title>      press a button of the last card (Action.Submit, Action.Execute)
<user> fill k=v; k=v      fill in the last card, and press its first button
<user> state <state>      never | installed | uninstalled | blocked | admin, without telling the bot
<user> react <kind>       to the bot's last message  <user> screen             what this person sees
lints | log | faults | fault <op> key=value ...     e.g. fault send status=429 retry_after=2      quit"""


async def command(fake: FakeTeams, line: str) -> str:
    """Do what a line says; returns what the person then sees."""
    try:
        answer = _of_tenant(fake, line)
        return answer if answer is not None else await _of_person(fake, line)
    except (ClientRefused, TypeError, ValueError, LookupError) as e:
        return f"{type(e).__name__}: {e}"


def _of_tenant(fake: FakeTeams, line: str) -> str | None:
    match line.split():
        case [] | ["help"]:
            return HELP
        case ["lints"]:
            return "\n".join(fake.lints) or "(none)"
        case ["log"]:
            return "\n".join(dumped(entry) for entry in fake.log[-20:]) or "(none)"
        case ["faults"]:
            return "\n".join(map(str, fake.faulty.waiting)) or "(none)"
        case ["fault", op, *pairs]:
            data = dict(pair.split("=", 1) for pair in pairs)
            fake.fault(op=op, **{k: _read(v) for k, v in data.items()})
            return "ok"
        case _:
            return None


def _read(value: str) -> float | bool | str:
    if value in ("true", "false"):
        return value == "true"
    return (
        float(value) if re.fullmatch(r"-?\d+\.\d+", value) else int(value) if re.fullmatch(r"-?\d+", value) else value
    )


async def _of_person(fake: FakeTeams, line: str) -> str:
    if m := re.match(r"(\w+): ?(.*)", line, re.DOTALL):
        who = _user(fake, m[1])
        await who.say(m[2])
    else:
        name, verb, *rest = line.split(" ", 2)
        who = _user(fake, name)
        await _do(who, verb, rest[0] if rest else "")
    return who.screen()


def _user(fake: FakeTeams, key: str) -> TeamsUser:
    return fake.users[key] if key in fake.users else fake.add_user(key)


async def _do(who: TeamsUser, verb: str, said: str) -> None:
    match verb:
        case "install":
            await who.install()
        case "uninstall":
            await who.uninstall()
        case "press":
            await _press(who, said)
        case "fill":
            pairs = (pair.split("=", 1) for pair in said.split(";") if pair.strip())
            await _press(who, None, {k.strip(): v.strip() for k, v in pairs})
        case "state":
            who.state = _state(said)
        case "react":
            await who.react(who.bot_messages()[-1].id, said or "like")
        case "screen":
            pass
        case _:
            raise ValueError(f"no such thing to do: {verb}")


async def _press(who: TeamsUser, title: str | None, inputs: dict[str, str] | None = None) -> None:
    try:
        find(obj(who.last_card().card), title, "Action.Submit")
    except ClientRefused:
        await who.execute(title, inputs)
    else:
        await who.submit(title, inputs)


def _state(said: str) -> State:
    states: tuple[State, ...] = get_args(State)
    for state in states:
        if said == state:
            return state
    raise ValueError(f"no such state: {said}")
