"""Text commands for a person at a terminal, or over HTTP."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.fakes.slack.errors import ClientBlocked

if TYPE_CHECKING:
    from tests.fakes.slack.actor import Actor
    from tests.fakes.slack.workspace import FakeSlack

HELP = """<user>: text            say it in the app's DM        <user> /command text     slash command
<user> click <id> [val] press, choose or pick           <user> submit k=v; k=v   fill in the modal and submit
<user> click <label>    the same, by what stands on it
<user> close [all]      close the modal                 <user> home              open App Home
<user> shortcut <id>    global shortcut                 <user> report <id> text  someone writes text; message shortcut
<user> upload <name>    drop a small file in the DM     <user> screen            what this person sees
lints | faults | fault <method> <kind> key=value ...    refresh | cut (Socket Mode)   revoke | restore | probe | quit"""


async def command(fake: FakeSlack, line: str) -> str:
    """Do what a line says; returns what the person then sees."""
    try:
        answer = await _of_workspace(fake, line)
        return answer if answer is not None else await _of_person(fake, line)
    except (ClientBlocked, TimeoutError, ValueError, KeyError) as e:
        return f"{type(e).__name__}: {e}"


async def _of_workspace(fake: FakeSlack, line: str) -> str | None:
    match line.split(" "):
        case [""] | ["help"]:
            return HELP
        case ["lints" | "faults" as name]:
            return "\n".join(map(str, getattr(fake, name))) or "(none)"
        case ["probe"]:
            return json.dumps(await fake.probe())
        case ["refresh"]:
            await fake.socket_refresh()
        case ["cut"]:
            fake.cut_sockets()
        case ["revoke"]:
            fake.revoke()
        case ["restore"]:
            fake.restore()
        case ["fault", method, kind, *pairs]:
            data = dict(x.split("=", 1) for x in pairs)
            fake.faulty.add(method, kind, 1, 0, None, {k: _number(v) for k, v in data.items()})
        case _:
            return None
    return "ok"


def _number(v: str) -> float | str:
    return float(v) if re.fullmatch(r"\d+\.\d+", v) else int(v) if v.isdigit() else v


async def _of_person(fake: FakeSlack, line: str) -> str:
    if m := re.match(r"(\w+): ?(.*)", line, re.DOTALL):
        who = fake.user(m[1])
        await who.dm(m[2])
    else:
        name, verb, *rest = line.split(" ", 2)
        who, said = fake.user(name), rest[0] if rest else ""
        if verb != "screen":
            await _do(fake, who, verb, said)
    await fake.settle()
    return who.screen()


async def _do(fake: FakeSlack, who: Actor, verb: str, said: str) -> None:
    first, _, more = said.partition(" ")
    match verb:
        case "click" if said in who.screen() and more:
            await who.click(said)  # a label of several words
        case "click":
            await who.click(first, more or None)
        case "home":
            await who.home()
        case "close":
            await who.close(everything=said == "all")
        case "shortcut":
            await who.shortcut(said)
        case "report":
            other = fake.user("someone")
            msg, _ = other._say(fake.im(who.uid, other.uid), more)
            await who.shortcut(first, msg)
        case "upload":
            await who.upload(said, b"evidence " + said.encode())
        case "submit":
            pairs = (p.strip().partition("=")[::2] for p in said.split(";") if "=" in p)
            await who.submit(dict(pairs))
        case _:
            await who.command(verb, said)
