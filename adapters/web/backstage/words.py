"""The list of words that the panels need in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cases.case import Status
from bot.cases.explain import Why
from bot.core.people import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """{person} is a first name, {task} and {flow} the admin's words."""

    code: str

    # who is who
    employee: str
    manager_of: str  # {person}
    deputy_of: str  # {person}
    roles: Mapping[Role, str]
    readers: Mapping[Role, str]  # as whom an answer is meant for
    somebody: str
    statuses: Mapping[Status, str]
    not_taken_yet: str
    nobody_yet: str  # who has a case
    asked_first: str  # {person}
    asked_too: str  # {owner} {person}
    undecided: str  # how soon somebody must act

    # who may know
    reads_own: str
    reads: str  # {roles}
    may_know: str
    call: str
    no_owner: str
    nothing: str
    and_name: str
    not_name: str
    whys: Mapping[Why, str]  # {person} {role}
    draft_chosen: str

    # what has happened, by kind of audit line
    happened: Mapping[str, str]  # {person} {flow} {task} {level} {count}
    handed_over: str
    overdue: str
    nobody_on_call: str

    # what comes
    not_taken: str  # {person}
    nobody_took: str
    is_asked: str  # {person}
    is_told: str  # {person}
    nobody_there: str
    coming: Mapping[str, str]  # {person} {task} {flow}; by kind of timer
    start_owner: str  # {person} {flow}

    # deadlines
    to_take: str  # {person}
    to_take_nobody: str
    to_take_told: str  # {persons}
    deadline: str  # {task}
