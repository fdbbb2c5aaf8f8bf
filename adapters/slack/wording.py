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

    # in the chat
    slack_keeps: str
    only_private: str  # somebody wrote the bot's name in a channel
    stranger: str  # {emergency}: no person of ours has this account
    guest: str  # {emergency}
    failed: str
    press_again: str  # Slack's time for opening a form was over
    failed_form: str  # at a field of a form that stays open
    slack_keeps_files: str
    files_late: str  # a file could not be fetched yet
    files_late_form: str
    in_chat_title: str
    in_chat: str  # what was asked for elsewhere is answered in the chat
    no_file: str
    file_shown: str
    remove_file: str
    file_removed: str

    # home
    home_intro: str
    home_cases: str
    home_no_cases: str
