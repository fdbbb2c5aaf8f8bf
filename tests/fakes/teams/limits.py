"""Teams' limits, each with its source: pages of MicrosoftDocs/msteams-docs by file name.

CHOSEN marks our own, stricter choice.
"""

from __future__ import annotations

from dataclasses import dataclass

Windows = tuple[tuple[int, int], ...]  # (seconds, calls at most within them), the longest last


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds."""

    message_utf16: int = 100 * 1024  # format-your-bot-messages.md: the whole payload, UTF-16; 413 MessageSizeTooBig
    card_bytes: int = 28 * 1024  # CHOSEN: the older limit and that of webhooks (28 KB, UTF-8), safe on every client
    card_version: tuple[int, int] = (1, 5)  # cards-reference.md: "v1.5 or earlier" for cards that a bot sends
    actions: int = 6  # CHOSEN, after cards-reference.md (hero card): more than six are folded or cut off
    refresh_users: int = 60  # User-Specific-Views.md (an old page says 5)
    send: Windows = ((1, 7), (2, 8), (30, 60), (3600, 1800))  # rate-limit.md, per bot and conversation
    create: Windows = ((1, 7), (2, 8), (30, 60), (3600, 1800))  # rate-limit.md
    members: Windows = ((1, 14), (2, 16), (30, 120), (3600, 3600))  # rate-limit.md
    tenant: Windows = ((1, 50),)  # rate-limit.md, all calls of an app in a tenant (an older edition says 30)
    download_seconds: float = 300.0  # CHOSEN: "short lived", a few minutes (Graph, driveitem-get-content)
    message_timeout: float = 15.0  # bot-builder-howto-long-operations-guidance.md: 10 to 15 s, then 504
    invoke_timeout: float = 5.0  # respond-to-task-module-submit.md; CHOSEN for adaptiveCard/action: no figure found
    invoke_retries: int = 0  # respond-to-task-module-submit.md: "retries the request twice" (2, to test for doubles)
