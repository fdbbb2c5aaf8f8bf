"""Reports of one campaign find each other, a while after they were sent.

Rule 1. Never in the turn that sends a report: that one is the reporter's own, and the same whether there is another or
        not.
Rule 2. Each of them stays its own case, and hears of the other in a turn of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.cases.case import AT_REST, Case, CaseFile
from bot.cases.traces import PERIOD, traces
from bot.core.events import Alike, CaseChanged, Event, TimerFired
from bot.core.ids import CaseId
from bot.flow.meaning import traced
from bot.flow.model import Flows
from bot.runtime.ports import NewTimer, Tx

#: The timer's key.
LINK: Final = "alike"
AFTER: Final = timedelta(minutes=5)


def traces_of(file: CaseFile, flows: Flows) -> frozenset[str]:
    """What a report can be compared by."""
    return traces(traced(flows, file.sessions.values()))


def planned(now: datetime) -> NewTimer:
    """When a report that is sent now (UTC) looks for others."""
    return NewTimer(LINK, now + AFTER, AFTER)


def is_due(event: Event, case: Case) -> bool:
    return isinstance(event, TimerFired) and event.key == LINK and case.status not in AT_REST


async def linked(tx: Tx, file: CaseFile, flows: Flows, at: datetime) -> tuple[CaseFile, tuple[CaseChanged, ...]]:
    """The case with those that it found by now (UTC), and the word to each of them."""
    case = file.case
    found = frozenset(await tx.alike(traces_of(file, flows), at - PERIOD)) - {case.id}
    linked = replace(case, alike=case.alike | found)
    return replace(file, case=linked), tuple(_words(linked, found, at))


def _words(case: Case, found: frozenset[CaseId], at: datetime) -> Iterator[CaseChanged]:
    what = Alike(case.id, case.seated)
    return (CaseChanged(f"a:{case.id}:{other}", at, other, what) for other in sorted(found))
