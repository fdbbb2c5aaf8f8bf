"""Settings as an operator writes them, and the line that a mistake gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import load

ROOT = Path(__file__).parents[2]
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
