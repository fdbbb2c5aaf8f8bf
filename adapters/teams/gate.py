"""Who comes in: a person of ours, in a tenant of ours. Nobody else reaches the bot.

Rule 1. A tenant that is not ours gets nothing.
Rule 2. An account that is nobody's yet is looked up once in its chat: it may be a person's whose account nobody told.
Rule 3. A stranger (a guest, an account that nobody's is) gets a kind word in their own chat, and no case.
Rule 4. What follows a committed turn is done behind it: nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog

from adapters.teams.channel import TeamsChannel
from adapters.teams.courtesy import Courtesy
from adapters.teams.payloads import Activity
from adapters.teams.place import Place
from adapters.teams.ports import Bot
from adapters.teams.replies import Asked
from adapters.teams.roster import Roster
from adapters.teams.who import PLATFORM, Who
from bot.core.people import Person, PersonId
from bot.runtime.behind import Behind
from bot.runtime.ports import Clock

log = structlog.get_logger(__name__)


class Gate(Behind):
    def __init__(
        self,
        who: Who,
        bot: Bot,
        channel: TeamsChannel,
        roster: Roster,
        courtesy: Courtesy,
        clock: Clock,
        language: Callable[[PersonId], str],
        tenants: tuple[str, ...],
    ) -> None:
        """`tenants` are ours; with none, which only tests have, every tenant is."""
        super().__init__(PLATFORM)
        self.who = who
        self._bot = bot
        self._channel = channel
        self._roster = roster
        self._courtesy = courtesy
        self._clock = clock
        self._language = language
        self._tenants = frozenset(tenant.casefold() for tenant in tenants)

    def admits(self, activity: Activity) -> bool:
        """Rule 1."""
        return not self._tenants or activity.tenant in self._tenants

    async def enters(self, activity: Activity) -> tuple[Person, Asked] | None:
        """Whose activity it is, and where; None for a stranger (rule 3)."""
        place = Place(activity.service_url, activity.conversation.id, activity.tenant)
        self._channel.seen(place)
        person = self.who.person(activity.account)
        if person is None and activity.personal:
            if await self._roster.learn(place, activity.account):
                person = self.who.person(activity.account)
            if person is None:
                self.after(self._courtesy.stranger(activity.account, place))
        if person is None:
            return None
        if activity.personal:
            await self._bot.moved(person.id, PLATFORM, place.packed())
        return person, Asked(activity.account, self._language(person.id), place)

    def by(self, person: Person) -> tuple[PersonId, datetime]:
        return person.id, self._clock.now()
