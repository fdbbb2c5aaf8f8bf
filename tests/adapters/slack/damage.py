"""Good requests of Slack's, damaged: by a generator with a seed, so that what was found can be found again."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from tests.fakes.slack.delivery import Request
from tests.fakes.slack.workspace import FakeSlack

#: What may stand where something else is meant.
ODD: Sequence[Any] = (
    None, True, 0, -1, 10**30, 1.5, "", " ", "x", "ø\u202e", "\x00", "null", "[]", "U0NOBODY00", [], {}, [None], [[]], [{}],
    {"": ""}, {"id": []}, {"type": 1}, ["x"] * 50, "<" * 2000, "x" * 5000, "../../etc/passwd", "{}", "\ud800",
)  # fmt: skip
#: The words in which Slack says what came.
KINDS = ("event_callback", "block_actions", "view_submission", "view_closed", "shortcut", "message_action", "nothing")
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Damaged:
    """A request as it is sent, and whether it may be taken for one of Slack's."""

    how: str
    body: bytes
    headers: Mapping[str, str]
    signed: bool


class Damage:
    def __init__(self, fake: FakeSlack, good: Sequence[Request], seed: int) -> None:
        self._fake = fake
        self._good = good
        self._draw = random.Random(seed)
        self._ways: Sequence[Callable[[Request], Damaged]] = (
            *[self.shape] * 6,
            *[self.bytes_] * 2,
            self.other,
            self.signature,
        )

    def one(self) -> Damaged:
        return self._draw.choice(self._ways)(self._draw.choice(self._good))

    # --- signed: the shape is another, the bytes are no text, it is something else altogether ---

    def shape(self, good: Request) -> Damaged:
        kind, body = good.headers["Content-Type"], good.body.decode()
        if kind == JSON:
            return self._signed("shape", json.dumps(self._bent(json.loads(body))), kind)
        fields = dict(parse_qsl(body))
        if "payload" in fields:
            return self._signed(
                "shape", urlencode({"payload": json.dumps(self._bent(json.loads(fields["payload"])))}), kind
            )
        bent = self._bent(fields)
        held = (
            {k: v if isinstance(v, str) else json.dumps(v) for k, v in bent.items()} if isinstance(bent, dict) else {}
        )
        return self._signed("command", urlencode(held, errors="replace"), kind)

    def bytes_(self, good: Request) -> Damaged:
        body = bytearray(good.body)
        for _ in range(self._draw.randint(1, 4)):
            at = self._draw.randrange(len(body))
            match self._draw.randrange(4):
                case 0:
                    del body[at:]
                case 1:
                    body[at] = self._draw.randrange(256)
                case 2:
                    body[at:at] = self._draw.randbytes(3)
                case _:
                    del body[at : at + 5]
            if not body:
                break
        return self._signed("bytes", bytes(body), good.headers["Content-Type"])

    def other(self, good: Request) -> Damaged:
        body = self._draw.choice(
            ("", "null", "[]", "1", '"x"', "{}", "[" * 5000, '{"a":' * 5000, "payload=", "payload=null", "payload=[]")
        )
        kind = self._draw.choice(
            (JSON, FORM, "text/plain", "multipart/form-data; boundary=x", good.headers["Content-Type"])
        )
        return self._signed("other", body, kind)

    def _bent(self, payload: Any) -> Any:
        """One or two places of it are something else, or are not there."""
        for _ in range(self._draw.randint(1, 2)):
            places = list(_places(payload))
            if not places:
                return copy.deepcopy(self._draw.choice(ODD))
            holder, key = self._draw.choice(places)
            match self._draw.randrange(8):
                case 0 | 1:
                    del holder[key]
                case 2:
                    holder[key] = self._draw.choice(KINDS)
                case _:
                    holder[key] = copy.deepcopy(self._draw.choice(ODD))
        return payload

    def _signed(self, how: str, body: str | bytes, kind: str) -> Damaged:
        raw = body if isinstance(body, bytes) else body.encode("utf-8", "replace")
        return Damaged(how, raw, {"Content-Type": kind, **self._fake.sign(raw)}, signed=True)

    # --- not signed, or not now ---

    def signature(self, good: Request) -> Damaged:
        now = int(self._fake.signed_at())
        right = self._fake.sign(good.body)
        wrong = self._draw.choice(
            (
                {},
                {"X-Slack-Signature": right["X-Slack-Signature"]},
                {"X-Slack-Request-Timestamp": right["X-Slack-Request-Timestamp"]},
                {**right, "X-Slack-Signature": "v0=" + "0" * 64},
                {**right, "X-Slack-Signature": ""},
                {**right, "X-Slack-Signature": "v0=ø\u00ff"},
                {**right, "X-Slack-Signature": right["X-Slack-Signature"].upper()},
                {**right, "X-Slack-Request-Timestamp": "ø"},
                {**right, "X-Slack-Request-Timestamp": "never"},
                {**right, "X-Slack-Request-Timestamp": ""},
                {**right, "X-Slack-Request-Timestamp": "1e400"},
                {**right, "X-Slack-Request-Timestamp": "9" * 400},
                self._fake.sign(good.body, now - 301),
                self._fake.sign(good.body, now + 400),
                self._fake.sign(good.body + b" "),
            )
        )
        return Damaged("signature", good.body, {"Content-Type": good.headers["Content-Type"], **wrong}, signed=False)


def _places(found: Any) -> list[tuple[Any, Any]]:
    """Every place in a payload that holds something."""
    made: list[tuple[Any, Any]] = []
    for key in list(found) if isinstance(found, dict) else range(len(found)) if isinstance(found, list) else ():
        made += [(found, key), *_places(found[key])]
    return made
