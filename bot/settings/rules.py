"""Rules between settings.

Rule 1. Slack needs its bot token, and an app token (`mode: socket`) or a signing secret (`mode: http`).
Rule 2. Teams needs its app id, password and tenant.
Rule 3. `teams.allow_anonymous` needs BISTAND_TESTING=1. Neither it nor the movable clock, which comes with it, stands
        beside what is real: a token or password as the platforms give them, or an address of Slack, Microsoft Graph or
        Entra elsewhere.
Rule 4. Words go to a mail server under TLS, except on this machine; the pager's calls are
        signed, with a secret that cannot be guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import SecretStr

from bot.settings.model import Http, Mail, Pager, Settings, Slack, Teams
from bot.settings.values import is_loopback, is_loopback_host

Broken = tuple[tuple[str, ...], str]

#: As Slack gives them: xoxb-, then long numbers; xapp-1-A..., then numbers.
_REAL_SLACK = re.compile(r"(xox[a-z][.-].*\d{8}|xapp-\d+-A\w{8})", re.ASCII)
#: Entra's client secrets have 34 signs or more.
_REAL_PASSWORD = 30
_SECRET = 16


def broken(settings: Settings) -> Iterator[Broken]:
    """Each rule that does not hold, as the key to change and what to say after its name."""
    yield from _slack(settings.slack)
    yield from _teams(settings.teams, testing=settings.testing)
    if settings.testing:
        yield from _testing(settings.slack, settings.teams)
    yield from _http(settings.http)
    yield from _mail(settings.mail)
    yield from _pager(settings.pager)


def _slack(slack: Slack) -> Iterator[Broken]:
    for name, secret, start in (("bot_token", slack.bot_token, "xox"), ("app_token", slack.app_token, "xapp-")):
        if secret is not None and not secret.get_secret_value().startswith(start):
            shown = "xoxb-" if start == "xox" else start
            yield ("slack", name), f"must begin with `{shown}`; is it another of Slack's secrets?"
    if not slack.configured:
        return
    if slack.bot_token is None:
        yield ("slack", "bot_token"), "is missing: Slack shows it under OAuth & Permissions"
    if slack.mode == "socket" and slack.app_token is None:
        yield ("slack", "app_token"), "is missing: `mode: socket` needs it (Slack shows it under Basic Information)"
    if slack.mode == "http" and slack.signing_secret is None:
        yield ("slack", "signing_secret"), "is missing: `mode: http` needs it (Slack shows it under Basic Information)"


def _teams(teams: Teams, *, testing: bool) -> Iterator[Broken]:
    if teams.allow_anonymous and not testing:
        yield ("teams", "allow_anonymous"), "is for tests only: it needs BISTAND_TESTING=1. Remove it"
    if not teams.configured or teams.allow_anonymous:
        return
    for name in ("app_id", "app_password", "tenant_id"):
        if getattr(teams, name) is None:
            yield ("teams", name), "is missing: Teams needs `app_id`, `app_password` and `tenant_id`"


def _testing(slack: Slack, teams: Teams) -> Iterator[Broken]:
    remedy = "Remove BISTAND_TESTING, or use a made-up one"
    for name, secret in (("bot_token", slack.bot_token), ("app_token", slack.app_token)):
        if _is_real(secret):
            yield ("slack", name), f"is a real token, and BISTAND_TESTING=1 is for tests only. {remedy}"
    if not is_loopback(slack.api_url) and (slack.configured or "api_url" in slack.model_fields_set):
        yield (
            ("slack", "api_url"),
            "must point to this machine while BISTAND_TESTING=1, as `http://127.0.0.1:8000/api/`",
        )
    for name, url in (("graph_url", teams.graph_url), ("login_url", teams.login_url)):
        if not is_loopback(url) and name in teams.model_fields_set:
            yield ("teams", name), "must point to this machine while BISTAND_TESTING=1, as `http://127.0.0.1:8000`"
    if teams.app_password is not None and len(teams.app_password.get_secret_value()) >= _REAL_PASSWORD:
        yield ("teams", "app_password"), f"is a real password, and BISTAND_TESTING=1 is for tests only. {remedy}"


def _is_real(secret: SecretStr | None) -> bool:
    return secret is not None and _REAL_SLACK.match(secret.get_secret_value()) is not None


def _http(http: Http) -> Iterator[Broken]:
    if http.port == http.admin_port != 0:
        yield ("http", "admin_port"), "must differ from `http.port`"


def _mail(mail: Mail) -> Iterator[Broken]:
    if mail.host is not None and mail.sender is None:
        yield ("mail", "sender"), "is missing: the address that the bot's mails come from"
    if mail.host is not None and mail.tls == "none" and not is_loopback_host(mail.host):
        yield ("mail", "tls"), "may be `none` only for a server on this machine"
    if (mail.username is None) != (mail.password is None):
        missing = "username" if mail.username is None else "password"
        yield ("mail", missing), "is missing: `username` and `password` go together"


def _pager(pager: Pager) -> Iterator[Broken]:
    if pager.url is not None and pager.secret is None:
        yield ("pager", "secret"), "is missing: it signs the calls to `pager.url`"
    if pager.secret is not None and len(pager.secret.get_secret_value()) < _SECRET:
        yield ("pager", "secret"), f"is too short: {_SECRET} signs or more; `openssl rand -hex 32` makes one"
