"""Who may know what, as the panel shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, assert_never

from adapters.web.backstage.labels import first_name, words_of
from adapters.web.backstage.words import Words
from bot.cases.case import Case
from bot.cases.explain import Explained, Sees, Why, explain
from bot.core.people import People, PersonId, Role
from bot.steps.wording import show_list

Much = Literal["all", "own", "little", "nothing"]
_ORDER = ("own", "all", "little", "nothing")


@dataclass(frozen=True, slots=True)
class Sight:
    person: PersonId
    sees: Much
    label: str
    why: str


def sights(case: Case, people: People, language: str) -> list[Sight]:
    """Everybody of the chart, those who see most first."""
    words = words_of(language)
    found = [
        Sight(one.person, _much(one), _label(one, words), _why(one, people, words)) for one in explain(case, people)
    ]
    return sorted(found, key=lambda sight: _ORDER.index(sight.sees))


def _much(one: Explained) -> Much:
    match one.sees:
        case Sees.OWN:
            return "own"
        case Sees.WORDS:
            # who is called reads the answer that the call is about, and no more
            return "little" if one.opens == {Role.ON_CALL} else "all"
        case Sees.CASE | Sees.CALL | Sees.NO_OWNER:
            return "little"
        case Sees.NOTHING:
            return "nothing"
        case _:
            assert_never(one.sees)


def _label(one: Explained, words: Words) -> str:
    and_name = words.and_name if one.knows_name else ""
    match one.sees:
        case Sees.OWN:
            return words.reads_own
        case Sees.WORDS:
            meant = show_list([words.readers[role] for role in Role if role in one.opens], words.code)
            return words.reads.format(roles=meant) + ("" if one.knows_name else words.not_name)
        case Sees.CASE:
            return words.may_know + and_name
        case Sees.CALL:
            return words.call + and_name
        case Sees.NO_OWNER:
            return words.no_owner
        case Sees.NOTHING:
            return words.nothing
        case _:
            assert_never(one.sees)


def _why(one: Explained, people: People, words: Words) -> str:
    if one.why is Why.DRAFT and one.role is not None:
        return words.draft_chosen
    role = words.roles[one.role] if one.role is not None else ""
    return words.whys[one.why].format(person=first_name(one.of, people, words), role=role)
