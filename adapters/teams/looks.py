"""What takes Graph a question for each person: who their manager is, and what their mailbox tells.

Rule 1. A few a minute: who was never asked about first, then whoever was asked about longest ago, so that nobody who
        cannot be read keeps another from being read. Again after a day, a mailbox after an hour.
Rule 2. Not found is nobody, or no mailbox. What Graph keeps to itself (403) is logged once: the manager stays as it was
        known before, and a mailbox tells nothing any more, since nobody may stay away for want of a permission.
Rule 3. When Graph asks for less (429), nobody is looked at until it says. What failed comes again.
Sources: user-list-manager.md, user-get-mailboxsettings.md, throttling.md of Microsoft's Graph documentation.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from urllib.parse import quote

import structlog

from adapters.teams.asking import FORBIDDEN, NOT_FOUND, OK, TOO_MANY, Answer, text
from adapters.teams.graph import AT_ONCE, Graph
from adapters.teams.mailbox import NONE, Mailbox, read
from bot.runtime.ports import Clock

log = structlog.get_logger(__name__)
#: So many of each kind a minute.
MOST = 3 * AT_ONCE
MANAGER_AGAIN = timedelta(days=1)
MAILBOX_AGAIN = timedelta(hours=1)
REST = 60.0  # seconds, where Graph names none
MANAGER, MAILBOX = "manager?$select=id", "mailboxSettings"
T = TypeVar("T")
_NEVER = datetime.min.replace(tzinfo=UTC)


class Looks:
    """What was found, by account; whoever is missing was not looked at. `news` counts the changes."""

    def __init__(self, clock: Clock) -> None:
        self.managers: dict[str, str] = {}
        self.mailboxes: dict[str, Mailbox] = {}
        self.news = 0
        self._clock = clock
        self._rounds = {MANAGER: _Rounds(MANAGER_AGAIN), MAILBOX: _Rounds(MAILBOX_AGAIN)}
        self._rests_until = _NEVER
        self._kept_back: set[str] = set()

    async def look(self, graph: Graph, wanted: Iterable[str], relied_on: Iterable[str]) -> None:
        """Look at the next managers of some, and the next mailboxes of others. Raises PlatformError."""
        async for account, answer in self._answers(graph, MANAGER, wanted):
            if answer.status != FORBIDDEN:
                self._found(self.managers, account, text(answer.body.get("id")) if answer.status == OK else "")
        async for account, answer in self._answers(graph, MAILBOX, relied_on):
            told = read(answer.body) if answer.status == OK else NONE
            self._found(self.mailboxes, account, told)

    def _found(self, known: dict[str, T], account: str, told: T) -> None:
        if known.get(account) != told:
            known[account] = told
            self.news += 1

    async def _answers(self, graph: Graph, what: str, accounts: Iterable[str]) -> AsyncIterator[tuple[str, Answer]]:
        """The answers that hold for now: found, not found, kept back."""
        now, rounds = self._clock.now(), self._rounds[what]
        due = rounds.due(accounts, now)
        for start in range(0, len(due), AT_ONCE):
            if now < self._rests_until:
                return
            some = due[start : start + AT_ONCE]
            rounds.asked(some, now)
            answers = await graph.each([f"/users/{quote(one, safe='')}/{what}" for one in some])
            for account, answer in zip(some, answers, strict=True):
                if answer.status == TOO_MANY:
                    self._rests_until = now + timedelta(seconds=answer.retry_after or REST)
                if answer.status in (OK, NOT_FOUND, FORBIDDEN):
                    self._note_kept_back(what, answer)
                    rounds.read(account, now)
                    yield account, answer

    def _note_kept_back(self, what: str, answer: Answer) -> None:
        if answer.status == FORBIDDEN and what not in self._kept_back:
            self._kept_back.add(what)
            log.info("graph_keeps_back", what=what.partition("?")[0], reason=answer.code)


class _Rounds:
    """Whose turn it is (rule 1)."""

    def __init__(self, again: timedelta) -> None:
        self._again = again
        self._asked: dict[str, datetime] = {}
        self._read: dict[str, datetime] = {}

    def due(self, accounts: Iterable[str], now: datetime) -> list[str]:
        waiting = [one for one in accounts if one not in self._read or now - self._read[one] >= self._again]
        return sorted(waiting, key=lambda one: (self._asked.get(one, _NEVER), one))[:MOST]

    def asked(self, accounts: Iterable[str], now: datetime) -> None:
        self._asked.update(dict.fromkeys(accounts, now))

    def read(self, account: str, now: datetime) -> None:
        self._read[account] = now
