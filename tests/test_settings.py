"""Settings: what an operator writes, and the one line that a mistake gets."""

from __future__ import annotations

import re
from base64 import b64encode
from contextlib import suppress
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.core.durations import Duration, Unit
from bot.core.levels import Level
from bot.core.worktime import Hours
from bot.errors import SettingsError
from bot.settings import Settings, is_loopback, load
from bot.settings.load import known_keys
from bot.settings.values import Misfit, read_days, read_duration, read_hours

ROOT = Path(__file__).parents[1]
KEY = b64encode(bytes(range(32))).decode()
GUID = "11111111-2222-3333-4444-555555555555"
SLACK = {"BISTAND_SLACK__BOT_TOKEN": "xoxb-fake-bot", "BISTAND_SLACK__APP_TOKEN": "xapp-1-fake"}
LOOPBACK = {"BISTAND_SLACK__API_URL": "http://127.0.0.1:9000/api/"}
TESTING = {"BISTAND_TESTING": "1"}


def written(folder: Path, text: str) -> Path:
    path = folder / "app.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def complaint(folder: Path, text: str, environ: dict[str, str] | None = None) -> str:
    path = written(folder, text)
    with pytest.raises(SettingsError) as caught:
        load(path, environ or {})
    return str(caught.value).replace(str(path), "app.yaml")


def refused(environ: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as caught:
        load(None, environ)
    return str(caught.value)


# What is right


def test_nothing_at_all_gives_the_defaults() -> None:
    settings = load(None, {})
    assert settings.storage.url == "sqlite+aiosqlite:///var/bistand.sqlite"
    assert settings.http.port == 8080
    assert settings.http.admin_port == 8081
    assert settings.organisation.languages == ("en", "da")
    assert not settings.slack.configured
    assert not settings.teams.configured
    assert not settings.testing


def test_an_empty_file_is_a_file_of_defaults(tmp_path: Path) -> None:
    assert load(written(tmp_path, "# nothing\n"), {}) == load(None, {})


def test_the_app_yaml_of_the_house_loads() -> None:
    settings = load(ROOT / "app.yaml", {})
    assert settings.people.file == Path("people.sample.yaml")
    assert settings.ladder.acknowledge.of(Level.MEDIUM) == Duration(4, Unit.WORKING_HOURS)
    assert settings.organisation.place("Malmøkontoret").country == "se"


def test_a_place_inherits_what_its_site_leaves_out(tmp_path: Path) -> None:
    text = "organisation:\n  timezone: Europe/London\n  sites:\n    Shop:\n      hours: mon-sun 10:00-20:00\n"
    organisation = load(written(tmp_path, text), {}).organisation
    shop, unknown = organisation.place("Shop"), organisation.place("nowhere")
    assert (shop.timezone, shop.country) == ("Europe/London", "dk")
    assert shop.hours.week[6] == ((time(10), time(20)),)
    assert unknown.hours == organisation.hours


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "http:\n  host: 0.0.0.0\n  port: 80\norganisation:\n  languages: [en]\n")
    settings = load(path, {"BISTAND_HTTP__PORT": "9090", "BISTAND_ORGANISATION__LANGUAGES": "da, en"})
    assert (settings.http.host, settings.http.port) == ("0.0.0.0", 9090)
    assert settings.organisation.languages == ("da", "en")


def test_the_environment_reaches_the_deepest_key() -> None:
    settings = load(None, {"BISTAND_LADDER__ACKNOWLEDGE__CRITICAL": "5 minutes"})
    assert settings.ladder.acknowledge.of(Level.CRITICAL) == Duration(5, Unit.MIN)
    assert settings.ladder.acknowledge.of(Level.HIGH) == Duration(1, Unit.HOURS)


def test_an_empty_value_is_not_set(tmp_path: Path) -> None:
    path = written(tmp_path, "storage:\n  key:\nslack:\nhttp:\n  port: 90\n")
    settings = load(path, {"BISTAND_HTTP__PORT": "", "BISTAND_STORAGE__KEY": " "})
    assert settings.storage.key is None
    assert settings.storage.key_bytes is None
    assert settings.http.port == 90


