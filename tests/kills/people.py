"""Seeded people: what each of them does next, told by the seed and what stands on the screens.

Rule 1. The next act depends on nothing but the seed, the number of the step and the screens: the same screens, the
        same talk, killed or not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.core.answers import FileRef
from bot.core.events import Chose, Command, Commanded, Opened, PersonEvent, Said, Started, Submitted, Uploaded
from bot.core.messages import Asks, Form, Input, Message
from bot.core.people import PersonId
from bot.runtime.owed import Owed
from bot.simulation.screens import PLATFORM, Screens, Shown, StageChannel
from tests.kills.child import Take, Until
from tests.runtime.making import setting

REPORTERS = ("Ana", "Bo", "Eva")
WORDS = ("He writes to me every night", "Hun ringer hele tiden", "yesterday at 14:30", "3", "ja", "👍🏽 ok", "luis")
#: Answers that lead on, so that most talks become cases.
LEADING = ("report", "manager", "hr", "no", "reporter", "customer", "correct", "take", "done", "yes", "go_on", "none")
WAITS = (timedelta(minutes=20), timedelta(hours=3), timedelta(days=1), timedelta(days=4))


@dataclass
class Crowd:
    seed: int
    screens: Screens = field(default_factory=Screens)
    step: int = 0
    told: list[PersonEvent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._channel = StageChannel(self.screens)
        self._people = sorted(setting().people, key=lambda person: person.name)

    async def show(self, owed: Owed, handle: str | None) -> None:
        await self._channel.send(owed, "", handle, again=True)

    def next(self, now: datetime) -> Take | Until:
        """What happens next: mostly one event; now and then two at once, one that was sent before, or time."""
        self.step += 1
        random = Random(f"{self.seed}:{self.step}")
        chance = random.random()
        if chance < 0.07:
            return Until(now + random.choice(WAITS))
        if chance < 0.11 and self.told:
            return Take((random.choice(self.told[-8:]),))
        persons = self._persons(random)
        acts = [self._act(random, person, now, number) for number, person in enumerate(persons)]
        self.told.extend(acts)
        return Take(tuple(acts))

    def _persons(self, random: Random) -> list[PersonId]:
        """Who acts: somebody who was asked something; at times two reporters in the same moment."""
        reporters = [p.id for p in self._people if p.first_name in REPORTERS]
        if random.random() < 0.10:
            return random.sample(reporters, 2)
        asked = [p.id for p in self._people if p.id not in reporters and self._asking(p.id)]
        # the first reporter has the most to say, so that a short talk gets far
        return [random.choice([*asked, *asked, *asked, *reporters, *reporters[:1] * 6])]

    def _asking(self, person: PersonId) -> list[Shown]:
        return [s for s in self.screens.of(person) if not s.removed and s.message.token is not None]

    def _act(self, random: Random, person: PersonId, now: datetime, number: int) -> PersonEvent:
        id_ = f"x:{self.step}:{number}"
        asking = self._asking(person)
        if not asking:
            return Started(id_, now, person, PLATFORM, "report")
        chance = random.random()
        if chance < 0.05:
            return Said(id_, now, person, PLATFORM, random.choice(WORDS))
        if chance < 0.08:
            command = random.choice([c for c in Command if c is not Command.STOP])
            return Commanded(id_, now, person, PLATFORM, command)
        if chance < 0.09:
            return Started(id_, now, person, PLATFORM, "report")
        shown = asking[-1] if random.random() < 0.93 else random.choice(asking[-6:])
        return self._answer(random, shown.message, person, now, id_)

    def _answer(self, random: Random, message: Message, person: PersonId, now: datetime, id_: str) -> PersonEvent:
        token = message.token
        assert token is not None
        if message.form is not None:
            if random.random() < 0.06:
                return Opened(id_, now, person, PLATFORM, message.form.token)
            return Submitted(id_, now, person, PLATFORM, message.form.token, self._fill(random, message.form))
        if message.choices:
            ids = [choice.id for choice in message.choices]
            leading = [id_ for id_ in ids if id_ in LEADING]
            chosen = random.choice(leading) if leading and random.random() < 0.8 else random.choice(ids)
            more = random.sample(ids, min(2, len(ids))) if message.asks is Asks.MANY and random.random() < 0.3 else []
            return Chose(id_, now, person, PLATFORM, token, tuple(dict.fromkeys([chosen, *more])))
        if message.asks is Asks.FILES and random.random() < 0.5:
            file = FileRef(id_, "letter.pdf", 3, "application/pdf", "0" * 64)
            return Uploaded(id_, now, person, PLATFORM, (file,))
        if message.commands:
            offered = [Command(choice.id) for choice in message.commands]
            skips = Command.SKIP in offered and random.random() < 0.85
            command = Command.SKIP if skips else random.choice(offered)
            return Commanded(id_, now, person, PLATFORM, command, token)
        return Said(id_, now, person, PLATFORM, random.choice(WORDS))

    def _fill(self, random: Random, form: Form) -> dict[str, tuple[str, ...]]:
        values: dict[str, tuple[str, ...]] = {}
        for asked in form.fields:
            if not asked.required and random.random() < 0.4:
                continue
            match asked.input:
                case Input.ONE | Input.MANY:
                    values[asked.id] = (random.choice(asked.options).id,)
                case Input.DATETIME:
                    values[asked.id] = ("yesterday at 14:30",)
                case Input.DATE:
                    values[asked.id] = ("yesterday",)
                case Input.PHONE:
                    values[asked.id] = ("+45 12 34 56 78",)
                case Input.NUMBER:
                    values[asked.id] = ("3",)
                case _:
                    values[asked.id] = (random.choice(WORDS),)
        return values
