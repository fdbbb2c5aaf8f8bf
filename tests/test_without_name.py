"""A reporter without a name: whatever happens, nobody but those who were told reads who it is.

Random people walk through random organisations. Each of them has a name that stands nowhere else, so that it is found
wherever it is shown: in texts, facts, buttons, forms, the names of files.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.answers import FileRef
from bot.core.events import Uploaded
from bot.core.messages import Form, Message
from bot.core.people import People, PersonId
from bot.core.replies import OpenForm, Show
from tests.pure.host import Happened, Host
from tests.pure.organisations import organisation, setting
from tests.pure.walker import Walker
from tests.pure.watch import messages_of, words_in
from tests.soak import SOAK

dice = st.randoms(use_true_random=False)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@dataclass
class Nameless:
    """Looks at every message and every reply of a case whose reporter has no name, before and after the turn."""

    hidden: Counter[str] = field(default_factory=Counter)

    def __call__(self, happened: Happened) -> None:
        case = happened.after.case
        if not case.consent.without_name or not happened.before.case.consent.without_name:
            return
        if not only_an_employee(case.reporter, happened.setting.people):
            return  # is named as HR, as somebody's manager: that tells nobody who reported
        for owed, message in messages_of(happened):
            if owed.to not in {case.reporter, *case.name_told}:
                self.hidden["messages"] += 1
                tells_nothing(words_in(message), happened)
                tells_nothing(" ".join(choice.id for choice in message.choices), happened)
        reader = getattr(happened.event, "person", None)
        if reader is not None and reader not in {case.reporter, *case.name_told}:
            self.hidden["replies"] += 1
            tells_nothing(replied(happened), happened)


def only_an_employee(person: PersonId, people: People) -> bool:
    above = {p.manager for p in people} | {p.deputy for p in people}
    return not people.by_id[person].roles and person not in above


def replied(happened: Happened) -> str:
    match happened.turn.reply:
        case Show(_, facts):
            return "\n".join(f"{fact.label} {fact.value}" for fact in facts)
        case OpenForm(form):
            return of_form(form)
        case _:
            return ""


def of_form(form: Form) -> str:
    return " ".join(f"{one.label} {one.hint} {one.initial} {one.options}" for one in form.fields)


def tells_nothing(text: str, happened: Happened) -> None:
    reporter = happened.setting.people.by_id[happened.after.case.reporter]
    for part in (*reporter.name.split(), reporter.id):
        assert not re.search(rf"\b{part}\b", text), f"{part} in {text}"


class Hidden(Walker):
    """People who want to stay without a name, choose themselves, and call their files by their own name."""

    def choose(self, person: PersonId, message: Message, options: tuple[str, ...]) -> None:
        offered = [choice.id for choice in message.choices]
        if "without_name" in offered:
            roles = tuple(o for o in offered if o not in ("nobody", "without_name"))
            options = (*roles, "without_name") if roles else ("nobody",)
        super().choose(person, message, options)


def attached(host: Host, walker: Walker) -> None:
    """Whoever is asked for files sends one by their own name."""
    for person in walker.people:
        for prompt in walker.prompts(person)[-1:]:
            if prompt.message.asks.value == "files":
                name = host.setting.people.by_id[person].name
                file = FileRef(host.fresh(), f"{name}.png", 1000, "image/png", "0" * 64)
                host.take(Uploaded(host.fresh(), host.now, person, prompt.platform, (file,)))


@settings(max_examples=300 if SOAK else 10, deadline=None, suppress_health_check=SLOW)
@given(dice)
def test_nobody_reads_who_it_is(rng: Random) -> None:
    walk(rng, 60)


def walk(rng: Random, turns: int) -> Nameless:
    watch = Nameless()
    host = Host(setting(rng, organisation(rng), None), watch=[watch])
    walker = Hidden(host, rng, forward=0.9)
    employees = [p for p in walker.people if only_an_employee(p, host.setting.people)]
    reporter = rng.choice(employees or walker.people)
    walker.start(reporter, "report")
    for _ in range(turns):
        attached(host, walker)
        walker.step(reporter)
    for file in list(host.files.values()):
        for person in sorted({talk.person for talk in file.sessions.values()} & set(walker.people)):
            walker.say(person, "read")
            walker.say(person, "who can see this?")
    return watch


def test_the_walks_come_as_far_as_messages_to_those_at_work() -> None:
    seen: Counter[str] = Counter()
    for seed in range(12):
        seen += walk(Random(seed), 60).hidden
    assert seen["messages"] > 20
    assert seen["replies"] > 5
