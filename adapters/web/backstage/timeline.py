"""What has happened in a case, a sentence for each line of its audit chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from adapters.web.backstage.labels import first_name, sentence, title_of, words_of
from adapters.web.backstage.words import Words
from bot.core.languages import phrases
from bot.core.levels import Level
from bot.core.people import People, PersonId
from bot.flow.model import Flow, Flows
from bot.flow.picture_words import flat
from bot.runtime.ports import AuditLine
from bot.steps import Task


def timeline(
    lines: Sequence[AuditLine],
    persons: Mapping[str, PersonId],
    people: People,
    language: str,
    flows: Flows | None = None,
    tasks: Mapping[str, str] | None = None,
) -> list[tuple[datetime, str]]:
    """Time and sentence of each line. `persons` tells who is behind a peppered name; with `flows`, tasks and talks are
    called by their texts, and with `tasks` those of the case as their persons read them."""
    words = words_of(language)

    def task(name: str) -> str:
        return (tasks or {}).get(name) or _task(name, flows, language)

    return [(line.at, sentence(_told(line, persons, people, words, flows, task(line.detail)))) for line in lines]


def _told(
    line: AuditLine, persons: Mapping[str, PersonId], people: People, words: Words, flows: Flows | None, task: str
) -> str:
    match line.kind, line.detail.split()[:1]:
        case "paged", ["0"]:
            return words.nobody_on_call
        case "escalate", ["overdue"]:
            return words.overdue
        case "handed_over", _ if not line.person:
            return words.handed_over
        case _:
            pass
    levels = phrases(words.code).levels
    # a kind that is not known yet is shown as it is: a panel never fails over one line
    return words.happened.get(line.kind, line.kind).format(
        person=first_name(persons.get(line.person), people, words),
        flow=title_of(line.detail, flows, words.code),
        task=task,
        level=levels[Level(line.detail)] if line.detail in {level.value for level in Level} else line.detail,
        count=line.detail.partition(" ")[0],
    )


def _task(name: str, flows: Flows | None, language: str) -> str:
    """The text of a task of any flow; its id where it is not there."""
    for flow in _all(flows):
        found = flow.step(name)
        if isinstance(found, Task):
            return flat(flow.say(found.text, language), language)
    return name


def _all(flows: Flows | None) -> Iterator[Flow]:
    if flows is not None:
        yield from flows.current.values()
        yield from flows.pinned.values()
