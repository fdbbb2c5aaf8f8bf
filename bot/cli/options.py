"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import Settings, load

Config = Annotated[Path, typer.Option("--config", "-c", help="The operator's file.")]


def load_settings(config: Path) -> Settings:
    """The settings of a file and the environment. Without app.yaml here, the defaults. Raises SettingsError."""
    missing_default = config == Path("app.yaml") and not config.exists()
    return load(None if missing_default else config, os.environ)
