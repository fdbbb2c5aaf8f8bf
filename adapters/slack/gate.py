"""Who comes in: a person of ours, in a workspace of ours. Nobody else reaches the bot.

Rule 1. Until Slack has said which workspace the bot's is, nothing is let in: what came is to come again.
Rule 2. A stranger (a guest, somebody from another organisation, an account that nobody's is) gets a kind word, and no
        case. A workspace that is not ours gets nothing.
Rule 3. What follows a committed turn is done behind it: nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from adapters.slack.channel import PLATFORM
from adapters.slack.courtesy import Courtesy
from adapters.slack.payloads import Interaction
from adapters.slack.replies import Asked
from adapters.slack.who import Who
from adapters.slack.workspace import Workspace
from bot.core.people import Person, PersonId
from bot.runtime.behind import Behind
from bot.runtime.ports import Clock


class NotReady(Exception):
    """Raised while Slack has not told who the bot is."""


class Gate(Behind):
    def __init__(
        self,
        who: Who,
        workspace: Workspace,
        courtesy: Courtesy,
        clock: Clock,
        language: Callable[[PersonId], str],
        teams: frozenset[str] = frozenset(),
    ) -> None:
        """`teams` are workspaces of ours beside the one that the token belongs to."""
        super().__init__(PLATFORM)
        self.who = who
        self._workspace = workspace
        self._courtesy = courtesy
        self._clock = clock
        self._language = language
        self._teams = teams

    async def admits(self, team: str) -> bool:
        """Whether this workspace is ours. Raises NotReady."""
        if self._workspace.identity is None:
            await self._workspace.look()
        identity = self._workspace.identity
        if identity is None:
            raise NotReady
        return team in self._teams or team in (identity.team, identity.enterprise)

    async def presses(self, found: Interaction, channel: str | None = None) -> tuple[Person, Asked] | None:
        """Who pressed, sent or called, and where; None for a stranger, who is answered. Raises NotReady."""
        since = self._clock.now()
        team = found.team.id if found.team is not None else found.user.team_id or ""
        if not await self.admits(team):
            return None
        person = self.who.person(found.user.id)
        if person is None:
            self.after(self._courtesy.stranger(found.user.id, channel))
            return None
        return person, Asked(found.user.id, self._language(person.id), channel, found.trigger_id, since=since)

    def asked(self, person: Person, account: str, channel: str | None, trigger: str = "") -> Asked:
        return Asked(account, self._language(person.id), channel, trigger, since=self._clock.now())

    def by(self, person: Person) -> tuple[PersonId, datetime]:
        return person.id, self._clock.now()
