"""What somebody did in Slack, as an event of that person, or as something that the adapter does by itself. Pure.

Rule 1. An event's id is Slack's own, so that what Slack sends again is known again: an event's id, the moment of a
        press, the view and its values of a form. The same form, mended, is another event.
Rule 2. What comes from a button is ids that were written there (`wire`); what cannot be read is nothing.
Rule 3. Text that is typed arrives escaped, with links and people in brackets: it is read as its writer saw it.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC as _UTC
from datetime import datetime

from adapters.slack import manifest
from adapters.slack.channel import PLATFORM
from adapters.slack.payloads import Called, Delivery, FileSeen, Pressed, Sent, Typed, read
from adapters.slack.values import chosen, files_of, values_of
from adapters.slack.wire import Act, View, act, unpack, unpack_file
from bot.core.events import Chose, Command, Commanded, Left, Opened, PersonEvent, Said, Started, Submitted
from bot.core.ids import CaseId, Token
from bot.core.people import PersonId

#: The flow that *Report an incident* begins.
REPORT = "report"


@dataclass(frozen=True, slots=True)
class Attached:
    """Files, and the words that came with them."""

    id: str
    files: tuple[FileSeen, ...]
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class WantsFiles:
    """The dialog for files is to be opened."""

    token: Token


@dataclass(frozen=True, slots=True)
class OpensFile:
    """A file of a case is to be shown."""

    case: CaseId
    file: str


@dataclass(frozen=True, slots=True)
class RemovesFile:
    """A file that the bot brought is to go."""

    file: str


Done = PersonEvent | Attached | WantsFiles | OpensFile | RemovesFile
#: Who did it, and when (UTC).
By = tuple[PersonId, datetime]


def said(delivery: Delivery, by: By, name_of: Callable[[str], str]) -> Said | Attached:
    """What was written, or attached, in the private chat."""
    event = delivery.event
    name = f"{PLATFORM}:e:{delivery.event_id}"
    text = as_written(event.text or "", name_of)
    if event.files:
        return Attached(name, tuple(event.files), text)
    return Said(name, by[1], by[0], PLATFORM, text)


def caption(done: Attached, by: By) -> Said:
    """The words that came with files."""
    return Said(f"{done.id}:t", by[1], by[0], PLATFORM, done.text)


def typed(command: Typed, by: By) -> Said | Commanded:
    """A slash command: what follows it is understood as in the chat; alone it says what can be done."""
    name, words = f"{PLATFORM}:k:{command.trigger_id}", as_written(command.text, str)
    if not words:
        return Commanded(name, by[1], by[0], PLATFORM, Command.HELP)
    return Said(name, by[1], by[0], PLATFORM, words)


def pressed(body: Pressed, by: By) -> Done | None:
    """A button; None for what is no answer yet, as a tick, or is none of ours."""
    one = body.actions[0]
    found = act(one.action_id)
    if found is None:
        return None
    kind, which = found
    person, at = by
    who = (f"{PLATFORM}:a:{body.user.id}:{one.action_ts}:{one.action_id}", at, person, PLATFORM)
    value = one.value or ""
    match kind:
        case Act.START:
            return Started(*who, value)
        case Act.CASES:
            return Commanded(*who, Command.CASES)
        case Act.COMMAND:
            return _commanded(who, which, value)
        case Act.OPEN_FILE:
            opened = unpack_file(value)
            return OpensFile(*opened) if opened is not None else None
        case Act.REMOVE_FILE:
            return RemovesFile(value)
        case Act.TICKS | Act.PEOPLE:
            return None
        case Act.CHOOSE | Act.SEND | Act.FORM | Act.FILES:
            return _answered(who, kind, value, body)


def _commanded(who: tuple[str, datetime, PersonId, str], which: str, value: str) -> Commanded | None:
    found = unpack(value)
    word = found[1][0] if found is not None and found[1] else which
    command = next((one for one in Command if one.value == word), None)
    return Commanded(*who, command, found[0] if found is not None else None) if command is not None else None


def _answered(who: tuple[str, datetime, PersonId, str], kind: Act, value: str, body: Pressed) -> Done | None:
    found = unpack(value)
    if found is None:
        return None
    token, more = found
    match kind:
        case Act.CHOOSE:
            return Chose(*who, token, more)
        case Act.SEND:
            state = body.view.state if body.view is not None else body.state
            return Chose(*who, token, (*chosen(state.values, Act.TICKS), *chosen(state.values, Act.PEOPLE)))
        case Act.FORM:
            return Opened(*who, token)
        case _:
            return WantsFiles(token)


def submitted(body: Sent, by: By) -> Submitted | Attached | None:
    """A form that was sent."""
    view, (person, at) = body.view, by
    found = unpack(view.private_metadata)
    if found is None:
        return None
    name = f"{PLATFORM}:v:{view.id}:{_digest(view.state.values)}"
    match view.callback_id:
        case View.FORM:
            return Submitted(name, at, person, PLATFORM, found[0], values_of(view.state.values))
        case View.FILES:
            return Attached(name, tuple(read(FileSeen, file) for file in files_of(view.state.values)))
        case _:
            return None


def closed(body: Sent, by: By) -> Left | None:
    """A form that was closed without sending it."""
    found = unpack(body.view.private_metadata)
    if found is None or body.view.callback_id != View.FORM:
        return None
    return Left(f"{PLATFORM}:c:{body.view.id}", by[1], by[0], PLATFORM, found[0])


def called(body: Called, by: By, name_of: Callable[[str], str]) -> Started | None:
    """A shortcut; on a message, with that message as what was told."""
    who = (f"{PLATFORM}:s:{body.user.id}:{body.action_ts}", by[1], by[0], PLATFORM)
    match body.callback_id:
        case manifest.REPORT:
            return Started(*who, REPORT)
        case manifest.REPORT_MESSAGE if body.message is not None:
            return Started(*who, REPORT, quoted(body, name_of))
        case _:
            return None


def quoted(body: Called, name_of: Callable[[str], str]) -> str:
    """A message as evidence: who wrote it and when (UTC), its words, where it stands, what was attached."""
    message = body.message
    if message is None:
        return ""
    author = name_of(message.user) if message.user else message.username or message.bot_id or "?"
    seconds = float(message.ts) if re.fullmatch(r"\d{1,12}\.\d{1,9}", message.ts) else 0.0
    when = f"{datetime.fromtimestamp(seconds, tz=_UTC):%Y-%m-%d %H:%M} UTC"
    lines = [f"{author}, {when}:", as_written(message.text, name_of)]
    lines += [file.name or file.title or file.id for file in message.files]
    if body.team is not None and body.team.domain and body.channel is not None:
        link = message.ts.replace(".", "")
        lines.append(f"https://{body.team.domain}.slack.com/archives/{body.channel.id}/p{link}")
    return "\n".join(line for line in lines if line)


_MARK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def as_written(text: str, name_of: Callable[[str], str]) -> str:
    """Slack's text as its writer saw it: people by name, links by address."""

    def plain(found: re.Match[str]) -> str:
        what, label = found[1], found[2]
        if what.startswith("@"):
            return f"@{name_of(what[1:])}"
        if what.startswith(("#", "!")):
            return label or what.lstrip("!#")
        address = what.removeprefix("mailto:").removeprefix("tel:")
        return address if not label or label in (address, what) else f"{label} ({address})"

    return html.unescape(_MARK.sub(plain, text))


def _digest(values: Mapping[str, object]) -> str:
    return hashlib.blake2b(json.dumps(values, sort_keys=True).encode(), digest_size=16).hexdigest()
