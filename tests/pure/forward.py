"""People who answer what they are asked, and nothing else: each question by its own dice, so that two runs compare.

What somebody answers depends on the seed, the question and how often it was asked, never on what came before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from bot.cases.case import UNTAKEN
from bot.core.answers import FileRef
from bot.core.events import Chose, Opened, Said, Started, Submitted, Uploaded
from bot.core.messages import Asks, Field, Input, Message
from bot.core.people import PersonId
from bot.core.replies import OpenForm
from bot.core.session import Session, Status
from bot.steps import Ask
from tests.pure.host import Host, Shown
from tests.pure.oracle import flows_called

#: A valid answer in words, by type of question.
TYPED = {"number": "3", "date": "2026-02-24", "time": "14:30", "datetime": "1 February at 8:00", "files": "that is all"}
ALWAYS = ("confirm", "take", "done", "that_is_all")


@dataclass
class Forward:
    """`others` are seeds of questions that are answered otherwise: `flow.question` to a seed."""

    host: Host
    seed: int
    others: Mapping[str, int] = field(default_factory=dict)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    turns: Counter[str] = field(default_factory=Counter)

    def start(self, person: PersonId, platform: str, flow: str = "report") -> None:
        self.host.take(Started(self.host.fresh(), self.host.now, person, platform, flow))

    def dice(self, key: str) -> Random:
        """The dice of a question: the same in every run of this seed."""
        question = key.partition(":")[2] if ":" in key else key
        self.asked[question, "asked"] += 1
        return Random(f"{self.others.get(question, self.seed)} {question} {self.asked[question, 'asked']}")

    def talks(self) -> list[Session]:
        return [t for file in self.host.files.values() for t in file.sessions.values()]

    def round(self) -> bool:
        """Everybody answers what stands there, once; False when nobody is asked anything."""
        moved = False
        for talk in self.talks():
            moved = self.go_on(talk) or moved
        for person in sorted(self.host.setting.people.by_id):
            for shown in self.host.screen(person):
                if shown.message.asks is not Asks.NOTHING and shown.slot.startswith("alert:"):
                    moved = self.press(person, shown) or moved
        return moved

    def press(self, person: PersonId, shown: Shown) -> bool:
        """Take the case, where it is still to be taken."""
        file = self.host.files.get(shown.case)
        if file is None or file.case.owner != person or file.case.status not in UNTAKEN:
            return False
        self.choose(person, shown.platform, shown.message, ("take",))
        return True

    def go_on(self, talk: Session) -> bool:
        """Answer what a talk asks, or one of its open tasks."""
        current = next((t for t in self.talks() if t.id == talk.id), None)
        if current is None or current.status is not Status.LIVE:
            return False
        waiting = [current.asking] if current.asking else [k for k, t in current.tasks.items() if not t.state.settled]
        for key in waiting:
            shown = [s for s in self.host.screen(current.person) if s.slot == f"{current.id}:{key}"]
            if shown and shown[-1].message.asks is not Asks.NOTHING:
                self.turns[current.id] += 1
                self.answer(current.person, shown[-1], key)
                # whoever may not any more hears so, and nothing changes
                return current not in self.talks()
        return False

    def to_rest(self, rounds: int) -> bool:
        """Go on until nobody is asked anything; False if that took more rounds."""
        return any(not self.round() for _ in range(rounds))

    def wait(self) -> bool:
        """Let time pass until the next timer."""
        following = self.host.next_timer()
        if following is None:
            return False
        self.host.pass_time(max(following - self.host.now, timedelta(0)))
        return True

    # --- one answer ---

    def answer(self, person: PersonId, shown: Shown, key: str) -> None:
        host, message, dice = self.host, shown.message, self.dice(key)
        options = [choice.id for choice in message.choices]
        match message.asks:
            case Asks.ONE:
                sure = [option for option in ALWAYS if option in options]
                self.choose(person, shown.platform, message, (sure[0] if sure else dice.choice(options),), key)
            case Asks.MANY:
                ticked = tuple(o for o in options if o not in ("nobody", "without_name") and dice.random() < 0.6)
                if "nobody" in options and self.asked[key, "asked"] > 2:
                    ticked = ("nobody",)  # asked again and again: there is nobody here who could be told
                self.choose(person, shown.platform, message, ticked or (options[0],))
            case Asks.PERSON:
                known = sorted(p for p in host.setting.people.by_id if p != person)
                self.choose(person, shown.platform, message, (dice.choice([*known, "rather_not"]),))
            case Asks.FORM:
                assert message.token is not None
                reply = host.take(Opened(host.fresh(), host.now, person, shown.platform, message.token))
                assert isinstance(reply, OpenForm)
                self.submit(person, shown.platform, reply, key)
            case Asks.FILES if not options:
                file = FileRef(f"f-{key}", f"{key}.png", 1000, "image/png", "0" * 64)
                host.take(Uploaded(host.fresh(), host.now, person, shown.platform, (file,)))
            case Asks.FILES:
                self.choose(person, shown.platform, message, ("that_is_all",))
            case _:
                host.take(Said(host.fresh(), host.now, person, shown.platform, TYPED[self.type_of(key)]))

    def choose(
        self, person: PersonId, platform: str, message: Message, options: tuple[str, ...], key: str = ""
    ) -> None:
        host = self.host
        assert message.token is not None
        reply = host.take(Chose(host.fresh(), host.now, person, platform, message.token, options))
        if isinstance(reply, OpenForm):
            self.submit(person, platform, reply, key)

    def submit(self, person: PersonId, platform: str, reply: OpenForm, key: str) -> None:
        host, flow = self.host, key.partition(".")[0]
        values = {f.id: self.value(person, f, self.dice(f"{flow}.{f.id}")) for f in reply.form.fields}
        host.take(Submitted(host.fresh(), host.now, person, platform, reply.form.token, values))

    def value(self, person: PersonId, asked: Field, dice: Random) -> tuple[str, ...]:
        options = [choice.id for choice in asked.options]
        word = f"zq{dice.randint(0, 9999):04d}zq"
        match asked.input:
            case Input.ONE:
                return (dice.choice(options),)
            case Input.MANY:
                return tuple(o for o in options if dice.random() < 0.5) or (options[0],)
            case Input.EMAIL:
                return (f"{word}@example.org",)
            case Input.PHONE:
                return (f"+45 {dice.randint(10, 99)} 34 56 78",)
            case Input.URL:
                return (f"https://{word}.example.org/",)
            case Input.PERSON:
                return (dice.choice(sorted(p for p in self.host.setting.people.by_id if p != person)),)
            case Input.NUMBER:
                return (str(dice.randint(0, 9)),)
            case Input.DATE | Input.TIME | Input.DATETIME:
                return (TYPED[asked.input.value],)
            case _:
                return (word,)

    def type_of(self, key: str) -> str:
        name, _, step = key.partition(".")
        for flow in flows_called(name, self.host.setting):
            found = flow.step(step)
            if isinstance(found, Ask):
                return found.type
        return "number"
