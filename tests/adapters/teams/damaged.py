"""Good requests of Teams', damaged."""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Callable, Sequence
from typing import Any, get_args

from tests.adapters.damage import ODD, Damage, Damaged
from tests.fakes.teams.signing import Forgery
from tests.fakes.teams.tenant import FakeTeams

#: The words in which Teams says what came.
KINDS = (
    "message", "invoke", "installationUpdate", "conversationUpdate", "messageReaction", "typing", "nothing", "remove", "add",
    "adaptiveCard/action", "task/fetch", "task/submit", "composeExtension/fetchTask", "composeExtension/submitAction",
    "application/search", "fileConsent/invoke", "application/vnd.microsoft.teams.file.download.info", "image/png",
    "personal", "channel", "expectReplies",
)  # fmt: skip
JSON = "application/json"


class TeamsDamage:
    def __init__(self, fake: FakeTeams, good: Sequence[Any], seed: int) -> None:
        """`good` are activities, of one service URL."""
        self._fake = fake
        self._good = good
        self._damage = Damage(seed, KINDS)
        self._draw = self._damage.draw
        self._token = fake.signer.header(good[0])
        self._ways: Sequence[Callable[[Any], Damaged]] = (
            *[self.shape] * 6,
            *[self.garbled] * 2,
            self.other,
            self.forged,
            self.header,
        )

    def one(self) -> Damaged:
        return self._draw.choice(self._ways)(copy.deepcopy(self._draw.choice(self._good)))

    # --- with a good token: the shape is another, the bytes are no text, it is something else altogether

    def shape(self, good: Any) -> Damaged:
        return self._signed("shape", json.dumps(self._damage.bent(good)).encode())

    def garbled(self, good: Any) -> Damaged:
        return self._signed("bytes", self._damage.garbled(json.dumps(good, ensure_ascii=False).encode()))

    def other(self, good: Any) -> Damaged:
        body = self._draw.choice(
            ("", "null", "[]", "1", '"x"', "{}", "[" * 5000, '{"a":' * 5000, '{"type": "message"}')
        )
        kind = self._draw.choice((JSON, "text/plain", "multipart/form-data; boundary=x", "x"))
        return self._signed("other", body.encode(), kind)

    def _signed(self, how: str, body: bytes, kind: str = JSON) -> Damaged:
        return Damaged(how, body, {"Content-Type": kind, "Authorization": self._token}, signed=True)

    # --- without one

    def forged(self, good: Any) -> Damaged:
        how: Forgery = self._draw.choice(get_args(Forgery))
        return self._unsigned("forged", good, self._fake.signer.forged(good, how))

    def header(self, good: Any) -> Damaged:
        """A token whose parts are odd, or whose letters are."""
        head, claims, signature = self._token.removeprefix("Bearer ").split(".")
        odd = _base64({"alg": "RS256", "kid": self._draw.choice(ODD), "typ": self._draw.choice(ODD)})
        wrong = (
            f"{odd}.{claims}.{signature}",
            f"{_base64(self._draw.choice(ODD))}.{claims}.{signature}",
            f"{head}.{_base64(self._draw.choice(ODD))}.{signature}",
            f"{head}.{claims}.{signature[:-9]}",
            f"{head}.{claims}.",
            f"{head}.{claims}",
            "." * self._draw.randrange(9),
            f"{head}.{claims}.{signature} {signature}",
        )
        return self._unsigned("header", good, f"Bearer {self._draw.choice(wrong)}")

    def _unsigned(self, how: str, good: Any, authorization: str | None) -> Damaged:
        headers = {"Content-Type": JSON} | ({"Authorization": authorization} if authorization is not None else {})
        return Damaged(how, json.dumps(good).encode(), headers, signed=False)


def _base64(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")[:4000]
