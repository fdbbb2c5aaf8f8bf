"""Dice of hypothesis, how many examples are drawn of them, and runs that begin with them."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck
from hypothesis import strategies as st

from bot.cases.case import CaseFile
from bot.core.effects import Send
from bot.core.events import Said
from bot.core.people import PersonId
from bot.core.session import Session
from bot.flow.model import Flows
from bot.runtime.compose import compose
from tests.pure.forward import Forward
from tests.pure.host import Happened, Host
from tests.pure.organisations import CHAT, organisation, setting
from tests.pure.watch import Watch, messages_of, words_in
from tests.soak import SOAK

dice = st.randoms(use_true_random=False)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
#: A check-in that asks for more help begins the next playbook, and that the next check-in: so far a life is followed.
MOST_TALKS = 6
#: `make soak` draws many times more.
MORE = 20 if SOAK else 1


def said(file: CaseFile, talk: Session, text: str, host: Host) -> tuple[Session, list[Send]]:
    """What typed words would make of a talk; nothing happens."""
    event = Said("what-if", host.now, talk.person, talk.platform, text)
    turn = compose(file, event, talk.id, host.setting, host.now)
    return turn.file.sessions[talk.id], [e for e in turn.effects if isinstance(e, Send) and e.to == talk.person]


def run_to_its_end(rng: Random, flows: Flows | None, seed: int, others: dict[str, int] | None = None) -> Forward:
    people = organisation(rng)
    host = Host(setting(rng, people, flows), watch=[Watch()])
    forward = Forward(host, seed, others or {})
    reporter = next(p for p in people if p.addresses or p.id == "p0")
    forward.start(reporter.id, reporter.addresses[0].platform if reporter.addresses else CHAT)
    return forward


def told(happened: list[Happened], reader: PersonId) -> list[tuple[object, ...]]:
    """All that a person was shown, without case references and times."""
    return [
        (owed.slot.partition(":")[0], type(owed.wish), words_in(message), message.choices, message.asks)
        for turn in happened
        for owed, message in messages_of(turn)
        if owed.to == reader
    ]
