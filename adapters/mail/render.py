"""A nudge as a mail: plain text that is the same for every case. Pure.

Rule 1. No word of a case, no name, reference, level or time of it: all that differs is the language and the address.
Rule 2. A message that is sent again is the same message: its `Message-ID` comes from the outbox key, hashed.
Rule 3. It asks for no answer, no receipt, and loads nothing: nobody sees whether it was read.
"""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import blake2b

from bot.core.languages import phrases
from bot.runtime.owed import Nudge

NAME = "Bistand"
_POLICY = SMTP.clone(cte_type="7bit")


def render(nudge: Nudge, key: str, to: str, sender: str, link: str, at: datetime) -> EmailMessage:
    """The mail for a row of the outbox. `link` opens the bot, and may be empty; `at` is UTC."""
    said = phrases(nudge.language)
    return compose(key, to, sender, at, said.code, said.nudge, (said.nudge_open, link, said.nudge_why))


def compose(
    key: str, to: str, sender: str, at: datetime, language: str, subject: str, parts: tuple[str, ...]
) -> EmailMessage:
    """A mail of ours in plain text; empty parts are left out."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = Address(NAME, addr_spec=sender)
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{message_id(key)}@{domain(sender)}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content("\n\n".join(part for part in parts if part) + "\n", charset="utf-8")
    mail["Content-Language"] = language  # setting the content takes away what was said of it
    return mail


def message_id(key: str) -> str:
    return blake2b(key.encode(), digest_size=16, person=b"bistand mail").hexdigest()


def domain(address: str) -> str:
    return address.rpartition("@")[2]