def test_names_that_a_cluster_sets_are_no_settings() -> None:
    assert load(None, {"BISTAND_PORT": "tcp://10.0.0.1:80", "BISTAND_SERVICE_HOST": "10.0.0.1"}) == load(None, {})


def test_norway_is_a_country(tmp_path: Path) -> None:
    assert load(written(tmp_path, "organisation:\n  country: no\n"), {}).organisation.country == "no"


def test_the_key_is_given_as_bytes() -> None:
    assert load(None, {"BISTAND_STORAGE__KEY": KEY}).storage.key_bytes == bytes(range(32))


def test_secrets_and_the_database_are_not_in_a_repr() -> None:
    url = "postgresql+psycopg://bot:hunter2@db/bistand"
    settings = load(None, {**SLACK, "BISTAND_STORAGE__KEY": KEY, "BISTAND_STORAGE__URL": url})
    shown = repr(settings) + str(settings)
    assert not [secret for secret in (KEY, "xoxb-fake-bot", "xapp-1-fake", "hunter2") if secret in shown]


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load(None, {}).http.port = 1  # type: ignore[misc]


# What an operator gets wrong: the line is all that is shown


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


@pytest.mark.parametrize(
    ("environ", "line"),
    [
        (
            {"BISTAND_STORGE__URL": "x"},
            "BISTAND_STORGE__URL: unknown key `storge`. Did you mean `storage`?",
        ),
        (
            {"BISTAND_SLACK__BOT_TOKN": "x"},
            "BISTAND_SLACK__BOT_TOKN: unknown key `bot_tokn` in `slack`. Did you mean `bot_token`?",
        ),
        (
            {"BISTAND_SLACK_BOT_TOKEN": "xoxb-1"},
            "BISTAND_SLACK_BOT_TOKEN: a section and its key have two `_` between them. Write BISTAND_SLACK__BOT_TOKEN.",
        ),
        ({"BISTAND_HTTP__PORT": "many"}, "BISTAND_HTTP__PORT: `http.port` must be a whole number."),
        ({"BISTAND_HTTP__PORT__X": "1"}, "BISTAND_HTTP__PORT__X: `http.port` must be a whole number."),
        (
            {"BISTAND_SLACK__BOT_TOKEN": "xapp-1-fake"},
            "BISTAND_SLACK__BOT_TOKEN: `slack.bot_token` must begin with `xoxb-`; is it another of Slack's secrets?",
        ),
        (
            {"BISTAND_SLACK__BOT_TOKEN": "xoxb-fake"},
            "settings: `slack.app_token` is missing: `mode: socket` needs it (Slack shows it under Basic Information).",
        ),
        (
            {"BISTAND_SLACK__APP_TOKEN": "xapp-1-fake"},
            "settings: `slack.bot_token` is missing: Slack shows it under OAuth & Permissions.",
        ),
        (
            {**SLACK, "BISTAND_SLACK__MODE": "http"},
            (
                "settings: `slack.signing_secret` is missing: `mode: http` needs it "
                "(Slack shows it under Basic Information)."
            ),
        ),
        (
            {"BISTAND_TEAMS__APP_ID": GUID, "BISTAND_TEAMS__TENANT_ID": GUID},
            "settings: `teams.app_password` is missing: Teams needs `app_id`, `app_password` and `tenant_id`.",
        ),
        (
            {"BISTAND_TEAMS__APP_ID": GUID, "BISTAND_TEAMS__APP_PASSWORD": "p"},
            "settings: `teams.tenant_id` is missing: Teams needs `app_id`, `app_password` and `tenant_id`.",
        ),
        (
            {"BISTAND_TEAMS__ALLOW_ANONYMOUS": "true"},
            (
                "BISTAND_TEAMS__ALLOW_ANONYMOUS: `teams.allow_anonymous` is for tests only: "
                "it needs BISTAND_TESTING=1. Remove it."
            ),
        ),
        (
            {**TESTING, **SLACK},
            (
                "settings: `slack.api_url` must point to this machine while BISTAND_TESTING=1, "
                "as `http://127.0.0.1:8000/api/`."
            ),
        ),
        (
            {**TESTING, "BISTAND_SLACK__API_URL": "https://slack.com/api/"},
            (
                "BISTAND_SLACK__API_URL: `slack.api_url` must point to this machine while BISTAND_TESTING=1, "
                "as `http://127.0.0.1:8000/api/`."
            ),
        ),
        (
            {**TESTING, **SLACK, **LOOPBACK, "BISTAND_SLACK__BOT_TOKEN": "xoxb-" + "1" * 12 + "-" + "2" * 12 + "-abc"},
            (
                "BISTAND_SLACK__BOT_TOKEN: `slack.bot_token` is a real token, and BISTAND_TESTING=1 is for tests only. "
                "Remove BISTAND_TESTING, or use a made-up one."
            ),
        ),
        (
            {**TESTING, **SLACK, **LOOPBACK, "BISTAND_SLACK__APP_TOKEN": "xapp-1-A" + "0" * 10 + "-1"},
            (
                "BISTAND_SLACK__APP_TOKEN: `slack.app_token` is a real token, and BISTAND_TESTING=1 is for tests only. "
                "Remove BISTAND_TESTING, or use a made-up one."
            ),
        ),
        (
            {**TESTING, "BISTAND_TEAMS__ALLOW_ANONYMOUS": "true", "BISTAND_TEAMS__APP_PASSWORD": "abc8Q~" + "x" * 34},
            (
                "BISTAND_TEAMS__APP_PASSWORD: `teams.app_password` is a real password, and BISTAND_TESTING=1 is "
                "for tests only. Remove BISTAND_TESTING, or use a made-up one."
            ),
        ),
    ],
)
def test_a_mistake_in_the_environment_is_one_line(environ: dict[str, str], line: str) -> None:
    assert refused(environ) == line


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


