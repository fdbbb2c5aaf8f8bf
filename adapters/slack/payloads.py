"""What Slack sends, as far as it is read: the shapes of its payloads. Everything else in them is ignored.

Rule 1. A payload that has not this shape is none of Slack's: it is refused, and what it holds is told to nobody.
Source: "Interaction payloads", "Events API" and "Slash commands" in Slack's documentation.
"""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, ValidationError

Id = Annotated[str, Field(min_length=1, max_length=100)]
Words = Annotated[str, Field(max_length=400_000)]


class BadPayload(Exception):
    """Raised when a payload is none that Slack sends."""


class Payload(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class Account(Payload):
    id: Id
    team_id: Id | None = None


class Team(Payload):
    id: Id
    domain: str = ""


class FileSeen(Payload):
    """A file as a message or a form tells of it; `file_access` is set where more must be asked for."""

    id: Id
    name: str | None = None
    title: str | None = None
    mimetype: str = ""
    size: int = 0
    url_private_download: str | None = None
    url_private: str | None = None
    file_access: str | None = None
    mode: str = ""


class State(Payload):
    """What stands in the elements of a message or a view, by block and element; `values` reads it."""

    values: dict[str, JsonValue] = {}


class Seen(Payload):
    """A view as it was sent back."""

    id: Id
    type: str = "modal"
    callback_id: str = ""
    private_metadata: str = ""
    state: State = State()


class Action(Payload):
    action_id: str
    type: str = ""
    value: str | None = None
    action_ts: Id = "0"


class Message(Payload):
    ts: Id
    user: str | None = None
    bot_id: str | None = None
    username: str | None = None
    text: Words = ""
    files: list[FileSeen] = []


class Place(Payload):
    id: Id
    name: str = ""


class Container(Payload):
    type: str = ""
    is_ephemeral: bool = False
    channel_id: str | None = None
    message_ts: str | None = None


class Envelope(Payload):
    """What comes down the line of Socket Mode: one of the others, or a word about the line itself."""

    type: str
    envelope_id: str = ""
    reason: str = ""
    payload: dict[str, JsonValue] = {}
    accepts_response_payload: bool = False


class Interaction(Payload):
    """Buttons, forms and shortcuts have these in common."""

    type: str
    user: Account
    team: Team | None = None
    trigger_id: str = ""
    response_url: str = ""


class Pressed(Interaction):
    actions: Annotated[list[Action], Field(min_length=1)]
    container: Container = Container()
    view: Seen | None = None
    state: State = State()


class Sent(Interaction):
    """A form was sent, or closed."""

    view: Seen


class Called(Interaction):
    """A shortcut; on a message, with that message."""

    callback_id: str
    action_ts: Id = "0"
    message: Message | None = None
    channel: Place | None = None


class Suggest(Interaction):
    """Options are asked for while somebody types into a list."""

    action_id: str
    value: str = ""


class Typed(Payload):
    """A slash command."""

    team_id: Id
    user_id: Id
    channel_id: Id
    text: Words = ""
    trigger_id: Id
    response_url: str = ""


def _account(value: object) -> object:
    """`user_change` and `team_join` bring the whole account, all others its id."""
    return value.get("id") if isinstance(value, dict) else value


class Event(Payload):
    type: str
    subtype: str | None = None
    user: Annotated[Id | None, BeforeValidator(_account)] = None
    bot_id: str | None = None
    channel: Id | None = None
    channel_type: str = ""
    text: Words | None = None
    ts: str = ""
    tab: str = ""
    files: list[FileSeen] = []
    user_team: str | None = None
    team: str | None = None


class Authorization(Payload):
    """An installation of the bot that an event is meant for; one of a whole Enterprise Grid names no workspace."""

    team_id: str | None = None
    enterprise_id: str | None = None


class Delivery(Payload):
    """An event, with the id that it keeps when it comes again."""

    event_id: Id
    team_id: str = ""
    authorizations: list[Authorization] = []
    event: Event

    @property
    def team(self) -> str:
        """The workspace that it is meant for: `team_id` may be another one's, of somebody in a shared conversation."""
        ours = next(iter(self.authorizations), None)
        return (ours.team_id or ours.enterprise_id if ours is not None else None) or self.team_id


P = TypeVar("P", bound=Payload)


def read(kind: type[P], body: object) -> P:
    """A payload of this kind. Raises BadPayload, which tells nothing of what was in it."""
    try:
        return kind.model_validate(body)
    except ValidationError:
        raise BadPayload(kind.__name__) from None
