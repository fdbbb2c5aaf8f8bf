"""What a mail server's refusal says, and of whom. Pure.

Rule 1. Of the person: the server knows no such mailbox (5.1.x, 5.2.x; without such a code 550, 551, 553).
Rule 2. Of the message, for now: 4xx about the mailbox or the contents; a full mailbox.
Rule 3. Of the channel: no connection, no TLS, no login, our sender refused, 421, rules of the server (5.7.x), the rest.
Rule 4. The server's own words are not kept: they quote addresses.
"""

from __future__ import annotations

import re
import ssl

import aiosmtplib as smtp

from bot.errors import ChannelDown, PersonUnreachable, PlatformError

_ENHANCED = re.compile(r"\s*[245]\.(\d{1,3})\.\d{1,3}\b")
_MAILBOX = {"1", "2"}
_NO_MAILBOX = {550, 551, 553}
_FULL, _CLOSING, _PERMANENT = 552, 421, 500


def verdict(error: smtp.SMTPException | OSError) -> PlatformError:
    match error:
        case smtp.SMTPRecipientsRefused():
            return of_code(error.recipients[0].code, error.recipients[0].message, "refused")
        case smtp.SMTPAuthenticationError():
            return ChannelDown("login_refused" if error.code >= _PERMANENT else "busy")
        case smtp.SMTPSenderRefused():
            return ChannelDown("sender_refused" if error.code >= _PERMANENT else "busy")
        case smtp.SMTPRecipientRefused() | smtp.SMTPDataError():
            return of_code(error.code, error.message, "message_refused")
        case smtp.SMTPResponseException():
            return ChannelDown("busy" if error.code < _PERMANENT else "refused")
        case smtp.SMTPTimeoutError() | TimeoutError():
            return ChannelDown("timeout")
        case ssl.SSLError():
            return ChannelDown("tls")
        case smtp.SMTPServerDisconnected():
            return ChannelDown("disconnected")
        case OSError():
            return ChannelDown("tls" if isinstance(error.__cause__, ssl.SSLError) else "unreachable")
        case _:
            return ChannelDown("not_supported")


def of_code(code: int, message: str, otherwise: str) -> PlatformError:
    """A refusal of one recipient, or of the message, by its code."""
    found = _ENHANCED.match(message)
    if code == _CLOSING:
        return ChannelDown("busy")
    if code < _PERMANENT or code == _FULL:
        return PlatformError(f"SMTP {code}")
    if (found is None and code in _NO_MAILBOX) or (found is not None and found[1] in _MAILBOX):
        return PersonUnreachable("mailbox")
    return ChannelDown(otherwise)
