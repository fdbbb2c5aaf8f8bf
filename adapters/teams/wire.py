"""What stands in the `data` of actions and comes back when they are used: written here, and read here. Pure.

Rule 1. An action carries ids only, never a word of anybody's. All of it stands beneath one key, beside which the client
        puts the inputs; their ids never are that key.
Rule 2. What comes back and was not written here is nothing of ours: None, never an error.
Rule 3. On a card in the chat an action is an Action.Execute, whose answer the client waits for. What opens a dialog is
        an Action.Submit that fetches it. In a dialog all actions are Action.Submit, since Teams takes no other there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.events import Command
from bot.core.ids import CaseId, Token, token_of
from bot.errors import Invariant

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]
Element = Mapping[str, Json]

#: Rule 1.
OURS = "bistand"
#: The inputs of a message: options; a person of a list, by our id; a person whom Teams finds, by the Entra object id.
PICKED, PERSON, ACCOUNT = "picked", "person", "account"
#: The beginning of the id of a form's field.
FIELD = "field:"
#: Where a client looks up a name that is typed: everybody in the tenant. What it sends is the Entra object id.
PEOPLE = "graph.microsoft.com/users"
LONGEST_DATA = 2000


class Act(StrEnum):
    """What pressing does, and the ids that go with it."""

    CHOOSE = "choose"  # token, option
    SEND = "send"  # token: what is chosen or picked in this message
    FORM = "form"  # token: opens it; in the form itself: sends it
    FILES = "files"  # token: opens the dialog for files
    COMMAND = "command"  # token or none, command
    PAGE = "page"  # token or none, command, number: goes on reading what the command shows
    START = "start"  # flow
    CASES = "cases"
    OPEN_FILE = "open_file"  # case, file
    REMOVE_FILE = "remove_file"  # the name of what the bot brought


#: What needs a dialog: a form, files, and commands whose answer is read or filled in.
FETCHING = frozenset({Act.FORM, Act.FILES})
FETCHED = frozenset({Command.READ, Command.WHO_MAY_KNOW, Command.HAND_OVER, Command.RECUSE, Command.CASES})


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was pressed."""

    act: Act
    token: Token | None = None
    ids: tuple[str, ...] = ()

    @property
    def fetches(self) -> bool:
        """Whether the answer is a dialog."""
        command = self.ids[:1] if self.act is Act.COMMAND else ()
        return self.act in FETCHING or self.act is Act.CASES or command in {(one.value,) for one in FETCHED}

    @property
    def file(self) -> tuple[CaseId, str] | None:
        """The file that is to be opened."""
        return (CaseId(self.ids[0]), self.ids[1]) if self.act is Act.OPEN_FILE and len(self.ids) == 2 else None

    @property
    def command(self) -> Command | None:
        said = self.ids[0] if self.ids and self.act in (Act.COMMAND, Act.PAGE) else None
        return Command.CASES if self.act is Act.CASES else next((one for one in Command if one.value == said), None)

    @property
    def page(self) -> int:
        """The page to read, from 0."""
        said = self.ids[1] if self.act is Act.PAGE and len(self.ids) == 2 else ""
        return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0


def data(pressed: Pressed, *, fetch: bool = False) -> Element:
    """The `data` of an action. Raises Invariant where ids are too long: names in flows have a longest length."""
    token = pressed.token.parts() if pressed.token is not None else ()
    length = sum(len(str(part)) for part in (*token, *pressed.ids))
    if length > LONGEST_DATA:
        raise Invariant(f"{length} characters in an action, {LONGEST_DATA} fit: an id is too long")
    ours: dict[str, Json] = {"act": pressed.act.value}
    ours |= {"token": list(token)} if token else {}
    ours |= {"ids": list(pressed.ids)} if pressed.ids else {}
    return {OURS: ours, "msteams": {"type": "task/fetch"}} if fetch else {OURS: ours}


def pressed(value: object) -> Pressed | None:
    """What `data` wrote, among the inputs of the card; None for anything else."""
    ours = value.get(OURS) if isinstance(value, Mapping) else None
    if not isinstance(ours, Mapping):
        return None
    act = next((one for one in Act if one.value == ours.get("act")), None)
    ids = ours.get("ids", [])
    token = token_of(ours["token"]) if "token" in ours else None
    if act is None or not isinstance(ids, list) or ("token" in ours and token is None):
        return None
    words = tuple(one for one in ids if isinstance(one, str))
    return Pressed(act, token, words) if len(words) == len(ids) else None
