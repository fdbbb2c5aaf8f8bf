"""What stands at the head of a case: how it stands, how soon somebody must act, who has it.

Rule 1. A case that is with the fallback has nobody: the fallback knows only that.
Rule 2. Whoever is asked does not have it yet. An owner who has taken it keeps it while others are asked.
Rule 3. How soon is decided when the report is sent, or when somebody is called before; until then it is not claimed.
"""

from __future__ import annotations

from adapters.web.backstage.labels import first_name, sentence, words_of
from bot.cases.case import UNTAKEN, Case, Status
from bot.core.languages import phrases
from bot.core.levels import Level
from bot.core.people import People, PersonId
from bot.steps.wording import show_list


def with_nobody(case: Case) -> bool:
    """Rule 1."""
    return case.gap and case.status in UNTAKEN


def owner(case: Case) -> PersonId | None:
    """Who has taken the case."""
    return None if case.status in UNTAKEN and not case.kept else case.owner


def has_it(case: Case, people: People, language: str) -> str:
    """Rule 2, as it is said."""
    words = words_of(language)
    found, asked = people.get(owner(case)), people.get(case.waited_for)
    if case.status not in UNTAKEN or case.gap or asked is None:
        return found.name if found is not None else words.nobody_yet
    if found is None:
        return words.asked_first.format(person=asked.name)
    return words.asked_too.format(owner=found.name, person=asked.name) if asked is not found else found.name


def status(case: Case, language: str) -> str:
    words = words_of(language)
    return words.not_taken_yet if with_nobody(case) else words.statuses[case.status]


def level(case: Case, language: str) -> tuple[str, str]:
    """How soon somebody must act: as a word, and as it is said."""
    if case.status is Status.DRAFT and case.level is Level.LOW:
        return "undecided", words_of(language).undecided
    return case.level.value, sentence(phrases(language).levels[case.level])


def to_take(case: Case, people: People, language: str) -> str:
    """Who is to take the case; while it is with nobody, who has been told that."""
    words = words_of(language)
    if not case.gap:
        return words.to_take.format(person=first_name(case.waited_for, people, words))
    told = dict.fromkeys(first_name(one.person, people, words) for one in case.told)
    if not told:
        return words.to_take_nobody
    return words.to_take_told.format(persons=show_list(list(told), words.code))
