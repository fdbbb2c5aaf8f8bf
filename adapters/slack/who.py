"""Which person of ours an account in Slack is. Nobody else is spoken with about a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from adapters.slack.channel import PLATFORM
from bot.core.people import People, Person


class Who:
    """Accounts by id, as the people know them; made anew when the people are."""

    def __init__(self, people: Callable[[], People]) -> None:
        self._people = people
        self._made: tuple[People, Mapping[str, Person]] | None = None

    def person(self, account: str) -> Person | None:
        people = self._people()
        if self._made is None or self._made[0] is not people:
            own = {a.chat: person for person in people for a in person.addresses if a.platform == PLATFORM}
            self._made = (people, own)
        return self._made[1].get(account)

    def name(self, account: str) -> str:
        """A colleague's name; of anybody else the id that Slack gave."""
        found = self.person(account)
        return found.name if found is not None else account

    def everybody(self) -> People:
        return self._people()
