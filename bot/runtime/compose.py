"""`compose`: one event of one case, purely.

Rule 1. A person's event reaches only a talk of that person's own; a press on the case asks the permissions table.
Rule 2. Deliveries count for alerts only; other messages wait for nothing.
"""

from __future__ import annotations

from datetime import datetime

from bot.cases import alerts
from bot.cases.case import CaseFile
from bot.cases.inputs import (
    Arrived,
    Failed,
)
from bot.core.events import (
    CaseChanged,
    Delivered,
    DeliveryFailed,
    Event,
    TimerFired,
)
from bot.core.facts import OtherTalk
from bot.core.ids import SessionId, Slot
from bot.runtime.view import Setting
from bot.runtime.work import CaseTurn, Work


def compose(
    file: CaseFile,
    event: Event,
    target: SessionId | None,
    setting: Setting,
    now: datetime,
    others: tuple[OtherTalk, ...] = (),
) -> CaseTurn:
    """What an event makes of a case. `target` is the talk it goes to, None for the case itself."""
    work = Work(file, setting, now, others)
    match event:
        case TimerFired():
            work.timer(event)
        case Delivered(slot=slot):
            step, number = _alert(slot)
            if step in (alerts.ALERT, alerts.FALLBACK):
                work.decide(Arrived(number), None)
        case DeliveryFailed(slot=slot, to=to):
            step, number = _alert(slot)
            if step in (alerts.ALERT, alerts.FALLBACK):
                work.decide(Failed(number, to), None)
        case CaseChanged(what=what):
            work.person(what, target)
        case _:
            work.person(event, target)
    return work.turn()


def _alert(slot: Slot) -> tuple[str, int]:
    step, _, number = slot.partition(":")
    return step, int(number) if number.isdigit() else 0
