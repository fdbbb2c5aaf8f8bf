"""How Teams is reached."""

from __future__ import annotations

from dataclasses import dataclass, field

#: Where Microsoft tells the keys that its tokens are signed with.
KEYS_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
LOGIN_URL = "https://login.microsoftonline.com"
#: Where bots are answered as long as nobody has written to this one.
SERVICE_URL = "https://smba.trafficmanager.net/teams/"


@dataclass(frozen=True, slots=True)
class Access:
    """How Teams is reached. `tenants` are ours, the bot's own first; empty where tests let everybody in.

    `anonymous` lets in what has no token at all, from this machine: for tests only.
    """

    app_id: str
    password: str | None = field(default=None, repr=False)
    tenants: tuple[str, ...] = ()
    anonymous: bool = False
    keys_url: str = KEYS_URL
    login_url: str = LOGIN_URL

    @property
    def tenant(self) -> str:
        """The bot's own tenant."""
        return self.tenants[0] if self.tenants else ""
