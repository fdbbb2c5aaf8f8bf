"""What the fake keeps: messages of each chat, lints, and a log of all that was exchanged."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.slack.clock import Now, Sleep
from tests.fakes.slack.waiting import Waiting
from tests.fakes.teams.wire import ADAPTIVE, Json, objects


@dataclass(slots=True, eq=False)
class Message:
    """A message in a chat, as it stands now."""

    id: str
    by: str  # "bot", or the user's key
    activity: Json
    reply_to: str | None = None
    deleted: bool = False
    versions: int = 1
    view: Json | None = None  # the card that an invoke's answer put in the place of the message's own

    @property
    def text(self) -> str:
        return self.activity.get("text") or ""

    @property
    def card(self) -> Json | None:
        """The Adaptive Card that stands there now."""
        attached = (x["content"] for x in objects(self.activity.get("attachments")) if x.get("contentType") == ADAPTIVE)
        return self.view or next(attached, None)


class Records(Waiting):
    def __init__(self, now: Now, sleep: Sleep, transcript: str | None) -> None:
        super().__init__(now, sleep)
        self.messages: dict[str, list[Message]] = defaultdict(list)  # by conversation id
        self.typing: dict[str, list[float]] = defaultdict(list)  # when the bot said that it writes, by conversation id
        self.lints: list[str] = []
        self.log: list[Json] = []
        self._last_id = 0
        self._file = Path(transcript).open("a", encoding="utf-8") if transcript else None

    def close(self) -> None:
        if self._file:
            self._file.close()

    def new_id(self) -> str:
        """A message's id: the milliseconds since 1970, each differs."""
        self._last_id = max(self._last_id + 1, int(self.now() * 1000))
        return str(self._last_id)

    def record(self, direction: str, **data: object) -> None:
        """direction: bot->teams, teams->bot, fault, throttled, token, lint."""
        entry: Json = json.loads(json.dumps({"t": round(self.now(), 3), "dir": direction, **data}, default=str))
        self.log.append(entry)
        self.activity.note()
        if self._file:
            self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            self._file.flush()

    def lint(self, text: str) -> None:
        """Taken by Teams, but a mistake or a risk. Tests can assert `not fake.lints`."""
        self.lints.append(text)
        self.record("lint", text=text)
