"""Answers of a talk: kept with their readers, and what they mean told to the case.

Rule 1. An answer takes its readers from the flow as it is when it is given.
Rule 2. What answers change about the case is a case command of the same turn, before the next step is entered.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.answers import Answer
from bot.core.session import Given, Visit
from bot.flow.meaning import learned
from bot.flow.model import Flow
from bot.flow.talk import Talk


def keep(talk: Talk, flow: Flow, key: str, answers: Mapping[str, Answer], **changes: object) -> None:
    """Keep the answers of the question that the talk stands at, and go on behind it."""
    session = talk.session
    given = {
        f"{flow.name}.{name}": Given(answer, frozenset(flow.readers(name)), talk.facts.now)
        for name, answer in answers.items()
    }
    trail = session.trail
    if answers:
        trail = (*trail, Visit(key, session.stack))
    behind = flow.after[session.stack[-1].at]
    talk.go(behind, answers={**session.answers, **given}, trail=trail, **changes)


def tell_case(talk: Talk) -> None:
    """What was learned since the case was told last: by an answer, by going back, or by passing a question over."""
    told, now = talk.heard, talk.session
    if told.answers is now.answers and not any(given.kept for given in now.answers.values()):
        return
    before = learned(talk.flows, told, talk.facts.people)
    after = learned(talk.flows, now, talk.facts.people)
    talk.put(*(command for command in after if command not in before))
    talk.heard = now


def hold(talk: Talk, flow: Flow, answers: Mapping[str, Answer]) -> None:
    held = {
        f"{flow.name}.{name}": Given(answer, frozenset(flow.readers(name)), talk.facts.now, kept=True, held=True)
        for name, answer in answers.items()
    }
    talk.change(answers={**talk.session.answers, **held})


def may_be_taken_again(talk: Talk, question: str) -> bool:
    """Whether an answer was given here before an earlier one was changed."""
    given = talk.session.answers.get(question)
    return given is not None and given.kept and not given.held
