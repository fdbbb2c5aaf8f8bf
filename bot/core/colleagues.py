"""Colleagues that a list offers while somebody types a name."""

from __future__ import annotations

from bot.core.people import People, Person, PersonId


def colleagues(people: People, asking: PersonId, typed: str) -> list[Person]:
    """Whose name, or a word of it, begins with what is typed; then whose name or title holds it. By name."""
    wanted = typed.casefold().strip()

    def rank(person: Person) -> int | None:
        said = person.name.casefold()
        if any(word.startswith(wanted) for word in (said, *said.split())):
            return 0
        return 1 if wanted in said or wanted in person.title.casefold() else None

    found = [(place, one.name, one.id, one) for one in people if one.id != asking and (place := rank(one)) is not None]
    return [person for *_, person in sorted(found, key=lambda one: one[:3])]
