"""Good requests of Slack's, damaged."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl, urlencode

from tests.adapters.damage import Damage, Damaged
from tests.fakes.slack.delivery import Request
from tests.fakes.slack.workspace import FakeSlack

#: The words in which Slack says what came.
KINDS = ("event_callback", "block_actions", "view_submission", "view_closed", "shortcut", "message_action", "nothing")
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class SlackDamage:
    def __init__(self, fake: FakeSlack, good: Sequence[Request], seed: int) -> None:
        self._fake = fake
        self._good = good
        self._damage = Damage(seed, KINDS)
        self._draw = self._damage.draw
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
            return self._signed("shape", json.dumps(self._damage.bent(json.loads(body))), kind)
        fields = dict(parse_qsl(body))
        if "payload" in fields:
            return self._signed(
                "shape", urlencode({"payload": json.dumps(self._damage.bent(json.loads(fields["payload"])))}), kind
            )
        bent = self._damage.bent(fields)
        held = (
            {k: v if isinstance(v, str) else json.dumps(v) for k, v in bent.items()} if isinstance(bent, dict) else {}
        )
        return self._signed("command", urlencode(held, errors="replace"), kind)

    def bytes_(self, good: Request) -> Damaged:
        return self._signed("bytes", self._damage.garbled(good.body), good.headers["Content-Type"])

    def other(self, good: Request) -> Damaged:
        body = self._draw.choice(
            ("", "null", "[]", "1", '"x"', "{}", "[" * 5000, '{"a":' * 5000, "payload=", "payload=null", "payload=[]")
        )
        kind = self._draw.choice(
            (JSON, FORM, "text/plain", "multipart/form-data; boundary=x", good.headers["Content-Type"])
        )
        return self._signed("other", body, kind)

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
