"""The tokens by which the Bot Connector proves to the bot who it is.

Source: bot-framework-rest-connector-authentication.md (Azure Bot Service), unless another is named.

Rule 1. Each request has an Authorization of scheme Bearer: a JWT signed with RS256 by a key of the published list. Issuer is
        https://api.botframework.com, audience the app, `serviceurl` the activity's serviceUrl; clocks may differ by 5 minutes.
Rule 2. The keys are found by way of an OpenID document; each has `endorsements`, which name the channels it may sign for.
Rule 3. Keys change: bots are to look again at least once a day. `rollover` takes a new key and drops the old.
Rule 4. CHOSEN: a token lives for an hour, and each request has a new one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from functools import cache
from typing import TYPE_CHECKING, Literal

from aiohttp import web
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.fakes.teams.wire import Json

if TYPE_CHECKING:
    from tests.fakes.teams.tenant import FakeTeams

ISSUER = "https://api.botframework.com"
LIFETIME = 3600  # seconds
STRANGER, UNENDORSED = -1, -2  # keys that are not Teams' own: one is nowhere in the list, one is of another channel
Forgery = Literal[
    "no header",
    "no token",
    "other scheme",
    "garbage",
    "alg none",
    "alg HS256",  # signed with the public key as if it were a shared secret
    "forged",  # by a stranger, in the name of our key
    "altered",  # our signature beneath other claims
    "unknown kid",
    "other channel",  # a key of the list that is not endorsed for msteams
    "expired",
    "not yet valid",
    "wrong audience",
    "wrong issuer",
    "wrong serviceurl",
    "no serviceurl",
]
NO_TOKEN: dict[Forgery, str | None] = {
    "no header": None,
    "no token": "Bearer",
    "other scheme": "Basic Ym90OmJvdA==",
    "garbage": "Bearer gar.ba.ge",
}


@cache
def _private(number: int) -> rsa.RSAPrivateKey:
    """Keys take long to make: all fakes share them."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _number(value: int) -> str:
    return _b64(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Signer:
    def __init__(self, teams: FakeTeams) -> None:
        self.teams = teams
        self.number = 0  # of the key that signs now

    def rollover(self) -> None:
        """A new key signs; the old one is no longer in the list."""
        self.number += 1

    @property
    def kid(self) -> str:
        return self._kid(self.number)

    def _kid(self, number: int) -> str:
        return _b64(hashlib.sha1(f"{self.teams.app_id}/{number}".encode()).digest())

    # What is published
    def openid(self) -> Json:
        return {
            "issuer": ISSUER,
            "authorization_endpoint": "https://invalid.botframework.com",
            "jwks_uri": f"{self.teams.origin}/v1/.well-known/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        }

    def keys(self) -> Json:
        return {"keys": [self._key(self.number, ["msteams"]), self._key(UNENDORSED, ["webchat"])]}

    def _key(self, number: int, endorsements: list[str]) -> Json:
        public = _private(number).public_key().public_numbers()
        kid, numbers = self._kid(number), {"n": _number(public.n), "e": _number(public.e)}
        return {"kty": "RSA", "use": "sig", "kid": kid, "x5t": kid, **numbers, "endorsements": endorsements}

    # What is sent
    def header(self, activity: Json) -> str:
        """The Authorization that comes with this activity."""
        return f"Bearer {self._token(self.kid, self._claims(activity), self.number)}"

    def forged(self, activity: Json, how: Forgery) -> str | None:
        """One that the bot must refuse; None: no Authorization at all."""
        if how in NO_TOKEN:
            return NO_TOKEN[how]
        return f"Bearer {self._forged(self._claims(activity), how)}"

    def _forged(self, claims: Json, how: Forgery) -> str:
        now = int(self.teams.now())
        false: dict[Forgery, Json] = {
            "expired": {"nbf": now - 2 * LIFETIME, "exp": now - 301},
            "not yet valid": {"nbf": now + 301},
            "wrong audience": {"aud": "00000000-0000-0000-0000-00000000dead"},
            "wrong issuer": {"iss": "https://sts.windows.net/contoso/"},
            "wrong serviceurl": {"serviceurl": "https://evil.example/amer/"},
        }
        if how in false:
            return self._token(self.kid, claims | false[how], self.number)
        match how:
            case "no serviceurl":
                return self._token(self.kid, {k: v for k, v in claims.items() if k != "serviceurl"}, self.number)
            case "forged":
                return self._token(self.kid, claims, STRANGER)
            case "unknown kid":
                return self._token(self._kid(STRANGER), claims, STRANGER)
            case "other channel":
                return self._token(self._kid(UNENDORSED), claims, UNENDORSED)
            case "alg none":
                return f"{self._head(self.kid, 'none')}.{_json(claims)}."
            case "alg HS256":
                return self._shared_secret(claims)
            case _:
                head, _, signature = self._token(self.kid, claims, self.number).split(".")
                return f"{head}.{_json(claims | {'iat': now})}.{signature}"

    def _claims(self, activity: Json) -> Json:
        now, app = int(self.teams.now()), self.teams.app_id
        where = {"serviceurl": activity["serviceUrl"]}
        return {**where, "nbf": now, "exp": now + LIFETIME, "iss": ISSUER, "aud": app}

    def _head(self, kid: str, alg: str) -> str:
        return _json({"alg": alg, "kid": kid, "x5t": kid, "typ": "JWT"})

    def _token(self, kid: str, claims: Json, number: int) -> str:
        said = f"{self._head(kid, 'RS256')}.{_json(claims)}"
        signature = _private(number).sign(said.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{said}.{_b64(signature)}"

    def _shared_secret(self, claims: Json) -> str:
        said = f"{self._head(self.kid, 'HS256')}.{_json(claims)}"
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        secret = _private(self.number).public_key().public_bytes(serialization.Encoding.PEM, form)
        return f"{said}.{_b64(hmac.digest(secret, said.encode(), 'sha256'))}"


def _json(value: Json) -> str:
    return _b64(json.dumps(value).encode())


async def publish(teams: FakeTeams, request: web.Request) -> web.StreamResponse:
    """The OpenID document, or the keys."""
    op: Literal["openid", "keys"] = "keys" if request.path.endswith("keys") else "openid"
    teams.fetches[op] += 1
    teams.record(op)
    if fault := teams.faulty.take(op, None):
        await teams.activity.rest(fault.latency)
        if fault.answers:
            return fault.strike(request)
    return web.json_response(teams.signer.keys() if op == "keys" else teams.signer.openid())
