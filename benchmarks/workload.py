"""What people do in the measured talks: they report, the manager takes the case and works through the playbook.

Rule 1. Everything is drawn from one seed: the same talks, answers and words in every run.
Rule 2. Several people talk at once, each in turn; each answers the newest message that asks them something.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from bot.core.events import Chose, Command, Commanded, PersonEvent, Said, Started, Submitted
from bot.core.messages import Asks, Field, Input, Message
from bot.core.people import People, PersonId
from bot.runtime.owed import Change, Owed, Post

PLATFORM = "memory"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
#: Options that lead through the whole talk: no danger, somebody from outside, a manager who helps.
WANTED = ("no", "report", "reporter", "customer", "take", "done", "send", "confirm", "yes")
LEFT_OUT = ("nobody", "none", "without_name")
STORY = "He wrote again last night and said that he knows where I park. I have kept the messages. " * 4
TYPED = {
    Input.TEXT: "In a group of theirs",  # a link that all share would make one campaign of all cases
    Input.URL: "https://example.org/a-post",
    Input.PARAGRAPH: STORY,
    Input.NUMBER: "3",
    Input.DATE: "2026-03-01",
    Input.TIME: "21:30",
    Input.DATETIME: "2026-03-01 21:30",
    Input.EMAIL: "ana@example.org",
    Input.PHONE: "+45 12 34 56 78",
}


@dataclass
class Chats:
    """The way out: a chat for each person, in memory. It answers at once."""

    platform: str = PLATFORM
    needs_proof: bool = False
    sent: int = 0
    asking: dict[PersonId, dict[str, Message]] = field(default_factory=dict)
    #: Told of each message that goes out.
    told: Callable[[], None] | None = None

    async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        del chat, again
        self.sent += 1
        if self.told is not None:
            self.told()
        asking = self.asking.setdefault(owed.to, {})
        match owed.wish:
            case Post(message):
                if message.token is not None and (message.choices or message.form or message.asks is not Asks.NOTHING):
                    asking[owed.key] = message
                return owed.key
            case Change(message):
                asking.pop(handle or "", None)
                return handle or owed.key
            case _:
                asking.pop(handle or "", None)
                return handle or owed.key


class Talkers:
    """People at their chats. `events` goes on for as long as somebody has something to answer."""

    def __init__(self, chats: Chats, people: People, reporters: range, seed: int) -> None:
        self._chats = chats
        self._rng = random.Random(seed)
        everybody = list(people)
        may = [p.id for p in everybody if p.manager is not None and not p.roles]
        self._reporters = [may[number] for number in reporters]
        self._numbers = count(1)

    def events(self) -> Iterator[PersonEvent]:
        for reporter in self._reporters:
            yield Started(self._id(), NOW, reporter, PLATFORM, "report")
        while waiting := sorted(person for person, asked in self._chats.asking.items() if asked):
            for person in waiting:
                event = self._answer(person)
                if event is not None:
                    yield event

    def _id(self) -> str:
        return f"Ev{self._rng.getrandbits(48):012x}{next(self._numbers)}"

    def _answer(self, person: PersonId) -> PersonEvent | None:
        asked = self._chats.asking[person]
        while asked:
            _, message = asked.popitem()
            event = self._event(person, message)
            if event is not None:
                return event
        return None

    def _event(self, person: PersonId, message: Message) -> PersonEvent | None:
        token = message.token
        if token is None:
            return None
        if message.form is not None:
            values = {f.id: self._value(f) for f in message.form.fields}
            return Submitted(self._id(), NOW, person, PLATFORM, message.form.token, values)
        if message.choices:
            return Chose(self._id(), NOW, person, PLATFORM, token, self._chosen(message))
        if message.asks is Asks.WORDS:
            return Said(self._id(), NOW, person, PLATFORM, "I would rather tell that face to face.")
        if message.asks in (Asks.FILES, Asks.PERSON):
            return Commanded(self._id(), NOW, person, PLATFORM, Command.SKIP, token)
        return None

    def _chosen(self, message: Message) -> tuple[str, ...]:
        options = [choice.id for choice in message.choices]
        if message.asks is Asks.MANY:
            free = [option for option in options if option not in LEFT_OUT] or options
            return tuple(self._rng.sample(free, min(2, len(free))))
        return (next((option for option in options if option in WANTED), self._rng.choice(options)),)

    def _value(self, asked: Field) -> tuple[str, ...]:
        if asked.options:
            return (self._rng.choice(asked.options).id,)
        value = TYPED.get(asked.input)
        return (value,) if value is not None else ()
