"""Another way for an alert that cannot get through. Pure.

Rule 1. Only alerts take another way, from their row's `detour` on and only while something holds them up; everything
        else waits for its chat. Nobody is passed over for it: a platform that is down says nothing about a person.
Rule 2. First another chat of the same person, where it is proved and up. The alert *moves* there with its buttons: it
        stands in one place only, what changes it later follows it, and none of it waits for the platform that is down.
Rule 3. Else a nudge: a mail, then the pager. It holds no word and nothing can be answered in it; so the alert keeps its
        place in its lane, and its rung's time begins when a chat has shown it. Each alert takes each way once.
Rule 4. When the platform is up again, the alert goes out in its order. What became of it meanwhile is shown in its
        place, without buttons: nobody acts on an old alert. A nudge that still waits when its alert arrives, or is
        closed, is dropped.
Rule 5. A verdict about the person ends one address. The alert moves to the next; with none left the person cannot be
        reached, which is what makes the ladder climb.
Rule 6. What waits for somebody who may know no more is dropped by the turn in which that is so (`owe.barred`).
Rule 7. Nobody waits for a nudge: when one fails, the next way is taken, and no message is made about it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.effects import Beside
from bot.core.levels import Level
from bot.core.people import Person
from bot.runtime.owed import Change, Elsewhere, NewOwed, Nudge, Owed, Post

#: The ways that are no chats, in the order in which they are taken.
BESIDE = tuple(way.value for way in Beside)
#: The pager is nobody's own: whoever is on call hears it.
PAGER_CHAT = "on call"
#: How long a mail that cannot be sent keeps the pager waiting.
NEXT_WAY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an alert waits for a platform that is down before it takes another way."""

    usual: timedelta = timedelta(minutes=10)
    critical: timedelta = timedelta(minutes=3)

    def of(self, level: Level) -> timedelta:
        return min(self.usual, self.critical) if level is Level.CRITICAL else self.usual


def chat_of(person: Person | None, platform: str) -> str | None:
    """Where a person is written to on a platform, if anywhere."""
    if platform == Beside.PAGER:
        return PAGER_CHAT
    if person is None:
        return None
    if platform == Beside.MAIL:
        return person.mail or None
    return next((address.chat for address in person.addresses if address.platform == platform), None)


def overdue(row: Owed, now: datetime, after: Sequence[Owed]) -> bool:
    """Whether a row that is held up may go another way; an alert that was closed meanwhile needs none."""
    return row.detour is not None and row.detour <= now and as_it_stands(row, after) is row


def as_it_stands(row: Owed, after: Sequence[Owed]) -> Owed:
    """An alert as the rows behind it have changed it (rule 4); every other row is itself."""
    if row.awaited and isinstance(row.wish, Post):
        for other in reversed(after):
            if isinstance(other.wish, Change) and (other.case, other.slot) == (row.case, row.slot):
                return replace(row, wish=Post(other.wish.message, other.wish.language))
    return row


def other_way(row: Owed, person: Person | None, up: Collection[str], language: str, now: datetime) -> Elsewhere | None:
    """The way that a held up alert takes, of those that are `up`; None where there is none now."""
    if isinstance(row.wish, Post) and (moved := other_chat(row, person, up)) is not None:
        return moved
    return next_nudge(row, person, up, language, now)


def other_chat(row: Owed, person: Person | None, up: Collection[str]) -> Elsewhere | None:
    """Rule 2."""
    if row.detour is None or not isinstance(row.wish, Post) or person is None:
        return None
    for address in person.proved:
        if address.platform != row.platform and address.platform in up:
            lane = row.lane.replace(f":{row.platform}:", f":{address.platform}:", 1)
            where = row.slot, row.to, address.platform
            new = NewOwed(row.key, lane, *where, row.wish, row.awaited, row.detour, row.nudged)
            return Elsewhere(row, new)
    return None


def next_nudge(row: Owed, person: Person | None, up: Collection[str], language: str, now: datetime) -> Elsewhere | None:
    """Rule 3."""
    is_nudge = isinstance(row.wish, Nudge)
    if row.nudged or (is_nudge and row.detour is None):
        return None  # the next way was taken already
    behind = BESIDE[BESIDE.index(row.platform) + 1 :] if is_nudge else BESIDE
    for way in behind:
        if way in up and (way != Beside.MAIL or (person is not None and person.mailable)):
            wish = row.wish if isinstance(row.wish, Nudge) else Nudge(language)
            return Elsewhere(row, nudge(nudge_key(row.key, way), row, way, wish, now + NEXT_WAY), stays=not is_nudge)
    return None


def nudge_key(key: str, way: str) -> str:
    """The key of the nudge that is owed because an alert was held up; a nudge's own next way has the alert's too."""
    return f"{key.partition('~')[0]}~{way}"


def nudge(key: str, to: Owed | NewOwed, way: str, wish: Nudge, later: datetime | None) -> NewOwed:
    """A nudge beside a message; a mail may go another way in its turn, from `later` on (UTC)."""
    detour = later if way == Beside.MAIL else None
    return NewOwed(key, f"{way}:{to.to}", to.slot, to.to, way, wish, awaited=False, detour=detour)
