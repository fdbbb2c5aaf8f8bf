"""Whoever goes on with something else in a case hears what stands unsent in their other talks there. Pure.

Rule 1. To look is not to go on: the card, what was told, who can see it.
"""

from __future__ import annotations

from bot.core.events import Chose, Opened, PersonEvent, Submitted
from bot.core.ids import SessionId
from bot.flow.interpret import lay_aside
from bot.runtime.warrants import CARD
from bot.runtime.work import Work


def lay_others_aside(work: Work, event: PersonEvent, target: SessionId | None) -> None:
    """Before what this event does; `target` is the talk that it goes to."""
    if not isinstance(event, Chose | Opened | Submitted) or work.left_out(event.person):
        return
    begun = event.options[0] if isinstance(event, Chose) and event.token.step == CARD and event.options else ""
    if target is None and begun not in work.setting.flows.current:
        return
    for talk in tuple(work.sessions.values()):
        if talk.person == event.person and talk.id != target and talk.flow != begun:
            turn = lay_aside(work.setting.flows, talk, work.facts(talk))
            if turn is not None:
                work.apply(turn)
