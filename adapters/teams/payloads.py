"""What Teams sends, as far as it is read: the shapes of its activities. Everything else in them is ignored.

Rule 1. An activity that has not this shape is none of Teams': it is refused, and what it holds is told to nobody.
Rule 2. What is null is not there.
Rule 3. A person is their Entra object id: the id that begins with `29:` is of this bot alone.
Sources: build-conversational-capability.md, subscribe-to-conversation-events.md, task-modules-bots.md,
universal-actions-for-adaptive-cards/, bots-filesv4.md (msteams-docs).
"""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

Id = Annotated[str, Field(min_length=1, max_length=400)]
Words = Annotated[str, Field(max_length=400_000)]


class BadPayload(Exception):
    """Raised when an activity is none that Teams sends."""


class Payload(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, sent: object) -> object:
        """Rule 2."""
        return {name: value for name, value in sent.items() if value is not None} if isinstance(sent, dict) else sent


class Account(Payload):
    id: str = ""
    name: str | None = None
    aad: Annotated[str, Field(alias="aadObjectId")] = ""


class Conversation(Payload):
    id: Id
    kind: Annotated[str, Field(alias="conversationType")] = "personal"
    tenant: Annotated[str, Field(alias="tenantId")] = ""


class Tenant(Payload):
    id: str = ""


class ChannelData(Payload):
    tenant: Tenant = Tenant()


class Attached(Payload):
    """A file that somebody sent, or a picture that they pasted; or the same text as HTML."""

    kind: Annotated[str, Field(alias="contentType")] = ""
    name: str | None = None
    url: Annotated[str | None, Field(alias="contentUrl")] = None
    content: JsonValue = None


class Activity(Payload):
    """What all have in common, and what some have."""

    type: Id
    id: Id
    service_url: Annotated[Id, Field(alias="serviceUrl")]
    sender: Annotated[Account, Field(alias="from")] = Account()
    recipient: Account = Account()
    conversation: Conversation
    channel_data: Annotated[ChannelData, Field(alias="channelData")] = ChannelData()
    locale: str | None = None
    text: Words | None = None
    value: JsonValue = None
    name: str | None = None
    action: str | None = None
    added: Annotated[list[Account], Field(alias="membersAdded")] = []
    removed: Annotated[list[Account], Field(alias="membersRemoved")] = []
    attachments: list[Attached] = []
    reply_to: Annotated[str | None, Field(alias="replyToId")] = None

    @property
    def tenant(self) -> str:
        return (self.channel_data.tenant.id or self.conversation.tenant).casefold()

    @property
    def account(self) -> str:
        """Whose activity it is (rule 3)."""
        return self.sender.aad.casefold()

    @property
    def personal(self) -> bool:
        return self.conversation.kind == "personal"


P = TypeVar("P", bound=Payload)


def read(kind: type[P], body: object) -> P:
    """A payload of this kind. Raises BadPayload, which tells nothing of what was in it."""
    try:
        return kind.model_validate(body)
    except ValidationError:
        raise BadPayload(kind.__name__) from None
