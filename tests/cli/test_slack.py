"""`bistand slack manifest`: JSON to copy, without settings and without a token."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Called


def test_a_manifest_needs_nothing(call: Called, tmp_path: Path) -> None:
    code, out, err = call("slack", "manifest", folder=tmp_path)
    made = json.loads(out)
    assert (code, err) == (0, "")
    assert made["display_information"]["name"] == "Bistand"
    assert made["settings"]["socket_mode_enabled"] is True


def test_a_name_and_an_address_of_ones_own(call: Called, tmp_path: Path) -> None:
    code, out, _ = call("slack", "manifest", "--http", "https://b.example.org", "--name", " Støtte ", folder=tmp_path)
    made = json.loads(out)
    assert code == 0
    assert made["display_information"]["name"] == "Støtte"
    assert "Støtte" in out, "readable as it stands"
    assert made["settings"]["event_subscriptions"]["request_url"] == "https://b.example.org/slack/events"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--http", "http://b.example.org"), "bistand: --http must begin with `https://`"),
        (("--http", "b.example.org"), "bistand: --http must begin with `https://`"),
        (("--name", " "), "bistand: --name: Slack takes 1 to 35 characters"),
        (("--name", "x" * 36), "bistand: --name: Slack takes 1 to 35 characters"),
    ],
)
def test_what_slack_would_refuse_is_refused(call: Called, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    code, out, err = call("slack", "manifest", *words, folder=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith(said)
