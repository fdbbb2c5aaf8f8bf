"""`bistand doctor`, of people on any chat: who is there, and whether those who are told of cases can be reached."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.core.people import HELD_ROLES, People, PersonId
from bot.runtime.accounts import Standing
from bot.runtime.checks import Check, ok, to_mend

MOST_NAMES = 10


@dataclass(frozen=True, slots=True)
class Chat:
    """A platform: its name, and what its members are members of."""

    platform: str
    name: str
    place: str


def joined(known: Sequence[Standing], people: People, chat: Chat) -> Check:
    """Who of the people file has an account there."""
    there = {one.person for one in known if one.joined and one.platform == chat.platform}
    without = [person.name for person in people if person.id not in there]
    if not there:
        return to_mend(
            f"nobody of the people file is a full member of {chat.place}. Are the e-mails there the same as in "
            f"{chat.name}?"
        )
    rest = f" Without: {names(without)}." if without else ""
    return ok(f"{len(people.by_id) - len(without)} of {len(people.by_id)} people are in {chat.name}.{rest}")


def told(people: People, platforms: Collection[str], last: PersonId | None, remedy: str = "") -> Check:
    """Whether those who may be told of cases can be told; `last` is told when nobody else is left."""
    managers, deputies = {person.manager for person in people}, {person.deputy for person in people}
    missing: list[str] = []
    for person in people:
        parts: list[str] = sorted(person.roles & HELD_ROLES)
        parts += ["manager"] * (person.id in managers) + ["deputy"] * (person.id in deputies)
        parts += ["fallback"] * (person.id == last)
        if parts and not any(address.platform in platforms for address in person.proved):
            missing.append(f"{person.name} ({', '.join(parts)})")
    if missing:
        return to_mend(f"they are told of cases, and cannot be reached: {names(missing)}.{remedy}")
    return ok("everybody who is told of cases can be reached.")


def names(some: Sequence[str]) -> str:
    """In order, and not too many."""
    shown = sorted(some)[:MOST_NAMES]
    return ", ".join(shown) + (f" and {len(some) - MOST_NAMES} more" if len(some) > MOST_NAMES else "")
