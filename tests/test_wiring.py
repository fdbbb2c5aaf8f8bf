"""Where concrete classes meet: which platforms a bot speaks on."""

from __future__ import annotations

import pytest

from bot import wiring
from bot.errors import SettingsError
from bot.runtime.clocks import SystemClock
from bot.settings import load

SLACK = {"BISTAND_SLACK__BOT_TOKEN": "xoxb-1", "BISTAND_SLACK__APP_TOKEN": "xapp-1"}
ENTRA = "00000000-0000-0000-0000-000000000000"
TEAMS = {"BISTAND_TEAMS__APP_ID": ENTRA, "BISTAND_TEAMS__APP_PASSWORD": "x", "BISTAND_TEAMS__TENANT_ID": ENTRA}


def test_without_a_platform_there_is_no_way_out() -> None:
    assert wiring.channels(load(None, {}), SystemClock()) == {}


@pytest.mark.parametrize(("name", "environ"), [("slack", SLACK), ("teams", TEAMS)])
def test_a_platform_without_an_adapter_is_named(name: str, environ: dict[str, str]) -> None:
    """A bot that could not answer there never starts as if it could."""
    with pytest.raises(SettingsError, match=f"^{name}: this edition has no adapter for it yet"):
        wiring.channels(load(None, environ), SystemClock())
