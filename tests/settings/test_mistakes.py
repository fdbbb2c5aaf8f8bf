"""The one line that a mistake in app.yaml gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import load
from tests.settings.making import complaint, written


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("storge:\n  url: x\n", "app.yaml:1: unknown key `storge`. Did you mean `storage`?"),
        ("slack:\n  mode: http\n  tokn: x\n", "app.yaml:3: unknown key `tokn` in `slack`. Did you mean `bot_token`?"),
        ("slack:\n  colour: x\n", "app.yaml:2: unknown key `colour` in `slack`."),
        ("slack:\n  bot_tokn: x\n", "app.yaml:2: unknown key `bot_tokn` in `slack`. Did you mean `bot_token`?"),
        ("admin_port: 80\n", "app.yaml:1: unknown key `admin_port`. Did you mean `http.admin_port`?"),
        ("testing: true\n", "app.yaml:1: unknown key `testing`. Did you mean `retention`?"),
        (
            "organisation:\n  sites:\n    Shop:\n      hurs: mon 08:00-09:00\n",
            "app.yaml:4: unknown key `hurs` in `organisation.sites.Shop`. Did you mean `hours`?",
        ),
        ("\nhttp:\n  port: eighty\n", "app.yaml:3: `http.port` must be a whole number."),
        ("http:\n  port: 8080.5\n", "app.yaml:2: `http.port` must be a whole number."),
        ("http:\n  port: 70000\n", "app.yaml:2: `http.port` must be at most 65535."),
        ("http:\n  port: -1\n", "app.yaml:2: `http.port` must be at least 0."),
        ("http:\n  port: [80]\n", "app.yaml:2: `http.port` must be a whole number."),
        ("http:\n  port: 8081\n", "app.yaml:1: `http.admin_port` must differ from `http.port`."),
        (
            "people:\n  domains: [me@example.org]\n",
            "app.yaml:2: `people.domains` must be domains, as `example.org`, without an @.",
        ),
        (
            "people:\n  slack_workspaces: [nordby]\n",
            "app.yaml:2: `people.slack_workspaces` must be ids of Slack workspaces, as `T01ABCD2EFG`.",
        ),
        ("http: 8080\n", "app.yaml:1: `http` is a section: its keys stand below it, two spaces in."),
        ("http:\n  host:\n  - a\n", "app.yaml:2: `http.host` must be one value."),
        ("slack:\n  mode: soket\n", "app.yaml:2: `slack.mode` must be `socket` or `http`."),
        ("slack:\n  bot_token: [xoxb-1]\n", "app.yaml:2: `slack.bot_token` must be one value."),
        ("teams:\n  allow_anonymous: perhaps\n", "app.yaml:2: `teams.allow_anonymous` must be `true` or `false`."),
        (
            "teams:\n  app_id: my bot\n",
            "app.yaml:2: `teams.app_id` must be an id as Microsoft Entra shows it: 32 digits in five groups.",
        ),
        (
            "storage:\n  url: sqlite:///x.db\n",
            "app.yaml:2: `storage.url` must begin with `sqlite+aiosqlite:///` (then a path) or `postgresql+psycopg://`.",
        ),
        (
            "storage:\n  key: hunter2!\n",
            "app.yaml:2: `storage.key` must be 32 bytes in base64; `openssl rand -base64 32` makes one.",
        ),
        (
            "storage:\n  key: aHVudGVyMg==\n",
            "app.yaml:2: `storage.key` must be 32 bytes in base64, and this is 7; `openssl rand -base64 32` makes one.",
        ),
        (
            "organisation:\n  timezone: Europe/Kopenhagen\n",
            (
                "app.yaml:2: `organisation.timezone` must be a time zone as `Europe/Copenhagen`. "
                "Did you mean `Europe/Copenhagen`?"
            ),
        ),
        (
            "organisation:\n  country: Denmark\n",
            "app.yaml:2: `organisation.country` must be the two letters of a country, as `dk`.",
        ),
        (
            "organisation:\n  country: uk\n",
            "app.yaml:2: `organisation.country` must be the two letters of a country, as `dk` (Great Britain is `gb`).",
        ),
        (
            "organisation:\n  languages: [en, danish]\n",
            "app.yaml:2: `organisation.languages` must be the two letters of a language, as `da`.",
        ),
        ("organisation:\n  languages: []\n", "app.yaml:2: `organisation.languages` must name at least one."),
        (
            "organisation:\n  sites: Shop\n",
            "app.yaml:2: `organisation.sites` is a section: its keys stand below it, two spaces in.",
        ),
        (
            "organisation:\n  hours:\n    mon-thu: 08:00-16:00\n    fry: 08:00-12:00\n",
            "app.yaml:4: `organisation.hours.fry` has no day `fry`. Did you mean `fri`?",
        ),
        (
            "organisation:\n  hours:\n    mon-fri: 08:00-16:00\n    fri: 08:00-12:00\n",
            "app.yaml:4: `organisation.hours.fri` names fri twice.",
        ),
        (
            "organisation:\n  hours:\n    mon-fri: 8-16\n",
            (
                "app.yaml:3: `organisation.hours.mon-fri` must be hours as `08:00-16:00`, several with a comma, "
                "or `closed`."
            ),
        ),
        (
            "organisation:\n  hours:\n    mon: 22:00-06:00\n",
            (
                "app.yaml:3: `organisation.hours.mon` must end after it begins; "
                "write a night on both days, as `22:00-24:00` and `00:00-06:00`."
            ),
        ),
        (
            "organisation:\n  hours:\n    mon: 08:00-24:01\n",
            "app.yaml:3: `organisation.hours.mon` must be times from 00:00 to 24:00.",
        ),
        (
            "organisation:\n  hours:\n    mon: 08:00-12:00, 11:00-16:00\n",
            "app.yaml:3: `organisation.hours.mon` must name its hours in order, without overlap.",
        ),
        (
            "organisation:\n  hours:\n    mon: closed\n",
            "app.yaml:2: `organisation.hours` must name at least one working day, as `mon-fri: 08:00-16:00`.",
        ),
        (
            "organisation:\n  hours: [mon]\n",
            "app.yaml:2: `organisation.hours` must be days and hours, as `mon-fri: 08:00-16:00`.",
        ),
        (
            "ladder:\n  acknowledge:\n    high: soon\n",
            (
                "app.yaml:3: `ladder.acknowledge.high` is no length of time. A time is a number and a unit. "
                "Write for example: 30 min, 4 hours, 1 day, 2 weeks, 4 working hours, 1 working day."
            ),
        ),
        (
            "ladder:\n  acknowledge:\n    urgent: 1 hour\n",
            "app.yaml:3: unknown key `urgent` in `ladder.acknowledge`.",
        ),
        ("ladder:\n  fallback: Rosa Friis\n", "app.yaml:2: `ladder.fallback` must be one e-mail address."),
        ("retention:\n  drafts: 4 hours\n", "app.yaml:2: `retention.drafts` must be days or weeks, as `30 days`."),
        ("log:\n  level: loud\n", "app.yaml:2: `log.level` must be `debug`, `info`, `warning` or `error`."),
        ("files:\n  max_mb: 0\n", "app.yaml:2: `files.max_mb` must be at least 1."),
        ("files:\n  types:\n  - png\n", "app.yaml:2: `files.types` must be media types, as `image/png`."),
        ("files:\n  types:\n    a: b\n", "app.yaml:2: `files.types` must be a list."),
        (
            "mail:\n  host: smtp.example.org\n",
            "app.yaml:1: `mail.sender` is missing: the address that the bot's mails come from.",
        ),
        (
            "mail:\n  host: smtp.example.org\n  sender: a@example.org\n  tls: none\n",
            "app.yaml:4: `mail.tls` may be `none` only for a server on this machine.",
        ),
        ("mail:\n  username: a\n", "app.yaml:1: `mail.password` is missing: `username` and `password` go together."),
        ("mail:\n  password: a\n", "app.yaml:1: `mail.username` is missing: `username` and `password` go together."),
        (
            "pager:\n  url: http://pager.example.org\n",
            "app.yaml:2: `pager.url` must begin with `https://` (`http://` only for this machine itself).",
        ),
        (
            "pager:\n  url: https://pager.example.org\n",
            "app.yaml:1: `pager.secret` is missing: it signs the calls to `pager.url`.",
        ),
        (
            "pager:\n  secret: hush\n",
            "app.yaml:2: `pager.secret` is too short: 16 signs or more; `openssl rand -hex 32` makes one.",
        ),
        (
            "mail:\n  link: http://example.org\n",
            "app.yaml:2: `mail.link` must begin with `https://` (`http://` only for this machine itself).",
        ),
        (
            "ladder:\n  detour:\n    after: 1 working day\n",
            "app.yaml:3: `ladder.detour.after` must be minutes or hours, as `10 min`.",
        ),
        (
            "ladder:\n  detour:\n    platforms: [slak]\n",
            "app.yaml:3: `ladder.detour.platforms` must be `slack` or `teams`.",
        ),
        (
            "slack:\n  api_url: http://127.0.0.1.example.org/api/\n",
            "app.yaml:2: `slack.api_url` must begin with `https://` (`http://` only for this machine itself).",
        ),
        # YAML itself
        ("http:\n  port: 1\n  port: 2\n", "app.yaml:3: `http.port` stands here twice"),
        ("- a\n", "app.yaml:1: must hold sections, as `storage:`"),
        ("just words\n", "app.yaml:1: must hold sections, as `storage:`"),
        ("http:\n  [a]: 1\n", "app.yaml:2: a key must be one word"),
        ("http: &h\n  port: 1\nmail: *h\n", "app.yaml:1: `http` has an anchor (&); write the value itself"),
        ("http:\n\tport: 1\n", "app.yaml:2: cannot be read as YAML: it has a tab; put spaces in its place"),
        (
            "http:\n  port: 1\n host: x\n",
            "app.yaml:3: cannot be read as YAML: expected <block end>, but found '<block mapping start>'",
        ),
    ],
)
def test_a_mistake_in_the_file_is_one_line(tmp_path: Path, text: str, line: str) -> None:
    assert complaint(tmp_path, text) == line


def test_the_first_mistake_of_the_file_is_told_and_the_environment_comes_last(tmp_path: Path) -> None:
    text = "http:\n  port: x\nlog:\n  level: x\n"
    line = "app.yaml:2: `http.port` must be a whole number."
    assert complaint(tmp_path, text, {"BISTAND_FILES__MAX_MB": "x"}) == line


def test_a_value_from_the_environment_mends_a_wrong_one_in_the_file(tmp_path: Path) -> None:
    assert load(written(tmp_path, "http:\n  port: x\n"), {"BISTAND_HTTP__PORT": "1"}).http.port == 1


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=re.escape("none.yaml: there is no such file")):
        load(tmp_path / "none.yaml", {})
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        load(tmp_path, {})


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "app.yaml"
    path.write_bytes(b"http: \xff\xfe\n")
    with pytest.raises(SettingsError, match="must be text in UTF-8"):
        load(path, {})


def test_a_very_deep_file_is_refused_in_one_line(tmp_path: Path) -> None:
    assert complaint(tmp_path, "a: " + "[" * 5000) == "app.yaml: cannot be read as YAML"
