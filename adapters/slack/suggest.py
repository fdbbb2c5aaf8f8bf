"""Colleagues that a list offers while somebody types a name. Pure."""

from __future__ import annotations

from adapters.slack.wire import LONGEST_OPTION
from bot.core.people import People, PersonId

#: Slack shows no more.
MOST = 100
LONGEST_LABEL = 75


def suggestions(people: People, asking: PersonId, typed: str) -> list[dict[str, object]]:
    """Whose name, or a word of it, begins with what is typed; else whose name or title holds it."""
    wanted = typed.casefold().strip()

    def rank(name: str, title: str) -> int | None:
        said = name.casefold()
        if any(word.startswith(wanted) for word in (said, *said.split())):
            return 0
        return 1 if wanted in said or wanted in title.casefold() else None

    found = [
        (place, person.name, person.id, person.title)
        for person in people
        if person.id != asking and (place := rank(person.name, person.title)) is not None
    ]
    return [
        {"text": {"type": "plain_text", "text": _label(name, title)}, "value": id_[:LONGEST_OPTION]}
        for _, name, id_, title in sorted(found)[:MOST]
    ]


def _label(name: str, title: str) -> str:
    label = f"{name}, {title}" if title else name
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
