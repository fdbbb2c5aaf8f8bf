"""Settings as an operator writes them, and the line that a mistake gets."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
SLACK = {"BISTAND_SLACK__BOT_TOKEN": "xoxb-fake-bot", "BISTAND_SLACK__APP_TOKEN": "xapp-1-fake"}
LOOPBACK = {"BISTAND_SLACK__API_URL": "http://127.0.0.1:9000/api/"}
TESTING = {"BISTAND_TESTING": "1"}


def written(folder: Path, text: str) -> Path:
    path = folder / "app.yaml"
    path.write_text(text, encoding="utf-8")
    return path
