"""The one file that knows botbuilder: what comes from Teams is proved to come from there, and taken as one turn.

Its own door is not used, since each of these loses or doubles a report (measured with 4.17.1):

Rule 1. What an invoke is answered with goes out as it is; botbuilder's own handler breaks on it (B1).
Rule 2. A turn makes no client and asks nobody for a token: what is sent goes by `connector` (B2, B5-B7).
Rule 3. Whatever is wrong with a token is a 401, and no token is a 401, too (B3).
Rule 4. Keys are fetched by `keys`, which holds nobody up and heals by itself when they change (B3, B4).
Rule 5. What Teams sent is read as it was sent: botbuilder's own types drop the tenant and more (B8).
Rule 6. Only Teams itself is let in: no emulator, no other bot.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import structlog
from botbuilder.core import CloudAdapterBase, TurnContext
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AuthenticationConstants,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    SimpleCredentialProvider,
)
from botframework.connector.auth.authenticate_request_result import AuthenticateRequestResult
from botframework.connector.auth.channel_validation import ChannelValidation
from botframework.connector.auth.connector_factory import ConnectorFactory
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor

from adapters.teams.access import Access
from adapters.teams.keys import Keys
from bot.errors import ChannelDown

log = structlog.get_logger(__name__)
CHANNEL = "msteams"
INVOKE = "invoke"
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What Teams is answered: a status and, to an invoke, a body."""

    status: int = HTTPStatus.OK
    body: Json | None = None


Take = Callable[[Json], Awaitable[Answer]]


class Rejected(Exception):
    """Raised where a request does not prove that it comes from Teams."""


class Transport:
    def __init__(self, access: Access, keys: Keys, is_here: Callable[[str], bool]) -> None:
        """`is_here` says of an address whether it is of this machine."""
        self._access = access
        self._is_here = is_here
        self._provider = SimpleCredentialProvider(access.app_id, "")
        self._extractor = JwtTokenExtractor(
            ChannelValidation.TO_BOT_FROM_CHANNEL_TOKEN_VALIDATION_PARAMETERS,
            access.keys_url,
            AuthenticationConstants.ALLOWED_SIGNING_ALGORITHMS,
        )
        self._extractor.open_id_metadata = keys
        self._adapter = _Adapter(_NoWayOut())

    async def receive(self, authorization: str | None, raw: bytes, take: Take) -> Answer:
        """Prove and take one request; what `take` raises comes through."""
        sent = _read(raw)
        activity = _activity(sent)
        if sent is None or activity is None:
            return Answer(HTTPStatus.BAD_REQUEST)
        try:
            identity = await self._proved(authorization, sent)
        except Rejected:
            return Answer(HTTPStatus.UNAUTHORIZED)
        except ChannelDown:
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE)
        return await self._turn(identity, activity, sent, take)

    async def _turn(self, identity: ClaimsIdentity, activity: Activity, sent: Json, take: Take) -> Answer:
        answers: list[Answer] = []

        async def logic(_context: TurnContext) -> None:
            answers.append(await take(sent))

        proved = AuthenticateRequestResult()
        proved.claims_identity = identity
        proved.audience = AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE
        proved.connector_factory = _NoConnector()
        await self._adapter.process_activity(proved, activity, logic)
        return answers[0]  # rule 1: not what botbuilder makes of it

    async def _proved(self, authorization: str | None, sent: Json) -> ClaimsIdentity:
        """Raises Rejected; ChannelDown where the keys cannot be had."""
        if not authorization:
            if self._access.anonymous and self._is_here(str(sent.get("serviceUrl") or "")):
                return ClaimsIdentity({}, True, AuthenticationConstants.ANONYMOUS_AUTH_TYPE)
            raise Rejected
        try:
            identity = await self._extractor.get_identity_from_auth_header(authorization, CHANNEL)
            await ChannelValidation.validate_identity(identity, self._provider)
        except ChannelDown:
            raise
        except Exception as error:  # noqa: BLE001  rule 3
            log.warning("teams_token_refused", error=type(error).__name__)
            raise Rejected from None
        if sent.get("channelId") != CHANNEL:
            raise Rejected
        if identity.get_claim_value(ChannelValidation.SERVICE_URL_CLAIM) != sent.get("serviceUrl"):
            raise Rejected
        return identity


def _read(raw: bytes) -> Json | None:
    """What was sent, if it is an object. Half a sign, as where a client cut a text, becomes a question mark."""
    try:
        sent = json.loads(json.dumps(json.loads(raw), ensure_ascii=False).encode(errors="replace"))
    except (ValueError, RecursionError):
        return None
    return sent if isinstance(sent, dict) else None


def _activity(sent: Json | None) -> Activity | None:
    """botbuilder's own; None for what it stumbles over, and for what has no type."""
    try:
        activity = Activity().deserialize(sent)
    except Exception:  # noqa: BLE001  it raises whatever it likes
        return None
    return activity if activity is not None and isinstance(activity.type, str) else None


class _Adapter(CloudAdapterBase):
    """botbuilder's turn, and nothing else of it."""


class _NoConnector(ConnectorFactory):
    """Rule 2."""

    async def create(self, service_url: str, audience: str) -> object:
        return object()


class _NoWayOut(BotFrameworkAuthentication):
    """Rule 2."""

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:
        raise Rejected

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> AuthenticateRequestResult:
        raise Rejected

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        return _NoConnector()

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        return None
