"""People who do anything that their screens offer, and some things that they do not.

Every word that is typed holds a canary: a word that stands nowhere else, so that it is found wherever it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from bot.core.answers import FileRef
from bot.core.events import Chose, Command, Commanded, Left, Opened, Said, Started, Submitted, Uploaded
from bot.core.languages import LANGUAGES
from bot.core.messages import Asks, Field, Form, Input, Message
from bot.core.people import PersonId
from bot.core.replies import OpenForm
from tests.pure.host import Host, Shown
from tests.pure.organisations import CHAT

WORDS = tuple(word for language in LANGUAGES.values() for words in language.words.values() for word in words)
TRIED = (
    "1",
    "2, 3",
    "yes",
    "no",
    "nej",
    "ja",
    "yesterday at 14:30",
    "24/11",
    "14:30",
    "3",
    "report",
    "advice",
    "\u202e",
)
#: What leads on: a walk that only throws dice seldom gets as far as a case.
ONWARD = ("confirm", "report", "take", "take_call", "go_on", "done")
PASSING = (
    timedelta(minutes=1),
    timedelta(minutes=20),
    timedelta(hours=2),
    timedelta(days=1),
    timedelta(days=4),
    timedelta(days=20),
)


@dataclass
class Walker:
    """`forward` is how often a person does what the newest message asks for."""

    host: Host
    dice: Random
    forward: float = 0.7
    canaries: dict[str, PersonId] = field(default_factory=dict)

    @property
    def people(self) -> list[PersonId]:
        return sorted(self.host.setting.people.by_id)

    def canary(self, person: PersonId) -> str:
        word = f"zq{len(self.canaries):04d}zq"
        self.canaries[word] = person
        return word

    def walk(self, turns: int) -> None:
        reporter = self.dice.choice(self.people)
        self.start(reporter, "report")
        for _ in range(turns):
            self.step(reporter)

    def start(self, person: PersonId, flow: str) -> None:
        host = self.host
        host.take(Started(host.fresh(), host.now, person, self.platform(person), flow))

    def platform(self, person: PersonId) -> str:
        found = self.host.setting.people.by_id[person]
        return found.addresses[0].platform if found.addresses else CHAT

    def step(self, reporter: PersonId) -> None:
        dice = self.dice
        waiting = [person for person in self.people if self.prompts(person)]
        who = dice.random()
        person = reporter if who < 0.5 else dice.choice(waiting) if who < 0.95 and waiting else dice.choice(self.people)
        if dice.random() < 0.12:
            self.wait()
        elif (prompts := self.prompts(person)) and dice.random() < self.forward:
            prompt = prompts[-1] if dice.random() < 0.8 else dice.choice(prompts)
            self.answer(person, prompt)
        else:
            self.stray(person)

    def prompts(self, person: PersonId) -> list[Shown]:
        """What asks for something on a person's screen, the newest last."""
        return [s for s in self.host.screen(person) if s.message.asks is not Asks.NOTHING and s.message.token]

    def wait(self) -> None:
        following = self.host.next_timer()
        if following is not None and self.dice.random() < 0.5:
            self.host.pass_time(max(following - self.host.now, timedelta()))
        else:
            self.host.pass_time(self.dice.choice(PASSING))

    # --- what is asked for ---

    def answer(self, person: PersonId, prompt: Shown) -> None:
        host, dice, message = self.host, self.dice, prompt.message
        match message.asks:
            case Asks.ONE if message.choices:
                options = [choice.id for choice in message.choices]
                onward = [option for option in ONWARD if option in options]
                self.choose(person, message, (onward[0] if onward and dice.random() < 0.7 else dice.choice(options),))
            case Asks.MANY if message.choices:
                ticked = tuple(c.id for c in message.choices if dice.random() < 0.4)
                if "nobody" in ticked and dice.random() < 0.9:
                    ticked = tuple(option for option in ticked if option != "nobody")
                self.choose(person, message, ticked or (message.choices[0].id,))
            case Asks.PERSON:
                known = [*self.people, *(c.id for c in message.choices)]
                self.choose(person, message, (dice.choice(known),))
            case Asks.FORM:
                self.fill(person, message)
            case Asks.FILES:
                name = f"{self.canary(person)}.png"
                file = FileRef(host.fresh(), name, 1000, "image/png", "0" * 64)
                host.take(Uploaded(host.fresh(), host.now, person, prompt.platform, (file,)))
                if dice.random() < 0.7 and (newest := self.prompts(person)):
                    self.choose(person, newest[-1].message, ("that_is_all",))
            case _:
                self.say(person, dice.choice(TRIED))

    def choose(self, person: PersonId, message: Message, options: tuple[str, ...]) -> None:
        host = self.host
        assert message.token is not None
        host.take(Chose(host.fresh(), host.now, person, self.platform(person), message.token, options))

    def say(self, person: PersonId, text: str) -> None:
        host = self.host
        host.take(Said(host.fresh(), host.now, person, self.platform(person), text))

    def fill(self, person: PersonId, message: Message) -> None:
        host = self.host
        assert message.token is not None
        reply = host.take(Opened(host.fresh(), host.now, person, self.platform(person), message.token))
        form = reply.form if isinstance(reply, OpenForm) else message.form
        if form is None:
            return
        if self.dice.random() < 0.05:
            host.take(Left(host.fresh(), host.now, person, self.platform(person), form.token))
            return
        self.submit(person, form, {f.id: self.value(person, f) for f in form.fields})

    def submit(self, person: PersonId, form: Form, values: dict[str, tuple[str, ...]]) -> None:
        host = self.host
        host.take(Submitted(host.fresh(), host.now, person, self.platform(person), form.token, values))

    def value(self, person: PersonId, asked: Field) -> tuple[str, ...]:
        dice = self.dice
        if not asked.required and dice.random() < 0.25:
            return ()
        if dice.random() < 0.05:
            return (dice.choice(TRIED),)
        options = [choice.id for choice in asked.options]
        match asked.input:
            case Input.ONE:
                return (dice.choice(options),)
            case Input.MANY:
                return tuple(option for option in options if dice.random() < 0.3)
            case Input.TEXT | Input.PARAGRAPH:
                return (f"I saw *{self.canary(person)}* & more",)
            case Input.NUMBER:
                return (str(dice.randint(-3, 9)),)
            case Input.DATE:
                return ("2026-02-24",)
            case Input.TIME:
                return ("14:30",)
            case Input.DATETIME:
                return (dice.choice(["yesterday at 14:30", "1 February at 8:00", "2026-03-01 07:15"]),)
            case Input.EMAIL:
                return (f"{self.canary(person)}@example.org",)
            case Input.PHONE:
                return ("+45 12 34 56 78",)
            case Input.URL:
                return (f"https://{self.canary(person)}.example.org/",)
            case Input.PERSON:
                return (dice.choice(self.people),)

    # --- what is not ---

    def stray(self, person: PersonId) -> None:
        """Commands, words at the wrong place, old buttons, other people's buttons."""
        host, dice = self.host, self.dice
        screen = self.host.memory.screens.get(person, [])
        kind = dice.randint(0, 7)
        if kind == 0:
            self.say(person, dice.choice(WORDS))
        elif kind == 1:
            self.say(person, f"hello {self.canary(person)}")
        elif kind == 2:
            self.say(person, dice.choice(TRIED))
        elif kind == 3 and screen:
            message = dice.choice(screen).message
            token = message.token if dice.random() < 0.7 else None
            command = dice.choice([c.id for c in message.commands] or list(Command))
            host.take(Commanded(host.fresh(), host.now, person, self.platform(person), Command(command), token))
        elif kind == 4 and screen:
            self.press(person, dice.choice(screen).message)
        elif kind == 5:
            others = [s for screen in host.memory.screens.values() for s in screen if s.message.token]
            if others:
                self.press(person, dice.choice(others).message)
        elif kind == 6 and dice.random() < 0.3:
            begun = [flow.name for flow in host.setting.flows.current.values() if flow.start.command is not None]
            self.start(person, dice.choice(begun))
        elif kind == 6 and dice.random() < 0.5:
            host.blocked ^= {person}
        else:
            self.label(person)

    def press(self, person: PersonId, message: Message) -> None:
        host, dice = self.host, self.dice
        if message.token is None:
            return
        if message.form is not None and dice.random() < 0.5:
            self.submit(person, message.form, {f.id: self.value(person, f) for f in message.form.fields})
        elif message.form is not None:
            host.take(Opened(host.fresh(), host.now, person, self.platform(person), message.token))
        else:
            option = dice.choice([c.id for c in message.choices] or ["other", *self.people])
            self.choose(person, message, (option,))

    def label(self, person: PersonId) -> None:
        """Type an answer, more or less as it stands there."""
        prompts = self.prompts(person)
        if prompts and prompts[-1].message.choices:
            said = self.dice.choice(prompts[-1].message.choices).label
            self.say(person, said[: self.dice.randint(1, max(1, len(said)))])
        else:
            self.say(person, self.dice.choice(["hm", self.canary(person)]))
