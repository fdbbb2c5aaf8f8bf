"""Who sees what, and who ever saw it: proof that somebody cannot have read something.

Rule 1. What stood there for a moment has been read: what was updated, replaced by an invoke's answer or deleted stays.
Rule 2. Everything counts that a person can look at: text, summary (it is in the notification), every word of a card with
        what it hides or offers, placeholders and messages of errors, names of files and their content where it is text,
        dialogs, and what an invoke's answer says.
Rule 3. What the client keeps to itself does not count: values of choices, `data`, `verb`, ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.fakes.teams.screen import draw_card
from tests.fakes.teams.wire import ADAPTIVE, obj, objects

if TYPE_CHECKING:
    from tests.fakes.teams.records import Message
    from tests.fakes.teams.tenant import FakeTeams
    from tests.fakes.teams.user import TeamsUser

Shown = tuple[str, str]  # where, text
HIDDEN = frozenset(
    {
        "$schema",
        "acceptContext",
        "choices.data",
        "contentType",
        "data",
        "declineContext",
        "etag",
        "id",
        "type",
        "uniqueId",
        "userIds",
        "verb",
        "version",
    }
)
PICKED = ("Input.ChoiceSet", "Input.Toggle")  # their values are not what people read


def words(value: object) -> Iterator[str]:
    """Every text in a card that a person can come to see."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for v in value:
            yield from words(v)
    elif isinstance(value, dict):
        if value.get("type") in PICKED:
            value = {k: v for k, v in value.items() if k not in ("value", "valueOn", "valueOff")}
        for k, v in value.items():
            if k == "choices":
                yield from (str(c.get("title")) for c in objects(v))
            elif k not in HIDDEN:
                yield from words(v)


class Sight:
    def __init__(self, teams: FakeTeams) -> None:
        self.teams = teams
        self._ever: dict[str, dict[Shown, None]] = {}

    def message(self, user: TeamsUser, message: Message) -> None:
        """A message appeared or changed."""
        if message.activity.get("type") == "message":
            self._keep(user, self._chat(message))

    def dialog(self, user: TeamsUser, title: object, card: object) -> None:
        """A dialog opened, or what is in it changed."""
        drawn = list(draw_card(card if isinstance(card, dict) else {}, self.teams.names()))
        self._keep(user, ("dialog", "\n".join([str(title), *drawn, *words(card)])))

    def notice(self, user: TeamsUser, text: object) -> None:
        """The client says something by itself."""
        self._keep(user, ("notice", str(text)))

    def _keep(self, user: TeamsUser, shown: Shown) -> None:
        self._ever.setdefault(user.key, {})[shown] = None

    def _chat(self, message: Message) -> Shown:
        a = message.activity
        attached = [x for x in objects(a.get("attachments")) if not (message.view and x.get("contentType") == ADAPTIVE)]
        texts = [message.text, str(a.get("summary") or ""), *words(a.get("suggestedActions"))]
        held = [self.teams.files.get(str(obj(x.get("content")).get("uniqueId"))) for x in attached]
        texts += [file.text for file in held if file and file.whole]
        texts += [*draw_card(message.card or {}, self.teams.names()), *words(attached), *words(message.view)]
        return "chat", "\n".join(texts)

    def now(self, user: TeamsUser) -> Iterator[Shown]:
        """Everything that stands in their chat now."""
        for message in user.messages():
            yield self._chat(message)

    def ever(self, user: TeamsUser) -> list[Shown]:
        """Everything that ever stood before this person, in order."""
        return list(self._ever.get(user.key, {}))
