"""The phrases about who may know: what each person can see, changed later, taken back, the name, drafts, readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowing:
    """{person} and {persons} are names, {why} and {what} other phrases of this list."""

    # who can see this?
    sees: str
    planned: str
    unsent: str
    chose_nobody: str
    line: str  # {person} {why} {what}
    whys: Mapping[str, str]  # {person} {role}
    owner: str
    first: str
    part: str  # {roles}
    case: str
    case_over: str
    call: str
    on_call: str
    was_called: str
    no_owner: str
    has_read: str
    not_read: str
    not_your_name: str
    unless_danger: str
    name_others: str
    left_out: str  # {persons}
    below: str  # {person}
    narrowed: str  # {persons}
    nobody_else: str
    platforms: Mapping[str, str]  # {organisation}
    keys: str
    for_handlers: str  # {reference} {roles}
    nothing_for_you: str

    # changed later
    change: str
    change_title: str
    change_who: str
    change_who_hint: str
    change_name: str
    change_name_hint: str
    hide_name: str
    option: str  # {role} {persons}
    away: str  # {person}
    before_sending: str
    unchanged: str
    changed: str
    out_read: str  # {persons}
    out_heard: str  # {persons}
    out_unheard: str  # {persons}
    added: str  # {persons}
    name_hidden: str
    name_known: str  # {persons}
    name_open: str
    name_to_owner: str  # {person} {reference}
    nobody_sure: str
    nobody_withdraw: str
    nobody_keep: str
    nobody_back: str
    nobody_kept: str
    not_yours_now: str  # {reference}

    # taken back
    stays: str
    had_read: str  # {persons}
    no_pressure: str

    # the name, asked for by two
    ask_name: str
    ask_name_why: str
    ask_name_hint: str
    ask_name_only: str
    ask_name_alone: str
    ask_name_sent: str
    agree_question: str  # {person} {reference}
    agree: str
    disagree: str
    agree_noted: str
    reason: str
    not_agreed: str  # {reference}
    you_are_asked: str  # {asker} {second} {emergency}
    tell_name: str
    keep_name: str
    name_kept: str
    name_refused: str  # {reference}
    name_is: str  # {person} {reference}
    name_told: str  # {persons}
    name_no_more: str

    # drafts
    draft_notice: str  # {when}
    draft_keep: str
    draft_kept: str
    draft_dropped: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One more reader of what was told, whom somebody who handles the case wishes for."""

    # to the reporter
    title: str
    question: str  # {handler} {person}
    may: str  # {person}
    why: str  # {why}
    thanks: str  # {person}
    kept: str  # {person}
    too_late: str  # {person}
    reads: str
    can_read: str
    reads_now: str  # {persons}

    # to the handler
    asked: str
    asked_before: str
    cannot_ask: str

    # to the reader
    told: str  # {reference} {person}
    handlers: str
