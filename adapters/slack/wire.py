"""What stands on the wire in buttons and views, and comes back when they are used: written here, and read here. Pure.

Rule 1. A button carries ids only, never a word of anybody's.
Rule 2. What comes back and was not written here is nothing of ours: None, never an error.
Rule 3. Slack takes 2000 characters in a button, 3000 in a view and 150 in an option; what is longer is a fault of ours,
        since names in flows have a longest length.
"""

from __future__ import annotations

import json
from enum import StrEnum

from bot.core.ids import CaseId, Token, token_of
from bot.errors import Invariant

LONGEST_VALUE = 2000
LONGEST_OPTION = 150
LONGEST_ID = 255
#: The one input of a block: the block has the field's name.
VALUE = "v"


class Act(StrEnum):
    """What pressing does: the beginning of an action's id."""

    CHOOSE = "choose"  # :n, value: pack(token, option)
    TICKS = "ticks"  # :n, the options' values are option ids
    PEOPLE = "people"  # the options' values are person ids
    SEND = "send"  # what is ticked or picked in this message; value: pack(token)
    FORM = "form"  # opens it; value: pack(token)
    FILES = "files"  # opens the dialog for files; value: pack(token)
    COMMAND = "command"  # :command, value: pack(token, command), or the command alone
    OPEN_FILE = "open_file"  # :n, value: pack_file(case, file)
    REMOVE_FILE = "remove_file"  # value: Slack's id of a file that the bot brought
    START = "start"  # :n, value: the flow
    CASES = "cases"  # lists the person's cases

    def of(self, which: int | str) -> str:
        """An id that differs from its neighbours' by a number or a word."""
        return f"{self}:{which}"[:LONGEST_ID]


class View(StrEnum):
    """The `callback_id` of a view."""

    FORM = "form"  # private_metadata: pack(token)
    FILES = "files"  # private_metadata: pack(token); one input, of the same name
    SHOW = "show"
    TOLD = "told"
    HOME = "home"


def act(action_id: str) -> tuple[Act, str] | None:
    """What was pressed, and the rest of its id; None for what is not ours."""
    name, _, which = action_id.partition(":")
    return next(((one, which) for one in Act if one.value == name), None)


def pack(token: Token, *more: str) -> str:
    """A token, and ids that go with it. Raises Invariant where it is longer than a button takes."""
    return _fits(_dumped([*token.parts(), *more]))


def unpack(text: str) -> tuple[Token, tuple[str, ...]] | None:
    """What `pack` wrote; None for anything else."""
    match _loaded(text):
        case [case, session, step, revision, *more]:
            found = token_of([case, session, step, revision])
            rest = tuple(one for one in more if isinstance(one, str))
            return (found, rest) if found is not None and len(rest) == len(more) else None
        case _:
            return None


def pack_file(case: CaseId, file: str) -> str:
    """A file of a case. Raises Invariant where it is longer than a button takes."""
    return _fits(_dumped([case, file]))


def unpack_file(text: str) -> tuple[CaseId, str] | None:
    """What `pack_file` wrote; None for anything else."""
    match _loaded(text):
        case [str(case), str(file)]:
            return CaseId(case), file
        case _:
            return None


def _dumped(parts: list[str | int | None]) -> str:
    return json.dumps(parts, separators=(",", ":"))


def _fits(text: str) -> str:
    if len(text) > LONGEST_VALUE:
        raise Invariant(f"{len(text)} characters in a button, {LONGEST_VALUE} fit: an id is too long")
    return text


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
