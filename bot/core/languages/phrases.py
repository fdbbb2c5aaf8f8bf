"""The list of phrases that each language must have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.events import Command
from bot.core.languages.knowing import Knowing, Reading
from bot.core.languages.review import ReviewPhrases
from bot.core.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """All phrases of one language."""

    code: str
    name: str
    called: tuple[str, ...]  # how people call this language, in any language

    # words that are understood everywhere
    words: Mapping[Command, tuple[str, ...]]
    labels: Mapping[Command, str]
    yes: str
    no: str
    nobody: str

    # asking
    send: str
    open_form: str
    done: str
    not_listed: str
    rather_not: str
    doubt: str  # {option}
    doubt_many: str
    no_match: str
    stands_alone: str  # {option}: ticked together with others
    choose_several: str
    cannot_skip: str
    not_answered: str
    saved: str
    moved_into_form: str
    too_long: str
    required_field: str
    not_a_number: str
    out_of_scale: str  # {low} {high}
    not_a_date: str
    not_a_moment: str  # where a time may stand with the day
    not_a_time: str
    not_an_email: str
    not_a_phone: str
    not_a_url: str
    in_future: str
    person_unknown: str
    cannot_be_asked: str
    files_wanted: str
    files_received: str  # {count}
    file_refused: str  # {reason}
    file_empty: str
    file_too_large: str  # {most}, in MB
    file_wrong_type: str  # {types}
    words_wanted: str
    nothing_to_attach: str

    # consent
    role_names: Mapping[str, str]
    nobody_left: str

    # review
    review: ReviewPhrases
    review_sent: str

    # always understood
    stopped: str
    stopped_open: str
    not_sent: str  # {form}
    deleted: str
    paused: str
    resumed: str
    nothing_back: str
    sent_is_sent: str
    help: str
    emergency: str  # {emergency}
    emergency_case: str
    language_which: str
    language_set: str
    report_title: str
    nothing_to_read: str
    hidden: str
    hidden_resume: str
    stale: str
    repeated: str
    not_yours: str
    ended: str
    which_talk: str
    greeting: str  # {organisation}
    greeting_told: str  # {organisation}; to a whole sentence
    kept_for_form: str
    told_kept: str  # what was told before a flow began
    unfinished: str
    go_on: str
    start_new: str

    # tasks
    task_done: str
    task_later: str
    task_help: str
    task_not_relevant: str
    task_how: str
    task_say: str
    task_avoid: str
    task_due: str
    task_deadline: str
    task_reason: str
    task_reason_ask: str
    task_later_said: str  # {when}
    task_later_plain: str
    task_help_said: str  # {person}
    task_help_nobody: str
    task_closed: str  # {task}
    task_marked: str  # {task}
    task_required: str
    tasks_open: str
    reminder: str  # {task} {due}
    reminder_many: str
    overdue: str  # {task}
    chase: str  # {who} {reference} {tasks}

    # the list of cases, and a case's card; statuses by name, with {person}
    cases_own: str
    cases_at_work: str
    cases_more: str  # {count}
    cases_none: str
    cases_alike: str  # {count} {person}
    alike: str  # {reference}
    card_open: str
    card_own: str  # {reference}
    card: str  # {reference}
    card_employee: str
    card_shared: str
    card_answer_by: str
    card_steps: str
    card_steps_done: str  # {done} {left}
    card_read: str
    card_who: str
    card_withdraw: str
    card_over: str
    status_own: Mapping[str, str]
    status_at_work: Mapping[str, str]
    status_yours: str

    # the case
    affected_asked: str  # {emergency}
    the_employee: str
    an_employee: str
    your_manager: str
    their_manager: str
    the_deadline: str
    somebody: str
    not_shared: str
    levels: Mapping[Level, str]
    alert: str  # {who}
    alert_again: str  # {who}
    alert_raised: str  # {who}
    alert_no_help: str  # {who}
    alert_help: str  # {owner}
    alert_handed: str  # {owner}
    alert_reopened: str  # {who}
    alert_before: str  # {when}
    alert_waits: str  # {who} {reference} {when}
    alert_reference: str
    alert_level: str
    alert_take: str
    alert_decline: str
    alert_taken_by: str  # {person}
    alert_you_took: str
    alert_gone: str
    alert_goes_on: str  # {person}
    fallback: str
    fallback_stalled: str
    fallback_noted: str
    page: str  # {who}
    page_take: str
    page_night: str  # {who}
    page_yours: str  # {who}
    page_again: str
    page_taken: str  # {person} {emergency}
    page_nobody: str  # {emergency}
    nudge: str  # outside the chat: this and the next two tell nothing of what waits
    nudge_open: str
    nudge_why: str
    night_calling: str  # {person} {emergency}
    night_nobody: str  # {when} {emergency}
    taken: str  # {person}
    hear_by: str  # {person} {when}
    climbed: str  # {person}
    came_late: str  # {person} {when}
    goes_on: str  # {person}
    needs_another: str
    nobody_more: str
    nobody_answered: str
    stands_still: str  # {owner}
    nobody_reached: str
    ask_more: str
    ask_more_wait: str
    ask_more_thanks: str  # {person}
    ask_more_waiting: str
    open_refused: str
    help_wanted: str  # {who} {reference}
    handed_over: str
    handed_waits: str  # {person}
    handed_next: str
    handed_asked: str  # {person}
    handed_refused: str
    handed_no: str  # {person}
    handed_not_taken: str  # {person}
    ask_handing: str  # {owner} {person}
    ask_handing_no: str  # {owner}
    ask_assigning_no: str
    assigned_waits: str  # {person}
    assigned_asked: str  # {person}
    assigned_refused: str
    assigned_no: str  # {person}
    hand_over_title: str
    hand_over_who: str
    hand_over_note: str
    hand_over_none: str
    recuse_title: str
    recuse_note: str
    recused: str
    note_before: str
    away: str  # {person} {day}
    away_open: str  # {person}
    unreached: str  # {person}
    away_deputy: str  # {deputy}
    case_closed: str  # {person} {days}
    whoever_had_it: str  # at the beginning of a sentence
    not_over: str
    not_closed: str
    closed_long_ago: str
    reopened_with: str  # {person}
    no_open_steps: str
    case_withdrawn: str
    withdrawn_told: str  # {reference}
    case_reopened: str
    owner_gone: str
    reporter_gone: str  # {reference}
    skip_sure: str
    delete_sure: str
    withdraw_sure: str
    withdraw_ask: str
    unchanged: str

    # who may know, and one more reader: lists of their own
    knowing: Knowing
    reading: Reading
