"""What must be true of every turn, seen from outside; `Watch` is told of each.

Rule 1. An alert goes to somebody who is there, can be reached and is not involved. An opened case has one owner.
Rule 2. The excluded get no message of the case, but a plain word when they press something themselves.
Rule 3. Words, labels and names that a message shows are those that its reader may read.
Rule 4. Every question has its ways out. What was said or done once is not said or done again.
Rule 5. Messages and effects survive JSON; keys of effects are used once; revisions only grow.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.core.answers import Files, Someone, Words
from bot.core.effects import SetTimer
from bot.core.events import PersonEvent
from bot.core.ids import SessionId
from bot.core.languages import LANGUAGES
from bot.core.messages import Asks, Message
from bot.core.people import PersonId, Role
from bot.runtime.owed import Change, NewOwed, Post
from bot.steps import Ask, Choose, Consent, Form, Review, Say
from tests.pure.host import EFFECTS, MESSAGES, Happened
from tests.pure.oracle import Truth, over

#: Words that tell nothing of any case.
PLAIN = frozenset(text for said in LANGUAGES.values() for text in (said.not_yours, said.repeated))
WORD, LABEL, NAME = re.compile(r"zq\d{4}zq"), re.compile(r"vx[a-z0-9]+vx"), re.compile(r"Fyr[a-z]{2}|Wuq[a-z]{2}")


def words_in(message: Message) -> str:
    """All that a message shows."""
    parts = [message.text, message.hint]
    parts += [f"{fact.label} {fact.value}" for fact in message.facts]
    parts += [choice.label for choice in (*message.choices, *message.commands)]
    if message.form is not None:
        parts += [message.form.title, message.form.submit]
        for asked in message.form.fields:
            parts += [asked.label, asked.hint, *asked.initial, *(choice.label for choice in asked.options)]
    return "\n".join(parts)


def messages_of(happened: Happened) -> Iterator[tuple[NewOwed, Message]]:
    for owed in happened.owed:
        if isinstance(owed.wish, Post | Change):
            yield owed, owed.wish.message


@dataclass
class Watch:
    """`canaries` are the typed words by who typed them."""

    canaries: dict[str, PersonId] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    said: Counter[tuple[str, str]] = field(default_factory=Counter)
    noted: Counter[tuple[str, str]] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)

    def __call__(self, happened: Happened) -> None:
        after = Truth(happened.after, happened.setting)
        truths = (after, Truth(happened.before, happened.setting))
        self._alerts(happened, after)
        self._owner(happened, after)
        excluded = after.excluded() - {after.reporter}
        for owed, message in messages_of(happened):
            self.seen[type(owed.wish).__name__] += 1
            if owed.to in excluded:
                own = isinstance(happened.event, PersonEvent) and happened.event.person == owed.to
                assert own and message.text in PLAIN, f"{owed.slot} tells an excluded person"
            self._words(owed, message, truths)
            self._names(owed, message, truths)
            self._ways_out(happened, owed, message)
        self._once(happened)
        self._values(happened)

    # --- Rule 1 ---

    def _alerts(self, happened: Happened, truth: Truth) -> None:
        for owed in happened.owed:
            if isinstance(owed.wish, Post) and owed.awaited and not about_name(owed):
                self.seen["alert"] += 1
                assert owed.to in truth.may_be_alerted(happened.now), f"{owed.slot} to one who may not be alerted"

    def _owner(self, happened: Happened, truth: Truth) -> None:
        case = happened.after.case
        if case.opened is None:
            assert case.owner is None
            return
        assert case.owner in truth.people.by_id
        # where nobody is left to ask, the last one is its owner by name alone until somebody takes it: it is theirs no more
        chosen_now = case.rung != happened.before.case.rung and not case.gap
        if chosen_now and not over(happened.after) and truth.may_be_alerted(happened.now):
            assert case.owner != truth.reporter
            assert case.owner not in truth.excluded(), "the owner is involved"

    # --- Rule 3 ---

    def _words(self, owed: NewOwed, message: Message, truths: tuple[Truth, ...]) -> None:
        text = words_in(message)
        shown = set(WORD.findall(text)) if not about_name(owed) else set()  # its reason is for those asked
        for word in shown:
            self.seen["words"] += 1
            may = any(word in readable(truth, owed.to) for truth in truths)
            assert may or self.canaries.get(word) == owed.to, f"{owed.slot} shows words that are not for its reader"
        labels = set(LABEL.findall(text))
        if labels:
            self._labels(owed, labels, truths)

    def _labels(self, owed: NewOwed, labels: set[str], truths: tuple[Truth, ...]) -> None:
        talk = truths[0].file.sessions.get(SessionId(owed.slot.partition(":")[0]))
        for label in labels:
            flow, question, option = label[2:-2].split("0")
            key = (flow, question, option)
            asks_it = talk is not None and talk.flow == flow
            self.seen["labels"] += 1
            assert asks_it or any(key in chosen(truth, owed.to) for truth in truths), f"{owed.slot} shows {label}"

    def _names(self, owed: NewOwed, message: Message, truths: tuple[Truth, ...]) -> None:
        truth = truths[0]
        if owed.to == truth.reporter:
            return
        shown = set(NAME.findall(words_in(message)))
        if not shown:
            return
        readable_names = {name for t in truths for person in named(t, owed.to) for name in names(t, person)}
        paged = owed.slot.startswith("page:") and Role.ON_CALL in truth.roles()  # its consent says: they get your name
        if not paged and shown & names(truth, truth.reporter) - readable_names:
            self.seen["reporter"] += 1
            assert any(t.knows_name(owed.to) for t in truths), f"{owed.slot} names the reporter"
        for person in truth.accused() - {owed.to, truth.reporter, truth.file.case.called_by}:
            assert not shown & names(truth, person) - readable_names, f"{owed.slot} names the accused"

    # --- Rule 4 ---

    def _ways_out(self, happened: Happened, owed: NewOwed, message: Message) -> None:
        session, _, key = owed.slot.partition(":")
        talk = happened.after.sessions.get(SessionId(session))
        if talk is None or talk.asking != key or not isinstance(owed.wish, Post) or message.asks is Asks.NOTHING:
            return
        step = next(
            (
                f.step(key.partition(".")[2])
                for f in happened.setting.flows.current.values()
                if key.startswith(f"{f.name}.")
            ),
            None,
        )
        if not isinstance(step, Ask | Choose | Consent | Form | Review):
            return
        self.seen["question"] += 1
        offered = {choice.id for choice in message.commands}
        assert {"stop", "emergency"} <= offered
        assert ("back" in offered) == bool(talk.trail)
        assert ("skip" in offered) == (not step.required)

    def _once(self, happened: Happened) -> None:
        for owed in happened.owed:
            session, _, key = owed.slot.partition(":")
            talk = happened.after.sessions.get(SessionId(session))
            flow, _, step = key.partition(".")
            code = happened.setting.flows.current.get(flow)
            if talk is not None and code and isinstance(owed.wish, Post) and isinstance(code.step(step), Say):
                self.said[session, key] += 1
                assert self.said[session, key] == 1, f"{owed.slot} is said twice"
        for noted in happened.turn.noted:
            if noted.kind in ("opened", "paged_by_talk"):
                self.noted[happened.after.case.id, noted.kind] += 1
                assert self.noted[happened.after.case.id, noted.kind] == 1

    # --- Rule 5 ---

    def _values(self, happened: Happened) -> None:
        for effect in happened.turn.effects:
            kind = EFFECTS[type(effect)]
            assert kind.validate_json(kind.dump_json(effect)) == effect
            if isinstance(effect, SetTimer):
                assert effect.at.tzinfo is not None
        for owed, message in messages_of(happened):
            assert MESSAGES.validate_json(MESSAGES.dump_json(message)) == message
            assert owed.key not in self.keys
            self.keys.add(owed.key)
        before, after = happened.before, happened.after
        assert after.case.revision == before.case.revision + 1
        assert before.sessions.keys() <= after.sessions.keys()
        for name, talk in after.sessions.items():
            was = before.sessions.get(name)
            assert was is None or talk == was or talk.revision > was.revision or talk.status != was.status
            assert was is None or talk.revision >= was.revision


def about_name(owed: NewOwed) -> bool:
    """Whether it asks for the name of a reporter without one: of a second person, or of the reporter."""
    return owed.slot.startswith(("agree:", "name_asked:"))


def readable(truth: Truth, reader: PersonId) -> str:
    """All typed words that a person may read, in one."""
    found = []
    for answer in truth.readable(reader).values():
        if isinstance(answer, Words):
            found.append(answer.text)
        elif isinstance(answer, Files):
            found.extend(file.name for file in answer.files)
    return "\n".join(found)


def chosen(truth: Truth, reader: PersonId) -> set[tuple[str, str, str]]:
    """Options that a person may know were chosen."""
    from tests.pure.oracle import options

    return {
        (flow, name, option)
        for (_, question), answer in truth.readable(reader).items()
        for flow, name in [question.split(".")]
        for option in options(answer)
    }


def named(truth: Truth, reader: PersonId) -> set[PersonId]:
    """Persons whom an answer names that this reader may read."""
    answers = truth.readable(reader).values()
    return {a.person for a in answers if isinstance(a, Someone) and a.person is not None}


def names(truth: Truth, person: PersonId) -> set[str]:
    found = truth.people.get(person)
    return set(found.name.split()) if found is not None else set()
