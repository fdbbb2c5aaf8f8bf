"""Settings: where they come from, and what holds without a word."""

from __future__ import annotations

from base64 import b64encode
from datetime import time
from pathlib import Path

import pytest

from bot.core.durations import Duration, Unit
from bot.core.levels import Level
from bot.settings import load
from tests.settings.making import ROOT, SLACK, written

KEY = b64encode(bytes(range(32))).decode()


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
