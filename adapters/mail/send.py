"""The way out to the mail server: one connection a mail, since there are few.

Rule 1. Words go under TLS; `none` is for a server on this machine, which the settings hold.
Rule 2. Once the server has taken a mail it is sent: what happens to the connection afterwards changes nothing.
"""

from __future__ import annotations

import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Literal

from aiosmtplib import SMTP, SMTPException

from adapters.mail.alarm import render_alarm
from adapters.mail.render import domain, render
from adapters.mail.verdicts import verdict
from bot.core.people import MAIL
from bot.errors import Invariant
from bot.runtime.owed import Alarm, Nudge, Owed
from bot.runtime.ports import Clock

#: Seconds for each answer of the server.
PATIENCE = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where mails go, and as whom. `trust` is what certificates are checked against; None: what the machine trusts."""

    host: str
    port: int
    sender: str
    tls: Literal["starttls", "implicit", "none"] = "starttls"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    link: str = ""
    timeout: float = PATIENCE
    trust: ssl.SSLContext | None = None


class MailChannel:
    """See `bot.runtime.ports.Channel`. Whether a mail arrived before cannot be asked; one that is sent twice is one."""

    platform = MAIL
    needs_proof = False

    def __init__(self, server: Server, clock: Clock) -> None:
        self._server = server
        self._clock = clock

    async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        if not isinstance(owed.wish, Nudge):
            raise Invariant("A mail holds no message: only nudges go by mail.")
        own = self._server
        mail = render(owed.wish, owed.key, chat, own.sender, own.link, self._clock.now())
        await self._hand_over(mail, chat)
        return str(mail["Message-ID"])

    async def alarm(self, alarm: Alarm, chat: str, language: str) -> None:
        """See `bot.runtime.ports.Alarms`."""
        await self._hand_over(render_alarm(alarm, chat, language, self._server.sender, self._clock.now()), chat)

    async def _hand_over(self, mail: EmailMessage, chat: str) -> None:
        own, client = self._server, self._client()
        try:
            try:
                await client.connect()
                await client.send_message(mail, sender=own.sender, recipients=[chat])
            except (SMTPException, OSError) as error:
                raise verdict(error) from None
            with suppress(SMTPException, OSError):
                await client.quit()
        finally:
            client.close()

    def _client(self) -> SMTP:
        own = self._server
        return SMTP(
            hostname=own.host,
            port=own.port,
            username=own.username,
            password=own.password,
            local_hostname=domain(own.sender),
            timeout=own.timeout,
            use_tls=own.tls == "implicit",
            start_tls=own.tls == "starttls",
            tls_context=own.trust if own.tls != "none" else None,
        )
