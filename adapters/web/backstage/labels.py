"""Words of a language, and the labels that every panel uses: names, roles, titles of flows."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from adapters.web.backstage.danish import DANISH
from adapters.web.backstage.english import ENGLISH
from adapters.web.backstage.words import Words
from bot.core.people import People, Person, PersonId, Role
from bot.core.session import Session
from bot.flow.model import Flow, Flows
from bot.flow.picture_words import flat

WORDS: Mapping[str, Words] = {words.code: words for words in (ENGLISH, DANISH)}


def words_of(language: str) -> Words:
    """The words of a language; English where there are none."""
    return WORDS.get(language, ENGLISH)


def first_name(person: PersonId | None, people: People, words: Words) -> str:
    found = people.get(person)
    return found.first_name if found is not None else words.somebody


def sentence(text: str) -> str:
    """Words as they begin a line."""
    return text[:1].upper() + text[1:]


def roles(person: Person, language: str) -> tuple[str, ...]:
    """The roles that a person holds by appointment, in the order of the list."""
    words = words_of(language)
    return tuple(sentence(words.roles[role]) for role in Role if role in person.roles)


def stands_for(person: PersonId, first: PersonId | None, people: People, language: str) -> str | None:
    """What a person is, seen from the employee who is on the screen at first; None for one among many."""
    words = words_of(language)
    if first is None or person == first:
        return words.employee if person == first else None
    line = people.chain(first)
    nearest = line[0] if line else None
    if person == nearest:
        return words.manager_of.format(person=first_name(first, people, words))
    if nearest is not None and people.deputy_of(nearest) == person:
        return words.deputy_of.format(person=first_name(nearest, people, words))
    found = people.get(person)
    held = roles(found, language) if found is not None else ()
    if held:
        return held[0]
    below = next((under for under, above in pairwise(line) if above == person), None)
    return words.manager_of.format(person=first_name(below, people, words)) if below is not None else None


def title_of(name: str, flows: Flows | None, language: str) -> str:
    """A flow's title; its name where the flow is not there."""
    found = flows.current.get(name) if flows is not None else None
    return flat(found.say(found.title, language), language) if found is not None else name


def pinned(name: str, session: Session, flows: Flows) -> Flow | None:
    """A flow as the talk knows it; None where this structure is not there any more."""
    structure = session.pinned.get(name)
    found = flows.current.get(name)
    if structure is None or (found is not None and found.structure == structure):
        return found
    return flows.pinned.get((name, structure))
