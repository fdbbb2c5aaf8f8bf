"""The ladder's clock: how long a rung has, and when the next one is asked.

Rule 1. A rung's wait starts when its alert was delivered.
Rule 2. Danger is by the clock; everything else in the working time of the rung's own site.
Rule 3. In the night that on-call was called, the ladder climbs after 15, 30 and 60 minutes, or sooner by its level, and
        each time on-call is called again. Once somebody on call has answered, the ladder rests until the site opens.
Rule 4. The fallback is told again as long as nobody who may know has taken the case: after twice as long each time,
        and from the fourth time on every working day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.durations import MOST, Duration, Unit
from bot.core.levels import Level
from bot.core.people import People, PersonId
from bot.core.worktime import Site, add

DEFAULT_WAITS: Mapping[Level, Duration] = {
    Level.CRITICAL: Duration(15, Unit.MIN),
    Level.HIGH: Duration(1, Unit.HOURS),
    Level.MEDIUM: Duration(1, Unit.WORKING_DAYS),
    Level.LOW: Duration(2, Unit.WORKING_DAYS),
}
#: How long after each page without an answer the reporter is told and the next one goes out: 15, 30, 60 minutes after
#: the first (domain.md 5).
PAGE_AGAIN = (Duration(15, Unit.MIN), Duration(15, Unit.MIN), Duration(30, Unit.MIN))
#: On-call is called for these outside the site's hours.
URGENT = frozenset({Level.CRITICAL, Level.HIGH})
#: So often the fallback is told by the level's own clock; then once a working day.
URGENT_TIMES = 3


@dataclass(frozen=True, slots=True)
class LadderRules:
    """What the operator set: how long each rung has, and who looks after cases without an owner."""

    waits: Mapping[Level, Duration] = field(default_factory=lambda: dict(DEFAULT_WAITS))
    fallback: PersonId | None = None


def acknowledge_by(rules: LadderRules, level: Level, start: datetime, site: Site) -> datetime:
    """When a rung alerted at `start` must have reacted, UTC."""
    return add(start, rules.waits[level], site)


def by_night(start: datetime, step: int, due: datetime) -> datetime:
    """When the rung that came `step` rungs after on-call must have reacted, if by day it had until `due`; UTC."""
    return min(due, start + timedelta(minutes=PAGE_AGAIN[step].amount)) if step < len(PAGE_AGAIN) else due


def remind_fallback(rules: LadderRules, level: Level, times: int, start: datetime, site: Site) -> datetime:
    """When the fallback is told again after it was told `times` times before, UTC."""
    if times >= URGENT_TIMES:
        return add(start, Duration(1, Unit.WORKING_DAYS), site)
    wait = rules.waits[level]
    return add(start, Duration(min(wait.amount * (1 << times), MOST[wait.unit]), wait.unit), site)


def next_rung(candidates: tuple[PersonId, ...], tried: tuple[PersonId, ...]) -> PersonId | None:
    """The first candidate who has not been alerted yet."""
    return next((person for person in candidates if person not in tried), None)


def site_of(person: PersonId | None, people: People, sites: Mapping[str, Site], default: Site) -> Site:
    """The site whose calendar counts for a person."""
    found = people.get(person)
    return sites.get(found.site, default) if found is not None else default
