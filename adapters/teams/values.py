"""What was filled in, chosen or picked, as the bot's core takes it. Pure; whatever is no value of ours is left out.

Rule 1. A value is what the core reads of people: an id, a word, 2026-11-24, 14:30, 2026-11-24T14:30.
Rule 2. Clients send each input of a card as a string, several choices joined by commas. Some leave out empty ones.
Rule 3. The further inputs of a field (`fields.py`) are one value with it.
Rule 4. A person whom Teams found comes by the Entra object id, and goes on by ours. Whom we do not know goes on as
        nobody: the bot then says so, and nothing is skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from adapters.teams.fields import MANY, NOBODY, TIME, TYPED, UNKNOWN
from adapters.teams.wire import ACCOUNT, FIELD, PERSON, PICKED, Act, Pressed

#: Our id of a person by the Entra object id; empty where it is nobody of ours.
PersonOf = Callable[[str], str]


def values_of(data: object, person_of: PersonOf) -> Mapping[str, tuple[str, ...]]:
    """The values of a form that was sent, by field; empty ones are ()."""
    found: dict[str, dict[str, str]] = {}
    for name, value in data.items() if isinstance(data, Mapping) else ():
        if isinstance(name, str) and name.startswith(FIELD):
            field, _, which = name.removeprefix(FIELD).partition("#")
            found.setdefault(field, {})[which] = _word(value)
    return {field: _together(given, person_of) for field, given in found.items()}


def chosen(data: object, pressed: Pressed, person_of: PersonOf) -> tuple[str, ...]:
    """What was chosen or picked in the message whose *Continue* was pressed."""
    if pressed.act is not Act.SEND or not isinstance(data, Mapping):
        return ()
    number = f":{pressed.ids[0]}" if pressed.ids else ""
    picked, person, account = (_word(data.get(f"{kind}{number}")) for kind in (PICKED, PERSON, ACCOUNT))
    return (*_several(picked), *_several(person), *_several(_known(account, person_of)))


def _known(account: str, person_of: PersonOf) -> str:
    """Rule 4."""
    return (person_of(account) or NOBODY) if account else ""


def _together(given: Mapping[str, str], person_of: PersonOf) -> tuple[str, ...]:
    """Rule 3."""
    if MANY in given:
        return _several(given[MANY])
    found = _known(given.get(ACCOUNT, ""), person_of)
    one = given.get(TYPED) or given.get("") or found or given.get(UNKNOWN, "")
    clock = given.get(TIME, "")
    value = f"{one}T{clock}" if one and clock else one or clock
    return (value,) if value else ()


def _several(joined: str) -> tuple[str, ...]:
    return tuple(one for one in joined.split(",") if one)


def _word(value: object) -> str:
    """Some clients send numbers as such, and several choices as a list."""
    if isinstance(value, list):
        return ",".join(one for one in value if isinstance(one, str))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""