@pytest.mark.parametrize("name", ["STORAGE__KEY", "SLACK__BOT_TOKEN", "SLACK__APP_TOKEN", "STORAGE__URL", "PAGER__URL"])
def test_no_line_shows_a_value(name: str) -> None:
    assert "hunter2" not in refused({f"BISTAND_{name}": "hunter2"})


# Tests may talk to fakes on this machine, and only there


def test_fakes_on_this_machine_are_reached_while_testing() -> None:
    settings = load(None, {**TESTING, **SLACK, **LOOPBACK, "BISTAND_TEAMS__ALLOW_ANONYMOUS": "true"})
    assert settings.testing
    assert settings.teams.configured
    assert settings.slack.api_url == "http://127.0.0.1:9000/api/"


def test_only_the_figure_one_means_testing() -> None:
    assert not load(None, {"BISTAND_TESTING": "true"}).testing


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "localhost", "[::1]", "LOCALHOST"])
def test_this_machine_is_known_by_its_names(host: str) -> None:
    assert is_loopback(f"http://{host}:8000/api/")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1.example.org/",
        "http://localhost.example.org/",
        "http://127.0.0.1@example.org/",
        "http://example.org@127.0.0.1/",
        "http://127.0.0.1\\@example.org/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://[::1",
        "//",
        "localhost",
        "http://10.0.0.1/",
    ],
)
def test_another_machine_is_never_taken_for_this_one(url: str) -> None:
    assert not is_loopback(url)


# Values in words


def test_hours_read_the_same_in_both_forms() -> None:
    week = read_hours({"mon-thu": "08:00-12:00, 13:00-16:00", "fri, sun": "9:00–12:00", "sat": "closed"})
    assert week == read_hours("mon-thu: 08:00-12:00, 13:00-16:00; fri,sun 09:00-12:00; sat closed")
    assert week.week[0] == ((time(8), time(12)), (time(13), time(16)))
    assert week.week[4] == week.week[6] == ((time(9), time(12)),)
    assert week.week[5] == ()


