"""What people are called in a transcript, and on a stage: as short as it can be, and one person only. Pure."""

from __future__ import annotations

import re

from bot.core.people import People, Person, PersonId
from bot.steps.matching import plain as letters

#: Before an id, where a name is not enough.
ID = "@"


def called(name: str, people: People) -> PersonId:
    """A person by first name, whole name or, behind an @, id; `_` and a space are the same.

    Raises:
        KeyError: nobody, or more than one, is called so.
    """
    if name.startswith(ID):
        found = [person.id for person in people if _word(person.id) == _word(name.removeprefix(ID))]
    else:
        wanted = _letters(name)
        found = [person.id for person in people if wanted in (_letters(person.name), _letters(person.first_name))]
    if len(found) != 1:
        raise KeyError(name)
    return found[0]


def name_of(person: PersonId, people: People) -> str:
    """One word that calls this person and nobody else."""
    found = people.get(person)
    if found is None:
        return "?"
    return next(word for word in _words(found) if word.startswith(ID) or _is(word, found, people))


def _words(person: Person) -> tuple[str, ...]:
    return (_word(person.first_name.casefold()), _word(person.name.casefold()), ID + _word(person.id))


def _is(word: str, person: Person, people: People) -> bool:
    try:
        return bool(word) and called(word, people) == person.id
    except KeyError:
        return False


def _word(text: str) -> str:
    """Without what means something in a line."""
    return re.sub(r"[\s:,<>~=]+", "_", text).lstrip("@#+_")


def _letters(text: str) -> str:
    return letters(text.replace("_", " "))
