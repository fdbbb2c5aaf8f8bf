"""Questions of the case to the reporter, of which one at a time is open: an answer counts for the one it stands under.

Rule 1. Each question has a number, which its buttons carry. A press under any other is told that it is not open.
Rule 2. Whatever ends a question without an answer takes its buttons, in the same turn: a newer one, somebody who takes
        the case, its end.
"""

from __future__ import annotations

from dataclasses import replace

from bot.cases import alerts
from bot.cases.alerts import HANDING, World
from bot.cases.case import AT_REST, Case
from bot.cases.ladder import Decision
from bot.cases.sharing import SURE_NOBODY
from bot.core.effects import Update
from bot.core.ids import Slot
from bot.core.messages import Message


def close(before: Case, decision: Decision, world: World) -> Decision:
    """Take the buttons of what was open before and is not any more, and was not answered in this turn."""
    case, gone = decision.case, []
    if case.status in AT_REST and case.handing is not None:
        case = replace(case, handing=None, handing_by=None)
    if before.handing is not None and (case.handing is None or case.handing_asked != before.handing_asked):
        gone.append(alerts.slot(HANDING, before.handing_asked))
    if before.sure_asked and case.sure_asked != before.sure_asked:
        gone.append(Slot(SURE_NOBODY))
    answered = {effect.slot for effect in decision.effects if isinstance(effect, Update)}
    left = [slot for slot in gone if slot not in answered]
    if case.handing is None and alerts.slot(HANDING, before.handing_asked) in left:
        case = replace(case, handing_asked=0)  # never answered: a press is told so
    text = Message(world.phrases_of(before.reporter).knowing.name_no_more)
    closed = tuple(Update(before.reporter, text, slot) for slot in left)
    return replace(decision, case=case, effects=(*closed, *decision.effects))