def test_a_range_of_days_may_go_over_the_weekend() -> None:
    week = read_hours("Saturday-mon 10:00-24:00").week
    assert [day for day, spans in enumerate(week) if spans] == [0, 5, 6]
    assert week[0] == ((time(10), time(0)),)


@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440))
def test_hours_as_written_are_hours_as_read(first: int, last: int, opens: int, length: int) -> None:
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    closes = min(opens + length, 1440)
    text = f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"
    week = read_hours({f"{days[first]}-{days[last]}": text}).week
    assert week[first] == week[last] == ((time(opens // 60, opens % 60), time(closes // 60 % 24, closes % 60)),)
    assert sum(1 for spans in week if spans) == (last - first) % 7 + 1
    assert read_hours(Hours(week)) == Hours(week)


@given(st.text(max_size=30))
def test_any_text_is_hours_or_a_misfit(text: str) -> None:
    with suppress(Misfit):
        assert any(read_hours(text).week)


def test_lengths_of_time_are_read_as_in_flows() -> None:
    assert read_duration("4  Working   Hours") == Duration(4, Unit.WORKING_HOURS)
    assert read_days("2 weeks") == Duration(2, Unit.WEEKS)


@pytest.mark.parametrize("text", ["", "0 days", "-1 days", "1", "hour", "1.5 hours", "1 fortnight", None, []])
def test_what_is_no_length_of_time_is_refused(text: object) -> None:
    with pytest.raises(Misfit, match="is no length of time"):
        read_duration(text)


# app.yaml shows every setting


def shown_in_app_yaml() -> set[tuple[str, ...]]:
    """The settings of app.yaml, with those in comments: a comment line `# key:` or `# key: value` is one of them."""
    text = (ROOT / "app.yaml").read_text(encoding="utf-8")
    text = re.sub(r"^( +)# ([a-z_]+:(?: \S+)?)$", r"\1\2", text, flags=re.MULTILINE)

    def keys(tree: object, above: tuple[str, ...]) -> set[tuple[str, ...]]:
        if not isinstance(tree, dict) or above in {("organisation", "hours"), ("organisation", "sites")}:
            return {above}
        return set().union(*(keys(below, (*above, name)) for name, below in tree.items()))

    return keys(YAML(typ="safe", pure=True).load(text), ())


def test_every_setting_is_in_app_yaml_and_nothing_else() -> None:
    assert shown_in_app_yaml() == set(known_keys())


def test_app_yaml_explains_every_setting() -> None:
    lines = (ROOT / "app.yaml").read_text(encoding="utf-8").splitlines()
    for section, *_ in {key[:1] for key in known_keys()}:
        below = lines[lines.index(f"{section}:") + 1 :]
        body = below[: next((i for i, line in enumerate(below) if line and not line.startswith(" ")), len(below))]
        assert any(re.match(r" +# [A-Za-z/].* ", line) for line in body), f"{section} has no word of explanation"


def test_app_yaml_says_the_defaults_where_it_need_not_say_otherwise() -> None:
    """What app.yaml sets and what the code sets by itself agree, but for the sample organisation."""
    ours, bare = load(ROOT / "app.yaml", {}), Settings()
    for section in set(Settings.model_fields) - {"people", "organisation", "ladder"}:
        assert getattr(ours, section) == getattr(bare, section)
    assert ours.ladder.acknowledge == bare.ladder.acknowledge


def test_the_sample_organisation_knows_everybody_it_names() -> None:
    people = YAML(typ="safe", pure=True).load((ROOT / "people.sample.yaml").read_text(encoding="utf-8"))["people"]
    emails = {person["email"] for person in people}
    settings = load(ROOT / "app.yaml", {})
    named = {person[key] for person in people for key in ("manager", "deputy") if key in person}
    assert len(emails) == len(people)
    assert named <= emails
    assert settings.ladder.fallback in emails
    assert set(settings.organisation.sites) <= {person["site"] for person in people}
