"""The list of the adapter's own words, for what only Teams has; everything else is said by the bot."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Each is small Markdown. {…} is filled in by whoever says it; what people typed and names are escaped first."""

    bistand: str  # where nothing else is said

    # on cards
    waiting: str  # above a message that should not wait
    progress: str  # {number} {of}
    pick_one: str  # above a list of which one is chosen
    pick_many: str
    pick_first: str  # one is chosen before it is sent
    send: str  # on the button beneath what is chosen or picked
    search: str  # where a person is looked up by name
    write_here: str  # beneath a question that is answered in words
    attach: str  # on the button that opens the dialog for files
    open_file: str  # {name}
    chosen: str  # {options}: the answer from before
    shortened: str  # where a card holds only the beginning of long texts
    shortened_read: str  # {read}: the button that shows them whole
    and_more: str  # {count}: options or entries that do not fit

    # in dialogs
    mend: str  # above a form that is to be mended
    name_typed: str  # the field for a name that the list does not have
    clock: str  # the field for the time beneath that for the day
    too_long: str  # {count}: only the first so many characters are in the field
    pick: str  # in a list that is closed
    fill_in: str  # at a field that was left empty
    go_on: str  # {page} {of}: on the button that turns to the next page

    # to what was pressed
    noted: str  # shown for a moment at the button
    failed: str
    failed_form: str  # above a form that could not be taken
    in_chat: str  # in the place of a dialog: the answer stands in the chat
    gone: str  # what was pressed leads nowhere any more
    your_cases: str  # the title of the dialog with them
    cases_here: str  # above the button that shows the cases

    # files
    attach_here: str  # in the place of a dialog: how files are added
    files_failed: str
    no_file: str
    file_offered: str  # beneath a file that is offered
    file_shown: str
    file_declined: str

    # by itself
    teams_keeps: str  # to whoever wrote a story into the chat
    teams_keeps_files: str
    stranger: str  # {emergency}
