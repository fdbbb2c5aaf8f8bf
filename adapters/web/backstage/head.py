"""What stands at the head of a case: how it stands, how soon somebody must act, who has it.

Rule 1. A case that is with the fallback has nobody: the fallback knows only that.
Rule 2. How soon is decided when the report is sent, or when somebody is called before; until then it is not claimed.
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
    return None if with_nobody(case) else case.owner


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
