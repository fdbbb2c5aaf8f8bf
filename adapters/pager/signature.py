"""How a page is signed, and how a receiver checks it. Stands alone: a receiver in Python may copy this file.

Rule 1. `Bistand-Signature` is `v1=` and the HMAC-SHA256, in hex, of the timestamp, a dot, and the body as it was sent.
Rule 2. `Bistand-Timestamp` is in seconds since 1970. A receiver refuses one that is more than five minutes off, and
        takes each `Idempotency-Key` once: a page that was not answered comes again with the same key.
"""

from __future__ import annotations

import hmac

TIMESTAMP, SIGNATURE, KEY = "Bistand-Timestamp", "Bistand-Signature", "Idempotency-Key"
#: Seconds that a page may be old, or ahead of the receiver's clock.
TOLERANCE = 300


def sign(secret: bytes, timestamp: int, body: bytes) -> str:
    return "v1=" + hmac.digest(secret, b"%d." % timestamp + body, "sha256").hex()


def verify(secret: bytes, timestamp: str, body: bytes, signature: str, now: float) -> bool:
    """Whether a page is genuine and fresh. `now` is in seconds since 1970; it takes the same time for all."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    genuine = hmac.compare_digest(sign(secret, int(timestamp), body).encode(), signature.encode())
    return genuine and abs(now - int(timestamp)) <= TOLERANCE
