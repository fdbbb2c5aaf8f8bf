"""The list of the adapter's own words, for what only Slack has; everything else is said by the bot."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Each is small Markdown. {…} is filled in by whoever says it; what people typed and names are escaped first."""

    # on and around messages
    waiting: str  # above a message that should not wait
    progress: str  # {number} {of}
    send: str  # on the button beneath ticks and people
    search: str  # where a person is looked up by name
    write_here: str  # beneath a question that is answered in words
    attach: str  # on the button that opens the dialog for files
    open_file: str  # {name}
    chosen: str  # {options}: the answer from before
    details: str  # the end of a notification whose message holds more
    shortened: str  # where a message or a view holds only the beginning of long texts
    and_more: str  # {count}: options or entries that do not fit
    tick_first: str  # *Continue* was pressed and nothing is ticked

    # views
    close: str
    cancel: str
    bistand: str  # the title of a view that has none
    continued: str  # {label}: the next field of a text that is too long for one
    at_what_time: str  # {label}: the field for the time beside that for the day
    too_long: str  # {count}: only the first so many characters are in the field
    pick: str  # in a list that is closed
    files_title: str
    files_label: str
    files_hint: str
    files_send: str
    form_over: str  # the form was sent, or the question changed, meanwhile

    # in the chat
    slack_keeps: str
    only_private: str  # somebody wrote the bot's name in a channel
    stranger: str  # {emergency}: no person of ours has this account
    guest: str  # {emergency}
    failed: str
    press_again: str  # Slack's time for opening a form was over

    # home
    home_intro: str
    home_begin: str
    home_cases: str
    home_no_cases: str
    home_more: str
    show_cases: str
    report_incident: str
