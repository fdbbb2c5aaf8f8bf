"""Which person of ours an account in Teams is. Nobody else is spoken with about a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.core.people import People, Person

PLATFORM = "teams"


class Who:
    """Accounts by Entra object id, as the people know them; made anew when the people are."""

    def __init__(self, people: Callable[[], People]) -> None:
        self._people = people
        self._made: tuple[People, Mapping[str, Person]] | None = None

    def person(self, account: str) -> Person | None:
        people = self._people()
        if self._made is None or self._made[0] is not people:
            own = {a.chat.casefold(): person for person in people for a in person.addresses if a.platform == PLATFORM}
            self._made = (people, own)
        return self._made[1].get(account.casefold())

    def id_of(self, account: str) -> str:
        """Our id; empty where it is nobody of ours."""
        found = self.person(account)
        return found.id if found is not None else ""

    def everybody(self) -> People:
        return self._people()
