"""Fakes on this machine are reached while testing, and nothing else is taken for it."""

from __future__ import annotations

import pytest

from bot.settings import is_loopback, load
from tests.settings.making import LOOPBACK, SLACK, TESTING


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
